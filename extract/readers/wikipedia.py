"""Wikipedia as WikiExtractor writes it: articles between `<doc …>` and `</doc>`, or a JSON object a line."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from factloom.extract.readers.base import BYTES_PER_CHARACTER, Draft, Raw, Reader, too_long
from factloom.extract.readers.cleaning import blocks_of
from factloom.extract.readers.encoding import decode
from factloom.ontology.errors import InputError, Problem

_BEGIN = re.compile(r"<doc\s+([^>]*)>\s*$")
_FIELD = re.compile(r'(\w+)="([^"]*)"')
_REMEDY = "write it again with WikiExtractor, or name a .jsonl file"
# Headings of sections in the text end with a stop; templates leave empty brackets behind.
_EMPTY_BRACKETS = re.compile(r" ?\(\s*[,;]*\s*\)")


def _read(raw: Raw) -> Iterator[Draft | Problem]:
    found = False
    for number, fields, text in _articles(raw):
        found = True
        place = f"{raw.source}:{number}"
        if fields is None:
            yield Problem(place, "is no article of WikiExtractor", _REMEDY)
        elif len(text) > raw.max_chars:
            yield too_long(place, f"more than {raw.max_chars:,} characters", raw.max_chars).problem
        elif text.strip():  # Redirects and lists have none.
            yield _draft(fields, text, raw, number)
    if not found:
        raise InputError(raw.source, "is empty", "remove it, or write it again with WikiExtractor")


def _draft(fields: dict[str, str], text: str, raw: Raw, number: int) -> Draft:
    title = fields.get("title") or None
    lines = _EMPTY_BRACKETS.sub("", text).split("\n")
    blocks = tuple(block for line in lines if line.strip() != title for block in blocks_of(line))
    return Draft(
        blocks,
        title=title,
        id=title or fields.get("id") or f"{raw.name}-{number}",
        source=fields.get("url") or f"{raw.source}:{number}",
    )


def _articles(raw: Raw) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    """Line, fields and text of each article; fields are None for what is none."""
    fields: dict[str, str] | None = None
    text: list[str] = []
    length = start = 0
    for number, line in _lines(raw):
        begin = _BEGIN.match(line)
        if begin and fields is None:
            fields, text, length, start = dict(_FIELD.findall(html.unescape(begin[1]))), [], 0, number
        elif line.strip() == "</doc>" and fields is not None:
            yield start, fields, html.unescape("".join(text))
            fields = None
        elif fields is not None:
            length += len(line)
            if length <= raw.max_chars + 1_000:
                text.append(line)
        elif line.strip():
            yield number, *_from_json(line)
    if fields is not None:
        yield start, None, ""


def _from_json(line: str) -> tuple[dict[str, str] | None, str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        return None, ""
    return {key: str(record[key]) for key in ("id", "title", "url") if record.get(key)}, record["text"]


def _lines(raw: Raw) -> Iterator[tuple[int, str]]:
    limit = raw.max_chars * BYTES_PER_CHARACTER * 2 + 10_000
    number = 0
    while line := raw.stream.readline(limit):
        number += 1
        if line.strip(b"\xef\xbb\xbf \t\r\n"):
            yield number, decode(line, f"{raw.source}:{number}", file=raw.source)
        else:
            yield number, "\n"


WIKIPEDIA = Reader((".wiki",), _read, names=re.compile(r"wiki_\d+"))
