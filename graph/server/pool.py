"""Questions to the process that holds the graph: takes requests, gives replies, a few at a time.

The graph is loaded anew when its file has changed, and the process started anew when it has ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from factloom.graph.confined import Limits, Reply, decoded
from factloom.graph.files import graph_file
from factloom.ontology.errors import FactloomError, UsageError

# Bytes of one piece of an answer, and of the longest head of a reply.
CHUNK = 1 << 16


class BusyError(FactloomError):
    """Too many questions at once: the client asks again later."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A reply whose body comes in pieces of at most `CHUNK` bytes, `length` in all."""

    reply: Reply
    length: int
    body: AsyncIterator[bytes]


@dataclass(slots=True)
class _Keeper:
    process: asyncio.subprocess.Process
    socket: Path
    stamp: tuple[int, ...]
    triples: int


class Pool:
    """At most `workers` questions at a time; the others wait up to `patience` seconds for their turn."""

    def __init__(self, source: Path, limits: Limits, *, workers: int = 8, patience: float = 30.0) -> None:
        self.source = graph_file(source)
        self._limits = limits
        self._turns = asyncio.Semaphore(workers)
        self._patience = patience
        self._keeper: _Keeper | None = None
        self._starting = asyncio.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="factloom-")  # Readable for this user alone.
        self._started = 0

    async def start(self) -> int:
        """Load the graph; gives the number of its triples. Raises what loading raises."""
        return (await self._current()).triples

    async def close(self) -> None:
        """End the process that holds the graph, and what it runs."""
        if self._keeper is not None:
            await _end(self._keeper)
        self._folder.cleanup()

    @asynccontextmanager
    async def ask(self, request: Mapping[str, Any]) -> AsyncIterator[Answering]:
        """The answer to a request; leaving the block early ends the work. Raises `BusyError`."""
        try:
            await asyncio.wait_for(self._turns.acquire(), self._patience)
        except TimeoutError:
            raise BusyError("the server is busy; ask again later") from None
        try:
            keeper = await self._current()
            async with _connection(keeper.socket) as (reader, writer):
                writer.write(json.dumps(dict(request), ensure_ascii=False).encode() + b"\n")
                head = b""
                with contextlib.suppress(ConnectionError):  # As when its other end was killed.
                    head = await reader.readline()
                if not head:
                    raise BusyError("the query was ended with the process that held the graph; ask again")
                reply, length = decoded(head)
                yield Answering(reply, length, _pieces(reader))
        finally:
            self._turns.release()

    async def _current(self) -> _Keeper:
        async with self._starting:
            stamp = _stamp(self.source)
            kept = self._keeper
            if kept is not None and kept.process.returncode is None and stamp in (kept.stamp, ()):
                return kept
            # The new one is loaded first: while it fails, as on a file half copied, the old one answers.
            try:
                self._keeper = await self._start(stamp)
            except FactloomError:
                if kept is None or kept.process.returncode is not None:
                    raise
                kept.stamp = stamp
                return kept
            if kept is not None:
                await _end(kept)
            return self._keeper

    async def _start(self, stamp: tuple[int, ...]) -> _Keeper:
        self._started += 1
        place = Path(self._folder.name) / f"{self._started}"
        module = "factloom.graph.server.keeper"
        command = [
            sys.executable,
            "-m",
            module,
            str(place),
            str(self.source),
            json.dumps(asdict(self._limits)),
        ]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
        assert process.stdout is not None
        line = await process.stdout.readline()
        told: dict[str, Any] = json.loads(line) if line else {"error": "the graph could not be loaded"}
        if "error" in told:
            await process.wait()
            raise UsageError(told["error"])
        return _Keeper(process, place, stamp, told["triples"])


@asynccontextmanager
async def _connection(place: Path) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a keeper, closed at the end. Raises `BusyError` where it has just ended."""
    try:
        reader, writer = await asyncio.open_unix_connection(place, limit=CHUNK)
    except OSError:
        raise BusyError("the process that holds the graph is being started again; ask again") from None
    try:
        yield reader, writer
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _end(keeper: _Keeper) -> None:
    assert keeper.process.stdin is not None
    keeper.process.stdin.close()
    try:
        await asyncio.wait_for(keeper.process.wait(), 5)
    except TimeoutError:
        keeper.process.kill()
        await keeper.process.wait()


async def _pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while piece := await reader.read(CHUNK):
        yield piece


def _stamp(path: Path) -> tuple[int, ...]:
    """What changes when the file does; nothing while the file is away."""
    try:
        known = path.stat()
    except OSError:
        return ()
    return known.st_mtime_ns, known.st_size, known.st_ino
