"""The measure of CPU time on commands whose cost is known to differ."""

from __future__ import annotations

import sys

import pytest

from .cost import alternate, cpu_seconds


def test_work_costs_more_than_none() -> None:
    idle = [sys.executable, "-S", "-c", "pass"]
    busy = [sys.executable, "-S", "-c", "sum(range(6_000_000))"]
    ours, theirs = alternate([busy, idle], 1)
    assert ours > theirs > 0


def test_a_failing_command_is_not_measured() -> None:
    with pytest.raises(Exception, match="non-zero"):
        cpu_seconds([sys.executable, "-S", "-c", "raise SystemExit(3)"])
