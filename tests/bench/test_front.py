"""`python -m tests.bench`: the list, unknown names, and missing data."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from . import data
from .__main__ import BENCHES, main
from .report import table


@pytest.mark.parametrize("name", sorted(BENCHES))
def test_every_listed_benchmark_has_a_main_and_a_scorer_test(name: str) -> None:
    assert importlib.import_module(f"tests.bench.{name}").main.__doc__
    assert Path(__file__).with_name(f"test_{name}.py").exists()


def test_the_list_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in BENCHES)


def test_an_unknown_name_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crab"]) == 2
    assert "known: carb, benchie" in capsys.readouterr().err


def test_missing_data_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(data, "SHARED", tmp_path / "nowhere")
    assert main(["carb"]) == 2
    assert "the benchmark data is kept in ../shared" in capsys.readouterr().err


def test_tables_are_aligned() -> None:
    assert table(["name", "F1"], [["ours", 0.5], ["theirs", 0.25]]).splitlines() == [
        "| name   |    F1 |",
        "|--------|------:|",
        "| ours   | 0.500 |",
        "| theirs | 0.250 |",
    ]
