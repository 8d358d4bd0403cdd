"""A parsed sentence in our own plain form, so that rules run on frozen parses without spaCy.

`extract.language` makes these from a spaCy `Doc`; tests make them from JSON. The labels are those
of spaCy's English pipelines: CLEAR dependency labels, Universal POS (`pos`) and Penn tags (`tag`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(slots=True, eq=False)
class Token:
    """One word. `i` is its index in the sentence; `start`/`end` are characters of the document.

    `head` is the governing token (itself for the root); `children` are in reading order.
    `ent` is the NER label ("" outside a name) and `ent_begin` tells whether a name starts here.
    `norm` is the lower-cased text. Repairs may change `pos`, `tag`, `dep`, `head` and `lemma`.
    """

    i: int
    text: str
    norm: str
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    ent: str = ""
    ent_begin: bool = False
    space: bool = True
    head: Token = field(init=False, repr=False)
    children: list[Token] = field(init=False, repr=False, default_factory=list)

    def child(self, *deps: str) -> Token | None:
        """The first child with one of these dependency labels."""
        for c in self.children:
            if c.dep in deps:
                return c
        return None

    def kids(self, *deps: str) -> list[Token]:
        """The children with one of these dependency labels, in reading order."""
        return [c for c in self.children if c.dep in deps]

    def subtree(self) -> list[Token]:
        """The token and all it governs, in reading order."""
        found: list[Token] = []
        stack = [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        found.sort(key=lambda t: t.i)
        return found

    def ancestors(self) -> Iterator[Token]:
        """The governors up to the root, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def reattach(self, head: Token, dep: str) -> bool:
        """Move this token under another head (a parse repair); refused when that would make a circle."""
        if head is self or any(a is self for a in head.ancestors()):
            return False
        self._leave()
        self.head, self.dep = head, dep
        head.children.append(self)
        head.children.sort(key=lambda t: t.i)
        return True

    def uproot(self) -> None:
        """Make this token a root, with all that it governs."""
        self._leave()
        self.head, self.dep = self, "ROOT"

    def _leave(self) -> None:
        if self.head is not self:
            self.head.children.remove(self)


def attach(tokens: Sequence[Token], heads: Iterable[int]) -> None:
    """Hang fresh tokens of one sentence, each from the one with the index of its head; a root has its own."""
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if token.head is not token:
            token.head.children.append(token)


@dataclass(slots=True, eq=False)
class Sentence:
    """The tokens of one sentence; `start` and `end` are characters of the document, `text` its slice.

    `vectors` is what the pipeline knows of each token, tokens × width; `second` is how another parser
    attaches each: the index of its head (its own for a root) and its label.
    """

    tokens: list[Token]
    start: int
    end: int
    text: str
    index: int = 0
    vectors: NDArray[np.float32] | None = field(default=None, repr=False)
    second: tuple[tuple[int, str], ...] | None = field(default=None, repr=False)

    @property
    def roots(self) -> list[Token]:
        """Tokens that govern themselves (one, unless a repair split the sentence)."""
        return [t for t in self.tokens if t.head is t]

    def slice(self, start: int, end: int) -> str:
        """The text between two character offsets of the document."""
        return self.text[start - self.start : end - self.start]
