"""The RDF model: what is a plain triple and what is not, the way there and back, and the bytes."""

from __future__ import annotations

import random
from dataclasses import replace

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import graphs

from factloom.graph import rdf
from factloom.graph.merge import merge


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_statements_come_back_as_they_went(graph: tuple) -> None:
    documents, statements = graph
    found_documents, found = rdf.read(rdf.triples(documents, statements))
    assert found == merge(statements)
    assert found_documents == tuple(sorted((replace(d, text="") for d in documents), key=lambda d: d.id))


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_turtle_comes_back_as_it_went_and_does_not_depend_on_order(
    graph: tuple, shuffler: random.Random
) -> None:
    documents, statements = graph
    data = rdf.turtle(rdf.triples(documents, statements))
    assert rdf.read(ox.parse(data, format=ox.RdfFormat.TURTLE))[1] == merge(statements)
    shuffled = list(statements)
    shuffler.shuffle(shuffled)
    assert rdf.turtle(rdf.triples(documents[::-1], shuffled)) == data
