"""Which format an answer is written in: takes an Accept header, gives the best format for a table or a graph.

Quality values as RFC 9110 (12.5.1) has them. Without a header, or for `*/*`, JSON and Turtle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type, and the format in `factloom.graph.answers` that it means."""

    media: str
    format: str


_UTF8 = "; charset=utf-8"
# The first is the default.
TABLES = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv" + _UTF8, "csv"),
    Offer("text/tab-separated-values" + _UTF8, "tsv"),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
    Offer("text/plain" + _UTF8, "table"),
)
GRAPHS = (
    Offer("text/turtle" + _UTF8, "turtle"),
    Offer("application/n-triples" + _UTF8, "ntriples"),
    Offer("application/rdf+xml", "rdfxml"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/json", "jsonld"),
    Offer("application/xml", "rdfxml"),
    Offer("text/plain" + _UTF8, "ntriples"),
)


def choose(accept: str | None, *, graph: bool) -> Offer | None:
    """The offer that an Accept header likes best, earlier ones first among equals; None for none at all."""
    offers = GRAPHS if graph else TABLES
    wanted = _ranges(accept or "*/*")
    best = max(offers, key=lambda offer: _quality(offer.media, wanted))  # max keeps the first of equals.
    return best if _quality(best.media, wanted) > 0 else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    """Media ranges and their qualities, 0 to 1; a range that can't be read counts as absent."""
    found = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        given = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found.append((name, min(max(float(given), 0.0), 1.0)))
        except ValueError:
            continue
    return found


def _quality(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """By the most specific range that names the type."""
    kind = media.partition(";")[0]
    for name in (kind, kind.partition("/")[0] + "/*", "*/*"):
        matching = [quality for wish, quality in wanted if wish == name]
        if matching:
            return max(matching)
    return 0.0


def prefers_html(accept: str | None) -> bool:
    """Whether the header asks for a page in so many words, as a browser does."""
    return any(name == "text/html" and quality > 0 for name, quality in _ranges(accept or ""))
