"""Loading, asking and writing a graph against bare pyoxigraph and rdflib's own memory, as ratios in one run.

A grown graph of about so many triples is written once. Each measure runs in a process of its own: CPU
seconds after the imports, and the peak of its memory. Loads and writes take the same file; the shelf's
queries run through factloom on one side, and as the same SPARQL straight in pyoxigraph on the other.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from tests.graph.page_samples import grown

from .report import table

# Entities that make about so many triples: 2.5 facts each, some 28 triples a fact.
PER_TRIPLE = 1 / 75
# CPU seconds after which a measure is ended; rdflib's Turtle of a million triples takes longer.
MOST = 300
TARGETS = {
    "load / pyoxigraph": "<= 1.5",
    "rdflib load / load": ">= 5",
    "shelf / pyoxigraph": "<= 2",
    "rdflib sorted Turtle / sorted Turtle": ">= 20",
}


def measured(work: Callable[[], Any]) -> dict[str, float]:
    """CPU seconds of the work, and the process's peak in MB."""
    began = time.process_time()
    work()
    spent = time.process_time() - began
    return {"cpu": max(spent, 0.001), "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def load_factloom(path: Path) -> dict[str, float]:
    """`open_graph`, the public way."""
    import oxrdflib  # noqa: F401  # An import, not a load.
    import rdflib  # noqa: F401

    from factloom.graph.store import open_graph

    return measured(lambda: open_graph(path))


def load_pyoxigraph(path: Path) -> dict[str, float]:
    """The bulk loader."""
    return measured(lambda: ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.TURTLE))


def load_rdflib(path: Path) -> dict[str, float]:
    """Its own parser into its own memory."""
    import rdflib

    return measured(lambda: rdflib.Graph().parse(path, format="turtle"))


def write_factloom(path: Path) -> dict[str, float]:
    """Sorted Turtle of the triples in memory."""
    from factloom.graph.rdf import in_order, turtle
    from factloom.graph.store import load

    triples = [quad.triple for quad in load(path)]
    return measured(lambda: turtle(in_order(triples)))


def write_rdflib(path: Path) -> dict[str, float]:
    """Its Turtle, which sorts too, of the graph in memory."""
    from factloom.graph.store import open_graph

    graph = open_graph(path, store="rdflib")
    return measured(lambda: graph.serialize(format="turtle"))


def queries(path: Path) -> Any:
    """The store, its prefixes, and the SPARQL of every named query."""
    from factloom.graph.queries import answer, open_native
    from factloom.graph.shelf import bound, shelf

    store, names = open_native(path)
    found = answer(store, "SELECT ?s ?o { ?x rdf:subject ?s ; rdf:object ?o . ?o rdfs:label [] } LIMIT 1")
    first, second = (term.value for term in found.rows[0] if hasattr(term, "value"))
    document = answer(store, "SELECT ?d { [] prov:wasQuotedFrom/dcterms:identifier ?d } LIMIT 1").rows[0][0]
    given = {"entity": first, "from": first, "to": second, "document": getattr(document, "value", "")}
    texts = [
        bound(store, name, {p.name: given[p.name] for p in query.parameters if p.default is None})
        for name, query in shelf().items()
    ]
    return store, names, texts


def ask_factloom(path: Path) -> dict[str, float]:
    """Every named query through `answer`, to terms."""
    from factloom.graph.queries import answer

    store, names, texts = queries(path)
    return measured(lambda: [answer(store, text, names=names) for text in texts])


def ask_pyoxigraph(path: Path) -> dict[str, float]:
    """The same SPARQL straight in the engine, to terms."""
    store, names, texts = queries(path)
    return measured(lambda: [[tuple(row) for row in store.query(text, prefixes=names)] for text in texts])


MEASURES = {f.__name__: f for f in (
    load_factloom, load_pyoxigraph, load_rdflib, ask_factloom, ask_pyoxigraph, write_factloom, write_rdflib
)}  # fmt: skip


def made(folder: Path, triples: int) -> Path:
    """A graph of about so many triples as a build writes it."""
    from factloom.graph.rdf import write_turtle

    path = folder / f"{triples}.ttl"
    write_turtle(path, *grown(max(round(triples * PER_TRIPLE), 10)))
    return path


def apart(name: str, path: Path) -> dict[str, float]:
    """A measure in a process of its own; one that is ended at `MOST` CPU seconds took at least those."""
    command = [sys.executable, "-m", "tests.bench.store", "--measure", name, str(path)]
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (MOST, MOST + 5))
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit)
    if done.returncode == -signal.SIGXCPU:
        return {"cpu": float(MOST), "peak": math.nan}
    done.check_returncode()
    found: dict[str, float] = json.loads(done.stdout)
    return found


def rows(path: Path) -> list[list[object]]:
    """CPU seconds and peaks of each measure."""
    found = {name: apart(name, path) for name in MEASURES}
    cpu = {name: value["cpu"] for name, value in found.items()}
    ratios = (
        cpu["load_factloom"] / cpu["load_pyoxigraph"],
        cpu["load_rdflib"] / cpu["load_factloom"],
        cpu["ask_factloom"] / cpu["ask_pyoxigraph"],
        cpu["write_rdflib"] / cpu["write_factloom"],
    )
    lines: list[list[object]] = [
        [name, value["cpu"], f"{value['peak']:.0f}"] for name, value in found.items()
    ]
    for (name, target), ratio in zip(TARGETS.items(), ratios, strict=True):
        lines.append([f"{name} ({target})", ratio, ""])
    return lines


def main(arguments: Sequence[str]) -> int:
    """CPU seconds and memory of stores at several sizes, and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench store", description=main.__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000], metavar="TRIPLES")
    parser.add_argument("--measure", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        name, file = options.measure
        print(json.dumps(MEASURES[name](Path(file))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            path = made(Path(folder), size)
            triples = sum(1 for _ in ox.parse(path=str(path)))
            print(f"\n{triples} triples, {path.stat().st_size / 2**20:.1f} MB of Turtle")
            print(table(["measure", "CPU s or ratio", "peak MB"], rows(path)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
