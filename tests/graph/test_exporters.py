"""Every export is read back by its own library with the same facts, and has the same bytes each time."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from graph_sample import DOCUMENT, STATEMENTS, TESLA
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import clean_texts, graphs, texts

from factloom.graph import rdf
from factloom.graph.exporters import EXPORTERS, export, export_graph
from factloom.graph.exporters.cypher import name, quoted
from factloom.graph.merge import merge
from factloom.graph.rdf_read import read
from factloom.graph.tables import edge_rows, node_rows
from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.records import Document, Relation, Statement

# A fact as every format can tell it: source, relation, target, status, labels of the ends.
Fact = tuple[str, str, str, str, str]
Graph = tuple[tuple[Document, ...], tuple[Statement, ...]]


def facts_of(statements: Iterable[Statement]) -> set[Fact]:
    nodes = {row.id: row.label for row in node_rows(statements)}
    return {(r.source, r.relation, r.target, r.status, nodes[r.source]) for r in edge_rows(statements)}


def from_rdf(format_: ox.RdfFormat) -> Callable[[Path], set[Fact]]:
    def reader(path: Path) -> set[Fact]:
        return facts_of(read(ox.parse(path=str(path), format=format_))[1])

    return reader


def from_rdflib(path: Path, format_: str) -> set[tuple[str, str, str]]:
    graph = rdflib.Dataset(default_union=True) if format_ in ("trig", "nquads") else rdflib.Graph()
    graph.parse(data=path.read_bytes(), format=format_)
    return {(str(s), str(p), str(o)) for s, p, o in graph.triples((None, None, None))}


def from_network(network: Any) -> set[Fact]:
    # GEXF keeps the key of an edge as an attribute, and calls the label of an edge its label.
    return {
        (source, data["relation"], target, data["status"], network.nodes[source]["label"])
        for source, target, data in network.edges(data=True)
    }


def from_tables(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> set[Fact]:
    labels = {row["id"]: row["label"] for row in nodes}
    return {(r["source"], r["relation"], r["target"], r["status"], labels[r["source"]]) for r in edges}


def csv_rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def from_csv(path: Path) -> set[Fact]:
    return from_tables(csv_rows(path / "nodes.csv"), csv_rows(path / "edges.csv"))


def from_parquet(path: Path) -> set[Fact]:
    nodes, edges = (pq.read_table(path / f"{kind}.parquet").to_pylist() for kind in ("nodes", "edges"))
    return from_tables(nodes, edges)


STRING = r"(?:'(?:[^'\\]|\\.)*'|\((?:'(?:[^'\\]|\\.)*'(?: \+ )?)+\))"


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1][1:], 16)) if escape[1][0] == "u" else escape[1]


def unquoted(text: str) -> str:
    """What a Cypher engine makes of a string, or of strings joined by +."""
    pieces = re.findall(r"'((?:[^'\\]|\\.)*)'", text)
    body = re.sub(r"\\(u[0-9A-F]{4}|.)", _character, "".join(pieces))
    return body.encode("utf-16", "surrogatepass").decode("utf-16")


def from_cypher(path: Path) -> set[Fact]:
    labels, found = {}, set()
    head = rf"id: ({STRING})\}}\)"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        assert line.endswith(";")
        if line.startswith("MERGE"):
            node = re.match(rf"MERGE \(n:FactloomNode \{{{head} SET n:`\w+`, n\.label = ({STRING}),", line)
            assert node, line
            labels[unquoted(node[1])] = unquoted(node[2])
        else:
            edge = re.match(
                rf"MATCH \(a:FactloomNode \{{{head}, \(b:FactloomNode \{{{head} "
                rf"MERGE \(a\)-\[r:`\w+` \{{id: '\w+'\}}\]->\(b\) SET r\.relation = ({STRING}), "
                rf"r\.label = {STRING}, r\.status = '(\w+)',",
                line,
            )
            assert edge, line
            source, target, relation = map(unquoted, edge.groups()[:3])
            found.add((source, relation, target, edge[4], labels[source]))
    return found


def neo4j_rows(path: Path) -> list[dict[str, Any]]:
    """Rows by the names of the header, its types read as Neo4j does."""
    kinds = {"int": int, "double": float, "string[]": lambda text: text.split("\x1f") if text else []}
    rows = []
    for row in csv_rows(path):
        typed = ((*name.partition(":"), value) for name, value in row.items())
        rows.append({name or kind: kinds.get(kind, str)(value) for name, _, kind, value in typed if value})
    return rows


def from_neo4j(path: Path) -> set[Fact]:
    nodes, edges = (neo4j_rows(path / f"{name}.csv") for name in ("nodes", "edges"))
    labels = {row["id"]: row.get("label", "") for row in nodes}
    assert all(row["LABEL"].startswith("FactloomNode\x1f") for row in nodes)
    found = set()
    for row in edges:
        assert row["TYPE"].startswith(row["status"].upper()) == (row["status"] != "stated")
        ends = row["START_ID"], row["relation"], row["END_ID"]
        found.add((*ends, row["status"], labels[row["START_ID"]]))
    return found


READERS: dict[str, Callable[[Path], set[Fact]]] = {
    "turtle": from_rdf(ox.RdfFormat.TURTLE),
    "trig": from_rdf(ox.RdfFormat.TRIG),
    "ntriples": from_rdf(ox.RdfFormat.N_TRIPLES),
    "nquads": from_rdf(ox.RdfFormat.N_QUADS),
    "jsonld": from_rdf(ox.RdfFormat.JSON_LD),
    "rdfxml": from_rdf(ox.RdfFormat.RDF_XML),
    "rdf12": from_rdf(ox.RdfFormat.TURTLE),
    "graphml": lambda path: from_network(nx.read_graphml(path, force_multigraph=True)),
    "gexf": lambda path: from_network(nx.read_gexf(path)),
    "csv": from_csv,
    "cypher": from_cypher,
    "neo4j": from_neo4j,
    "parquet": from_parquet,
}
RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt11",
    "nquads": "nquads",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}


def test_every_format_has_a_case() -> None:
    assert set(READERS) == set(EXPORTERS)
    rdf_family = "turtle trig ntriples nquads jsonld rdfxml rdf12"
    assert list(EXPORTERS) == f"{rdf_family} graphml gexf csv cypher neo4j parquet".split()


def contents(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}


@pytest.mark.parametrize("format_", EXPORTERS)
class TestEveryFormat:
    def write(self, graph: Graph, format_: str, folder: Path, stem: str = "graph") -> Path:
        return export(*graph, format_, folder / f"{stem}{EXPORTERS[format_].suffix}")

    def test_is_read_back_with_the_same_facts(self, format_: str, tmp_path: Path) -> None:
        path = self.write(((DOCUMENT,), STATEMENTS), format_, tmp_path)
        assert READERS[format_](path) == facts_of(STATEMENTS)

    def test_is_read_back_whatever_the_texts(self, format_: str, tmp_path_factory: Any) -> None:
        words = texts if format_ not in ("graphml", "gexf", "rdfxml") else clean_texts

        @given(graphs(words, max_size=3))
        @settings(max_examples=12, deadline=None)
        def check(graph: Graph) -> None:
            usable = [s for s in graph[1] if format_ != "rdfxml" or not s.relation.iri.endswith("24-7")]
            path = self.write((graph[0], tuple(usable)), format_, tmp_path_factory.mktemp("export"))
            assert READERS[format_](path) == facts_of(usable)

        check()

    def test_has_the_same_bytes_in_any_order(self, format_: str, tmp_path: Path) -> None:
        first = self.write(((DOCUMENT,), STATEMENTS), format_, tmp_path, "first")
        second = self.write(((DOCUMENT,), STATEMENTS[::-1] + STATEMENTS[:2]), format_, tmp_path, "second")
        assert list(contents(first).values()) == list(contents(second).values())

    def test_holds_no_time(self, format_: str, tmp_path: Path) -> None:
        path = self.write(((DOCUMENT,), STATEMENTS), format_, tmp_path)
        stamps = rb"20\d\d-\d\d-\d\d"
        found = {stamp for data in contents(path).values() for stamp in re.findall(stamps, data)}
        assert found <= {b"2026-01-05"}

    def test_an_empty_graph_is_a_whole_file(self, format_: str, tmp_path: Path) -> None:
        path = self.write(((), ()), format_, tmp_path)
        assert READERS[format_](path) == set()

    def test_a_missing_folder_is_named(self, format_: str, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot write"):
            self.write(((DOCUMENT,), STATEMENTS), format_, tmp_path / "none")

    def test_goes_beside_the_graph_it_comes_from(self, format_: str, turtle_file: Path) -> None:
        before = turtle_file.read_bytes()
        path = export_graph(turtle_file.parent, format_)
        assert path.parent == turtle_file.parent
        assert READERS[format_](path) == facts_of(STATEMENTS)
        assert turtle_file.read_bytes() == before


LOSSLESS = ("turtle", "trig", "ntriples", "nquads", "jsonld", "rdfxml", "rdf12")


@pytest.mark.parametrize("format_", LOSSLESS)
def test_the_rdf_family_loses_nothing(format_: str, tmp_path_factory: Any) -> None:
    """Statements → file → statements, whatever they say; the texts of documents are not in a graph."""
    media = ox.RdfFormat.from_extension(EXPORTERS[format_].suffix.rpartition(".")[2])
    folder = tmp_path_factory.mktemp("lossless")

    @given(graphs(clean_texts if format_ == "rdfxml" else texts, max_size=4))
    @settings(max_examples=40, deadline=None)
    def check(graph: Graph) -> None:
        documents, statements = graph
        usable = [s for s in statements if format_ != "rdfxml" or not s.relation.iri.endswith("24-7")]
        path = export(documents, usable, format_, folder / f"graph{EXPORTERS[format_].suffix}")
        found = read(ox.parse(path=str(path), format=media))
        assert found[1] == merge(usable)
        bare = (replace(document, text="") for document in documents)
        assert found[0] == tuple(sorted(bare, key=lambda document: document.id))

    check()


def test_json_ld_is_short_and_reads_alike_everywhere(tmp_path: Path) -> None:
    path = export([DOCUMENT], STATEMENTS, "jsonld", tmp_path / "graph.jsonld")
    data = json.loads(path.read_text(encoding="utf-8"))
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert nodes["id:WeChat"]["label"] == "WeChat"
    told = next(n for n in nodes.values() if n.get("object") == "id:DeepSeek")
    assert (told["subject"], told["status"]) == ("id:Tesla", "fl:Reported")
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(nodes) + 3
    assert {tuple(map(str, quad.triple)) for quad in ox.parse(path=str(path))} == {
        tuple(map(str, triple)) for triple in rdf.triples([DOCUMENT], STATEMENTS)
    }


def test_a_scheme_that_is_called_as_a_prefix_stays_an_address(tmp_path: Path) -> None:
    first = STATEMENTS[0]
    odd = Statement(replace(first.subject, iri="id:x"), first.relation, first.object, first.evidence)
    path = export([DOCUMENT], [odd], "jsonld", tmp_path / "graph.jsonld")
    assert read(ox.parse(path=str(path)))[1] == (odd,)


def test_rdf_1_2_reifies_and_asserts_no_more(tmp_path: Path) -> None:
    path = export([DOCUMENT], STATEMENTS, "rdf12", tmp_path / "graph.rdf12.ttl")
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    prefixes = "PREFIX id: <https://w3id.org/factloom/id/> PREFIX fl: <https://w3id.org/factloom/ontology#> "
    assert store.query(prefixes + "ASK { ?s fl:status fl:Stated . << id:WeChat fl:blocks ?o ~ ?s >> }")
    assert not store.query(prefixes + "ASK { id:Tesla fl:acquires id:DeepSeek }")
    reified = len(list(store.quads_for_pattern(None, ox.NamedNode(rdf.v.REIFIES), None)))
    assert reified == len(STATEMENTS)
    assert not list(store.quads_for_pattern(None, ox.NamedNode(rdf.v.SUBJECT), None))
    plain = rdf.triples([DOCUMENT], STATEMENTS)
    assert len(store) == len(plain) - 3 * len(STATEMENTS)


def test_tables_open_in_the_tools_that_people_use(tmp_path: Path) -> None:
    import duckdb
    import pandas as pd
    import polars as pl

    tables = export([DOCUMENT], STATEMENTS, "csv", tmp_path / "csv")
    columns = export([DOCUMENT], STATEMENTS, "parquet", tmp_path / "parquet")
    expected = {(row.source, row.target, row.confidence) for row in edge_rows(STATEMENTS)}
    names = ["source", "target", "confidence"]
    frames = [
        pd.read_csv(tables / "edges.csv")[names].itertuples(index=False, name=None),
        pd.read_parquet(columns / "edges.parquet")[names].itertuples(index=False, name=None),
        pl.read_csv(tables / "edges.csv").select(names).iter_rows(),
        pl.read_parquet(columns / "edges.parquet").select(names).iter_rows(),
        duckdb.sql(f"SELECT source, target, confidence FROM '{tables}/edges.csv'").fetchall(),
        duckdb.sql(f"SELECT source, target, confidence FROM '{columns}/edges.parquet'").fetchall(),
    ]
    assert [set(frame) for frame in frames] == [expected] * 6
    sentences = duckdb.sql(f"SELECT unnest(sentences) FROM '{columns}/edges.parquet'").fetchall()
    assert ("Tesla did not acquire DeepSeek.",) in sentences


# rdflib's own readers of datasets use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:.* is deprecated, use Dataset:DeprecationWarning")
@pytest.mark.parametrize("format_", RDFLIB)
def test_rdflib_reads_the_rdf_family_as_the_same_graph(format_: str, tmp_path: Path) -> None:
    path = export([DOCUMENT], STATEMENTS, format_, tmp_path / f"graph{EXPORTERS[format_].suffix}")
    expected = {tuple(part.value for part in triple) for triple in rdf.triples([DOCUMENT], STATEMENTS)}
    assert from_rdflib(path, RDFLIB[format_]) == expected


def test_all_formats_are_the_same_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from graph_sample import DOCUMENT, STATEMENTS\n"
        "from factloom.graph.exporters import EXPORTERS, export\n"
        "for name, e in EXPORTERS.items():\n"
        "    export([DOCUMENT], STATEMENTS, name, Path(sys.argv[2]) / (name + e.suffix))\n"
    )
    for seed in "12":
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", script, str(Path(__file__).parents[1]), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_the_graph_itself_is_never_overwritten(turtle_file: Path) -> None:
    turtle_file.write_text(turtle_file.read_text() + "id:Tesla rdfs:seeAlso id:WeChat .\n")
    before = turtle_file.read_bytes()
    assert export_graph(turtle_file, "turtle") == turtle_file
    with pytest.raises(UsageError, match="it is the graph itself"):
        export_graph(turtle_file, "cypher", turtle_file)
    assert turtle_file.read_bytes() == before


def test_a_graph_of_another_origin_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text("<http://e.org/a> <http://e.org/b> 1 .")
    with pytest.raises(UsageError, match="holds no statements"):
        export_graph(path, "turtle")
    assert path.read_text() == "<http://e.org/a> <http://e.org/b> 1 ."


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown format 'docx'; known: csv, cypher, gexf"):
        export([DOCUMENT], STATEMENTS, "docx", tmp_path / "graph.docx")


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_table_named_as_a_file_holds_the_edges_with_both_labels(suffix: str, tmp_path: Path) -> None:
    path = export([DOCUMENT], STATEMENTS, suffix[1:], tmp_path / f"graph{suffix}")
    rows = csv_rows(path) if suffix == ".csv" else pq.read_table(path).to_pylist()
    assert ("Tesla", "acquires (reported)", "DeepSeek") in {
        (r["source_label"], r["label"], r["target_label"]) for r in rows
    }
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="it is a file"):
        export([DOCUMENT], STATEMENTS, "csv", tmp_path / "taken")


def test_parquet_without_pyarrow_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"factloom\[parquet\]"):
        export([DOCUMENT], STATEMENTS, "parquet", tmp_path / "graph")


def test_lists_are_json_in_csv_and_lists_in_parquet(tmp_path: Path) -> None:
    tables = export([DOCUMENT], STATEMENTS, "csv", tmp_path / "csv")
    aliases = {row["label"]: json.loads(row["aliases"]) for row in csv_rows(tables / "nodes.csv")}
    assert aliases["WeChat"] == ["Weixin"]
    tables = export([DOCUMENT], STATEMENTS, "parquet", tmp_path / "parquet")
    rows = pq.read_table(tables / "edges.parquet").to_pylist()
    (told,) = (row for row in rows if row["source"] == TESLA.iri)
    assert (told["documents"], told["evidence"], told["denials"]) == (["d7"], 2, 1)


def test_a_property_that_rdfxml_cannot_hold_is_named(tmp_path: Path) -> None:
    odd = Relation("http://example.org/24-7", "24-7", mapped=False)
    statement = Statement(STATEMENTS[0].subject, odd, STATEMENTS[0].object, STATEMENTS[0].evidence)
    with pytest.raises(UsageError, match=r"rdfxml cannot hold the property <http://example\.org/24-7>"):
        export([DOCUMENT], [statement], "rdfxml", tmp_path / "graph.rdf")


@pytest.mark.parametrize("format_", ["rdfxml", "graphml", "gexf"])
def test_characters_that_xml_forbids_do_not_break_the_file(format_: str, tmp_path: Path) -> None:
    subject = STATEMENTS[0].subject
    odd = Statement(
        type(subject)(subject.iri, "We\x00Cha\x0bt\ufffe", subject.kind),
        STATEMENTS[0].relation,
        STATEMENTS[0].object,
        STATEMENTS[0].evidence,
    )
    path = export([DOCUMENT], [odd], format_, tmp_path / f"graph{EXPORTERS[format_].suffix}")
    assert {label for *_, label in READERS[format_](path)} == {"We\ufffdCha\ufffdt\ufffd"}


# --- Cypher: a text stays a text


@given(st.one_of(texts, st.text(st.sampled_from("\\u'U0027`\n\u2028{}$;"), max_size=12)))
@settings(max_examples=200, deadline=None)
def test_a_cypher_string_holds_exactly_the_text(text: str) -> None:
    assert re.fullmatch(STRING, quoted(text))
    assert unquoted(quoted(text)) == text
    assert "\n" not in quoted(text)


@given(st.text(st.sampled_from("\\u'U0027\n "), max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_engine_that_reads_escapes_first_sees_another_string(text: str) -> None:
    # As such engines do: every \uXXXX in the source becomes its character before anything is parsed.
    early = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), quoted(text))
    assert re.fullmatch(STRING, early, re.DOTALL)


def test_a_cypher_label_has_no_backtick_or_escape() -> None:
    assert name("a`b\\u0060 c") == "a_b_u0060_c"
    assert name("日本") == "日本"
    assert name("`") == "_"


def test_a_denial_has_no_type_of_a_fact(tmp_path: Path) -> None:
    path = export([DOCUMENT], STATEMENTS, "cypher", tmp_path / "graph.cypher")
    types = set(re.findall(r"\[r:`(\w+)`", path.read_text()))
    assert types == {"BLOCKS", "HAS_USERS", "REPORTED_ACQUIRES", "POSSIBLE_ACQUIRES", "RIVAL"}


def test_merged_or_not_the_rows_are_the_same() -> None:
    assert edge_rows(STATEMENTS) == edge_rows(merge(STATEMENTS))
