"""Relation labels in the third person."""

from __future__ import annotations

import pytest

from factloom.extract.inflection import third_person


@pytest.mark.parametrize(
    ("pattern", "label"),
    [
        ("compete with", "competes with"),
        ("be", "is"),
        ("be allowed to access", "is allowed to access"),
        ("have", "has"),
        ("do", "does"),
        ("go to", "goes to"),
        ("teach", "teaches"),
        ("pass", "passes"),
        ("fix", "fixes"),
        ("buzz", "buzzes"),
        ("push back", "pushes back"),
        ("veto", "vetoes"),
        ("carry", "carries"),
        ("deploy", "deploys"),
        ("surprise", "surprises"),
        ("shut down", "shuts down"),
    ],
)
def test_third_person(pattern: str, label: str) -> None:
    assert third_person(pattern) == label
