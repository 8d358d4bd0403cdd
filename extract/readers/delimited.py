"""CSV and TSV (RFC 4180): a document for each row; the column of the text is named or found."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import TextIO, cast

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.encoding import decode
from factloom.extract.readers.streams import Counted, buffered
from factloom.extract.readers.tables import SAMPLE_ROWS, columns_of, draft_of_row
from factloom.ontology.errors import InputError, Problem

_HEAD_BYTES = 100_000
_SEPARATORS = ",;\t|"
_REMEDY = "save the table again as CSV in UTF-8, with the names of the columns in its first line"


def _read(raw: Raw) -> Iterator[Draft | Problem]:
    text = _opened(raw)
    # A cell may hold a whole document; the rest of the limit is for quotation marks.
    csv.field_size_limit(raw.max_chars * 2 + 10_000)
    head = _head(text)
    lines = csv.reader(chain(head, text), delimiter=_separator(raw, head), strict=False)
    names = _names(raw, lines)
    rows = _rows(raw, lines, names)
    sample = list(islice(rows, SAMPLE_ROWS))
    columns = columns_of(names, [row for row, _ in sample if isinstance(row, dict)], raw)
    for row, number in chain(sample, rows):
        if isinstance(row, Problem):
            yield row
            continue
        try:
            draft = draft_of_row(row, columns, number, raw)
        except InputError as error:
            yield error.problem
        else:
            if draft is not None:
                yield draft


def _opened(raw: Raw) -> TextIO:
    """The characters as a stream. Raises `InputError` when the beginning is no Unicode text."""
    start = raw.stream.read(_HEAD_BYTES)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.StringIO(decode(start + raw.read(), raw.source), newline="")
    end = max(start.rfind(b"\n"), start.rfind(b"\r"))
    decode(start[: end + 1] if end > 0 else start, raw.source)
    stream = cast("io.BufferedReader", buffered(Counted(start, raw.stream)))
    return io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")


def _head(text: TextIO) -> list[str]:
    return list(islice(text, 1))


def _separator(raw: Raw, head: list[str]) -> str:
    """The separator that the first line has most of; of a .tsv file the tab."""
    if raw.source.lower().endswith((".tsv", ".tab")) or not head:
        return "\t"
    return max(_SEPARATORS, key=lambda mark: (head[0].count(mark), -_SEPARATORS.index(mark)))


def _names(raw: Raw, lines: Iterator[list[str]]) -> list[str]:
    try:
        names = [name.strip() for name in next(lines, [])]
    except csv.Error as error:
        raise InputError(raw.source, f"is no table ({error})", _REMEDY) from error
    if not any(names):
        raise InputError(raw.source, "has no names of columns in its first line", _REMEDY)
    return names


def _rows(
    raw: Raw, lines: Iterator[list[str]], names: list[str]
) -> Iterator[tuple[dict[str, str] | Problem, int]]:
    """The rows with their numbers, the line of names being 1; ragged ones are problems."""
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines, None)
        except csv.Error as error:
            yield Problem(f"{raw.source}:{number}", f"is no row of a table ({error})", _REMEDY), number
            continue
        if cells is None:
            return
        if len(cells) > len(names) or (len(cells) < len(names) and any(cells)):
            reason = f"has {len(cells)} cells, and the table {len(names)} columns"
            yield (
                Problem(
                    f"{raw.source}:{number}",
                    reason,
                    "put quotation marks around cells that hold the separator",
                ),
                number,
            )
        elif any(cells):
            yield dict(zip(names, cells, strict=True)), number


CSV = Reader((".csv", ".tsv", ".tab"), _read)
