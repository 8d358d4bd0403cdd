"""`factloom check`: shapes and ontology, with the sentences at fault."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@shared.ontology
def check(graph: Path, ontologies: tuple[Path, ...]) -> None:
    """Check a graph against its SHACL shapes and its ontology; exit code 1 when something is at fault.

    \b
    factloom check out
    """
    from factloom.graph.validation import check as validate
    from factloom.graph.validation import render

    findings = validate(graph, ontologies=ontologies)
    click.echo(render(findings))
    if findings:
        raise SystemExit(1)
