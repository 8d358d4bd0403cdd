"""TriG: the whole model in the default graph, for stores that load datasets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.rdf import triples, turtle
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write TriG to `path`."""
    graph = triples(documents, statements, settings=settings)
    write_whole(path, turtle(graph, base=settings.base))


EXPORTER = Exporter(write, ".trig")
