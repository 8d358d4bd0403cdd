"""Names that the tagger took for common words: "Reyes had worked".

Takes all sentences of a document, because a name is known by how it is written elsewhere; changes
the word class of such tokens in place. Repairs of single sentences are in `extract.repairs`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factloom.extract.lexicon import (
    is_given_name,
    is_person_noun,
    is_verb,
    place_of,
    senses,
    supersense,
)
from factloom.extract.rules.common import TITLE_WORDS
from factloom.extract.title_words import is_title_word
from factloom.extract.tokens import Sentence, Token

_CLASSES = frozenset({"NOUN", "ADJ", "X", "INTJ", "ADV", "VERB"})
_ARGUMENTS = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "conj", "ROOT", "attr", "csubj"}
)


def retag_names(sentences: Sequence[Sentence]) -> None:
    """Make names of capitalised words that are proper nouns elsewhere, or that no lexicon knows."""
    text = [s for s in sentences if not _in_title_case(s)]
    proper = {t.text for s in text for t in s.tokens if t.pos == "PROPN" and t.text[:1].isupper()}
    alone = {t.text for s in sentences for t in s.tokens if t.pos == "PROPN" and _opens_name(t, s)}
    for sentence in sentences:
        _role_at_the_start(sentence, alone)
        for token in sentence.tokens:
            if _is_office(token, sentence) or _one_of_many(token, sentence) or _in_letters(token):
                token.pos, token.tag, token.lemma = "NOUN", "NN", token.norm
            elif _long_office(token) or _told_office(token):
                for word in (*token.kids("compound"), token):
                    word.pos, word.tag, word.lemma = "NOUN", "NN", word.norm
                    word.ent, word.ent_begin = "", False
            elif _numeral(token):
                token.pos, token.tag, token.lemma, token.dep = "ADJ", "JJ", token.norm, "amod"
            if token.pos in _CLASSES and token.dep in _ARGUMENTS and _is_name(token, proper):
                token.pos, token.tag, token.lemma = "PROPN", "NNP", token.text


def _opens_name(token: Token, sentence: Sentence) -> bool:
    return token.i == 0 or sentence.tokens[token.i - 1].pos != "PROPN"


def _role_at_the_start(sentence: Sentence, alone: set[str]) -> None:
    """Part a role with the sentence's capital from the name behind it: "Chipmaker Novalis unveiled …"."""
    if len(sentence.tokens) < 3:
        return
    role, name = sentence.tokens[:2]
    if role.norm in _TOWARDS and name.pos == "PROPN" and role.head.i > 0:
        role.pos, role.tag, role.lemma = "NOUN", "NN", role.norm
        name.ent_begin, role.ent, role.ent_begin = bool(name.ent), "", False
        return
    before = role.pos == "PROPN" and role.dep in ("compound", "nmod") and role.head.i > 0
    if not before or name.pos != "PROPN" or is_given_name(role.norm) or not _is_role(role.norm):
        return
    inside = bool(name.ent) and not name.ent_begin
    person = name.ent == "PERSON" and is_person_noun(role.norm) and not is_given_name(role.text)
    person = person and is_title_word(role)
    if not inside or person or (name.ent == "ORG" and name.text in alone):
        role.pos, role.tag, role.lemma = "NOUN", "NN", role.norm
        name.ent_begin, role.ent, role.ent_begin = bool(name.ent), "", False


def _is_office(token: Token, sentence: Sentence) -> bool:
    """Whether a noun for an office only wears a capital: "Kenya's President William Ruto", "the second
    President of Zambia", "the Government".
    """
    alone = token.pos == "PROPN" and token.tag == "NNP" and not token.ent and token.i > 0
    if not alone or token.dep in ("compound", "nmod") or any(c.pos == "PROPN" for c in token.kids(*_PARTS)):
        return False
    before = token.child("poss", "det")
    if before is None or before.i > token.i or token.text.isupper():
        return False
    by_origin = is_person_noun(token.norm) and any(c.ent == "NORP" for c in token.kids("amod", "compound"))
    office = token.norm in _OFFICES or by_origin  # "the first Russian Czar"
    return office and (before.dep == "poss" or token.i - before.i <= 3)


def _in_letters(token: Token) -> bool:
    """A common noun that is written with capital letters alone: "the DVD contained fifteen videos"."""
    alone = token.pos == "PROPN" and token.dep not in ("compound", "nmod") and token.text.isupper()
    article = any(c.norm in ("the", "a", "this") for c in token.kids("det")) and not token.kids(*_PARTS)
    return alone and article and len(token.text) > 1 and supersense(token.norm) == "artifact"


def _long_office(token: Token) -> bool:
    """Whether capitals only dress an office of several words: "the Executive Vice President of Bolt"."""
    parts = token.kids("compound")
    if token.pos != "PROPN" or token.norm not in _OFFICES or token.dep in ("compound", "nmod") or not parts:
        return False
    plain = not token.ent and not any(t.ent for t in parts)
    return plain and all(t.norm in TITLE_WORDS and t.i < token.i for t in parts)


def _told_office(token: Token) -> bool:
    """Whether somebody is told to have an office whose common nouns all wear capitals: "is the State Attorney
    for Norfield", "The first Production Coordinator was Ann Lee".
    """
    parts, before = token.kids("compound"), token.child("det", "poss")
    if token.pos not in ("PROPN", "NOUN") or not parts or before is None or not token.text.istitle():
        return False
    first = before.i < token.i and (before.text.islower() or before.i == 0)
    if not first or token.head.lemma != "be" or token.kids("appos", "nmod") or not is_person_noun(token.norm):
        return False
    other = token.head.child("nsubj" if token.dep == "attr" else "attr")
    person = other is not None and (
        other.ent == "PERSON"
        or other.norm in ("he", "she")
        or any(is_given_name(c.text) for c in other.kids("compound"))
    )
    common = all(t.text.istitle() and not t.children and supersense(t.norm) is not None for t in parts)
    return person and common and not any(is_given_name(t.text) or place_of(t.norm) for t in parts)


_ORDINAL = re.compile(r"\d+(st|nd|rd|th)$")


def _numeral(token: Token) -> bool:
    """An ordinal number before a name is no part of it: "1st Baron Harlow"."""
    return token.pos == "PROPN" and token.dep in ("compound", "nmod") and bool(_ORDINAL.match(token.norm))


def _one_of_many(token: Token, sentence: Sentence) -> bool:
    """Whether somebody is told by faith, party or people alone: "was a Protestant", "a Democrat"."""
    if token.pos != "PROPN" or token.tag != "NNP" or token.ent == "PERSON" or token.i == 0:
        return False
    alone = token.dep not in ("compound", "nmod") and token.child(*_PARTS, "amod") is None
    indefinite = sentence.tokens[token.i - 1].norm in ("a", "an")
    person = senses(token.norm)[:1] == ("person",) and not is_given_name(token.norm)
    return alone and indefinite and person and place_of(token.norm) is None


_PARTS = ("compound", "nmod", "punct")
_OFFICES = frozenset(
    """
    president minister chancellor government premier governor mayor senator ambassador secretary chairman
    chairwoman chairperson director commissioner speaker cabinet deputy head leader general spokesman
    spokeswoman officer
    """.split()
)
# What is said of somebody towards another, and opens no name.
_TOWARDS = frozenset({"rival", "fellow", "neighbour", "neighbor", "compatriot"})


def _is_role(word: str) -> bool:
    """Whether the word is a common noun for people, or for firms that make something."""
    return word.endswith("maker") or "person" in senses(word)[:2]


def in_capitals(sentence: Sentence) -> bool:
    """Whether a line is set in capitals or title case: nothing in it tells names from other words."""
    parts = [t for t in sentence.tokens if t.text[:1].isalpha()]
    if len(parts) < 3 or sentence.text.rstrip("\"”'’)").endswith((".", "!", "?", "…")):
        return False
    long = [t for t in parts if len(t.text) > 3]
    return (
        bool(long)
        and all(t.text[:1].isupper() for t in long)
        and any(t.pos in ("VERB", "NOUN") for t in long)
    ) or all(t.text.isupper() for t in parts)


def _in_title_case(sentence: Sentence) -> bool:
    """Whether a line without a stop writes all its long words with capitals, which makes no names."""
    long = [t for t in sentence.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    stopped = sentence.text.rstrip("\"'”’)").endswith((".", "!", "?", "…", ";", ","))
    return len(long) > 2 and not stopped and all(t.text[:1].isupper() for t in long)


def _is_name(token: Token, proper: set[str]) -> bool:
    if token.pos == "VERB":  # "Spotify is …": no verb is called so
        return token.text[:1].isupper() and token.tag in ("VB", "VBP") and not is_verb(token.norm)
    known = token.text in proper and token.child("det", "poss", "amod") is None
    unknown = token.text[:1].isupper() and token.tag != "NNS" and not _is_common(token)
    return (known or unknown) and len(token.text) > 2 and not place_of(token.norm)


def _is_common(token: Token) -> bool:
    """Whether the lexicon knows the word as a common noun."""
    return supersense(token.norm) is not None or supersense(token.lemma.lower()) is not None
