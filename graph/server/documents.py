"""The documents of a graph as a reader sees them: asks the pool, gives records for the pages of `/documents`.

The graph holds the sentences that something was read from; the whole texts are in the page that a build wrote
beside it, and are used where they agree with the graph's sentences.
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from factloom.graph.server.pool import Pool
from factloom.ontology.errors import FactloomError

Row = dict[str, str]

_DOCUMENTS = """SELECT ?document ?id ?title ?source ?date (COUNT(DISTINCT ?statement) AS ?statements) {
  ?document a fl:Document ; dcterms:identifier ?id .
  OPTIONAL { ?document dcterms:title ?title } OPTIONAL { ?document dcterms:source ?source }
  OPTIONAL { ?document dcterms:date ?date }
  OPTIONAL { ?evidence prov:wasQuotedFrom ?document . ?statement fl:evidence ?evidence }
} GROUP BY ?document ?id ?title ?source ?date ORDER BY ?id"""

_LABELS = """OPTIONAL { ?s rdfs:label ?sl } OPTIONAL { ?p rdfs:label ?pl } OPTIONAL { ?o rdfs:label ?ol }
  BIND(COALESCE(?sl, STR(?s)) AS ?subject) BIND(COALESCE(?pl, STR(?p)) AS ?relation)
  BIND(COALESCE(?ol, STR(?o)) AS ?object)"""

_READ = """SELECT DISTINCT ?begin ?end ?text ?statement ?subject ?relation ?object ?status {
  ?evidence prov:wasQuotedFrom DOCUMENT ; nif:sentence ?sentence .
  ?sentence nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?text .
  ?statement fl:evidence ?evidence ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; fl:status ?status .
  LABELS
} ORDER BY ?begin ?end ?subject ?relation ?object""".replace("LABELS", _LABELS)

_STATEMENT = """SELECT ?subject ?relation ?object ?status ?confidence {
  VALUES ?statement { STATEMENT }
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; fl:status ?status ;
    fl:confidence ?confidence .
  LABELS
} LIMIT 1""".replace("LABELS", _LABELS)

_EVIDENCE = """SELECT ?document ?title ?begin ?text ?rule ?confidence ?polarity ?modality ?speaker ?time
  ?subjectMention ?relationMention ?objectMention {
  STATEMENT fl:evidence ?evidence .
  ?evidence prov:wasQuotedFrom ?document ; nif:sentence ?sentence ; fl:rule ?rule ;
    fl:confidence ?confidence ; fl:polarity ?polarity ; fl:modality ?modality ;
    fl:subjectMention ?subjectMention ; fl:relationMention ?relationMention ;
    fl:objectMention ?objectMention .
  ?sentence nif:beginIndex ?begin ; nif:anchorOf ?text .
  OPTIONAL { ?document dcterms:title ?title } OPTIONAL { ?evidence fl:time ?time }
  OPTIONAL { ?evidence fl:attributedTo/rdfs:label ?speaker }
} ORDER BY ?document ?begin ?evidence"""


class NotThereError(FactloomError):
    """No such document or statement in this graph."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a line: its IRI, its words, its status in lower case."""

    iri: str
    subject: str
    relation: str
    object: str
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a document: words, and what was read there; `number` counts sentences from 1, else 0."""

    text: str
    number: int = 0
    statements: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A place where a statement was read: its sentence as words, each with its part or an empty text."""

    row: Row
    words: tuple[tuple[str, str], ...]


async def select(pool: Pool, query: str) -> list[Row]:
    """The rows of a SELECT as text by variable. Raises `FactloomError` when it can't be answered."""
    request = {"query": query, "accept": "application/sparql-results+json", "rows": 1_000_000}
    async with pool.ask(request) as answering:
        if answering.reply.kind != "ok":
            raise FactloomError(answering.reply.message)
        body = b"".join([piece async for piece in answering.body])
    rows = json.loads(body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


async def documents(pool: Pool) -> list[Row]:
    """Every document: document (its IRI), id, title, source, date, statements (how many)."""
    return await select(pool, _DOCUMENTS)


async def document(pool: Pool, iri: str, texts: Mapping[str, str]) -> tuple[Row, tuple[Piece, ...], bool]:
    """A document's row, its pieces in order, and whether they are its whole text."""
    row = next((row for row in await documents(pool) if row["document"] == iri), None)
    if row is None:
        raise NotThereError(f"this graph has no document {iri}")
    read = await select(pool, _READ.replace("DOCUMENT", _term(iri)))
    sentences = _sentences(read)
    whole = _whole(texts.get(row["id"]), sentences)
    return row, (whole if whole is not None else _excerpts(sentences)), whole is not None


async def statement(pool: Pool, iri: str) -> tuple[Row, list[Quote]]:
    """A statement's row (subject, relation, object, status, confidence) and the places where it was read."""
    found = await select(pool, _STATEMENT.replace("STATEMENT", _term(iri)))
    if not found:
        raise NotThereError(f"this graph has no statement {iri}")
    rows = await select(pool, _EVIDENCE.replace("STATEMENT", _term(iri)))
    return _named(found[0]), [Quote(_named(row), _marked(row)) for row in rows]


def _term(iri: str) -> str:
    """An IRI as SPARQL has it; one that is none can't be in the graph."""
    try:
        return str(ox.NamedNode(iri))
    except ValueError:
        raise NotThereError(f"{iri!r} is no IRI") from None


_NAMES = ("status", "polarity", "modality")


def _named(row: Row) -> Row:
    """Members of the ontology by their names in lower case."""
    return row | {name: row[name].rpartition("#")[2].lower() for name in _NAMES if name in row}


Sentence = tuple[int, int, str, tuple[Said, ...]]


def _sentences(rows: Sequence[Row]) -> list[Sentence]:
    found: dict[tuple[int, int, str], list[Said]] = {}
    for row in map(_named, rows):
        said = Said(row["statement"], row["subject"], row["relation"], row["object"], row["status"])
        found.setdefault((int(row["begin"]), int(row["end"]), row["text"]), []).append(said)
    return [(*place, tuple(said)) for place, said in sorted(found.items(), key=lambda item: item[0])]


def _whole(text: str | None, sentences: Sequence[Sentence]) -> tuple[Piece, ...] | None:
    """The text cut at its sentences; None where it is unknown or not the one that was read."""
    if text is None:
        return None
    pieces: list[Piece] = []
    at = 0
    for number, (begin, end, words, said) in enumerate(sentences, 1):
        if begin < at or text[begin:end] != words:
            return None
        pieces += [Piece(text[at:begin]), Piece(words, number, said)]
        at = end
    return (*pieces, Piece(text[at:]))


def _excerpts(sentences: Sequence[Sentence]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for number, (_, _, words, said) in enumerate(sentences, 1):
        pieces += [Piece(words, number, said), Piece("\n…\n")]
    return tuple(pieces)


def _marked(row: Row) -> tuple[tuple[str, str], ...]:
    """The sentence cut at the words read for each part; one that overlaps an earlier one stays unmarked."""
    begin, text = int(row["begin"]), row["text"]
    spans = sorted((*_span(row[f"{part}Mention"]), part) for part in ("subject", "relation", "object"))
    words: list[tuple[str, str]] = []
    at = 0
    for start, end, part in ((s - begin, e - begin, part) for s, e, part in spans):
        if at <= start < end <= len(text):
            words += [(text[at:start], ""), (text[start:end], part)]
            at = end
    return (*words, (text[at:], ""))


def _span(iri: str) -> tuple[int, int]:
    start, end = iri.rpartition("#char=")[2].split(",")
    return int(start), int(end)


_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def texts_in(page: Path) -> dict[str, str]:
    """Whole texts by document id, from the data of a page that a build wrote; none without such a page."""
    try:
        found = _DATA.search(page.read_text(encoding="utf-8"))
    except OSError:
        return {}
    data: Any = json.loads(found[1]) if found else {}
    if isinstance(data, str):  # A large page's data is compressed.
        data = json.loads(gzip.decompress(base64.b64decode(data)))
    return {row["id"]: row["text"] for row in data.get("documents", ()) if "text" in row}
