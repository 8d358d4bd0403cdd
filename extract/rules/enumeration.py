"""Enumerations under a kind (Hearst 1992): "companies such as Intel and AMD", "firms like ByteDance"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, is_name, is_such, noun_complements
from factloom.extract.tokens import Sentence, Token

_MARKERS = frozenset({"such as", "as", "like", "including", "especially", "particularly"})


def enumeration(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A plural kind followed by "such as", "including" or "like" and names: each name is of that kind."""
    for noun in sentence.tokens:
        if noun.tag not in ("NNS", "NNPS") or noun.pos != "NOUN":
            continue
        for complement in noun_complements(noun):
            if complement.marker not in _MARKERS or not is_name(complement.head):
                continue
            if complement.marker == "as" and not is_such(noun, complement.prep):
                continue
            yield Proposition(
                "enumeration", Form.KIND, sentence, complement.head, noun, "be", (complement.prep,)
            ).presupposed(clause_at(noun, found))
        yield from _and_other(sentence, found, noun)


def _and_other(sentence: Sentence, found: list[Clause], noun: Token) -> Iterator[Proposition]:
    """The names before are of the kind after "other": "Intel, AMD and other chipmakers"."""
    if noun.dep != "conj" or not any(c.norm == "other" for c in noun.kids("amod")):
        return
    head = noun.head
    while head.dep == "conj":
        head = head.head
    if is_name(head):
        yield Proposition("enumeration", Form.KIND, sentence, head, noun, "be", (noun,)).presupposed(
            clause_at(noun, found)
        )
