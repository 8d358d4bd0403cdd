"""Gradient-boosted trees as plain arrays: fitted by scikit-learn, written as JSON, read without it.

Every tree mends what those before it left wrong (Friedman, "Greedy function approximation: a gradient
boosting machine", 2001) and asks at each question for the best of a part of the columns, drawn with a fixed
seed. It grows where it gains most, over numbers sorted into bins (Ke et al., "LightGBM", 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.network import one_thread

DEEPEST, RATE, COLUMNS = 6, 0.05, 0.3
_SEED = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """How many trees, and how many leaves at most each of them has."""

    trees: int
    leaves: int


# Many and large for many examples, few and small for few: cross-validation chooses.
SHAPES = (Shape(300, 15), Shape(120, 4))


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
        for _ in range(DEEPEST):
            below = numbers.take(rows + self.column.take(place)) <= self.limit.take(place)
            place = roots + np.where(below, self.left.take(place), self.right.take(place))
        sums = self.start + self.value.take(place).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-sums)), np.float32)

    def record(self) -> list[Any]:
        """Plain lists for JSON: the start, then a tree each with its nodes."""
        nodes = zip(self.column, self.limit, self.left, self.right, self.value, strict=True)
        return [round(self.start, 5), *([_plain(part) for part in tree] for tree in nodes)]


def _plain(values: NDArray[Any]) -> list[float]:
    """Whole numbers as they are, others with the digits that tell them from their neighbours."""
    return [v if isinstance(v, int) else float(f"{v:.8g}") for v in values.tolist()]


def from_record(record: Sequence[Any]) -> Trees:
    """The trees that `Trees.record` wrote."""
    start, *trees = record
    return _padded(float(start), trees)


def fit(numbers: NDArray[np.float32], labels: NDArray[np.bool_], shape: Shape) -> Trees | None:
    """Trees that tell the true rows from the others; None when all are alike."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    true = int(labels.sum())
    if not 0 < true < len(labels):
        return None
    model = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        learning_rate=RATE,
        max_leaf_nodes=shape.leaves,
        max_depth=DEEPEST,
        min_samples_leaf=leaf_size(true),
        l2_regularization=1.0,
        max_features=COLUMNS,
        early_stopping=False,
        random_state=_SEED,
    )
    with one_thread():
        model.fit(numbers, labels)
    nodes = [_nodes(predictor.nodes) for (predictor,) in model._predictors]
    return _padded(float(model._baseline_prediction.item()), nodes)


def leaf_size(true: int) -> int:
    """How many rows a leaf has at least where so many rows are true."""
    return max(3, min(20, true // 20))


def _nodes(nodes: NDArray[Any]) -> list[Any]:
    own = np.arange(len(nodes))
    leaf = nodes["is_leaf"] > 0
    return [
        np.where(leaf, 0, nodes["feature_idx"]),
        np.where(leaf, 0.0, nodes["num_threshold"]),
        np.where(leaf, own, nodes["left"]),
        np.where(leaf, own, nodes["right"]),
        np.where(leaf, nodes["value"], 0.0),
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
