"""The graph as one self-contained HTML page that opens anywhere and asks the network for nothing.

Takes documents and statements; gives the page as text (`render`) or as a file (`write_page`).
What the page looks like and does is in template.html, page.css and js/; where the nodes stand is
worked out here, when the page is made.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factloom.graph.files import replacing
from factloom.ontology.records import Document, Statement

if TYPE_CHECKING:
    from factloom.graph.page.columns import Silences
    from factloom.graph.page.sparql import Rdf

__all__ = ["render", "write_page"]


def render(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    title: str = "",
    class_labels: Mapping[str, str] | None = None,
    rdf: Rdf | None = None,
    silences: Silences | None = None,
) -> str:
    """The page as HTML text. `class_labels` names classes by IRI; others are named from their IRI.

    Without a `title` the page is called after the things it is about.

    With `rdf`, the same graph as RDF, the page answers SPARQL and is some 1.9 MB larger. `silences` tells
    for each document (by id) the sentences that gave no fact: start, end (characters) and the reason.
    """
    from factloom.graph.page.assemble import render as assembled

    return assembled(
        documents, statements, title=title, class_labels=class_labels, rdf=rdf, silences=silences
    )


def write_page(
    path: str | os.PathLike[str],
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    title: str = "",
    class_labels: Mapping[str, str] | None = None,
    rdf: Rdf | None = None,
    silences: Silences | None = None,
) -> None:
    """Write the page of `statements` to `path` (UTF-8), whole or not at all; same input, same bytes.

    Raises `UsageError` when the folder of `path` does not exist or `path` is a folder.
    """
    html = render(documents, statements, title=title, class_labels=class_labels, rdf=rdf, silences=silences)
    with replacing(Path(path)) as part:
        part.write_bytes(html.encode("utf-8", errors="replace"))
