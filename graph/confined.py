"""Work in a forked process with limits: takes a function and limits, gives its bytes or says what ended it.

The process is a copy of the caller, so a graph in memory need not be loaded again, and whatever happens in it
(no end, no memory, a parser that overflows its stack) ends it alone. The kernel enforces the limits: an
alarm for time, an address-space limit for memory. Needs `fork`, so Linux, macOS or another Unix.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from factloom.ontology.errors import FactloomError, QueryError

MEGABYTE = 1 << 20
# Seconds to hand over a finished reply before the process is ended all the same.
DELIVERY = 30


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` by the clock, `megabytes` beyond what the process has when it is forked; None: no limit."""

    seconds: float | None = None
    megabytes: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of the work: `kind` is ok, query (its own fault), rows, time, memory, crash or unacceptable.

    `message` says more where it is not ok; `media` is the media type of `body`, where that matters.
    """

    kind: str
    message: str = ""
    media: str = ""
    body: bytes = b""

    def encoded(self) -> bytes:
        """A line of JSON, then the body."""
        head = {"kind": self.kind, "message": self.message, "media": self.media, "length": len(self.body)}
        return json.dumps(head).encode() + b"\n" + self.body


def decoded(head: bytes) -> tuple[Reply, int]:
    """A reply without its body, and the body's length, from the first line."""
    read: dict[str, Any] = json.loads(head)
    return Reply(read["kind"], read["message"], read["media"]), read["length"]


Work = Callable[[], Reply]


def run_confined(work: Work, limits: Limits) -> bytes:
    """The body of the work's reply, made in a process of its own.

    Raises `QueryError` with the reply's message when it is not ok, or with what ended the process.
    """
    receive, send = os.pipe()
    child = fork()
    if child == 0:
        os.close(receive)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # The caller hears it and ends this process.
        in_child(work, limits, send)
    os.close(send)
    try:
        with os.fdopen(receive, "rb") as pipe:
            received = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    status = os.waitpid(child, 0)[1]
    head, _, body = received.partition(b"\n")
    reply = decoded(head)[0] if head and not os.WIFSIGNALED(status) else fate(status, limits)
    if reply.kind != "ok":
        raise QueryError(reply.message)
    return body


def fork() -> int:
    """`os.fork` without its warning: the copy runs the engine and writes, and waits for no other thread."""
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def in_child(work: Work, limits: Limits, out: int) -> NoReturn:
    """Do the work within the limits, write its reply to the descriptor `out`, end this process."""
    try:
        _confine(limits)
        reply = _tried(work, limits)
        # The work is done; handing it over has a time of its own, and ends without a signal.
        signal.signal(signal.SIGALRM, lambda *_: os._exit(0))
        signal.setitimer(signal.ITIMER_REAL, DELIVERY)
        _write(out, reply.encoded())
    finally:
        os._exit(0)


def _tried(work: Work, limits: Limits) -> Reply:
    try:
        return work()
    except FactloomError as error:
        return Reply("query", str(error))
    except MemoryError:
        return Reply("memory", _too_much(limits))


def _confine(limits: Limits) -> None:
    # An engine that can't get memory says so on standard error before it ends itself.
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.megabytes is not None:
        # Where a system has no such limit (macOS), time still bounds the work.
        with contextlib.suppress(ValueError, OSError):
            most = _address_space() + limits.megabytes * MEGABYTE
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if limits.seconds is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds)


def _address_space() -> int:
    """Bytes of address space in use (Linux tells them in pages)."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def _write(out: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(out, view) :]


def fate(status: int, limits: Limits) -> Reply:
    """What ended a process that left no reply, from the status that `waitpid` gave."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if number == signal.SIGALRM:
        return Reply("time", f"the query was ended: it ran longer than {limits.seconds:g} seconds")
    if number in (signal.SIGABRT, signal.SIGKILL):
        return Reply("memory", _too_much(limits))
    return Reply("crash", "the query was ended: it is nested too deeply for the engine")


def _too_much(limits: Limits) -> str:
    most = f"more than {limits.megabytes} MB of memory" if limits.megabytes else "more memory than there is"
    return f"the query was ended: it needed {most}"
