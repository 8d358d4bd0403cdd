"""N-Triples: the whole model, one triple a line, sorted; for stream tools and diffs."""

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
    """Write N-Triples to `path`."""
    graph = triples(documents, statements, settings=settings)
    write_whole(path, serialize(graph, "ntriples", base=settings.base))


EXPORTER = Exporter(write, ".nt")
