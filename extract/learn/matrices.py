"""Features by name as a sparse matrix, columns in alphabetical order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse


def matrix(features: Sequence[Sequence[str]], *, least: int = 1) -> tuple[sparse.csr_matrix, list[str]]:
    """Rows × names, 1 where a row has the feature; names met in fewer than `least` rows are left out."""
    met = Counter(f for row in features for f in set(row))
    names = sorted(n for n, count in met.items() if count >= least)
    numbers = {n: i for i, n in enumerate(names)}
    cells: list[int] = []
    ends = [0]
    for row in features:
        cells += sorted({numbers[f] for f in row if f in numbers})
        ends.append(len(cells))
    ones = np.ones(len(cells), np.float32)
    return sparse.csr_matrix((ones, cells, ends), shape=(len(features), len(names))), names
