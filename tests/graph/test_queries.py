"""Queries as text: every form and format, and everything that is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from graph_sample import DOCUMENT, STATEMENTS

from factloom.graph.queries import FORMATS, run
from factloom.graph.rdf import Settings, write_turtle
from factloom.graph.store import STORES, open_graph
from factloom.ontology.errors import QueryError, UnknownNameError, UsageError

STATUSES = """SELECT ?label ?status ?none {
    ?st rdf:subject/rdfs:label ?label ; fl:status ?status . OPTIONAL { ?st fl:nothing ?none }
} ORDER BY ?label ?status"""


def test_a_table_is_aligned_and_its_iris_are_short(turtle_file: Path) -> None:
    lines = run(turtle_file, STATUSES).splitlines()
    assert lines[0].split() == ["label", "status", "none"]
    assert set(lines[1]) <= {"-", " "}
    assert lines[2].split() == ["ByteDance", "fl:Possible"]
    column = lines[0].index("status")
    assert all(line[column:].startswith("fl:") for line in lines[2:-1])
    assert lines[-1] == "(5 rows)"


def test_a_folder_is_as_good_as_its_file(turtle_file: Path) -> None:
    assert run(turtle_file.parent, STATUSES) == run(str(turtle_file), STATUSES)


@pytest.mark.parametrize("store", STORES)
def test_a_graph_is_as_good_as_its_file(turtle_file: Path, store: str) -> None:
    graph = open_graph(turtle_file, store=store)
    assert run(graph, STATUSES, format="csv") == run(turtle_file, STATUSES, format="csv")
    graph.close()


def test_csv_is_sparql_1_1_csv(turtle_file: Path) -> None:
    text = run(turtle_file, STATUSES, format="csv")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["label", "status", "none"]
    assert rows[1] == ["ByteDance", "https://w3id.org/factloom/ontology#Possible", ""]
    assert text.count("\r\n") == 6


def test_json_is_sparql_1_1_json(turtle_file: Path) -> None:
    text = run(turtle_file, "SELECT ?l ?n ?o { ?s rdfs:label ?l ; fl:hasUsers ?n } ", format="json")
    parsed = json.loads(text)
    assert parsed["head"] == {"vars": ["l", "n", "o"]}
    assert parsed["results"]["bindings"] == [
        {
            "l": {"type": "literal", "value": "ByteDance", "xml:lang": "en"},
            "n": {
                "type": "literal",
                "value": "140000000",
                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            },
        }
    ]
    solutions = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert [s["l"].value for s in solutions] == ["ByteDance"]


def test_ask_in_every_format(turtle_file: Path) -> None:
    yes, no = "ASK { id:WeChat fl:blocks ?x }", "ASK { id:Tesla fl:acquires ?x }"
    assert [run(turtle_file, q) for q in (yes, no)] == ["yes\n", "no\n"]
    assert run(turtle_file, yes, format="csv") == "true\r\n"
    assert json.loads(run(turtle_file, no, format="json")) == {"head": {}, "boolean": False}


@pytest.mark.parametrize(
    "query", ["DESCRIBE id:WeChat", "CONSTRUCT { ?s ?p ?o } WHERE { ?s fl:blocks ?x ; ?p ?o }"]
)
def test_a_graph_comes_back_as_turtle_or_rows(turtle_file: Path, query: str) -> None:
    graph = rdflib.Graph().parse(data=run(turtle_file, query, format="turtle"), format="turtle")
    assert len(graph) == 4
    assert run(turtle_file, query, format="csv").startswith("subject,predicate,object\r\n")
    assert "(4 rows)" in run(turtle_file, query)
    assert len(json.loads(run(turtle_file, query, format="json"))["results"]["bindings"]) == 4


def test_no_row_is_a_result(turtle_file: Path) -> None:
    assert run(turtle_file, "SELECT ?x { ?x fl:nothing ?y }").splitlines() == ["x", "-", "(0 rows)"]
    assert run(turtle_file, "SELECT ?x { ?x fl:nothing ?y }", format="csv") == "x\r\n"


@pytest.mark.parametrize("prefix", "fl id rdf rdfs xsd skos prov nif dcterms schema".split())
def test_the_usual_prefixes_need_no_declaration(turtle_file: Path, prefix: str) -> None:
    assert run(turtle_file, f"ASK {{ ?s {prefix}:nothing ?o }}") == "no\n"


def test_a_query_may_declare_a_prefix_otherwise(turtle_file: Path) -> None:
    query = "PREFIX fl: <http://www.w3.org/2000/01/rdf-schema#> ASK { ?s fl:label 'WeChat'@en }"
    assert run(turtle_file, query) == "yes\n"


def test_the_prefix_of_instances_follows_the_base(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle(path, [DOCUMENT], STATEMENTS, settings=Settings(base="https://example.org/kg/"))
    assert run(path, "ASK { ?st fl:evidence ?e FILTER(STRSTARTS(STR(?e), STR(ev:))) }") == "yes\n"


REFUSED = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service in a subquery": "SELECT * { { SELECT * { sErViCe SILENT ?x { ?s ?p ?o } } } }",
    "service after an iri with a hash": "SELECT * { ?s <http://e.org/#x> ?o SERVICE <http://e.org/> { } }",
    "service after a string with a quote": "SELECT * { ?s ?p '\\'' SERVICE <http://e.org/> { } } #'",
    "service after a long string": "SELECT * { ?s ?p '''a'b''' SERVICE <http://e.org/> { } } #'''",
    "service written with an escape": "SELECT * { SERV\\u0049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "an address": "ASK FROM NAMED <http://127.0.0.1:9/> { ?s ?p ?o }",
    "describe from": "DESCRIBE ?x FROM <http://127.0.0.1:9/> { ?x ?p ?o }",
    "insert": "INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }",
    "delete": "PREFIX a: <http://e.org/>\nDELETE WHERE { ?s ?p ?o }",
    "load": "LOAD <file:///etc/passwd>",
    "drop": "# all of it\nDROP ALL",
    "with": "WITH <http://e.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_write_or_leave_the_graph_is_refused(turtle_file: Path, case: str) -> None:
    before = turtle_file.read_bytes()
    with pytest.raises(QueryError, match="is refused"):
        run(turtle_file, REFUSED[case])
    assert turtle_file.read_bytes() == before


@pytest.mark.parametrize("opening", ["{", "(", "!", "^", "[", "- "])
@pytest.mark.parametrize("depth", [201, 100_000])
def test_a_nesting_that_could_end_the_process_is_refused(turtle_file: Path, opening: str, depth: int) -> None:
    with pytest.raises(QueryError, match="nesting deeper than 200 is refused"):
        run(turtle_file, "SELECT * { " + opening * depth)


def test_a_nesting_of_a_hundred_runs(turtle_file: Path) -> None:
    run(
        turtle_file,
        "SELECT * { " + "{" * 100 + " ?s fl:blocks ?o FILTER(" + "!" * 100 + "(true)) " + "}" * 101,
    )


ALLOWED = [
    "SELECT * { ?s rdfs:label 'SERVICE FROM INSERT' }",
    'SELECT * { ?s rdfs:label """a "SERVICE" FROM""" }',
    "SELECT ?from ?service { ?from ?service ?insert } # SERVICE FROM",
    "SELECT * { ?s fl:from ?o ; <http://e.org/SERVICE> ?x }",
    "PREFIX from: <http://e.org/> SELECT * { ?s from:SERVICE ?o }",
    "SELECT * { ?s fl:confidence ?c FILTER(?c<1 && ?c>0) }",
]


@pytest.mark.parametrize("query", ALLOWED)
def test_the_same_words_elsewhere_are_no_harm(turtle_file: Path, query: str) -> None:
    run(turtle_file, query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELEC ?x { ?x ?y ?z }", "line 1, column 1, at 'SELEC ?x { ?x ?y ?z ': a query begins with SELECT"),
        ("SELECT ?x {\n ?x fl:blocks\n}", "line 3, column 1, at '}'"),
        ("SELECT ?x { ?x ?y ?z", "at the end"),
        ("", "line 1, column 1, at the end: a query begins with SELECT"),
        ("PREFIX a: <http://e.org/>\n  GET ?x { ?x ?y ?z }", "line 2, column 3, at 'GET"),
        ("SELECT ?x { ?x foo:bar ?z }", "the prefix foo: is not declared"),
        ("SELECT (SUM(?x) AS ?y) ?z { ?x ?p ?z }", "syntax error"),
    ],
)
def test_a_syntax_error_is_one_line_with_its_place(turtle_file: Path, query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run(turtle_file, query)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_format_names_the_known_ones(turtle_file: Path) -> None:
    with pytest.raises(
        UnknownNameError, match="csv, json, jsonld, ntriples, rdfxml, table, tsv, turtle, xml"
    ):
        run(turtle_file, "ASK { ?s ?p ?o }", format="docx")
    assert set(FORMATS) == set("table csv tsv json xml turtle ntriples rdfxml jsonld".split())


def test_turtle_is_not_for_rows(turtle_file: Path) -> None:
    with pytest.raises(QueryError, match="CONSTRUCT and DESCRIBE"):
        run(turtle_file, "SELECT * { ?s ?p ?o }", format="turtle")


def test_a_missing_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        run(tmp_path / "none", "ASK { ?s ?p ?o }")


def test_a_cell_cannot_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text('<http://e.org/a> <http://e.org/b> "red \\u001b[31m\\nline\\u202e" .')
    text = run(path, "SELECT ?o { ?s ?p ?o }")
    assert "\x1b" not in text and "\u202e" not in text
    assert len(text.splitlines()) == 4
