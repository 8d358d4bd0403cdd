"""Possessives whose possessor has a name: "Tencent's WeChat", "Tesla's app"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.lexicon import is_person_noun
from factloom.extract.mentions import OWNERS_IN_NAMES
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, is_name
from factloom.extract.tokens import Sentence
from factloom.extract.wordlists import words

# Possessors that are part of a name: "the People's Committee".
_INSIDE_NAMES = OWNERS_IN_NAMES | {"king", "queen", "mother", "father"}
# What one firm is to another, which it does not have.
_TOWARDS = words(
    """
    rival competitor partner owner parent supplier customer client creditor lender backer investor shareholder
    opponent supporter successor predecessor buyer
    """
)


def possessive(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """X's Y: X has Y; what kind of having, the classes of both tell. A described Y has to be one thing."""
    for token in sentence.tokens:
        if token.dep != "poss" or not is_name(token) or token.norm in _INSIDE_NAMES:
            continue
        if is_name(token.head) and is_person_noun(token.head.norm):
            continue  # "South Africa's Minister of Public Service"
        if token.head.tag == "NNPS" and token.head.ent == "NORP":
            continue  # "the UK's Muslims"
        if token.head.lemma in _TOWARDS:
            continue  # "Nokia's leading rival is Ericsson"
        if is_name(token.head) or token.head.tag == "NN":
            yield Proposition(
                "possessive", Form.OWNER, sentence, token, token.head, "'s", (token,)
            ).presupposed(clause_at(token, found))
