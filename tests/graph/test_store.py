"""Every store holds the same graph and answers the same queries through rdflib's interface."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from graph_sample import DOCUMENT, STATEMENTS, WECHAT

from factloom.graph import rdf
from factloom.graph.rdf_read import read
from factloom.graph.store import STORES, fill_store, memory_copy, native, open_graph
from factloom.ontology.errors import InputError, UnknownNameError, UsageError

QUERY = """SELECT ?label ?sentence {
    ?st rdf:subject ?s ; fl:status fl:Stated ; fl:evidence/nif:sentence/nif:anchorOf ?sentence .
    ?s rdfs:label ?label } ORDER BY ?label ?sentence"""


@pytest.mark.parametrize("name", STORES)
class TestEveryStore:
    @pytest.fixture
    def graph(self, name: str, turtle_file: Path) -> Iterator[rdflib.Graph]:
        opened = open_graph(turtle_file, store=name)
        yield opened
        opened.close()

    def test_holds_every_triple(self, graph: rdflib.Graph, turtle_file: Path) -> None:
        expected = {(str(t.subject), str(t.predicate)) for t in rdf.triples([DOCUMENT], STATEMENTS)}
        found = {(f"<{s}>", f"<{p}>") for s, p, _ in graph}
        assert found == expected
        assert len(graph) == len(rdf.triples([DOCUMENT], STATEMENTS))

    def test_answers_sparql_with_our_prefixes_bound(self, graph: rdflib.Graph) -> None:
        rows = [(str(label), str(sentence)) for label, sentence in graph.query(QUERY)]
        assert [label for label, _ in rows] == ["ByteDance", "Doubao", "WeChat"]
        assert rows[2][1] == "WeChat blocks the Doubao agent."

    def test_takes_a_pattern(self, graph: rdflib.Graph) -> None:
        blocks = rdflib.URIRef(rdf.v.ns.FL + "blocks")
        assert [str(s) for s in graph.subjects(blocks, None)] == [WECHAT.iri]

    def test_keeps_languages_and_datatypes(self, graph: rdflib.Graph) -> None:
        label = graph.value(rdflib.URIRef(WECHAT.iri), rdflib.RDFS.label)
        assert label == rdflib.Literal("WeChat", lang="en")
        unit = graph.value(None, rdflib.URIRef(rdf.v.UNIT), rdflib.Literal("monthly users"))
        assert unit is not None

    def test_does_not_take_a_denial_for_a_fact(self, graph: rdflib.Graph) -> None:
        assert not graph.query("ASK { id:Tesla fl:acquires id:DeepSeek }").askAnswer

    def test_gives_the_statements_back(self, graph: rdflib.Graph, turtle_file: Path) -> None:
        assert read(graph) == read(turtle_file)

    def test_can_be_added_to(self, graph: rdflib.Graph) -> None:
        triple = (rdflib.URIRef("http://e.org/a"), rdflib.RDFS.seeAlso, rdflib.URIRef("http://e.org/b"))
        graph.add(triple)
        assert triple in graph
        assert graph.query("ASK { <http://e.org/a> rdfs:seeAlso <http://e.org/b> }").askAnswer


def test_an_unknown_store_names_the_known_ones(turtle_file: Path) -> None:
    with pytest.raises(UnknownNameError, match="memory, oxigraph, rdflib"):
        open_graph(turtle_file, store="none")


def test_the_native_store_of_a_graph_over_oxigraph_is_its_own(turtle_file: Path) -> None:
    graph = open_graph(turtle_file)
    assert native(graph) is native(graph)
    plain = open_graph(turtle_file, store="rdflib")
    assert {str(q) for q in native(plain)} == {str(q) for q in native(graph)}


def test_a_memory_copy_has_plain_literals_plain(turtle_file: Path) -> None:
    copy = memory_copy(native(turtle_file), names={})
    assert copy.value(None, rdflib.URIRef(rdf.v.RULE), rdflib.Literal("verb")) is not None


def test_the_disk_store_follows_the_file(turtle_file: Path) -> None:
    folder = turtle_file.parent / "store"
    fill_store(folder, turtle_file)
    rdf.write_turtle(turtle_file, [DOCUMENT], STATEMENTS[:1])
    graph = open_graph(turtle_file.parent, store="oxigraph")
    assert read(graph) == read(turtle_file)
    graph.close()


def test_a_load_that_was_cut_short_counts_as_none(turtle_file: Path) -> None:
    folder = turtle_file.parent / "store"
    fill_store(folder, turtle_file)
    (folder / "loaded").unlink()
    graph = open_graph(turtle_file.parent, store="oxigraph")
    assert read(graph) == read(turtle_file)
    graph.close()


def test_a_store_that_another_process_holds_is_named(turtle_file: Path) -> None:
    folder = turtle_file.parent / "store"
    fill_store(folder, turtle_file)
    script = "import sys, pyoxigraph as ox; s = ox.Store(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", script, str(folder / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(UsageError, match="one process at a time"):
            open_graph(turtle_file, store="oxigraph")
        other.communicate(b"\n")


def test_a_file_that_is_no_rdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text("<a> <b>")
    for name in STORES:
        with pytest.raises(InputError, match=r"bad\.ttl: not RDF"):
            open_graph(path, store=name)
