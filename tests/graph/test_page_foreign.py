"""Pages of graphs that others made: names, classes, values, lists, blank nodes, formats; what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from browsing import Open, by, launched, watched
from command_line import factloom as run
from test_page import Page

import factloom
from factloom.graph.page import render, write_page
from factloom.graph.page.foreign import Foreign, read_foreign
from factloom.graph.shelf import shelf
from factloom.ontology.errors import InputError, UsageError
from factloom.ontology.records import Entity
from factloom.paging import page_of

SOURCE = Path(__file__).parent / "foreign.trig"
EX = "http://example.org/"


@pytest.fixture(scope="module")
def foreign() -> Foreign:
    return read_foreign(SOURCE)


def said(foreign: Foreign) -> set[tuple[str, str, str]]:
    return {
        (s.subject.label, s.relation.label, s.object.label if isinstance(s.object, Entity) else s.object.text)
        for s in foreign.statements
    }


def thing(foreign: Foreign, iri: str) -> Entity:
    ends = (end for s in foreign.statements for end in (s.subject, s.object) if isinstance(end, Entity))
    return next(end for end in ends if end.iri == iri)


def test_names_come_from_the_usual_properties(foreign: Foreign) -> None:
    assert thing(foreign, EX + "hamlet").label == "Hamlet"
    assert thing(foreign, EX + "hamlet").aliases == ("Гамлет",)
    assert thing(foreign, EX + "shakespeare").label == "William Shakespeare"
    assert thing(foreign, EX + "shakespeare").aliases == ("the Bard",)
    assert thing(foreign, EX + "revenge").label == "revenge"
    assert thing(foreign, EX + "horatio").label == "horatio"
    assert thing(foreign, EX + "Early%20Modern_English").label == "Early Modern English"


def test_triples_become_facts_and_lists_are_taken_apart(foreign: Foreign) -> None:
    facts = said(foreign)
    assert ("Hamlet", "author", "William Shakespeare") in facts
    assert ("Hamlet", "date published", "1603") in facts
    assert ("Hamlet", "characters", "horatio") in facts
    assert ("Hamlet", "was written in", "Early Modern English") in facts
    assert ("William Shakespeare", "birth place", "Stratford-upon-Avon") in facts
    assert ("William Shakespeare", "address", "(postal address)") in facts
    assert not {relation for _, relation, _ in facts} & {"first", "rest", "name", "label"}


def test_classes_are_the_types_that_say_most(foreign: Foreign) -> None:
    assert foreign.class_labels[thing(foreign, EX + "hamlet").kind] == "book"
    kinds = {relation for subject, relation, _ in said(foreign) if subject == "William Shakespeare"}
    assert "also a" in kinds
    assert not any(target == "NamedIndividual" for _, _, target in said(foreign))


def test_a_named_graph_is_a_source(foreign: Foreign) -> None:
    (known,) = (s for s in foreign.statements if s.relation.label == "knows")
    assert known.evidence[0].document_id == EX + "catalogue"
    assert {s.evidence[0].document_id for s in foreign.statements} == {"foreign.trig", EX + "catalogue"}


def test_the_page_is_the_same_at_every_run() -> None:
    assert render(**page_of(SOURCE)) == render(**page_of(SOURCE))
    blank = {s.subject.iri for s in read_foreign(SOURCE).statements if s.subject.iri.startswith("_:")}
    assert blank == {"_:b3", "_:b4"}


FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "owl": "xml", "jsonld": "json-ld", "n3": "n3"}
QUADS = {"nq": "nquads", "trig": "trig", "trix": "trix"}


# rdflib 7 warns of its own old names.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("suffix", "form"), [*FORMATS.items(), *QUADS.items()])
def test_every_format_gives_the_same_facts(foreign: Foreign, tmp_path: Path, suffix: str, form: str) -> None:
    graph: rdflib.Graph = rdflib.Dataset(default_union=True)
    graph.parse(SOURCE, format="trig")
    if form not in QUADS.values():
        flat = rdflib.Graph()
        for triple in graph.triples((None, None, None)):
            flat.add(triple)
        graph = flat
    path = tmp_path / f"graph.{suffix}"
    graph.serialize(path, format=form, encoding="utf-8")
    assert said(read_foreign(path)) == said(foreign)


def test_questions_are_of_a_general_kind(foreign: Foreign) -> None:
    block = Page(render(**page_of(SOURCE))).block("rdf")
    names = {query["name"] for query in block["queries"]}
    assert {"classes", "relations", "about"} <= names
    assert not names & (set(shelf()) - {"about"})
    assert block["prefixes"]["ex"] == EX


def test_the_command_draws_it(tmp_path: Path) -> None:
    ran = run("page", SOURCE, "-o", tmp_path / "out.html", "--no-sparql")
    assert (ran.code, ran.out.strip()) == (0, str(tmp_path / "out.html"))
    data = Page((tmp_path / "out.html").read_text(encoding="utf-8")).block("data")
    assert "Hamlet" in data["nodes"]["label"]
    assert data["title"] == "foreign"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "<a> <b> .", "not RDF"),
        ("a.rdf", "<rdf", "not RDF"),
        ("a.trix", "<TriX", "not RDF"),
        ("a.jsonld", "{", "not RDF"),
        ("a.jsonld", '{"@context": "https://example.org/c", "name": "x"}', "not RDF"),
        ("a.ttl", "", "holds no triple"),
        ("a.txt", "Nothing of RDF.", "suffix"),
    ],
)
def test_what_can_t_be_drawn_is_told_in_one_line(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    ran = run("page", tmp_path / name)
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "a.html").exists()


# --- show


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("form", [str, Path, "rdflib", "dataset"])
def test_a_notebook_shows_a_graph_in_a_frame_of_its_own(form: Any) -> None:
    graph: Any = SOURCE if form == "rdflib" or form == "dataset" else form(SOURCE)
    if form in ("rdflib", "dataset"):
        graph = rdflib.Graph() if form == "rdflib" else rdflib.Dataset()
        graph.parse(SOURCE, format="trig")
    shown = factloom.show(graph, title="Plays", height=300)
    frame = shown._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts ' in frame
    assert "allow-same-origin" not in frame
    assert "height:300px" in frame
    assert re.search(r"[<>]", frame.removeprefix("<iframe").split(" sandbox=")[0].split('"')[1]) is None
    assert "Hamlet" in shown.page or form == "rdflib"


def test_show_takes_a_build(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Anna Berg founded Fjordtech.", encoding="utf-8")
    built = factloom.build_graph([tmp_path / "note.txt"], tmp_path / "out")
    pages = [factloom.show(g).page for g in (built, tmp_path / "out", factloom.open_graph(tmp_path / "out"))]
    for page in pages:
        assert "Fjordtech" in Page(page).block("data")["nodes"]["label"]
    assert Page(pages[0]).block("data")["documents"][0]["text"]


def test_show_refuses_what_is_no_graph() -> None:
    with pytest.raises(UsageError, match="can't show int"):
        factloom.show(3)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="too small"):
        factloom.show(SOURCE, height=10)
    with pytest.raises(UsageError, match="no such file"):
        factloom.show("nowhere.ttl")
    with pytest.raises(InputError):
        factloom.show(Path(__file__))


# --- In Chromium


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with launched(chromium) as browser:
        yield browser


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:
    with watched(browser) as open_file:
        yield open_file


@pytest.mark.browser
def test_the_page_says_what_it_lacks_and_shows_the_rest(opened: Open, tmp_path: Path) -> None:
    write_page(tmp_path / "plays.html", **page_of(SOURCE))
    page = opened(tmp_path / "plays.html")
    assert "came without sentences" in by(page, "hint").inner_text()
    assert by(page, "view-texts").is_hidden()
    assert by(page, "confidence").count() == 0
    by(page, "search").fill("bard")
    by(page, "search-result").first.click()
    panel = by(page, "panel").inner_text()
    assert by(page, "iri").inner_text() == EX + "shakespeare"
    assert "came without the sentences" in panel
    assert "Stratford-upon-Avon" in panel
    by(page, "view-table").click()
    assert page.locator("th").all_inner_texts() == ["Subject ↓", "Relation", "Object"] or (
        page.locator("th").count() == 3
    )
    by(page, "view-sparql").click()
    by(page, "shelf-classes").click()
    page.get_by_test_id("told").get_by_text("rows in").wait_for()
    by(page, "shelf-about").click()
    by(page, "parameter-entity").fill("Hamlet")
    by(page, "shelf-run").click()
    page.get_by_test_id("answer").get_by_text("William Shakespeare").first.wait_for()


@pytest.mark.browser
def test_a_frame_in_a_notebook_works(opened: Open, browser: Any, tmp_path: Path) -> None:
    shown = factloom.show(SOURCE, sparql=True)
    (tmp_path / "notebook.html").write_text(
        f"<!DOCTYPE html><html data-ready><body>{shown._repr_html_()}</body></html>", encoding="utf-8"
    )
    page = opened(tmp_path / "notebook.html")
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.get_by_test_id("search").fill("Hamlet")
    frame.get_by_test_id("search-result").first.click()
    assert frame.get_by_test_id("panel-title").inner_text() == "Hamlet"
    frame.get_by_test_id("view-sparql").click()
    frame.get_by_test_id("shelf-relations").click()
    frame.get_by_test_id("told").get_by_text("rows in").wait_for()
