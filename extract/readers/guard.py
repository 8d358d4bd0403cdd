"""Runs readers in a process of their own, within limits of time and memory.

Parsers of rich formats can hang, crash or fill the memory on files made by accident or in bad faith. One
child reads file after file; when it dies or takes too long the file is named, and the next file gets a
new child. Takes a reader's name and an input; gives what the reader yields, but no `Part`.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from factloom.extract.readers.base import Draft, Raw
from factloom.ontology.errors import InputError, Problem

# Seconds for one document, and bytes of address space for the child.
SECONDS = 120.0
MEMORY = 4 << 30
COMMAND = (sys.executable, "-m", "factloom.extract.readers.guarded")
_REMEDY = "open it in the program that made it and save it again, or save its text as .txt"

_idle: list[_Child] = []


def read(reader: str, raw: Raw) -> Iterator[Draft | Problem]:
    """What the reader of this name makes of `raw`, read in the child.

    Raises `InputError` for what the reader refuses, and for an input that takes more than `SECONDS` for a
    document, more than `MEMORY` bytes, or ends the child.
    """
    data = raw.read_binary()
    try:
        child = _idle.pop()
    except IndexError:
        child = _Child()
    done, refusal = False, None
    try:
        for answer in child.answers(reader, raw, data):
            if "end" in answer:
                done = True
            elif "error" in answer:
                refusal = InputError(**answer["error"])
            else:
                yield _result(answer)
    finally:
        if done:
            _idle.append(child)
        else:
            child.close()
    if refusal is not None:
        raise refusal


def _result(answer: dict[str, Any]) -> Draft | Problem:
    if "problem" in answer:
        return Problem(**answer["problem"])
    fields = answer["draft"]
    locators = tuple((block, offset, name) for block, offset, name in fields.pop("locators"))
    return Draft(tuple(fields.pop("blocks")), locators=locators, **fields)


def to_answer(result: Draft | Problem | InputError) -> dict[str, Any]:
    """What a reader yields or raises, as `_result` takes it."""
    if isinstance(result, InputError):
        return {"error": asdict(result.problem)}
    return {"draft" if isinstance(result, Draft) else "problem": asdict(result)}


class _Child:
    """The process and the pipes to it; a message is a line of JSON, an input's bytes follow its line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [*COMMAND, str(MEMORY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._late = False

    def answers(self, reader: str, raw: Raw, data: bytes) -> Iterator[dict[str, Any]]:
        """Answer after answer, the last of them with "end" or an error raised."""
        head = {
            "reader": reader,
            "name": raw.name,
            "source": raw.source,
            "max_chars": raw.max_chars,
            "text_column": raw.text_column,
            "bytes": len(data),
        }
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(head).encode() + b"\n")
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except OSError as error:
            raise self._lost(raw.source) from error
        while True:
            answer = self._answer(raw.source)
            yield answer
            if "end" in answer:
                return

    def _answer(self, source: str) -> dict[str, Any]:
        assert self._process.stdout is not None
        watch = threading.Timer(SECONDS, self._give_up)
        watch.daemon = True
        watch.start()
        try:
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            raise self._lost(source)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _give_up(self) -> None:
        self._late = True
        self._process.kill()

    def _lost(self, source: str) -> InputError:
        if self._late:
            return InputError(source, f"takes more than {SECONDS:.0f} seconds to read", _REMEDY)
        return InputError(source, "breaks the program that reads this format", _REMEDY)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.communicate()


@atexit.register
def close() -> None:
    """End the children that wait for work."""
    while _idle:
        _idle.pop().close()
