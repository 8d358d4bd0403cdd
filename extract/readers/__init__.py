"""Readers: files of several formats to `Document`s. A new format is one small file and one line here."""

from __future__ import annotations

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.html import HTML
from factloom.extract.readers.jsonl import JSONL
from factloom.extract.readers.markdown import MARKDOWN
from factloom.extract.readers.text import TEXT

READERS: dict[str, Reader] = {
    "html": HTML,
    "jsonl": JSONL,
    "markdown": MARKDOWN,
    "text": TEXT,
}

__all__ = ["READERS", "Draft", "Raw", "Reader", "reader_of_suffix", "suffixes"]


def reader_of_suffix(suffix: str) -> Reader | None:
    """The reader that claims a file suffix (with its dot, any case; "" for none), or None."""
    return next((r for r in READERS.values() if suffix.lower() in r.suffixes), None)


def suffixes() -> list[str]:
    """Every suffix that is read, sorted."""
    return sorted(s for r in READERS.values() for s in r.suffixes if s)
