"""The program as tests call it: `main()` in this process, with its exit code and its words; no tests here."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from factloom.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


def factloom(*arguments: object, stdin: bytes = b"") -> Ran:
    """Run `factloom` with these arguments, quickly: spaCy and its model are loaded once for all runs."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    argv = ["factloom", *map(str, arguments)]
    code: object = 0
    with (
        patch.object(sys, "argv", argv),
        patch.object(sys, "stdin", given),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    assert isinstance(code, int)
    return Ran(code, out.getvalue(), err.getvalue())
