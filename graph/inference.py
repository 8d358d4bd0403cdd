"""What follows from a graph by its ontology: plain triples in, new triples out.

The rules of RDFS and OWL 2 RL that matter for facts read from texts: inverse, symmetric and transitive
relations, sub-relations, subclasses, equivalent terms, and, when asked for, classes by domain and range
(OWL 2 Profiles, section 4.3: prp-inv, prp-symp, prp-trp, prp-spo1, cax-sco, prp-eqp, cax-eqc, prp-dom,
prp-rng). Each is a SPARQL update; Oxigraph repeats them until nothing new comes. Only facts of the
ontologies' relations and classes are looked at, not the statements, evidence and documents behind them, and
what follows goes into a file of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.files import replacing
from factloom.graph.store import native
from factloom.graph.vocabulary import prefixes
from factloom.ontology.namespaces import OWL, RDF, RDFS
from factloom.ontology.parse import ontology_quads
from factloom.ontology.schema import CORE, Schema, load_schema

_ONTOLOGY = "urn:factloom:ontology"
_HEAD = f"PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> PREFIX owl: <{OWL}> "
_ENDS = "FILTER(?c != owl:Thing && isIRI(?c))"
# Name → (what is inserted, what the ontology says, what the facts say).
RULES: dict[str, tuple[str, str, str]] = {
    "inverse": ("?o ?q ?s", "?p owl:inverseOf ?q", "?s ?p ?o FILTER(isIRI(?o))"),
    "inverse, other way": ("?o ?p ?s", "?p owl:inverseOf ?q", "?s ?q ?o FILTER(isIRI(?o))"),
    "symmetric": ("?o ?p ?s", "?p a owl:SymmetricProperty", "?s ?p ?o FILTER(isIRI(?o))"),
    "transitive": ("?s ?p ?o", "?p a owl:TransitiveProperty", "?s ?p ?m . ?m ?p ?o FILTER(?s != ?o)"),
    "sub-relation": ("?s ?q ?o", "?p rdfs:subPropertyOf ?q FILTER(isIRI(?q))", "?s ?p ?o"),
    "subclass": ("?s a ?d", "?c rdfs:subClassOf ?d FILTER(isIRI(?d))", "?s a ?c"),
    "equivalent relation": ("?s ?q ?o", "?p owl:equivalentProperty|^owl:equivalentProperty ?q", "?s ?p ?o"),
    "equivalent class": (
        "?s a ?d",
        "?c owl:equivalentClass|^owl:equivalentClass ?d FILTER(isIRI(?d))",
        "?s a ?c",
    ),
}
BY_ENDS: dict[str, tuple[str, str, str]] = {
    "domain": ("?s a ?c", f"?p rdfs:domain ?c {_ENDS}", "?s ?p ?o"),
    "range": ("?o a ?c", f"?p rdfs:range ?c {_ENDS}", "?s ?p ?o FILTER(isIRI(?o))"),
}


def infer(
    source: str | os.PathLike[str], *, ontologies: Sequence[Path] = (), domain_and_range: bool = False
) -> list[ox.Triple]:
    """The triples that follow from the facts of a graph and are not in it, sorted.

    `source` is a Turtle file or the folder of a build; `ontologies` are files read besides the core;
    `domain_and_range` lets a relation tell the classes of its ends as well. Raises `UsageError`, `InputError`
    and `OntologyError` for what can't be read.
    """
    schema = load_schema(*ontologies)
    store = ox.Store()
    store.extend(_facts(native(source), schema))
    for path in (CORE, *ontologies):
        graph = ox.NamedNode(_ONTOLOGY)
        store.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in ontology_quads(path))
    before = _triples(store)
    _close(store, {**RULES, **BY_ENDS} if domain_and_range else RULES)
    return sorted(_triples(store) - before, key=str)


def write_inferred(path: Path, triples: Sequence[ox.Triple]) -> None:
    """Write triples as Turtle, written beside and renamed; the same triples give the same bytes."""
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes())
    assert data is not None
    with replacing(path) as part:
        part.write_bytes(data)


def _facts(store: ox.Store, schema: Schema) -> Iterator[ox.Quad]:
    """The plain triples of relations and classes that the schema knows; the statement model is none of
    them.
    """
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        known = quad.predicate.value in schema.relations
        typed = quad.predicate.value == v.TYPE and isinstance(quad.object, ox.NamedNode)
        if known or (typed and isinstance(quad.object, ox.NamedNode) and quad.object.value in schema.classes):
            yield quad


def _triples(store: ox.Store) -> set[ox.Triple]:
    return {q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def _close(store: ox.Store, rules: dict[str, tuple[str, str, str]]) -> None:
    """Run the rules until a whole round adds nothing."""
    size = -1
    while len(store) != size:
        size = len(store)
        for new, said, fact in rules.values():
            store.update(f"{_HEAD} INSERT {{ {new} }} WHERE {{ GRAPH <{_ONTOLOGY}> {{ {said} }} {fact} }}")
