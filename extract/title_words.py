"""Roles written like part of the name they stand before: "CEO" in "Apple CEO Tim Cook", "Archbishop".

Takes tokens of a parsed sentence; tells which capitalised word is a title and no part of a name.
"""

from __future__ import annotations

from factloom.extract.lexicon import (
    hypernyms,
    is_a,
    is_given_name,
    is_person_noun,
    place_kind,
    place_of,
    senses,
    supersense,
)
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words

AWARDS = frozenset({"award", "prize", "cup", "medal", "trophy"})


def is_title_word(token: Token) -> bool:
    """Whether it is a role in front of a name, though written like one: "CEO" in "Apple CEO Tim Cook"."""
    return _is_title(token) or _field_of_title(token) or title_in_person(token)


# Whose title tells them from others of their name: it stays with it.
_NAMED_WITH_TITLE = words("king queen prince princess saint emperor empress sultan lord lady sir dame pope")


def title_in_person(token: Token) -> bool:
    """A role that the recogniser takes into a name: "Archbishop Denis Mulu", "Sprinter Ida Holm"."""
    if token.ent != "PERSON" or not token.ent_begin or token.dep not in ("compound", "nmod"):
        return False
    head, word = token.head, token.norm
    following = next((t for t in head.subtree() if t.i == token.i + 1), None)
    goes_on = following is not None and following.pos == "PROPN" and following.ent == "PERSON"
    title = senses(word)[:1] == ("person",) and not _ROLES.isdisjoint(hypernyms(word))
    title = title and word not in _NAMED_WITH_TITLE
    return goes_on and head.i > token.i and title and token.text.istitle() and not is_given_name(token.text)


# What is above the words for somebody's work or office; surnames after trades (Baker, Cook) are not below.
_ROLES = frozenset(
    {
        "spiritual leader", "religious leader", "athlete", "performer", "professional", "legislator",
        "politician", "officer", "official", "military officer", "educator", "scholar", "scientist",
    }
)  # fmt: skip
KIN_OR_PARTICLE = words("son da")


def _field_of_title(token: Token) -> bool:
    """What a minister is minister of: "Energy Minister Terje Aasland"."""
    if token.pos != "PROPN" or token.dep not in ("compound", "nmod") or token.ent not in ("", "ORG"):
        return False
    following = next((t for t in token.head.subtree() if t.i == token.i + 1), None)
    return (
        following is not None
        and _is_title(following)
        and following.norm in ("minister", "secretary", "commissioner", "judge", "attorney", "officer")
        and supersense(token.norm) is not None
        and not token.text.isupper()
    )


def _is_title(token: Token) -> bool:
    kind = token.head.head
    if token.head.dep == "appos" and kind.i == token.i - 1 and supersense(kind.lemma.lower()) == "group":
        return False  # "the firm General Catalyst"
    if token.head.dep == "poss" and kind.norm in AWARDS:
        return False  # "the Governor General's Award"
    return (
        token.pos == "PROPN"
        and token.dep in ("compound", "nmod")
        and token.ent in ("", "ORG")
        and token.head.i > token.i
        and (token.ent == "" or token.text.isupper())
        and is_person_noun(token.norm)
        and token.norm not in KIN_OR_PARTICLE  # "Tan Son Nhut", "da Vinci"
        and "-" not in {c.text for c in token.head.kids("punct") if c.i == token.i + 1}  # Secretary-General
        and place_of(token.norm) is None  # "Iberian Cup": an Iberian is a person too
        and place_kind(token.text) is None  # "Iowa Telecom": the Iowa are people too
        and not is_a(token.norm, "language")  # "Tamil Tigers"
        and not _describes_thing(token)  # "Socialist Republic"
        and not (token.head.tag == "NNPS" and token.tag == "NNP")  # "Liberal Democrats"
        and not (supersense(token.head.norm) == "communication" and len(token.head.kids("compound")) == 1)
        and token.head.norm not in ("order", "party", "church", "union", "league")  # "Benedictine Order"
    )


# Adjectives that the lexicon knows as nouns for persons too: no title, whoever they stand before.
_ADJECTIVES = words(
    """
    national natural great socialist communist liberal conservative radical moderate progressive democratic
    republican heavyweight middleweight lightweight welterweight featherweight bantamweight flyweight
    human female male juvenile regular native professional amateur intellectual federal
    imperial royal black white red blue ancient classic electric musical medical military municipal
    """
)
# What is no title before a noun of these kinds: a "Socialist Republic", a "Heavyweight Championship".
_THINGS = frozenset({"group", "act", "event", "location", "state", "artifact", "communication", "object"})


def _describes_thing(word: Token) -> bool:
    """Whether a noun for persons is part of a thing's name, and no role of who is named behind it."""
    head = word.head
    if word.norm in _ADJECTIVES:
        return True
    kind = supersense(head.norm) or supersense(head.norm.removesuffix("s"))
    told = head.ent in ("", "GPE", "LOC", "EVENT", "LAW", "FAC") and not is_given_name(head.text)
    told = told or (head.ent == "ORG" and kind == "group")  # "American-Arab Discrimination Committee"
    before = {c.i for part in (head, word) for c in part.kids("compound", "nmod", "amod", "punct")}
    inner = word.i - 1 in before
    return told and inner and kind in _THINGS
