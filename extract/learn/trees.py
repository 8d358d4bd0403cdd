"""Gradient-boosted trees as plain arrays: fitted by scikit-learn, written as JSON, read without it.

The method is that of Friedman, "Stochastic gradient boosting" (2002): every tree mends what those before it
left wrong, seen on a part of the rows and columns. The part is drawn with a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_DEEPEST, RATE = 4, 0.05
_SEED = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """How many trees, and how many questions at most on the way to a leaf."""

    trees: int
    depth: int


# Many and deep for many examples, few and flat for few: cross-validation chooses.
SHAPES = (Shape(300, _DEEPEST), Shape(120, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Trees × nodes arrays. A node asks whether number `column` is at most `limit`.

    If so the way is `left`, else `right`. A leaf leads to itself; `value` is what it adds to the log-odds,
    which begin at `start`.
    """

    start: float
    column: NDArray[np.intp]
    limit: NDArray[np.float32]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float32]

    def probabilities(self, numbers: NDArray[np.float32]) -> NDArray[np.float32]:
        """The probability of each row of numbers."""
        count, nodes = self.column.shape
        roots = np.arange(count) * nodes
        rows = np.arange(len(numbers))[:, None] * numbers.shape[1]
        place = np.repeat(roots[None, :], len(numbers), axis=0)
        for _ in range(_DEEPEST):
            below = numbers.take(rows + self.column.take(place)) <= self.limit.take(place)
            place = roots + np.where(below, self.left.take(place), self.right.take(place))
        sums = self.start + self.value.take(place).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-sums)), np.float32)

    def record(self) -> list[Any]:
        """Plain lists for JSON: the start, then a tree each with its nodes."""
        nodes = zip(self.column, self.limit, self.left, self.right, self.value, strict=True)
        return [round(self.start, 5), *([_plain(part) for part in tree] for tree in nodes)]


def _plain(values: NDArray[Any]) -> list[float]:
    return [round(v, 5) for v in values.tolist()]


def from_record(record: Sequence[Any]) -> Trees:
    """The trees that `Trees.record` wrote."""
    start, *trees = record
    return _padded(float(start), trees)


def fit(numbers: NDArray[np.float32], labels: NDArray[np.bool_], shape: Shape) -> Trees | None:
    """Trees that tell the true rows from the others; None when all are alike."""
    from sklearn.ensemble import GradientBoostingClassifier

    true = int(labels.sum())
    if not 0 < true < len(labels):
        return None
    model = GradientBoostingClassifier(
        n_estimators=shape.trees,
        learning_rate=RATE,
        max_depth=shape.depth,
        min_samples_leaf=max(3, min(20, true // 20)),
        subsample=0.5,
        max_features=0.3,
        random_state=_SEED,
    ).fit(numbers, labels)
    nodes = [_nodes(estimator.tree_) for estimator in model.estimators_[:, 0]]
    return _padded(float(np.log(true / (len(labels) - true))), nodes)


def _nodes(tree: Any) -> list[Any]:
    own = np.arange(tree.node_count)
    leaf = tree.children_left < 0
    return [
        np.where(leaf, 0, tree.feature),
        np.where(leaf, 0.0, tree.threshold),
        np.where(leaf, own, tree.children_left),
        np.where(leaf, own, tree.children_right),
        np.where(leaf, tree.value[:, 0, 0] * RATE, 0.0),
    ]


def _padded(start: float, trees: Sequence[Sequence[Any]]) -> Trees:
    most = max(len(tree[0]) for tree in trees)
    parts = []
    for place, kind in enumerate((np.intp, np.float32, np.intp, np.intp, np.float32)):
        part = np.zeros((len(trees), most), kind)
        for row, tree in zip(part, trees, strict=True):
            row[: len(tree[place])] = tree[place]
        parts.append(part)
    return Trees(start, *parts)
