"""CSV for Neo4j's bulk import: `nodes.csv` and `edges.csv` with typed headers, in a folder.

`neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv --array-delimiter='U+001F'
--multiline-fields=true` reads them. Types and labels are those of the format `cypher`: an edge that is not
stated as fact has its status in its type.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter, write_tables
from factloom.graph.exporters.cypher import edge_type, is_number, node_label
from factloom.graph.settings import Settings
from factloom.graph.tables import EdgeRow, NodeRow, edge_rows, node_rows
from factloom.ontology.records import Document, Statement

# Between the members of an array: a control character made for this, which no document's text keeps.
SEPARATOR = "\x1f"

NODES = ("id:ID", "label", "kind", "aliases:string[]", "value", "unit", "number:double", ":LABEL")
EDGES = (
    ":START_ID", ":END_ID", ":TYPE", "id", "relation", "label", "status", "confidence:double", "evidence:int",
    "denials:int", "documents:string[]", "sentences:string[]",
)  # fmt: skip


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write the tables."""
    known = tuple(statements)
    write_tables(
        path,
        ".csv",
        nodes=lambda: _table(NODES, map(_node, node_rows(known))),
        edges=lambda: _table(EDGES, map(_edge, edge_rows(known))),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode()


def _node(row: NodeRow) -> tuple[object, ...]:
    number = row.value if is_number(row) else ""
    labels = _array(("FactloomNode", node_label(row)))
    return row.id, row.label, row.kind, _array(row.aliases), row.value, row.unit, number, labels


def _edge(row: EdgeRow) -> tuple[object, ...]:
    ends = row.source, row.target, edge_type(row)
    counts = row.confidence, row.evidence, row.denials
    return (
        *ends,
        row.id,
        row.relation,
        row.label,
        row.status,
        *counts,
        _array(row.documents),
        _array(row.sentences),
    )


def _array(values: Iterable[str]) -> str:
    return SEPARATOR.join(value.replace(SEPARATOR, " ") for value in values)


EXPORTER = Exporter(write, "")
