"""RDF 1.2 in Turtle: a statement's node reifies a triple term, `st:… rdf:reifies <<( s p o )>>`.

One triple in place of the four of rdf:Statement; all else is as in Turtle, and no more is asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.rdf import triples, turtle
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement

_REIFIES = ox.NamedNode(v.REIFIES)


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write Turtle of RDF 1.2 to `path`."""
    graph = triples(documents, statements, settings=settings)
    write_whole(path, turtle(_reified(graph), base=settings.base))


def _reified(graph: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples in the same order, each statement's parts as one triple term after its classes."""
    for _, facts in groupby(graph, key=lambda triple: triple.subject):
        node = list(facts)
        parts = {t.predicate.value: t.object for t in node if t.predicate.value in v.REIFICATION}
        for triple in node:
            if len(parts) < 3:
                yield triple
            elif triple.predicate.value == v.SUBJECT:
                yield ox.Triple(triple.subject, _REIFIES, _term(parts))
            elif triple.predicate.value not in v.REIFICATION and not _is_class(triple):
                yield triple


def _term(parts: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]) -> ox.Triple:
    subject, predicate = parts[v.SUBJECT], parts[v.PREDICATE]
    assert isinstance(subject, ox.NamedNode | ox.BlankNode) and isinstance(predicate, ox.NamedNode)
    return ox.Triple(subject, predicate, parts[v.OBJECT])


def _is_class(triple: ox.Triple) -> bool:
    named = triple.object
    return (
        triple.predicate.value == v.TYPE
        and isinstance(named, ox.NamedNode)
        and named.value == v.RDF_STATEMENT
    )


EXPORTER = Exporter(write, ".rdf12.ttl")
