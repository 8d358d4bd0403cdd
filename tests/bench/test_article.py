"""The article's check on a small graph in the form of the design."""

from __future__ import annotations

import pytest
from rdflib import Graph

from .article import Wanted, edges, fact_rows, read_table

TURTLE = """
@prefix fl: <https://w3id.org/factloom/ontology#> .
@prefix id: <https://w3id.org/factloom/id/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:Anna rdfs:label "Anna"@en . id:Boat rdfs:label "the Boat"@en . fl:owns rdfs:label "owns"@en .
id:Anna fl:owns id:Boat .
id:s1 a fl:Statement ; rdf:subject id:Anna ; rdf:predicate fl:owns ; rdf:object id:Boat ;
    fl:status fl:Stated ; fl:evidence id:e1 , id:e2 .
id:s2 a fl:Statement ; rdf:subject id:Anna ; rdf:predicate fl:sells ; rdf:object id:Boat ;
    fl:status fl:Denied ; fl:evidence id:e3 .
id:e1 nif:sentence id:t1 . id:e2 nif:sentence id:t2 . id:e3 nif:sentence id:t1 .
id:t1 nif:beginIndex 0 ; nif:anchorOf "Anna owns the Boat."@en .
id:t2 nif:beginIndex 20 ; nif:anchorOf "The Boat is hers."@en .
"""


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(data=TURTLE, format="turtle")


def want(subject: str, relation: str, target: str, *, inverse: str = "", status: str = "stated") -> Wanted:
    return Wanted("a fact", subject, relation, target, inverse, status)


def test_statements_become_edges(graph: Graph) -> None:
    owns, sells = edges(graph)
    assert (owns.relation, owns.plain, len(owns.evidence), len(owns.sentences)) == ("owns", True, 2, 2)
    assert (sells.relation, sells.status, sells.plain) == ("sells", "denied", False)


def test_facts_are_found_either_way_round(graph: Graph) -> None:
    owned = want("the boat", "is owned by", "anna", inverse="owns")
    rows = fact_rows(edges(graph), [want("Anna", "owns|has", ".*boat"), owned, want("Anna", "owns", "boat")])
    assert [row[1] for row in rows] == ["yes", "yes", "NO"]
    assert rows[0][2] == 2
    assert fact_rows(edges(graph), [owned], evidence=3)[0][1] == "NO"


def test_only_plain_triples_answer_for_what_is_stated(graph: Graph) -> None:
    sold = [want("Anna", "sells", ".*Boat"), want("Anna", "sells", ".*Boat", status="any")]
    assert [row[1] for row in fact_rows(edges(graph), sold, evidence=1)] == ["NO", "yes"]


def test_the_tables_can_be_read() -> None:
    assert all(Wanted(**row).fact for row in read_table("article_facts.tsv"))
    assert {"label", "classes"} == set(next(read_table("article_nodes.tsv")))
