"""Literal values in a sentence: dates, money, percentages, quantities with their units, plain numbers.

Takes a parsed sentence and the document's date, gives spans of tokens with a typed `Literal`. The words
are found in the text and judged by the parse: a number in a name (iPhone 15, the 1924 Games, Title 42)
is not a quantity. A span covers the words of approximation, the number and the unit. What a value is
said of is left to the reading of clauses.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from factloom.extract import dates, numbers, quantities
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Literal

INTEGER, DECIMAL = f"{XSD}integer", f"{XSD}decimal"


@dataclass(frozen=True, slots=True)
class FoundLiteral:
    """Tokens `start` to `end` (half-open, indexes in the sentence) and what they say.

    A range gives two, one for each end, with the approximations `from` and `to`; they share their
    tokens when the range is one token ("2010–2015").
    """

    start: int
    end: int
    literal: Literal


def find_literals(sentence: Sentence, *, document_date: str | None = None) -> list[FoundLiteral]:
    """The literals of the sentence in reading order.

    `document_date` is an ISO 8601 date; without it relative dates keep their words (xsd:string), and
    dates without a year are xsd:gMonthDay or xsd:gMonth. Raises ValueError when it is no date.
    Money is xsd:decimal with an ISO 4217 unit ("USD", "USD per month"), percentages are xsd:decimal or
    xsd:integer with the unit "percent", quantities have the unit as written ("monthly users").
    """
    if not _MAY_HOLD.search(sentence.text):
        return []
    reader = _Reader(sentence, _day(document_date) if document_date else None)
    reader.read_dates()
    reader.read_numbers()
    return sorted(reader.found, key=lambda f: (f.start, f.end))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise ValueError(f"document date {text!r} is not an ISO 8601 date such as 2026-01-31") from error


_MAY_HOLD = re.compile(
    r"\d|\b(?:"
    + "|".join((*numbers.WORDS, *numbers.MAGNITUDES))
    + r"|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|yesterday|today|tonight|tomorrow|ago|earlier|later|last|this|next|previous|preceding|following|same"
    r"|coming)\b",
    re.IGNORECASE,
)
_PER = (
    "share|month|year|day|week|hour|minute|barrel|tonne|ton|ounce|person|unit|kilogram|pound|gallon|litre|liter"
    "|night|user|piece|head|mile|seat"
)
_ATTACHED = r"(?:km/h|mph|kph|[kMGT]?Wh?|[kKMGT]B|[kMGT]?Hz|[cmkn]?m|kg|mg|ml|ft|lbs?|°[CF]?)²?(?!\w)"
_PERCENTAGE = r"[ -]?(?:%|(?i:percent|per cent|pct)\b)(?P<points>[ -]points?\b)?|[ -]percentage[ -]points?\b"
_EXPRESSION = re.compile(
    r"(?<![\w.:/])(?<![A-Za-z]-)"
    rf"(?P<sign>(?<!\S)[-−](?=[\d$€£¥]))?(?:(?P<cur>{numbers.CURRENCY})\s?)?(?P<a>{numbers.NUMBER})"
    rf"(?:(?P<percent>{_PERCENTAGE})|(?P<name>[ -]{numbers.CURRENCY_NAME})|(?P<attached>\s?{_ATTACHED}))?"
    rf"(?:(?: (?:per|an?|each|every) | ?/ ?)(?P<per>{_PER})\b(?! (?:earlier|ago|later|before)))?"
    r"(?P<plus>\+|-plus\b)?(?![\w/]|[.,:]\d|-[A-Z]| \d+\\?/\d)"
)
_JOINT = re.compile(r"\s?(?:(?P<dash>[-–—])|\b(?P<to>to)\b|\b(?P<and>and)\b)\s?")
_APPROXIMATE = re.compile(
    r"(?:\b(?P<words>(?:(?:just |slightly |a little |well |far |only )?"
    r"(?:over|under|above|below|more than|less than|fewer than|about))"
    r"|around|roughly|approximately|some|nearly|almost|at least|at most|up to|as (?:many|much|few|little) as"
    r"|(?:no|not) (?:more|less|fewer) than|an estimated|estimated|close to|upwards? of|in excess of|circa"
    r"|ca\.|c\.|more or less|virtually|within) |(?P<sign>[~<>≤≥]) ?)(?:the )?$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r" or (?:more|less|so|fewer|higher|lower|under|over|above|below|older|younger)\b")
_BETWEEN = re.compile(r"\bbetween $", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\w:.])(?:\d{1,2}[:.]\d\d(?::\d\d)?|\d{1,2})\s?(?:[ap]\.?m\b\.?|[AP]\.?M\b\.?|o['’]clock)"
    r"|(?<![\w:.])(?:[01]?\d|2[0-3]):[0-5]\d(?![\w:])"
)
_YEAR_BEFORE = frozenset(
    re.split(r"\s", "in since by until till during before after from circa c. ca. year years early mid late")
)
_NAMES = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "EVENT", "LAW", "FAC", "WORK_OF_ART", "LOC", "NORP"})
# Parts of an expression that the first end of a range has only when the second has them too.
_UNIT_PARTS = ("cur", "name", "percent", "attached", "plus")
_MONEY, _PERCENT, _COUNT, _PLAIN = "money", "percent", "count", "plain"


class _Reader:
    """Reads one sentence: `found` grows, `taken` keeps the characters already read."""

    def __init__(self, sentence: Sentence, today: date | None) -> None:
        self.sentence, self.text, self.today = sentence, sentence.text, today
        self.tokens = sentence.tokens
        self.starts = [t.start - sentence.start for t in self.tokens]
        self.taken: list[tuple[int, int]] = []
        self.found: list[FoundLiteral] = []

    def token_at(self, character: int) -> Token:
        """The token that holds a character of the sentence's text, or the one before it."""
        return self.tokens[max(0, bisect_right(self.starts, character) - 1)]

    def is_free(self, start: int, end: int) -> bool:
        """Whether no literal was read from these characters."""
        return all(end <= a or start >= b for a, b in self.taken)

    def add(self, start: int, end: int, literal: Literal) -> None:
        """Keeps a literal read from these characters."""
        first = self.token_at(start).i
        self.found.append(FoundLiteral(first, max(first + 1, bisect_left(self.starts, end)), literal))

    def read_dates(self) -> None:
        """Dates, and the times of day as text."""
        for span in dates.find_dates(
            self.text, today=self.today, tense=lambda at: quantities.tense(self.token_at(at))
        ):
            if span.bare and not self.is_year(span):
                continue
            words = self.text[span.start : span.end]
            self.taken.append((span.start, span.end))
            literal = Literal(span.value, span.datatype, words, approximation=span.approximation)
            self.add(span.start, span.end, literal)
        for match in _TIME.finditer(self.text):
            if self.is_free(*match.span()):
                self.taken.append(match.span())
                self.add(*match.span(), Literal(match[0], f"{XSD}string", match[0]))

    def is_year(self, span: dates.DateSpan) -> bool:
        """Whether a lone number such as 2010 is a year in this sentence."""
        token = self.token_at(span.start)
        head = token.head
        if head.pos == "PROPN" and token.dep in {"nummod", "compound", "nmod"} and not span.approximation:
            return False
        if quantities.counts(token):
            return token.ent == "DATE" or any(
                c.dep in {"det", "poss"} and c.i < token.i for c in head.children
            )
        before = self.tokens[token.i - 1].norm if token.i else ""
        likely = 1700 <= int(span.value) <= 2100 and token.ent not in _NAMES
        return bool(span.approximation) or before in _YEAR_BEFORE or likely or token.ent == "DATE"

    def read_numbers(self) -> None:
        """Money, percentages, quantities, plain numbers."""
        matches = [m for m in _EXPRESSION.finditer(self.text) if self.is_number(m)]
        at = 0
        while at < len(matches):
            first = matches[at]
            second = matches[at + 1] if at + 1 < len(matches) else None
            if second is not None and self.is_range(first, second):
                self.read_range(first, second)
                at += 2
            else:
                self.read_one(first)
                at += 1

    def is_number(self, match: re.Match[str]) -> bool:
        """Whether the characters are free and the words make a number."""
        return self.is_free(*match.span("a")) and numbers.number(match["a"]) is not None

    def is_range(self, first: re.Match[str], second: re.Match[str]) -> bool:
        """10–15 percent, $5 million to $10 million, between 10 and 20."""
        joint = _JOINT.fullmatch(self.text[first.end() : second.start()])
        if joint is None or any(first[part] and not second[part] for part in _UNIT_PARTS):
            return False
        return not joint["and"] or self.text[: first.start()].lower().endswith("between ")

    def read_range(self, first: re.Match[str], second: re.Match[str]) -> None:
        """Two literals that share the unit; the first may borrow the second's magnitude."""
        kind, unit, end = self.unit(second)
        sign = first["cur"] or second["cur"]
        if kind is _PLAIN and sign:
            kind, unit = _MONEY, numbers.currency(sign)
        low, high = _value(first), _value(second)
        if kind is _COUNT or kind is _PLAIN:
            told = self.text[: first.start()].lower().endswith(("from ", "between "))
            score = (kind is _PLAIN and not told) or (low >= high and not told)
            if score or not self.is_quantity(second, kind):
                return
        if numbers.is_plain(first["a"]) and low <= high / (scale := numbers.scale(second["a"])):
            low *= scale
        self.keep(first.start(), first.end(), _literal(low, kind, unit, first[0], "from"))
        self.keep(second.start(), end, _literal(high, kind, unit, self.text[second.start() : end], "to"))

    def read_one(self, match: re.Match[str]) -> None:
        """One number with its unit and the words of approximation around it."""
        kind, unit, end = self.unit(match)
        value = _value(match)
        if kind in {_COUNT, _PLAIN} and not self.is_quantity(match, kind):
            return
        if kind is _COUNT and match["a"][-1] == "m" and match["a"][-2].isdigit() and not _is_plural(unit):
            kind, unit, value, end = _COUNT, "m", value / 10**6, match.end()
        if kind is _PLAIN and self.is_early_year(match):
            self.keep(*match.span(), Literal(f"{int(value):04}", dates.YEAR, match[0]))
            return
        if kind is _PLAIN:
            unit = self.age(match)
        start, approximation = self.approximation(match, unit)
        if match["plus"]:
            approximation = match["plus"]
        elif after := _AFTERWARDS.match(self.text, match.end()):
            approximation, end = after[0].strip(), max(end, after.end())
        self.keep(start, end, _literal(value, kind, unit, self.text[start:end], approximation))

    def keep(self, start: int, end: int, literal: Literal) -> None:
        """Adds a literal and marks its characters."""
        self.taken.append((start, end))
        self.add(start, end, literal)

    def unit(self, match: re.Match[str]) -> tuple[str, str | None, int]:
        """Kind, unit, and the character where the expression ends."""
        money = self.money(match)
        if money:
            return _MONEY, f"{money} per {match['per']}" if match["per"] else money, match.end()
        if match["percent"]:
            points = match["points"] or "percentage" in match["percent"]
            return _PERCENT, "percentage points" if points else "percent", match.end()
        if match["attached"]:
            unit = match["attached"].strip()
            return _COUNT, f"{unit} per {match['per']}" if match["per"] else unit, match.end()
        noun = self.counted(match)
        if noun is None:
            return _PLAIN, None, match.end("plus" if match["plus"] else "a")
        first, last = noun
        words = self.text[self.starts[first] : last.end - self.sentence.start]
        following = self.tokens[last.i + 1] if last.i + 1 < len(self.tokens) else last
        if last.norm in {"years", "year"} and following.norm == "old":
            last = following
        if last.norm == "old":
            words = "years old"
        return _COUNT, words, last.end - self.sentence.start

    def money(self, match: re.Match[str]) -> str | None:
        """The code of the currency; "pounds" are money from a million on, "won" when tagged as a noun."""
        if match["cur"]:
            return numbers.currency(match["cur"])
        name = (match["name"] or "").strip(" -")
        if not name:
            return None
        if name.lower() in {"pound", "pounds"}:
            return "GBP" if abs(_value(match)) >= 10**6 else None
        if name.lower() == "won" and not self.token_at(match.end("name") - 1).tag.startswith("N"):
            return None
        return numbers.currency(name)

    def counted(self, match: re.Match[str]) -> tuple[int, Token] | None:
        """First token and last of the unit: the noun counted, with the words between."""
        last = self.token_at(match.end("a") - 1).i
        after = _AFTERWARDS.match(self.text, match.end("a"))
        start = self.token_at(after.end() - 1).i + 1 if after else last + 1
        if match["plus"]:
            start = self.token_at(match.end("plus") - 1).i + 1
        if start >= len(self.tokens):
            return None
        if self.tokens[start].text == "-":
            end = quantities.hyphenated(self.tokens, start + 1, self.tokens[last])
            return (start + 1, end) if end else None
        if self.tokens[start].norm in {"times", "fold"}:
            return start, self.tokens[start]
        head = quantities.noun_head(self.tokens, last, start)
        if head is None:
            return None
        return start, quantities.measure(self.tokens, start, head)

    def is_quantity(self, match: re.Match[str], kind: str) -> bool:
        """Whether a number counts something rather than being part of a name, a label or a pronoun."""
        first, last = self.token_at(match.start("a")), self.token_at(match.end("a") - 1)
        if self.starts[first.i] < match.start() or last.end - self.sentence.start > match.end():
            return False
        before = self.tokens[first.i - 1] if first.i else None
        if before is not None and quantities.is_name_before(before, first, alone=kind is _PLAIN):
            return False
        following = self.tokens[last.i + 1] if last.i + 1 < len(self.tokens) else None
        if kind is _COUNT and following is not None:
            return quantities.is_count(before, first, following)
        return self.stands_alone(match, before, following)

    def stands_alone(self, match: re.Match[str], before: Token | None, following: Token | None) -> bool:
        """Whether a number without a unit is a value: not "the two", "1." of a list, "394-21", "50 Cent"."""
        first = self.token_at(match.start("a"))
        if match["a"][0].isalpha() and (
            before is None or before.pos in {"DET", "PRON"} or first.norm == "one"
        ):
            return False
        if before is None and following is not None and following.text in {".", ")"}:
            return False
        if following is not None and (following.pos == "PROPN" or following.text in {"-", "–"}):
            return False
        if first.head.pos == "PROPN" and first.dep in {"nummod", "nmod", "npadvmod", "compound"}:
            return False
        numeral = "NUM" in {first.pos, self.token_at(match.end("a") - 1).pos} or match["a"][-1] in "kKMB"
        return numeral and first.ent not in _NAMES

    def is_early_year(self, match: re.Match[str]) -> bool:
        """Whether three figures after "in" or between other years are a year (in 657)."""
        token = self.token_at(match.start("a"))
        return match[0].isdigit() and len(match[0]) == 3 and token.ent == "DATE"

    def age(self, match: re.Match[str]) -> str | None:
        """ "years old" for a number set between commas after a person's name, or after "aged"."""
        first = self.token_at(match.start("a"))
        if first.i and self.tokens[first.i - 1].norm == "aged":
            return "years old"
        if first.i < 2 or self.tokens[first.i - 1].text != "," or not 0 < _value(match) < 120:
            return None
        closed = first.i + 1 == len(self.tokens) or self.tokens[first.i + 1].text in {",", ".", ")"}
        person = self.tokens[first.i - 2]
        return "years old" if closed and person.pos == "PROPN" and person.ent == "PERSON" else None

    def approximation(self, match: re.Match[str], unit: str | None) -> tuple[int, str | None]:
        """Where the words of approximation before the number start, and what they are."""
        before = self.text[max(0, match.start() - 40) : match.start()]
        found = _APPROXIMATE.search(before)
        if not found:
            return match.start(), None
        words = (found["words"] or found["sign"]).lower()
        at = match.start() - len(before) + found.start()
        word = self.token_at(at)
        before_word = self.tokens[word.i - 1] if word.i else None
        if words in quantities.PREPOSITIONS and not quantities.qualifies(word, before_word, unit):
            return match.start(), None
        return at, words


def _is_plural(unit: str | None) -> bool:
    return unit is not None and unit.endswith(("s", "people"))


def _value(match: re.Match[str]) -> Decimal:
    value = numbers.number(match["a"]) or Decimal(0)
    return -value if match["sign"] else value


def _literal(value: Decimal, kind: str, unit: str | None, text: str, approximation: str | None) -> Literal:
    whole = value == value.to_integral_value() and kind is not _MONEY
    return Literal(numbers.canonical(value), INTEGER if whole else DECIMAL, text, unit, approximation)
