"""`factloom export`: the graph in another format."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@click.argument("format", metavar="FORMAT")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to write; by default beside the graph.",
)
def export(graph: Path, format: str, output: Path | None) -> None:  # noqa: A002
    """Write the graph in another FORMAT, and print where.

    turtle trig ntriples nquads jsonld rdfxml rdf12 graphml gexf csv cypher neo4j parquet

    \b
    factloom export out graphml -o graph.graphml
    factloom export out csv                        nodes and edges in out/csv/
    """
    from factloom.graph.exporters import export_graph

    click.echo(export_graph(graph, format, output))
