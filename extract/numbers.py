"""Numbers and currencies as they are written: 4,000 · 6.9bn · half a million · two hundred and fifty.

Gives the patterns to find them in text and the functions that turn what was found into exact decimals
and ISO 4217 codes. What a number counts, and whether it is a quantity at all, is left to `literals`.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)
_UNITS += " seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: i for i, word in enumerate(_UNITS.split(" "))}
WORDS |= {word: 10 * i for i, word in enumerate(_TENS.split(" "), 2)}
MAGNITUDES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12}
_SUFFIXES |= {"trn": 10**12, "t": 10**12}

_MAGNITUDE = rf"(?:{'|'.join(MAGNITUDES)})"
_WORD = rf"(?:{'|'.join(sorted((*WORDS, *MAGNITUDES), key=len, reverse=True))})\b"
_FIGURES = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
# A figure with its magnitude, or a phrase of number words; a suffix letter stands against its figure.
_SIZED = (
    rf"{_FIGURES}(?:[ -](?i:{_MAGNITUDE})\b(?: (?i:million|billion)\b)?"
    r"|(?:mn|mln|bn|tn|trn)\b| (?:mn|bn|tn)\b|[kKmMbBT]\b)?"
)
NUMBER = (
    rf"(?:{_SIZED}|(?i:(?:(?:half an? |one and a half |an? )(?={_MAGNITUDE}\b))?"
    rf"{_WORD}(?:(?:[- ]|(?<=hundred) and |(?<=thousand) and |(?<=million) and ){_WORD})*))"
)
_WRITTEN = re.compile(rf"({_FIGURES})(?:[ -]?(.+))?$")
_HALF = re.compile(r"^(half an?|one and a half|an?) ")

SYMBOLS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "HK$": "HKD",
    "NZ$": "NZD",
    "S$": "SGD",
    "NT$": "TWD",
    "R$": "BRL",
    "CN¥": "CNY",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
    "฿": "THB",
    "₫": "VND",
    "₴": "UAH",
    "₦": "NGN",
    "₱": "PHP",
}
# PHP is left out: "PHP 8" is a version of a language.
_CODES = (
    "USD|EUR|GBP|JPY|CNY|RMB|CHF|INR|KRW|CAD|AUD|HKD|SGD|NZD|SEK|NOK|DKK|RUB|BRL|MXN|ZAR|ILS|THB|IDR|MYR|VND"
    "|PLN|CZK|HUF|AED|SAR|NGN|TWD|UAH"
)
CURRENCY = rf"(?:{'|'.join(re.escape(s) for s in sorted(SYMBOLS, key=len, reverse=True))}|\b(?:{_CODES})\b ?)"
_NAMES = {
    "dollar": "USD",
    "euro": "EUR",
    "yuan": "CNY",
    "renminbi": "CNY",
    "yen": "JPY",
    "rupee": "INR",
    "ruble": "RUB",
    "rouble": "RUB",
    "won": "KRW",
    "baht": "THB",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "shekel": "ILS",
    "zloty": "PLN",
    "forint": "HUF",
    "dirham": "AED",
    "naira": "NGN",
    "hryvnia": "UAH",
    "rand": "ZAR",
    "pound sterling": "GBP",
    "pounds sterling": "GBP",
    "british pound": "GBP",
    "u.s. dollar": "USD",
    "us dollar": "USD",
    "american dollar": "USD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "new zealand dollar": "NZD",
    "taiwan dollar": "TWD",
    "swiss franc": "CHF",
    "indian rupee": "INR",
    "chinese yuan": "CNY",
    "japanese yen": "JPY",
    "russian ruble": "RUB",
    "mexican peso": "MXN",
    "philippine peso": "PHP",
    "argentine peso": "ARS",
    "turkish lira": "TRY",
    "swedish krona": "SEK",
    "swedish kronor": "SEK",
    "norwegian krone": "NOK",
    "norwegian kroner": "NOK",
    "danish krone": "DKK",
    "danish kroner": "DKK",
    "saudi riyal": "SAR",
}
_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)
CURRENCY_NAME = rf"(?:(?i:{'|'.join(re.escape(n) for n in _LONGEST_FIRST)})s?|{_CODES}|(?i:pounds?))\b"


def number(text: str) -> Decimal | None:
    """The value of a text that `NUMBER` matched, or None when its words make no number ("two five")."""
    written = _WRITTEN.match(text)
    if written:
        value = Decimal(written[1].replace(",", ""))
        for word in (written[2] or "").lower().split():
            value *= MAGNITUDES.get(word) or _SUFFIXES[word]
        return value
    return _spoken(text.lower())


def _spoken(text: str) -> Decimal | None:
    """Number words; a magnitude alone counts only after "a" or "half a" (not in "several hundred")."""
    start = _HALF.match(text)
    words = re.split(r"[- ]", text[start.end() :] if start else text)
    if start is None and words[0] in MAGNITUDES:
        return None
    if start and words[0] not in MAGNITUDES:
        return None
    value = _sum([w for w in words if w != "and"])
    if value is None or start is None:
        return value
    return value * {"half": Decimal("0.5"), "one": Decimal("1.5")}.get(start[1].split()[0], Decimal(1))


def _sum(words: list[str]) -> Decimal | None:
    """Groups below a thousand, each times its magnitude, with magnitudes falling."""
    total, group, last = 0, 0, 0
    limit = 10**15
    for word in words:
        size = MAGNITUDES.get(word)
        if size is None:
            fits = not last or (last >= 20 and last % 10 == 0 and WORDS[word] < 10) or last == 100
            if not fits or (last and not WORDS[word]):
                return None
            group, last = group + WORDS[word], WORDS[word]
        elif size in {12, 100}:
            group, last = (group or 1) * size, 100
        elif size < limit:
            total, group, last, limit = total + (group or 1) * size, 0, 0, size
        else:
            return Decimal(total * size) if group == 0 else None
    return Decimal(total + group)


def is_plain(text: str) -> bool:
    """Whether the number has no magnitude of its own, so that a range may lend it one."""
    return text.replace(".", "").replace(",", "").isdigit()


def scale(text: str) -> Decimal:
    """The magnitude a written number carries: a million for "15 million", 1 for "15"."""
    written, value = _WRITTEN.match(text), number(text)
    if written is None or value is None:
        return Decimal(1)
    base = Decimal(written[1].replace(",", ""))
    return value / base if base else Decimal(1)


def currency(text: str) -> str | None:
    """The ISO 4217 code of a sign, code or name of money; None for "pounds", which may be a weight."""
    name = text.strip()
    if name in SYMBOLS:
        return SYMBOLS[name]
    if name == "RMB":
        return "CNY"
    if name.isupper() and len(name) == 3:
        return name
    lower = name.lower()
    return _NAMES.get(lower) or _NAMES.get(lower.removesuffix("s"))


def canonical(value: Decimal) -> str:
    """Digits without exponent and without zeros at the end of the fraction."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
