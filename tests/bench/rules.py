"""Confidences of the graph's statements against KnowledgeNet: a reliability table, and each rule's precision.

Takes the statements of folds 1-3 that stand for one of the 15 properties and whose passage was annotated in
full for it; a statement is right when its ends overlap those of a gold fact. What no property asks for is
not judged, so the figures are of the rules as far as these properties use them. With `--write` the weights of
`factloom.extract.confidence` are fitted anew first; the table then also shows what weights from other
documents give.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from factloom.extract import confidence

from .data import shared
from .knowledgenet import Page, facts_of, read_mappings, read_pages, run_factloom, same
from .report import table

BINS = 10
_RIDGE, _FOLDS, _STEPS = 3.0, 5, 50
_WEIGHTS = Path(confidence.__file__).parent / "data" / "graph_confidence.tsv"
_HEADER = "# Weights of extract.confidence, fitted by tests/bench/rules.py: feature, weight in logits\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of a document that the annotation can judge: its rule, confidence, whether it is right, and
    the features of its reading."""

    document: str
    rule: str
    confidence: float
    right: bool
    features: tuple[str, ...] = ()


def judged(rows: Iterable[Mapping[str, Any]], pages: Mapping[str, Page]) -> Iterator[Judged]:
    """Every plain statement that the annotation can judge."""
    mappings = read_mappings()
    for row in rows:
        if row["status"] != "stated":
            continue
        for fact in facts_of(dict(row), mappings):
            starts = (fact.subject[0], fact.object[0])
            for passage in pages[row["document"]].passages:
                inside = passage.start <= min(starts) and max(starts) < passage.end
                right = any(same(gold, fact, exact=False) for gold in passage.facts)
                if inside and (right or fact.property in passage.properties):
                    yield Judged(row["document"], row["rule"], row["confidence"], right, _features(row))


def _features(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The features of a written statement, as the reader has them; words are those of blanks and signs."""
    subject, target = row["subject"], row["object"]
    first, second = sorted((subject, target), key=lambda part: part["start"])
    start = row["sentence"]["start"]
    between = row["sentence"]["text"][first["end"] - start : max(second["start"] - start, 0)]
    return tuple(
        confidence.features(
            row["rule"],
            row["steps"],
            _words(subject["text"]),
            len(_words(target["text"])),
            between=len(_words(between)),
            sentence=len(_words(row["sentence"]["text"])),
        )
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def fit(data: Sequence[Judged]) -> dict[str, float]:
    """Weights of logistic regression with ridge, by Newton's method; the rules' priors are the offset."""
    names = sorted({f for d in data for f in d.features})
    matrix = np.array([[*(name in d.features for name in names), True] for d in data], dtype=float)
    right = np.array([d.right for d in data], dtype=float)
    priors = np.array([confidence.prior(d.rule) for d in data])
    offset, ridge = np.log(priors / (1 - priors)), np.append(np.full(len(names), _RIDGE), 0.001)
    found = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-(matrix @ found + offset)))
        curvature = (matrix * (p * (1 - p))[:, None]).T @ matrix + np.diag(ridge)
        found += np.linalg.solve(curvature, matrix.T @ (right - p) - ridge * found)
    return {name: round(float(w), 3) for name, w in zip([*names, confidence.ALWAYS], found, strict=True)}


def held_out(data: Sequence[Judged]) -> list[Judged]:
    """The same statements with the confidence that weights from other documents give them."""
    documents = {name: n % _FOLDS for n, name in enumerate(sorted({d.document for d in data}))}
    result = []
    for fold in range(_FOLDS):
        weights = fit([d for d in data if documents[d.document] != fold])
        for d in data:
            if documents[d.document] == fold:
                value = confidence.probability(d.rule, d.features, weights)
                result.append(replace(d, confidence=value))
    return result


def brier(found: Iterable[Judged]) -> float:
    """The mean squared distance of confidence from what is (Brier 1950): 0 is best."""
    squares = [(d.confidence - d.right) ** 2 for d in found]
    return sum(squares) / len(squares)


def reliability(found: Iterable[Judged]) -> list[list[Any]]:
    """For each of ten bins: its lower end, how many, their mean confidence, the share that is right."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for one in found:
        bins[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [
        [number / BINS, len(ones), sum(d.confidence for d in ones) / len(ones), _share(ones)]
        for number, ones in sorted(bins.items())
    ]


def precisions(found: Iterable[Judged]) -> list[list[Any]]:
    """For each rule: how many were judged and the share that is right, most judged first."""
    rules: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        rules[one.rule].append(one)
    return [[rule, len(ones), _share(ones)] for rule, ones in sorted(rules.items(), key=_most)]


def _most(item: tuple[str, list[Judged]]) -> tuple[int, str]:
    return -len(item[1]), item[0]


def _share(ones: Sequence[Judged]) -> float:
    return sum(d.right for d in ones) / len(ones)


def main(arguments: Sequence[str]) -> None:
    """Reliability of the graph's confidences and the precision of each rule, on KnowledgeNet folds 1-3."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench rules", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="fit the weights of confidences and write them")
    parser.add_argument("--predictions", metavar="FILE.jsonl", help="statements written before")
    options = parser.parse_args(arguments)
    lines = shared("bench/knowledgenet/folds1-3.jsonl").read_text(encoding="utf-8").splitlines()
    pages = list(read_pages(lines, (1, 2, 3)))
    read = options.predictions
    written = Path(read).read_text(encoding="utf-8").splitlines() if read else run_factloom(pages)
    found = list(judged(map(json.loads, written), {p.id: p for p in pages}))
    _show("as written", found)
    _show("with weights from other documents", held_out(found))
    if options.write:
        rows = "".join(f"{name}\t{weight}\n" for name, weight in sorted(fit(found).items()))
        _WEIGHTS.write_text(_HEADER + rows, encoding="utf-8")
        print(f"written: {_WEIGHTS.name}")
    print(table(["rule", "judged", "right"], precisions(found)))


def _show(title: str, found: Sequence[Judged]) -> None:
    print(f"{title}: Brier score {brier(found):.3f}")
    print(table(["confidence from", "judged", "mean", "right"], reliability(found)))
