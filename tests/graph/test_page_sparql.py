"""SPARQL in the page: what is carried, and questions asked in Chromium without a network."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import page_samples
import pytest
from browsing import Open, by, launched, watched
from test_page import Page

from factloom.graph import vendored
from factloom.graph.page import render, sparql, write_page
from factloom.graph.page.sparql import Rdf, as_script
from factloom.graph.rdf import write_turtle
from factloom.graph.shelf import shelf
from factloom.ontology.records import Entity, Status

# How many facts and how many named things with a class there are.
PLAIN = """SELECT ?facts ?things {
  { SELECT (COUNT(*) AS ?facts) { ?s ?p ?o FILTER (?p NOT IN (rdf:type, rdfs:label, skos:altLabel)) } }
  { SELECT (COUNT(DISTINCT ?s) AS ?things) { ?s rdfs:label ?name ; rdf:type ?class } }
}"""
QUERY = "SELECT ?who ?what { ?who rel:founded ?what } ORDER BY ?who"


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rdf") / "graph.ttl"
    write_turtle(path, *page_samples.news())
    return path


@pytest.fixture(scope="module")
def rdf(turtle: Path) -> Rdf:
    return Rdf.of(turtle)


@pytest.fixture(scope="module")
def html(rdf: Rdf) -> str:
    return render(*page_samples.news(), title="Ports", rdf=rdf)


def policy(page: Page) -> str:
    return str(next(a["content"] for _, a in page.tags if a.get("http-equiv")))


def test_the_graph_and_the_engine_are_carried_whole(html: str, rdf: Rdf) -> None:
    page = Page(html)
    graph, engine = page.block("rdf"), page.block("engine")
    assert gzip.decompress(base64.b64decode(graph["content"])) == b"".join(rdf.pieces())
    assert gzip.decompress(base64.b64decode(engine["wasm"])) == vendored.whole("oxigraph", "web_bg.wasm")
    assert [q["name"] for q in graph["queries"]] == list(shelf())
    assert graph["prefixes"]["fl"].endswith("#")


def test_the_policy_opens_for_the_engine_and_no_further(html: str) -> None:
    words = policy(Page(html)).replace("'wasm-unsafe-eval'", "")
    assert words != policy(Page(html))
    assert "unsafe" not in words
    assert "worker-src blob:;" in words
    assert "http" not in words


def test_without_sparql_nothing_of_it_is_in_the_page(html: str) -> None:
    bare = render(*page_samples.news(), title="Ports")
    assert len(html) - len(bare) < 2_300_000
    assert not {"rdf", "engine"} & {a.get("id") for _, a in Page(bare).tags}
    assert "wasm" not in policy(Page(bare))


def test_a_graph_too_large_is_not_carried_a_second_time(rdf: Rdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "BUDGET", 1000)
    page = Page(render(*page_samples.news(), rdf=rdf))
    assert page.block("rdf")["content"] is None
    assert "connected" in [q["name"] for q in page.block("rdf")["queries"]]
    assert page.block("engine")["wasm"]


def test_the_engine_s_module_becomes_a_plain_script() -> None:
    script = as_script(vendored.whole("oxigraph", "web.js").decode())
    assert "\nexport " not in script
    assert "import.meta" not in script
    assert "\nfunction initSync(" in script
    assert "\nclass Store " in script


# --- In Chromium


@pytest.mark.browser
def test_of_a_graph_too_large_to_carry_the_plain_facts_answer(
    browser: Any, rdf: Rdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparql, "BUDGET", 1000)
    write_page(tmp_path / "graph.html", *page_samples.news(), rdf=rdf)
    with watched(browser) as open_file:
        page = open_file(tmp_path / "graph.html")
        by(page, "view-sparql").click()
        assert "factloom query" in by(page, "answer").inner_text()
        by(page, "query").fill(PLAIN)
        by(page, "run").click()
        told(page, "1 row in")
        counts = page.locator("#answer td").all_inner_texts()
    _, statements = page_samples.news()
    stated = [s for s in statements if any(e.status is Status.STATED for e in s.evidence)]
    entities = {e.iri for s in statements for e in (s.subject, s.object) if isinstance(e, Entity)}
    assert list(map(int, counts)) == [len(stated), len(entities)]


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with launched(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, rdf: Rdf) -> Path:
    path = tmp_path_factory.mktemp("pages") / "graph.html"
    labels = page_samples.CLASS_LABELS
    write_page(path, *page_samples.news(), title="Ports", class_labels=labels, rdf=rdf)
    return path


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Open]:
    with watched(browser) as open_file:
        yield lambda state="", **options: open_file(file, state, **options)


def told(page: Any, words: str) -> None:
    """Waits until the line under the query says so."""
    by(page, "told").get_by_text(words).wait_for()


def cells(page: Any) -> list[list[str]]:
    rows = by(page, "answer-row")
    return [rows.nth(i).locator("td").all_inner_texts() for i in range(rows.count())]


def asked(page: Any, query: str) -> None:
    by(page, "query").fill(query)
    by(page, "run").click()


@pytest.mark.browser
def test_a_query_is_answered_and_lit_up(opened: Open) -> None:
    page = opened("#view=sparql")
    told(page, "triples loaded")
    asked(page, QUERY)
    told(page, "2 rows")
    assert sorted(cells(page)) == [["Ida Falk", "Halden Robotics"], ["Tomas Oyelaran", "Sable Motors"]]
    assert "4 entities lit up" in by(page, "told").inner_text()
    page.get_by_role("button", name="Ida Falk").click()
    assert by(page, "panel-title").inner_text() == "Ida Falk"


@pytest.mark.browser
def test_nothing_is_unpacked_before_the_first_question(opened: Open) -> None:
    page = opened()
    assert by(page, "sparql").is_hidden()
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
    assert by(page, "view-sparql").is_visible()


@pytest.mark.browser
def test_the_query_is_in_the_address_and_can_be_undone(opened: Open) -> None:
    page = opened("#view=sparql")
    asked(page, QUERY)
    told(page, "2 rows")
    asked(page, "ASK { ?a rel:founded ?b }")
    told(page, "1 answer")
    assert cells(page) == [["yes"]]
    page.locator("#undo").click()
    told(page, "2 rows")
    assert by(page, "query").input_value() == QUERY
    again = opened(page.evaluate("location.hash"))
    told(again, "2 rows")


@pytest.mark.browser
def test_every_query_of_the_shelf_is_one_click_away(opened: Open) -> None:
    page = opened("#view=sparql")
    told(page, "triples loaded")
    for query in shelf().values():
        by(page, f"shelf-{query.name}").click()
        assert query.about in page.locator("#parameters").inner_text()
        if any(p.default is None for p in query.parameters):
            values = {"entity": "fjordline", "document": "port-strike", "from": "otter", "to": "Ida Falk"}
            for p in query.parameters:
                if p.default is None:
                    by(page, f"parameter-{p.name}").fill(values[p.name])
            by(page, "shelf-run").click()
        page.locator("#told", has_text=" in ").get_by_text(" ms").wait_for()
        assert by(page, "query").input_value().startswith(f"# {query.about}")
        asked(page, "ASK {}")
        told(page, "1 answer")


@pytest.mark.browser
def test_a_parameter_is_bound_as_a_term(opened: Open) -> None:
    page = opened("#view=sparql")
    by(page, "shelf-about").click()
    by(page, "parameter-entity").fill('x" } } DELETE')
    by(page, "shelf-run").click()
    told(page, "No entity is called")
    by(page, "parameter-entity").fill("NCA")
    by(page, "shelf-run").click()
    told(page, "1 row")
    assert "Competition Authority" in by(page, "answer").inner_text()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a {\n ?a nope }", "Line 2"),
        ("SELECT * { ?a other:b ?c }", "The prefix other: is not declared"),
        ("SELECT * FROM <urn:x> { ?a ?b ?c }", "FROM is refused"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "A query begins with"),
        ("", "Write a query first"),
    ],
)
def test_what_is_wrong_is_told(opened: Open, query: str, message: str) -> None:
    page = opened("#view=sparql")
    told(page, "triples loaded")
    asked(page, query)
    told(page, message)
    asked(page, "ASK {}")
    told(page, "1 answer")


@pytest.mark.browser
def test_a_query_that_runs_away_can_be_stopped(opened: Open) -> None:
    page = opened("#view=sparql")
    told(page, "triples loaded")
    asked(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?i != ?a) }")
    by(page, "stop").click()
    told(page, "Stopped")
    asked(page, QUERY)
    told(page, "2 rows")


@pytest.mark.browser
def test_the_editor_completes_from_the_graph(opened: Open) -> None:
    page = opened("#view=sparql")
    told(page, "triples loaded")
    page.locator("#sparql[aria-busy=false]").wait_for()
    field = by(page, "query")
    field.press_sequentially("SELECT ?who { ?who foun")
    assert "rel:founded" in by(page, "offers").inner_text()
    page.keyboard.press("Enter")
    field.press_sequentially(" sable mot")
    page.keyboard.press("Escape")
    field.fill("SELECT ?who { ?who rel:founded sable")
    field.press_sequentially("-m")
    page.keyboard.press("Tab")
    field.press_sequentially(" }")
    assert field.input_value() == "SELECT ?who { ?who rel:founded id:Sable-Motors }"
    page.keyboard.press("Control+Enter")
    told(page, "1 row")
    assert cells(page) == [["Tomas Oyelaran"]]


@pytest.mark.browser
def test_triples_are_shown_and_copied(opened: Open) -> None:
    page = opened("#view=sparql")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    asked(page, "CONSTRUCT { ?b rdfs:comment 'says \"so\"\\n2'@en } { ?a rel:founded ?b }")
    told(page, "2 triples")
    assert ["Halden Robotics", "rdfs:comment", 'says "so" 2'] in cells(page)
    by(page, "copy-answer").click()
    page.get_by_text("Answer copied as CSV").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith('"subject","predicate","object"')


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Open, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened("#view=sparql", color_scheme=scheme)
    by(page, "shelf-about").click()
    asked(page, QUERY)
    told(page, "2 rows")
    by(page, "query").press("End")
    by(page, "query").press_sequentially(" f")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.browser
def test_a_phone_has_room_for_it(opened: Open) -> None:
    page = opened("#view=sparql", size=(390, 844), has_touch=True, is_mobile=True)
    asked(page, QUERY)
    told(page, "2 rows")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert by(page, "answer").bounding_box()["height"] > 120
