"""Calibrate the surface view's confidences on CaRB's development sentences, and show how reliable they are.

Prints the reliability table (ten bins: mean confidence against the share of words that the gold
tuples confirm); with `--write` fits the weights anew first and writes them to the package's data.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from factloom.extract import calibration, language, surface
from factloom.extract.repairs import repair
from factloom.extract.weights import read_weights

from .carb import Gold, match, read_gold, read_sentences
from .data import shared
from .predictions import Extraction, squeeze
from .report import table

_RIDGE, _RAREST, _FOLDS = 30.0, 8, 10
# What an extraction is worth to the score that is fitted: the share of its words that are confirmed and,
# less so, the gold words that no other extraction of the sentence has.
_SHARE, _GAIN = 0.86, 0.33
_WEIGHTS = Path(calibration.__file__).parent / "data" / "surface_confidence.tsv"
_HEADER = "# Weights of extract.calibration, fitted by tests/bench/calibrate.py: feature, weight\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """An extraction's features, its confidence, and what the gold tuples say of it.

    `share`, in [0, 1], is the share of its words that a gold tuple confirms; `gain` the sum, over gold
    tuples, of the share of words that it has and no other extraction of the sentence.
    """

    sentence: int
    features: tuple[str, ...]
    confidence: float
    share: float
    gain: float


def judged() -> list[Judged]:
    """Every extraction of the development sentences with its judgement."""
    sentences = read_sentences(shared("bench/carb/dev.txt"))
    gold = read_gold(shared("bench/carb/gold_dev.tsv"))
    found: list[Judged] = []
    for i, (text, parsed) in enumerate(zip(sentences, language.parse(sentences), strict=True)):
        rows = [row for sentence in parsed for row in _read(sentence)]
        extractions, tuples = [e for e, _ in rows], gold.get(squeeze(text), [])
        shares, gains = _shares(extractions, tuples), _gains(extractions, tuples)
        found += [Judged(i, f, e.confidence, s, g) for (e, f), s, g in zip(rows, shares, gains, strict=True)]
    return found


def _read(sentence: language.Sentence) -> Iterator[tuple[Extraction, tuple[str, ...]]]:
    repair(sentence)
    for e, features in surface.with_features(sentence):
        arguments = tuple(a.text for a in e.arguments)
        target = e.object.text if e.object is not None else ""
        yield Extraction(e.subject.text, e.relation.text, target, arguments, e.confidence), features


def _shares(extractions: Sequence[Extraction], gold: Sequence[Gold]) -> list[float]:
    """Each extraction's precision with the gold tuple it is paired with, greedily, each tuple once."""
    pairs = sorted((-match(g, e)[0], i, j) for i, g in enumerate(gold) for j, e in enumerate(extractions))
    rows: set[int] = set()
    shares: dict[int, float] = {}
    for negative, i, j in pairs:
        if i not in rows and j not in shares:
            rows.add(i)
            shares[j] = -negative
    return [shares.get(j, 0.0) for j in range(len(extractions))]


def _gains(extractions: Sequence[Extraction], gold: Sequence[Gold]) -> list[float]:
    """The recall that each extraction adds to what the others of its sentence have."""
    gains = [0.0] * len(extractions)
    for tuple_ in gold:
        recalls = [match(tuple_, e)[1] for e in extractions]
        for j, recall in enumerate(recalls):
            gains[j] += max(0.0, recall - max([*recalls[:j], *recalls[j + 1 :]], default=0.0))
    return gains


def fit(data: Sequence[Judged]) -> dict[str, float]:
    """Ridge weights of every feature that is not rare, scaled so that their sum is the share expected."""
    counts = Counter(f for d in data for f in set(d.features))
    names = sorted(f for f, count in counts.items() if count >= _RAREST)
    matrix = np.array([[d.features.count(name) for name in names] for d in data], dtype=float)
    shares = np.array([d.share for d in data])
    worth = _SHARE * shares + _GAIN * np.array([d.gain for d in data])
    solved = np.linalg.solve(matrix.T @ matrix + _RIDGE * np.eye(len(names)), matrix.T @ worth)
    slope, start = np.polyfit(matrix @ solved, shares, 1)
    weights = {name: round(float(slope * w), 4) for name, w in zip(names, solved, strict=True)}
    return {calibration.ALWAYS: round(float(start), 4), **weights}


def held_out(data: Sequence[Judged]) -> list[Judged]:
    """The same extractions with the confidence that weights from other sentences give them."""
    result = []
    for fold in range(_FOLDS):
        weights = fit([d for d in data if d.sentence % _FOLDS != fold])
        for d in data:
            if d.sentence % _FOLDS == fold:
                result.append(replace(d, confidence=calibration.confidence(d.features, weights)))
    return result


def reliability(data: Sequence[Judged]) -> list[tuple[str, str, str, str]]:
    """For each tenth of confidence: the bin, how many, their mean confidence, their mean share confirmed."""
    rows = []
    for low in range(10):
        inside = [d for d in data if low <= min(d.confidence, 0.999) * 10 < low + 1]
        if inside:
            mean = sum(d.confidence for d in inside) / len(inside)
            share = sum(d.share for d in inside) / len(inside)
            rows.append(
                (f"{low / 10:.1f}–{(low + 1) / 10:.1f}", str(len(inside)), f"{mean:.3f}", f"{share:.3f}")
            )
    return rows


def main(arguments: Sequence[str]) -> None:
    """Print the reliability table; `--write` fits and writes the weights first."""
    parser = argparse.ArgumentParser(prog="calibrate", description=__doc__)
    parser.add_argument("--write", action="store_true", help="fit the weights anew and write them")
    options = parser.parse_args(arguments)
    data = judged()
    if options.write:
        lines = "".join(f"{name}\t{weight}\n" for name, weight in sorted(fit(data).items()))
        _WEIGHTS.write_text(_HEADER + lines, encoding="utf-8")
        read_weights.cache_clear()
        data = [replace(d, confidence=calibration.confidence(d.features)) for d in data]
    head = ["confidence", "extractions", "mean", "confirmed"]
    print(table(head, reliability(data)))
    print(f"\nWith weights from the other sentences ({_FOLDS} folds):\n")
    print(table(head, reliability(held_out(data))))
