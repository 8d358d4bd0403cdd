"""`build --link`: links in the graph, in explain and the report, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

from command_line import factloom

from factloom.graph.rdf_read import read

AUTHORITY = """
{"id": "Q1", "label": "Quillon", "description": "software company in Tessaly", "types": ["company"]}
{"id": "Q2", "label": "Quillon", "description": "a village", "types": ["village"]}
{"id": "Q3", "label": "Brightwell Semiconductor", "types": ["company"]}
{"id": "Q4", "label": "Brightwell Semiconductor", "types": ["company"]}
"""
TEXT = (
    "Quillon is a software company. Quillon acquired Brightwell Semiconductor, a maker of chips, in 2024.\n"
)


def build(folder: Path, *more: str) -> Path:
    (folder / "a.txt").write_text(TEXT)
    (folder / "authority.jsonl").write_text(AUTHORITY)
    out = folder / "out"
    options = ("--link", str(folder / "authority.jsonl"), "--no-sparql", *more)
    ran = factloom("build", str(folder / "a.txt"), "-o", str(out), *options)
    assert ran.code == 0, ran.err
    return out


def test_links_stand_in_the_graph_the_report_and_the_explanation(tmp_path: Path) -> None:
    out = build(tmp_path)
    graph = (out / "graph.ttl").read_text()
    assert graph.count("skos:exactMatch <http://www.wikidata.org/entity/Q1>") == 1
    assert "entity/Q2" not in graph
    assert "entity/Q3" not in graph
    assert json.loads((out / "report.json").read_text())["links"] == {"exact": 1, "undecided": 1}
    told = factloom("explain", str(out), "Quillon", "acquires").out
    assert "Quillon is http://www.wikidata.org/entity/Q1: its label; of a fitting kind" in told


def test_the_bytes_are_the_same_each_time_and_without_the_option_there_are_no_links(tmp_path: Path) -> None:
    first = (build(tmp_path) / "graph.ttl").read_bytes()
    assert (build(tmp_path, "--fresh") / "graph.ttl").read_bytes() == first
    factloom("build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"))
    assert "Match" not in (tmp_path / "out" / "graph.ttl").read_text()


def test_links_come_back_from_the_file(tmp_path: Path) -> None:
    _, statements = read(build(tmp_path))
    found = {m.iri for s in statements for m in s.subject.matches}
    assert found == {"http://www.wikidata.org/entity/Q1"}


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    ran = factloom("build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--link", "none.jsonl")
    assert ran.code == 2
    assert "no such file: none.jsonl; --link takes Wikidata" in ran.err
