"""Plain text: paragraphs parted by blank lines, hard-wrapped or not."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.cleaning import blocks_of, clean_line, lines_of

_LONGEST_TITLE = 120


def _read(raw: Raw) -> Iterator[Draft]:
    text = raw.text(book=True)
    yield Draft(tuple(blocks_of(text)), title=_title(text))


def _title(text: str) -> str | None:
    """The first line if it stands alone like a heading: short, no stop at its end, a blank line or a
    rule below it, and more text to follow."""
    lines = lines_of(text.strip())
    first = clean_line(lines[0])
    if len(lines) < 3 or len(first) > _LONGEST_TITLE or not first or first[-1] in ".!?:;,":
        return None
    below = lines[1].strip()
    return first if not below.strip("=-~*") else None


TEXT = Reader((".txt", ".text", ""), _read)
