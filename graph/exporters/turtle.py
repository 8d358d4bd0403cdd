"""Turtle: the whole model, as a build writes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.rdf import write_turtle
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write Turtle to `path`."""
    write_turtle(path, documents, statements, settings=settings)


EXPORTER = Exporter(write, ".ttl")
