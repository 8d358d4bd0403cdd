"""The benchmark of the server runs, small."""

from __future__ import annotations

import pytest

from . import serve


def test_each_attack_has_its_row(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ("good query", "LOAD", "cross product")
    monkeypatch.setattr(serve, "ATTACKS", {name: serve.ATTACKS[name] for name in chosen})
    assert serve.main(["--triples", "2000", "--clients", "2", "--timeout", "1"]) == 0
    rows = {
        cells[0]: cells[1]
        for line in capsys.readouterr().out.splitlines()[2:]
        for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
    }
    assert rows == {
        "good query": "2×200",
        "LOAD": "2×400",
        "cross product": "2×500",
        "200 clients": "200×200",
    }
