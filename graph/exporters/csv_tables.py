"""CSV: `nodes.csv` and `edges.csv` in a folder, or the edges alone as one file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

from factloom.graph.exporters.base import Exporter, write_tables
from factloom.graph.settings import Settings
from factloom.graph.tables import EdgeRow, NodeRow, edge_rows, flat, node_rows
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write the tables; lists (aliases, documents, sentences) are JSON arrays."""
    known = tuple(statements)
    write_tables(
        path,
        ".csv",
        nodes=lambda: _table(NodeRow, node_rows(known)),
        edges=lambda: _table(EdgeRow, edge_rows(known)),
    )


def _table(kind: type[NodeRow | EdgeRow], rows: Sequence[NodeRow | EdgeRow]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(kind)])
    writer.writeheader()
    writer.writerows(flat(row) for row in rows)
    return out.getvalue().encode()


EXPORTER = Exporter(write, "")
