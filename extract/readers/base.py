"""What a reader is: bytes of one format in, drafts of documents out.

A reader sees one opened input (`Raw`) and yields a `Draft` for each document in it, a `Part` for each
file inside of it (a member of an archive, an attachment, a saved page), or a `Problem` for a part that
could not be read; for an input that is lost as a whole it raises `InputError`. Cleaning of characters,
limits on the text, ids, dates and the language are the same for all formats and left to `sources`;
readers that are `guarded` run in a process of their own (`guard`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from factloom.extract.readers.encoding import decode
from factloom.ontology.errors import InputError, Problem

# UTF-8 needs at most four bytes for a character, so more bytes than this can't fit the limit.
BYTES_PER_CHARACTER = 4
# Files with pictures and fonts in them say little about the length of their text.
MAX_BINARY_BYTES = 256 << 20
# A book may be so many times as long as a document, and is read in parts.
BOOK = 10


@dataclass(frozen=True, slots=True)
class Raw:
    """One opened input: `name` is the id it suggests, `source` the path for messages and evidence,
    `stream` stands at its first byte, `max_chars` (≥ 1) is the longest document allowed, `text_column`
    the column of a table that holds the text (None: the reader finds it)."""

    name: str
    source: str
    stream: BinaryIO
    max_chars: int
    text_column: str | None = None

    @property
    def max_book(self) -> int:
        """The characters allowed for a book, which is read in parts."""
        return self.max_chars * BOOK

    def read(self) -> bytes:
        """All bytes. Raises `InputError` beyond four bytes for each character allowed."""
        return self._read(self.max_chars)

    def _read(self, most: int) -> bytes:
        limit = most * BYTES_PER_CHARACTER
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise too_long(self.source, f"more than {limit:,} bytes", most)
        return data

    def read_binary(self) -> bytes:
        """All bytes of a file that is no plain text. Raises `InputError` when empty or beyond 256 MiB."""
        data = self.stream.read(MAX_BINARY_BYTES + 1)
        if len(data) > MAX_BINARY_BYTES:
            raise InputError(
                self.source,
                f"has more than {MAX_BINARY_BYTES >> 20} MiB",
                "split it, or save its text as .txt",
            )
        if not data.strip(b"\xef\xbb\xbf \t\r\n"):
            raise InputError(self.source, "is empty", "save the document again, or remove the file")
        return data

    def text(self, *, book: bool = False) -> str:
        """All characters. Raises `InputError` for what is no Unicode text, empty or too long, also for a
        `book`."""
        most = self.max_book if book else self.max_chars
        text = decode(self._read(most), self.source)
        if len(text) > most:
            raise too_long(self.source, f"{len(text):,} characters", most)
        return text


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as its format tells it: blocks of text in reading order (a paragraph, a heading, a
    list item or a table cell each), and what metadata there is. `date` is as written; `made` is the day
    on which the file was made, which counts only when nothing better is known. `locators` tell where
    pages or chapters begin: number of the block, character in it, name ("page 3")."""

    blocks: tuple[str, ...]
    title: str | None = None
    date: str | None = None
    id: str | None = None
    source: str | None = None
    language: str | None = None
    made: str | None = None
    locators: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A file inside an input: its `path` there (its suffix tells the format unless `reader` names one),
    where it is in words for messages and evidence, and its bytes, read before the next part is asked for.
    `quiet` parts of an unknown kind are passed over without a word; a part that is `alone` in its input
    bears the input's name."""

    path: str
    source: str
    stream: BinaryIO
    reader: str | None = None
    quiet: bool = False
    alone: bool = False


Result = Draft | Part | Problem


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the file suffixes it claims (lower case, with the dot; "" is a file without one), the
    function that reads an input of this format, whether that runs `guarded` in a process of its own, and
    a pattern of whole file names that are this format whatever their suffix."""

    suffixes: tuple[str, ...]
    read: Callable[[Raw], Iterator[Result]]
    guarded: bool = False
    names: re.Pattern[str] | None = None


def too_long(source: str, size: str, max_chars: int) -> InputError:
    """The error for an input or record beyond the limit."""
    remedy = f"split it at the ends of chapters or paragraphs into files of at most {max_chars:,} characters"
    return InputError(source, f"{size}, and a document may have {max_chars:,} characters", remedy)


def missing_extra(source: str, library: str, extra: str) -> InputError:
    """The error for a format whose library is not installed."""
    return InputError(source, f"needs {library}, which is not installed", f"pip install 'factloom[{extra}]'")
