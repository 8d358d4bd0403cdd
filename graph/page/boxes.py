"""Boxes on a board: pushed apart, kept off the lines, packed side by side.

Takes and gives positions (n, 2) in pixels; knows nothing of graphs beyond pairs of numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pairs = NDArray[np.int64]

_CELL = 14.0
_GAP = 26.0
_PLACED = 240


def push_apart(places: Array, sizes: Array, *, rounds: int) -> Array:
    """Move overlapping boxes apart along their shorter overlap, half each, for up to `rounds` passes."""
    places = places.copy()
    half = (sizes[:, None, :] + sizes[None, :, :]) / 2.0
    upper = np.triu(np.ones((len(places), len(places)), dtype=bool), 1)
    # Two boxes on one spot part by their order.
    for _ in range(rounds):
        apart = places[None, :, :] - places[:, None, :]
        over = half - np.abs(apart)
        hit = (over > 0.5).all(axis=2) & upper
        if not hit.any():
            break
        i, j = np.nonzero(hit)
        axis = over[i, j].argmin(axis=1)
        push = over[i, j, axis] / 2.0 * np.where(apart[i, j, axis] >= 0, 1.0, -1.0)
        np.add.at(places, (j, axis), push * 0.6)
        np.add.at(places, (i, axis), -push * 0.6)
    return places


def keep_off_lines(places: Array, pairs: Pairs, room: Array) -> Array:
    """Move each node off the lines that pass closer than `room` (n,) without being its own."""
    if len(pairs) == 0:
        return places
    a, b = places[pairs[:, 0]], places[pairs[:, 1]]
    along = b - a
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip(((places[:, None, :] - a) * along).sum(axis=2) / length, 0.0, 1.0)
    off = places[:, None, :] - (a + share[:, :, None] * along)
    gap = np.sqrt((off**2).sum(axis=2))
    own = (np.arange(len(places))[:, None] == pairs[:, 0]) | (np.arange(len(places))[:, None] == pairs[:, 1])
    inside = (share > 0.02) & (share < 0.98)
    push = np.where(own | ~inside, 0.0, np.maximum(room[:, None] - gap, 0.0))
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.sqrt(length)[:, None]
    side = np.where((off * normal).sum(axis=2) >= 0, 1.0, -1.0)
    moved = places + ((push * side)[:, :, None] * normal).sum(axis=1) * 0.5
    return np.asarray(moved, dtype=np.float64)


def pack(
    places: Array, sizes: Array, parts: Sequence[NDArray[np.int64]], board: tuple[float, float]
) -> Array:
    """Set the parts side by side, the largest in the middle, towards the board's proportions."""
    places = places.copy()
    low = np.array([(places[p] - sizes[p] / 2).min(axis=0) for p in parts])
    high = np.array([(places[p] + sizes[p] / 2).max(axis=0) for p in parts])
    cells = np.ceil((high - low + _GAP) / _CELL).astype(int)
    grid = _Grid(cells, board[0] / board[1])
    for number, part in enumerate(parts[:_PLACED]):
        corner = grid.place(cells[number])
        places[part] += corner * _CELL - low[number]
    if len(parts) > _PLACED:
        _rows(places, parts, low, cells, grid)
    return np.asarray(places - (places.min(axis=0) + places.max(axis=0)) / 2.0, dtype=np.float64)


def _rows(places: Array, parts: Sequence[NDArray[np.int64]], low: Array, cells: Array, grid: _Grid) -> None:
    """The many smallest parts, in rows under the others."""
    left, right, top = grid.bounds()
    x, y, tall = left, top, 0
    for number in range(_PLACED, len(parts)):
        wide, high = cells[number]
        if x + wide > max(right, left + wide):
            x, y, tall = left, y + tall, 0
        places[parts[number]] += np.array([x, y]) * _CELL - low[number]
        x, tall = x + wide, max(tall, high)


class _Grid:
    """Free and taken cells; a box goes to the free place nearest to the middle."""

    def __init__(self, cells: NDArray[np.int_], aspect: float) -> None:
        area = float((cells[:_PLACED, 0] * cells[:_PLACED, 1]).sum())
        side = int((area * 3) ** 0.5) + int(cells[0].max()) * 2 + 4
        self.taken = np.zeros((side, side), dtype=np.int32)
        self.aspect = aspect

    def place(self, box: NDArray[np.int_]) -> Array:
        """Take the best free place for `box` (width, height) and give its corner."""
        wide, high = int(box[0]), int(box[1])
        side = len(self.taken)
        total = np.zeros((side + 1, side + 1), dtype=np.int32)
        total[1:, 1:] = self.taken.cumsum(axis=0).cumsum(axis=1)
        held = total[high:, wide:] - total[:-high, wide:] - total[high:, :-wide] + total[:-high, :-wide]
        y, x = np.mgrid[0 : held.shape[0], 0 : held.shape[1]]
        away = np.maximum(
            np.abs(x + wide / 2 - side / 2) + wide / 2,
            (np.abs(y + high / 2 - side / 2) + high / 2) * self.aspect,
        ) + 0.05 * np.hypot(x + wide / 2 - side / 2, y + high / 2 - side / 2)
        best = int(np.where(held > 0, np.inf, away).argmin())
        top, left = divmod(best, held.shape[1])
        self.taken[top : top + high, left : left + wide] = 1
        return np.array([left, top], dtype=np.float64)

    def bounds(self) -> tuple[int, int, int]:
        """The leftmost and rightmost cells taken, and the row under the lowest."""
        rows, columns = np.nonzero(self.taken)
        return int(columns.min()), int(columns.max()) + 1, int(rows.max()) + 1
