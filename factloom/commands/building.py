"""What the commands that build share: progress on a terminal, the log, and the summary at the end."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factloom.ontology.errors import UsageError

if TYPE_CHECKING:
    from factloom.build import Build

workers = click.option(
    "--workers",
    default=None,
    show_default="1, and all cores for a large corpus",
    type=click.IntRange(min=1),
    help="Processes that read.",
)
log = click.option(
    "--log",
    "log_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Append what happens to FILE, a JSON object a line.",
)


def progress(stage: str, items: Iterable[Any], total: int | None) -> Iterable[Any]:
    """A bar with rate and time left, where standard error is a terminal."""
    from tqdm import tqdm

    bar: Iterable[Any] = tqdm(
        items, desc=stage, total=total, unit=" documents", disable=not sys.stderr.isatty(), leave=False
    )
    return bar


@contextmanager
def logged(path: Path | None) -> Iterator[None]:
    """Within the block what factloom does is appended to a file. Raises `UsageError` if it can't be."""
    if path is None:
        yield
        return
    from pythonjsonlogger.json import JsonFormatter

    try:
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write the log {path}: {error.strerror}") from error
    names = {"levelname": "level", "name": "logger", "message": "event"}
    handler.setFormatter(
        JsonFormatter("{levelname}{name}{message}", style="{", rename_fields=names, timestamp="time")
    )
    logger = logging.getLogger("factloom")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
        handler.close()


def finish(result: Build) -> None:
    """Tell what was built; the exit code is 1 when something could not be read or done."""
    _summary(result)
    if result.problems:
        raise SystemExit(1)


def _summary(result: Build) -> None:
    report = result.report
    status = ", ".join(f"{count} {name}" for name, count in report["by_status"].items() if count)
    kept = report["documents"] - report["documents_read"]
    click.echo(
        f"{count_of(report['documents'], 'document')}{f' ({kept} read before)' if kept else ''}"
        f", {count_of(report['statements'], 'statement')} ({status or 'none'})"
        f", {count_of(report['evidence'], 'piece')} of evidence",
        err=True,
    )
    for problem in result.problems:
        click.echo(f"problem: {problem}", err=True)
    if not report["statements"]:
        click.echo("nothing was read from these documents; factloom reads English prose", err=True)
    click.echo(f"page:   {result.page}\nTurtle: {result.turtle}", err=True)


def count_of(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
