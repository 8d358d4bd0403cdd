"""Statements as a property graph: takes statements, gives rows of nodes and edges.

The rows are what networkx, CSV, Parquet, Cypher, GraphML and GEXF share. An edge is a statement of any status
and says so in its label; a literal is a node of its own. Nodes are sorted by id, edges by statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from factloom.graph.merge import entities_of, merge
from factloom.ontology.ids import digest, statement_id
from factloom.ontology.records import Entity, Literal, Statement, Status


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node: an entity (`id` its IRI, `kind` its class) or a value (`id` a hash, `kind` its datatype).

    `value` and `unit` are empty for an entity.
    """

    id: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A statement between two nodes; `id` is its hash.

    `label` is the relation's, with the status behind it unless the statement is stated as fact.
    `confidence` is a probability; `evidence` counts places and `denials` those among them that deny it;
    `documents` and `sentences` tell them, each once.
    """

    id: str
    source: str
    target: str
    relation: str
    label: str
    status: str
    confidence: float
    evidence: int
    denials: int
    source_label: str
    target_label: str
    documents: tuple[str, ...]
    sentences: tuple[str, ...]


def node_rows(statements: Iterable[Statement]) -> list[NodeRow]:
    """Every entity and every value that is an object, once, sorted by id."""
    found = {row.id: row for s in merge(statements) for row in _nodes_of(s)}
    return [found[name] for name in sorted(found)]


def edge_rows(statements: Iterable[Statement]) -> list[EdgeRow]:
    """One row a statement, sorted by what it says."""
    return [_edge(statement) for statement in merge(statements)]


def value_id(value: Literal) -> str:
    """The id of a value's node: equal values with equal units share it."""
    return "value:" + digest(value.value, value.datatype, value.unit or "")


def words(value: Entity | Literal) -> str:
    """How a person reads it: a label, or a value with its unit and exactness."""
    if isinstance(value, Entity):
        return value.label
    return " ".join(part for part in (value.approximation, value.value, value.unit) if part)


def flat(row: NodeRow | EdgeRow) -> dict[str, str | int | float]:
    """A row by column, for formats without lists: a tuple becomes a JSON array."""
    return {f.name: _scalar(getattr(row, f.name)) for f in fields(row)}


def json_array(values: Iterable[str]) -> str:
    """Texts as a JSON array, other scripts kept readable."""
    return json.dumps(list(values), ensure_ascii=False)


def _scalar(value: str | int | float | tuple[str, ...]) -> str | int | float:
    return json_array(value) if isinstance(value, tuple) else value


def _nodes_of(statement: Statement) -> Iterator[NodeRow]:
    for entity in entities_of(statement):
        yield NodeRow(entity.iri, entity.label, entity.kind, entity.aliases)
    value = statement.object
    if isinstance(value, Literal):
        # Without "over" or "about": another statement may give the same value as exact.
        label = " ".join(part for part in (value.value, value.unit) if part)
        yield NodeRow(value_id(value), label, value.datatype, (), value.value, value.unit or "")


def _edge(statement: Statement) -> EdgeRow:
    status, target = statement.status, statement.object
    label = statement.relation.label
    return EdgeRow(
        id=statement_id(statement.key),
        source=statement.subject.iri,
        target=target.iri if isinstance(target, Entity) else value_id(target),
        relation=statement.relation.iri,
        label=label if status is Status.STATED else f"{label} ({status.value})",
        status=status.value,
        confidence=statement.confidence,
        evidence=len(statement.evidence),
        denials=sum(e.status is Status.DENIED for e in statement.evidence),
        source_label=statement.subject.label,
        target_label=words(target),
        documents=tuple(dict.fromkeys(e.document_id for e in statement.evidence)),
        sentences=tuple(dict.fromkeys(e.sentence_text for e in statement.evidence)),
    )
