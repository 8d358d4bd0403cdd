"""How the examples write values and names: "2006" in the text, "01 January 2006" in the triple.

Each convention turns the words of a text into what a triple may hold; which one a relation uses is counted
over its examples. Names are compared by letters and digits alone, in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from factloom.extract.dates import Tense, find_dates
from factloom.extract.numbers import WORDS

# The reader's own canonical value; for examples that give places, not names.
AS_READ = "as the reader writes values"
_NOT_COMPARED = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def normal(text: str) -> str:
    """What of a name is compared: letters and digits, in lower case."""
    return _NOT_COMPARED.sub("", text.lower())


def _as_text(text: str) -> str | None:
    return text


def _day(text: str) -> date | None:
    """The first day of what the words name; the first of January of a year."""
    for found in find_dates(text, today=None, tense=_past):
        parts = found.value.split("-")
        if parts and re.fullmatch(r"\d{4}(-\d\d){0,2}", found.value):
            try:
                return date(*(int(p) for p in (*parts, "1", "1")[:3]))
            except ValueError:
                return None
    return None


def _past(_: int) -> Tense:
    return Tense.PAST


def _iso(text: str) -> str | None:
    day = _day(text)
    return day.isoformat() if day else None


def _long_date(text: str) -> str | None:
    day = _day(text)
    return f"{day.day:02} {day:%B} {day.year}" if day else None


def _year(text: str) -> str | None:
    day = _day(text)
    return str(day.year) if day else None


def _value(text: str) -> float | None:
    match = _NUMBER.search(text)
    if match:
        return float(match[0].replace(",", ""))
    return next((float(WORDS[w]) for w in text.lower().split() if w in WORDS), None)


def _integer(text: str) -> str | None:
    value = _value(text)
    return str(int(value)) if value is not None and value == int(value) else None


def _decimal(text: str) -> str | None:
    value = _value(text)
    return str(value) if value is not None else None


def _decimal_with_unit(text: str) -> str | None:
    value, unit = _value(text), re.sub(r"^[\W\d.,]+", "", text)
    return f"{value} ({unit})" if value is not None and unit else None


def _capital(text: str) -> str | None:
    return text[:1].upper() + text[1:]


def _plural(text: str) -> str | None:
    return text + "s"


# Name → convention; of equals the first counts.
CONVENTIONS: dict[str, Callable[[str], str | None]] = {
    "as in the text": _as_text,
    "date as 2006-01-31": _iso,
    "date as 31 January 2006": _long_date,
    "year": _year,
    "whole number": _integer,
    "decimal number": _decimal,
    "decimal number with unit": _decimal_with_unit,
    "plural": _plural,
}


def written(text: str, convention: str, names: Mapping[str, str]) -> str:
    """What a triple holds for the words `text`; `names` are names the examples give for such words."""
    known = names.get(normal(text))
    if known is not None:
        return known
    write = CONVENTIONS.get(convention)
    return (write(text) if write is not None else None) or text
