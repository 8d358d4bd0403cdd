"""Which kind a noun phrase names: "a Chinese social media company" is of the kind "social media company".

Takes the noun's head; gives a label of lemmas for a concept, without what praises, counts or places.
"""

from __future__ import annotations

from factloom.extract.lexicon import place_of, supersense
from factloom.extract.rules.common import TITLE_WORDS
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words

_NO_KINDS = words(
    """
    one thing part kind type way name term word title member number lot some many other née nee
    figure person man woman people individual somebody factor reason cause result matter
    mainland means mean subject target location element component point portion aspect time visit
    """
)
_NO_PARTS = ("punct", "det", "predet", "poss", "case")
# What is said towards something else, and tells no kind by itself: "a source of income".
_OF_SOMETHING = words(
    """
    form source reflection testament symbol sign majority minority variety range generation version beginning
    bit series half quarter third rest whole sort set combination
    """
)
_MEASURED = frozenset({"ORDINAL", "TIME", "QUANTITY", "MONEY", "PERCENT"})  # "4.5 hours"
_PREFIXES = frozenset({"co", "ex"})
_UNCLASSIFYING = words(
    """
    new numerous various several few late first latest such own other same another many last next current
    only sole main major leading key big small large great
    """
)


def kind_label(noun: Token) -> str | None:
    """The kind that a noun phrase names: compounds and classifying adjectives, no praise, no origin."""
    if noun.pos not in ("NOUN", "PROPN") or noun.lemma in _NO_KINDS or noun.ent in _MEASURED:
        return None
    if not any(c.isalpha() for c in noun.text):
        return None
    if noun.lemma in _OF_SOMETHING and noun.child("compound") is None:
        return None
    parts: list[str] = []
    for child in noun.children:
        if child.i < noun.i and _classifies(child):
            inner = [t for t in child.subtree() if t.dep not in _NO_PARTS and t.i < noun.i]
            if child.pos == "NOUN":  # "UK sportswear firm"
                inner = [t for t in inner if t.ent != "GPE"]
            parts += [t.text if t.text.isupper() else t.norm for t in inner]
    lemma = "species" if noun.norm == "species" else noun.lemma.lower()
    label = " ".join([*parts, noun.text if noun.text.isupper() else lemma])
    return label.replace(" - ", "-").lstrip("- ")


def no_kind(noun: Token) -> bool:
    """Whether a noun beside a name can't be a kind of it: a deed or state, or no word of the lexicon."""
    word = noun.lemma.lower()
    known = supersense(word)
    return (
        known in _NO_THINGS
        or word in _DIRECTIONS
        or (known is None and len(word) <= 3 and not noun.text.isupper())
    )


_NO_THINGS = frozenset({"attribute", "state", "quantity", "relation", "motive", "feeling"})
_DIRECTIONS = words("north south east west northeast northwest southeast southwest north-east development")


def _classifies(child: Token) -> bool:
    """Whether a premodifier tells the kind ("social", "private") and does not praise, count or place."""
    if child.dep not in ("compound", "amod", "nmod"):
        return False
    if child.pos in ("PROPN", "NUM"):
        return child.norm in TITLE_WORDS and not child.ent  # "Prime Minister Dana Reznik"
    if child.norm in _UNCLASSIFYING | _PREFIXES:
        return False
    if child.dep != "amod":
        return True
    graded = child.tag in ("JJR", "JJS") or child.child("advmod", "conj") is not None
    return not (graded or child.ent or place_of(child.norm))
