"""The reading of a build spread over a Spark cluster; everything else stays on the machine that asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from factloom.ontology.errors import FactloomError
from factloom.spark.session import session

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks of one wave for each core, few enough for memory, and waves on their way: while the last tasks of one
# are done and its results are kept, no core waits.
_WAVE, _WAVES = 12, 2


class SparkWorkers:
    """Executors in the place of `corpus.workers.Workers`: the results come in the order of the tasks."""

    def __init__(self, master: str) -> None:
        self._context = session(master).sparkContext
        self._context.setLogLevel("ERROR")

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The result for each task, in order. A task of an executor that is lost is done by another one.

        Raises `FactloomError` when a task fails again and again.
        """
        rest = iter(tasks)
        size = _WAVE * int(self._context.defaultParallelism)
        running: deque[Future[list[Result]]] = deque()
        with ThreadPoolExecutor(_WAVES) as pool:
            while wave := list(islice(rest, size)):
                running.append(pool.submit(self._done, function, wave))
                if len(running) >= _WAVES:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()

    def _done(self, function: Callable[[Task], Result], wave: Sequence[Task]) -> list[Result]:
        from py4j.protocol import Py4JError

        try:
            found: list[Result] = self._context.parallelize(wave, len(wave)).map(function).collect()
        except Py4JError as error:
            reason = str(error).strip().splitlines()
            said = next((line for line in reason if "Error" in line or "Exception" in line), reason[0])
            raise FactloomError(f"Spark gave up: {said.strip()[:300]}") from error
        return found
