"""The W3C's SPARQL query evaluation tests through factloom's query path and straight in the engine.

Takes the folder of a copy of the suite (it has manifest.ttl files; the source archive of rdflib on PyPI holds
one in test/data/suites/w3c). Results are compared up to blank nodes and up to the spelling of numbers. What
factloom refuses on purpose (FROM, SERVICE) is counted apart. The tests of entailment ask for reasoning, which
neither side does; leave their folder out by --without entailment.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection

from factloom.graph.answers import Answer, collect
from factloom.graph.queries import answer
from factloom.ontology.errors import QueryError

from .report import table

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RS = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
EVALUATIONS = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
_NUMBERS = {"integer", "decimal", "double", "float"}


@dataclass(frozen=True, slots=True)
class Case:
    """An evaluation test: its name, query, default data, named graphs, and expected result (files)."""

    name: str
    query: Path
    data: tuple[Path, ...]
    graphs: tuple[Path, ...]
    result: Path


@dataclass(slots=True)
class Score:
    """What became of the cases: counts, where the sides differ, what is refused, what both fail."""

    counts: Counter[str] = field(default_factory=Counter)
    differ: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def cases(folder: Path, without: Sequence[str] = ()) -> Iterator[Case]:
    """Every evaluation test of the manifests below a folder, but for sub-folders of these names."""
    for manifest in sorted(folder.rglob("manifest.ttl")):
        if manifest.parent.name in without:
            continue
        graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
        for entries in graph.objects(None, MF.entries):
            for entry in Collection(graph, entries):
                if graph.value(entry, rdflib.RDF.type) in EVALUATIONS:
                    yield _case(graph, entry)


def _case(graph: rdflib.Graph, entry: Any) -> Case:
    action = graph.value(entry, MF.action)
    return Case(
        str(entry).rpartition("/w3c/")[2] or str(entry),
        _file(graph.value(action, QT.query)),
        tuple(sorted(_file(data) for data in graph.objects(action, QT.data))),
        tuple(sorted(map(_file, _named(graph, action)))),
        _file(graph.value(entry, MF.result)),
    )


def _named(graph: rdflib.Graph, action: Any) -> Iterator[Any]:
    """Named graphs, given as files or as nodes with a file and a label."""
    for node in graph.objects(action, QT.graphData):
        yield graph.value(node, QT.graph) or node


def _file(iri: Any) -> Path:
    return Path(str(iri).removeprefix("file://"))


def store_of(case: Case) -> ox.Store:
    """The data of a case, each named graph under the IRI of its file."""
    store = ox.Store()
    for path, graph in (
        *((path, ox.DefaultGraph()) for path in case.data),
        *((path, ox.NamedNode(path.as_uri())) for path in case.graphs),
    ):
        form = ox.RdfFormat.from_extension(path.suffix[1:]) or ox.RdfFormat.TURTLE
        store.load(path=str(path), format=form, base_iri=path.as_uri(), to_graph=graph)
    return store


def by_engine(store: ox.Store, text: str, base: str) -> Answer:
    """Straight in pyoxigraph."""
    return collect(store.query(text, base_iri=base))


def by_factloom(store: ox.Store, text: str, base: str) -> Answer:
    """As `factloom query` and `factloom serve` do."""
    return answer(store, text, base=base)


def passes(case: Case, run: Callable[[ox.Store, str, str], Answer]) -> bool:
    """Whether the answer is what is expected. Raises `QueryError` for what factloom refuses."""
    try:
        store = store_of(case)
        found = run(store, case.query.read_text(encoding="utf-8"), case.query.as_uri())
    except (SyntaxError, ValueError, OSError, RuntimeError):
        return False
    return same(found, case.result)


def same(found: Answer, expected: Path) -> bool:
    """Whether an answer equals a result file: a table, yes or no, or a graph."""
    kind = expected.suffix[1:]
    if kind == "csv":
        return _csv_rows(_as_csv(found)) == _csv_rows(expected.read_text("utf-8"))
    if kind in ("srx", "srj", "tsv"):
        form = ox.QueryResultsFormat.from_extension(kind)
        wanted = collect(ox.parse_query_results(path=str(expected), format=form))
    else:
        wanted = _from_graph(expected)
    if found.boolean is not None or wanted.boolean is not None:
        return found.boolean == wanted.boolean
    if (found.triples is None) != (wanted.triples is None):
        return False
    return _canonical(found) == _canonical(wanted)


def _as_csv(found: Answer) -> str:
    from factloom.graph.answers import FORMATS

    return FORMATS["csv"](found, {})


def _csv_rows(text: str) -> Counter[tuple[tuple[str, str], ...]]:
    """Rows as a bag; a cell has neither the identity of its blank node nor the spelling of its number."""
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    return Counter(tuple(sorted(zip(head, map(_cell, row), strict=False))) for row in rows)


def _cell(text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", text):
        return f"{float(text):.12g}"
    return "_:" if text.startswith("_:") else text


def _from_graph(path: Path) -> Answer:
    """A graph; or, in the older vocabulary of result sets, a table or yes or no."""
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    results = graph.value(None, rdflib.RDF.type, RS.ResultSet)
    if results is None:
        form = ox.RdfFormat.from_extension(path.suffix[1:]) or ox.RdfFormat.TURTLE
        triples = tuple(quad.triple for quad in ox.parse(path=str(path), format=form, base_iri=path.as_uri()))
        return Answer((), (), triples=triples)
    boolean = graph.value(results, RS.boolean)
    if boolean is not None:
        return Answer((), (), boolean=bool(boolean.toPython()))
    columns = tuple(sorted(str(name) for name in graph.objects(results, RS.resultVariable)))
    rows = tuple(_row(graph, node, columns) for node in graph.objects(results, RS.solution))
    return Answer(columns, rows)


def _row(graph: rdflib.Graph, node: Any, columns: Sequence[str]) -> tuple[Any, ...]:
    values = {
        str(graph.value(binding, RS.variable)): graph.value(binding, RS.value)
        for binding in graph.objects(node, RS.binding)
    }
    return tuple(_term(values.get(column)) for column in columns)


def _term(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
            if term.datatype
            else ox.Literal(str(term))
        )
    return ox.NamedNode(str(term))


def _canonical(found: Answer) -> set[str]:
    """An answer as a graph whose blank nodes have canonical names; each row of a table is a node."""
    if found.triples is not None:
        return _names(ox.Quad(_plain(t.subject), t.predicate, _plain(t.object)) for t in found.triples)
    quads = []
    for number, row in enumerate(found.rows):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode("x:row"), ox.Literal("")))
        for column, term in zip(found.columns, row, strict=True):
            if term is not None:
                quads.append(ox.Quad(node, ox.NamedNode(f"x:{column}"), _plain(term)))
    return _names(quads)


def _names(quads: Iterable[ox.Quad]) -> set[str]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def _plain(term: Any) -> Any:
    """Numbers by their value, so that 1.0 and 1.00 are one."""
    if not isinstance(term, ox.Literal):
        return term
    kind = term.datatype.value.rpartition("#")[2]
    if kind not in _NUMBERS:
        return term
    try:
        return ox.Literal(f"{float(term.value):.12g}", datatype=term.datatype)
    except ValueError:
        return term


def score(found: Iterable[Case]) -> Score:
    """Both ways of every case."""
    total = Score()
    for case in found:
        engine = passes(case, by_engine)
        total.counts["cases"] += 1
        total.counts["engine"] += engine
        try:
            ours = passes(case, by_factloom)
        except QueryError as error:
            ours = False
            if "is refused" in str(error):
                total.refused.append(case.name)
                continue
        total.counts["both could be asked"] += 1
        total.counts["engine, of these"] += engine
        total.counts["factloom"] += ours
        if ours != engine:
            total.differ.append(case.name)
        elif not ours:
            total.failed.append(case.name)
    return total


def main(arguments: Sequence[str]) -> int:
    """Pass counts of the engine and of factloom's query path; 1 where they differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench w3c", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="a copy of the suite, or a part of it")
    parser.add_argument("--without", nargs="+", default=[], metavar="NAME", help="sub-folders to leave out")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"no such folder: {options.folder}", file=sys.stderr)
        return 2
    total = score(cases(options.folder.resolve(), options.without))
    print(table(["evaluation tests", "count"], [[name, count] for name, count in total.counts.items()]))
    for what, names in (
        ("both fail", total.failed),
        ("refused on purpose", total.refused),
        ("differ", total.differ),
    ):
        print(f"\n{what}: {len(names)}", *names, sep="\n  ")
    return 1 if total.differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
