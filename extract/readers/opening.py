"""Lets readers speak: within the guard where they need it, and into the files inside of files.

Takes an input with its reader; gives its documents and problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from factloom.extract.readers import READERS, Reader, guard, known_suffixes, reader_of_name, stem
from factloom.extract.readers.base import Draft, Part, Raw, Result
from factloom.extract.readers.cleaning import clean_line
from factloom.extract.readers.details import date_in_name
from factloom.ontology.errors import InputError, Problem

# A letter in a mailbox with an archive attached that holds a compressed file.
MAX_DEPTH = 3
# Beside documents in many folders and archives and never documents themselves: passed over in silence.
_OTHER_KINDS = """
.bmp .gif .ico .jpeg .jpg .png .svg .tif .tiff .webp .mp3 .mp4 .ogg .wav .webm .avi .mov .css .js .map .woff
.woff2 .ttf .otf .eot .py .pyc .so .lock .log .bak .tmp .swp .db .sqlite .ttl .rdf .nt .ics .vcf
.p7s .asc .xml .cdx
"""
NO_DOCUMENTS = frozenset(_OTHER_KINDS.split())


def read_input(reader: Reader, raw: Raw) -> Iterator[Draft | Problem]:
    """The documents of an input, and what could not be read of it; never nothing at all."""
    silent = True
    for result in _spoken(reader, raw, 0):
        silent = False
        yield result
    if silent:
        yield Problem(raw.source, "has no documents in it", "remove it, or look whether it is whole")


def _spoken(reader: Reader, raw: Raw, depth: int) -> Iterator[Draft | Problem]:
    try:
        for result in _results(reader, raw):
            if isinstance(result, Part):
                yield from inside(result, raw, depth + 1)
            else:
                yield result
    except InputError as error:
        yield error.problem


def _results(reader: Reader, raw: Raw) -> Iterator[Result]:
    if not reader.guarded:
        return reader.read(raw)
    name = next(name for name, known in READERS.items() if known is reader)
    return guard.read(name, raw)


def inside(part: Part, raw: Raw, depth: int) -> Iterator[Draft | Problem]:
    """The documents of a file inside an input, their ids made of both names."""
    path = clean_line(part.path.encode("utf-8", "replace").decode())
    source = clean_line(part.source.encode("utf-8", "replace").decode())
    reader = READERS[part.reader] if part.reader else reader_of_name(PurePosixPath(path).name)
    if reader is None:
        if not part.quiet and PurePosixPath(path).suffix.lower() not in NO_DOCUMENTS:
            kind = PurePosixPath(path).suffix
            yield Problem(
                source, f"files of kind {kind} are not read", f"convert it to one of {known_suffixes()}"
            )
        return
    if depth > MAX_DEPTH:
        yield Problem(
            source, f"lies in more than {MAX_DEPTH} archives or letters", "unpack the outer ones first"
        )
        return
    name = _name(part, path, raw)
    inner = replace(raw, name=name, source=source, stream=part.stream)
    for result in _spoken(reader, inner, depth):
        yield result if isinstance(result, Problem) else _placed(result, inner)


def _placed(draft: Draft, raw: Raw) -> Draft:
    """The draft with what its place in the input tells where it doesn't say so itself."""
    return replace(
        draft,
        id=draft.id or raw.name,
        source=draft.source or raw.source,
        title=draft.title or PurePosixPath(raw.name).name,
        date=draft.date or date_in_name(PurePosixPath(raw.name).name),
    )


def _name(part: Part, path: str, raw: Raw) -> str:
    if part.alone:
        return stem(raw.name)
    inner = path if part.reader else stem(path)
    return f"{raw.name}/{inner.strip('/')}" if inner.strip("/") else raw.name
