"""`factloom build`: documents in, a folder with the graph out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factloom.commands import shared

if TYPE_CHECKING:
    from factloom.build import Build
    from factloom.ontology.records import Document


@click.command()
@shared.sources
@click.option(
    "-o",
    "--output",
    "directory",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to; made when missing.",
)
@shared.ontology
@shared.only_ontology
@shared.model
@click.option(
    "--store",
    default="memory",
    show_default=True,
    type=click.Choice(["memory", "oxigraph"]),
    help="oxigraph keeps an Oxigraph store on disk in DIR/store besides the files.",
)
@shared.base
@click.option(
    "--assert",
    "policy",
    default="stated",
    show_default=True,
    type=click.Choice(["stated", "reported", "all"]),
    help="What becomes a plain triple. Denied statements never do.",
)
@shared.workers
@shared.sparql
@shared.text_column
def build(sources: tuple[str, ...], directory: Path, **options: Any) -> None:
    """Build a graph of SOURCES: files, folders, globs, or - for standard input.

    \b
    factloom build report.txt -o out
    factloom build articles/ 'wires/*.jsonl' -o out --ontology mine.ttl
    factloom build articles/ -o out --ontology mine.ttl --only-ontology
    factloom build reports.zip mail.mbox 'papers/*.pdf' wire.csv -o out --text-column body
    """
    from factloom.build import Options, build_graph

    options["ontologies"] = tuple(options["ontologies"])
    result = build_graph(sources, directory, options=Options(**options), watch=_progress)
    _summary(result)
    if result.problems:
        raise SystemExit(1)


def _progress(documents: Iterable[Document]) -> Iterable[Document]:
    from tqdm import tqdm

    return tqdm(documents, desc="reading", unit=" documents", disable=not sys.stderr.isatty())  # type: ignore[no-any-return]


def _summary(result: Build) -> None:
    report = result.report
    status = ", ".join(f"{count} {name}" for name, count in report["by_status"].items() if count)
    click.echo(
        f"{_count(report['documents'], 'document')}, {_count(report['statements'], 'statement')}"
        f" ({status or 'none'}), {_count(report['evidence'], 'piece')} of evidence",
        err=True,
    )
    for problem in result.problems:
        click.echo(f"not read: {problem}", err=True)
    if not result.statements:
        click.echo("nothing was read from these documents; factloom reads English prose", err=True)
    click.echo(f"page:   {result.page}\nTurtle: {result.turtle}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
