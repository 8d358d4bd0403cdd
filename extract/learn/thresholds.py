"""The least confidence of each relation, from cross-validated confidences of the examples' own pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.conventions import normal
from factloom.extract.learn.labelling import FALSE, TRUE, Labelled
from factloom.extract.learn.rows import Rows

_FLAT = 0.003  # share of the best F1
_TRUSTED = 2000  # examples that make a relation's own threshold count half


def thresholds(
    found: Sequence[tuple[int, Labelled]],
    rows: Rows,
    confidences: NDArray[np.float32],
    totals: NDArray[np.int32],
) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """The threshold of best F1 over all relations, moved towards a relation's own as its examples are many.

    Confidences are calibrated over all relations, so that one threshold serves all (Lipton et al., "Optimal
    thresholding of classifiers to maximize F1 measure", 2014); a relation's own is found on few points.
    """
    points = [_points(found, rows, confidences, r) for r in range(len(totals))]
    common, _ = best_threshold([p for found_here in points for p in found_here], int(totals.sum()))
    chosen = np.full(len(totals), common, np.float32)
    report: dict[str, Any] = {}
    for r, here in enumerate(points):
        own, _ = best_threshold(here, int(totals[r]))
        if sum(true for _, true in here) >= 15:
            weight = totals[r] / (totals[r] + _TRUSTED)
            chosen[r] = weight * own + (1 - weight) * common
        said = [true for p, true in here if p >= chosen[r]]
        report[str(r)] = {
            "examples": int(totals[r]),
            "precision": round(sum(said) / len(said), 3) if said else None,
            "recall": round(sum(said) / int(totals[r]), 3) if totals[r] else None,
        }
    return chosen, report


def _points(
    found: Sequence[tuple[int, Labelled]], rows: Rows, confidences: NDArray[np.float32], relation: int
) -> list[tuple[float, bool]]:
    """Confidence and truth of what would be said, once for equal names in an example."""
    best: dict[tuple[int, str, str], tuple[float, bool]] = {}
    for row in _surest(found, rows, confidences[:, relation]):
        label = rows.labels[row, relation]
        if label < FALSE:
            continue
        scene = found[rows.scenes[row]][1].scene
        i, j = rows.pairs[row]
        names = [normal(scene.name(k, scene.candidates[k].variants[0])) or str(k) for k in (i, j)]
        if any(scene.candidates[k].kind == "pronoun" for k in (i, j)):
            names = [f"{rows.scenes[row]}.{i}", f"{j}"]
        key = (int(rows.examples[row]), names[0], names[1])
        p, true = best.get(key, (0.0, False))
        best[key] = (max(p, float(confidences[row, relation])), true or label == TRUE)
    return list(best.values())


def _surest(
    found: Sequence[tuple[int, Labelled]], rows: Rows, confidences: NDArray[np.float32]
) -> Iterator[int]:
    """The rows that would be said at a low threshold: of overlapping ones in a sentence the surest."""
    promising = np.flatnonzero(confidences >= 0.05)
    kept: dict[int, list[int]] = defaultdict(list)
    for row in promising[np.argsort(-confidences[promising], kind="stable")].tolist():
        scene = found[rows.scenes[row]][1].scene
        here = kept[int(rows.scenes[row])]
        ends = (zip(rows.pairs[row], rows.pairs[other], strict=True) for other in here)
        if not any(all(i == k or scene.overlapping(i, k) for i, k in pair) for pair in ends):
            here.append(row)
            yield row


def best_threshold(points: Sequence[tuple[float, bool]], total: int) -> tuple[float, float]:
    """A threshold with the best F1 where `total` facts are to be found, and that F1.

    Near its top the curve is flat, and which threshold is the very best is chance: of those that do as well
    but for `_FLAT` the middle is taken.
    """
    ordered = sorted(points, reverse=True)
    found: list[tuple[float, float]] = []
    right = 0
    for said, (p, true) in enumerate(ordered, start=1):
        right += true
        following = ordered[said][0] if said < len(ordered) else 0.0
        if following < p:
            found.append((2 * right / (said + total), (p + following) / 2))
    best = max((f1 for f1, _ in found), default=0.0)
    if not best:
        return 0.5, best
    equal = [threshold for f1, threshold in found if f1 >= best * (1 - _FLAT)]
    return min(max((equal[0] + equal[-1]) / 2, 0.05), 0.95), best
