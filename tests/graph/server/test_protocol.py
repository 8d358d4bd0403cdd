"""The SPARQL 1.1 protocol: every way of asking, every format, and the clients that people use."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from graph_sample import WECHAT
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_client import GOOD, Server

from factloom.graph.server.negotiation import choose, prefers_html

SELECT = "SELECT ?who ?label { ?who fl:blocks ?what ; rdfs:label ?label }"
CONSTRUCT = "CONSTRUCT WHERE { ?who fl:blocks ?what }"
DIRECT = "application/sparql-query"


def test_the_three_ways_of_asking_give_the_same(server: Server) -> None:
    answers = [server.get(SELECT), server.post({"query": SELECT}), server.post(SELECT.encode(), DIRECT)]
    assert {(a.status, a.headers["content-type"], a.body) for a in answers} == {
        (200, "application/sparql-results+json", answers[0].body)
    }
    (row,) = json.loads(answers[0].body)["results"]["bindings"]
    assert row["who"] == {"type": "uri", "value": WECHAT.iri}


def test_a_charset_may_stand_behind_the_kind(server: Server) -> None:
    assert server.post(SELECT.encode(), DIRECT + "; charset=UTF-8").status == 200
    assert server.post({"query": GOOD}, "Application/X-WWW-Form-URLEncoded; charset=utf-8").status == 200


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/*;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("application/rdf+xml, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_a_table_in_the_format_that_is_accepted(server: Server, accept: str, kind: str) -> None:
    answer = server.get(SELECT, Accept=accept)
    assert (answer.status, answer.headers["content-type"], answer.headers["vary"]) == (200, kind, "Accept")
    assert WECHAT.iri in answer.text


def test_tables_are_read_by_their_own_readers(server: Server) -> None:
    rows = list(csv.reader(io.StringIO(server.get(SELECT, Accept="text/csv").text, newline="")))
    assert rows == [["who", "label"], [WECHAT.iri, "WeChat"]]
    for media, form in (
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    ):
        (row,) = ox.parse_query_results(server.get(SELECT, Accept=media).body, format=form)
        assert (row["who"].value, row["label"].language) == (WECHAT.iri, "en")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_a_graph_in_the_format_that_is_accepted(server: Server, accept: str, form: ox.RdfFormat) -> None:
    answer = server.get(CONSTRUCT, Accept=accept)
    assert answer.headers["content-type"].split(";")[0] == accept
    (quad,) = ox.parse(answer.body, format=form)
    assert isinstance(quad.subject, ox.NamedNode)
    assert quad.subject.value == WECHAT.iri


@pytest.mark.parametrize("accept", ["*/*", "application/sparql-results+xml", "text/csv", "text/plain"])
def test_yes_and_no(server: Server, accept: str) -> None:
    assert any(word in server.get(GOOD, Accept=accept).text for word in ("true", "yes"))
    no = server.get("ASK { id:Tesla fl:acquires id:DeepSeek }", Accept=accept).text
    assert any(word in no for word in ("false", "no"))


def test_what_cannot_be_accepted(server: Server) -> None:
    assert server.get(SELECT, Accept="image/png").status == 406
    assert server.get(SELECT, Accept="text/turtle").status == 406
    assert server.get(CONSTRUCT, Accept="text/csv").status == 406


def test_the_service_describes_itself(server: Server) -> None:
    answer = server.request("/sparql", Accept="text/turtle")
    assert answer.status == 200
    graph = rdflib.Graph().parse(data=answer.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(f"{server.address}/sparql")
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert (service, sd.endpoint, service) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert len(list(graph.objects(service, sd.resultFormat))) == 8
    for media in ("application/rdf+xml", "application/ld+json", "application/n-triples"):
        assert server.request("/sparql", Accept=media).headers["content-type"].startswith(media)


def test_a_browser_at_the_endpoint_gets_the_editor(server: Server) -> None:
    answer = server.request("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (answer.status, answer.headers["location"]) == (303, "/query")


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_another_dataset_is_refused(server: Server, name: str) -> None:
    answer = server.post({"query": GOOD, name: "http://example.org/g"})
    assert (answer.status, name in answer.text) == (400, True)


def test_what_is_wrong_is_told_in_a_line(server: Server) -> None:
    answer = server.get("SELECT ?who {")
    assert (answer.status, answer.text.count("\n")) == (400, 1)
    assert "line 1" in answer.text
    assert server.get("SELECT * { ?s nope:x ?o }").text.rstrip().endswith("the prefix nope: is not declared")
    assert server.post({"other": "x"}).status == 400
    assert server.request(f"/sparql?query={quote(GOOD)}&query={quote(GOOD)}").status == 400
    assert server.post(b"<a/>", "text/xml").status == 415
    assert server.request("/sparql", method="PUT", body=b"x").status == 405
    assert server.request("/sparql", method="DELETE").status == 405
    assert server.request("/nowhere").status == 404


# --- The clients that people use


def test_curl(server: Server) -> None:
    command = ["curl", "-sf", "--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv"]
    try:
        done = subprocess.run([*command, f"{server.address}/sparql"], capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("no curl")
    assert done.stdout.splitlines()[1] == f"{WECHAT.iri},WeChat"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server: Server, method: str) -> None:
    from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(f"{server.address}/sparql")
    client.setMethod(method)
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    (row,) = client.queryAndConvert()["results"]["bindings"]
    assert row["label"]["value"] == "WeChat"
    client.setReturnFormat(XML)
    assert "WeChat" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert b"WeChat" in client.queryAndConvert()
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    assert b"fl:blocks" in client.queryAndConvert()


@pytest.fixture
def remote(server: Server) -> Iterator[rdflib.Graph]:
    graph = rdflib.Graph(SPARQLStore(f"{server.address}/sparql"), bind_namespaces="none")
    yield graph
    graph.close()


def test_rdflib(remote: rdflib.Graph) -> None:
    blocks = rdflib.URIRef("https://w3id.org/factloom/ontology#blocks")
    assert [str(s) for s in remote.subjects(blocks, None)] == [WECHAT.iri]
    assert [str(row.label) for row in remote.query(SELECT)] == ["WeChat"]
    assert remote.query(GOOD).askAnswer
    found = remote.query(CONSTRUCT).graph
    assert found is not None
    assert len(found) == 1


# --- Choosing a format


@pytest.mark.parametrize(
    ("accept", "table", "graph"),
    [
        (None, "json", "turtle"),
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        ("text/csv;q=0, */*", "json", "turtle"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "xml", "turtle"),
        ("application/*", "json", "ntriples"),
        ("text/*", "csv", "turtle"),
        ("TEXT/CSV", "csv", None),
        ("application/xml", "xml", "rdfxml"),
        ("text/csv;q=nonsense, text/turtle", None, "turtle"),
        ("application/rdf+xml;q=0.4, text/turtle;q=0.2", None, "rdfxml"),
    ],
)
def test_choice(accept: str | None, table: str | None, graph: str | None) -> None:
    chosen = [choose(accept, graph=is_graph) for is_graph in (False, True)]
    assert [offer.format if offer else None for offer in chosen] == [table, graph]


def test_html_must_be_asked_for() -> None:
    assert prefers_html("text/html,*/*;q=0.8")
    assert not any(map(prefers_html, ("*/*", "text/*", "text/html;q=0", None)))
