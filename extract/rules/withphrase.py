"""What something has: "a giant with over 140 million monthly users"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, noun_complements
from factloom.extract.tokens import Sentence


def with_phrase(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A noun phrase with "with" and a counted noun: the thing has that many."""
    for noun in sentence.tokens:
        if noun.pos not in ("NOUN", "PROPN"):
            continue
        for complement in noun_complements(noun):
            if complement.marker == "with" and complement.head.child("nummod") is not None:
                yield Proposition(
                    "with phrase", Form.HAVE, sentence, noun, complement.head, "have", (complement.prep,)
                ).presupposed(clause_at(noun, found))
