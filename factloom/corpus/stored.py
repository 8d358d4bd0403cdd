"""Sequences of records that lie on disk: appended once, read in order as often as wanted.

The file has no journal and is its process's alone; it is deleted at the end, and may be before a start.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar, overload

from factloom.corpus.packing import pack, unpack

R = TypeVar("R")


class Stored(Sequence[R], Generic[R]):
    """Records on disk with a text beside each, its tag; use it in a `with` block.

    `path` is a file of its own, replaced when it exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000"):
            self._base.execute(f"PRAGMA {setting}").fetchall()
        self._base.execute("CREATE TABLE item (n INTEGER PRIMARY KEY, tag TEXT NOT NULL, data BLOB NOT NULL)")
        self._length = 0

    def __enter__(self) -> Stored[R]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()
        self._path.unlink(missing_ok=True)

    def extend(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Append records that `packed` made, each behind its tag."""

        def numbered() -> Iterator[tuple[int, str, bytes]]:
            for tag, data in items:
                yield self._length, tag, data
                self._length += 1

        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO item VALUES (?, ?, ?)", numbered())
        self._base.execute("COMMIT")

    def tags(self) -> Iterator[str]:
        """The tags in order."""
        return (tag for (tag,) in self._base.execute("SELECT tag FROM item ORDER BY n"))

    def items(self) -> Iterator[tuple[str, R]]:
        """Tags and records in order."""
        for tag, data in self._base.execute("SELECT tag, data FROM item ORDER BY n"):
            yield tag, _unpacked(data)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[R]:
        return (record for _, record in self.items())

    @overload
    def __getitem__(self, place: int) -> R: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[R]: ...
    def __getitem__(self, place: int | slice) -> R | Sequence[R]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(self._length))]
        n = place + self._length if place < 0 else place
        row = self._base.execute("SELECT data FROM item WHERE n = ?", (n,)).fetchone()
        if row is None:
            raise IndexError(place)
        found: R = _unpacked(row[0])
        return found


def packed(record: object) -> bytes:
    """A record as `Stored` keeps it."""
    return zlib.compress(pack(record), level=1)


def _unpacked(data: bytes) -> Any:
    return unpack(zlib.decompress(data))
