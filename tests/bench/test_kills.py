"""A few kills of a build and of an update; `python -m tests.bench kills` makes 200."""

from __future__ import annotations

import pytest

from .kills import measure


@pytest.mark.slow
def test_a_killed_build_goes_on_to_the_same_bytes() -> None:
    found, broken = measure(kills=10, documents=12, workers=1, seed=3)
    assert broken == []
    assert all(trial.kills >= 5 for trial in found)
