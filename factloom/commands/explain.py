"""`factloom explain`: why an edge is there."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@click.argument("subject")
@click.argument("relation", required=False)
@click.argument("object", required=False)
def explain(graph: Path, subject: str, relation: str | None, object: str | None) -> None:  # noqa: A002
    """Show why the graph says something: sentence, rule, coreference, alias, ontology.

    \b
    factloom explain out "Doubao"
    factloom explain out WeChat blocks
    """
    from factloom.graph.explain import explain as search
    from factloom.graph.explain import render
    from factloom.graph.rdf import read

    click.echo(render(search(read(graph)[1], subject, relation, object)))
