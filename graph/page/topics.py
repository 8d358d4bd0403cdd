"""Topics: groups of nodes with more lines among them than to others.

Takes the number of nodes and the lines between them; gives each node the number of its group. The
Louvain method (Blondel and others, 2008) in plain Python, so that a page need not import networkx;
nodes are visited in order and ties go to the lower number, so the same graph gives the same groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Links = list[dict[int, float]]

# A group smaller than this is no topic.
LEAST = 4
_PASSES = 10


def topics(n: int, pairs: NDArray[np.int64]) -> list[int]:
    """The topic of each node, the largest topic 0; -1 for nodes in groups of fewer than `LEAST`."""
    links: Links = [{} for _ in range(n)]
    for a, b in pairs.tolist():
        links[a][b] = links[a].get(b, 0.0) + 1.0
        links[b][a] = links[b].get(a, 0.0) + 1.0
    group = list(range(n))
    while True:
        moved = _move(links)
        count = max(moved, default=-1) + 1
        group = [moved[g] for g in group]
        if count == len(links):
            break
        links = _joined(links, moved, count)
    return _by_size(group)


def _move(links: Links) -> list[int]:
    """Move nodes one by one to the neighbouring group that gains most modularity, until none gains."""
    degree = [sum(near.values()) for near in links]
    whole = sum(degree) or 1.0
    group, total = list(range(len(links))), degree[:]
    for _ in range(_PASSES):
        changed = False
        for i, near in enumerate(links):
            here, pull = group[i], degree[i] / whole
            total[here] -= degree[i]
            towards: dict[int, float] = {}
            for j, weight in near.items():
                if j != i:
                    towards[group[j]] = towards.get(group[j], 0.0) + weight
            best, most = here, towards.get(here, 0.0) - total[here] * pull
            for there, weight in towards.items():
                gain = weight - total[there] * pull
                if gain > most + 1e-9 or (gain > most - 1e-9 and there < best and best != here):
                    best, most = there, gain
            total[best] += degree[i]
            group[i] = best
            changed = changed or best != here
        if not changed:
            break
    numbers: dict[int, int] = {}
    return [numbers.setdefault(g, len(numbers)) for g in group]


def _joined(links: Links, group: list[int], count: int) -> Links:
    """The groups as nodes; what lies inside a group becomes a line to itself."""
    joined: Links = [{} for _ in range(count)]
    for i, near in enumerate(links):
        for j, weight in near.items():
            row = joined[group[i]]
            row[group[j]] = row.get(group[j], 0.0) + weight
    return joined


def _by_size(group: list[int]) -> list[int]:
    sizes: dict[int, int] = {}
    for g in group:
        sizes[g] = sizes.get(g, 0) + 1
    large = sorted((g for g in sizes if sizes[g] >= LEAST), key=lambda g: (-sizes[g], g))
    place = {g: i for i, g in enumerate(large)}
    return [place.get(g, -1) for g in group]
