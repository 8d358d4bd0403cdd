"""`factloom ontology`: what the reader can use of an ontology (`check`), its SHACL shapes (`shapes`), and one
proposed from documents (`new`).
"""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.group()
def ontology() -> None:
    """Check an ontology, get its SHACL shapes, or have one proposed from documents.

    \b
    factloom ontology check mine.ttl
    factloom ontology new articles/ -o mine.ttl
    """


@ontology.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--words", is_flag=True, help="Print as well how each relation is looked for in texts.")
def check(file: Path, words: bool) -> None:
    """Tell what the reader can and can't use of the ontology in FILE, a line each, and how it reads it.

    Exit code 0 also with remarks: they tell what will not be read. A file that can't be read is told in one
    line, with exit code 2.

    \b
    factloom ontology check mine.ttl
    factloom ontology check mine.ttl --words
    """
    from factloom.ontologies import checked

    for line in checked(file, words=words):
        click.echo(line)


@ontology.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@shared.turtle_file("The Turtle file to write, for factloom check --shapes or any SHACL engine.")
def shapes(files: tuple[Path, ...], output: Path) -> None:
    """Write SHACL shapes of the domains, ranges and cardinalities that the ontology in FILE declares.

    More than is allowed is a violation; the rest, which documents may leave unsaid, a warning.

    \b
    factloom ontology shapes mine.ttl -o mine-shapes.ttl
    factloom check out --ontology mine.ttl --shapes mine-shapes.ttl
    """
    from factloom.graph.files import write_whole
    from factloom.ontology.shaping import shapes_of

    text = shapes_of(files)
    write_whole(output, text.encode("utf-8"))
    click.echo(f"{output}: {text.count(' a sh:')} shapes", err=True)


@ontology.command()
@shared.sources
@shared.turtle_file("The Turtle file to write, to be edited and passed back as --ontology.")
@click.option(
    "--least",
    default=2,
    show_default=True,
    type=click.IntRange(min=1),
    help="How often a relation or kind must be met to be proposed.",
)
@shared.model
@shared.workers
def new(sources: tuple[str, ...], output: Path, least: int, model: str, workers: int) -> None:
    """Propose classes and relations from SOURCES, with counts and example sentences, as Turtle to edit.

    A source that can't be read is told, the rest is used, and the exit code is 1.

    \b
    factloom ontology new articles/ -o mine.ttl
    factloom build articles/ -o out --ontology mine.ttl
    """
    from factloom.build import Options
    from factloom.ontologies import propose

    problems: list[object] = []

    def tell(problem: object) -> None:
        problems.append(problem)
        click.echo(f"not read: {problem}", err=True)

    options = Options(model=model, workers=workers)
    counts = propose(sources, output, least=least, options=options, on_problem=tell)
    click.echo(f"{output}: {counts[0]} classes, {counts[1]} relations proposed", err=True)
    if problems:
        raise SystemExit(1)
