"""What a page carries so that it can answer SPARQL: the graph, the engine, prefixes and named queries.

Takes the graph in a serialisation that Oxigraph reads; gives the JSON blocks that js/engine.js unpacks when
the first question is asked. Both are compressed in base64; until then they cost their bytes and nothing else.
Of a graph too large to be carried a second time, the page makes the plain part from its own data: names,
classes and what is stated, with the questions that make sense for those.
"""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factloom.graph import vendored
from factloom.graph.vocabulary import prefixes
from factloom.ontology.namespaces import BASE

if TYPE_CHECKING:
    from factloom.graph.shelf import NamedQuery

HERE = Path(__file__).parent
ENGINE = ("oxigraph", "web.js", "web_bg.wasm")
# A compressed graph of more bytes than this is not carried, and the page says so: some 25,000 statements.
BUDGET = 4_000_000
# Bytes read at once; zlib's sign for the frame of gzip.
_PIECE, _GZIP = 1 << 20, 31

_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function) )", re.MULTILINE)
_NAMED = re.compile(r"^export \{[^}]*\};?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rdf:
    """A graph in an RDF format (bytes, or the file that has them), with the prefixes its queries may use.

    `model` says whether it holds factloom's statements; another graph gets questions of a general kind.
    """

    content: bytes | Path
    media_type: str = "text/turtle"
    prefixes: Mapping[str, str] = field(default_factory=prefixes)
    model: bool = True

    @classmethod
    def of(cls, turtle: Path) -> Rdf:
        """A graph that factloom wrote in Turtle."""
        from factloom.graph.store import file_prefixes

        return cls(turtle, prefixes=file_prefixes(turtle))

    def pieces(self) -> Iterator[bytes]:
        """The bytes of the graph, in order."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _compressed(pieces: Iterable[bytes], most: int) -> bytes | None:
    """The pieces as one gzip stream; None as soon as it has more than `most` bytes."""
    packer = zlib.compressobj(9, wbits=_GZIP)
    found = bytearray()
    for piece in pieces:
        found += packer.compress(piece)
        if len(found) > most:
            return None
    found += packer.flush()
    return bytes(found) if len(found) <= most else None


def blocks(rdf: Rdf) -> tuple[dict[str, Any], dict[str, Any]]:
    """The graph's block and the engine's; the graph's has no content where that would be too large."""
    content = _compressed(rdf.pieces(), BUDGET)
    package, script, module = ENGINE
    program = as_script(vendored.whole(package, script).decode()) + (HERE / "js" / "worker.js").read_text(
        "utf-8"
    )
    graph = {
        "media": rdf.media_type,
        "base": BASE,
        "content": None if content is None else _text(content),
        "prefixes": dict(rdf.prefixes),
        "queries": [_query(query) for query in queries(rdf, whole=content is not None).values()],
    }
    engine = {
        "program": _text(gzip.compress(program.encode(), compresslevel=9, mtime=0)),
        "wasm": _text(vendored.packed(package, module)),
    }
    return graph, engine


def as_script(module: str) -> str:
    """A module of one file as a plain script: browsers refuse modules to the threads of a local page."""
    return _NAMED.sub("", _EXPORT.sub("", module)).replace("import.meta.url", "''")


def queries(rdf: Rdf, *, whole: bool = True) -> dict[str, NamedQuery]:
    """The named queries that make sense: those of the shelf, or of `page/queries` for plain triples."""
    from factloom.graph.shelf import shelf

    return shelf() if rdf.model and whole else shelf(HERE / "queries")


def _query(query: NamedQuery) -> dict[str, Any]:
    parameters = [
        {"name": p.name, "kind": p.kind, "fallback": p.default, "about": p.about} for p in query.parameters
    ]
    return {"name": query.name, "about": query.about, "parameters": parameters, "text": query.text}


def _text(packed: bytes) -> str:
    return base64.b64encode(packed).decode()
