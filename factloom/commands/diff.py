"""`factloom diff`: what changed between two builds, and why."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("first", metavar="DIR_A", type=click.Path(path_type=Path))
@click.argument("second", metavar="DIR_B", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="One of text, json, patch (RDF Patch).",
)
def diff(first: Path, second: Path, form: str) -> None:
    """Show what changed from one build to another, and why; flips of status first.

    \b
    factloom diff out-monday out-tuesday
    """
    from factloom.graph.diff import render_diff

    click.echo(render_diff(first, second, format=form), nl=False)
