"""`factloom check`: shapes and ontology, with the sentences at fault."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@shared.ontology
@click.option(
    "--shapes",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="SHACL shapes to check besides factloom's own; may be given several times.",
)
def check(graph: Path, ontologies: tuple[Path, ...], shapes: tuple[Path, ...]) -> None:
    """Check a graph against its SHACL shapes and its ontology; exit code 1 when something is at fault.

    Domain, range and functional, irreflexive, asymmetric and disjoint terms are checked on the facts; each
    finding shows its sentences and the ways out.

    \b
    factloom check out
    factloom check out --ontology mine.ttl --shapes mine-shapes.ttl
    """
    from factloom.graph.validation import check as validate
    from factloom.graph.validation import render

    findings = validate(graph, ontologies=ontologies, shapes=shapes)
    click.echo(render(findings))
    if findings:
        raise SystemExit(1)
