"""Exports: takes documents and statements, writes them in one of many formats.

One format, one small file, one line in `EXPORTERS`. The RDF family holds the whole model; the others hold
the graph as nodes and edges, where an edge that is not stated as fact says so in its label or type. The
same facts give the same bytes. A file appears whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from factloom.graph.exporters import (
    csv_tables,
    cypher,
    gexf,
    graphml,
    jsonld,
    neo4j,
    nquads,
    ntriples,
    parquet,
    rdf12,
    rdfxml,
    trig,
    turtle,
)
from factloom.graph.exporters.base import Exporter
from factloom.graph.files import graph_file
from factloom.graph.settings import DEFAULT_SETTINGS, Settings
from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.records import Document, Statement

EXPORTERS: dict[str, Exporter] = {
    "turtle": turtle.EXPORTER,
    "trig": trig.EXPORTER,
    "ntriples": ntriples.EXPORTER,
    "nquads": nquads.EXPORTER,
    "jsonld": jsonld.EXPORTER,
    "rdfxml": rdfxml.EXPORTER,
    "rdf12": rdf12.EXPORTER,
    "graphml": graphml.EXPORTER,
    "gexf": gexf.EXPORTER,
    "csv": csv_tables.EXPORTER,
    "cypher": cypher.EXPORTER,
    "neo4j": neo4j.EXPORTER,
    "parquet": parquet.EXPORTER,
}


def export(
    documents: Sequence[Document],
    statements: Iterable[Statement],
    format: str,  # noqa: A002
    path: str | os.PathLike[str],
    *,
    settings: Settings = DEFAULT_SETTINGS,
) -> Path:
    """Write documents and statements to `path` in a format named in `EXPORTERS`; gives the path.

    `csv`, `neo4j` and `parquet` write a folder with `nodes` and `edges`; where `path` ends in `.csv` or
    `.parquet` they write the edges alone, with the labels of both ends, as one table. `settings` matter to
    the RDF family. Raises `UnknownNameError` for another format, `UsageError` where `path` can't be written
    or a library is missing.
    """
    exporter = _exporter(format)
    target = Path(path)
    try:
        exporter.write(documents, statements, target, settings)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}") from None
    return target


def export_graph(
    source: str | os.PathLike[str],
    format: str,  # noqa: A002
    path: str | os.PathLike[str] | None = None,
) -> Path:
    """Write the graph in a Turtle file, or in the folder of a build, in another format; gives the path.

    By default it goes beside the graph: `graph.nt`, `graph.graphml`, …, and the folders `csv`, `neo4j`
    and `parquet`; Turtle is there already and stays as it is. Raises as `export` and `read`, and `UsageError`
    for a graph of another origin, which has no statements to export.
    """
    from factloom.graph.rdf_read import read_contents

    exporter = _exporter(format)
    place = graph_file(source)
    default = place.with_suffix(exporter.suffix) if exporter.suffix else place.parent / format
    target = Path(path or default)
    contents = read_contents(place)
    if not contents.statements and not contents.documents:
        raise UsageError(f"{place} holds no statements of factloom's model")
    if target.exists() and target.samefile(place):
        if exporter is EXPORTERS["turtle"]:
            return target
        raise UsageError(f"cannot write {target}: it is the graph itself")
    return export(contents.documents, contents.statements, format, target, settings=contents.settings)


def _exporter(name: str) -> Exporter:
    if name not in EXPORTERS:
        raise UnknownNameError("format", name, EXPORTERS)
    return EXPORTERS[name]
