"""`factloom build`: documents in, a folder with the graph out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from factloom.commands import building, shared
from factloom.ontology.errors import UsageError


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
    metavar="NAME|URL",
    help="oxigraph keeps a store on disk in DIR/store besides the files; an https address of SPARQL Update "
    "or of the Graph Store Protocol gets the graph as well.",
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
@click.option(
    "--corrections",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Corrections besides the corrections.yaml of each source folder (docs/corrections.md).",
)
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A slice of Wikidata (JSON lines) or a SKOS vocabulary in which entities are looked up.",
)
@click.option("--fresh", is_flag=True, help="Read everything anew, whatever earlier builds have read.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Build of the first N documents alone."
)
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="Build of N documents, always the same ones."
)
@click.option("--dry-run", is_flag=True, help="Only list what would be read; write nothing.")
@building.workers
@click.option(
    "--engine",
    default="local",
    show_default=True,
    type=click.Choice(["local", "spark"]),
    help="spark reads on an Apache Spark cluster (docs/scale.md); the files are the same.",
)
@click.option(
    "--master",
    metavar="URL",
    help="The Spark master: local[2], spark://host:7077, yarn, …",
)
@shared.sparql
@shared.text_column
@building.log
def build(
    sources: tuple[str, ...], directory: Path, dry_run: bool, log_file: Path | None, **options: Any
) -> None:
    """Build a graph of SOURCES: files, folders, globs, or - for standard input.

    Into the same DIR again, documents that have not changed are not read again, and a build that was
    stopped goes on where it was.

    \b
    factloom build report.txt -o out
    factloom build articles/ 'wires/*.jsonl' -o out --ontology mine.ttl
    factloom build articles/ -o out --ontology mine.ttl --only-ontology
    factloom build reports.zip mail.mbox 'papers/*.pdf' wire.csv -o out --text-column body
    factloom build articles/ -o trial --sample 20
    factloom build articles/ -o out --link wikidata-slice.jsonl.gz --link thesaurus.ttl
    factloom build articles/ -o out --engine spark --master spark://host:7077
    """
    from factloom.build import Options, build_graph

    for name in ("ontologies", "corrections", "links"):
        options[name] = tuple(options[name])
    if options["limit"] and options["sample"]:
        raise UsageError("--limit and --sample are two ways to take a part; use one")
    with building.logged(log_file):
        if dry_run:
            _list(sources, directory, Options(**options))
        else:
            built = build_graph(sources, directory, options=Options(**options), watch=building.progress)
            building.finish(built)


def _list(sources: tuple[str, ...], directory: Path, options: Any) -> None:
    """Print the documents, each with whether it would be read."""
    from factloom.build import plan_build

    planned = plan_build(sources, directory, options=options)
    for document in planned.documents:
        click.echo(f"{'kept' if document.kept else 'read'}  {document.id}  {document.source}")
    todo = sum(not d.kept for d in planned.documents)
    words = sum(d.words for d in planned.documents if not d.kept)
    click.echo(
        f"{todo} of {building.count_of(len(planned.documents), 'document')} to read, {words} words", err=True
    )
    for problem in planned.problems:
        click.echo(f"problem: {problem}", err=True)
    if planned.problems:
        raise SystemExit(1)
