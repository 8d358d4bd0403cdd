"""JSON Lines: one document a line, an object with `text` and, if known, `id`, `title`, `date`, `source`
and `language`. A bad line is a problem with its number; the lines around it are read."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator

from factloom.extract.readers.base import BYTES_PER_CHARACTER, Draft, Raw, Reader, too_long
from factloom.extract.readers.cleaning import blocks_of, clean_line
from factloom.extract.readers.encoding import decode
from factloom.ontology.errors import InputError, Problem
from factloom.ontology.ids import digest

_EXAMPLE = 'write one object a line, as {"id": "a1", "text": "…", "title": "…", "date": "2025-03-04"}'
_METADATA = ("title", "date", "source", "language")


def _read(raw: Raw) -> Iterator[Draft | Problem]:
    found = False
    for number, line in _lines(raw):
        found = True
        place = f"{raw.source}:{number}"
        try:
            yield _draft(line, place, raw)
        except InputError as error:
            yield error.problem
    if not found:
        raise InputError(raw.source, "is empty", "write a document a line into it, or remove it")


def _lines(raw: Raw) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1; never more than one line in memory."""
    limit, stream = _line_limit(raw), raw.stream
    line = stream.readline(limit)
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in line:
        text = decode(line + raw.read(), raw.source)
        stream = io.BytesIO(text.encode())
        line = stream.readline(limit)
    number = 0
    while line:
        number += 1
        if line.removeprefix(codecs.BOM_UTF8).strip():
            yield number, line
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        line = stream.readline(limit)


def _line_limit(raw: Raw) -> int:
    """Bytes of the longest line read: a character may be escaped by six, and metadata needs room."""
    return raw.max_chars * BYTES_PER_CHARACTER * 2 + 10_000


def _draft(line: bytes, place: str, raw: Raw) -> Draft:
    """The document of a line. Raises `InputError` with the line's place."""
    if len(line) == _line_limit(raw):
        raise too_long(place, f"at least {len(line):,} bytes", raw.max_chars)
    record = _record(decode(line, place, file=raw.source), place)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError(place, "has no words in its field 'text'", _EXAMPLE)
    if len(text) > raw.max_chars:
        raise too_long(place, f"{len(text):,} characters", raw.max_chars)
    fields = {name: _string(record, name, place) for name in ("id", *_METADATA)}
    name = fields["id"] or f"{raw.name}-{digest(clean_line(text))[:8]}"
    return Draft(
        tuple(blocks_of(text)),
        id=name,
        title=fields["title"] or name,
        date=fields["date"],
        source=fields["source"] or place,
        language=fields["language"],
    )


def _record(line: str, place: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too large"
        raise InputError(place, f"is not JSON ({reason})", _EXAMPLE) from error
    if not isinstance(record, dict):
        raise InputError(place, f"is a JSON {type(record).__name__}, not an object", _EXAMPLE)
    return record


def _string(record: dict[str, object], name: str, place: str) -> str | None:
    """A field as a string; a number is fit to be an id or a year, null is the same as no field."""
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError(place, f"has a {type(value).__name__} in its field {name!r}", "write a string there")
    return str(value).strip() or None


JSONL = Reader((".jsonl", ".ndjson"), _read)
