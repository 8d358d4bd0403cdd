"""What a query found, and how it is written: takes the engine's results, gives terms, then text.

A table for people; CSV, TSV, JSON and XML as SPARQL 1.1 has them; Turtle, N-Triples, RDF/XML and JSON-LD for
CONSTRUCT and DESCRIBE.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from factloom.graph.rdf import for_rdf_xml, in_order, serialize, turtle
from factloom.graph.text import for_xml, printable
from factloom.ontology.errors import QueryError
from factloom.ontology.namespaces import XSD

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: a table of terms, a graph (then `triples` is set too), or yes or no."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    triples: tuple[ox.Triple, ...] | None = None
    boolean: bool | None = None


class TooManyRowsError(QueryError):
    """More rows or triples than allowed: the user narrows the query or adds LIMIT."""


def collect(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, *, max_rows: int | None = None
) -> Answer:
    """All of a result; raises `TooManyRowsError` beyond `max_rows`."""
    if isinstance(result, ox.QueryBoolean):
        return Answer((), (), boolean=bool(result))
    if isinstance(result, ox.QueryTriples):
        triples = tuple(in_order(_at_most(result, max_rows)))
        rows = tuple((t.subject, t.predicate, t.object) for t in triples)
        return Answer(("subject", "predicate", "object"), rows, triples=triples)
    columns = tuple(variable.value for variable in result.variables)
    return Answer(columns, tuple(tuple(solution) for solution in _at_most(result, max_rows)))


def _at_most(rows: Iterable[_T], limit: int | None) -> Iterator[_T]:
    for number, row in enumerate(rows):
        if number == limit:
            raise TooManyRowsError(f"the answer has more than {limit} rows; narrow the query, or add LIMIT")
        yield row


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


def _by_engine(form: ox.QueryResultsFormat) -> Callable[[Answer, dict[str, str]], str]:
    """A format of results that the engine writes; it takes them as JSON."""

    def write(found: Answer, names: dict[str, str]) -> str:
        results = ox.parse_query_results(_json(found, names), format=ox.QueryResultsFormat.JSON)
        data = results.serialize(format=form)
        assert data is not None  # Nothing is returned only when an output is named.
        return data.decode()

    return write


_engine_xml, _engine_tsv = map(_by_engine, (ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV))


def _xml(found: Answer, names: dict[str, str]) -> str:
    return for_xml(_engine_xml(found, names)) + "\n"


def _tsv(found: Answer, names: dict[str, str]) -> str:
    # The recommendation has no TSV for ASK; the word alone, as in CSV, is what other servers give.
    return f"{str(found.boolean).lower()}\n" if found.boolean is not None else _engine_tsv(found, names)


def _graph(form: str, found: Answer) -> tuple[ox.Triple, ...]:
    if found.triples is None:
        raise QueryError(f"{form} is for CONSTRUCT and DESCRIBE; SELECT and ASK need {', '.join(TABLES)}")
    return found.triples


def _turtle(found: Answer, names: dict[str, str]) -> str:
    return turtle(_graph("turtle", found), base=names["id"]).decode()


def _ntriples(found: Answer, names: dict[str, str]) -> str:
    return serialize(_graph("ntriples", found), "ntriples", base=names["id"]).decode()


def _rdfxml(found: Answer, names: dict[str, str]) -> str:
    data = serialize(for_rdf_xml(_graph("rdfxml", found)), "rdfxml", base=names["id"])
    return data.decode().replace("\r", "&#13;")


def _jsonld(found: Answer, names: dict[str, str]) -> str:
    return serialize(_graph("jsonld", found), "jsonld", base=names["id"]).decode() + "\n"


# One format, one function: for every answer, and for graphs alone.
TABLES: dict[str, Callable[[Answer, dict[str, str]], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
}
FORMATS: dict[str, Callable[[Answer, dict[str, str]], str]] = {
    **TABLES,
    "turtle": _turtle,
    "ntriples": _ntriples,
    "rdfxml": _rdfxml,
    "jsonld": _jsonld,
}
