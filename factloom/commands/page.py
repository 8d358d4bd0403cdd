"""`factloom page`: the interactive page of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


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
    """Write the interactive page of a graph, and print where.

    The graph may be one that others made, in any RDF format; its page has no sentences to show.

    \b
    factloom page out -o shared.html
    factloom page catalogue.jsonld --no-sparql
    """
    from factloom.graph.files import graph_file
    from factloom.graph.page import write_page
    from factloom.paging import page_of

    target = output or graph_file(graph).with_suffix(".html")
    write_page(target, **page_of(graph, ontologies=ontologies, sparql=sparql))
    click.echo(target)
