"""`factloom serve`: a graph as a local web application."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import shared


@click.command()
@shared.graph
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen on; one that other machines reach needs --token.",
)
@click.option(
    "--token",
    envvar="FACTLOOM_TOKEN",
    metavar="TEXT",
    help="What every request must bring; better given as FACTLOOM_TOKEN in the environment.",
)
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name of it besides localhost.")
@click.option(
    "--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1), help="Seconds for a query."
)
@click.option("--memory", default=512, show_default=True, type=click.IntRange(16), help="MB for a query.")
@click.option("--rows", default=100_000, show_default=True, type=click.IntRange(1), help="Rows of an answer.")
def serve(
    graph: Path,
    port: int,
    host: str,
    token: str | None,
    names: tuple[str, ...],
    timeout: float,
    memory: int,
    rows: int,
) -> None:
    """Serve a graph on this machine: the page, the documents, a SPARQL editor and endpoint. It only reads.

    \b
    factloom serve out
    factloom serve out --port 8080 --timeout 30
    curl --data-urlencode 'query=SELECT * { ?s fl:blocks ?o }' http://127.0.0.1:8000/sparql
    """
    from factloom.graph.confined import Limits
    from factloom.graph.server.app import Settings
    from factloom.graph.server.run import serve as run

    run(
        graph,
        host=host,
        port=port,
        settings=Settings(rows=rows, names=names, token=token),
        limits=Limits(seconds=timeout, megabytes=memory),
        on_ready=_ready,
    )


def _ready(address: str, triples: int) -> None:
    click.echo(f"{triples} triples at {address} (SPARQL at {address}sparql); Ctrl-C stops", err=True)
