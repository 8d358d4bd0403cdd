"""Parts of a graph as lines of N-Quads, for bulk loaders: no order, no prefixes, each line by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factloom.graph.rdf import part_of_graph
from factloom.graph.settings import Settings
from factloom.ontology.records import Document, Statement


def quad_lines(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    settings: Settings,
    languages: Mapping[str, str],
) -> Iterator[str]:
    """The lines of some documents and merged statements, each once, without line ends.

    `languages` has the languages of the documents that the statements cite, English where it is missing.
    """
    graph = part_of_graph(documents, statements, settings=settings, languages=languages)
    return (f"{line} ." for line in sorted({str(triple) for triple in graph}))
