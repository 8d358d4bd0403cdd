"""The child of `guard`: reads inputs from standard input, answers on standard output, a line of JSON each."""

from __future__ import annotations

import io
import json
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any, BinaryIO

from factloom.extract.readers import READERS
from factloom.extract.readers.base import Part, Raw
from factloom.extract.readers.guard import to_answer
from factloom.ontology.errors import InputError


def main() -> None:
    """Serve until standard input ends. The argument is the limit of the address space in bytes."""
    _limit_memory(int(sys.argv[1]))
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers, nor reach the terminal.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    requests = sys.stdin.buffer
    while line := requests.readline():
        head = json.loads(line)
        data = requests.read(head["bytes"])
        for answer in _answers(head, data):
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()


def _answers(head: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    stream: BinaryIO = io.BytesIO(data)
    raw = Raw(head["name"], head["source"], stream, head["max_chars"], head["text_column"])
    try:
        for result in READERS[head["reader"]].read(raw):
            assert not isinstance(result, Part)
            yield to_answer(result)
    except InputError as error:
        yield to_answer(error)
    except (MemoryError, RecursionError):
        reason = "needs too much memory or is nested too deeply"
        yield to_answer(InputError(raw.source, reason, "save its text as .txt, or remove the file"))
    yield {"end": True}


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    allowed = resource.getrlimit(resource.RLIMIT_AS)[1]
    size = size if allowed == resource.RLIM_INFINITY else min(size, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
