"""Parquet: `nodes.parquet` and `edges.parquet` in a folder, or the edges alone as one file.

Needs pyarrow, which the extra `factloom[parquet]` installs.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from factloom.graph.exporters.base import Exporter, write_tables
from factloom.graph.settings import Settings
from factloom.graph.tables import EdgeRow, NodeRow, edge_rows, node_rows
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Document, Statement


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write the tables; raises `UsageError` when pyarrow is missing."""
    known = tuple(statements)
    write_tables(
        path,
        ".parquet",
        nodes=lambda: _table(NodeRow, node_rows(known)),
        edges=lambda: _table(EdgeRow, edge_rows(known)),
    )


def _table(kind: type[NodeRow | EdgeRow], rows: Sequence[NodeRow | EdgeRow]) -> bytes:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("the format parquet needs pyarrow: pip install 'factloom[parquet]'") from None
    types = {"str": pa.string(), "int": pa.int64(), "float": pa.float64()}
    # A list's type is told, not guessed: a column of empty lists would have none.
    schema = pa.schema([(f.name, types.get(str(f.type), pa.list_(pa.string()))) for f in fields(kind)])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([asdict(row) for row in rows], schema=schema), out)
    return out.getvalue()


EXPORTER = Exporter(write, "")
