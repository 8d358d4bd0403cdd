"""Logistic regressions, one a relation, that share what is common to all of them.

What makes two stretches of a sentence the ends of a fact at all (where a subject stands, how its boundaries
look) is learnt over all relations together, where single relations have few examples; what that regression
says held out is one more feature of each relation's own ("stacking": Wolpert, "Stacked generalization",
1992). Sums of weights are weights again, so that nothing of this shows in the model.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from factloom.extract.learn.labelling import FALSE, TRUE
from factloom.extract.learn.model import NEVER
from factloom.extract.learn.rows import Rows

_STRENGTH, _COMMON_STRENGTH = 0.2, 0.1  # inverses of the L2 penalties
_SUREST = 8.0  # log-odds; surer ones say no more
Floats = NDArray[np.float32]


def fit(rows: Rows, chosen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Weights (features × relations) and biases from the chosen pairs; no true pair gives no reading."""
    count = rows.labels.shape[1]
    weights = np.zeros((len(rows.names), count), np.float32)
    bias = np.full(count, NEVER, np.float32)
    common, start, column = _common(rows, chosen)
    x = sparse.hstack([rows.x, sparse.csr_matrix(column[:, None])]).tocsr()
    for r in range(count):
        told = chosen & rows.allowed[:, r] & (rows.labels[:, r] >= FALSE)
        true = rows.labels[told, r] == TRUE
        if true.sum() < 2:
            continue
        if true.all():
            bias[r] = 2.0
            continue
        fitted = _regression(x[told], true, _STRENGTH)
        *own, share = fitted.coef_[0]
        weights[:, r] = np.array(own) + share * common
        bias[r] = fitted.intercept_[0] + share * start
    return weights, bias


def probabilities(rows: Rows, weights: Floats, bias: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """Those of the chosen pairs, pairs × relations; 0 where the types do not admit a relation."""
    sums = rows.x[chosen] @ weights + bias
    return np.where(rows.allowed[chosen], 1 / (1 + np.exp(-sums)), 0.0).astype(np.float32)


def _common(rows: Rows, chosen: NDArray[np.bool_]) -> tuple[Floats, float, Floats]:
    """Weights and bias of a regression for any relation at all, and its log-odds of each pair held out."""
    told = chosen & (rows.allowed & (rows.labels >= FALSE)).any(axis=1)
    true = (rows.allowed & (rows.labels == TRUE)).any(axis=1)
    column = np.zeros(len(true), np.float32)
    halves = rows.halves
    for half in (0, 1):
        part, held = told & (halves != half), halves == half
        if 0 < true[part].sum() < part.sum():
            fitted = _regression(rows.x[part], true[part], _COMMON_STRENGTH)
            column[held] = rows.x[held] @ fitted.coef_[0] + fitted.intercept_[0]
    if not 0 < true[told].sum() < told.sum():
        return np.zeros(len(rows.names), np.float32), 0.0, column
    whole = _regression(rows.x[told], true[told], _COMMON_STRENGTH)
    return whole.coef_[0].astype(np.float32), float(whole.intercept_[0]), np.clip(column, -_SUREST, _SUREST)


def _regression(x: sparse.csr_matrix, true: NDArray[np.bool_], strength: float) -> Any:
    """The dual is as exact and takes a third of the time: there are many more features than pairs."""
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, tol=0.1, random_state=0)
    return model.fit(x, true)
