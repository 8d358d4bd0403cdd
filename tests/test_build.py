"""The main job: the same bytes at every run, what policies assert, the store, the article it started from."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import factloom
from factloom import Build, Options, build_graph, open_graph
from factloom.ontology.errors import ModelError, UnknownNameError, UsageError
from factloom.ontology.records import Status

ROOT = Path(__file__).resolve().parents[1]
SAME = ("graph.ttl", "graph.html", "statements.jsonl", "drops.jsonl")
SOURCES = (
    "2026-01-12-two-roads-for-chinese-ai.txt",
    "corvane-to-buy-brightwell.html",
    "who-owns-what.md",
    "wire.jsonl",
)
TEXT = (
    "Tesla did not acquire DeepSeek. Reuters said that Google bought Fjordtech. "
    "Apple plans to acquire Solwind. Nokia may acquire Nordlys. Microsoft acquired LinkedIn in 2016.\n"
)
OBJECTS = {
    "denied": "DeepSeek",
    "reported": "Fjordtech",
    "planned": "Solwind",
    "possible": "Nordlys",
    "stated": "LinkedIn",
}


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("build") / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def labels_of_plain_triples(directory: Path) -> set[str]:
    query = "SELECT ?label { ?a fl:acquires ?b . ?b rdfs:label ?label }"
    return {str(row.label) for row in open_graph(directory).query(query)}


# --- The same bytes


@pytest.mark.slow
def test_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    """Two processes with different hash seeds, and sources named in another order."""
    for name, seed, order in (("one", "1", 1), ("two", "2", -1)):
        subprocess.run(
            [sys.executable, "-m", "factloom", "build", *SOURCES[::order], "-o", tmp_path / name],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT / "seeds",
            check=True,
            capture_output=True,
            timeout=200,
        )
    for name in SAME:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_building_again_changes_nothing(note: Path, tmp_path: Path) -> None:
    first = build_graph([note], tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in SAME}
    again = build_graph([note, note.parent], tmp_path)  # The same file twice is one document.
    assert (again.statements, len(again.documents)) == (first.statements, 1)
    assert {name: (tmp_path / name).read_bytes() for name in SAME} == before
    assert {p.name for p in tmp_path.iterdir()} == {*SAME, "report.json", "cache"}
    assert {p.name for p in (tmp_path / "cache").iterdir()} == {"readings.sqlite"}
    assert (first.report["documents_read"], again.report["documents_read"]) == (1, 0)


# --- Options


@pytest.mark.parametrize(
    ("policy", "asserted"),
    [
        ("stated", {"stated"}),
        ("reported", {"stated", "reported"}),
        ("all", {"stated", "reported", "planned", "possible"}),
    ],
)
def test_what_becomes_a_plain_triple(note: Path, tmp_path: Path, policy: str, asserted: set[str]) -> None:
    built = build_graph([note], tmp_path, options=Options(policy=policy))
    status = {s.object.label: str(s.status) for s in built.statements if s.relation.label == "acquires"}
    assert {name: status.get(label) for name, label in OBJECTS.items()} == {name: name for name in OBJECTS}
    assert labels_of_plain_triples(tmp_path) == {OBJECTS[name] for name in asserted}


def test_a_store_on_disk_holds_the_same_graph(note: Path, tmp_path: Path) -> None:
    build_graph([note], tmp_path, options=Options(store="oxigraph"))
    assert (tmp_path / "store").is_dir()
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
    counts = [str(next(iter(open_graph(tmp_path, store=s).query(query)))[0]) for s in ("oxigraph", "memory")]
    assert counts[0] == counts[1] != "0"


def test_the_base_is_before_every_instance(note: Path, tmp_path: Path) -> None:
    built = build_graph([note], tmp_path, options=Options(base="https://example.org/kg/"))
    assert all(s.subject.iri.startswith("https://example.org/kg/") for s in built.statements)
    assert "w3id.org/factloom/id" not in built.turtle.read_text(encoding="utf-8")


def test_an_ontology_beside_the_core(tmp_path: Path) -> None:
    examples = ROOT / "docs" / "examples"
    options = Options(ontologies=(examples / "harbours.ttl",))
    built = build_graph([examples / "harbours.txt"], tmp_path, options=options)
    said = {
        (s.subject.label, s.relation.iri.split("#")[-1], s.object.label, s.status)
        for s in built.statements
        if s.relation.iri.startswith("https://example.org/harbours#")
    }
    assert ("Northern Star", "callsAt", "Rotterdam", Status.STATED) in said
    assert ("Northern Star", "callsAt", "Hamburg", Status.DENIED) in said
    assert ("Omar Haddad", "captainOf", "Blue Heron", Status.STATED) in said


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (Options(store="tape"), UnknownNameError),
        (Options(policy="some"), UnknownNameError),
        (Options(base="nowhere"), UsageError),
        (Options(model="no_such_model"), ModelError),
    ],
)
def test_wrong_options_are_told(note: Path, tmp_path: Path, options: Options, error: type[Exception]) -> None:
    with pytest.raises(error):
        build_graph([note], tmp_path / "out", options=options)
    assert not (tmp_path / "out" / "graph.ttl").exists()


def test_progress_sees_every_document(note: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int | None, int]] = []

    def watch(stage: str, items: Iterable[object], total: int | None) -> Iterator[object]:
        items = list(items)
        seen.append((stage, total, len(items)))
        yield from items

    build_graph([note], tmp_path, watch=watch)
    assert seen == [("documents", None, 1), ("reading", 1, 1)]


# --- What it says of itself


def test_the_report_counts(note: Path, tmp_path: Path) -> None:
    built = build_graph([note], tmp_path)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report == built.report
    assert report["evidence"] == len((tmp_path / "statements.jsonl").read_text("utf-8").splitlines())
    assert set(report["by_status"]) == {str(status) for status in Status}
    assert report["seconds"].keys() == {"ontology", "documents", "reading", "joining", "turtle", "page"}


def test_public_names() -> None:
    assert all(getattr(factloom, name).__name__ for name in factloom.__all__)
    with pytest.raises(AttributeError):
        _ = factloom.nonsense


def test_the_demo_is_rich(seeds_build: Path) -> None:
    report = json.loads((seeds_build / "out/report.json").read_text(encoding="utf-8"))
    assert report["documents"] >= 8 and report["statements"] >= 120 and report["problems"] == []
    assert all(count > 0 for count in report["by_status"].values())
    entities = open_graph(seeds_build / "out").query("SELECT DISTINCT ?e { ?s rdf:subject ?e }")
    assert len(list(entities)) >= 60


# --- The article the project started from

FACTS = [
    ("DeepSeek", "releases", "DeepSeek V3.2"),
    ("WeChat", "blocks", "Doubao's agent"),
    ("ByteDance", "integrates", "Doubao"),
    ("Tencent", "owns|develops", "WeChat"),
    ("ByteDance", "owns|develops", "Doubao"),
    ("ByteDance", "hasUsers", "140000000"),
    ("DeepSeek", "typeOf", ".*startup"),
    ("DeepSeek", "country|nationality", "China"),
    ("WeChat", "typeOf", ".*app"),
    ("WeChat", ".*", "China"),
    ("Doubao", "typeOf", "chatbot"),
    ("DeepSeek V3.2", ".*", ".*(benchmarks|International Mathematical Olympiad).*"),
    ("ByteDance", "typeOf", "social media (company|giant)"),
]
CLASSES = {
    "DeepSeek": ("Company", "Organization"),
    "ByteDance": ("Company", "Organization"),
    "Tencent": ("Company", "Organization"),
    "Tesla": ("Company", "Organization"),
    "WeChat": ("SoftwareProduct",),
    "Doubao": ("SoftwareProduct",),
    "China": ("Country",),
}


@pytest.fixture(scope="module")
def article(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build_graph([shared / "seeds"], tmp_path_factory.mktemp("article"))


def _plain(article: Build, subject: str, relation: str, target: str) -> set[str]:
    """The sentences, by place, behind the stated statements that fit."""
    return {
        f"{e.document_id}:{e.sentence.start}"
        for s in article.statements
        if s.status is Status.STATED
        and s.subject.label == subject
        and re.fullmatch(relation, s.relation.iri.replace("/", "#").rsplit("#", 1)[-1])
        and re.fullmatch(target, getattr(s.object, "label", None) or getattr(s.object, "value", ""))
        for e in s.evidence
    }


@pytest.mark.parametrize(("subject", "relation", "target"), FACTS, ids=lambda part: part)
def test_the_article_says_it_twice(article: Build, subject: str, relation: str, target: str) -> None:
    assert len(_plain(article, subject, relation, target)) >= 2


def test_doubao_is_allowed_to_access_the_app(article: Build) -> None:
    found = {
        str(s.status)
        for s in article.statements
        if s.subject.label == "Doubao" and getattr(s.object, "label", "") == "Tesla's app"
    }
    assert found & {"possible", "stated"}


def test_the_number_keeps_over_and_unit(article: Build) -> None:
    users = next(s.object for s in article.statements if s.relation.label == "has users")
    assert (users.approximation, users.unit) == ("over", "monthly users")


@pytest.mark.parametrize("name", CLASSES)
def test_each_name_is_one_node_of_its_class(article: Build, name: str) -> None:
    ends = {end for s in article.statements for end in (s.subject, s.object) if hasattr(end, "kind")}
    nodes = {(e.iri, e.kind.split("#")[-1]) for e in ends if e.label == name or name in e.aliases}
    assert len(nodes) == 1
    assert {kind for _, kind in nodes} <= set(CLASSES[name])


def test_the_page_of_a_folder_is_that_of_its_build(note: Path, tmp_path: Path) -> None:
    from command_line import factloom as run

    note.write_text("Anna Berg founded Fjordtech. Hardly.", encoding="utf-8")
    build_graph([note], tmp_path / "out")
    assert run("page", tmp_path / "out", "-o", tmp_path / "again.html").code == 0
    page = (tmp_path / "again.html").read_bytes()
    assert page == (tmp_path / "out" / "graph.html").read_bytes()
    assert b"no verb" in page
