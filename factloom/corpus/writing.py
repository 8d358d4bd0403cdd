"""The files of a build from sorted statements: in one pass lines, blocks of Turtle and the page's records.

Where they are written to is left to the run.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from factloom import lines
from factloom.corpus.collector import at_rest
from factloom.corpus.packing import pack, unpack
from factloom.corpus.stored import Named, write_named
from factloom.corpus.workers import Workers
from factloom.graph.blocks import blocks, turtle_piece, turtle_pieces
from factloom.graph.merge import Agreed, unite
from factloom.graph.settings import Settings
from factloom.graph.sorting import Item

# Keys of one task.
_TASK = 300
_AGREED = ("entities.part", "relations.part")


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
    """How parts are written: the folder with what was agreed on (`keep_agreed`), RDF settings, and the
    languages of documents that are not English."""

    agreed: Path
    settings: Settings
    languages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Writing:
    """A task: the packed statements of some keys, and how they are written."""

    groups: Sequence[list[bytes]]
    manner: Manner


def tasks(groups: Iterable[tuple[bytes, list[bytes]]], manner: Manner) -> Iterator[Writing]:
    """Tasks over the packed statements of sorted keys, in order."""
    waiting: list[list[bytes]] = []
    for _, group in groups:
        waiting.append(group)
        if len(waiting) >= _TASK:
            yield Writing(waiting, manner)
            waiting = []
    if waiting:
        yield Writing(waiting, manner)


@contextmanager
def keep_agreed(folder: Path, agreed: Agreed) -> Iterator[None]:
    """Within the block, what was agreed on lies in two files of `folder`, where every process finds it."""
    _agreed.cache_clear()
    paths = [folder / name for name in _AGREED]
    try:
        for path, records in zip(paths, (agreed.entities, agreed.relations), strict=True):
            write_named(path, records.items())
        yield
    finally:
        _agreed.cache_clear()
        for path in paths:
            path.unlink(missing_ok=True)


@functools.lru_cache(maxsize=1)
def _agreed(folder: Path) -> Agreed:
    return Agreed(*(Named(folder / name) for name in _AGREED))


@at_rest()
def write_part(task: Writing) -> Part:
    """The statements of some keys, united and in every form."""
    agreed, manner = _agreed(task.manner.agreed), task.manner
    statements = [unite([unpack(data) for data in group], agreed) for group in task.groups]
    rows = (row for s in statements for row in lines.statement_rows(s))
    counts = Counts(
        len(statements), sum(len(s.evidence) for s in statements), Counter(str(s.status) for s in statements)
    )
    return Part(
        "".join(lines.line(row) + "\n" for row in rows).encode(errors="surrogatepass"),
        blocks([], statements, settings=manner.settings, languages=manner.languages),
        [pack(s) for s in statements],
        counts,
    )


def write_turtle(
    file: BinaryIO, groups: Iterable[tuple[bytes, list[bytes]]], workers: Workers, *, base: str
) -> None:
    """Sorted blocks as one Turtle file."""
    pieces = workers.map(functools.partial(turtle_piece, base=base), turtle_pieces(groups))
    for number, (head, body) in enumerate(pieces):
        file.write(body if number else head + body)
