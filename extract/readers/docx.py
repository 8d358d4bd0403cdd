"""Word documents by python-docx: paragraphs, lists and tables in their order; core properties."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.package import Package

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

_TITLES = ("Title", "Heading 1")


def _read(raw: Raw) -> Iterator[Draft]:
    # Imported here: most builds read no Word document.
    import docx

    data = raw.read_binary()
    package = Package(Raw(raw.name, raw.source, io.BytesIO(data), raw.max_chars), "Word document")
    for name in package.names():
        if name.endswith((".xml", ".rels")):
            package.xml(name)  # Refuses what is damaged, too large or encrypted before python-docx sees it.
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, AttributeError, IndexError) as error:
        raise package.broken(f"lacks a part ({error})") from error
    properties = document.core_properties
    yield Draft(
        tuple(_blocks(document)),
        title=properties.title or _heading(document),
        made=properties.created.date().isoformat() if properties.created else None,
        language=properties.language or None,
    )


def _blocks(parent: WordDocument | _Cell) -> Iterator[str]:
    """Paragraphs and the cells of tables; a forced line break parts blocks."""
    from docx.table import Table

    for item in parent.iter_inner_content():
        if isinstance(item, Table):
            yield from _cells(item)
        else:
            yield from item.text.split("\n")


def _cells(table: Table) -> Iterator[str]:
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:  # Merged cells come once for each place that they fill.
                seen.add(cell._tc)
                yield from _blocks(cell)


def _heading(document: WordDocument) -> str | None:
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name in _TITLES and paragraph.text.strip():
            return paragraph.text
    return None


DOCX = Reader((".docx", ".docm"), _read, guarded=True)
