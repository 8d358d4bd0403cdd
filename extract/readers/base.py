"""What a reader is: bytes of one format in, drafts of documents out.

A reader sees one opened input (`Raw`) and yields a `Draft` for each document in it, or a `Problem` for
a part that could not be read; for an input that is lost as a whole it raises `InputError`. Cleaning of
characters, limits on the text, ids, dates and the language are the same for all formats and left to
`sources`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from factloom.extract.readers.encoding import decode
from factloom.ontology.errors import InputError, Problem

# UTF-8 needs at most four bytes for a character, so more bytes than this can't fit the limit.
BYTES_PER_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class Raw:
    """One opened input: `name` is the id it suggests, `source` the path for messages and evidence,
    `stream` stands at its first byte, `max_chars` (≥ 1) is the longest document allowed."""

    name: str
    source: str
    stream: BinaryIO
    max_chars: int

    def read(self) -> bytes:
        """All bytes. Raises `InputError` beyond four bytes for each character allowed."""
        limit = self.max_chars * BYTES_PER_CHARACTER
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise too_long(self.source, f"more than {limit:,} bytes", self.max_chars)
        return data

    def text(self) -> str:
        """All characters. Raises `InputError` for what is no Unicode text, empty or too long."""
        text = decode(self.read(), self.source)
        if len(text) > self.max_chars:
            raise too_long(self.source, f"{len(text):,} characters", self.max_chars)
        return text


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as its format tells it: blocks of text in reading order (a paragraph, a heading, a
    list item or a table cell each), and what metadata there is. `date` is as written. `locators` tell
    where pages or chapters begin: number of the block, character in it, name ("page 3")."""

    blocks: tuple[str, ...]
    title: str | None = None
    date: str | None = None
    id: str | None = None
    source: str | None = None
    language: str | None = None
    locators: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: the file suffixes it claims (lower case, with the dot; "" is a file without one), and
    the function that reads an input of this format."""

    suffixes: tuple[str, ...]
    read: Callable[[Raw], Iterator[Draft | Problem]]


def too_long(source: str, size: str, max_chars: int) -> InputError:
    """The error for an input or record beyond the limit."""
    remedy = f"split it at the ends of chapters or paragraphs into files of at most {max_chars:,} characters"
    return InputError(source, f"{size}, and a document may have {max_chars:,} characters", remedy)
