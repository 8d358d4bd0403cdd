"""N-Quads: the whole model in the default graph, one quad a line, sorted."""

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
    """Write N-Quads to `path`."""
    graph = triples(documents, statements, settings=settings)
    write_whole(path, serialize(graph, "nquads", base=settings.base))


EXPORTER = Exporter(write, ".nq")
