"""Possessives between things that both have a name: "Tencent's WeChat"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, is_name
from factloom.extract.tokens import Sentence


def possessive(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """X's Y where Y is a name: X has Y; what kind of having, the classes of both tell."""
    for token in sentence.tokens:
        if token.dep == "poss" and is_name(token.head) and token.norm != "whose":
            yield Proposition(
                "possessive", Form.OWNER, sentence, token, token.head, "'s", (token,)
            ).presupposed(clause_at(token, found))
