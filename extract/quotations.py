"""Direct quotations that run over several sentences: what stands in one is its speaker's word.

Takes the sentences of a document with their clauses and propositions; sets the speaker of what lies between
quotation marks and of which its own sentence does not tell who says it: "Berg said: “Nokia sued Nikon. Intel
left Oslo.”" A quotation ends with its mark or with its paragraph. Words and titles in quotation marks are
none: it is a whole sentence, or goes over the end of one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from factloom.extract.clauses import Clause
from factloom.extract.factuality import SPEECH
from factloom.extract.governors import UNNAMED
from factloom.extract.propositions import Proposition
from factloom.extract.tokens import Sentence, Token

Analysed = tuple[Sentence, list[Clause], list[Proposition]]


class Quotation(NamedTuple):
    """A stretch of a document, in characters, between its marks."""

    start: int
    end: int

    def holds(self, token: Token) -> bool:
        """Whether the token lies inside."""
        return self.start <= token.start < self.end


def attribute(found: Sequence[Analysed], text: str) -> None:
    """Give what is said inside a quotation its speaker, an unnamed one where nobody is told."""
    speaker: Token | None = None
    behind = 0
    for quotation in quotations([sentence for sentence, *_ in found], text):
        first = bisect_right(found, quotation.start, key=lambda one: one[0].end)
        held = found[first : bisect_left(found, quotation.end, key=lambda one: one[0].start)]
        if not held:
            continue
        goes_on = not text[behind : quotation.start].strip("\"“”'` \n\t")
        told = _speaker(held, quotation)
        speaker = told or (speaker if goes_on else None)
        behind = held[-1][0].end
        if len(held) > 1 or told is not None or _whole(held[0][0], quotation):
            _set(held, quotation, speaker)


def quotations(sentences: Iterable[Sentence], text: str) -> Iterator[Quotation]:
    """What stands in double quotation marks, in reading order, each stretch within its paragraph."""
    tokens = [t for sentence in sentences for t in sentence.tokens]
    opened: int | None = None
    for before, token in pairwise([None, *tokens]):
        assert token is not None
        if opened is not None and before is not None and "\n\n" in text[before.end : token.start]:
            yield Quotation(opened, before.end)
            opened = None
        if token.text == "“" or (token.text in _EITHER and _opens(before, token, text, opened is None)):
            opened = token.end if opened is None else opened
        elif opened is not None and (token.text == "”" or token.text in _EITHER):
            yield Quotation(opened, token.start)
            opened = None
    if opened is not None:
        yield Quotation(opened, tokens[-1].end)


def _opens(before: Token | None, mark: Token, text: str, outside: bool) -> bool:
    """Whether a straight mark opens: by the blank before it, or by its turn where one is on either side."""
    if mark.space:
        return outside
    return before is None or text[before.end : before.end + 1].isspace() or before.text in "([“—–-"


_EITHER = frozenset({'"', "``", "''"})


def _speaker(held: Sequence[Analysed], quotation: Quotation) -> Token | None:
    """The subject of a verb of speech behind the quotation, or before it."""
    for _, clauses, _ in (held[-1], held[0]):
        for clause in clauses:
            if (
                clause.head.lemma in SPEECH
                and clause.subject is not None
                and not quotation.holds(clause.head)
            ):
                return clause.subject
    return None


def _whole(sentence: Sentence, quotation: Quotation) -> bool:
    return all(quotation.holds(t) for t in sentence.tokens if t.pos != "PUNCT")


def _set(held: Sequence[Analysed], quotation: Quotation, speaker: Token | None) -> None:
    for _, clauses, propositions in held:
        for clause in clauses:
            if quotation.holds(clause.head) and clause.speaker is None and clause.hearsay is None:
                clause.speaker, clause.hearsay = _known(speaker, clause.head)
        for p in propositions:
            head = p.clause.head if p.clause is not None else p.object
            if quotation.holds(head) and p.speaker is None and p.hearsay is None:
                p.speaker, p.hearsay = _known(speaker, head)


def _known(speaker: Token | None, said: Token) -> tuple[Token | None, str | None]:
    """A speaker told of later by a pronoun is not known yet when the words are read."""
    if speaker is None or (speaker.pos == "PRON" and speaker.start > said.start):
        return None, UNNAMED
    return speaker, None
