"""What a build keeps in DIR/cache: drafts of inputs, which inputs make the corpus, readings of documents.

One SQLite file, written in transactions, so that a process killed at any point leaves whole entries alone;
the next build goes on from there. Everything is kept under a hash of what it was made from and may be
deleted at any time. One process at a time has it open.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from factloom.corpus.packing import pack, unpack
from factloom.extract.readers.base import Draft
from factloom.ontology.errors import FactloomError, Problem, UsageError

FOLDER = "cache"
_FILE = "readings.sqlite"
_FORMAT = "1"
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS input (key TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS draft (input TEXT, n INTEGER, data BLOB NOT NULL, PRIMARY KEY (input, n));
CREATE TABLE IF NOT EXISTS member (
    n INTEGER PRIMARY KEY, name TEXT NOT NULL, source TEXT NOT NULL, path TEXT, reader TEXT NOT NULL,
    content TEXT, left_out TEXT NOT NULL, text_column TEXT);
CREATE TABLE IF NOT EXISTS reading (
    key TEXT PRIMARY KEY, met BLOB NOT NULL, statements BLOB NOT NULL, rest BLOB NOT NULL);
"""

PackedReading = tuple[bytes, bytes, bytes]


class CacheError(FactloomError):
    """A cache that can't be used: build anew with `--fresh`."""


@dataclass(frozen=True, slots=True)
class Member:
    """An input of the corpus: the id it suggests, its path as shown and in full (None is standard input),
    the name of its reader, SHA-256 of its bytes, the numbers of the drafts that were taken out, and the
    column that holds the text if one was named."""

    name: str
    source: str
    path: str | None
    reader: str
    content: str | None
    left_out: tuple[int, ...] = ()
    text_column: str | None = None


class Cache:
    """The open cache of a folder; use it in a `with` block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._base = _connect(folder / _FILE)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def clear(self) -> None:
        """Forget everything."""
        with self._base:
            for table in ("input", "draft", "member", "reading"):
                self._base.execute(f"DELETE FROM {table}")

    def note(self, name: str, value: str) -> None:
        """Keep a word about the build."""
        self.note_all({name: value})

    def note_all(self, notes: Mapping[str, str]) -> None:
        """Keep some words about the build, all or none."""
        with self._base:
            self._note(notes)

    def _note(self, notes: Mapping[str, str]) -> None:
        self._base.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", notes.items())

    def noted(self, name: str) -> str | None:
        """What was noted, if it was."""
        row = self._all("SELECT value FROM about WHERE name = ?", name)
        return str(row[0][0]) if row else None

    # --- Inputs

    def has_input(self, key: str) -> bool:
        """Whether the drafts of an input are here, all of them."""
        return bool(self._all("SELECT 1 FROM input WHERE key = ?", key))

    def keep_input(self, key: str, drafts: Iterable[Draft | Problem]) -> None:
        """Keep the drafts of an input, all or none."""
        rows = ((key, n, _squeeze(pack(draft))) for n, draft in enumerate(drafts))
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO draft VALUES (?, ?, ?)", rows)
            self._base.execute("INSERT OR REPLACE INTO input VALUES (?)", (key,))

    def drafts(self, key: str) -> Iterator[tuple[int, Draft | Problem]]:
        """The drafts of an input with their numbers."""
        query = "SELECT n, data FROM draft WHERE input = ? ORDER BY n"
        for n, data in self._rows(query, key):
            yield n, unpack(zlib.decompress(data))

    # --- The corpus

    def members(self) -> list[Member]:
        """The inputs of the graph that was written last."""
        rows = self._rows(
            "SELECT name, source, path, reader, content, left_out, text_column FROM member ORDER BY n"
        )
        return [
            Member(name, source, path, reader, content, tuple(int(n) for n in left_out.split()), column)
            for name, source, path, reader, content, left_out, column in rows
        ]

    def finish(
        self,
        members: Iterable[Member],
        inputs: Iterable[str],
        readings: Iterable[str],
        notes: Mapping[str, str],
    ) -> None:
        """The graph of these members is written: they are the corpus, and all but these keys is let go."""
        rows = (
            (n, m.name, m.source, m.path, m.reader, m.content, " ".join(map(str, m.left_out)), m.text_column)
            for n, m in enumerate(members)
        )
        with self._base:
            self._note(notes)
            self._base.execute("DELETE FROM member")
            self._base.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._keep_only("input", "key", inputs)
            self._base.execute("DELETE FROM draft WHERE input NOT IN (SELECT key FROM input)")
            self._keep_only("reading", "key", readings)

    def _keep_only(self, table: str, column: str, keys: Iterable[str]) -> None:
        self._base.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
        self._base.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
        self._base.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT key FROM kept)")
        self._base.execute("DROP TABLE kept")

    # --- Readings

    def has_reading(self, key: str) -> bool:
        """Whether a document's reading is here."""
        return bool(self._all("SELECT 1 FROM reading WHERE key = ?", key))

    def reading_keys(self) -> Iterator[str]:
        """The keys of all readings that are here."""
        return (key for (key,) in self._rows("SELECT key FROM reading"))

    def keep_readings(self, readings: Iterable[tuple[str, PackedReading]]) -> None:
        """Keep readings by their keys."""
        rows = ((key, *packed) for key, packed in readings)
        with self._base:
            self._base.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", rows)

    def part(self, key: str, part: str) -> bytes:
        """One part of a reading that is here: met, statements or rest."""
        return bytes(self._all(f"SELECT {part} FROM reading WHERE key = ?", key)[0][0])

    def _all(self, query: str, *values: Any) -> list[Any]:
        return list(self._rows(query, *values))

    def _rows(self, query: str, *values: Any) -> Iterator[Any]:
        try:
            yield from self._base.execute(query, values)
        except sqlite3.DatabaseError as error:
            raise CacheError(f"{self.folder / _FILE} is damaged ({error}); build with --fresh") from error


def is_cached(directory: Path) -> bool:
    """Whether a build has left a cache in DIR."""
    return (directory / FOLDER / _FILE).is_file()


def open_cache(directory: Path, *, fresh: bool = False) -> Cache:
    """The cache of the folder DIR, made when missing; `fresh` forgets what is in it.

    Raises `UsageError` while another process has it open or the folder can't be written, `CacheError` when
    the file is damaged; a `fresh` one replaces it.
    """
    folder = directory / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            return _fresh(folder)
        return Cache(folder)
    except OSError as error:
        raise UsageError(f"cannot make the folder {folder}: {error.strerror}") from error


def _fresh(folder: Path) -> Cache:
    try:
        cache = Cache(folder)
    except CacheError:
        for path in folder.glob(f"{_FILE}*"):
            path.unlink()
        return Cache(folder)
    cache.clear()
    return cache


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that keeps other processes out until it is closed."""
    base = sqlite3.connect(path, timeout=1.0)
    try:
        base.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        base.execute("PRAGMA journal_mode=WAL").fetchall()
        base.execute("PRAGMA synchronous=NORMAL")
        with base:
            base.executescript(f"BEGIN IMMEDIATE;{_TABLES}COMMIT;")
        _check_format(base)
    except sqlite3.DatabaseError as error:
        base.close()
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise UsageError(
                f"another process is building in {path.parent.parent}; wait for its end"
            ) from None
        raise CacheError(f"{path} can't be used ({error}); build with --fresh") from error
    return base


def _check_format(base: sqlite3.Connection) -> None:
    """An older layout is made anew: all of it can be read again."""
    with base:
        found = base.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
        if found is None:
            base.execute("INSERT INTO about VALUES ('format', ?)", (_FORMAT,))
        elif found[0] != _FORMAT:
            raise sqlite3.DatabaseError(f"its format is {found[0]}, not {_FORMAT}")


def _squeeze(data: bytes) -> bytes:
    return zlib.compress(data, level=1)
