"""GraphML: nodes and edges of every status, for networkx, igraph, Gephi, yEd and Cytoscape."""

from __future__ import annotations

import io
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
    """Write GraphML to `path`; lists (aliases, documents, sentences) are JSON arrays."""
    import networkx as nx

    out = io.BytesIO()
    # The writer of the standard library, so that an installed lxml does not change the bytes.
    nx.write_graphml_xml(flat_network(statements), out)
    write_whole(path, out.getvalue())


EXPORTER = Exporter(write, ".graphml")
