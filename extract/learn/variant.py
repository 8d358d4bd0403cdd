"""One way to draw the boundaries of a candidate (`factloom.extract.learn.candidates`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from factloom.extract.mentions import name_text
from factloom.extract.tokens import Token


@dataclass(frozen=True, slots=True)
class Variant:
    """Tokens `start` to `end` (half-open) but for those `left_out`, and where it comes from.

    `told` is the normal form of a name that examples tell, "" of others. With `initials` the name has the
    first letters of the words that are left out.
    """

    start: int
    end: int
    source: str
    told: str = ""
    left_out: tuple[int, int] = (0, 0)
    initials: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is the words as they stand."""
        return self.left_out[0] == self.left_out[1]

    def tokens(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """Its tokens of those of the sentence."""
        first, last = self.left_out
        if first == last:
            return tuple(tokens[self.start : self.end])
        return (*tokens[self.start : first], *tokens[last : self.end])

    def name(self, tokens: Sequence[Token]) -> str:
        """What it says, of the tokens of the sentence; a quotation mark without its partner is left out."""
        if self.whole:
            text = name_text(self.tokens(tokens))
        else:
            first, last = self.left_out
            opening = (t for t in tokens[first:last] if tokens[t.i - 1].space and t.text[:1].isalpha())
            letters = [f"{t.text[0]}." for t in opening] if self.initials else []
            ends = name_text(tuple(tokens[self.start : first])), name_text(tuple(tokens[last : self.end]))
            text = " ".join((ends[0], *letters, ends[1]))
        return text.replace('"', "") if text.count('"') == 1 else text
