"""Readers: files of several formats to `Document`s. A new format is one small file and one line here."""

from __future__ import annotations

from pathlib import PurePosixPath

from factloom.extract.readers.archives import COMPRESSED, TAR, ZIP
from factloom.extract.readers.base import Draft, Part, Raw, Reader
from factloom.extract.readers.delimited import CSV
from factloom.extract.readers.docx import DOCX
from factloom.extract.readers.epub import EPUB
from factloom.extract.readers.html import HTML
from factloom.extract.readers.jsonl import JSONL
from factloom.extract.readers.mail import MAIL
from factloom.extract.readers.markdown import MARKDOWN
from factloom.extract.readers.mbox import MBOX
from factloom.extract.readers.mhtml import MHTML
from factloom.extract.readers.odt import ODT
from factloom.extract.readers.parquet import PARQUET
from factloom.extract.readers.pdf import PDF
from factloom.extract.readers.rtf import RTF
from factloom.extract.readers.text import TEXT
from factloom.extract.readers.warc import WACZ, WARC
from factloom.extract.readers.wikipedia import WIKIPEDIA

READERS: dict[str, Reader] = {
    "compressed": COMPRESSED,
    "csv": CSV,
    "docx": DOCX,
    "epub": EPUB,
    "html": HTML,
    "jsonl": JSONL,
    "mail": MAIL,
    "markdown": MARKDOWN,
    "mbox": MBOX,
    "mhtml": MHTML,
    "odt": ODT,
    "parquet": PARQUET,
    "pdf": PDF,
    "rtf": RTF,
    "tar": TAR,
    "text": TEXT,
    "wacz": WACZ,
    "warc": WARC,
    "wikipedia": WIKIPEDIA,
    "zip": ZIP,
}

__all__ = [
    "READERS",
    "Draft",
    "Part",
    "Raw",
    "Reader",
    "known_suffixes",
    "reader_of_name",
    "reader_of_suffix",
    "stem",
    "suffixes",
]


def reader_of_suffix(suffix: str) -> Reader | None:
    """The reader that claims a file suffix (with its dot, any case; "" for none), or None."""
    return next((r for r in READERS.values() if suffix.lower() in r.suffixes), None)


def reader_of_name(name: str) -> Reader | None:
    """The reader of a file of this name (without folders): by the whole name, then by its suffix, or None."""
    named = next((r for r in READERS.values() if r.names is not None and r.names.fullmatch(name)), None)
    return named or reader_of_suffix(_suffix(name))


def stem(path: str) -> str:
    """The path without the suffix that tells its reader."""
    suffix = _suffix(PurePosixPath(path).name)
    return path[: len(path) - len(suffix)] if suffix else path


def _suffix(name: str) -> str:
    """The longest claimed suffix (".tar.gz"), or else what is behind the last dot."""
    two = "".join(PurePosixPath(name).suffixes[-2:])
    return two if reader_of_suffix(two) and two else PurePosixPath(name).suffix


def suffixes() -> list[str]:
    """Every suffix that is read, sorted."""
    return sorted(s for r in READERS.values() for s in r.suffixes if s)


def known_suffixes() -> str:
    """Every suffix that is read, in words."""
    return ", ".join(suffixes())
