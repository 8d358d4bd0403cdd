"""A second look: how a reading stands beside its rivals in the same sentence.

Takes the probabilities of a scene's pairs; gives for each promising (pair, relation) features of its own
probability and of those of others with the same subject, the same object, the same pair. A logistic
regression over them (stacking; Wolpert, "Stacked generalization", 1992) is the final confidence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST = 0.03  # first probabilities below are not looked at again


@dataclass(frozen=True, slots=True)
class Reading:
    """Pair number `row` under relation number `relation`, with its features."""

    row: int
    relation: int
    features: tuple[str, ...]


def level(probability: float) -> int:
    """The log-odds in steps of a half, from -9 to 9."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-9, min(9, round(2 * math.log(p / (1 - p)))))


def readings(
    pairs: Sequence[tuple[int, int]],
    types: Sequence[str],
    scores: NDArray[np.float32],
    overlapping: Callable[[int, int], bool],
) -> Iterator[Reading]:
    """The promising readings of a scene with their features; `scores` are pairs × relations."""
    if not len(pairs):
        return
    subjects = np.array([i for i, _ in pairs])
    objects = np.array([j for _, j in pairs])
    kinds = np.array([f"{types[i]}>{types[j]}" for i, j in pairs])
    place = {pair: row for row, pair in enumerate(pairs)}
    for row, relation in np.argwhere(scores >= LEAST):
        i, j = pairs[row]
        p, column = scores[row, relation], scores[:, relation]
        same_object, same_subject = (objects == j) & (subjects != i), (subjects == i) & (objects != j)
        others = np.delete(scores[row], relation)
        back = place.get((j, i))
        own = level(p)
        same_subjects = [k for k in np.flatnonzero(same_object).tolist() if overlapping(pairs[k][0], i)]
        same_objects = [k for k in np.flatnonzero(same_subject).tolist() if overlapping(pairs[k][1], j)]
        best = {
            "subject overlapping": _top(column[same_subjects]),
            "object overlapping": _top(column[same_objects]),
            "object shared": _top(column[same_object]),
            "subject shared": _top(column[same_subject]),
            "alike with object shared": _top(column[same_object & (kinds == kinds[row])]),
            "alike with subject shared": _top(column[same_subject & (kinds == kinds[row])]),
            "other relation": _top(others),
            "turned": level(scores[back, relation]) if back is not None else -9,
        }
        ranks = {
            "rank in relation": int((column > p).sum()),
            "rank by object": int((column[same_object] > p).sum()),
            "rank by subject": int((column[same_subject] > p).sum()),
            "rank of all": int((scores > p).sum()),
            "rank of pair": int((others > p).sum()),
        }
        features = [f"own {own}", f"own {relation} {own}"]
        for name, top in best.items():
            features += [
                f"{name} {top}",
                f"{name} {_step(own - top)} ahead",
                f"{name} {relation} {_step(own - top)} ahead",
            ]
        for name, rank in ranks.items():
            features += [
                f"{name} {min(rank, 4)}",
                f"{name} {relation} {min(rank, 3)}",
                f"{name} {min(rank, 2)} own {own}",
            ]
        features.append(f"sure ones {min(int((column > 0.5).sum()), 5)}")
        features.append(f"types {relation} {kinds[row]}")
        yield Reading(int(row), int(relation), tuple(features))


def _top(scores: NDArray[np.float32]) -> int:
    return level(float(scores.max())) if scores.size else -9


def _step(difference: int) -> int:
    return max(-6, min(6, difference))
