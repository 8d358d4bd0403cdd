"""The benchmark of stores runs, small, and each measure takes what it says."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from .store import MEASURES, TARGETS, made, main, queries


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("store"), 1000)


def test_the_graph_has_about_so_many_triples(path: Path) -> None:
    assert 700 < sum(1 for _ in ox.parse(path=str(path))) < 1300


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_spends_time_and_memory(name: str, path: Path) -> None:
    found = MEASURES[name](path)
    assert found["cpu"] > 0
    assert found["peak"] > 10


def test_the_named_queries_find_something(path: Path) -> None:
    store, names, texts = queries(path)
    found = [list(store.query(text, prefixes=names)) for text in texts]
    assert sum(map(bool, found)) >= 5


def test_the_table_has_every_ratio(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sizes", "500"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in (*MEASURES, *TARGETS))
