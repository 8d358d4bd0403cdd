"""The process that holds the graph: loads it once, answers each connection by a forked copy of itself.

`python -m factloom.graph.server.keeper SOCKET GRAPH LIMITS` listens on a Unix socket. A connection brings one
line of JSON and gets one `Reply`; when its other end hangs up, its process is ended. One thread and no event
loop, so that forking is safe. It ends when its standard input does, with the server that started it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from factloom.graph.answers import FORMATS, TooManyRowsError
from factloom.graph.confined import MEGABYTE, Limits, Reply, fate, fork, in_child
from factloom.graph.queries import answer, open_native
from factloom.graph.server.negotiation import choose
from factloom.graph.shelf import bound
from factloom.ontology.errors import FactloomError

MAX_BODY = 64 * MEGABYTE
_LONGEST_REQUEST = MEGABYTE
_BACKLOG = 512


@dataclass(frozen=True, slots=True)
class Graph:
    """A loaded graph and the prefixes that its queries need not declare."""

    store: ox.Store
    names: dict[str, str]

    def reply(self, request: Mapping[str, Any]) -> Reply:
        """The answer to a request: a `query`, or the SPARQL of a named one (`name`, `values`)."""
        if "name" in request:
            text = bound(self.store, request["name"], request["values"])
            return Reply("ok", media="application/sparql-query", body=self._declared(text).encode())
        try:
            found = answer(self.store, request["query"], names=self.names, max_rows=request["rows"])
        except TooManyRowsError as error:
            return Reply("rows", str(error))
        chosen = choose(request["accept"], graph=found.triples is not None)
        if chosen is None:
            return Reply("unacceptable", "no format that the request accepts can hold this answer")
        body = FORMATS[chosen.format](found, self.names).encode()
        if len(body) > MAX_BODY:
            return Reply("rows", f"the answer is larger than {MAX_BODY // MEGABYTE} MB; narrow the query")
        return Reply("ok", media=chosen.media, body=body)

    def _declared(self, text: str) -> str:
        """A query with the prefixes that it uses, for editors that want them declared."""
        used = sorted(name for name in self.names if f"{name}:" in text)
        return "".join(f"PREFIX {name}: <{self.names[name]}>\n" for name in used) + text


class Keeper:
    """Accepts connections, forks for each, ends what nobody waits for, tells what ended a process."""

    def __init__(self, listener: socket.socket, graph: Graph, limits: Limits) -> None:
        self._listener = listener
        self._graph = graph
        self._limits = limits
        self._children: dict[int, socket.socket] = {}
        self._poll = select.poll()
        self._wake, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self._wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)

    def run(self) -> None:
        """Serve until standard input ends."""
        for descriptor in (sys.stdin.fileno(), self._listener.fileno(), self._wake):
            self._poll.register(descriptor, select.POLLIN)
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor == sys.stdin.fileno():
                    return self._end()
                self._handle(descriptor)
            self._reap()

    def _handle(self, descriptor: int) -> None:
        if descriptor == self._listener.fileno():
            self._start()
        elif descriptor == self._wake:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake, 4096)
        else:  # Its other end has hung up.
            self._poll.unregister(descriptor)
            for child, connection in self._children.items():
                if connection.fileno() == descriptor:
                    os.kill(child, signal.SIGKILL)

    def _start(self) -> None:
        connection, _ = self._listener.accept()
        child = fork()
        if child == 0:
            self._work(connection)
        self._children[child] = connection
        self._poll.register(connection, 0)  # Nothing but a hang-up.

    def _work(self, connection: socket.socket) -> None:
        """In the copy: let go of everything but this connection, and answer it."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._listener.close()
        for other in self._children.values():
            other.close()
        os.nice(5)
        in_child(lambda: self._graph.reply(_request(connection)), self._limits, connection.fileno())

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                child, status = os.waitpid(-1, os.WNOHANG)
                if child == 0:
                    return
                connection = self._children.pop(child)
                with contextlib.suppress(KeyError):
                    self._poll.unregister(connection)
                if os.WIFSIGNALED(status):
                    with contextlib.suppress(OSError):
                        connection.sendall(fate(status, self._limits).encoded())
                connection.close()

    def _end(self) -> None:
        for child in self._children:
            os.kill(child, signal.SIGKILL)


def _request(connection: socket.socket) -> dict[str, Any]:
    with connection.makefile("rb") as stream:
        read: dict[str, Any] = json.loads(stream.readline(_LONGEST_REQUEST))
    return read


def _tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(place: str, source: str, limits: str) -> int:
    """Load, listen, say so in a line of JSON on standard output, serve."""
    try:
        graph = Graph(*open_native(Path(source)))
    except FactloomError as error:
        _tell({"error": str(error)})
        return 2
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(place)
    listener.listen(_BACKLOG)
    gc.collect()
    gc.freeze()  # What is loaded stays shared between the copies.
    _tell({"triples": len(graph.store)})
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; this process ends with it.
    Keeper(listener, graph, Limits(**json.loads(limits))).run()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
