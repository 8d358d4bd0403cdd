"""Cypher: MERGE statements that load the graph into Neo4j, again and again without doubling it.

An edge that is stated as fact has its relation as type (`ACQUIRES`); any other has its status before it
(`DENIED_ACQUIRES`), so that a query for the type finds facts alone. Names become types and labels only by
letters, digits and underscores; every other text stands in a quoted string, escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.settings import Settings
from factloom.graph.tables import EdgeRow, NodeRow, edge_rows, node_rows
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Document, Statement, Status

_NUMBERS = frozenset({XSD + "integer", XSD + "decimal", XSD + "double"})
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write Cypher to `path`, one statement a line."""
    known = tuple(statements)
    lines = [
        "CREATE CONSTRAINT factloom_node IF NOT EXISTS FOR (n:FactloomNode) REQUIRE n.id IS UNIQUE;",
        *map(_node, node_rows(known)),
        *map(_edge, edge_rows(known)),
    ]
    write_whole(path, "".join(line + "\n" for line in lines).encode())


def quoted(text: str) -> str:
    """A Cypher string that holds exactly this text, on one line.

    Some engines read `\\uXXXX` before they read strings, even after an escaped backslash, so a text's own
    backslash never stands right before a u.
    """
    pieces = ["".join(map(_escaped, piece)) for piece in re.split(r"(?<=\\)(?=[uU])", text)]
    return "(" + " + ".join(f"'{piece}'" for piece in pieces) + ")" if len(pieces) > 1 else f"'{pieces[0]}'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    # A character beyond the basic plane is two UTF-16 units.
    units = [code] if code < 0x10000 else [0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF)]
    return "".join(f"\\u{unit:04X}" for unit in units)


def name(text: str) -> str:
    """A label or type that can stand in backticks: letters, digits and underscores alone."""
    return re.sub(r"\W+", "_", text).strip("_") or "_"


def _node(row: NodeRow) -> str:
    properties = {"label": quoted(row.label), "kind": quoted(row.kind), "aliases": _list(row.aliases)}
    if _is_value(row):
        properties |= {"value": quoted(row.value), "unit": quoted(row.unit)}
        if is_number(row):
            properties["number"] = row.value
    sets = ", ".join(f"n.{key} = {value}" for key, value in properties.items())
    return f"MERGE (n:FactloomNode {{id: {quoted(row.id)}}}) SET n:`{node_label(row)}`, {sets};"


def _is_value(row: NodeRow) -> bool:
    return row.id.startswith("value:")


def is_number(row: NodeRow) -> bool:
    """Whether the node is a value that a property graph can hold as a number."""
    return _is_value(row) and row.kind in _NUMBERS and bool(_NUMBER.fullmatch(row.value))


def node_label(row: NodeRow) -> str:
    """The label of a node besides FactloomNode: its class, or Value."""
    return name("Value" if _is_value(row) else _local(row.kind))


def edge_type(row: EdgeRow) -> str:
    """The type of an edge: its relation, and before it the status of what is not stated as fact."""
    relation = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", _local(row.relation)).upper()
    return name(relation if row.status == Status.STATED.value else f"{row.status.upper()}_{relation}")


def _edge(row: EdgeRow) -> str:
    properties = {
        "relation": quoted(row.relation),
        "label": quoted(row.label),
        "status": quoted(row.status),
        "confidence": repr(row.confidence),
        "evidence": str(row.evidence),
        "denials": str(row.denials),
        "documents": _list(row.documents),
        "sentences": _list(row.sentences),
    }
    sets = ", ".join(f"r.{key} = {value}" for key, value in properties.items())
    ends = zip("ab", (row.source, row.target), strict=True)
    nodes = ", ".join(f"({end}:FactloomNode {{id: {quoted(iri)}}})" for end, iri in ends)
    return f"MATCH {nodes} MERGE (a)-[r:`{edge_type(row)}` {{id: {quoted(row.id)}}}]->(b) SET {sets};"


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(_strings(values)) + "]"


def _strings(values: Iterable[str]) -> Iterator[str]:
    return (quoted(value) for value in values)


EXPORTER = Exporter(write, ".cypher")
