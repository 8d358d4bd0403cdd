"""The files of a build from sorted statements: in one pass lines, blocks of Turtle and the page's records.

All files are written beside their places, flushed to the disk and take their names together at the end.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from factloom import lines
from factloom.corpus.packing import unpack
from factloom.corpus.stored import packed
from factloom.graph.blocks import blocks, turtle_piece, turtle_pieces
from factloom.graph.files import replacing
from factloom.graph.merge import Agreed, unite
from factloom.graph.settings import Settings
from factloom.graph.sorting import Item
from factloom.ontology.records import Statement

# Keys of one task.
_TASK = 300


@dataclass(slots=True)
class Counts:
    """What the graph holds; `statuses` by name."""

    statements: int = 0
    evidence: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        """Add the counts of another part."""
        self.statements += other.statements
        self.evidence += other.evidence
        self.statuses.update(other.statuses)


@dataclass(slots=True)
class Part:
    """A part of the graph: its lines, its blocks of Turtle, its packed statements, its counts."""

    lines: bytes
    blocks: list[Item]
    statements: list[bytes]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Manner:
    """How parts are written: RDF settings, and the languages of documents that are not English."""

    settings: Settings
    languages: Mapping[str, str]


def tasks(groups: Iterable[tuple[bytes, list[bytes]]]) -> Iterator[list[list[bytes]]]:
    """The packed statements of some keys, in order."""
    waiting: list[list[bytes]] = []
    for _, group in groups:
        waiting.append(group)
        if len(waiting) >= _TASK:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def write_part(groups: Sequence[list[bytes]], agreed: Agreed, manner: Manner) -> Part:
    """The statements of some keys, united and in every form."""
    statements = [unite([unpack(data) for data in group], agreed) for group in groups]
    rows = (row for s in statements for row in lines.statement_rows(s))
    counts = Counts(
        len(statements), sum(len(s.evidence) for s in statements), Counter(str(s.status) for s in statements)
    )
    return Part(
        "".join(lines.line(row) + "\n" for row in rows).encode(errors="surrogatepass"),
        blocks([], statements, settings=manner.settings, languages=manner.languages),
        [packed(s) for s in statements],
        counts,
    )


def write_turtle(file: BinaryIO, groups: Iterable[tuple[bytes, list[bytes]]], *, base: str) -> None:
    """Sorted blocks as one Turtle file."""
    first = True
    for some in turtle_pieces(groups):
        head, body = turtle_piece(some, base)
        file.write(head + body if first else body)
        first = False


@contextmanager
def together(directory: Path, names: Sequence[str]) -> Iterator[dict[str, Path]]:
    """Paths to write to; what was written is flushed, and all take their names if the block ends well."""
    with ExitStack() as stack:
        parts = {name: stack.enter_context(replacing(directory / name)) for name in names}
        yield parts
        for path in parts.values():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def statements_of(groups: Iterable[tuple[bytes, list[bytes]]], agreed: Agreed) -> Iterator[Statement]:
    """The united statements in order."""
    return (unite([unpack(data) for data in group], agreed) for _, group in groups)
