"""The program as tests call it: `main()` in this process, with its exit code and its words; no tests here."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
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


def taught(place: Path, ontology: str, rows: Iterable[Mapping[str, object]]) -> Path:
    """The folder that `factloom learn` makes in `place` of an ontology in Turtle and rows of examples."""
    (place / "ontology.ttl").write_text(ontology, encoding="utf-8")
    (place / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    files = ("--ontology", place / "ontology.ttl", "--examples", place / "rows.jsonl")
    ran = factloom("learn", *files, "-o", place / "learnt")
    assert ran.code == 0, ran.err
    return place / "learnt"


def read_by(ontology: Path, text: str) -> list[dict[str, Any]]:
    """The statements of a text in the terms of this ontology, or folder of what was learnt, and no others."""
    ran = factloom("statements", "-", "--ontology", ontology, "--only-ontology", stdin=text.encode())
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]
