"""Glosses in brackets behind a name: how another language, or another writing, has it.

Takes a parsed sentence; takes "Tarto" out of the names of "Tartu (South Estonian: Tarto) is a city", where a
label before the colon tells a language, a script or the sound, and gives the verb behind the bracket to the
name before it where the parser made the gloss its subject. Bynames in brackets without a label are left to
the rules of aliases.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from factloom.extract.clauses import SUBJECT
from factloom.extract.lexicon import is_a, place_of
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

_LABELS = words(
    """
    pronounced pronunciation transliterated transliteration romanized romanised romanization simplified
    traditional literally lit lit. translation translated equivalent meaning ipa iast pinyin hanyu
    wade-giles jyutping hepburn rōmaji romaji kana kanji hangul script spelling
    """
)
_LONGEST = 40


def mask_glosses(sentence: Sentence) -> int:
    """Make foreign words of all that stands behind a label in brackets; gives how many glosses there were."""
    count = 0
    for opening, closing in _brackets(sentence):
        inside = sentence.tokens[opening + 1 : closing]
        pieces = list(_labelled(inside))
        for piece in pieces:
            _mask(piece)
        if pieces or _has_dates(inside):
            _free_subject(sentence, opening, closing)
        count += len(pieces)
    return count


def _has_dates(inside: list[Token]) -> bool:
    """Whether the bracket tells dates and has the verb's subject: "Ida Holm (3 May 1901, Bergen – …) was a
    painter".
    """
    dated = any(t.ent == "DATE" for t in inside)
    return dated and any(t.dep in SUBJECT and t.head.i > inside[-1].i for t in inside)


def _brackets(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """The places of brackets that open right behind a capitalised word, and of what closes them."""
    for token in sentence.tokens[1:]:
        if (
            not token.text.startswith("(")
            or not sentence.tokens[token.i - 1].text.strip("\"'”’")[:1].isupper()
        ):
            continue
        behind = sentence.tokens[token.i + 1 : token.i + 1 + _LONGEST]
        close = next((t.i for t in behind if t.text[:1] in ("(", ")")), None)
        if close is not None and sentence.tokens[close].text == ")":
            yield token.i, close


def _labelled(inside: list[Token]) -> Iterator[list[Token]]:
    """The pieces between semicolons that a label of language, script or sound opens, label and all."""
    piece: list[Token] = []
    for token in [*inside, None]:
        if token is not None and token.text != ";":
            piece.append(token)
            continue
        colon = next((n for n, t in enumerate(piece) if t.text == ":"), 0)
        label = [t for t in piece[:colon] if t.text[:1].isalpha()]
        if (label and len(label) <= 3 and _is_label(label[-1])) or any(map(_in_another_script, piece)):
            yield piece
        piece = []


def _in_another_script(word: Token) -> bool:
    """Whether the word is written in letters that are no Latin ones."""
    return any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in word.text[:3])


def _is_label(word: Token) -> bool:
    return word.norm in _LABELS or place_of(word.norm) is not None or is_a(word.norm, "language")


def _mask(piece: list[Token]) -> None:
    for token in piece:
        if token.pos != "PUNCT":
            token.pos, token.tag = "X", "FW"
            token.ent, token.ent_begin = "", False


def _free_subject(sentence: Sentence, opening: int, closing: int) -> None:
    """Give the name before the bracket the verb whose subject stands inside; the gloss hangs on it."""
    name = sentence.tokens[opening - 1]
    while name.dep in ("compound", "nmod") and name.head.i < opening:
        name = name.head
    inside = set(sentence.tokens[opening : closing + 1])
    taken = [t for t in inside if t.dep in SUBJECT and t.head.i > closing]
    for subject in taken:
        verb, dep = subject.head, "nsubjpass" if subject.dep == "nsubjpass" else "nsubj"
        if name.head is name:
            continue
        if name.head is verb or name.head in inside or verb in name.head.ancestors():
            name.reattach(verb, dep)
    for token in sentence.tokens[closing + 1 :]:
        if token.head in inside:  # ", born in Oslo," behind the bracket
            token.reattach(name, token.dep)
    for token in sorted(inside, key=lambda t: t.i):
        if token.head not in inside and token.head is not token and token is not name:
            token.reattach(name, "punct" if token.pos == "PUNCT" else "dep")
