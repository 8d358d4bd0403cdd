"""What a page is made of, whatever stands for the graph: a build, a file, an rdflib graph.

Takes one of them; gives the arguments of `factloom.graph.page.render`. `show` puts the page into a notebook.
"""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from factloom.ontology.errors import UsageError

if TYPE_CHECKING:
    import rdflib

    from factloom.build import Build
    from factloom.graph.page.columns import Silences
    from factloom.graph.page.sparql import Rdf
    from factloom.ontology.records import Document, Statement

# What a frame of a page needs: scripts, saved files, and nothing of the notebook around it.
_SANDBOX = "allow-scripts allow-downloads allow-modals"


class Parts(TypedDict):
    """The arguments of `render` and `write_page`."""

    documents: Sequence[Document]
    statements: Sequence[Statement]
    title: str
    class_labels: dict[str, str]
    rdf: Rdf | None
    silences: Silences


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that a notebook displays in a frame of `height` pixels; `page` is its HTML."""

    page: str = field(repr=False)
    height: int

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can neither read nor change the notebook."""
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="{_SANDBOX}" allow="clipboard-write"'
            f' title="Knowledge graph" style="width:100%;height:{self.height}px;border:1px solid #8884">'
            "</iframe>"
        )


def show(
    graph: rdflib.Graph | Build | str | os.PathLike[str],
    *,
    title: str | None = None,
    height: int = 640,
    sparql: bool = False,
) -> Shown:
    """The interactive page of a graph, for the last line of a notebook's cell.

    `graph` is an rdflib graph of any origin, what `build_graph` gave, the folder of a build, or a file of
    RDF. `height` is in pixels (≥ 200). With `sparql` the page answers queries; each output is some 1.9 MB
    larger then. Raises `UsageError` for something else or a missing file, `InputError` for a file that is
    no RDF.
    """
    from factloom.graph.page import render

    if height < 200:
        raise UsageError(f"a height of {height} pixels is too small for a page; 200 or more")
    parts = page_of(graph, sparql=sparql)
    if title is not None:
        parts["title"] = title
    return Shown(render(**parts), height)


def page_of(
    graph: rdflib.Graph | Build | str | os.PathLike[str],
    *,
    ontologies: Sequence[Path] = (),
    sparql: bool = True,
) -> Parts:
    """The parts of a graph's page; `ontologies` name its classes. Raises as `show` does."""
    from factloom.build import Build, class_labels
    from factloom.corpus.run import GRAPH
    from factloom.graph.files import graph_file, settle
    from factloom.ontology.schema import load_schema

    labels = class_labels(load_schema(*ontologies))
    if isinstance(graph, (str, os.PathLike)) and Path(graph).is_dir():
        settle(Path(graph))
    if isinstance(graph, (str, os.PathLike)) and (Path(graph) / GRAPH).is_file():
        graph = Build(Path(graph), ())
    if isinstance(graph, Build):
        return _of_build(graph, labels, sparql=sparql)
    if isinstance(graph, (str, os.PathLike)):
        return _of_file(graph_file(graph), labels, sparql=sparql)
    return _of_rdflib(graph, labels, sparql=sparql)


def _of_build(build: Build, labels: dict[str, str], *, sparql: bool) -> Parts:
    """With the documents' texts and the reasons of silent sentences, where the folder still has them."""
    from factloom.build import LEDGER, page_title
    from factloom.graph.page.sparql import Rdf
    from factloom.ledger import silences_in

    if not build.statements:
        return _of_file(build.turtle, labels, sparql=sparql)
    return Parts(
        documents=build.documents,
        statements=build.statements,
        title=page_title(build.documents),
        class_labels=labels,
        rdf=Rdf.of(build.turtle) if sparql else None,
        silences=silences_in(build.directory / LEDGER),
    )


def _of_file(path: Path, labels: dict[str, str], *, sparql: bool) -> Parts:
    from factloom.build import page_title
    from factloom.graph.page.sparql import Rdf
    from factloom.graph.rdf import read

    documents, found = read(path) if path.suffix == ".ttl" else ((), ())
    if not found:
        return _foreign(path, path.stem, labels, sparql=sparql)
    return Parts(
        documents=documents,
        statements=found,
        title=page_title(documents),
        class_labels=labels,
        rdf=Rdf.of(path) if sparql else None,
        silences={},
    )


def _of_rdflib(graph: Any, labels: dict[str, str], *, sparql: bool) -> Parts:
    from rdflib import Graph

    from factloom.build import page_title
    from factloom.graph.page.sparql import Rdf
    from factloom.graph.rdf import read

    if not isinstance(graph, Graph):
        raise UsageError(f"can't show {type(graph).__name__}; an rdflib graph, a build or a path is needed")
    documents, found = read(graph)
    if not found:
        return _foreign(graph, "Graph", labels, sparql=sparql)
    names = {name: str(iri) for name, iri in graph.namespaces()}
    content = graph.serialize(format="nt", encoding="utf-8") if sparql else b""
    rdf = Rdf(content, "application/n-triples", names) if sparql else None
    return Parts(
        documents=documents,
        statements=found,
        title=page_title(documents),
        class_labels=labels,
        rdf=rdf,
        silences={},
    )


def _foreign(source: Any, title: str, labels: dict[str, str], *, sparql: bool) -> Parts:
    from factloom.graph.page.foreign import read_foreign

    found = read_foreign(source, labels=labels)
    if not found.statements:
        raise UsageError(f"{source if isinstance(source, Path) else 'the graph'} holds no triple to draw")
    return Parts(
        documents=(),
        statements=found.statements,
        title=title,
        class_labels=dict(found.class_labels),
        rdf=found.rdf if sparql else None,
        silences={},
    )
