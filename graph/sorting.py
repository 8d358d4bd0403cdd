"""Sorting more than memory holds: takes items with keys, gives them by key; SQLite's sorter does the work.

Keys and data are bytes, compared byte by byte, which for UTF-8 is the order of code points. The items lie
in a file without a journal that only one process uses; it is deleted at the end and may be deleted at any
time before a start.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

Item = tuple[bytes, bytes]

# Pages of memory, in KiB; beyond it SQLite sorts in files.
_MEMORY_KIB = 32_000


class Sorter:
    """A pile of items on disk that is read in order of key and data; use it in a `with` block.

    `path` is a file of its own, replaced when it exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path, isolation_level=None)
        # Nothing here outlives the process, so nothing is done to keep it through a crash.
        for setting in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_MEMORY_KIB}"):
            self._base.execute(f"PRAGMA {setting}").fetchall()
        self._base.execute("CREATE TABLE item (key BLOB NOT NULL, data BLOB NOT NULL)")

    def __enter__(self) -> Sorter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, items: Iterable[Item]) -> None:
        """Put items on the pile."""
        self._base.execute("BEGIN")
        self._base.executemany("INSERT INTO item VALUES (?, ?)", items)
        self._base.execute("COMMIT")

    def __iter__(self) -> Iterator[Item]:
        return iter(self._base.execute("SELECT key, data FROM item ORDER BY key, data"))

    def groups(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """Each key with the data of all its items, in order."""
        current: bytes | None = None
        data: list[bytes] = []
        for key, value in self:
            if key != current:
                if current is not None:
                    yield current, data
                current, data = key, []
            data.append(value)
        if current is not None:
            yield current, data

    def close(self) -> None:
        """Give the file back."""
        self._base.close()
        self._path.unlink(missing_ok=True)
