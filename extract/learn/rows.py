"""The training pairs of labelled scenes: features as a sparse matrix, labels, the types that are admitted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from factloom.extract.learn.labelling import Labelled

FOLDS = 3
_RARE = 3  # features met in fewer rows say nothing beyond their examples
_SMOOTH = 20  # examples that the share of a type over all relations counts for
_SHARE = 0.003  # of the ends of a relation; rarer types are not admitted


@dataclass(slots=True, eq=False)
class Rows:
    """The training pairs: features, labels (pairs × relations), which scene and example each is of."""

    x: sparse.csr_matrix
    names: list[str]
    labels: NDArray[np.int8]
    allowed: NDArray[np.bool_]
    scenes: NDArray[np.int32]
    examples: NDArray[np.int32]
    pairs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def folds(self) -> NDArray[np.int32]:
        """The fold of each pair, by its example."""
        return folds_of(self.examples)

    @property
    def halves(self) -> NDArray[np.int32]:
        """Half of each pair (0 or 1), by its example; every fold has of both."""
        return _mixed(self.examples) % 2


def folds_of(examples: NDArray[np.int32]) -> NDArray[np.int32]:
    """The fold of each example's number; a mixed-up order, so that no pattern of a file shows."""
    return _mixed(examples) % FOLDS


def _mixed(examples: NDArray[np.int32]) -> NDArray[np.int32]:
    mixed = (examples.astype(np.uint64) * np.uint64(2654435761)) % np.uint64(2**32)
    return (mixed >> np.uint64(16)).astype(np.int32)


def admitted(found: Iterable[tuple[int, Labelled]], count: int) -> dict[str, NDArray[np.bool_]]:
    """The types of ends that are met with a relation often enough, or would be if it had more examples.

    The ends are counted apart: the recogniser's mistakes make many pairs of types that are met but once.
    The share of a type in a relation is smoothed by its share over all relations (Jelinek & Mercer, 1980), so
    that with few examples a type that other relations have is admitted, and with many is not.
    """
    subjects: dict[str, NDArray[np.int32]] = {}
    objects: dict[str, NDArray[np.int32]] = {}
    for _, labelled in found:
        for pair, true in labelled.true.items():
            for met, i in zip((subjects, objects), pair, strict=True):
                counts = met.setdefault(labelled.scene.types[i], np.zeros(count, np.int32))
                counts[list(true)] += 1
    totals = sum(subjects.values(), np.zeros(count, np.int32))
    one, other = (smoothed(met, totals) for met in (subjects, objects))
    masks = {f"{a}>{b}": one[a] & other[b] for a in sorted(one) for b in sorted(other)}
    return {key: mask for key, mask in masks.items() if mask.any()}


def smoothed(met: dict[str, NDArray[np.int32]], totals: NDArray[np.int32]) -> dict[str, NDArray[np.bool_]]:
    """For each type the relations that admit it: by its counts in one role, and those of all types."""
    least = np.where(totals >= 20, 2, 1)
    whole = max(1, int(totals.sum()))
    shares = {t: (c + _SMOOTH * c.sum() / whole) / (totals + _SMOOTH) for t, c in met.items()}
    return {t: (c >= least) | ((shares[t] >= _SHARE) & (c.sum() > 1)) for t, c in met.items()}


def make_rows(found: Sequence[tuple[int, Labelled]], types: dict[str, NDArray[np.bool_]], count: int) -> Rows:
    """A row for each pair that the types admit and the examples tell something of."""
    numbers: dict[str, int] = {}
    cells: list[int] = []
    ends = [0]
    labels, allowed, scenes, examples, pairs = [], [], [], [], []
    for place, (example, labelled) in enumerate(found):
        scene = labelled.scene
        own: dict[int, list[str]] = {}
        features = scene.features()
        for i, j in scene.pairs():
            mask = types.get(f"{scene.types[i]}>{scene.types[j]}")
            if mask is None:
                continue
            label = labelled.labels((i, j))
            if (label < 0).all() and (i, j) not in labelled.touched:
                continue
            shown = own.setdefault(i, ["s " + f for f in features[i]])
            other = own.setdefault(~j, ["o " + f for f in features[j]])
            named = {*shown, *other, *scene.pair(i, j)}
            cells.extend(sorted(numbers.setdefault(f, len(numbers)) for f in named))
            ends.append(len(cells))
            labels.append(label)
            allowed.append(mask)
            scenes.append(place)
            examples.append(example)
            pairs.append((i, j))
    x = sparse.csr_matrix(
        (np.ones(len(cells), np.float32), np.array(cells, np.int32), np.array(ends, np.int64)),
        shape=(len(pairs), len(numbers)),
    )
    names = sorted(numbers)
    met = np.bincount(np.array(cells, np.int64), minlength=len(numbers))
    least = _RARE if len(pairs) > 5000 else 2
    names = [n for n in names if met[numbers[n]] >= least]
    x = x[:, [numbers[n] for n in names]].tocsr()
    x.sort_indices()  # once, and not again for each part that is taken of it
    shape = (len(pairs), count)
    return Rows(
        x,
        names,
        np.array(labels, np.int8).reshape(shape),
        np.array(allowed, np.bool_).reshape(shape),
        np.array(scenes, np.int32),
        np.array(examples, np.int32),
        pairs,
    )


def by_scene(rows: Rows) -> Iterator[tuple[int, slice]]:
    """The numbers of the scenes, and which rows are of each."""
    if not len(rows.scenes):
        return
    changes = np.flatnonzero(rows.scenes[1:] != rows.scenes[:-1]) + 1
    for start, stop in pairwise([0, *changes.tolist(), len(rows.scenes)]):
        yield int(rows.scenes[start]), slice(start, stop)
