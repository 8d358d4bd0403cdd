"""JSON-LD 1.0: the whole model in expanded form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.rdf import serialize, triples
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write JSON-LD to `path`."""
    graph = triples(documents, statements, settings=settings)
    write_whole(path, serialize(graph, "jsonld", base=settings.base) + b"\n")


EXPORTER = Exporter(write, ".jsonld")
