"""What the first frame of a page needs, to stand at the head of the file before everything else.

Takes the packed data and the lines; gives columns: every drawn node's place, size and class, the lines among
the live nodes and a sample of the others. The page draws them as soon as it has read this far, while the
browser still reads the facts, texts and scripts that follow. Which lines and nodes are shown follows the
filters that a page opens with: what some sentence states.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Up to this many lines are in the first frame: all of a small graph, a sample of a large one.
MOST_LINES = 7000
# Relations are written where up to this many lines are shown among the live nodes.
SPOKEN = 170
# The number of the status that a page opens with; see `Status`.
_STATED = 0

Numbers = NDArray[np.int64]


def first_frame(data: dict[str, Any], pairs: Numbers, *, drawn: int, live: int) -> dict[str, Any]:
    """Columns for the first `drawn` nodes, taken out of `data` so that the page carries them once.

    `pairs` (m, 2) are the lines, low end first; the first `live` nodes are drawn in full.
    """
    ends, stated = _ends(data), _stated(data)
    seen = _shown(ends[stated], pairs, drawn)
    chosen = _chosen(pairs, live)
    among = chosen[pairs[chosen, 1] < live]
    spoken = np.count_nonzero(seen[1][among]) <= SPOKEN
    nodes = data["nodes"]
    own = {name: nodes.pop(name) for name in ("x", "y", "size")}
    own["kind"], nodes["kind"] = nodes["kind"][:drawn], nodes["kind"][drawn:]
    hidden = np.ones(drawn, dtype=bool)
    hidden[ends[stated].ravel()[ends[stated].ravel() < drawn]] = False
    whole = live == drawn
    touching = (pairs[:, 0] < live) & ~hidden[pairs].all(axis=1) if len(pairs) else np.zeros(0, dtype=bool)
    return {
        "classes": data.pop("classes"),
        "entities": len(nodes["iri"]),
        "nodes": own | {"hidden": np.flatnonzero(hidden).tolist()},
        "far": pairs[chosen[pairs[chosen, 1] >= live]].ravel().tolist(),
        "way": seen[0][chosen].tolist(),
        "weight": seen[1][chosen].tolist(),
        "said": _said(data, ends, stated, pairs[among]) if spoken else [],
        # How many lines there are to see: the more, the fainter each.
        "crowd": int(np.count_nonzero(seen[1]) if whole else np.count_nonzero(touching)),
    }


def _ends(data: Mapping[str, Any]) -> Numbers:
    """Subject and object of each fact (m, 2)."""
    return np.array([data["facts"]["s"], data["facts"]["o"]], dtype=np.int64).T.reshape(-1, 2)


def _stated(data: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Whether some evidence of a fact states it."""
    counts = np.array(data["facts"]["evidence"], dtype=np.int64)
    yes = np.array(data["evidence"]["status"], dtype=np.int64) == _STATED
    before = np.concatenate([[0], np.cumsum(yes)])
    last = np.cumsum(counts)
    return np.asarray(before[last] > before[last - counts])


def _shown(ends: Numbers, pairs: Numbers, drawn: int) -> tuple[Numbers, Numbers]:
    """For each line which way its facts go (1: low to high, 2: high to low, 3: both), and their number."""
    wide = drawn + 1
    keys = pairs[:, 0] * wide + pairs[:, 1]
    low, high = ends.min(axis=1), ends.max(axis=1)
    inside = (low != high) & (high < drawn)
    line = np.searchsorted(keys, (low * wide + high)[inside])
    forth = (ends[:, 0] == low)[inside]
    there = np.bincount(line[forth], minlength=len(keys))
    back = np.bincount(line[~forth], minlength=len(keys))
    return (there > 0) + 2 * (back > 0), there + back


def _chosen(pairs: Numbers, live: int) -> Numbers:
    """The numbers of the lines that are drawn first: all among live nodes, then some of the others."""
    among = np.flatnonzero(pairs[:, 1] < live)
    others = np.flatnonzero(pairs[:, 1] >= live)
    step = max(1, -(-len(others) // max(MOST_LINES - len(among), 1)))
    return np.concatenate([among, others[::step]])


def _said(data: Mapping[str, Any], ends: Numbers, stated: NDArray[np.bool_], pairs: Numbers) -> list[Any]:
    """For each line the relations from its low end to its high one, and back."""
    number = {(low, high): i for i, (low, high) in enumerate(pairs.tolist())}
    out: list[tuple[list[str], list[str]]] = [([], []) for _ in number]
    for (s, o), relation, shown in zip(ends.tolist(), data["facts"]["r"], stated.tolist(), strict=True):
        line = number.get((min(s, o), max(s, o)))
        if shown and line is not None:
            words, label = out[line][s > o], data["relations"][relation][1]
            if label not in words:
                words.append(label)
    return out
