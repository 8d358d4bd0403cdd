"""Small looks at noun phrases that several rules share."""

from __future__ import annotations

from factloom.extract.clauses import Clause, Complement, noun_complements
from factloom.extract.tokens import Token

__all__ = ["clause_at", "is_name", "is_such", "noun_complements", "of_complement", "role_lemma"]
from factloom.extract.wordlists import words


def clause_at(token: Token, found: list[Clause]) -> Clause | None:
    """The innermost clause that the token stands in."""
    heads = {c.head: c for c in found}
    return next((heads[t] for t in (token, *token.ancestors()) if t in heads), None)


def of_complement(noun: Token, *markers: str) -> Complement | None:
    """What follows the noun after one of the prepositions ("of" when none are named)."""
    for complement in noun_complements(noun):
        if complement.marker in (markers or ("of",)):
            return complement
    return None


def is_such(noun: Token, prep: Token) -> bool:
    """Whether "such" belongs to the noun or to the "as" behind it: "such firms as", "firms such as"."""
    return any(c.norm == "such" for c in (*noun.children, *prep.children))


def is_name(token: Token) -> bool:
    """Whether the token heads a proper name."""
    return token.pos == "PROPN" and not (token.tag in ("NN", "NNS") and not token.text[:1].isupper())


def role_lemma(noun: Token) -> str:
    """The noun with the modifiers that make one title of it: "chief executive", "prime minister"."""
    words = [
        c.norm
        for c in noun.children
        if c.i < noun.i
        and (
            (c.dep == "compound" and c.pos == "NOUN")
            or (c.dep in ("amod", "compound", "nmod") and c.norm in TITLE_WORDS)
        )
        and not c.ent
        and c.pos in ("ADJ", "NOUN", "PROPN")
        and not c.child("poss", "compound")
    ]
    return " ".join([*words, noun.lemma.lower()])


# What says that the role is past, to come or in dispute.
FORMER = frozenset({"former", "ex", "late", "onetime", "erstwhile", "past", "future", "acting", "interim"})
SUPPOSED = frozenset({"supposed", "alleged", "purported", "self-proclaimed", "so-called", "would-be", "fake"})
TITLE_WORDS = words(
    """
    former ex onetime late future acting interim chief vice prime deputy general co managing executive
    senior head foreign finance defense defence interior first second operating financial technology
    marketing assistant associate founding supreme attorney secretary board major police fire
    """
)
