"""The second look, learnt: what the regressions say held out teaches a network, bridges, and trees over all.

Every part sees only what parts before it said of examples that they were not taught ("stacking": Wolpert,
"Stacked generalization", 1992), and is kept only if it is worth it by the same measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn import bridges, network, rivals, trees, vectors
from factloom.extract.learn.bridges import Bridges
from factloom.extract.learn.labelling import FALSE, TRUE, Labelled
from factloom.extract.learn.mixing import FLOOR, PROMISING, log_odds, pooled
from factloom.extract.learn.network import Network
from factloom.extract.learn.rows import FOLDS, Rows, by_scene, folds_of
from factloom.extract.learn.trees import Trees

_FEWEST = 2000  # promising pairs; fewer do not teach a network
_MANY = 1000  # true readings; with more, the many deep trees are the better ones without a trial
_Floats = NDArray[np.float32]
_Found = Sequence[tuple[int, Labelled]]


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """The parts of the second look, and each pair's held-out confidence (pairs × relations)."""

    network: Network | None
    bridges: Bridges
    trees: Trees | None
    confidences: _Floats


def stack(found: _Found, rows: Rows, scores: _Floats, types: dict[str, NDArray[np.bool_]]) -> Stack:
    """Learn the second look from the held-out scores of the regressions, pairs × relations."""
    second, mixed, said = _second_opinion(found, rows, scores, types)
    taught = bridges.lessons(found, types)
    folds = folds_of(taught.examples)
    crossing = [bridges.fit(taught, folds != fold) for fold in range(FOLDS)]
    fitted, confidences = _weighed(found, rows, mixed, (log_odds(scores), said), crossing)
    return Stack(second, bridges.fit(taught, np.ones(len(folds), np.bool_)), fitted, confidences)


# ---------------------------------------------------------------------- the network


def _second_opinion(
    found: _Found, rows: Rows, scores: _Floats, types: dict[str, NDArray[np.bool_]]
) -> tuple[Network | None, _Floats, _Floats]:
    """A network if it helps, the scores with its share, and its log-odds; all held out."""
    odds = log_odds(scores)
    asked = np.flatnonzero(scores.max(axis=1, initial=0.0) >= PROMISING)
    if len(asked) < _FEWEST or any(labelled.scene.sentence.vectors is None for _, labelled in found):
        return None, scores, odds
    ends = sorted({end for pair in types for end in pair.split(">")})
    seen = _seen(found, rows, asked, ends)
    true = (rows.labels[asked] == TRUE).astype(np.float32)
    told = ((rows.labels[asked] >= FALSE) & rows.allowed[asked]).astype(np.float32)
    said, mixed = np.full_like(odds, FLOOR), scores.copy()
    folds = rows.folds[asked]
    for fold in range(FOLDS):
        held = folds == fold
        if held.any() and not held.all():
            own = network.fit(seen[~held], true[~held], told[~held], ends)
            said[asked[held]] = np.maximum(own.log_odds(seen[held]), FLOOR)
    mixed[asked] = pooled(scores[asked], odds[asked], said[asked])
    counted = told > 0
    losses = [_loss(p[asked][counted], true[counted] > 0) for p in (mixed, scores)]
    if losses[0] >= losses[1]:
        return None, scores, odds
    return network.fit(seen, true, told, ends), mixed, said


def _seen(found: _Found, rows: Rows, asked: NDArray[np.intp], ends: Sequence[str]) -> NDArray[np.floating]:
    """The vectors of the asked pairs; with half the digits, since they are many."""
    parts: list[NDArray[np.floating]] = []
    wanted = np.zeros(len(rows.pairs), np.bool_)
    wanted[asked] = True
    for scene, part in by_scene(rows):
        pairs = [rows.pairs[n] for n in range(part.start, part.stop) if wanted[n]]
        if pairs:
            parts.append(vectors.pair_vectors(found[scene][1].scene, pairs, ends).astype(np.float16))
    return np.concatenate(parts)


# ---------------------------------------------------------------------- the trees


def _weighed(
    found: _Found,
    rows: Rows,
    scores: _Floats,
    opinions: tuple[_Floats, _Floats],
    crossing: Sequence[Bridges],
) -> tuple[Trees | None, _Floats]:
    """The trees that weigh rivals, and every pair's confidence by cross-validation."""
    seen: list[rivals.Readings] = []
    starts: list[int] = []
    folds_of_rows = rows.folds
    for scene, part in by_scene(rows):
        here = rivals.readings(
            found[scene][1].scene,
            rows.pairs[part],
            scores[part],
            [opinion[part] for opinion in opinions],
            crossing[folds_of_rows[part.start]],
        )
        if len(here.rows):
            seen.append(here)
            starts += [part.start] * len(here.rows)
    confidences = np.zeros_like(scores)
    if not starts:
        return None, confidences
    at = np.concatenate([r.rows for r in seen]) + np.array(starts)
    relations = np.concatenate([r.relations for r in seen])
    numbers = np.concatenate([r.numbers for r in seen])
    labels, folds = rows.labels[at, relations], folds_of_rows[at]
    told, true = labels >= FALSE, labels == TRUE
    best: tuple[float, trees.Shape | None, NDArray[np.float32]]
    best = (_loss(scores[at, relations][told], true[told]), None, scores[at, relations])
    for shape in trees.SHAPES if true.sum() < _MANY else trees.SHAPES[:1]:
        held_out = _held_out(numbers, true, told, folds, shape)
        loss = _loss(held_out[told], true[told])
        if loss < best[0]:
            best = (loss, shape, held_out)
    _, chosen, confidences[at, relations] = best
    return (trees.fit(numbers[told], true[told], chosen) if chosen is not None else None), confidences


def _held_out(
    numbers: NDArray[np.float32],
    true: NDArray[np.bool_],
    told: NDArray[np.bool_],
    folds: NDArray[np.int32],
    shape: trees.Shape,
) -> NDArray[np.float32]:
    """What trees of the other folds say of each reading; 0 where these teach nothing."""
    confidences = np.zeros(len(numbers), np.float32)
    for fold in range(FOLDS):
        held = folds == fold
        fitted = trees.fit(numbers[told & ~held], true[told & ~held], shape)
        if fitted is not None and held.any():
            confidences[held] = fitted.probabilities(numbers[held])
    return confidences


def _loss(confidences: NDArray[np.float32], true: NDArray[np.bool_]) -> float:
    """The mean logarithmic loss."""
    p = np.clip(confidences.astype(np.float64), 1e-4, 1 - 1e-4)
    return float(-np.log(np.where(true, p, 1 - p)).mean()) if len(p) else 0.0
