"""The seed article's graph, laid open: every plain triple with its sentence, and the facts it must hold.

Takes the folder that `factloom build` wrote (or builds ../shared/seeds itself), prints a list to be read
by a person, who judges whether each triple is true and stands alone, and checks two tables:
`article_facts.tsv`, patterns of labels for each required fact, either way round, and `article_nodes.tsv`,
names that must be one node of the right class.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph
from rdflib.query import ResultRow

from .data import shared
from .report import table

HERE = Path(__file__).parent
PREFIXES = """
PREFIX fl: <https://w3id.org/factloom/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
STATEMENTS = (
    PREFIXES
    + """
SELECT ?node ?s ?p ?o ?status ?unit ?evidence ?text ?plain ?exact ?begin WHERE {
  ?node a fl:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; fl:status ?status ;
        fl:evidence ?evidence .
  ?evidence nif:sentence ?sentence . ?sentence nif:anchorOf ?text ; nif:beginIndex ?begin .
  OPTIONAL { ?node fl:unit ?unit }
  OPTIONAL { ?node fl:approximation ?exact }
  BIND(EXISTS { ?s ?p ?o } AS ?plain)
}"""
)
LABELS = PREFIXES + "SELECT ?thing ?label WHERE { ?thing rdfs:label ?label }"
NODES = PREFIXES + "SELECT DISTINCT ?s ?class WHERE { ?s a ?class . ?st rdf:subject|rdf:object ?s }"


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement by its labels; `plain` tells whether the triple itself is in the graph."""

    subject: str
    relation: str
    object: str
    status: str
    plain: bool
    sentences: tuple[str, ...]
    evidence: frozenset[str] = frozenset()
    begin: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact by patterns of labels; `inverse` is the relation's pattern the other way round, or empty."""

    fact: str
    subject: str
    relation: str
    object: str
    inverse: str
    status: str

    def fits(self, edge: Edge) -> bool:
        """Whether an edge states the fact (as a plain triple, if `status` is "stated")."""
        if self.status == "stated" and not edge.plain:
            return False
        forward = (edge.subject, edge.relation, edge.object)
        if _full((self.subject, self.relation, self.object), forward):
            return True
        backward = (edge.object, edge.relation, edge.subject)
        return bool(self.inverse) and _full((self.subject, self.inverse, self.object), backward)


def _full(patterns: Sequence[str], texts: Sequence[str]) -> bool:
    pairs = zip(patterns, texts, strict=True)
    return all(re.fullmatch(pattern, text, re.IGNORECASE) for pattern, text in pairs)


def select(graph: Graph, query: str) -> list[tuple[str | None, ...]]:
    """The rows of a SELECT query as strings, None for what is unbound."""
    rows: list[tuple[str | None, ...]] = []
    for row in graph.query(query):
        assert isinstance(row, ResultRow)
        rows.append(tuple(None if value is None else str(value) for value in row))
    return rows


def edges(graph: Graph) -> list[Edge]:
    """The statements of a graph, in the order of their first sentences."""
    labels = {row[0]: row[1] for row in select(graph, LABELS)}
    found: dict[str | None, Edge] = {}
    for node, s, p, o, status, unit, evidence, text, plain, exact, begin in select(graph, STATEMENTS):
        before = found.get(node)
        found[node] = Edge(
            subject=labels.get(s) or str(s),
            relation=labels.get(p) or local(str(p)),
            object=" ".join(part for part in (exact, labels.get(o, o), unit) if part),
            status=local(str(status)).lower(),
            plain=plain == "true",
            sentences=tuple(sorted({*(before.sentences if before else ()), str(text)})),
            evidence=frozenset({str(evidence)}) | (before.evidence if before else frozenset()),
            begin=min(int(str(begin)), before.begin if before else sys.maxsize),
        )
    return sorted(found.values(), key=lambda e: (e.begin, e.subject, e.relation, e.object))


def local(iri: str) -> str:
    """The last part of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def read_table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table beside this module."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def fact_rows(found: Iterable[Edge], wanted: Iterable[Wanted], *, evidence: int = 2) -> list[list[object]]:
    """For each wanted fact: yes or NO, the most pieces of evidence, and the edges that state it.

    The article repeats its paragraphs, so that each fact must be read in `evidence` places.
    """
    all_edges = list(found)
    rows: list[list[object]] = []
    for want in wanted:
        hits = [e for e in all_edges if want.fits(e)]
        shown = "; ".join(f"{e.subject} — {e.relation} — {e.object} ({e.status})" for e in hits[:2])
        places = max((len(e.evidence) for e in hits), default=0)
        rows.append([want.fact, "yes" if places >= evidence else "NO", places, shown])
    return rows


def node_rows(graph: Graph) -> list[list[object]]:
    """For each name of the table: how many nodes bear it, their classes, and whether that is right."""
    labels: dict[str, set[str]] = {}
    for thing, label in select(graph, LABELS):
        labels.setdefault(str(label), set()).add(str(thing))
    classes: dict[str, set[str]] = {}
    for thing, kind in select(graph, NODES):
        classes.setdefault(str(thing), set()).add(local(str(kind)))
    rows: list[list[object]] = []
    for row in read_table("article_nodes.tsv"):
        nodes = [n for n in labels.get(row["label"], ()) if n in classes]
        kinds = sorted({k for n in nodes for k in classes[n]})
        right = len(nodes) == 1 and any(re.fullmatch(row["classes"], k) for k in kinds)
        rows.append([row["label"], "yes" if right else "NO", len(nodes), ", ".join(kinds)])
    return rows


def main(arguments: Sequence[str]) -> int:
    """Builds the seed article; prints plain triples with sentences, then checks facts and nodes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench article", description=main.__doc__)
    parser.add_argument("--graph", type=Path, metavar="DIR", help="a folder that factloom build wrote")
    parser.add_argument("--all", action="store_true", help="print statements of every status")
    options = parser.parse_args(arguments)
    if options.graph:
        return show(options.graph, everything=options.all)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "factloom", "build", str(shared("seeds")), "-o", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return show(Path(folder), everything=options.all)


def show(folder: Path, *, everything: bool) -> int:
    """Prints the report of one build; 1 when a required fact or node is missing."""
    graph = Graph().parse(folder / "graph.ttl")
    found = edges(graph)
    shown = [e for e in found if everything or e.plain]
    sentence = None
    for edge in shown:
        if edge.sentences[0] != sentence:
            sentence = edge.sentences[0]
            print(f"\n{sentence}")
        mark = "" if edge.plain else f"   ({edge.status})"
        print(f"    {edge.subject} — {edge.relation} — {edge.object}{mark}")
    facts = fact_rows(found, (Wanted(**row) for row in read_table("article_facts.tsv")))
    nodes = node_rows(graph)
    print(f"\n{sum(e.plain for e in found)} plain triples of {len(found)} statements\n")
    print(table(["required fact", "found", "evidence", "as"], facts) + "\n")
    print(table(["one node", "right", "nodes", "classes"], nodes))
    return int(any("NO" in row for row in facts + nodes))
