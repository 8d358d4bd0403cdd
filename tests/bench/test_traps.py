"""The judge of statuses on made-up statements."""

from __future__ import annotations

import pytest

from .traps import judge, read_cases

CASES = """# Statuses

> Anna did not buy the boat.

- denied: Anna | buy | boat
- may: boat | is | .*

> Eva said Anna slept.

- reported: Anna | slept
"""


def record(status: str, subject: str, relation: str, target: str = "") -> dict[str, object]:
    words: dict[str, object] = {"subject": {"text": subject}, "relation": {"text": relation}}
    return words | {"status": status} | ({"object": {"text": target}} if target else {})


def test_cases_are_read() -> None:
    first, second = read_cases(CASES)
    assert (first.sentence, len(first.expected)) == ("Anna did not buy the boat.", 2)
    assert second.expected[0].parts == ("Anna", "slept")


def test_a_right_reading_is_right() -> None:
    first, second = read_cases(CASES)
    assert judge(first, [record("denied", "Anna", "buy", "the boat")]) == ([], [])
    assert judge(second, [record("reported", "Anna", "slept")]) == ([], [])


def test_what_is_stated_must_be_listed() -> None:
    first = read_cases(CASES)[0]
    stated = record("stated", "Anna", "bought", "the boat")
    missing, wrong = judge(first, [stated, record("stated", "the boat", "is", "blue")])
    assert [e.status for e in missing] == ["denied"]
    assert wrong == [stated]


def test_a_malformed_item_is_refused() -> None:
    with pytest.raises(ValueError, match="not subject"):
        read_cases("> Anna slept.\n- stated: Anna slept\n")
