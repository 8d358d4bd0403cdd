"""The user's ontology with what the examples taught, in Turtle to read and edit.

Takes ontology files and a model; gives triples: those of the files, and for every learnt relation the least
confidence, how many examples it had, its precision and recall by cross-validation, and its strongest signs.
Blank nodes are named by their order in the files, so that the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from factloom.extract.learn.model import Model
from factloom.ontology.namespaces import LEX, OWL, RDFS, SKOS, XSD
from factloom.ontology.parse import read_index

_SIGNS = 12  # strongest signs shown for a relation
_PREFIXES = {"owl": OWL, "rdfs": RDFS, "skos": SKOS, "xsd": XSD, "lex": LEX}
LEARNT = {
    LEX + "learntFrom": "How many triples of the examples have the relation.",
    LEX + "precision": "The share of readings that were right, in cross-validation over the examples.",
    LEX + "recall": "The share of the examples' triples that were read, in cross-validation.",
    LEX + "sign": "What weighs for the relation: the sign, how often it held of how often it was met.",
    LEX + "convention": "How the examples write the relation's values.",
}


def annotated(paths: Sequence[Path], model: Model) -> bytes:
    """The Turtle of the ontology files with the annotations of what was learnt."""
    triples = dict.fromkeys([*_own(paths), *_declared(), *_learnt(model)])
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    return written or b""


def _own(paths: Sequence[Path]) -> Iterator[ox.Triple]:
    names: dict[str, ox.BlankNode] = {}

    def subject(key: str) -> ox.NamedNode | ox.BlankNode:
        if not key.startswith("_:"):
            return ox.NamedNode(key)
        return names.setdefault(key, ox.BlankNode(f"b{len(names)}"))

    for key, node in read_index(paths).items():
        for predicate, terms in node.items():
            if key.startswith("_:") or predicate != LEX + "minConfidence":
                for term in terms:
                    target = subject(str(term)) if isinstance(term, ox.BlankNode) else term
                    yield ox.Triple(subject(key), ox.NamedNode(predicate), target)


def _declared() -> Iterator[ox.Triple]:
    for iri, comment in LEARNT.items():
        yield ox.Triple(ox.NamedNode(iri), ox.NamedNode(f"{RDFS}comment"), ox.Literal(comment, language="en"))


def _learnt(model: Model) -> Iterator[ox.Triple]:
    for number, iri in enumerate(model.relations):
        told = model.report.get(str(number), {})
        if iri not in model.learnt:
            continue
        yield _value(iri, "minConfidence", f"{model.thresholds[number]:.3f}", "decimal")
        yield _value(iri, "learntFrom", str(told["examples"]), "integer")
        for name in ("precision", "recall"):
            if told[name] is not None:
                yield _value(iri, name, f"{told[name]:.3f}", "decimal")
        yield _value(iri, "convention", model.conventions[number], "string")
        for sign in _signs(model, iri):
            yield _value(iri, "sign", sign, "string")


def _signs(model: Model, iri: str) -> Iterable[str]:
    found = list(model.behind.get(iri, {}).items())[:_SIGNS]
    return [f"{feature} | {held} of {met}" for feature, (_, held, met) in found]


def _value(iri: str, name: str, value: str, datatype: str) -> ox.Triple:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    return ox.Triple(ox.NamedNode(iri), ox.NamedNode(LEX + name), literal)
