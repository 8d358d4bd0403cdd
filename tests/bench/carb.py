"""CaRB: how many words of crowd-made tuples a reader's tuples share, and how many of theirs are shared.

The measure is that of Bhardwaj, Aggarwal and Mausam, "CaRB: A Crowdsourced Benchmark for Open IE"
(EMNLP 2019), with the details of the scorer published with it. A tuple is a relation and a first argument
against all the others joined (`binary`). A gold and a predicted tuple match when their relations share a
word ("be" stands for every form of to be); precision is the share of the predicted words found in the same
part of the gold tuple, recall the share of the gold words found. Recall averages, over gold tuples, the
best predicted one. Precision averages over predicted tuples, paired greedily with gold ones, each once,
the rest counting as 0. Every confidence met is a threshold; the best F1 is reported. Words are
what blanks separate, and case counts, as in the published scorer.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .data import shared
from .options import add_source, source
from .predictions import Extraction, Reader, squeeze
from .report import table

BE = frozenset({"be", "is", "am", "are", "was", "were", "been", "being"})
# In gold relations that hold one of these, the speaker and what is said may come in either order.
SPEECH = ("said", "told", "added", "adds", "says")


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold tuple: the relation and its arguments in order."""

    relation: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Precision and recall, both in [0, 1], of the extractions whose confidence is at least `threshold`."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 when both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """The point of best F1, the point of all extractions, the area under the curve, and the curve."""

    best: Point
    all: Point
    auc: float
    curve: tuple[Point, ...]
    predicted: int
    gold: int


def read_sentences(path: Path) -> list[str]:
    """The sentences of a benchmark, one a line."""
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_gold(path: Path) -> dict[str, list[Gold]]:
    """Gold tuples by the sentence's key, from lines of sentence, relation, arg1, arg2, … apart by tabs.

    An argument that holds "C: " tells the context of the tuple and is left out, as published.
    """
    gold: dict[str, list[Gold]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, relation, *arguments = line.strip().split("\t")
        kept = tuple(a.strip() for a in arguments if "C: " not in a)
        gold.setdefault(squeeze(sentence), []).append(Gold(relation.strip(), kept))
    return gold


def common(predicted: Sequence[str], gold: Sequence[str]) -> int:
    """How many words two lists share, each as often as both have it."""
    return sum((Counter(predicted) & Counter(gold)).values())


def match_parts(gold: Sequence[str], predicted: Sequence[str]) -> tuple[float, float]:
    """(precision, recall) of relation, first argument and the rest against another's; (0, 0) is no match.

    `gold` and `predicted` have one to three parts. Words of a part that gold lacks are not counted.
    """
    ours, theirs = [p.split() for p in predicted], [g.split() for g in gold]
    shared_words = common(ours[0], theirs[0])
    if ours[0].count("be") > theirs[0].count("be") and BE.intersection(theirs[0]):
        shared_words += 1
    if not shared_words or len(ours) < len(theirs):
        return 0.0, 0.0
    shared_words += sum(common(o, t) for o, t in zip(ours[1:], theirs[1:], strict=False))
    size = sum(len(o) for o in ours[: len(theirs)])
    return shared_words / size, shared_words / sum(len(t) for t in theirs)


def match(gold: Gold, predicted: Extraction) -> tuple[float, float]:
    """(precision, recall) of one predicted tuple against one gold tuple."""
    reference = _binary(gold.relation, gold.arguments)
    straight = match_parts(reference, _binary(predicted.relation, predicted.arguments))
    if not any(word in gold.relation for word in SPEECH) or len(predicted.arguments) < 2:
        return straight
    relation, first, rest = _binary(predicted.relation, predicted.arguments)
    return max(straight, match_parts(reference, (relation, rest, first)))


def _binary(relation: str, arguments: Sequence[str]) -> tuple[str, ...]:
    return (relation, *arguments[:1], *([" ".join(arguments[1:])] if len(arguments) > 1 else []))


def greedy(matrix: Sequence[Sequence[tuple[float, float]]], columns: Sequence[int]) -> float:
    """The sum of precisions when gold rows and predicted columns are paired, the best pair first."""
    pairs = [(-row[j][0], i, k, j) for i, row in enumerate(matrix) for k, j in enumerate(columns)]
    total, rows, used = 0.0, set(), set()
    for negative, i, _, j in sorted(pairs):
        if i not in rows and j not in used:
            rows.add(i)
            used.add(j)
            total -= negative
    return total


def score(gold: dict[str, list[Gold]], predicted: dict[str, list[Extraction]]) -> Score:
    """The score of extractions by sentence key (see `squeeze`) against gold tuples by the same key."""
    thresholds = sorted({e.confidence for key in gold for e in predicted.get(key, ())})
    rank = {value: i for i, value in enumerate(thresholds)}
    sums = np.zeros((4, len(thresholds)))  # precisions, extractions, recalls, gold tuples
    for key, tuples in gold.items():
        _add_sentence(sums, tuples, predicted.get(key, []), rank)
    curve = [
        Point(t, p / max(n, 1), r / max(g, 1)) for t, (p, n, r, g) in zip(thresholds, sums.T, strict=True)
    ]
    everything = curve[0] if curve else Point(0.0, 0.0, 0.0)
    return Score(
        best=max(curve, key=lambda point: point.f1, default=everything),
        all=everything,
        auc=area(curve),
        curve=tuple(curve),
        predicted=sum(len(predicted.get(key, ())) for key in gold),
        gold=sum(map(len, gold.values())),
    )


def _add_sentence(
    sums: np.ndarray, gold: list[Gold], predicted: list[Extraction], rank: dict[float, int]
) -> None:
    matrix = [[match(g, e) for e in predicted] for g in gold]
    sums[3] += len(gold)
    done = 0
    for confidence in sorted({e.confidence for e in predicted}):
        kept = [j for j, e in enumerate(predicted) if e.confidence >= confidence]
        here = slice(done, rank[confidence] + 1)
        sums[0, here] += greedy(matrix, kept)
        sums[1, here] += len(kept)
        sums[2, here] += sum(max(row[j][1] for j in kept) for row in matrix)
        done = rank[confidence] + 1


def area(curve: Sequence[Point]) -> float:
    """The area under the precision-recall curve, by trapezoids, from recall 0 at precision 1."""
    recalls = [*(p.recall for p in curve), 0.0]
    precisions = [*(p.precision for p in curve), 1.0]
    if not curve:
        return 0.0
    return float(-np.trapezoid(precisions, recalls))


def evaluate(reader: Reader, sentences: Sequence[str], gold: dict[str, list[Gold]]) -> Score:
    """The score of `reader(sentences)`."""
    read = reader(sentences)
    return score(gold, {squeeze(s): extractions for s, extractions in zip(sentences, read, strict=True)})


def dev(reader: Reader) -> Score:
    """The score of a reader on the development side (641 sentences)."""
    return evaluate(
        reader, read_sentences(shared("bench/carb/dev.txt")), read_gold(shared("bench/carb/gold_dev.tsv"))
    )


def main(arguments: Sequence[str]) -> None:
    """CaRB, development side: best F1, F1 of all extractions, AUC."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench carb", description=main.__doc__)
    add_source(parser)
    result = dev(source(parser.parse_args(arguments)))
    rows = [
        [name, point.threshold, point.precision, point.recall, point.f1]
        for name, point in (("best F1", result.best), ("all extractions", result.all))
    ]
    print(table(["CaRB dev", "threshold", "precision", "recall", "F1"], rows))
    print(f"AUC {result.auc:.3f}; {result.predicted} extractions, {result.gold} gold tuples")
