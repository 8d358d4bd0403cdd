"""SPARQL queries: takes a graph and a query, gives the answer in a format of `factloom.graph.answers`.

SELECT, ASK, CONSTRUCT and DESCRIBE run natively in Oxigraph. A query only reads, and only the graph it is
given: updates, SERVICE and FROM are refused before the engine sees them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factloom.graph.answers import FORMATS, Answer, collect
from factloom.graph.files import graph_file
from factloom.graph.store import file_prefixes, load, native
from factloom.graph.vocabulary import prefixes
from factloom.ontology.errors import QueryError, UnknownNameError

if TYPE_CHECKING:
    import rdflib


def run(
    graph: str | os.PathLike[str] | rdflib.Graph | ox.Store,
    query_text: str,
    *,
    format: str = "table",  # noqa: A002
    names: dict[str, str] | None = None,
) -> str:
    """The answer to a SPARQL 1.1 query, as text that ends in a line break.

    `graph` is a Turtle file, the folder of a build, an rdflib graph or a pyoxigraph store. `format` is one
    of `FORMATS`: `table` (aligned columns, IRIs shortened), `csv`, `tsv`, `json`, `xml` (SPARQL 1.1 results);
    for CONSTRUCT and DESCRIBE also `turtle`, `ntriples`, `rdfxml`, `jsonld`. The usual prefixes need no
    PREFIX line; `names` are others than the graph's own. Raises `UnknownNameError` for another format,
    `QueryError` for a query that can't be run.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    store, known = open_native(graph)
    return FORMATS[format](answer(store, query_text, names=names or known), names or known)


def answer(
    store: ox.Store,
    query_text: str,
    *,
    names: dict[str, str] | None = None,
    max_rows: int | None = None,
    base: str | None = None,
) -> Answer:
    """The answer to a query as terms; `names` are the prefixes that need no declaration.

    `base` is what relative IRIs in the query are relative to; without it there must be none. Raises
    `QueryError` for a query that can't be run or whose answer has more than `max_rows` rows.
    """
    _refuse(query_text)
    known = prefixes() if names is None else names
    try:
        result = store.query(query_text, prefixes=known, base_iri=base)
        return collect(result, max_rows=max_rows)
    except SyntaxError as error:
        raise QueryError(_explain_syntax(str(error), query_text, known)) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {_one_line(str(error))}") from None


def open_native(
    graph: str | os.PathLike[str] | rdflib.Graph | ox.Store,
) -> tuple[ox.Store, dict[str, str]]:
    """The engine's store behind a graph, and the prefixes that its queries need not declare."""
    if isinstance(graph, ox.Store):
        return graph, prefixes()
    if isinstance(graph, (str, os.PathLike)):
        path = graph_file(graph)
        return load(path), file_prefixes(path)
    return native(graph), {**prefixes(), **{name: str(iri) for name, iri in graph.namespaces()}}


# --- What is refused

# The tokens of SPARQL in which a word is no keyword, then words. An IRI is tried before "<" as an operator.
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<comment>\#[^\r\n]*)
      | (?P<string>'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''|\"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
                  |'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*")
      | (?P<name>[?$]\w+|@[A-Za-z-]+|(?:_:|(?:[^\W\d_][\w.·-]*)?:)(?:[\w:.·-]|%[0-9A-Fa-f]{2}|\\.)*)
      | (?P<word>[^\W\d_]\w*)
      | (?P<open>[({\[]) | (?P<close>[)}\]]) | (?P<sign>[!^+-])""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_REFUSED = {
    "SERVICE": "SERVICE is refused: a query reads only its own graph, never the network",
    "FROM": "FROM is refused: a query reads only its own graph, never files or addresses",
}
MAX_DEPTH = 200
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def _refuse(text: str) -> None:
    """Raise `QueryError` for what a reading query must not say.

    SPARQL lets any character be written as \\uXXXX, keywords included; both readings are looked at.
    """
    for reading in {text, _ESCAPED.sub(_unescape, text)}:
        for match in _TOKEN.finditer(reading):
            if match["word"] and match["word"].upper() in _REFUSED:
                raise QueryError(_REFUSED[match["word"].upper()])
        _refuse_depth(reading)
        opening = _opening(reading)
        if opening and opening[0] in _UPDATES:
            raise QueryError(
                f"{opening[0]} is refused: a query only reads (SELECT, ASK, CONSTRUCT, DESCRIBE)"
            )


def _refuse_depth(text: str) -> None:
    """The engine's parser calls itself for each bracket and sign, and some thousands end the process."""
    depth = signs = 0
    for match in _TOKEN.finditer(text):
        depth += bool(match["open"]) - bool(match["close"])
        signs = signs + 1 if match["sign"] else 0
        if max(depth, signs) > MAX_DEPTH:
            raise QueryError(f"nesting deeper than {MAX_DEPTH} is refused")


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_DECLARED = re.compile(r"PREFIX\s+([^\s:]*):", re.IGNORECASE)


_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


def _explain_syntax(message: str, text: str, names: dict[str, str]) -> str:
    """One line with the place, and what a person can do about it.

    The engine's own "expected …" is one alternative of many, mostly a wrong lead, and is left out.
    """
    opening = _opening(text)
    if opening is None or opening[0] not in _FORMS:
        place = _place(text, opening[1] if opening else len(text))
        return f"{place}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    found = _PLACE.match(message)
    if not found:
        return f"syntax error: {_one_line(message)}"
    lines = text.splitlines(keepends=True)
    place = _place(text, sum(map(len, lines[: int(found[1]) - 1])) + int(found[2]) - 1)
    unknown = _undeclared(text, names)
    if unknown:
        return f"{place}: the prefix {unknown}: is not declared"
    return place if found[3].startswith("expected") else f"{place}: {_one_line(found[3])}"


def _place(text: str, offset: int) -> str:
    """Line and column, both from 1, of a character, and the words there."""
    before = text[:offset]
    line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    here = _one_line(text[offset:])[:20]
    return f"syntax error in line {line}, column {column}, " + (f"at {here!r}" if here else "at the end")


def _opening(text: str) -> tuple[str, int] | None:
    """The first word that is no prologue, in capitals, and its offset."""
    words = ((match["word"].upper(), match.start()) for match in _TOKEN.finditer(text) if match["word"])
    return next((word for word in words if word[0] not in ("PREFIX", "BASE")), None)


def _undeclared(text: str, names: dict[str, str]) -> str | None:
    used = (match["name"] for match in _TOKEN.finditer(text) if match["name"])
    prefixed = [name.split(":", 1)[0] for name in used if ":" in name and name[0] not in "?$@_"]
    known = {*names, *_DECLARED.findall(text)}
    return next((prefix for prefix in prefixed if prefix not in known), None)


def _one_line(message: str) -> str:
    text = " ".join(message.split())
    return text if len(text) <= 120 else text[:117] + "..."
