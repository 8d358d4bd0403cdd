"""`factloom learn` on the training sides of KnowledgeNet and Text2KGBench, by the command line alone.

KnowledgeNet: each fold is read by what the other folds taught, and scored as in `tests.bench.knowledgenet`; a
property is a relation of its own. Wikidata-TekGen: learnt from the training side, scored on validation.
DBpedia-WebNLG has one side here: its sentences are parted by number into `--parts`, each read by what the
others taught. Text2KGBench is scored as `tests.bench.text2kg` does.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from . import knowledgenet, text2kg
from .data import output_of, shared
from .report import table

NAMESPACE = "https://example.org/knowledgenet#"
HEAD = (
    "P",
    "R",
    "F1",
    "P off.",
    "R off.",
    "F1 off.",
    "conforming",
    "subjects not in text",
    "objects not in text",
)


def lesson(ontology: Path, lines: Iterable[str], texts: Iterable[tuple[str, str]]) -> list[str]:
    """What `factloom statements` prints for texts (id, text) after `factloom learn` on lines of examples."""
    with tempfile.TemporaryDirectory() as folder:
        examples, learnt, documents = (Path(folder) / n for n in ("examples.jsonl", "learnt", "texts.jsonl"))
        _write(examples, lines)
        _write(documents, (json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in texts))
        _factloom("learn", "--ontology", ontology, "--examples", examples, "-o", learnt)
        return _factloom("statements", documents, "--ontology", learnt, "--only-ontology").splitlines()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _factloom(*arguments: object) -> str:
    return output_of([sys.executable, "-m", "factloom", *map(str, arguments)])


# ---------------------------------------------------------------------- KnowledgeNet


def property_ontology(properties: Iterable[str]) -> str:
    """An ontology with a relation for each property, in Turtle."""
    lines = [f"@prefix : <{NAMESPACE}> ."]
    lines.append("@prefix owl: <http://www.w3.org/2002/07/owl#> .")
    lines.append("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .")
    for name in properties:
        label = name.replace("_", " ").lower()
        lines.append(f':{name} a owl:ObjectProperty ; rdfs:label "{label}" .')
    return "\n".join(lines) + "\n"


def facts_of(lines: Iterable[str]) -> dict[str, list[knowledgenet.Fact]]:
    """The facts by document that statements of the property ontology stand for."""
    found: dict[str, list[knowledgenet.Fact]] = defaultdict(list)
    for line in lines:
        row = json.loads(line)
        if row["polarity"] == "affirmed" and row["status"] in knowledgenet.STATUSES:
            ends = ((row[side]["start"], row[side]["end"]) for side in ("subject", "object"))
            found[row["document"]].append(
                knowledgenet.Fact(row["relation"]["iri"].removeprefix(NAMESPACE), *ends)
            )
    return found


def run_knowledgenet(folds: Sequence[int]) -> None:
    """Span overlap and exact figures, by property, over the folds together."""
    lines = shared("bench/knowledgenet/folds1-3.jsonl").read_text(encoding="utf-8").splitlines()
    by_fold = {line: json.loads(line)["fold"] for line in lines}
    pages = list(knowledgenet.read_pages(lines, folds))
    names = sorted({fact.property for page in pages for p in page.passages for fact in p.facts})
    predicted: dict[str, list[knowledgenet.Fact]] = {}
    with tempfile.TemporaryDirectory() as folder:
        ontology = Path(folder) / "properties.ttl"
        ontology.write_text(property_ontology(names), encoding="utf-8")
        for fold in folds:
            here = [(p.id, p.text) for p in knowledgenet.read_pages(lines, [fold])]
            predicted |= facts_of(lesson(ontology, (x for x in lines if by_fold[x] != fold), here))
    knowledgenet.print_figures(pages, predicted)


# ---------------------------------------------------------------------- Text2KGBench


def run_text2kg(dataset: str, wanted: set[str], parts: int, first: int) -> None:
    """Figures by ontology and their mean."""
    rows: list[list[object]] = []
    figures: list[text2kg.Figures] = []
    for ontology in text2kg.ontologies(dataset):
        if wanted and ontology.name.split("_")[0] not in wanted:
            continue
        gold, said = _read(dataset, ontology, parts, first)
        figures.append(text2kg.score(ontology, gold, text2kg.read_predictions(said)))
        rows.append([ontology.name, len(gold), *figures[-1]])
    rows.append(["mean", "", *text2kg.mean(figures)])
    print(table([dataset, "sentences", *HEAD], rows))


def _read(
    dataset: str, ontology: text2kg.Ontology, parts: int, first: int
) -> tuple[list[text2kg.Example], list[str]]:
    lines = _lines(dataset, ontology, "train")
    if dataset == "wikidata_tekgen":
        gold = text2kg.examples(dataset, ontology, "validation")
        return gold, lesson(ontology.path, lines, ((e.id, e.text) for e in gold))
    numbers = {text: n for n, text in enumerate(dict.fromkeys(json.loads(x)["sent"] for x in lines))}
    gold, said = [], []
    for part in range(first or parts):
        held = [x for x in lines if numbers[json.loads(x)["sent"]] % parts == part]
        here = text2kg.read_examples(held)
        taught = (x for x in lines if numbers[json.loads(x)["sent"]] % parts != part)
        gold += here
        said += lesson(ontology.path, taught, ((e.id, e.text) for e in here))
    return gold, said


def _lines(dataset: str, ontology: text2kg.Ontology, side: str) -> list[str]:
    path = shared(f"bench/text2kgbench/{dataset}/{side}/ont_{ontology.name}_{side}.jsonl")
    return list(filter(str.strip, path.read_text(encoding="utf-8").splitlines()))


def _datasets() -> Iterator[str]:
    yield from ("knowledgenet", *sorted(text2kg.SIDES))


def main(arguments: Sequence[str]) -> None:
    """KnowledgeNet and Text2KGBench with `factloom learn`: what other examples taught, read and scored."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench learn", description=main.__doc__)
    parser.add_argument("--dataset", choices=list(_datasets()), action="append", help="one of the data sets")
    parser.add_argument("--folds", default="1,2,3", help="of KnowledgeNet, apart by commas (1,2,3)")
    parser.add_argument("--ontologies", default="", help="of Text2KGBench, numbers apart by commas (all)")
    parser.add_argument("--parts", type=int, default=5, help="of DBpedia-WebNLG (5)")
    parser.add_argument("--first", type=int, default=0, help="read only so many of the parts (all)")
    options = parser.parse_args(arguments)
    for dataset in options.dataset or _datasets():
        if dataset == "knowledgenet":
            run_knowledgenet([int(fold) for fold in options.folds.split(",")])
        else:
            wanted = set(filter(None, options.ontologies.split(",")))
            run_text2kg(dataset, wanted, options.parts, options.first)
