"""Dates in a sentence's text: calendar dates, parts of years, and dates relative to the document's.

Takes text, the document's date and a way to ask for the tense at a place; gives spans of characters
with a value: xsd:date, xsd:gYearMonth or xsd:gYear, xsd:gMonthDay or xsd:gMonth when the year is
unknown, and xsd:string with the words themselves when nothing better can be said. Where the value is
coarser or finer than the words (early 2020, Q3 2024, the 1990s, last week) the words that tell so are
kept as approximation. Whether a bare number like 2010 is a year in its sentence is left to the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from factloom.extract.numbers import WORDS
from factloom.ontology.namespaces import XSD

DATE, MONTH, YEAR, STRING = f"{XSD}date", f"{XSD}gYearMonth", f"{XSD}gYear", f"{XSD}string"
MONTH_DAY, MONTH_OF_YEAR = f"{XSD}gMonthDay", f"{XSD}gMonth"


class Tense(Enum):
    """Which way an underspecified date (on Monday, in March) points from the document's date."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Characters `start` to `end` of the text and their value; `bare` marks a lone number taken as a year."""

    start: int
    end: int
    value: str
    datatype: str
    approximation: str | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Context:
    """What a rule may ask: the document's date, and the tense at a character of the text."""

    today: date | None
    tense: Callable[[int], Tense]


_SMALL = {"a": 1, "an": 1} | {word: value for word, value in WORDS.items() if value}

_FULL_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS = _FULL_MONTHS.lower().split("|")
_FULL_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DAYS = _FULL_DAYS.lower().split("|")
_M = rf"(?P<month>{_FULL_MONTHS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_W = rf"(?P<weekday>{_FULL_DAYS})"
_Y = r"(?P<year>1\d{3}|20\d{2})(?!\d|[,.]\d)"
_D = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_D2 = r"(?:\s?[-–—]\s?(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b)?"
_EDGE = r"(?:early|mid|late)"
_PART = (
    rf"(?P<part>(?i:{_EDGE}|(?:the )?(?:very )?(?:end|beginning|start|middle|first half|second half"
    r"|(?:first|second|third|fourth|last) quarter) of|(?:first|second|third|fourth)[- ]quarter|Q[1-4](?: of)?"
    r"|H[12](?: of)?|(?:spring|summer|autumn|fall|winter)(?: of)?|fiscal(?: year)?))"
)
_N = rf"(?P<count>\d[\d,]*|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_ABOUT = (
    r"(?:(?P<about>about|around|roughly|nearly|almost|over|more than|less than|at least|some|just over) )?"
)
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_PREPOSITION = r"(?:in|since|by|until|till|during|of|from|to|between|and|before|after|for|through)"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str], _Context], Iterator[DateSpan]]]


def find_dates(text: str, *, today: date | None, tense: Callable[[int], Tense]) -> list[DateSpan]:
    """The dates of the text in reading order, none overlapping another.

    `tense` is asked with a character of the text. The ends of a range have the approximations `from`
    and `to` ("from 2010 to 2015", "2010–2015").
    """
    context = _Context(today, tense)
    found: list[DateSpan] = []
    rules = (*_DIGIT_RULES, *_WORD_RULES) if _HAS_DIGIT.search(text) else _WORD_RULES
    for pattern, build in rules:
        for match in pattern.finditer(text):
            if all(match.end() <= f.start or match.start() >= f.end for f in found):
                found.extend(build(match, context))
    found.sort(key=lambda f: (f.start, f.value))
    return _ranges(text, found)


_HAS_DIGIT = re.compile(r"\d")
_BEFORE_RANGE = re.compile(r"\b(?:from|between) (?:the )?$", re.IGNORECASE)
_INSIDE_RANGE = re.compile(r"\s?(?:(?P<dash>[-–—])|\b(?:to|until|till|through|and)\b)\s?(?:the )?$")


def _ranges(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """Marks neighbours joined as a range."""
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        joint = _INSIDE_RANGE.match(text[first.end : second.start])
        if joint and (joint["dash"] or _BEFORE_RANGE.search(text[: first.start])):
            found[i] = replace(first, approximation=first.approximation or "from")
            found[i + 1] = replace(second, approximation=second.approximation or "to")
    return found


def _month(match: re.Match[str]) -> int:
    return 1 + next(i for i, m in enumerate(_MONTHS) if m.startswith(match["month"].rstrip(".").lower()[:3]))


def _full(match: re.Match[str], year: int, month: int, day: int) -> Iterator[DateSpan]:
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return
    yield DateSpan(match.start(), match.end(), value, DATE)


def _iso(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    return _full(match, int(match["year"]), int(match[2]), int(match[3]))


def _numeric(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    """05/13/2024 and 13.05.2024; which of two numbers up to 12 is the month can't be known."""
    a, b, year = int(match[1]), int(match[2]), int(match["year"])
    if a > 12 or a == b:
        yield from _full(match, year, b, a)
    elif b > 12:
        yield from _full(match, year, a, b)
    else:
        yield DateSpan(match.start(), match.end(), match[0], STRING)


def _day_of_month(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """January 5, 2026 · 5 January 2026 · January 5 · January 5–7, 2026."""
    month, year = _month(match), match["year"]
    first = _one_day(match, context, int(match["day"]), month, year)
    second = _one_day(match, context, int(match["day2"]), month, year) if match["day2"] else None
    if first and second:
        yield replace(first, approximation="from")
        yield replace(second, approximation="to")
    elif first:
        yield first


def _one_day(
    match: re.Match[str], context: _Context, day: int, month: int, year: str | None
) -> DateSpan | None:
    if year is not None:
        return next(_full(match, int(year), month, day), None)
    if day > 31 - (month in {4, 6, 9, 11}) - 2 * (month == 2):
        return None
    if context.today is None:
        return DateSpan(match.start(), match.end(), f"--{month:02}-{day:02}", MONTH_DAY)
    ahead = context.tense(match.start()) is not Tense.PAST
    nearest = _nearest_year(context.today, month, day, ahead=ahead)
    return next(_full(match, nearest, month, day), None)


def _nearest_year(today: date, month: int, day: int, *, ahead: bool) -> int:
    if ahead:
        return today.year + ((month, day) < (today.month, today.day))
    return today.year - ((month, day) > (today.month, today.day))


def _month_year(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    value = f"{match['year']}-{_month(match):02}"
    yield DateSpan(match.start(), match.end(), value, MONTH, _words(match["part"]))


def _part_of_year(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    yield DateSpan(match.start(), match.end(), match["year"], YEAR, _words(match["part"]))


def _words(part: str | None) -> str | None:
    """The words of a part of a year, without the grammar around them."""
    return re.sub(r"^the | of$", "", part.replace("-", " ")).strip() if part else None


def _decade(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    """the 1990s, the early '90s: the first year, with the words as approximation."""
    tens = match["tens"]
    year = match["decade"] or (f"19{tens}" if int(tens) >= 30 else f"20{tens}")
    yield DateSpan(match.start(), match.end(), year, YEAR, re.sub(r"^the ", "", match[0]))


def _era(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    """Years of the era; a year BC is written as XSD 1.1 and ISO 8601 do: 1 BC is 0000, 44 BC is -0043."""
    year = int(match["before"] or match["after"] or match["after2"])
    value = f"{-(year - 1):05}" if match["before"] and year > 1 else f"{year - bool(match['before']):04}"
    yield DateSpan(match.start(), match.end(), value, YEAR)


def _as_words(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    yield DateSpan(match.start(), match.end(), match[0], STRING)


def _short_range(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    """2019–20."""
    end = match["year"][:2] + match["year2"]
    if end > match["year"]:
        yield DateSpan(match.start(), match.end(), match["year"], YEAR, "from", bare=True)
        yield DateSpan(match.start(), match.end(), end, YEAR, "to", bare=True)


def _bare_year(match: re.Match[str], _: _Context) -> Iterator[DateSpan]:
    yield DateSpan(match.start(), match.end(), match["year"], YEAR, bare=True)


def _near_day(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """yesterday, tonight, tomorrow; "today" in the present tense is an age, not a day."""
    words = match[0].lower()
    present = context.tense(match.start()) is Tense.PRESENT or match.string[: match.start()].endswith(" of ")
    if words == "today" and present:
        yield _on(match, None)
        return
    shift = {"the day before yesterday": -2, "yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    yield _on(match, context.today and context.today + timedelta(shift))


def _on(match: re.Match[str], day: date | None, approximation: str | None = None) -> DateSpan:
    """A day, or the words when there is none."""
    if day is None:
        return DateSpan(match.start(), match.end(), match[0], STRING)
    return DateSpan(match.start(), match.end(), day.isoformat(), DATE, approximation)


def _weekday(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """Monday, last Monday, next Monday, this Monday: the nearest in the direction of word or tense.

    A capital word before it makes another name (Black Friday).
    """
    if _CAPITAL_BEFORE.search(match.string[: match.start()]):
        return
    if context.today is None:
        yield _on(match, None)
        return
    which = (match["which"] or "").lower()
    ahead = which == "next" or (which != "last" and context.tense(match.start()) is not Tense.PAST)
    gap = _DAYS.index(match["weekday"].lower()) - context.today.weekday()
    days = gap % 7 if ahead else -(-gap % 7)
    if not days and which in {"last", "next"}:
        days = 7 if ahead else -7
    yield _on(match, context.today + timedelta(days))


def _whole_period(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """last week, this month, next year, last decade."""
    today, unit = context.today, match["unit"].lower()
    if today is None:
        yield _on(match, None)
        return
    yield _shifted(match, today, unit, {"last": -1, "past": -1, "this": 0, "next": 1}[match["which"].lower()])


def _shifted(match: re.Match[str], today: date, unit: str, count: int) -> DateSpan:
    """The day, week (its Monday), month, year or decade that lies `count` of them from today."""
    if unit in {"week", "weekend"}:
        day = today - timedelta(today.weekday()) + timedelta(7 * count + (5 if unit == "weekend" else 0))
        return _on(match, day, unit)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + count
        return DateSpan(match.start(), match.end(), f"{months // 12:04}-{months % 12 + 1:02}", MONTH)
    if unit == "year":
        return DateSpan(match.start(), match.end(), f"{today.year + count:04}", YEAR)
    if unit == "quarter":
        quarters = today.year * 4 + (today.month - 1) // 3 + count
        return DateSpan(match.start(), match.end(), f"{quarters // 4:04}", YEAR, f"Q{quarters % 4 + 1}")
    if unit == "decade":
        return DateSpan(match.start(), match.end(), f"{today.year // 10 * 10 + 10 * count:04}", YEAR, unit)
    return _on(match, today + timedelta(count))


def _season(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """last summer, this winter: the year is read from where the document stands in its own."""
    if context.today is None:
        yield _on(match, None)
        return
    which, season = match["which"].lower(), match["season"].lower()
    starts = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
    year = context.today.year
    if which == "last":
        year -= context.today.month < starts + 3
    elif which == "next":
        year += context.today.month >= starts
    yield DateSpan(match.start(), match.end(), f"{year:04}", YEAR, season)


def _bare_month(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """in March, last March: the nearest one gone by, or the next one when the tense says so."""
    month, today = _month(match), context.today
    part = _words(match["part"])
    if today is None and match["which"]:
        yield _on(match, None)
        return
    if today is None:
        yield DateSpan(match.start("word"), match.end(), f"--{month:02}", MONTH_OF_YEAR, part)
        return
    which = (match["which"] or "").lower()
    ahead = which == "next" or (not which and context.tense(match.start()) is Tense.FUTURE)
    strict = which in {"last", "next"} and month == today.month
    year = today.year + (month < today.month) if ahead else today.year - (month > today.month)
    year += (1 if ahead else -1) if strict else 0
    yield DateSpan(match.start("word"), match.end(), f"{year:04}-{month:02}", MONTH, part)


def _ago(match: re.Match[str], context: _Context) -> Iterator[DateSpan]:
    """three weeks ago, a year earlier; later counts from a time told before, which is not known here."""
    today = context.today
    if today is None or match["way"].lower() in {"later", "before", "after"}:
        yield _on(match, None)
        return
    count, unit = match["count"].lower(), match["unit"].lower()
    number = _SMALL.get(count) or int(count.replace(",", ""))
    back = number if match["way"].lower() == "from now" else -number
    if unit in {"day", "week"} and number < 10_000:
        days, approximation = (7, "week") if unit == "week" else (1, None)
        span = _on(match, today + timedelta(back * days), approximation)
    elif unit == "decade" and number < 100:
        span = DateSpan(match.start(), match.end(), f"{today.year + 10 * back:04}", YEAR, unit)
    elif unit != "decade" and number < 1000:
        span = _shifted(match, today, unit, back)
    else:
        span = _on(match, None)
    yield replace(span, approximation=match["about"] or span.approximation)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$€£.,-]){pattern}(?!\w)")


def _anycase(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,-]){pattern}(?!\w)", re.IGNORECASE)


_CAPITAL_BEFORE = re.compile(r"\b(?!On |The |By |Last |Next |This |Since |Until )[A-Z]\w+ $")
_WHICH = r"(?P<which>last|this|next)"
_SHORT_TENS = r"(?:['’]|(?<=the ))(?P<tens>[2-9]0)"
_DIGIT_RULES: tuple[Rule, ...] = (
    (_compiled(r"(?P<year>1\d{3}|20\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), _iso),
    (_compiled(r"([0-3]?\d)[/.]([0-3]?\d)[/.](?P<year>1\d{3}|20\d{2})"), _numeric),
    (_compiled(rf"(?:{_W},? )?{_M} (?:the )?{_D}{_D2}(?: ?,? (?:of )?{_Y})?"), _day_of_month),
    (_compiled(rf"(?:{_W},? )?(?:the )?{_D}{_D2} (?:of )?{_M}(?: ?,? {_Y})?"), _day_of_month),
    (_compiled(rf"(?:{_PART}[- ])?{_M} ?,? (?:of )?{_Y}"), _month_year),
    (_compiled(rf"{_PART}[- ]{_Y}"), _part_of_year),
    (_compiled(rf"{_Y} (?P<part>Q[1-4]|H[12])"), _part_of_year),
    (_compiled(rf"(?:the )?(?:{_EDGE}[- ])?(?:(?P<decade>(?:1\d|20)\d0)|{_SHORT_TENS})['’]?s"), _decade),
    (
        _compiled(rf"(?:the )?(?:{_EDGE}[- ])?\d{{1,2}}(?:st|nd|rd|th)[- ]century(?: BCE?\b| B\.C\.)?"),
        _as_words,
    ),
    (
        _compiled(
            r"(?:(?P<before>\d{1,4}) (?:BCE?|B\.C\.)|(?P<after>\d{1,4}) (?:AD|CE)"
            r"|(?:AD|A\.D\.) (?P<after2>\d{1,4}))"
        ),
        _era,
    ),
    (_compiled(r"(?P<year>1\d{3}|20\d{2})[-–/](?P<year2>\d\d)"), _short_range),
    (re.compile(rf"(?<![\w$€£.,'’])(?<![A-Za-z]-){_Y}(?![\w%])"), _bare_year),
)
_DAY_WORDS = (
    r"the day before yesterday|yesterday|last night|today|tonight|tomorrow|this (?:morning|afternoon|evening)"
)
_ANCHORED = r"(?:the )?(?:previous|preceding|following|same|coming) (?:day|week|month|year|quarter|decade)"
_VAGUE = (
    r"(?:(?:a few|several|many|some|a couple of) )?(?:days|weeks|months|years|decades|centuries)"
    r" (?:ago|earlier|later)"
)
_WORD_RULES: tuple[Rule, ...] = (
    (_anycase(rf"{_ABOUT}{_N} {_UNIT}s? (?P<way>ago|earlier|later|from now)"), _ago),
    (_anycase(rf"(?:{_DAY_WORDS})"), _near_day),
    (_anycase(rf"(?<!the ){_WHICH} (?P<unit>week|weekend|month|year|quarter|decade)"), _whole_period),
    (_anycase(rf"(?<!the ){_WHICH} {_SEASON}"), _season),
    (_anycase(_ANCHORED), _as_words),
    (_anycase(_VAGUE), _as_words),
    (_compiled(rf"(?:(?i:{_WHICH}) )?{_W}(?: (?:morning|afternoon|evening|night))?"), _weekday),
    (
        _compiled(
            rf"(?i:{_PREPOSITION}) (?P<word>(?P<which>)(?:{_PART}[- ])?(?P<month>{_FULL_MONTHS}))(?! [A-Z])"
        ),
        _bare_month,
    ),
    (_compiled(rf"(?P<word>(?i:{_WHICH}) (?P<part>)(?P<month>{_FULL_MONTHS}))"), _bare_month),
)
