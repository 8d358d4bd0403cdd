"""`factloom infer`: what follows from a graph by its ontology, in a file of its own."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@shared.turtle_file("The file for the inferred triples; the graph itself stays as it is.")
@shared.ontology
@click.option(
    "--domain-range",
    "ends",
    is_flag=True,
    help="Let domain and range tell the classes of subjects and objects as well.",
)
def infer(graph: Path, output: Path, ontologies: tuple[Path, ...], ends: bool) -> None:
    """Write the triples that follow from the graph: inverse, symmetric, transitive, sub-relation, subclass.

    \b
    factloom infer out -o out/inferred.ttl
    factloom infer out -o inferred.ttl --ontology mine.ttl --domain-range
    """
    from factloom.graph.inference import infer as inferred
    from factloom.graph.inference import write_inferred

    triples = inferred(graph, ontologies=ontologies, domain_and_range=ends)
    write_inferred(output, triples)
    click.echo(f"{output}: {len(triples)} inferred triple{'' if len(triples) == 1 else 's'}", err=True)
