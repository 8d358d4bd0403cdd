"""`factloom explain`: why an edge is there, and what a sentence gave or why it gave nothing."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared
from factloom.ontology.errors import UsageError


@click.command()
@shared.graph
@click.argument("subject", required=False)
@click.argument("relation", required=False)
@click.argument("object", required=False)
@click.option(
    "--sentence",
    metavar="TEXT|DOC:OFFSET",
    help="Tell what became of the sentences with these words, or at this character of a document.",
)
def explain(
    graph: Path,
    subject: str | None,
    relation: str | None,
    object: str | None,  # noqa: A002
    sentence: str | None,
) -> None:
    """Show why the graph says something: sentence, rule, coreference, alias, ontology.

    \b
    factloom explain out "Doubao"
    factloom explain out WeChat blocks
    factloom explain out --sentence "is headquartered in"
    factloom explain out --sentence hoover-dam:120
    """
    if sentence is not None:
        if subject is not None:
            raise UsageError("--sentence takes no SUBJECT beside it; use one of them")
        _sentences(graph, sentence)
    elif subject is None:
        raise UsageError("name a SUBJECT, or a sentence by --sentence; see factloom explain --help")
    else:
        from factloom.graph.explain import explain as search
        from factloom.graph.explain import render
        from factloom.graph.rdf import read

        click.echo(render(search(read(graph)[1], subject, relation, object)))


def _sentences(graph: Path, sentence: str) -> None:
    from factloom.ledger import look_up, render

    click.echo(render(look_up(graph, sentence)))
