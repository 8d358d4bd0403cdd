"""`read_sources`: the documents behind files, folders, globs and standard input, one after another.

Opens each input, lets its reader speak, and does what all formats share: clean blocks, limits, unique
ids, date, language. What can't be read goes to `on_problem`, and the rest goes on. At most one
document is held in memory.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from factloom.extract.readers.base import Draft, Raw, too_long
from factloom.extract.readers.cleaning import clean_line
from factloom.extract.readers.details import date_in_name, iso_date, language_of
from factloom.extract.readers.files import Found, find_files
from factloom.extract.readers.opening import read_input
from factloom.extract.readers.parts import in_parts
from factloom.ontology.errors import InputError, Problem
from factloom.ontology.ids import digest
from factloom.ontology.records import Document, Locator

OnProblem = Callable[[Problem], None]

MAX_CHARS = 2_000_000
# Prose has an end of a sentence every few hundred characters; a long block without one is data.
_LONG_BLOCK = 200_000
_LONGEST_SENTENCE = 20_000
_LONGEST_TITLE = 300
_BETWEEN = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…。！？][\"')\]”’»]*(?:\s|$)")


def read_sources(
    sources: Sequence[str],
    *,
    on_problem: OnProblem,
    max_chars: int = MAX_CHARS,
    text_column: str | None = None,
) -> Iterator[Document]:
    """The documents of files, folders (with all below), globs and "-" (standard input, plain text).

    The order depends on the names alone, and so do the ids: the path below the named folder without its
    suffix, or the record's own id; where two coincide a hash of the content is added. `text` is blocks
    (paragraphs, headings, list items, table cells) parted by one blank line, each on one line without
    control characters. `date` comes from the metadata or the file's name. `language` is "en", "und"
    or what the document says of itself; a document in another language is a problem. `max_chars` (≥ 1)
    limits a document's characters; `text_column` names the column of a table that holds the text.

    Raises `UsageError` at once when none of the sources exists; all else that can't be read is given to
    `on_problem` with its remedy, in the order of reading.
    """
    inputs = find_files(sources, on_problem=on_problem)

    def read(item: Found) -> Iterator[Draft | Problem]:
        return drafts(item, max_chars, text_column=text_column)

    return documents(inputs, read, on_problem=on_problem, max_chars=max_chars)


def documents(
    inputs: Sequence[Found],
    read: Callable[[Found], Iterable[Draft | Problem]],
    *,
    on_problem: OnProblem,
    max_chars: int = MAX_CHARS,
) -> Iterator[Document]:
    """The documents of inputs whose names are unique, as `read_sources` tells; `read` gives the drafts of
    an input, by `drafts` or from a place where they were kept."""
    taken = dict.fromkeys((item.name for item in inputs), "")
    for item in inputs:
        for draft in read(item):
            if isinstance(draft, Problem):
                on_problem(draft)
                continue
            try:
                text = _text(draft, item, max_chars)
                language = _language(draft, item, text)
                name = _unique_id(draft, item, text, taken)
            except InputError as error:
                on_problem(error.problem)
            else:
                yield _document(draft, item, name, text, language, on_problem)


def drafts(
    item: Found, max_chars: int = MAX_CHARS, *, text_column: str | None = None
) -> Iterator[Draft | Problem]:
    """What the reader makes of an input, with the problems it met; books that are too long for a document
    in parts. One is held in memory."""
    try:
        with _opened(item.path) as stream:
            raw = Raw(item.name, item.source, stream, max_chars, text_column)
            for found in read_input(item.reader, raw):
                yield from in_parts(found, item.name, max_chars) if isinstance(found, Draft) else (found,)
    except OSError as error:
        reason = f"can't be opened ({error.strerror or error})"
        yield Problem(item.source, reason, "check that it exists and may be read")


def _opened(path: Path | None) -> BinaryIO | nullcontext[BinaryIO]:
    return path.open("rb") if path else nullcontext(sys.stdin.buffer)


def _text(draft: Draft, item: Found, max_chars: int) -> str:
    """The text kept. Raises `InputError` when there is none, too much of it, or no sentences in it."""
    source = clean_line(draft.source or "") or item.source
    blocks = [line for line in map(clean_line, draft.blocks) if line]
    text = _BETWEEN.join(blocks)
    if not text:
        raise InputError(source, "has no text in it", "write the document's text into it, or remove it")
    if len(text) > max_chars:
        raise too_long(source, f"{len(text):,} characters", max_chars)
    for block in blocks:
        if len(block) > _LONG_BLOCK and _longest_sentence(block) > _LONGEST_SENTENCE:
            raise InputError(
                source,
                f"has a line of {len(block):,} characters without the ends of sentences",
                "split it into lines and paragraphs, or remove the file if it holds data",
            )
    return text


def _longest_sentence(block: str) -> int:
    """Characters between two ends of sentences, at most."""
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(block)), len(block)]
    return max(b - a for a, b in pairwise(ends))


def _unique_id(draft: Draft, item: Found, text: str, taken: dict[str, str]) -> str:
    """The document's id, added to `taken` (id to hash of the record; files have "").

    Raises `InputError` for a record that is there already.
    """
    own = clean_line(draft.id or "")
    if not own:
        return item.name
    content = digest(clean_line(draft.title or ""), text)[:8]
    name = own if own not in taken else f"{own}-{content}"
    if content == taken.get(own) or name in taken:
        raise InputError(item.source, f"has the record {own!r} twice", "remove one of them")
    taken[name] = content
    return name


def _language(draft: Draft, item: Found, text: str) -> str:
    """The language. Raises `InputError` for a document that is plainly in another one than English."""
    declared = clean_line(draft.language or "")
    found = language_of(text, declared)
    if found.partition("-")[0].lower() not in ("en", "und"):
        source = clean_line(draft.source or "") or item.source
        reason = f"is in another language ({found}), and English is read"
        raise InputError(source, reason, "translate it, or leave it out")
    return declared if declared.lower().startswith("en") else found


def _document(
    draft: Draft, item: Found, name: str, text: str, language: str, on_problem: OnProblem
) -> Document:
    """The finished record; a date that is no date is a problem and left out."""
    source = clean_line(draft.source or "") or item.source
    date = iso_date(draft.date) if draft.date else date_in_name(item.name) or iso_date(draft.made or "")
    if draft.date and not date:
        reason = f"has a date that is not ISO 8601, {clean_line(draft.date)[:40]!r}, and is read without it"
        on_problem(Problem(source, reason, "write it as YYYY-MM-DD"))
    title = clean_line(draft.title or "")[:_LONGEST_TITLE] or PurePosixPath(item.name).name
    return Document(name, text, title, source, language, date, tuple(_locators(draft)))


def _locators(draft: Draft) -> Iterator[Locator]:
    """The beginnings of pages or chapters as characters of the cleaned text."""
    if not draft.locators:
        return
    starts, start = [], 0
    for block in draft.blocks:
        starts.append(start)
        line = clean_line(block)
        start += len(line) + len(_BETWEEN) if line else 0
    for number, offset, name in draft.locators:
        # The character after the cleaned words before it; "x" keeps the space that would be stripped.
        before = len(clean_line(draft.blocks[number][:offset] + "x")) - 1
        yield Locator(starts[number] + before, name)
