"""`factloom statements`: the statements of documents as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from factloom.commands import shared

if TYPE_CHECKING:
    from factloom.ontology.records import Document


@click.command()
@shared.sources
@shared.ontology
@shared.only_ontology
@shared.model
@shared.base
@shared.workers
@shared.text_column
@click.option(
    "--open",
    "surface",
    is_flag=True,
    help="Surface open information extraction: the text's own words, no coreference, no ontology.",
)
def statements(sources: tuple[str, ...], surface: bool, **options: Any) -> None:
    """Print the statements of SOURCES, one JSON object a line.

    \b
    factloom statements report.txt | head -3
    echo "Intel competed with AMD." | factloom statements - --open
    """
    from factloom.build import Options
    from factloom.extract.readers.sources import read_sources
    from factloom.lines import line

    problems: list[object] = []

    def tell(problem: object) -> None:
        problems.append(problem)
        click.echo(f"not read: {problem}", err=True)

    documents = read_sources(sources, on_problem=tell, text_column=options["text_column"])
    settings = Options(**options)
    for row in _surface_rows(documents, settings) if surface else _rows(documents, settings):
        click.echo(line(row))
    if problems:
        raise SystemExit(1)


def _rows(documents: Iterable[Document], options: Any) -> Iterator[dict[str, Any]]:
    from factloom.build import read_schema, read_statements
    from factloom.lines import statement_rows

    schema = read_schema(options)
    for statement in read_statements(documents, schema, options):
        yield from statement_rows(statement)


def _surface_rows(documents: Iterable[Document], options: Any) -> Iterator[dict[str, Any]]:
    from factloom.extract.reading import surfaces
    from factloom.lines import extraction_row

    for document, sentence, extraction in surfaces(documents, model=options.model, workers=options.workers):
        yield extraction_row(document.id, sentence, extraction)
