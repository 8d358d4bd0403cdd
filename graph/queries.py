"""SPARQL queries as text: takes a graph and a query, gives the answer as a table, CSV, JSON or Turtle.

SELECT, ASK, CONSTRUCT and DESCRIBE run natively in Oxigraph. A query only reads, and only the graph it is
given: updates, SERVICE and FROM are refused before the engine sees them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factloom.graph.files import graph_file
from factloom.graph.rdf import in_order, turtle
from factloom.graph.store import file_prefixes, load, native
from factloom.graph.text import printable
from factloom.graph.vocabulary import prefixes
from factloom.ontology.errors import QueryError, UnknownNameError
from factloom.ontology.namespaces import XSD

if TYPE_CHECKING:
    import rdflib

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: a table of terms, a graph (then `triples` is set too), or yes or no."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    triples: tuple[ox.Triple, ...] | None = None
    boolean: bool | None = None


def run(
    graph: str | os.PathLike[str] | rdflib.Graph | ox.Store,
    query_text: str,
    *,
    format: str = "table",  # noqa: A002
) -> str:
    """The answer to a SPARQL 1.1 query, as text that ends in a line break.

    `graph` is a Turtle file, the folder of a build, an rdflib graph or a pyoxigraph store. `format` is one
    of `FORMATS`: `table` (aligned columns, IRIs shortened), `csv` (SPARQL 1.1 results CSV), `json` (SPARQL
    1.1 results JSON), `turtle` (for CONSTRUCT and DESCRIBE). The usual prefixes need no PREFIX line.
    Raises `UnknownNameError` for another format, `QueryError` for a query that can't be run.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    store, names = _open(graph)
    return FORMATS[format](answer(store, query_text, names=names), names)


def answer(store: ox.Store, query_text: str, *, names: dict[str, str] | None = None) -> Answer:
    """The answer to a query as terms; `names` are the prefixes that need no declaration."""
    _refuse(query_text)
    known = prefixes() if names is None else names
    try:
        result = store.query(query_text, prefixes=known)
        return _answer(result)
    except SyntaxError as error:
        raise QueryError(_explain_syntax(str(error), query_text, known)) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {_one_line(str(error))}") from None


def _open(graph: str | os.PathLike[str] | rdflib.Graph | ox.Store) -> tuple[ox.Store, dict[str, str]]:
    if isinstance(graph, ox.Store):
        return graph, prefixes()
    if isinstance(graph, (str, os.PathLike)):
        path = graph_file(graph)
        return load(path), file_prefixes(path)
    return native(graph), {**prefixes(), **{name: str(iri) for name, iri in graph.namespaces()}}


def _answer(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Answer((), (), boolean=bool(result))
    if isinstance(result, ox.QueryTriples):
        triples = tuple(in_order(result))
        rows = tuple((t.subject, t.predicate, t.object) for t in triples)
        return Answer(("subject", "predicate", "object"), rows, triples=triples)
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(solution) for solution in result))


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


# --- How an answer is written


def _table(found: Answer, names: dict[str, str]) -> str:
    if found.boolean is not None:
        return f"{'yes' if found.boolean else 'no'}\n"
    short = _shortener(names)
    rows = [found.columns, *(tuple(short(term) for term in row) for row in found.rows)]
    widths = [max(map(len, column), default=0) for column in zip(*rows, strict=True)]
    lines = [_aligned(row, widths) for row in rows]
    rule = "  ".join("-" * width for width in widths)
    count = len(found.rows)
    return "\n".join([lines[0], rule, *lines[1:], f"({count} row{'' if count == 1 else 's'})", ""])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _shortener(names: dict[str, str]) -> Callable[[Term], str]:
    # The longest namespace first, so that st: wins over id:.
    spaces = sorted(((iri, name) for name, iri in names.items()), key=lambda pair: (-len(pair[0]), pair[1]))

    def short(term: Term) -> str:
        if isinstance(term, ox.NamedNode):
            for iri, name in spaces:
                if term.value.startswith(iri):
                    return f"{name}:{term.value[len(iri) :]}"
            return f"<{term.value}>"
        return printable(_plain(term))

    return short


def _plain(term: Term) -> str:
    """The term as SPARQL 1.1 results CSV has it: an IRI bare, a literal's text, nothing for unbound."""
    if term is None:
        return ""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    return str(term) if isinstance(term, ox.Triple) else term.value


def _csv(found: Answer, _: dict[str, str]) -> str:
    if found.boolean is not None:
        return f"{str(found.boolean).lower()}\r\n"
    out = io.StringIO()
    writer = csv.writer(out)  # RFC 4180 line ends, as the recommendation asks.
    writer.writerow(found.columns)
    writer.writerows([_plain(term) for term in row] for row in found.rows)
    return out.getvalue()


def _json(found: Answer, _: dict[str, str]) -> str:
    if found.boolean is not None:
        return json.dumps({"head": {}, "boolean": found.boolean}) + "\n"
    bindings = [
        {name: _json_term(term) for name, term in zip(found.columns, row, strict=True) if term is not None}
        for row in found.rows
    ]
    result = {"head": {"vars": list(found.columns)}, "results": {"bindings": bindings}}
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = ("subject", term.subject), ("predicate", term.predicate), ("object", term.object)
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts}}
    assert isinstance(term, ox.Literal)
    kind: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        kind["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        kind["datatype"] = term.datatype.value
    return kind


def _turtle(found: Answer, names: dict[str, str]) -> str:
    if found.triples is None:
        raise QueryError("turtle is for CONSTRUCT and DESCRIBE; SELECT and ASK need table, csv or json")
    return turtle(found.triples, base=names["id"]).decode()


# One format, one function.
FORMATS: dict[str, Callable[[Answer, dict[str, str]], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "turtle": _turtle,
}
