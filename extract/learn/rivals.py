"""A second look: how a reading stands beside its rivals in the same sentence, and what it agrees with.

Takes the probabilities of a scene's pairs; gives for each promising (pair, relation) numbers: its own
log-odds and the best of others with the same subject, the same object, the same pair, with the same thing
under another mention (a fact is told of a name and of its pronouns alike), with a coordinated end. Trees over
them (`factloom.extract.learn.trees`; stacking: Wolpert, "Stacked generalization", 1992) give the final
confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.same import coordinated, same_things
from factloom.extract.learn.scenes import Scene

LEAST = 0.01  # first probabilities below are not looked at again
_FLOOR = -12.0  # log-odds where there is nothing
_MOST = 40  # relations; with more, the log-odds of each are not looked at one by one
_Floats = NDArray[np.float32]
_Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Promising readings: pair numbers `rows` under relation numbers `relations`, a row of `numbers` each."""

    rows: NDArray[np.intp]
    relations: NDArray[np.intp]
    numbers: _Floats


def readings(scene: Scene, pairs: Sequence[tuple[int, int]], scores: _Floats) -> Readings:
    """The promising readings of a scene; `scores` are pairs × relations probabilities."""
    at = np.argwhere(scores >= LEAST) if len(pairs) else np.zeros((0, 2), np.intp)
    rows, relations = at[:, 0], at[:, 1]
    if not len(at):
        return Readings(rows, relations, np.zeros((0, width(scores.shape[1])), np.float32))
    odds = _log_odds(scores)
    ends = np.array(pairs)
    own = odds[rows, relations]
    column = odds[:, relations].T
    columns = [
        own,
        *_best(_neighbours(scene, ends, rows), column),
        *_other_relations(odds, rows, relations),
        *_ranks(ends, rows, column, own),
        *_places(scene, ends[rows]),
        *_standing(odds, own),
        *_told(scene, ends[rows], relations),
        relations,
    ]
    numbers = np.stack(columns, axis=1).astype(np.float32)
    if scores.shape[1] <= _MOST:
        numbers = np.concatenate([numbers, odds[rows]], axis=1)
    return Readings(rows, relations, numbers)


def width(relations: int) -> int:
    """How many numbers a reading has where there are so many relations."""
    return 37 + (relations if relations <= _MOST else 0)


def _log_odds(scores: _Floats) -> _Floats:
    p = np.clip(scores.astype(np.float64), 1e-9, 1 - 1e-9)
    return np.maximum(np.log(p / (1 - p)), _FLOOR).astype(np.float32)


def _neighbours(scene: Scene, ends: NDArray[np.intp], rows: NDArray[np.intp]) -> list[_Bools]:
    """For each reading masks of the pairs to compare with, readings × pairs."""
    subjects, objects = ends.T
    things, chains = np.array(same_things(scene)), np.array(coordinated(scene))
    types = np.unique(scene.types, return_inverse=True)[1]

    def like(values: NDArray[np.intp]) -> _Bools:
        return np.asarray(values[rows][:, None] == values[None, :])

    one, other = like(subjects), like(objects)
    beside_subject, beside_object = other & ~one, one & ~other
    same_subject, same_object = like(things[subjects]), like(things[objects])
    first = np.array([c.variants[0].start for c in scene.candidates])
    last = np.array([c.variants[0].end for c in scene.candidates])

    def touching(values: NDArray[np.intp]) -> _Bools:
        start, end = first[values], last[values]
        return np.asarray((start[rows][:, None] < end) & (start < end[rows][:, None]))

    return [
        beside_subject,
        beside_object,
        beside_subject & like(types[subjects]),
        beside_object & like(types[objects]),
        beside_subject & touching(subjects),
        beside_object & touching(objects),
        beside_subject & same_subject,
        beside_object & same_object,
        same_subject & same_object & ~(one & other),
        beside_subject & like(chains[subjects]),
        beside_object & like(chains[objects]),
        np.asarray((subjects[rows][:, None] == objects) & (objects[rows][:, None] == subjects)),
        np.ones_like(one),
    ]


def _best(masks: Sequence[_Bools], column: _Floats) -> list[_Floats]:
    return [np.where(mask, column, _FLOOR).max(axis=1) for mask in masks]


def _other_relations(
    odds: _Floats, rows: NDArray[np.intp], relations: NDArray[np.intp]
) -> list[NDArray[np.generic]]:
    """The best other relation of the pair, and how many are better."""
    others = odds[rows]
    own = others[np.arange(len(rows)), relations]
    better = (others > own[:, None]).sum(axis=1)
    others[np.arange(len(rows)), relations] = _FLOOR
    return [others.max(axis=1), better]


def _ranks(
    ends: NDArray[np.intp], rows: NDArray[np.intp], column: _Floats, own: _Floats
) -> list[NDArray[np.generic]]:
    """How many readings of the relation are better: of all, with the object, with the subject; sure ones."""
    better = column > own[:, None]
    subject, target = (ends[rows, side][:, None] == ends[:, side] for side in (0, 1))
    found = [better, better & target, better & subject, column > -1.0]
    return [np.asarray(f.sum(axis=1)) for f in found]


def _standing(odds: _Floats, own: _Floats) -> list[NDArray[np.generic]]:
    """How many readings of the sentence, of any pair and relation, are better; the best of the others."""
    ordered = np.sort(odds, axis=None)[::-1]
    better = np.searchsorted(-ordered, -own, side="left")
    second = ordered[1] if len(ordered) > 1 else _FLOOR
    return [better, np.where(better == 0, second, ordered[0])]


def _told(scene: Scene, ends: NDArray[np.intp], relations: NDArray[np.intp]) -> NDArray[np.generic]:
    """How many other examples tell the subject, the object and both as ends of the relation."""
    rows = zip(ends.tolist(), relations.tolist(), strict=True)
    found = [scene.told.counts(scene.told_names(i), scene.told_names(j), r) for (i, j), r in rows]
    return np.array(found, np.float32).reshape(-1, 3).T


def _places(scene: Scene, ends: NDArray[np.intp]) -> list[NDArray[np.generic]]:
    """Where the ends stand, how far apart, and whether they are one thing."""
    things = np.array(same_things(scene))
    mentions = np.bincount(things, minlength=len(things))[things]
    start = np.array([c.variants[0].start for c in scene.candidates])
    size = np.array([c.variants[0].end for c in scene.candidates]) - start
    subjects, objects = ends.T
    whole = np.ones(len(ends))
    return [
        things[subjects] == things[objects],
        mentions[subjects],
        mentions[objects],
        start[objects] - start[subjects],
        np.abs(objects - subjects),
        start[subjects],
        start[objects],
        size[subjects],
        size[objects],
        whole * len(scene.sentence.tokens),
        whole * min(scene.sentence.index, 3),
    ]
