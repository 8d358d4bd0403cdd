"""Records as rows of Spark: documents from columns, entities as text that is equal when they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factloom.extract.readers.cleaning import blocks_of, clean_line
from factloom.extract.readers.details import iso_date, language_of
from factloom.ontology.ids import digest
from factloom.ontology.records import Document, Entity, Locator, Relation

COLUMNS = ("id", "text", "title", "source", "language", "date")
RECORD_SCHEMA = "id string, text string, title string, source string, language string, date string"


def document_of(row: Mapping[str, Any]) -> Document | None:
    """The document of a row with `text` and what else there is, cleaned as the readers of files do; None
    without words."""
    text = "\n\n".join(filter(None, map(clean_line, blocks_of(row.get("text") or ""))))
    if not text:
        return None
    title = clean_line(row.get("title") or "")
    name = clean_line(str(row.get("id") or "")) or digest(title, text)[:8]
    language = clean_line(row.get("language") or "")
    date = iso_date(str(row["date"])) if row.get("date") else None
    source = clean_line(row.get("source") or "") or name
    return Document(name, text, title or name, source, language or language_of(text), date)


def finished_row(document: Document) -> dict[str, Any]:
    """A document of a build as a row that is taken as it is."""
    places = json.dumps([[place.start, place.name] for place in document.locators])
    return {name: getattr(document, name) for name in COLUMNS} | {"locators": places}


def finished_document(row: Mapping[str, Any]) -> Document:
    """The document of `finished_row`."""
    places = tuple(Locator(start, name) for start, name in json.loads(row["locators"]))
    return Document(**{name: row[name] for name in COLUMNS}, locators=places)


def form_of(entity: Entity) -> str:
    """An entity as text."""
    return json.dumps([entity.iri, entity.label, entity.kind, entity.aliases], ensure_ascii=True)


def entity_of(form: str) -> Entity:
    """The entity of a text."""
    iri, label, kind, aliases = json.loads(form)
    return Entity(iri, label, kind, tuple(aliases))


def relation_form(relation: Relation) -> str:
    """A relation as text."""
    return json.dumps([relation.iri, relation.label, relation.mapped], ensure_ascii=True)


def relation_of(form: str) -> Relation:
    """The relation of a text."""
    return Relation(*json.loads(form))


def batches_of(rows: Iterable[dict[str, Any]], names: Iterable[str], size: int = 1000) -> Iterator[Any]:
    """Rows as batches of Arrow with these columns; no batch for no rows."""
    import pyarrow

    waiting: list[dict[str, Any]] = []
    names = list(names)
    for row in rows:
        waiting.append(row)
        if len(waiting) >= size:
            yield pyarrow.RecordBatch.from_pydict({n: [r[n] for r in waiting] for n in names})
            waiting = []
    if waiting:
        yield pyarrow.RecordBatch.from_pydict({n: [r[n] for r in waiting] for n in names})
