"""Text2KGBench: triples in the terms of a given ontology, compared as normalised strings.

Follows Mihindukulasooriya et al., "Text2KGBench: A Benchmark for Ontology-Driven Knowledge Graph Generation
from Text" (ISWC 2023). Two data sets: wikidata_tekgen (10 ontologies) and dbpedia_webnlg (19). Subject,
relation and object are compared in lower case with everything but letters and digits removed.

*strict*: every predicted triple of every sentence counts; precision, recall and F1 of an ontology are over
all its sentences together. *official*: as the paper counts, predictions whose relation is in no gold triple
of the sentence are set aside, and the three figures are means over sentences. *conformance* is the share of
predicted triples whose relation is the ontology's; *subjects* and *objects* are the shares of predicted
subjects and objects that are neither in the sentence nor the name of a concept. A literal is in the
sentence if the words it was read from are. The figures of a data set are means over its ontologies.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from .data import output_of, shared
from .report import table

# Data set → the side that is scored when nothing else is asked for.
SIDES = {"wikidata_tekgen": "validation", "dbpedia_webnlg": "train"}
STATUSES = ("stated", "reported")
_NOT_COMPARED = re.compile(r"[\W_]+")


class Triple(NamedTuple):
    """Subject, relation and object as strings; equal when their normal forms are (`normal`)."""

    subject: str
    relation: str
    object: str

    def key(self) -> tuple[str, str, str]:
        """What is compared."""
        return normal(self.subject), normal(self.relation), normal(self.object)


@dataclass(frozen=True, slots=True)
class Ontology:
    """An ontology of the benchmark: its file, the labels of its concepts and relations."""

    name: str
    path: Path
    concepts: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(slots=True)
class Example:
    """A sentence of an ontology with its gold triples; the id is that of its first line."""

    id: str
    text: str
    triples: list[Triple] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prediction:
    """A predicted triple and the words its object was read from ("" when they are not known)."""

    triple: Triple
    words: str = ""


class Figures(NamedTuple):
    """What is reported of an ontology, all in [0, 1]; see the module for the meaning of each."""

    precision: float
    recall: float
    f1: float
    official_precision: float
    official_recall: float
    official_f1: float
    conformance: float
    subjects: float
    objects: float


Predictions = Mapping[str, Sequence[Prediction]]  # example id → what was predicted for its sentence


def normal(text: str) -> str:
    """Lower case, letters and digits alone."""
    return _NOT_COMPARED.sub("", text.lower())


def ontologies(dataset: str) -> list[Ontology]:
    """The ontologies of a data set, by the number in their names."""
    folder = shared(f"bench/text2kgbench/{dataset}/ontologies")
    paths = sorted(folder.glob("*.json"), key=lambda p: int(p.name.split("_")[0]))
    return [read_ontology(path) for path in paths]


def read_ontology(path: Path) -> Ontology:
    """An ontology from its JSON file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Ontology(
        path.name.removesuffix("_ontology.json"),
        path,
        tuple(c["label"] for c in record["concepts"]),
        tuple(r["label"] for r in record["relations"]),
    )


def examples(dataset: str, ontology: Ontology, side: str) -> list[Example]:
    """The sentences of one side of an ontology, in the file's order; equal sentences are one example."""
    path = shared(f"bench/text2kgbench/{dataset}/{side}/ont_{ontology.name}_{side}.jsonl")
    return read_examples(path.read_text(encoding="utf-8").splitlines())


def read_examples(lines: Iterable[str]) -> list[Example]:
    """Examples from JSON Lines of either data set: one triple a line, or many."""
    found: dict[str, Example] = {}
    for line in filter(str.strip, lines):
        record = json.loads(line)
        example = found.setdefault(record["sent"], Example(record["id"], record["sent"]))
        known = {triple.key() for triple in example.triples}
        example.triples += [t for t in _gold(record) if t.key() not in known]
    return list(found.values())


def _gold(record: dict[str, Any]) -> list[Triple]:
    if "triples" in record:
        return [Triple(t["sub"], t["rel"], t["obj"]) for t in record["triples"]]
    return [Triple(record["sub_label"], record["rel_label"], record["obj_label"])]


def score(ontology: Ontology, gold: Sequence[Example], predicted: Predictions) -> Figures:
    """The figures of one ontology; a sentence for which nothing is predicted has precision 0."""
    right = said = asked = 0
    means = [0.0, 0.0, 0.0]
    for example in gold:
        keys = {p.triple.key() for p in predicted.get(example.id, ())}
        wanted = {triple.key() for triple in example.triples}
        right, said, asked = right + len(keys & wanted), said + len(keys), asked + len(wanted)
        comparable = {key for key in keys if key[1] in {relation for _, relation, _ in wanted}}
        for i, figure in enumerate(_f1(len(comparable & wanted), len(comparable), len(wanted))):
            means[i] += figure / max(1, len(gold))
    return Figures(*_f1(right, said, asked), *means, *_honesty(ontology, gold, predicted))


def _f1(right: int, said: int, asked: int) -> tuple[float, float, float]:
    precision, recall = right / said if said else 0.0, right / asked if asked else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def _honesty(
    ontology: Ontology, gold: Sequence[Example], predicted: Predictions
) -> tuple[float, float, float]:
    """Conformance, and the shares of subjects and of objects that the sentence does not hold."""
    relations = {normal(label) for label in ontology.relations}
    concepts = {normal(label) for label in ontology.concepts}
    total = known = subjects = objects = 0
    for example in gold:
        text = normal(example.text)
        for prediction in predicted.get(example.id, ()):
            subject, relation, target = prediction.triple.key()
            words = normal(prediction.words)
            total += 1
            known += relation in relations
            subjects += subject not in text and subject not in concepts
            objects += target not in text and target not in concepts and not (words and words in text)
    if not total:
        return 1.0, 0.0, 0.0
    return known / total, subjects / total, objects / total


def run_factloom(ontology: Path, gold: Sequence[Example], *options: str) -> list[str]:
    """The lines of `factloom statements --only-ontology` for the sentences, a document each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentences.jsonl"
        lines = (json.dumps({"id": e.id, "text": e.text}, ensure_ascii=False) for e in gold)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "factloom", "statements", str(path)]
        command += ["--ontology", str(ontology), "--only-ontology", *options]
        output = output_of(command)
    return output.splitlines()


def read_predictions(lines: Iterable[str], statuses: Sequence[str] = STATUSES) -> dict[str, list[Prediction]]:
    """Predictions by document from the lines of `factloom statements`.

    The subject is its label; the object its label, or its value where it is a literal.
    """
    found: dict[str, list[Prediction]] = {}
    for line in filter(str.strip, lines):
        record = json.loads(line)
        if record["polarity"] == "affirmed" and record["status"] in statuses:
            found.setdefault(record["document"], []).append(_prediction(record))
    return found


def _prediction(record: dict[str, Any]) -> Prediction:
    subject, relation, target = record["subject"], record["relation"], record["object"]
    triple = Triple(subject["label"], relation["label"], target.get("label") or target["value"])
    return Prediction(triple, target["text"])


def mean(figures: Sequence[Figures]) -> Figures:
    """The means of several ontologies."""
    return Figures(*(sum(column) / len(figures) for column in zip(*figures, strict=True)))


def main(arguments: Sequence[str]) -> None:
    """Text2KGBench with the ontology alone, no examples: strict and official figures by ontology."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench text2kg", description=main.__doc__)
    parser.add_argument("--dataset", choices=sorted(SIDES), action="append", help="one of the two data sets")
    parser.add_argument("--ontologies", default="", help="numbers apart by commas (all)")
    parser.add_argument(
        "--side", help="train or validation (wikidata_tekgen: validation; dbpedia_webnlg: train)"
    )
    parser.add_argument(
        "--predictions", type=Path, metavar="DIR", help="statements written before, NAME.jsonl"
    )
    parser.add_argument("--write", type=Path, metavar="DIR", help="keep the statements, a file an ontology")
    options = parser.parse_args(arguments)
    for dataset in options.dataset or sorted(SIDES, reverse=True):
        side = options.side or SIDES[dataset]
        rows = list(_rows(dataset, side, options))
        print(_table(f"{dataset} {side}", rows))


def _rows(dataset: str, side: str, options: argparse.Namespace) -> Iterator[tuple[str, int, Figures]]:
    wanted = set(filter(None, options.ontologies.split(",")))
    for ontology in ontologies(dataset):
        if wanted and ontology.name.split("_")[0] not in wanted:
            continue
        gold = examples(dataset, ontology, side)
        if options.predictions:
            written = options.predictions / f"{ontology.name}.jsonl"
            lines = written.read_text(encoding="utf-8").splitlines()
        else:
            lines = run_factloom(ontology.path, gold)
        if options.write:
            options.write.mkdir(parents=True, exist_ok=True)
            kept = options.write / f"{ontology.name}.jsonl"
            kept.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        yield ontology.name, len(gold), score(ontology, gold, read_predictions(lines))


def _table(title: str, rows: Sequence[tuple[str, int, Figures]]) -> str:
    head = [title, "sentences", "P", "R", "F1", "P off.", "R off.", "F1 off."]
    head += ["conforming", "subjects not in text", "objects not in text"]
    body: list[list[object]] = [[name, size, *figures] for name, size, figures in rows]
    if rows:
        body.append(["mean", sum(size for _, size, _ in rows), *mean([f for _, _, f in rows])])
    return table(head, body)
