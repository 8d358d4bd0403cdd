"""Small readings of metadata, the same for all formats: dates and the language."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].*)?)?)?", re.DOTALL)
_DATE_IN_NAME = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
# Frequent words of English that are not frequent words of its neighbours ("in", "of", "is", "was" are).
_ENGLISH = """
the and to that with for by from which its has have had are were been this their it not as at on who but they
he she his her would could can than into after before said when while one
"""
_FUNCTION_WORDS = frozenset(_ENGLISH.split())
_SAMPLE = 20_000
_FEW_WORDS = 12
_LEAST_SHARE = 0.1
# A text is set aside for its language only when it has more words than this, nearly none of them English
# function words, and the detector gives this probability or more.
_ENOUGH_WORDS = 25
_FOREIGN_SHARE = 0.04
_SURE = 0.99


def iso_date(text: str) -> str | None:
    """`text` as an ISO 8601 date, month or year; None when it is none. A time of day is left out."""
    match = _DATE.fullmatch(text.strip())
    if not match or not _exists(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
        return None
    return "-".join(part for part in match.groups() if part)


def date_in_name(name: str) -> str | None:
    """The first date in a file's name ("2025-03-04-summit.txt"), or None."""
    return next(filter(None, map(iso_date, _DATE_IN_NAME.findall(name))), None)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def language_of(text: str, declared: str = "") -> str:
    """ "en" when function words of English make up a tenth of the words; another language's BCP 47 tag when
    the text plainly is in it, or is `declared` so; else "und" (not known).

    Of a text of fewer than twelve words Latin letters are enough.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEW_WORDS:
        short = "en" if words and all(word.isascii() for word in words) else "und"
        return declared or short
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    if share >= _LEAST_SHARE:
        return "en"
    # Names and figures alone look like any language to a detector.
    plain = len(words) >= _ENOUGH_WORDS and share < _FOREIGN_SHARE
    return declared or (_detected(text[:_SAMPLE]) if plain else None) or "und"


def _detected(text: str) -> str | None:
    """The language by py3langid's n-grams, if it is sure; None for English or when in doubt."""
    language, probability = _identifier().classify(text)
    return str(language) if probability > _SURE and language != "en" else None


@cache
def _identifier() -> LanguageIdentifier:
    # Imported here: it loads a table of some megabytes, which English documents never need.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
