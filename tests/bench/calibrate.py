"""Calibrate the surface view's confidences on CaRB's development sentences, and show how reliable they are.

Prints the reliability table (ten bins: mean confidence against the share of words that the gold
tuples confirm); with `--write` fits the weights anew first and writes them to the package's data.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from factloom.extract import calibration, language, surface
from factloom.extract.repairs import repair

from .carb import Gold, match, read_gold, read_sentences
from .data import shared
from .predictions import Extraction, squeeze
from .report import table

_RIDGE = 8.0
_WEIGHTS = Path(calibration.__file__).parent / "data" / "surface_confidence.tsv"
_HEADER = "# Weights of extract.calibration, fitted by tests/bench/calibrate.py: feature, weight\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """An extraction's features, its confidence, and the share of its words that a gold tuple confirms."""

    features: tuple[str, ...]
    confidence: float
    share: float


def judged() -> list[Judged]:
    """Every extraction of the development sentences with its judgement."""
    sentences = read_sentences(shared("bench/carb/dev.txt"))
    gold = read_gold(shared("bench/carb/gold_dev.tsv"))
    found: list[Judged] = []
    for text, parsed in zip(sentences, language.parse(sentences), strict=True):
        rows = [row for sentence in parsed for row in _read(sentence)]
        shares = _shares([e for e, _ in rows], gold.get(squeeze(text), []))
        found += [Judged(f, e.confidence, s) for (e, f), s in zip(rows, shares, strict=True)]
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


def fit(data: Sequence[Judged]) -> dict[str, float]:
    """Ridge weights of every feature."""
    names = sorted({f for d in data for f in d.features})
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(data), len(names)))
    for row, d in enumerate(data):
        matrix[row, [place[f] for f in d.features]] = 1.0
    target = np.array([d.share for d in data])
    solved = np.linalg.solve(matrix.T @ matrix + _RIDGE * np.eye(len(names)), matrix.T @ target)
    return {name: round(float(solved[i]), 4) for name, i in place.items()}


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
        calibration.weights.cache_clear()
        data = [Judged(d.features, calibration.confidence(d.features), d.share) for d in data]
    print(table(["confidence", "extractions", "mean", "confirmed"], reliability(data)))
