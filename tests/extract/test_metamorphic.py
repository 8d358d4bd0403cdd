"""What is said two ways is read one way: passives, relative clauses, order, other names of the same kind.

The first part swaps names in frozen parses, so nothing but the rules is at work. The second part parses its
sentences and is marked `model`: a pair that the parser takes apart differently fails there; those known today
are strict expected failures, listed in tests/cases/known_gaps_pairs.txt.
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from factloom.extract.language import parse
from factloom.ontology.records import Statement, Status
from tests.cases.cases import FOLDER, Case, Expected, read_cases, read_gaps
from tests.cases.frozen import read_parses, unpack
from tests.cases.judge import complaints, read_frozen, show, statements

# ----------------------------------------------------------------- other names, frozen parses

RINGS = [
    ["Intel", "Nokia", "Siemens", "Toyota", "Samsung", "Honda", "Boeing", "Microsoft", "Google", "Spotify"],
    ["France", "Norway", "Peru", "Chile", "Brazil", "Kenya", "Japan", "Portugal"],
    ["Berlin", "Rome", "Milan", "Vienna", "Oslo", "Geneva", "Hamburg", "Lisbon"],
]
SWAP = {a: b for ring in RINGS for a, b in itertools.pairwise([*ring, ring[0]])}
_NAME = re.compile(rf"\b({'|'.join(SWAP)})\b")


def _swappable(case: Case) -> bool:
    """Whether it passes, and no expected name is there only in other words ("French" for France)."""
    wanted = {name for e in case.expected for name in _NAME.findall(e.line)}
    return (
        bool(_NAME.search(case.text)) and wanted <= set(_NAME.findall(case.text)) and case.name not in _GAPS
    )


_GAPS = frozenset(read_gaps())
SWAPPABLE = [c for c in read_cases() if _swappable(c)]


@cache
def parses() -> dict[str, dict[str, Any]]:
    return read_parses()


def swapped_text(text: str) -> str:
    return _NAME.sub(lambda m: SWAP[m[0]], text)


def swapped_parse(parse: dict[str, Any]) -> dict[str, Any]:
    """The same tree over the other names, every offset moved to where the words now stand."""
    result = copy.deepcopy(parse)
    old, result["text"] = parse["text"], swapped_text(parse["text"])
    moved = {m.start(): len(SWAP[m[0]]) - len(m[0]) for m in _NAME.finditer(old)}

    def place(offset: int) -> int:
        return offset + sum(by for start, by in moved.items() if start < offset)

    for sentence in result["sentences"]:
        sentence["start"], sentence["end"] = place(sentence["start"]), place(sentence["end"])
        for row in sentence["tokens"]:
            row[0], row[1], row[6] = SWAP.get(row[0], row[0]), SWAP.get(row[1], row[1]), place(row[6])
    return result


def _swapped_expectation(expected: Expected) -> Expected:
    def other(labels: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(swapped_text, labels))

    return replace(
        expected,
        speaker=expected.speaker and swapped_text(expected.speaker),
        subject=other(expected.subject),
        object=other(expected.object),
        arguments=tuple((role, other(values)) for role, values in expected.arguments),
        line=swapped_text(expected.line),
    )


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name[:90]) for c in SWAPPABLE])
def test_other_names_make_no_difference(case: Case) -> None:
    parse = swapped_parse(parses()[case.text])
    other = Case(case.file, case.heading, parse["text"], only=case.only, date=case.date)
    other.expected = [_swapped_expectation(e) for e in case.expected]
    other.same = [(swapped_text(a), swapped_text(b)) for a, b in case.same]
    other.classes = [(swapped_text(a), b) for a, b in case.classes]
    found = read_frozen(other, {other.text: parse})
    wrong = list(complaints(other, found))
    read = "".join(f"\n      read: {show(s)}" for s in found)
    assert not wrong, "\n    ".join([f"> {other.text}", *wrong]) + read


def test_a_swapped_parse_stands_where_it_says() -> None:
    for case in SWAPPABLE:
        parse = swapped_parse(parses()[case.text])
        for token in (t for s in unpack(parse) for t in s.tokens):
            assert parse["text"][token.start : token.end] == token.text


# ------------------------------------------------------------- two ways to say it, live model

COMPANIES = ["Nokia", "Siemens", "Spotify", "Toyota", "Boeing", "Google"]
PEOPLE = ["Anna Berg", "Tom Brandt", "Maria Lopez", "Peter Lang"]
VERBS = [
    ("acquired", "acquired"),
    ("sued", "sued"),
    ("attacked", "attacked"),
    ("hired", "hired"),
    ("beat", "beaten"),
    ("funded", "funded"),
    ("criticized", "criticized"),
    ("blocked", "blocked"),
]


def _pairs() -> Iterator[tuple[str, str, str]]:
    """A law and two texts that say the same."""
    for (past, participle), (a, b) in zip(
        VERBS, itertools.cycle(itertools.permutations(COMPANIES, 2)), strict=False
    ):
        yield "passive", f"{a} {past} {b}.", f"{b} was {participle} by {a}."
        yield "passive with a date", f"{a} {past} {b} in 2015.", f"In 2015, {b} was {participle} by {a}."
        yield "date in front", f"{a} {past} {b} in March 2019.", f"In March 2019, {a} {past} {b}."
        yield (
            "relative clause",
            f"{a} {past} {b}. {a} opened a factory.",
            f"{a}, which {past} {b}, opened a factory.",
        )
        yield (
            "verb phrases",
            f"{a} {past} {b}. {a} opened a factory.",
            f"{a} {past} {b} and opened a factory.",
        )
        yield "speaker behind", f"Reuters said that {a} {past} {b}.", f"{a} {past} {b}, Reuters said."
        yield (
            "according to",
            f"According to Reuters, {a} {past} {b}.",
            f"{a} {past} {b}, according to Reuters.",
        )
        yield (
            "clause order",
            f"After {a} {past} {b}, Oslo sued Peru.",
            f"Oslo sued Peru after {a} {past} {b}.",
        )
        yield "contraction", f"{a} did not {_base(past)} {b}.", f"{a} didn't {_base(past)} {b}."
    for role, (person, company) in zip(
        ["chief executive", "founder", "chairman", "president", "owner", "director"],
        itertools.cycle(zip(PEOPLE, COMPANIES, strict=False)),
        strict=False,
    ):
        plain = f"{person} is the {role} of {company}. {person} visited Berlin."
        yield "apposition", plain, f"{person}, the {role} of {company}, visited Berlin."
        yield "possessive apposition", plain, f"{person}, {company}'s {role}, visited Berlin."
        yield "inverted apposition", plain, f"The {role} of {company}, {person}, visited Berlin."
        yield "premodifier", plain, f"{company} {role} {person} visited Berlin."
    for one, other, third in itertools.islice(itertools.permutations(COMPANIES, 3), 0, 60, 12):
        yield "subjects", f"{one} sued {third}. {other} sued {third}.", f"{one} and {other} sued {third}."
        yield "objects", f"{one} sued {other}. {one} sued {third}.", f"{one} sued {other} and {third}."
        yield "both", f"{one} sued {third}. {other} sued {third}.", f"Both {one} and {other} sued {third}."
        yield (
            "pronoun",
            f"{one} sued {third}. {one} hired Tom Brandt.",
            f"{one} sued {third}. It hired Tom Brandt.",
        )


def _base(past: str) -> str:
    return {
        "acquired": "acquire",
        "beat": "beat",
        "sued": "sue",
        "criticized": "criticize",
        "hired": "hire",
    }.get(past, past[:-2])


PAIRS = list(_pairs())
PAIR_GAPS = frozenset(read_gaps(FOLDER / "known_gaps_pairs.txt"))


def said(text: str) -> set[tuple[str, ...]]:
    """What is said, without what the two ways may differ in: roles as kinds, and the rule that read it."""
    (sentences,) = parse([text])
    found = statements(Case("pair", "", text), sentences)
    return {_said(s) for s in found if s.relation.label != "is a"}


def _said(s: Statement) -> tuple[str, ...]:
    e = s.evidence[0]
    speaker = e.attributed_to.label if e.attributed_to and e.status is not Status.STATED else ""
    return (
        *sorted([s.subject.label, show(s).split(" | ")[2]]),
        s.relation.label,
        e.status,
        e.time or "",
        speaker,
    )


def _params() -> list[Any]:
    gap = pytest.mark.xfail(reason="known gap", raises=AssertionError)
    names = [(f"{law}: {other}", one, other) for law, one, other in PAIRS]
    return [pytest.param(a, b, id=n, marks=[gap] if n in PAIR_GAPS else []) for n, a, b in names]


@pytest.mark.model
@pytest.mark.parametrize(("one", "other"), _params())
def test_two_ways_to_say_it(one: str, other: str) -> None:
    first = said(one)
    assert first, f"nothing read in {one!r}"
    assert said(other) == first


def test_pair_gaps_are_pairs() -> None:
    assert sorted(PAIR_GAPS - {f"{law}: {other}" for law, _, other in PAIRS}) == []
