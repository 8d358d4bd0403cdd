"""RDF/XML: the whole model, for tools of the older kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.rdf import for_rdf_xml, serialize, triples
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write RDF/XML to `path`; raises `UsageError` for a property that it can't hold."""
    graph = for_rdf_xml(triples(documents, statements, settings=settings))
    data = serialize(graph, "rdfxml", base=settings.base)
    # A bare carriage return would be read as a line feed.
    write_whole(path, data.replace(b"\r", b"&#13;"))


EXPORTER = Exporter(write, ".rdf")
