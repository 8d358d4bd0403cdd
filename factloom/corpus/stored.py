"""Records that lie on disk: sequences, read in order as often as wanted, and records by name.

The files have no journal and nothing outlives its run: they may be deleted before a start.
"""

from __future__ import annotations

import functools
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar, overload

from factloom.corpus.packing import pack, unpack

R = TypeVar("R")


class Stored(Sequence[R], Generic[R]):
    """Records on disk with a text beside each, its tag; use it in a `with` block.

    `path` is a file of its own, replaced when it exists. `squeeze` compresses each record, which pays for
    texts.
    """

    def __init__(self, path: Path, *, squeeze: bool = False) -> None:
        self._path = path
        self._squeeze = squeeze
        self._base = _new_file(path)
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
        """Append packed records, each behind its tag."""

        def numbered() -> Iterator[tuple[int, str, bytes]]:
            for tag, data in items:
                yield self._length, tag, zlib.compress(data, level=1) if self._squeeze else data
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
            yield tag, self._unpacked(data)

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
        return self._unpacked(row[0])

    def _unpacked(self, data: bytes) -> R:
        found: R = unpack(zlib.decompress(data) if self._squeeze else data)
        return found


def _new_file(path: Path) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000"):
        base.execute(f"PRAGMA {setting}").fetchall()
    return base


def write_named(path: Path, records: Iterable[tuple[str, object]]) -> None:
    """Write records, each under a name of its own, for `Named` to read; `path` is replaced."""
    base = _new_file(path)
    try:
        base.execute("CREATE TABLE item (name BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        base.execute("BEGIN")
        base.executemany("INSERT INTO item VALUES (?, ?)", ((_key(name), pack(r)) for name, r in records))
        base.execute("COMMIT")
    finally:
        base.close()


def _key(name: str) -> bytes:
    return name.encode(errors="surrogatepass")


# Records by name that stay in memory when they were used last.
_AT_HAND = 20_000


class Named(Mapping[str, R], Generic[R]):
    """The records of a file that `write_named` wrote, for any number of processes to read at once."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        self._get = functools.lru_cache(_AT_HAND)(self._read)

    def __getitem__(self, name: str) -> R:
        return self._get(name)

    def _read(self, name: str) -> R:
        row = self._base.execute("SELECT data FROM item WHERE name = ?", (_key(name),)).fetchone()
        if row is None:
            raise KeyError(name)
        found: R = unpack(row[0])
        return found

    def __iter__(self) -> Iterator[str]:
        rows = self._base.execute("SELECT name FROM item ORDER BY name")
        return (name.decode(errors="surrogatepass") for (name,) in rows)

    def __len__(self) -> int:
        return int(self._base.execute("SELECT count(*) FROM item").fetchone()[0])
