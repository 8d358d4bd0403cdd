"""Where the nodes stand: computed once, at build time, so that a page opens at rest.

Takes the number of nodes, the lines between them and the room each needs; gives coordinates on a
board of about `BOARD` pixels, the size of an open window, centred on 0. The same input gives the
same numbers: whatever is random is seeded. Small components are laid out by stress majorization,
large ones by forces (see `forces`), and all are packed side by side.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from factloom.graph.page.boxes import keep_off_lines, pack, push_apart
from factloom.graph.page.forces import force_layout

Array = NDArray[np.float64]
Pairs = NDArray[np.int64]

BOARD = (1080.0, 740.0)
# Up to SMALL nodes in all, labels have room too; up to EXACT nodes, a component is laid out by stress.
SMALL, EXACT, PUSHED = 150, 450, 1000
_EDGE = 118.0


def layout(pairs: Pairs, sizes: Array) -> Array:
    """Coordinates (n, 2) in pixels for nodes with boxes `sizes` (n, 2) and lines `pairs` (m, 2)."""
    n = len(sizes)
    if n == 0:
        return np.zeros((0, 2))
    places = np.zeros((n, 2))
    parts = components(n, pairs)
    index = np.empty(n, dtype=np.int64)
    labels = np.empty(n, dtype=np.int64)
    for number, part in enumerate(parts):
        index[part] = np.arange(len(part))
        labels[part] = number
    order = np.argsort(labels[pairs[:, 0]], kind="stable") if len(pairs) else np.zeros(0, dtype=np.int64)
    counts = np.bincount(labels[pairs[:, 0]], minlength=len(parts)) if len(pairs) else np.zeros(len(parts))
    ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    for number, part in enumerate(parts):
        inner = index[pairs[order[ends[number] : ends[number + 1]]]]
        places[part] = _component(inner, sizes[part], whole=n)
    places = pack(places, sizes * _room(n), parts, lines=pairs, board=BOARD)
    return _on_board(places) if n > SMALL else places


def _room(whole: int) -> float:
    """How much of its box each node gets: all of it in a small graph, less where the board is full."""
    spacing = math.sqrt(BOARD[0] * BOARD[1] / max(whole, 1))
    return min(1.0, max(0.3, spacing / 74.0))


def _component(pairs: Pairs, sizes: Array, *, whole: int) -> Array:
    n, room = len(sizes), _room(whole)
    if n == 1:
        return np.zeros((1, 2))
    boxes = sizes * room
    if n > EXACT:
        places = _stretch(_upright(force_layout(n, pairs)), whole)
        return push_apart(places, _dots(sizes), rounds=12) if n <= PUSHED else places
    places = _stretch(_settled(n, pairs.tobytes()) * _EDGE * room, whole)
    if n > SMALL:
        return push_apart(places, np.maximum(boxes * 0.5, _dots(sizes)), rounds=30)
    for _ in range(6):
        before = places
        places = push_apart(places, boxes, rounds=10)
        places = keep_off_lines(places, pairs, boxes[:, 1] * 0.5)
        if np.array_equal(before, places):
            break
    return push_apart(places, boxes, rounds=40)


# Most components of a large graph are small and of few shapes: pairs, stars, chains.
@lru_cache(maxsize=512)
def _settled(n: int, pairs: bytes) -> Array:
    """The places by stress of a component whose lines are these bytes, set upright; not to be changed."""
    places = _upright(stress(distances(n, np.frombuffer(pairs, dtype=np.int64).reshape(-1, 2))))
    places.setflags(write=False)
    return places


def _dots(sizes: Array) -> Array:
    """In a large component the labels can't all have room; the nodes themselves do."""
    side = np.minimum(sizes[:, 1], 14.0)
    return np.stack([side, side], axis=1)


def _upright(places: Array) -> Array:
    """Centred, the longest direction lying flat, and the heavier side to the left."""
    places = places - places.mean(axis=0)
    _, axes = np.linalg.eigh(places.T @ places)
    turned = places @ axes[:, ::-1]
    signs = np.sign((turned**3).sum(axis=0))
    return np.asarray(turned * np.where(signs == 0, 1.0, signs), dtype=np.float64)


def _stretch(places: Array, whole: int) -> Array:
    """Drawn out towards the board's proportions, and to the share of the board that it may fill."""
    span = np.maximum(np.ptp(places, axis=0), 1.0)
    aspect = (span[0] / span[1]) / (BOARD[0] / BOARD[1])
    pull = min(max(aspect, 0.6), 1.7) ** 0.5
    places = places * np.array([1.0 / pull, pull])
    span = np.maximum(np.ptp(places, axis=0), 1.0)
    # A component that is much of the graph gets more than its share: it has the most to show.
    share = min(1.0, (len(places) / whole) ** 0.5 * (1.3 if len(places) > SMALL else 1.0))
    fill = float(min(BOARD[0] * share / span[0], BOARD[1] * share / span[1]))
    return places * (min(fill, 1.0) if len(places) <= SMALL else fill)


def _on_board(places: Array) -> Array:
    span = np.maximum(np.ptp(places, axis=0), 1.0)
    return places * float(min(BOARD[0] / span[0], BOARD[1] / span[1]))


def components(n: int, pairs: Pairs) -> list[NDArray[np.int64]]:
    """The connected components as arrays of node numbers, the largest first."""
    root = list(range(n))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in pairs.tolist():
        root[find(a)] = find(b)
    labels = np.array([find(i) for i in range(n)], dtype=np.int64)
    order = np.argsort(labels, kind="stable")
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    parts = np.split(order, cuts)
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def distances(n: int, pairs: Pairs) -> Array:
    """The number of lines between any two nodes of one component (n, n), for n up to `SMALL`."""
    step = np.zeros((n, n), dtype=bool)
    step[pairs[:, 0], pairs[:, 1]] = step[pairs[:, 1], pairs[:, 0]] = True
    step[np.arange(n), np.arange(n)] = True
    return np.where(np.eye(n, dtype=bool), 0.0, _hops(step))


def _hops(step: NDArray[np.bool_]) -> Array:
    """Breadth first from every node at once; `step` holds the diagonal."""
    hops = np.where(step, 1.0, 0.0)
    reached, length = step, 1.0
    while not reached.all():
        length += 1.0
        grown = (reached.astype(np.float32) @ step.astype(np.float32)) > 0
        hops[grown & ~reached] = length
        reached = grown
    return hops


def stress(far: Array) -> Array:
    """Positions whose distances match `far` (n, n), in its unit.

    Stress majorization with weights 1/d² (Gansner, Koren and North, "Graph Drawing by Stress
    Majorization", 2004), started from classical scaling with a seeded shake.
    """
    n = len(far)
    weights = np.zeros((n, n))
    np.divide(1.0, far**2, out=weights, where=far > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n
    ideal = weights * far
    places = _classical_scaling(far) + np.random.default_rng(7).normal(0.0, 0.05, (n, 2))
    for _ in range(_steps(n)):
        x, y = places[:, 0], places[:, 1]
        now = np.hypot(x[:, None] - x, y[:, None] - y)
        ratio = np.zeros((n, n))
        np.divide(ideal, now, out=ratio, where=now > 1e-9)
        moved = inverse @ (ratio.sum(axis=1)[:, None] * places - ratio @ places)
        settled = np.abs(moved - places).max() < 0.003
        places = moved
        if settled:
            break
    return np.asarray(places, dtype=np.float64)


def _steps(n: int) -> int:
    """Enough to settle; fewer where each costs more, as larger graphs gain less from the last ones."""
    return 120 if n <= SMALL else 70


def _classical_scaling(far: Array) -> Array:
    """The two main axes of the distances (Torgerson, 1952) by power iteration, largest entries positive."""
    n = len(far)
    square = far**2
    mean = square.mean(axis=0)
    inner = -0.5 * (square - mean[:, None] - mean + mean.mean())
    axes = np.random.default_rng(3).normal(size=(n, 2))
    for _ in range(40):
        axes = _orthogonal(inner @ axes)
    scale = np.sqrt(np.maximum((axes * (inner @ axes)).sum(axis=0), 0.0))
    axes = axes * scale
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(2)]
    return np.asarray(axes * np.where(largest < 0, -1.0, 1.0), dtype=np.float64)


def _orthogonal(axes: Array) -> Array:
    """Two columns made orthonormal (Gram and Schmidt)."""
    first = axes[:, 0] / max(float(np.sqrt((axes[:, 0] ** 2).sum())), 1e-12)
    second = axes[:, 1] - first * (first * axes[:, 1]).sum()
    second = second / max(float(np.sqrt((second**2).sum())), 1e-12)
    return np.stack([first, second], axis=1)
