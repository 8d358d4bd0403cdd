"""The benchmark of large builds on few words: the texts differ, the measures are there."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from .throughput import _must_be_equal, drift, perturbed, texts

SOURCES = ["Anna Berg met Bergmann in 2015. He left. It rained in Bergen. They sang.", "One more text here."]


def test_texts_are_as_many_as_wanted_and_all_different() -> None:
    found = list(texts(200, SOURCES))
    assert sum(len(t.split()) for t in found) >= 200
    assert len(set(found[::2])) == len(found[::2])
    assert found == list(texts(200, SOURCES))
    assert perturbed("Born in 1999.", 1, random.Random(1)) == "Born in 2000."


def test_the_drift_compares_tenths_without_the_start(tmp_path: Path) -> None:
    costs = [9.0, 9.0] + [1.0] * 10 + [1.5]
    events = [{"event": "read", "cpu_seconds": cost, "characters": 10} for cost in costs]
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(json.dumps(e) for e in [*events, {"event": "done"}]), encoding="utf-8")
    assert drift(path) == pytest.approx(1.5)


def test_graphs_that_differ_end_the_program_with_the_line(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("a\nb\n", encoding="utf-8")
    other.write_text("a\nb\n", encoding="utf-8")
    _must_be_equal(one, other)
    other.write_text("a\nb\nc\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="line 3"):
        _must_be_equal(one, other)
