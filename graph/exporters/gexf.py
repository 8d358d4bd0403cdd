"""GEXF 1.2: nodes and edges of every status, for Gephi."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.exporters.xml_network import flat_network
from factloom.graph.files import write_whole
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write GEXF to `path`; lists (aliases, documents, sentences) are JSON arrays."""
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(version="1.2draft")
    writer.add_graph(flat_network(statements))
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)  # It holds the day of writing.
    write_whole(path, str(writer).encode())


EXPORTER = Exporter(write, ".gexf")
