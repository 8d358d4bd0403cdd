"""Two opinions made one: the regressions', of words and parse, and the network's, of the pipeline's vectors.

The log-odds are averaged (Genest & Zidek, "Combining probability distributions", 1986: the logarithmic pool),
where the regressions see any promise; what they rule out the network is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn import vectors
from factloom.extract.learn.network import Network
from factloom.extract.learn.scenes import Scene
from factloom.ontology.errors import OntologyError

PROMISING = 0.02  # probability of any relation from which on the network is asked
_SHARE = 0.3  # of the network
FLOOR = -12.0  # log-odds where there is nothing
Floats = NDArray[np.float32]


def log_odds(scores: Floats) -> Floats:
    """The log-odds of probabilities, at least `FLOOR`."""
    p = np.clip(scores.astype(np.float64), 1e-9, 1 - 1e-9)
    return np.maximum(np.log(p / (1 - p)), FLOOR).astype(np.float32)


def pooled(linear: Floats, odds: Floats, said: Floats) -> Floats:
    """The probabilities of both; what the regressions don't admit stays 0."""
    both = (1 - _SHARE) * odds + _SHARE * said
    return np.where(linear > 0, 1 / (1 + np.exp(-both)), 0.0).astype(np.float32)


def mixed(
    scene: Scene, pairs: Sequence[tuple[int, int]], linear: Floats, network: Network | None
) -> tuple[Floats, tuple[Floats, Floats]]:
    """The pairs × relations probabilities, and the log-odds of both opinions.

    Raises `OntologyError` when the pipeline's vectors are not those that the network was taught on.
    """
    odds = log_odds(linear)
    if network is None:
        return linear, (odds, odds)
    _check(scene, network)
    scores, said = linear.copy(), np.full_like(odds, FLOOR)
    rows = np.flatnonzero(linear.max(axis=1, initial=0.0) >= PROMISING)
    if len(rows):
        seen = vectors.pair_vectors(scene, [pairs[row] for row in rows.tolist()], network.types)
        said[rows] = np.maximum(network.log_odds(seen), FLOOR)
        scores[rows] = pooled(linear[rows], odds[rows], said[rows])
    return scores, (odds, said)


def _check(scene: Scene, network: Network) -> None:
    words = scene.sentence.vectors
    wide = 0 if words is None else vectors.width(words.shape[1], len(network.types))
    if wide != len(network.first):
        raise OntologyError(
            "what was learnt does not fit this --model: its word vectors are others; learn again with it"
        )
