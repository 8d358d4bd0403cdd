"""The table of statuses on made-up complaints; what is complained of is tested with the cases."""

from __future__ import annotations

import pytest

from tests.cases.cases import Case

from .traps import FILES, main, rows, unsafe

CASES = [Case("negation", "", "Anna did not sail."), Case("status", "", "Eva may sail.")]


def test_what_must_not_be_stated_is_unsafe() -> None:
    assert unsafe("too much: Anna | sails | Oslo")
    assert unsafe("wrong: not: Anna | sails | Oslo")
    assert not unsafe("missing: denied: Anna | sails | Oslo")


def test_safe_and_right_are_counted_apart() -> None:
    missing, stated = ["missing: denied: Anna | sails | Oslo"], ["too much: Eva | sails | Oslo"]
    assert rows([(CASES[0], missing), (CASES[1], stated), (CASES[1], [])]) == [
        ["negation", 1, 1, 1.0, 0, 0.0],
        ["status", 2, 1, 0.5, 1, 0.5],
        ["all", 3, 2, 2 / 3, 1, 1 / 3],
    ]


def test_an_unknown_file_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rumours"])
    told = capsys.readouterr().err
    assert all(name in told for name in FILES)
