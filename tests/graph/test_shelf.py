"""The shelf of named queries: what each finds in the small graph, and that parameters are only ever terms."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from graph_sample import DEEPSEEK, DOCUMENT, REUTERS, RIVALS, STATEMENTS, WECHAT, read_words
from hypothesis import given
from hypothesis import strategies as st

from factloom.cli import cli
from factloom.graph.explain import NotFoundError
from factloom.graph.rdf import triples
from factloom.graph.shelf import FOLDER, KINDS, ask, bound, render_shelf, shelf
from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.records import Statement

OTHER = replace(DOCUMENT, id="d8", title="Another tale")
BLOCKED = STATEMENTS[0]


def _elsewhere() -> Statement:
    (evidence,) = BLOCKED.evidence
    return replace(BLOCKED, evidence=(replace(evidence, document_id=OTHER.id),))


def _chain() -> Statement:
    """WeChat rivals DeepSeek, so that WeChat and Tesla meet in it."""
    return Statement(
        WECHAT, RIVALS, DEEPSEEK, (read_words("Doubao rivals 'Acme'.", ("Doubao", "rivals", "Acme")),)
    )


@pytest.fixture(scope="module")
def store() -> ox.Store:
    graph = ox.Store()
    found = triples([DOCUMENT, OTHER], [*STATEMENTS, _elsewhere(), _chain()])
    graph.extend(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    return graph


def rows(store: ox.Store, name: str, **values: str) -> list[list[str]]:
    """The rows of a named query, without the heading."""
    text = ask(store, name, {key.rstrip("_"): value for key, value in values.items()}, format="csv")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def test_every_query_of_the_folder_has_a_case() -> None:
    tried = {
        "about",
        "path",
        "contested",
        "corroborated",
        "timeline",
        "said",
        "adds",
        "statistics",
        "status",
        "deals",
    }
    assert {path.stem for path in FOLDER.iterdir()} == set(shelf()) == tried


def test_the_shelf_shows_each_query_with_its_parameters() -> None:
    text = render_shelf()
    for query in shelf().values():
        assert query.about.endswith(".") and query.about in text
        assert all(parameter.kind in KINDS and parameter.about in text for parameter in query.parameters)
        assert all(f"VALUES ?{parameter.name} {{}}" in query.text for parameter in query.parameters)
    assert "documents=2" in text and "entity=ENTITY" in text and "speaker=any" in text


def test_about_gives_each_sentence(store: ox.Store) -> None:
    found = rows(store, "about", entity="wechat")
    assert [row[:4] + row[5:] for row in found][:2] == [
        ["WeChat", "blocks", "Doubao agent", "stated", document, "WeChat blocks the Doubao agent."]
        for document in ("d7", "d8")
    ]
    assert rows(store, "about", entity="Weixin") == rows(store, "about", entity=WECHAT.iri) == found


def test_a_path_goes_over_stated_facts_alone(store: ox.Store) -> None:
    assert rows(store, "path", from_="WeChat", to="Doubao agent") == [["1", "WeChat — blocks — Doubao agent"]]
    assert rows(store, "path", from_="DeepSeek", to="Doubao agent") == [
        ["2", "DeepSeek — rival — WeChat — blocks — Doubao agent"]
    ]
    assert rows(store, "path", from_="DeepSeek", to="Doubao agent", longest="1") == []
    assert rows(store, "path", from_="Tesla", to="DeepSeek", longest="3") == []


def test_contested_shows_both_sides(store: ox.Store) -> None:
    assert [row[:4] for row in rows(store, "contested")] == [
        ["Tesla", "acquires", "DeepSeek", "for"],
        ["Tesla", "acquires", "DeepSeek", "against"],
    ]


def test_corroborated_counts_documents(store: ox.Store) -> None:
    assert rows(store, "corroborated") == [["WeChat", "blocks", "Doubao agent", "2"]]
    assert rows(store, "corroborated", documents="3") == []
    assert len(rows(store, "corroborated", documents="1")) == 4


def test_a_timeline_shows_values_as_written(store: ox.Store) -> None:
    (row,) = rows(store, "timeline")
    assert row[:5] == ["2023", "ByteDance", "hasUsers", "over 140 million", "stated"]
    assert rows(store, "timeline", entity="ByteDance") == [row]
    assert rows(store, "timeline", entity="WeChat") == []


def test_who_said_what(store: ox.Store) -> None:
    (row,) = rows(store, "said")
    assert row[:6] == ["Reuters", "Tesla", "acquires", "DeepSeek", "affirmed", "actual"]
    assert rows(store, "said", speaker=REUTERS.label) == [row]
    assert rows(store, "said", speaker="Tesla") == []


def test_a_document_adds_what_no_other_supports(store: ox.Store) -> None:
    assert ["WeChat", "blocks"] not in [row[:2] for row in rows(store, "adds", document="d7")]
    assert len(rows(store, "adds", document="A tale of agents")) == 6
    assert rows(store, "adds", document="d8") == []


def test_statistics_agree_with_the_statements(store: ox.Store) -> None:
    counts = {row[0]: int(row[1]) for row in rows(store, "statistics")}
    assert counts["documents"] == 2
    assert counts["statements"] == 6 == sum(n for name, n in counts.items() if name.startswith("statements "))
    assert counts["pieces of evidence"] == 8


@pytest.mark.parametrize(
    ("status", "subjects"), [("possible", ["ByteDance"]), ("Reported", ["Tesla", "Tesla"]), ("denied", [])]
)
def test_what_has_a_status(store: ox.Store, status: str, subjects: list[str]) -> None:
    assert [row[0] for row in rows(store, "status", status=status)] == subjects


def test_deals_of_a_year(store: ox.Store) -> None:
    assert [row[1:5] for row in rows(store, "deals", year="2026")] == [
        ["ByteDance", "acquires", "<b>Acme</b>", "possible"],
        ["Tesla", "acquires", "DeepSeek", "reported"],
        ["Tesla", "acquires", "DeepSeek", "reported"],
    ]
    assert rows(store, "deals", year="1999") == []


def test_what_is_unknown_or_missing_is_told(store: ox.Store) -> None:
    with pytest.raises(UnknownNameError, match="known: about"):
        ask(store, "abuot", {})
    with pytest.raises(UnknownNameError, match="parameter of about"):
        ask(store, "about", {"entty": "x"})
    with pytest.raises(UsageError, match="--param entity="):
        ask(store, "about", {})
    with pytest.raises(NotFoundError, match="'WeChat'"):
        ask(store, "about", {"entity": "WeChut"})
    with pytest.raises(UsageError, match="no whole number"):
        ask(store, "corroborated", {"documents": "2 } DROP ALL #"})
    with pytest.raises(UnknownNameError, match="denied"):
        ask(store, "status", {"status": "wrong"})


@given(st.text())
def test_a_text_stays_a_text(value: str) -> None:
    empty = ox.Store()
    solutions = empty.query(
        bound(empty, "deals", {"year": value})
        .replace("SELECT DISTINCT ?when", "SELECT ?year ?when")
        .split("VALUES ?predicate")[0]
        + "}"
    )
    assert isinstance(solutions, ox.QuerySolutions)
    assert [solution["year"] for solution in solutions] == [ox.Literal(value)]


def test_a_value_with_sparql_in_it_finds_nothing_more(store: ox.Store, tmp_path: Path) -> None:
    assert rows(store, "deals", year='2026") } UNION { ?a ?b ?c } #') == []
    assert rows(store, "deals", year="VALUES ?year {}") == []


def test_the_command_line_asks_the_shelf(turtle_file: Path) -> None:
    def query(*words: str) -> Result:
        return CliRunner().invoke(cli, ["query", str(turtle_file), *words])

    assert "contested" in query("--list").output
    assert "WeChat blocks the Doubao agent." in query("about", "--param", "entity=Weixin").output
    assert query("ASK { id:WeChat fl:blocks ?x }").output == "yes\n"
    for wrong, message in (
        ((), "--list"),
        (("about", "--param", "entity"), "NAME=VALUE"),
        (("ASK { }", "--param", "a=b"), "named queries"),
        (("abuot",), "unknown query 'abuot'"),
    ):
        assert message in str(query(*wrong).exception)
