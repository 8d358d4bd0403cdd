"""What lies on disk comes back as it was, in any process, and a graph is the same bytes from any number."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from strategies import graphs

from factloom.build import Options, build_graph
from factloom.corpus.packing import pack, unpack
from factloom.corpus.stored import Named, Stored, write_named
from factloom.ontology.records import Document, Entity, Locator, Match, Statement

ENTITY = Entity(
    "http://e.org/a", "Ünal", "http://e.org/K", ("a", "b"), (Match("http://w.org/Q1", True, "name"),)
)


@given(graphs())
def test_packed_records_come_back(graph: tuple[tuple[Document, ...], tuple[Statement, ...]]) -> None:
    assert unpack(pack(graph)) == graph


def test_records_are_packed_by_their_fields_in_few_bytes() -> None:
    document = Document("d", "Text.", "T", "s", "en", None, (Locator(0, "page 1"),))
    assert unpack(pack([document, ENTITY])) == [document, ENTITY]
    # A repeated record is packed once.
    assert len(pack([ENTITY] * 100)) < len(pack(ENTITY)) + 3 * 100


@pytest.mark.parametrize("squeeze", [False, True])
def test_a_sequence_on_disk(tmp_path: Path, squeeze: bool) -> None:
    with Stored[str](tmp_path / "items.part", squeeze=squeeze) as stored:
        stored.extend((f"tag {word}", pack(word)) for word in ("one", "two"))
        stored.extend([("tag three", pack("three"))])
        assert list(stored) == ["one", "two", "three"]
        assert list(stored.tags()) == ["tag one", "tag two", "tag three"]
        assert (stored[-1], len(stored), stored[1:]) == ("three", 3, ["two", "three"])
    assert not (tmp_path / "items.part").exists()


def _label(path: Path) -> str:
    return Named[Entity](path)["http://e.org/\ud800"].label


def test_records_by_name_are_there_for_another_process(tmp_path: Path) -> None:
    path = tmp_path / "named.part"
    write_named(path, [("http://e.org/\ud800", ENTITY), ("b", 1)])
    named = Named[object](path)
    assert (list(named), len(named), named["b"]) == (["b", "http://e.org/\ud800"], 2, 1)
    with pytest.raises(KeyError):
        named["c"]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(_label, [path]) == "Ünal"


def test_two_processes_write_the_bytes_of_one(tmp_path: Path) -> None:
    source = tmp_path / "texts.jsonl"
    source.write_text('{"id": "a", "text": "Fjordtech bought Sol. Ann Lee founded Sol in 1999."}\n')
    one, two = (
        build_graph([source], tmp_path / str(n), options=Options(workers=n)).directory for n in (1, 2)
    )
    for name in ("graph.ttl", "graph.html", "statements.jsonl", "drops.jsonl"):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    assert sorted(path.name for path in (two / "cache").iterdir()) == ["readings.sqlite"]
