"""Every case of tests/cases on its frozen parse; the cases that fail today are listed in known_gaps.txt.

A listed case is a strict expected failure: once it passes, its line must go.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.cases.cases import Case, parse_cases, read_cases, read_gaps
from tests.cases.freeze import parsed
from tests.cases.frozen import read_parses, unpack
from tests.cases.judge import complaints, read_frozen, show

CASES = read_cases()
GAPS = frozenset(read_gaps())


@cache
def parses() -> dict[str, dict[str, Any]]:
    return read_parses()


def _params() -> list[Any]:
    gap = pytest.mark.xfail(reason="known gap", raises=AssertionError)
    return [pytest.param(c, id=c.name[:90], marks=[gap] if c.name in GAPS else []) for c in CASES]


@pytest.mark.parametrize("case", _params())
def test_case(case: Case) -> None:
    found = read_frozen(case, parses())
    wrong = list(complaints(case, found))
    read = "".join(f"\n      read: {show(s)}" for s in found)
    assert not wrong, "\n    ".join([f"> {case.text}", *wrong]) + read


def test_gaps_are_cases() -> None:
    assert sorted(GAPS - {c.name for c in CASES}) == []
    assert len(GAPS) == len(read_gaps())


def test_cases_are_told_apart() -> None:
    twice = [name for name, count in Counter(c.name for c in CASES).items() if count > 1]
    assert twice == []


def test_every_case_asks_for_something() -> None:
    assert [c.name for c in CASES if not (c.expected or c.only or c.same or c.classes)] == []


def test_every_frozen_parse_has_its_case() -> None:
    assert sorted(parses().keys() - {c.text for c in CASES}) == []


def test_frozen_tokens_stand_where_they_say() -> None:
    for text, parse in parses().items():
        for token in (t for s in unpack(parse) for t in s.tokens):
            assert text[token.start : token.end] == token.text


@pytest.mark.model
def test_the_live_model_parses_alike() -> None:
    """A few texts may differ: a close call can fall the other way on another processor."""
    live = parsed(sorted(parses()))
    other = [t for t, p in parses().items() if p["sentences"] != live[t]["sentences"]]
    assert len(other) <= 0.03 * len(live), (
        "`python -m tests.cases.freeze --all`; parsed otherwise:\n" + "\n".join(other)
    )


def test_a_text_without_a_parse_names_the_command() -> None:
    with pytest.raises(LookupError, match=r"python -m tests\.cases\.freeze"):
        read_frozen(Case("file", "heading", "Nobody froze this."), {})


@pytest.mark.parametrize(
    "line", ["- stated: Anna | buys", "- Anna buys a boat", "- A | b | c | d", "- same: A"]
)
def test_a_malformed_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"file\.md:2"):
        parse_cases(f"> Anna bought a boat.\n{line}\n", "file")


def test_quoted_lines_on_end_are_paragraphs() -> None:
    one, other = parse_cases("> A.\n> B.\n\n- only\n\n> C.\n- only\n", "file")
    assert (one.text, one.name, other.text) == ("A.\n\nB.", "file: A. ¶ B.", "C.")


def test_a_line_is_taken_apart() -> None:
    (case,) = parse_cases("# H\n\n> T.\n\n- denied by B: A / a | r | O | time: 1999\n- only\n", "file")
    (expected,) = case.expected
    assert (expected.status, expected.speaker) == (("denied",), "B")
    assert (expected.subject, expected.arguments) == (("A", "a"), (("time", ("1999",)),))
    assert case.only and case.heading == "H" and case.name == "file: T."
