"""Tables with a text in each row: which column is what, and the document of a row.

Takes rows as dictionaries; the formats (CSV, Parquet) read them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factloom.extract.readers.base import Draft, Raw, too_long
from factloom.extract.readers.cleaning import blocks_of, clean_line
from factloom.ontology.errors import InputError
from factloom.ontology.ids import digest

# Names that columns have in practice, the likeliest first; case, spaces and underscores don't count.
_NAMES = {
    "text": "text body content fulltext articletext articlebody articlecontent article maintext story "
    "transcript message description abstract summary",
    "title": "title headline heading subject",
    "date": "date publisheddate publishedat publicationdate pubdate datepublished published created "
    "createdat timestamp time year",
    "source": "url link source sourceurl uri permalink",
    "id": "id docid documentid articleid uuid guid key",
    "language": "language lang",
}
# Prose has this many words in a cell, on the average, where a column without a telling name is taken for it.
_WORDS_OF_PROSE = 12
SAMPLE_ROWS = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that hold the text and, where there are such, the metadata."""

    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    id: str | None = None
    language: str | None = None


def columns_of(names: Sequence[str], sample: Sequence[Mapping[str, object]], raw: Raw) -> Columns:
    """Which column is what, by the option, the names and a few rows.

    Raises `InputError` when the text's column is not among them or not plain.
    """
    known = {key: _called(words.split(), names) for key, words in _NAMES.items()}
    text = raw.text_column or known["text"] or _prose(names, sample)
    listed = ", ".join(repr(n) for n in names[:20]) or "none"
    if text is None:
        remedy = f"name it: --text-column NAME, one of {listed}"
        raise InputError(raw.source, "has no column that is plainly the text", remedy)
    if text not in names:
        raise InputError(raw.source, f"has no column {text!r}", f"--text-column must be one of {listed}")
    others = {key: name for key, name in known.items() if key != "text" and name != text}
    return Columns(text, **others)


def _called(words: Sequence[str], names: Sequence[str]) -> str | None:
    return next((name for word in words for name in names if _plain(name) == word), None)


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _prose(names: Sequence[str], sample: Sequence[Mapping[str, object]]) -> str | None:
    """The only column with the length of prose, or one far longer than all others."""
    words = {
        name: sum(len(str(row.get(name) or "").split()) for row in sample) / max(len(sample), 1)
        for name in names
    }
    best = sorted(names, key=lambda name: -words[name])[:2]
    if not best or words[best[0]] < _WORDS_OF_PROSE:
        return None
    return best[0] if len(best) == 1 or words[best[0]] > 3 * words[best[1]] else None


def draft_of_row(row: Mapping[str, object], columns: Columns, number: int, raw: Raw) -> Draft | None:
    """The document of row `number` (from 1); None for a row without text."""
    place = f"{raw.source}:{number}"
    text = _cell(row, columns.text)
    if text is None:
        return None
    if len(text) > raw.max_chars:
        raise too_long(place, f"{len(text):,} characters", raw.max_chars)
    own = _cell(row, columns.id)
    return Draft(
        tuple(blocks_of(text)),
        title=_cell(row, columns.title),
        date=_cell(row, columns.date),
        # A number says nothing without the name of its table.
        id=own if own and not own.isdigit() else f"{raw.name}-{own or digest(clean_line(text))[:8]}",
        source=_cell(row, columns.source) or place,
        language=_cell(row, columns.language),
    )


def _cell(row: Mapping[str, object], name: str | None) -> str | None:
    value = row.get(name) if name is not None else None
    return None if value is None else str(value).strip() or None
