"""Relations whose object is a kind and not one thing: genre, occupation, sport, voice type, ingredient.

Takes the relations of a user's ontology and the nouns of a sentence; gives for a noun the relations whose
range it is a kind of ("tenor" is a voice, "guitar" an instrument, "novella" fiction), with the words that
name the kind. What kind a noun is of, is told by the lexicon's hypernyms and by the class that the noun
describes: a "comedy horror film" is a film of the genre "comedy horror". Whose kind it is, is left to
`extract.worded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.entities import ORGANIZATION, PLACE
from factloom.extract.lexicon import hypernyms, is_person_noun, place_of, supersense
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import FL
from factloom.ontology.schema import RelationTerm, Schema
from factloom.ontology.terms import spaced

# What members of a class are called in the lexicon, where it has another name for them.
_ALSO = {
    "genre": ("genre", "literary genre", "music genre", "musical genre", "fiction", "drama", "popular music"),
    "instrument": ("musical instrument", "instrumentalist", "musical group"),
    "instrumentation": ("musical instrument", "musical group"),
    "rank": ("military officer", "commissioned officer", "officer", "enlisted person"),
    "voice": ("singing voice", "voice"),
    "ingredient": (
        "food",
        "foodstuff",
        "ingredient",
        "vegetable",
        "fruit",
        "condiment",
        "herb",
        "meat",
        "nut",
    ),
    "occupation": (
        "worker",
        "player",
        "athlete",
        "artist",
        "professional",
        "creator",
        "entertainer",
        "leader",
    ),
    "profession": ("worker", "professional", "scholar", "scientist", "leader"),
    "athlete": ("athlete", "player", "contestant", "combatant", "sportsman", "competitor", "driver"),
    "currency": ("monetary unit", "currency"),
    "material": ("building material", "material", "metal", "stone"),
    "casualty": ("casualty",),
}
# Ranges whose members are named as the kinds of what they are said of: a comedy film, a rock song.
_STYLES = words("genre style")
_NOT_A_KIND = words(
    """
    dish food cuisine meal sauce ingredient member first second last new other same many several
    more most such own late early single
    series
    """
)
_NAMED = tuple(FL + name for name in ("CreativeWork", "Event", "Law", "Award", "Product", "Language"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A relation that takes kinds: the words of the lexicon that tell them, and whether modifiers name
    them.
    """

    term: RelationTerm
    names: frozenset[str]
    style: bool
    domain_nouns: frozenset[str]


def kinds_of(schema: Schema) -> tuple[Kind, ...]:
    """The user's relations that take kinds, in the order of their IRIs."""
    terms = (schema.relations[iri] for iri in sorted(schema.own))
    return tuple(kind for term in terms if (kind := _kind(term, schema)) is not None)


def _kind(term: RelationTerm, schema: Schema) -> Kind | None:
    if term.is_datatype:
        return None
    labels = [
        _plain(term.label),
        *(_plain(schema.classes[i].label) for i in term.range if i in schema.classes),
    ]
    heads = {label.split()[-1] for label in labels if label} | {
        w for label in labels for w in label.split()
    } & _ALSO.keys()
    listed = heads & _ALSO.keys()
    if not listed and any(
        schema.is_a(i, c) for i in term.range for c in (ORGANIZATION, PLACE, FL + "Person", *_NAMED)
    ):
        return None
    names = {n for head in listed for n in _ALSO[head]}
    if not names:
        return None
    nouns = {schema.classes[i].label.lower().split()[-1] for i in term.domain if i in schema.classes}
    nouns |= {_plain(schema.classes[i].label) for i in term.domain if i in schema.classes}
    return Kind(term, frozenset(names), bool(heads & _STYLES), frozenset(nouns))


def _plain(label: str) -> str:
    return spaced(label).lower()


def named_kinds(noun: Token, kinds: tuple[Kind, ...]) -> Iterator[tuple[Kind, tuple[Token, ...]]]:
    """The relations whose objects this noun, with what stands before it, may name, and the words that do."""
    if noun.pos not in ("NOUN", "PROPN") or noun.norm in _NOT_A_KIND:
        return
    phrase = _modifiers(noun)
    for kind in kinds:
        if kind.style and phrase and (noun.lemma.lower() in kind.domain_nouns):
            yield kind, tuple(phrase)
        elif _is_a(noun, kind):
            yield kind, (*_known(phrase, noun), noun)


def _is_a(noun: Token, kind: Kind) -> bool:
    above = hypernyms(noun.lemma.lower())
    if noun.lemma.lower() in kind.names | kind.domain_nouns or noun.norm in kind.names:
        return False  # "an ingredient" is no ingredient
    if kind.style:
        if is_person_noun(noun.lemma.lower()):
            return False
        return bool(kind.names & set(above)) or bool(kind.domain_nouns & set(above[1:]))
    return bool(kind.names & set(above))


def _modifiers(noun: Token) -> list[Token]:
    """The nouns and adjectives right before the noun that tell its kind: no origin, number or praise."""
    found: list[Token] = []
    for child in reversed([c for c in noun.children if c.i < noun.i]):
        if (
            child.dep not in ("compound", "amod", "nmod")
            or child.norm in _NOT_A_KIND
            or child.tag in ("JJS", "JJR")
        ):
            break
        if (
            place_of(child.norm)
            or child.ent in ("NORP", "GPE", "DATE", "PERSON", "ORG")
            or not child.text[0].isalpha()
        ):
            break
        if child.dep == "amod" and not hypernyms(child.norm):
            break
        found = [*[t for t in child.subtree() if t.i <= child.i], *found]
    return found


def _known(phrase: list[Token], noun: Token) -> list[Token]:
    """The compounds that make one known word with the noun ("tennis player"), else the nearest noun before
    it.
    """
    for start in range(len(phrase)):
        text = " ".join([*(t.norm for t in phrase[start:]), noun.lemma.lower()])
        if supersense(text) is not None and hypernyms(text)[:1] == (text,):
            return phrase[start:]
    nouns = [t for t in phrase if t.pos == "NOUN"]
    return nouns if nouns and nouns[-1].i == noun.i - 1 else []
