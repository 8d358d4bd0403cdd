"""The reading of a build spread over a Spark cluster; everything else stays on the machine that asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from factloom.ontology.errors import FactloomError
from factloom.spark.session import session

Task = TypeVar("Task")
Result = TypeVar("Result")

# Tasks of one wave for each core: enough that a slow one at the end costs little, few enough for memory.
_WAVE = 24


class SparkWorkers:
    """Executors in the place of `corpus.workers.Workers`: the results come in the order of the tasks."""

    def __init__(self, master: str) -> None:
        self._context = session(master).sparkContext
        self._context.setLogLevel("ERROR")

    def map(self, function: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """The result for each task, in order. A task of an executor that is lost is done by another one.

        Raises `FactloomError` when a task fails again and again.
        """
        from py4j.protocol import Py4JError

        rest = iter(tasks)
        size = _WAVE * int(self._context.defaultParallelism)
        while wave := list(islice(rest, size)):
            try:
                yield from self._context.parallelize(wave, len(wave)).map(function).collect()
            except Py4JError as error:
                reason = str(error).strip().splitlines()
                said = next((line for line in reason if "Error" in line or "Exception" in line), reason[0])
                raise FactloomError(f"Spark gave up: {said.strip()[:300]}") from error
