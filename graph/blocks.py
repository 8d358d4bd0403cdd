"""Turtle of a graph that memory need not hold: parts in, one sorted file out, the same bytes as the whole.

A part (some documents, some merged statements) becomes blocks: for each subject its lines of N-Triples.
Blocks of all parts, sorted by subject with equal lines once, become Turtle piece by piece. The order is
that of `factloom.graph.rdf.in_order`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.rdf import part_of_graph, turtle
from factloom.graph.settings import Settings
from factloom.graph.sorting import Item
from factloom.ontology.records import Document, Statement

# Lines of one piece of Turtle; a subject is never cut.
_PIECE = 20_000
_TYPE_TEXT = f" <{v.TYPE}> "
_TYPE = _TYPE_TEXT.encode()


def blocks(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    settings: Settings,
    languages: Mapping[str, str],
) -> list[Item]:
    """The blocks of a part: subject in N-Triples, and its lines without their end, by line breaks.

    In a line the subject is left out and rdf:type is a space, so that it comes first. `languages` has the
    language of every document whose sentences the statements cite; English where it is missing. The
    corrections of the settings are in the part that has neither documents nor statements.
    """
    if documents or statements:
        settings = replace(settings, corrections=())
    found: dict[str, set[str]] = {}
    for triple in part_of_graph(documents, statements, settings=settings, languages=languages):
        line = str(triple)
        subject = f"{triple.subject}"
        rest = line[len(subject) :]
        if rest.startswith(_TYPE_TEXT):
            rest = "  " + rest[len(_TYPE_TEXT) :]
        found.setdefault(subject, set()).add(rest)
    return [(subject.encode(), "\n".join(sorted(lines)).encode()) for subject, lines in found.items()]


def turtle_pieces(groups: Iterable[tuple[bytes, list[bytes]]]) -> Iterator[bytes]:
    """Sorted groups of blocks as lines of N-Triples, cut between subjects."""
    lines: list[bytes] = []
    for subject, parts in groups:
        for rest in _united(parts):
            lines.append(subject + (_TYPE + rest[2:] if rest.startswith(b"  ") else rest) + b" .\n")
        if len(lines) >= _PIECE:
            yield b"".join(lines)
            lines = []
    yield b"".join(lines)


def _united(parts: list[bytes]) -> list[bytes]:
    if all(part == parts[0] for part in parts):
        return parts[0].split(b"\n")
    return sorted({line for part in parts for line in part.split(b"\n")})


def turtle_piece(lines: bytes, base: str) -> tuple[bytes, bytes]:
    """The head (prefixes) and the body of lines of N-Triples as Turtle."""
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    whole = turtle((q.triple for q in quads), base=base)
    head = len(v.prefixes(base))
    parts = whole.split(b"\n", head)
    return b"".join(line + b"\n" for line in parts[:head]), parts[head]
