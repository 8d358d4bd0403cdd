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


def folds_of(examples: NDArray[np.int32]) -> NDArray[np.int32]:
    """The fold of each example's number; a mixed-up order, so that no pattern of a file shows."""
    mixed = (examples.astype(np.uint64) * np.uint64(2654435761)) % np.uint64(2**32)
    return ((mixed >> np.uint64(16)) % np.uint64(FOLDS)).astype(np.int32)


def admitted(found: Iterable[tuple[int, Labelled]], count: int) -> dict[str, NDArray[np.bool_]]:
    """The types of ends met with a relation: twice, or once where the relation has few examples.

    The ends are counted apart: the recogniser's mistakes make many pairs of types that are met but once.
    """
    subjects: dict[str, NDArray[np.int32]] = {}
    objects: dict[str, NDArray[np.int32]] = {}
    for _, labelled in found:
        for pair, true in labelled.true.items():
            for met, i in zip((subjects, objects), pair, strict=True):
                counts = met.setdefault(labelled.scene.types[i], np.zeros(count, np.int32))
                counts[list(true)] += 1
    totals = sum(subjects.values(), np.zeros(count, np.int32))
    least = np.where(totals >= 20, 2, 1)
    masks = {
        f"{one}>{other}": (subjects[one] >= least) & (objects[other] >= least)
        for one in sorted(subjects)
        for other in sorted(objects)
    }
    return {key: mask for key, mask in masks.items() if mask.any()}


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
