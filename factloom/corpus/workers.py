"""Work spread over processes: takes a function and its tasks, gives the results in the order of the tasks.

One worker means this process. Processes are started anew, not forked, so that no lock, connection or thread
is shared; they end with this one, however it ends. A script that asks for several must guard its own work
by `if __name__ == "__main__":`, as the manual of `multiprocessing` tells.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from types import TracebackType
from typing import TypeVar

from factloom.ontology.errors import FactloomError

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks ahead of the one whose result is waited for, for each worker: enough to keep all busy.
_AHEAD = 3


class WorkerError(FactloomError):
    """A process that was stopped from outside: run again, with fewer workers if memory ran out."""


class Workers:
    """Some processes, started when they are first needed; use it in a `with` block."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()

    def rest(self) -> None:
        """End the processes, which gives their memory back; more work starts them anew."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The result for each task, in order; tasks are drawn a few ahead of the results.

        Raises what `function` raises, and `WorkerError` when a process was stopped.
        """
        if self.number == 1:
            yield from map(function, tasks)
            return
        running: deque[Future[Result]] = deque()
        try:
            for task in tasks:
                running.append(self._started().submit(function, task))
                if len(running) >= _AHEAD * self.number:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool:
            raise WorkerError(
                "a worker process was stopped, perhaps for want of memory; run again to go on, "
                "with fewer --workers if it was memory"
            ) from None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.number, mp_context=context, initializer=_prepare)
        return self._pool


def _prepare() -> None:
    """In a new worker: leave Ctrl-C to the parent, and end when the parent has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
