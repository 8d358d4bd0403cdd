"""A force layout for graphs too large to compare every pair of nodes.

Attraction along lines and repulsion by degree as in ForceAtlas2 (Jacomy and others, 2014); the
repulsion is a convolution on a grid, done by fast Fourier transform, so a step costs the same for
any number of pairs. Seeded: the same input gives the same positions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pairs = NDArray[np.int64]

_FINE = 4000


def force_layout(n: int, pairs: Pairs) -> Array:
    """Positions (n, 2) of one component with lines `pairs` (m, 2), in an arbitrary unit."""
    steps, cells = (140, 128) if n <= _FINE else (85, 192)
    rng = np.random.default_rng(11)
    angle, radius = rng.uniform(0, 2 * np.pi, n), np.sqrt(rng.uniform(0, 1, n))
    places = np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius[:, None] * n**0.5
    degree = np.bincount(pairs.ravel(), minlength=n).astype(np.float64)
    mass = 1.0 + degree**0.8
    kernel = _kernel(cells)
    speed = n**0.5 * 0.35
    cooling = (0.02) ** (1.0 / steps)
    for _ in range(steps):
        force = _repulsion(places, mass, kernel, cells) * mass[:, None] * 0.9
        force += _attraction(places, pairs, n)
        force -= places * mass[:, None] * 0.02
        force /= mass[:, None]
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        places = places + force * (np.minimum(length, speed) / length)[:, None]
        speed *= cooling
    return np.asarray(places - places.mean(axis=0), dtype=np.float64)


def _attraction(places: Array, pairs: Pairs, n: int) -> Array:
    apart = places[pairs[:, 1]] - places[pairs[:, 0]]
    force = np.empty((n, 2))
    for axis in (0, 1):
        pulled = np.bincount(pairs[:, 0], apart[:, axis], n)
        force[:, axis] = pulled - np.bincount(pairs[:, 1], apart[:, axis], n)
    return force * 0.5


def _kernel(cells: int) -> NDArray[np.complex128]:
    """The transform of d / |d|² on a doubled grid, as one complex field: x real, y imaginary."""
    offset = np.fft.fftfreq(2 * cells, 1.0 / (2 * cells))
    square = offset[:, None] ** 2 + offset[None, :] ** 2 + 0.3
    field = (offset[:, None] + 1j * offset[None, :]) / square
    return np.asarray(np.fft.fft2(field), dtype=np.complex128)


def _repulsion(places: Array, mass: Array, kernel: NDArray[np.complex128], cells: int) -> Array:
    low = places.min(axis=0)
    width = float(np.ptp(places, axis=0).max()) * 1.0001 + 1e-9
    unit = width / (cells - 1)
    at = (places - low) / unit
    corner = np.minimum(at.astype(np.int64), cells - 2)
    share = at - corner
    weights = [
        ((dx, dy), np.abs(1 - dx - share[:, 0]) * np.abs(1 - dy - share[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    density = np.zeros((2 * cells) ** 2)
    for (dx, dy), weight in weights:
        flat = (corner[:, 0] + dx) * 2 * cells + corner[:, 1] + dy
        density += np.bincount(flat, weight * mass, len(density))
    shape = (2 * cells, 2 * cells)
    field = np.fft.ifft2(np.fft.fft2(density.reshape(shape)) * kernel)
    force = np.zeros(len(places), dtype=np.complex128)
    for (dx, dy), weight in weights:
        force += field[corner[:, 0] + dx, corner[:, 1] + dy] * weight
    return np.stack([force.real, force.imag], axis=1) / unit
