"""`python -m tests.bench` lists the benchmarks; `python -m tests.bench NAME [OPTIONS]` runs one."""

from __future__ import annotations

import importlib
import subprocess
import sys

from .data import MissingDataError

BENCHES = {
    "carb": "open statements by words shared with the CaRB development tuples",
    "benchie": "open statements by exact facts of 157 sentences",
    "learn": "what `factloom learn` makes of KnowledgeNet and Text2KGBench, by cross-validation",
    "knowledgenet": "ontology statements by spans, on KnowledgeNet folds 1-3",
    "text2kg": "triples in the terms of the 29 ontologies of Text2KGBench, no examples",
    "ontologies": "reading speed with an ontology of one's own, and with 5,000 relations, against the core",
    "rules": "confidences of the graph and precision of each rule, on KnowledgeNet",
    "gold": "verbal readings whose subject and object gold parses attach likewise",
    "pronouns": "whom pronouns stand for, by the URIs of KnowledgeNet's facts",
    "cost": "CPU time against the bare parser",
    "traps": "statuses of sentences that tempt a reader to state too much",
    "calibrate": "reliability of the open statements' confidences; --write fits them",
    "page": "the page against pyvis: first draw, frames, size",
    "kills": "kill -9 at random points of builds and updates, 200 times",
    "entities": "time of joining names at 100,000 and a million mentions",
    "throughput": "words a second, memory and cost per document of a large build against the bare parser",
    "store": "loads, queries and Turtle against bare pyoxigraph and rdflib, with memory",
    "serve": "how soon the server answers a good query after each attack, and its memory",
    "w3c": "SPARQL query evaluation tests through factloom and straight in the engine; takes a FOLDER",
    "article": "the seed article: every plain triple, and the facts that must be there",
}


def main(arguments: list[str]) -> int:
    """Runs the named benchmark; 2 for an unknown name or missing data."""
    if not arguments or arguments[0] in ("-h", "--help"):
        width = max(map(len, BENCHES))
        print("python -m tests.bench NAME [--help]\n")
        print("\n".join(f"  {name:{width}}  {what}" for name, what in BENCHES.items()))
        return 0
    if arguments[0] not in BENCHES:
        print(f"unknown benchmark {arguments[0]!r}; known: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    try:
        return importlib.import_module(f"tests.bench.{arguments[0]}").main(arguments[1:]) or 0
    except MissingDataError as error:
        print(error, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"exit code {error.returncode}: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
