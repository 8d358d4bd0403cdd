"""`factloom page`: the interactive page of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared
from factloom.ontology.errors import UsageError


@click.command()
@shared.graph
@click.option(
    "-o",
    "--output",
    metavar="FILE.html",
    type=click.Path(path_type=Path),
    help="Where to write; by default beside the graph.",
)
@shared.ontology
@shared.sparql
def page(graph: Path, output: Path | None, ontologies: tuple[Path, ...], sparql: bool) -> None:
    """Write the interactive page of a graph again, and print where.

    \b
    factloom page out -o shared.html
    """
    from factloom.build import carried, class_labels, page_title
    from factloom.graph.files import graph_file
    from factloom.graph.page import write_page
    from factloom.graph.rdf import read
    from factloom.ontology.schema import load_schema

    source = graph_file(graph)
    documents, found = read(source)
    if not found:
        raise UsageError(f"{source} holds no statements of factloom's model")
    target = output or source.with_suffix(".html")
    labels = class_labels(load_schema(*ontologies))
    rdf = carried(source) if sparql else None
    write_page(target, documents, found, title=page_title(documents), class_labels=labels, rdf=rdf)
    click.echo(target)
