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
_GAP = 16.0
_PLACED = 120


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
    places: Array,
    sizes: Array,
    parts: Sequence[NDArray[np.int64]],
    *,
    lines: Pairs,
    board: tuple[float, float],
) -> Array:
    """Set the parts side by side, the largest in the middle, towards the board's proportions.

    What counts is the outline of a part, its boxes and lines, so that a small part may stand in a bay
    of a large one (polyomino packing, Freivalds and others, 2002).
    """
    places = places.copy()
    if len(parts) > 1:
        shapes = _outlines(places, sizes, parts[:_PLACED], lines)
        board_of = _Board(shapes, board[0] / board[1])
        for part, (low, mask) in zip(parts, shapes, strict=False):
            places[part] += board_of.place(mask) * _CELL - low
        _rows(places, sizes, parts[_PLACED:], board_of)
    low, high = (places - sizes / 2).min(axis=0), (places + sizes / 2).max(axis=0)
    return np.asarray(places - (low + high) / 2.0, dtype=np.float64)


def _outlines(
    places: Array, sizes: Array, parts: Sequence[NDArray[np.int64]], lines: Pairs
) -> list[tuple[Array, NDArray[np.bool_]]]:
    """Of each part its lowest corner and the cells that its boxes and lines touch, with a gap around."""
    owner = np.full(len(places), -1)
    for number, part in enumerate(parts):
        owner[part] = number
    order = np.argsort(owner[lines[:, 0]], kind="stable") if len(lines) else np.zeros(0, dtype=np.int64)
    sorted_owner = owner[lines[order, 0]] if len(lines) else order
    out = []
    for number, part in enumerate(parts):
        first, last = np.searchsorted(sorted_owner, [number, number + 1])
        low = (places[part] - sizes[part] / 2).min(axis=0) - _GAP
        high = (places[part] + sizes[part] / 2).max(axis=0) + _GAP
        mask = np.zeros(np.ceil((high - low) / _CELL).astype(int)[::-1] + 1, dtype=bool)
        share = np.linspace(0.0, 1.0, 24)[:, None, None]
        ends = places[lines[order[first:last]]]
        along = ((ends[:, 0] + (ends[:, 1] - ends[:, 0]) * share).reshape(-1, 2) - low) / _CELL
        mask[along[:, 1].astype(int), along[:, 0].astype(int)] = True
        from_ = ((places[part] - sizes[part] / 2 - _GAP / 2 - low) / _CELL).astype(int)
        to = ((places[part] + sizes[part] / 2 + _GAP / 2 - low) / _CELL).astype(int) + 1
        for (left, top), (right, bottom) in zip(from_.tolist(), to.tolist(), strict=True):
            mask[max(top, 0) : bottom, max(left, 0) : right] = True
        out.append((low, mask))
    return out


def _rows(places: Array, sizes: Array, parts: Sequence[NDArray[np.int64]], board: _Board) -> None:
    """The many smallest parts, in rows under the others."""
    if not parts:
        return
    left, right, top = board.bounds()
    x, y, tall = left, top, 0.0
    for part in parts:
        low = (places[part] - sizes[part] / 2).min(axis=0)
        wide, high = (places[part] + sizes[part] / 2).max(axis=0) - low + _GAP
        if x + wide > max(right, left + wide):
            x, y, tall = left, y + tall, 0.0
        places[part] += np.array([x, y]) - low
        x, tall = x + wide, max(tall, float(high))


class _Board:
    """Free and taken cells; a shape goes to the free place nearest to the middle."""

    def __init__(self, shapes: Sequence[tuple[Array, NDArray[np.bool_]]], aspect: float) -> None:
        largest = max(max(mask.shape) for _, mask in shapes)
        area = sum(mask.size for _, mask in shapes[1:])
        side = int(max(largest * 1.9, (area + largest**2) ** 0.5 * 1.7)) + 4
        self.taken = np.zeros((side, side))
        self.aspect = aspect
        self.rows, self.columns = np.mgrid[0:side, 0:side].astype(np.float64)

    def place(self, mask: NDArray[np.bool_]) -> Array:
        """Take the best free place for the cells of `mask` and give its corner (x, y) in cells."""
        side = len(self.taken)
        high, wide = mask.shape
        seen = np.fft.rfft2(mask.astype(np.float64), s=(side, side)).conj() * np.fft.rfft2(self.taken)
        clash = np.fft.irfft2(seen, s=(side, side)) > 0.5
        x = np.abs(self.columns + wide / 2 - side / 2)
        y = np.abs(self.rows + high / 2 - side / 2) * self.aspect
        away = np.maximum(x + wide / 2, y + high / 2 * self.aspect) + 0.2 * np.hypot(x, y)
        outside = (self.columns + wide > side) | (self.rows + high > side)
        top, left = divmod(int(np.where(clash | outside, np.inf, away).argmin()), side)
        self.taken[top : top + high, left : left + wide] += mask
        return np.array([left, top], dtype=np.float64)

    def bounds(self) -> tuple[float, float, float]:
        """The left and right edge of what is taken and its lower edge, in pixels."""
        rows, columns = np.nonzero(self.taken)
        return columns.min() * _CELL, (columns.max() + 1) * _CELL, (rows.max() + 1) * _CELL
