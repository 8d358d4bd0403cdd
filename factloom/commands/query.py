"""`factloom query`: SPARQL, or a query from the shelf."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from factloom.commands import shared
from factloom.ontology.errors import UsageError

QUERY_FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "rdfxml", "jsonld")


@click.command()
@shared.graph
@click.argument("query", metavar="QUERY|FILE.rq|NAME", required=False)
@click.option(
    "--format",
    "form",
    default="table",
    show_default=True,
    metavar="FORMAT",
    help=f"One of {', '.join(QUERY_FORMATS)}.",
)
@click.option("--list", "listed", is_flag=True, help="Show the named queries and their parameters.")
@click.option(
    "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of a named query; repeatable."
)
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Seconds until the query is ended; 0 for no limit.",
)
def query(
    graph: Path, query: str | None, form: str, listed: bool, given: tuple[str, ...], timeout: float
) -> None:
    """Ask a graph a SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE), or a named one.

    The prefixes fl, id, rdf, rdfs, xsd, skos, prov, nif, dcterms and schema are known.

    \b
    factloom query out 'SELECT ?who ?what { ?who fl:blocks ?what }'
    factloom query out contested.rq --format csv
    factloom query out --list
    factloom query out about --param entity="Doubao"
    """
    from factloom.graph.shelf import render_shelf

    if listed:
        click.echo(render_shelf())
    elif query is None:
        raise UsageError("give a query, or the name of one; --list shows the named ones")
    elif given and not query.isidentifier():
        raise UsageError("--param is for named queries; --list shows them")
    else:
        click.echo(_answer(graph, query, form, _parameters(given), timeout).decode(), nl=False)


def _answer(graph: Path, query: str, form: str, values: dict[str, str], timeout: float) -> bytes:
    """The answer, made in a process of its own, which can be stopped while the engine is at work."""
    from factloom.graph.confined import Limits, Reply, run_confined
    from factloom.graph.queries import open_native, run
    from factloom.graph.shelf import ask

    text = _query_file(Path(query)) if query.endswith(".rq") else query
    store, names = open_native(graph)

    def work() -> Reply:
        if query.isidentifier():
            answer = ask(store, query, values, format=form)
        else:
            answer = run(store, text, format=form, names=names)
        return Reply("ok", body=answer.encode())

    return run_confined(work, Limits(seconds=timeout or None))


def _parameters(given: Iterable[str]) -> dict[str, str]:
    for text in given:
        if "=" not in text:
            raise UsageError(f"--param {text!r} is not NAME=VALUE")
    return {name: value for name, _, value in (text.partition("=") for text in given)}


def _query_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"no such query file: {path}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None
