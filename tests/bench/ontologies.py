"""Reading speed with ontologies of one's own: sentences a CPU second, over those with the core alone.

Everything that `factloom statements` does with a text is in the time, the parser included, start-up and the
ontology's own loading not. The texts are sentences of Text2KGBench, each a document, read with the core, with
the ontology that they belong to, and with an ontology of 5,000 relations with the frequent words of labels.
The three take turns; the median of the rounds counts, after one round that does not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from factloom.build import Options, read_schema, read_statements
from factloom.ontology.records import Document
from factloom.ontology.schema import Schema

from .report import table
from .text2kg import SIDES, Ontology, examples, ontologies

TARGET = 0.5
# One of each data set that is large enough.
_MEASURED = (
    ("wikidata_tekgen", "2_music"),
    ("wikidata_tekgen", "8_politics"),
    ("dbpedia_webnlg", "17_artist"),
)
_LABELS = ("founded by", "birth place", "director", "member of", "publication date", "length", "part of")


def large(relations: int) -> dict[str, object]:
    """An ontology of so many relations whose labels are frequent ones behind a word that tells them apart."""
    made = [{"name": f"series{n} {_LABELS[n % len(_LABELS)]}"} for n in range(relations)]
    return {"classes": ["person", "work"], "relations": made}


def cpu_seconds(documents: Sequence[Document], schema: Schema, options: Options) -> float:
    """CPU seconds of one reading."""
    begin = time.process_time()
    for _ in read_statements(documents, schema, options):
        pass
    return time.process_time() - begin


def rows(sentences: int, rounds: int, folder: Path) -> Iterator[list[object]]:
    """For each ontology: its name, sentences, and sentences a CPU second with core, own and large; ratios."""
    path = folder / "large.json"
    path.write_text(json.dumps(large(5000)), encoding="utf-8")
    for dataset, ontology in _chosen():
        found = examples(dataset, ontology, SIDES[dataset])[:sentences]
        documents = [Document(e.id, e.text, title=e.id, source=e.id) for e in found]
        sides = [Options(), Options(ontologies=(ontology.path,)), Options(ontologies=(path,))]
        schemas = [read_schema(side) for side in sides]
        times: list[list[float]] = []
        for _ in range(rounds + 1):
            times.append([cpu_seconds(documents, s, o) for s, o in zip(schemas, sides, strict=True)])
        medians = [statistics.median(column) for column in zip(*times[1:], strict=True)]
        speeds = [len(documents) / median for median in medians]
        yield [ontology.name, len(documents), *speeds, speeds[1] / speeds[0], speeds[2] / speeds[0]]


def _chosen() -> Iterator[tuple[str, Ontology]]:
    for dataset, name in _MEASURED:
        yield dataset, next(o for o in ontologies(dataset) if o.name == name)


def main(arguments: Sequence[str]) -> None:
    """Sentences a CPU second with the core, with an ontology, and with 5,000 relations."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench ontologies", description=main.__doc__)
    parser.add_argument("--sentences", type=int, default=200, help="of each ontology (200)")
    parser.add_argument("--rounds", type=int, default=3, help="that count (3)")
    options = parser.parse_args(arguments)
    head = ["ontology", "sentences", "core", "own", "5,000 relations", "own/core", "5,000/core"]
    with tempfile.TemporaryDirectory() as folder:
        print(table(head, list(rows(options.sentences, options.rounds, Path(folder)))))
    print(f"target: own/core at least {TARGET}")
