"""Statements as JSON Lines: the form that `factloom statements` prints and `statements.jsonl` holds.

One line for each piece of evidence. The names of the fields are a contract with readers of the file;
offsets count characters of the document's text. Keys that have no value are left out, except the
ones a reader always needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from factloom.extract.surface import Extraction, Part
from factloom.extract.tokens import Sentence
from factloom.ontology.records import (
    Entity,
    Evidence,
    Literal,
    Mention,
    Modality,
    Polarity,
    Statement,
    Status,
    status_of,
)


def line(row: dict[str, Any]) -> str:
    """One row as a line of JSON, without its line end."""
    return json.dumps(row, ensure_ascii=False)


def statement_rows(statement: Statement) -> Iterator[dict[str, Any]]:
    """A row for each evidence of the statement."""
    for evidence in statement.evidence:
        yield _row(statement, evidence)


def _row(statement: Statement, e: Evidence) -> dict[str, Any]:
    return {
        "document": e.document_id,
        "sentence": {"text": e.sentence_text, "start": e.sentence.start, "end": e.sentence.end},
        "subject": _mention(e.subject) | _value(statement.subject),
        "relation": _mention(e.relation) | {"iri": statement.relation.iri, "label": statement.relation.label},
        "object": _mention(e.object) | _value(statement.object),
        "arguments": [{"role": q.role, **_mention(q.mention), **_value(q.value)} for q in e.qualifiers],
        "polarity": str(e.polarity),
        "modality": str(e.modality),
        "attributed_to": e.attributed_to.label if e.attributed_to else None,
        "status": str(e.status),
        "time": e.time,
        "confidence": e.confidence,
        "rule": e.rule,
        "steps": list(e.steps),
    } | ({"locator": e.locator} if e.locator else {})


def _mention(mention: Mention) -> dict[str, Any]:
    return {"text": mention.text, "start": mention.span.start, "end": mention.span.end}


def _value(value: Entity | Literal) -> dict[str, Any]:
    if isinstance(value, Entity):
        return {"iri": value.iri, "label": value.label, "type": value.kind}
    row: dict[str, Any] = {"value": value.value, "datatype": value.datatype, "unit": value.unit}
    return row | ({"approximation": value.approximation} if value.approximation else {})


def extraction_row(document_id: str, sentence: Sentence, e: Extraction) -> dict[str, Any]:
    """A row of the surface view (`--open`): the relation has no IRI, arguments no entity."""
    return {
        "document": document_id,
        "sentence": {"text": sentence.text, "start": sentence.start, "end": sentence.end},
        "subject": _part(e.subject),
        "relation": _part(e.relation),
        "object": _part(e.object) if e.object is not None else None,
        "arguments": [{"role": a.role, **_part(a)} for a in e.arguments],
        "polarity": str(e.polarity),
        "modality": str(e.modality),
        "attributed_to": e.attributed_to,
        "status": str(_surface_status(e)),
        "time": None,
        "confidence": e.confidence,
        "rule": e.rule,
    }


def _part(part: Part) -> dict[str, Any]:
    return {"text": part.text, "start": part.start, "end": part.end}


def _surface_status(e: Extraction) -> Status:
    return status_of(Polarity(e.polarity), Modality(e.modality), reported=e.attributed_to is not None)
