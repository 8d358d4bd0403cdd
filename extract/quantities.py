"""What the parse says about a number: what it counts, whether it belongs to a name, which way a date points.

Takes tokens of a parsed sentence, gives tokens and plain answers to `literals`, which finds the words.
"""

from __future__ import annotations

import re

from factloom.extract import lexicon
from factloom.extract.dates import Tense
from factloom.extract.tokens import Token

# Words that tell how exact a number is, unless they govern it as prepositions.
PREPOSITIONS = frozenset({"over", "under", "above", "below", "about", "around", "within"})
# "one" before these is an adverb or a pronoun (one day, one another, at one time).
NOT_COUNTED = frozenset({"day", "time", "thing", "way", "hand", "point", "another", "side", "end"})
FRACTIONS = frozenset(
    re.split(
        r"\s",
        "half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths tenth tenths",
    )
)
_OPENING = frozenset({"“", '"', "``", "(", ":", "‘", "'"})
_TIME_UNITS = frozenset(
    re.split(r"\s", "second minute hour day week month quarter year decade century night")
)
_TALKING = frozenset(
    re.split(r"\s", "talk speak think know say learn write complain worry argue hear tell ask")
)
# A word before a number that makes the two a name or a label: Chapter 11, Flight 370.
_LABELS = frozenset(
    re.split(
        r"\s+",
        "no no. nos. # number section sections chapter article articles page pages level type phase part "
        "volume vol. version route flight room episode season grade stage class category group figure fig. "
        "table line item step act scene rule title form model highway interstate exit gate area apartment "
        "suite block appendix amendment resolution protocol round week day top",
    )
)
_EXPECTING = frozenset(
    re.split(r"\s", "plan expect schedule intend aim hope set due agree promise pledge prepare want slate")
)
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall", "would"})


def qualifies(word: Token, before: Token | None, unit: str | None) -> bool:
    """Whether "over" or "about" says how exact the number is rather than when or on what."""
    if word.norm == "about" and before is not None and before.lemma in _TALKING:
        return False
    if word.dep != "prep":
        return True
    if word.norm in {"over", "under", "within"}:
        return unit is not None and not lexicon.is_a(_singular(unit), "time")
    return word.norm == "around" or word.head.lemma in {"be", "cost", "weigh", "pay", "last", "take"}


def is_name_before(before: Token, number: Token, *, alone: bool) -> bool:
    """Whether the word before and the number make one name or label: Boeing 737, Chapter 11.

    `alone` says that the number counts no noun.
    """
    joined = before.head is number or before.head is number.head or number.head is before
    if before.pos == "PROPN" and joined and before.dep not in {"nsubj", "dobj", "dative", "pobj", "poss"}:
        return True
    if before.pos == "PROPN" and number.head is before:
        return True
    if alone and before.text[0].isupper() and before.pos in {"PROPN", "NOUN", "ADJ", "X", "SYM"}:
        return True
    return before.norm in _LABELS and (alone or number.head is before)


def is_count(before: Token | None, number: Token, unit: Token) -> bool:
    """Whether a number before a noun counts it: not "one day", "two thirds", "Three Rivers"."""
    if number.norm == "one":
        return number.tag == "CD" and unit.lemma not in NOT_COUNTED
    if number.text[0].isupper() and before is not None and before.text not in _OPENING:
        return False
    return unit.norm not in FRACTIONS


def counts(token: Token) -> bool:
    """Whether a number stands before a plural noun it belongs to."""
    return token.head.i > token.i and token.head.tag == "NNS" and token.dep in {"nummod", "quantmod"}


def noun_head(tokens: list[Token], last: int, start: int) -> Token | None:
    """The noun a number counts: the head the parse gives, or the nouns that follow it."""
    token = tokens[last]
    while token.head is not token and token.head.i <= last:
        token = token.head
    head = token.head
    if start <= head.i <= start + 5 and _is_counted(head):
        between = tokens[start : head.i]
        if all(t.pos in {"ADJ", "NOUN", "PROPN", "ADV", "VERB"} or t.text == "-" for t in between):
            return head
    at = start
    while at < len(tokens) and at < start + 3 and tokens[at].pos in {"ADJ", "NOUN"}:
        at += 1
    return tokens[at - 1] if at > start and tokens[at - 1].pos == "NOUN" else None


def _is_counted(head: Token) -> bool:
    """Common nouns, and names of people of a place (200 Americans; not the 2012 Olympics)."""
    if head.pos == "NOUN":
        return True
    people = head.pos == "PROPN" and head.ent in {"", "NORP"} and head.norm.endswith("s")
    return people and lexicon.place_of(head.norm.removesuffix("s")) is not None


def measure(tokens: list[Token], start: int, head: Token) -> Token:
    """Stops at a unit of measurement that stands before another noun: a 30 day notice."""
    for token in tokens[start : head.i]:
        if token.pos == "NOUN" and is_measure(token):
            return token
    return head


def is_measure(token: Token) -> bool:
    """Whether the noun is a unit of measurement or of time."""
    return token.lemma in _TIME_UNITS or lexicon.is_a(token.lemma, "unit")


def hyphenated(tokens: list[Token], at: int, number: Token) -> Token | None:
    """The last token of the unit in "10-year deal", "35-year-old", "27-member bloc".

    `at` is the token after the hyphen. "thirty-second" is taken for the ordinal.
    """
    if (
        at >= len(tokens)
        or not tokens[at].text.isalpha()
        or tokens[at].lemma in (NOT_COUNTED - {"day"}) | FRACTIONS
    ):
        return None
    noun = tokens[at].pos == "NOUN" or is_measure(tokens[at])
    if not noun or (tokens[at].norm == "second" and number.text.isalpha()):
        return None
    old = tokens[at + 2] if at + 2 < len(tokens) else tokens[at]
    return old if old.norm in {"old", "olds"} else tokens[at]


def _singular(unit: str) -> str:
    return unit.rpartition(" ")[2].lower().removesuffix("s")


def tense(token: Token) -> Tense:
    """Which way a date governed by this token points: the tense of the nearest finite verb above it."""
    for above in (token, *token.ancestors()):
        if above.lemma in _EXPECTING and above.tag in {"VBN", "JJ"} and above.dep in {"acl", "acomp", "ROOT"}:
            return Tense.FUTURE
        found = _tense_of(above) if above.pos in {"VERB", "AUX"} else None
        if found is not None:
            return found
    return Tense.PAST


def _tense_of(verb: Token) -> Tense | None:
    """The tense of a verb group; None for a form without one (an -ing form, most infinitives)."""
    helpers = verb.kids("aux", "auxpass")
    if any(h.norm in _FUTURE for h in helpers):
        return Tense.FUTURE
    if any(h.norm == "to" for h in helpers):
        return Tense.FUTURE if verb.head.lemma in _EXPECTING else None
    tags = {verb.tag, *(h.tag for h in helpers)}
    if "VBD" in tags or "VBN" in tags:
        return Tense.PAST
    return Tense.PRESENT if tags & {"VBZ", "VBP"} else None
