"""A small network over vectors of pairs: one hidden layer, a probability for every relation.

The relations share the hidden layer, so that what tells one helps another (Caruana, "Multitask learning",
1997). Trained by Adam (Kingma & Ba, 2015) with dropout (Srivastava et al., 2014), both with a fixed seed.
Plain arrays in, plain lists out.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

Floats = NDArray[np.float32]
_HIDDEN, _ROUNDS, _BATCH = 128, 10, 256
_RATE, _DECAY, _DROPPED = 1e-3, 1e-3, 0.4
_FIRST, _SECOND = 0.9, 0.999  # how slowly Adam's two means move
_SEED = 0


def one_thread() -> Any:
    """Sums by one thread: several wait for each other over small ones, and add up in another order."""
    return _threads().limit(limits=1)


@functools.cache
def _threads() -> Any:
    return ThreadpoolController()


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`types` are the types of ends that its rows tell apart; weights are inputs × hidden × relations."""

    types: tuple[str, ...]
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def log_odds(self, rows: Floats) -> Floats:
        """Rows × relations."""
        with one_thread():
            hidden = np.maximum(rows @ self.first + self.first_bias, 0.0)
            return np.asarray(hidden @ self.second + self.second_bias, np.float32)

    def record(self) -> dict[str, Any]:
        """Plain lists for JSON."""
        parts = (self.first, self.first_bias, self.second, self.second_bias)
        return {"types": list(self.types), "layers": [_plain(part) for part in parts]}


def _plain(values: Floats) -> list[Any]:
    return [[round(v, 4) for v in row] for row in np.atleast_2d(values).tolist()]


def from_record(record: Any) -> Network:
    """The network that `Network.record` wrote."""
    first, bias, second, second_bias = (np.array(part, np.float32) for part in record["layers"])
    return Network(tuple(record["types"]), first, bias[0], second, second_bias[0])


def fit(rows: NDArray[np.floating], labels: Floats, told: Floats, types: Sequence[str]) -> Network:
    """Learn labels (1 or 0) of rows × relations where `told` is 1."""
    mean, spread = _spread(rows)
    chance = np.random.default_rng(_SEED)
    weights = _start(chance, rows.shape[1], labels.shape[1])
    means = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps = max(1, len(rows) // _BATCH)
    with one_thread():
        for step in range(_ROUNDS * steps):
            if step % steps == 0:
                parts = np.array_split(chance.permutation(len(rows)), steps)
                rate = _RATE * (1 - step / (_ROUNDS * steps))
            part = parts[step % steps]
            slopes = _slopes(chance, weights, (rows[part] - mean) / spread, labels[part], told[part])
            _move(weights, means, slopes, rate, step + 1)
    first = weights[0] / spread[:, None]
    return Network(tuple(types), first, weights[1] - mean @ first, weights[2], weights[3])


def _spread(rows: NDArray[np.floating]) -> tuple[Floats, Floats]:
    """The mean and the standard deviation of each column."""
    mean = rows.mean(axis=0, dtype=np.float32)
    square = np.zeros_like(mean)
    for part in np.array_split(rows, max(1, len(rows) // _BATCH)):
        square += ((part - mean) ** 2).sum(axis=0)
    return mean, np.sqrt(square / len(rows)) + np.float32(1e-3)


def _start(chance: np.random.Generator, inputs: int, outputs: int) -> list[Floats]:
    def drawn(rows: int, columns: int, scale: float) -> Floats:
        return np.asarray(chance.standard_normal((rows, columns)) * np.sqrt(scale / rows), np.float32)

    first, second = drawn(inputs, _HIDDEN, 2.0), drawn(_HIDDEN, outputs, 1.0)
    return [first, np.zeros(_HIDDEN, np.float32), second, np.full(outputs, -3.0, np.float32)]


def _slopes(
    chance: np.random.Generator, weights: Sequence[Floats], rows: Floats, labels: Floats, told: Floats
) -> list[Floats]:
    """The slope of the mean loss for each of the weights."""
    first, first_bias, second, second_bias = weights
    sums = rows @ first + first_bias
    kept = (chance.random(sums.shape, dtype=np.float32) >= _DROPPED).astype(np.float32) / (1 - _DROPPED)
    hidden = np.maximum(sums, 0.0) * kept
    said = 1 / (1 + np.exp(-(hidden @ second + second_bias)))
    wrong = np.asarray((said - labels) * told / len(rows), np.float32)
    back = (wrong @ second.T) * kept * (sums > 0)
    return [
        rows.T @ back + _DECAY * first,
        back.sum(axis=0),
        hidden.T @ wrong + _DECAY * second,
        wrong.sum(axis=0),
    ]


def _move(
    weights: Sequence[Floats],
    means: Sequence[tuple[Floats, Floats]],
    slopes: Sequence[Floats],
    rate: float,
    step: int,
) -> None:
    """One step of Adam, in place."""
    for weight, (mean, square), slope in zip(weights, means, slopes, strict=True):
        mean += (1 - _FIRST) * (slope - mean)
        square += (1 - _SECOND) * (slope * slope - square)
        size = np.sqrt(square / (1 - _SECOND**step)) + 1e-8
        weight -= np.float32(rate / (1 - _FIRST**step)) * mean / size
