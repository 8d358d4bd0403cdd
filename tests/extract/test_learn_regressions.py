"""What relations with few examples take from all of them together."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from factloom.extract.learn import regressions
from factloom.extract.learn.rows import Rows

COUNT = 240


def _rows() -> Rows:
    """Pairs with a feature each of the first relation, of the second, of subjects of both, and of none."""
    names = ["one", "other", "s subject", "with noise"]
    x = np.zeros((COUNT, 4), np.float32)
    labels = np.zeros((COUNT, 2), np.int8)
    for n in range(COUNT):
        kind, subject = n % 3, (n // 3) % 2
        x[n] = (kind == 0, kind == 1, subject, n % 7 == 0)
        labels[n] = (kind == 0 and subject, kind == 1 and subject and n >= COUNT - 12)
    examples = np.arange(COUNT, dtype=np.int32)
    admitted = np.ones((COUNT, 2), np.bool_)
    return Rows(sparse.csr_matrix(x), names, labels, admitted, examples, examples, [(0, 1)] * COUNT)


def test_a_relation_with_few_examples_shares_what_others_show_of_subjects() -> None:
    rows = _rows()
    weights, bias = regressions.fit(rows, np.ones(COUNT, np.bool_))
    assert weights.shape == (4, 2)
    assert bias.shape == (2,)
    alone = _rows()
    alone.labels[:, 0] = 0
    by_itself, _ = regressions.fit(alone, np.ones(COUNT, np.bool_))
    assert weights[2, 1] > 0 > by_itself[2, 1]


def test_a_relation_without_true_pairs_is_never_read() -> None:
    rows = _rows()
    rows.labels[:, 1] = 0
    weights, bias = regressions.fit(rows, np.ones(COUNT, np.bool_))
    assert not weights[:, 1].any()
    assert bias[1] < -10
