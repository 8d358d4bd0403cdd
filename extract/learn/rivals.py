"""A second look: how a reading stands beside its rivals in the same sentence, and what it agrees with.

Takes the probabilities of a scene's pairs; gives for each promising (pair, relation) numbers: its own
log-odds and the best of others with the same subject, the same object, the same pair, with the same thing
under another mention (a fact is told of a name and of its pronouns alike), with a coordinated end; how well
a fact of another mention crosses to this one (`factloom.extract.learn.bridges`). Trees over them
(`factloom.extract.learn.trees`) give the final confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.bridges import Bridges
from factloom.extract.learn.mixing import FLOOR, log_odds
from factloom.extract.learn.same import Groups, groups
from factloom.extract.learn.scenes import Scene

LEAST = 0.02  # first probabilities below are not looked at again
_CARRIED = 0.2  # what is less likely is not carried over to other mentions
_MOST = 40  # relations; with more, the log-odds of each are not looked at one by one
_Floats = NDArray[np.float32]
_Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Promising readings: pair numbers `rows` under relation numbers `relations`, a row of `numbers` each."""

    rows: NDArray[np.intp]
    relations: NDArray[np.intp]
    numbers: _Floats


def readings(
    scene: Scene,
    pairs: Sequence[tuple[int, int]],
    scores: _Floats,
    opinions: Sequence[_Floats],
    bridges: Bridges,
) -> Readings:
    """The promising readings of a scene; `scores` are pairs × relations probabilities.

    `opinions` are the log-odds that the scores were mixed of, pairs × relations each.
    """
    at = np.argwhere(scores >= LEAST) if len(pairs) else np.zeros((0, 2), np.intp)
    rows, relations = at[:, 0], at[:, 1]
    if not len(at):
        return Readings(rows, relations, np.zeros((0, 0), np.float32))
    odds = log_odds(scores)
    ends, grouped = np.array(pairs), groups(scene)
    own = odds[rows, relations]
    column = odds[:, relations].T
    columns = [
        own,
        *_best(_neighbours(scene, grouped, ends, rows), column),
        *_other_relations(odds, rows, relations),
        *_ranks(ends, rows, column, own),
        *_places(scene, grouped, ends[rows]),
        *_crossing(scene, ends[rows], relations, scores[rows, relations], (bridges, grouped)),
        *(opinion[rows, relations] for opinion in opinions),
        *_standing(odds, own),
        *_told(scene, ends[rows], relations),
        relations,
    ]
    numbers = np.stack(columns, axis=1).astype(np.float32)
    if scores.shape[1] <= _MOST:
        numbers = np.concatenate([numbers, odds[rows]], axis=1)
    return Readings(rows, relations, numbers)


def _neighbours(
    scene: Scene, grouped: Groups, ends: NDArray[np.intp], rows: NDArray[np.intp]
) -> list[_Bools]:
    """For each reading masks of the pairs to compare with, readings × pairs."""
    subjects, objects = ends.T
    things, chains = np.array(grouped.things), np.array(grouped.chains)
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
    return [np.where(mask, column, FLOOR).max(axis=1) for mask in masks]


def _other_relations(
    odds: _Floats, rows: NDArray[np.intp], relations: NDArray[np.intp]
) -> list[NDArray[np.generic]]:
    """The best other relation of the pair, and how many are better."""
    others = odds[rows]
    own = others[np.arange(len(rows)), relations]
    better = (others > own[:, None]).sum(axis=1)
    others[np.arange(len(rows)), relations] = FLOOR
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
    second = ordered[1] if len(ordered) > 1 else FLOOR
    return [better, np.where(better == 0, second, ordered[0])]


def _told(scene: Scene, ends: NDArray[np.intp], relations: NDArray[np.intp]) -> NDArray[np.generic]:
    """How many other examples tell the subject, the object and both as ends of the relation."""
    found = np.zeros((len(ends), 3), np.float32)
    for row, (i, j), relation in zip(found, ends.tolist(), relations.tolist(), strict=True):
        one, other = scene.told_names(i), scene.told_names(j)
        if one or other:
            row[:] = scene.told.counts(one, other, relation)
    return found.T


def _crossing(
    scene: Scene,
    ends: NDArray[np.intp],
    relations: NDArray[np.intp],
    scores: _Floats,
    carried: tuple[Bridges, Groups],
) -> list[_Floats]:
    """Other readings of the relation carried over to this one's mentions: by subject, by object, by both.

    For each the best, and how likely it is that any holds; the best that does not cross; and how likely it is
    that this reading or any that crosses holds.
    """
    subjects, objects = ends.T
    relation = relations[:, None] == relations
    one, other = subjects[:, None] == subjects, objects[:, None] == objects
    bridges, grouped = carried
    told = relation & (scores >= _CARRIED)
    links = [*_links(scene, subjects, told & other), *_links(scene, objects, told & one)]
    from_subjects, from_objects = bridges.matrices(scene, grouped, links)
    cross_subject = from_subjects[subjects[None, :], subjects[:, None]]
    cross_object = from_objects[objects[None, :], objects[:, None]]
    by_subject = np.where(relation & other & ~one, cross_subject * scores, 0.0)
    by_object = np.where(relation & one & ~other, cross_object * scores, 0.0)
    by_both = np.where(relation & ~one & ~other, cross_subject * cross_object * scores, 0.0)
    ways = (by_subject, by_object, by_both)
    none = [_none(way) for way in ways]
    stay_subject = np.where(relation & other & ~one, (1 - cross_subject) * scores, 0.0)
    stay_object = np.where(relation & one & ~other, (1 - cross_object) * scores, 0.0)
    return [
        *(way.max(axis=1) for way in ways),
        *(1 - n for n in none),
        stay_subject.max(axis=1),
        stay_object.max(axis=1),
        1 - np.prod(none, axis=0) * (1 - scores),
        relation.sum(axis=1).astype(np.float32),
    ]


def _none(likely: _Floats) -> _Floats:
    """How likely it is that none holds."""
    return np.asarray(np.prod(1 - likely, axis=1), np.float32)


def _links(scene: Scene, ends: NDArray[np.intp], beside: _Bools) -> set[tuple[int, int]]:
    """From and to of the mentions that stand in for each other."""
    to, start = np.nonzero(beside)
    found = set(zip(ends[start].tolist(), ends[to].tolist(), strict=True))
    return {(a, b) for a, b in found if a != b and not scene.overlapping(a, b)}


def _places(scene: Scene, grouped: Groups, ends: NDArray[np.intp]) -> list[NDArray[np.generic]]:
    """Where the ends stand, how far apart, and whether they are one thing."""
    things = np.array(grouped.things)
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
