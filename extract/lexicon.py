"""What words can mean: classes of nouns, the verbs nouns come from, places and their people, first names.

Takes lemmas (nouns, verbs) and names, gives plain answers, None for an unknown word. The data beside this
module comes from Princeton WordNet 3.1, first-name counts of the United States Social Security
Administration, and short tables of newer words (`data/make_lexicon.py` makes it). A file is read when it is
first asked for. What a word means in its sentence is left to others.
"""

from __future__ import annotations

import functools
import gzip
import re
from bisect import bisect_left
from pathlib import Path

# The lexicographer files of WordNet's nouns, in their own order (lexnames(5WN)).
SENSES = (
    "tops",
    "act",
    "animal",
    "artifact",
    "attribute",
    "body",
    "cognition",
    "communication",
    "event",
    "feeling",
    "food",
    "group",
    "location",
    "motive",
    "object",
    "person",
    "phenomenon",
    "plant",
    "possession",
    "process",
    "quantity",
    "relation",
    "shape",
    "state",
    "substance",
    "time",
)
# The classes of `is_a`, in the order of their bits in `nouns.txt.gz`.
CLASSES = (
    "person",
    "female",
    "male",
    "organization",
    "company",
    "government",
    "school",
    "team",
    "party",
    "military unit",
    "location",
    "region",
    "country",
    "state",
    "city",
    "building",
    "structure",
    "facility",
    "device",
    "computer",
    "software",
    "vehicle",
    "weapon",
    "clothing",
    "product",
    "creative work",
    "publication",
    "document",
    "law",
    "treaty",
    "event",
    "contest",
    "war",
    "award",
    "disease",
    "medicine",
    "chemical",
    "substance",
    "animal",
    "plant",
    "food",
    "language",
    "body of water",
    "mountain",
    "island",
    "celestial body",
    "time",
    "money",
    "unit",
    "position",
    "discipline",
    "religion",
    "ethnic group",
)
_DATA = Path(__file__).parent / "data"
_BIT = {name: 1 << i for i, name in enumerate(CLASSES)}
_PERSON, _GROUP, _PLACE = (1 << (len(CLASSES) + i) for i in range(3))
# Leading senses of nouns in -er that name no doer: printer, cutter.
_THINGS = frozenset({"artifact", "animal", "plant", "substance", "object"})
_LAST_PART = re.compile(r"[ -](?=[^ -]+$)")
# Lower-cased words that are seldom the country or the people they spell.
_WORDS_LIKE_PLACES = frozenset({"us", "pole", "kiwi", "attic", "swede", "olympic", "olympics"})


# Words come again and again, and looking one up takes longer than most rules; bounded for large corpora.
_remembered = functools.lru_cache(maxsize=1 << 16)


def supersense(noun: str) -> str | None:
    """The lexicographer file (one of `SENSES`) of the lemma's most frequent sense."""
    found = senses(noun)
    return found[0] if found else None


@_remembered
def senses(noun: str) -> tuple[str, ...]:
    """The lexicographer files of the lemma's senses, the most frequent first; empty when unknown.

    Of an unknown compound ("hedge-fund manager") those of its last part.
    """
    row = _noun(noun)
    return tuple(SENSES[ord(c) - 97] for c in row[0]) if row else ()


@_remembered
def is_person_noun(noun: str) -> bool:
    """Whether a person is the noun's first sense or one of its common ones (a quarter of tagged uses)."""
    return bool(_mask(noun) & _PERSON) or _names_doer(noun)


def _names_doer(noun: str) -> bool:
    """A noun made of a verb whose rarer sense is a person: founder (first a disease of horses)."""
    found = senses(noun)
    return "person" in found[:2] and found[0] not in _THINGS and agent_verb(noun) is not None


def is_group_noun(noun: str) -> bool:
    """Whether a group (company, team, people…) is the noun's first sense or one of its common ones."""
    return bool(_mask(noun) & _GROUP)


def is_place_noun(noun: str) -> bool:
    """Whether a location is the noun's first sense or one of its common ones."""
    return bool(_mask(noun) & _PLACE)


def is_a(noun: str, kind: str) -> bool:
    """Whether one of the noun's first two senses falls under a class of `CLASSES`.

    Raises ValueError for a class that is not there.
    """
    if kind not in _BIT:
        raise ValueError(f"{kind!r} is not a class of the lexicon; known are {', '.join(CLASSES)}")
    return bool(_mask(noun) & _BIT[kind])


def classes(noun: str) -> tuple[str, ...]:
    """All classes the noun's first two senses fall under, in the order of `CLASSES`."""
    mask = _mask(noun)
    return tuple(name for name, bit in _BIT.items() if mask & bit)


@_remembered
def hypernyms(noun: str) -> tuple[str, ...]:
    """The words for what the noun is a kind of, by its first senses, nearest first (tenor → singing voice).

    Its own synonyms come first; of an unknown compound those of its last part. Empty when unknown.
    """
    row = _row("hypernyms", noun)
    if row is None and (cut := _LAST_PART.search(noun)):
        return hypernyms(noun[cut.end() :])
    return tuple(dict.fromkeys(_words_above(row[0].split(",")))) if row else ()


def _words_above(numbers: list[str]) -> list[str]:
    """The words of senses and of all senses above them, breadth first."""
    table = _lines("synsets")
    seen: dict[str, None] = {}
    layer = numbers
    found: list[str] = []
    while layer:
        rows = [table[int(n, 16)].split("\t") for n in layer if n not in seen]
        seen.update(dict.fromkeys(layer))
        found += [word for row in rows for word in row[2].split(",")]
        layer = [n for row in rows for n in row[1].split(",") if n]
    return found


def verb_of(noun: str) -> str | None:
    """The verb whose action or state the noun names: acquisition → acquire, sale → sell."""
    row = _noun(noun)
    return (row[2] or None) if row and len(row) > 2 else None


def agent_verb(noun: str) -> str | None:
    """The verb whose subject the noun names: founder → found, owner → own; never employee → employ."""
    row = _noun(noun)
    return (row[3] or None) if row and len(row) > 3 else None


def nouns_of(verb: str) -> tuple[str, ...]:
    """The nouns whose `verb_of` is this verb, the most frequent first."""
    row = _row("verbs", verb)
    return tuple(row[1].split(",")) if row and row[1] else ()


@_remembered
def is_verb(lemma: str) -> bool:
    """Whether the lemma can be a verb; phrasal verbs are written with a space ("take over")."""
    return _row("verbs", lemma) is not None


def synonyms(verb: str) -> tuple[str, ...]:
    """Other verbs of the most frequent sense's synset."""
    row = _row("verbs", verb)
    return tuple(row[0].split(",")) if row and row[0] else ()


def place_of(adjective: str) -> str | None:
    """The place an adjective or a noun of people belongs to, under its usual name.

    chinese → China, british → United Kingdom, californian → California, european → Europe. Written in
    lower case, "us", "pole", "kiwi", "attic" and "swede" are taken for the common words.
    """
    row = None if adjective in _WORDS_LIKE_PLACES else _row("demonyms", adjective.lower())
    return row[0] if row else None


def place_kind(name: str) -> str | None:
    """What a named place is, a country before all else, then by its most frequent sense.

    One of country, state, city, continent, county, river, lake, ocean, sea, mountain, island, desert,
    star, water, region.
    """
    kinds = place_kinds(name)
    return kinds[0] if kinds else None


def place_kinds(name: str) -> tuple[str, ...]:
    """All kinds of places that bear this name ("Georgia": country, state); empty when unknown."""
    row = _place(name)
    return tuple(row[0].split(",")) if row else ()


def place_name(name: str) -> str | None:
    """The usual name of a place known under this one: USA → United States, Holland → Netherlands."""
    row = _place(name)
    return row[1] if row else None


def is_country(name: str) -> bool:
    """Whether a country, past or present, bears this name or abbreviation."""
    return place_kind(name) == "country"


def is_given_name(name: str) -> bool:
    """Whether at least 300 people in United States records bear this first name.

    Many are words or places too ("May", "Paris"): ask only about capitalised names.
    """
    return _row("given_names", name.lower()) is not None


def gender_of(first_name: str) -> str | None:
    """ "m" or "f" when more than nine in ten bearers are of that sex in United States records, else None."""
    row = _row("given_names", first_name.lower())
    return row[0] if row and row[0] != "x" else None


def _mask(noun: str) -> int:
    row = _noun(noun)
    return int(row[1], 16) if row else 0


@_remembered
def _noun(noun: str) -> list[str] | None:
    """The fields of the lemma, or of the last part of an unknown compound."""
    row = _row("nouns", noun)
    if row is None and (cut := _LAST_PART.search(noun)):
        return _row("nouns", noun[cut.end() :])
    if row is None and noun.endswith("maker"):
        return _row("nouns", "maker")
    return row


def _place(name: str) -> list[str] | None:
    return None if name in _WORDS_LIKE_PLACES else _row("places", name.lower())


def _row(file: str, word: str) -> list[str] | None:
    """The fields after the word, found by bisection in the sorted lines of a data file."""
    lines = _lines(file)
    key = word + "\t"
    at = bisect_left(lines, key)
    if at == len(lines) or not lines[at].startswith(key):
        return None
    return lines[at][len(key) :].split("\t")


@functools.cache
def _lines(file: str) -> list[str]:
    data = gzip.decompress((_DATA / f"{file}.txt.gz").read_bytes())
    return data.decode("utf-8").splitlines()
