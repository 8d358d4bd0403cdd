"""From labelled scenes to a model: logistic regressions, thresholds by cross-validation, conventions.

Takes labelled scenes of every example in order; gives a `Model`. Everything is deterministic: features in
alphabetical order, folds by the number of the example, solvers without chance. scikit-learn's liblinear
(Fan et al., "LIBLINEAR", JMLR 2008) fits the regressions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from factloom.extract.learn import rivals, trees
from factloom.extract.learn.conventions import normal
from factloom.extract.learn.edges import edge_features
from factloom.extract.learn.labelling import FALSE, TRUE, Labelled
from factloom.extract.learn.model import NEVER, Model
from factloom.extract.learn.trees import Trees

FOLDS = 3
_STRENGTH = 0.2  # inverse of the L2 penalty
_RARE = 3  # features met in fewer rows say nothing beyond their examples
_TRUSTED = 2000  # examples that make a relation's own threshold count half
_Progress = Callable[[str], None]


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
        """The fold of each pair, by its example; a mixed-up order, so that no pattern of a file shows."""
        mixed = (self.examples.astype(np.uint64) * np.uint64(2654435761)) % np.uint64(2**32)
        return ((mixed >> np.uint64(16)) % np.uint64(FOLDS)).astype(np.int32)


def train(
    found: Sequence[tuple[int, Labelled]],
    relations: Sequence[str],
    totals: NDArray[np.int32],
    tell: _Progress,
) -> Model:
    """Learn from labelled scenes, each with its example's number; `totals` counts the facts by relation."""
    types = _types(found, len(relations))
    rows = _rows(found, types, len(relations))
    tell(f"{len(rows.pairs)} pairs, {len(rows.names)} features")
    edges = _edges(found)
    scores = np.zeros(rows.labels.shape, np.float32)
    for fold in range(FOLDS):
        held = rows.folds == fold
        weights, bias = _fit(rows, ~held)
        scores[held] = _probabilities(rows, weights, bias, held)
        tell(f"cross-validation {fold + 1} of {FOLDS}")
    weights, bias = _fit(rows, np.ones(len(rows.pairs), np.bool_))
    second, confidences = _second(found, rows, scores)
    thresholds, report = _thresholds(found, rows, confidences, totals, edges)
    conventions, names = _conventions(found, len(relations))
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= 0.02)
    return Model(
        relations=tuple(relations),
        index={rows.names[k]: n for n, k in enumerate(kept)},
        weights=weights[kept],
        bias=bias,
        types=types,
        thresholds=thresholds,
        rivals=second,
        edges=edges,
        conventions=conventions,
        names=names,
        behind=_behind(rows, weights, relations),
        report=report,
    )


def _types(found: Iterable[tuple[int, Labelled]], count: int) -> dict[str, NDArray[np.bool_]]:
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


def _rows(found: Sequence[tuple[int, Labelled]], types: dict[str, NDArray[np.bool_]], count: int) -> Rows:
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


def _fit(rows: Rows, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """One regression a relation, over the told pairs of its types; no true pair gives no reading."""
    count = rows.labels.shape[1]
    weights = np.zeros((len(rows.names), count), np.float32)
    bias = np.full(count, NEVER, np.float32)
    for r in range(count):
        told = chosen & rows.allowed[:, r] & (rows.labels[:, r] >= FALSE)
        true = rows.labels[told, r] == TRUE
        if true.sum() < 2:
            continue
        if true.all():
            bias[r] = 2.0
            continue
        fit = LogisticRegression(C=_STRENGTH, solver="liblinear", tol=1e-2, random_state=0)
        fit.fit(rows.x[told], true)
        weights[:, r], bias[r] = fit.coef_[0], fit.intercept_[0]
    return weights, bias


def _probabilities(
    rows: Rows, weights: NDArray[np.float32], bias: NDArray[np.float32], chosen: NDArray[np.bool_]
) -> NDArray[np.float32]:
    sums = rows.x[chosen] @ weights + bias
    return np.where(rows.allowed[chosen], 1 / (1 + np.exp(-sums)), 0.0).astype(np.float32)


def _by_scene(rows: Rows) -> Iterator[tuple[int, slice]]:
    if not len(rows.scenes):
        return
    changes = np.flatnonzero(rows.scenes[1:] != rows.scenes[:-1]) + 1
    for start, stop in pairwise([0, *changes.tolist(), len(rows.scenes)]):
        yield int(rows.scenes[start]), slice(start, stop)


def _second(
    found: Sequence[tuple[int, Labelled]], rows: Rows, scores: NDArray[np.float32]
) -> tuple[Trees | None, NDArray[np.float32]]:
    """The trees that weigh rivals, and every pair's confidence by cross-validation."""
    seen: list[rivals.Readings] = []
    starts: list[int] = []
    for scene, part in _by_scene(rows):
        seen.append(rivals.readings(found[scene][1].scene, rows.pairs[part], scores[part]))
        starts += [part.start] * len(seen[-1].rows)
    confidences = np.zeros_like(scores)
    if not starts:
        return None, confidences
    at = np.concatenate([r.rows for r in seen]) + np.array(starts)
    relations = np.concatenate([r.relations for r in seen])
    numbers = np.concatenate([r.numbers for r in seen])
    labels, folds = rows.labels[at, relations], rows.folds[at]
    told, true = labels >= FALSE, labels == TRUE
    best: tuple[float, trees.Shape | None, NDArray[np.float32]]
    best = (_loss(scores[at, relations][told], true[told]), None, scores[at, relations])
    for shape in trees.SHAPES:
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


def _matrix(features: Sequence[Sequence[str]]) -> tuple[sparse.csr_matrix, list[str]]:
    names = sorted({f for row in features for f in row})
    numbers = {n: i for i, n in enumerate(names)}
    cells = [numbers[f] for row in features for f in sorted(set(row))]
    ends = np.cumsum([0, *(len(set(row)) for row in features)])
    ones = np.ones(len(cells), np.float32)
    return sparse.csr_matrix((ones, cells, ends), shape=(len(features), len(names))), names


def _regression(x: sparse.csr_matrix, labels: NDArray[np.int8], strength: float = 0.1) -> Any:
    if len(set(labels.tolist())) < 2:
        return None
    return LogisticRegression(C=strength, solver="liblinear", tol=1e-3, random_state=0).fit(x, labels == TRUE)


def _edges(found: Sequence[tuple[int, Labelled]]) -> dict[str, float]:
    """The weights of boundaries, from the true pairs whose ends could be drawn in several ways."""
    features: list[list[str]] = []
    labels: list[int] = []
    for _, labelled in found:
        for true in labelled.true.values():
            for relation, places in true.items():
                for side, place in zip(("subject", "object"), places, strict=True):
                    candidate = labelled.scene.candidates[place.candidate]
                    if len(candidate.variants) > 1 and candidate.kind != "pronoun":
                        for variant in candidate.variants:
                            features.append(edge_features(candidate, variant, f"{relation} {side}"))
                            labels.append(int(variant == place.variant))
    if not features:
        return {}
    x, names = _matrix(features)
    fit = _regression(x, np.array(labels, np.int8), 0.5)
    if fit is None:
        return {}
    return {n: float(w) for n, w in zip(names, fit.coef_[0], strict=True) if abs(w) >= 0.005}


def _thresholds(
    found: Sequence[tuple[int, Labelled]],
    rows: Rows,
    confidences: NDArray[np.float32],
    totals: NDArray[np.int32],
    edges: dict[str, float],
) -> tuple[NDArray[np.float32], dict[str, Any]]:
    """The threshold of best F1 over all relations, moved towards a relation's own as its examples are many.

    Confidences are calibrated over all relations, so that one threshold serves all (Lipton et al., "Optimal
    thresholding of classifiers to maximize F1 measure", 2014); a relation's own is found on few points.
    """
    points = [_points(found, rows, confidences, r) for r in range(len(totals))]
    common, _ = _best([p for found_here in points for p in found_here], int(totals.sum()))
    thresholds = np.full(len(totals), common, np.float32)
    report: dict[str, Any] = {}
    for r, here in enumerate(points):
        own, _ = _best(here, int(totals[r]))
        if sum(true for _, true in here) >= 15:
            weight = totals[r] / (totals[r] + _TRUSTED)
            thresholds[r] = weight * own + (1 - weight) * common
        said = [true for p, true in here if p >= thresholds[r]]
        report[str(r)] = {
            "examples": int(totals[r]),
            "precision": round(sum(said) / len(said), 3) if said else None,
            "recall": round(sum(said) / int(totals[r]), 3) if totals[r] else None,
        }
    return thresholds, report


def _points(
    found: Sequence[tuple[int, Labelled]], rows: Rows, confidences: NDArray[np.float32], relation: int
) -> list[tuple[float, bool]]:
    """Confidence and truth of what would be said, once for equal names in an example."""
    best: dict[tuple[int, str, str], tuple[float, bool]] = {}
    for row in _surest(found, rows, confidences[:, relation]):
        label = rows.labels[row, relation]
        if label < FALSE:
            continue
        scene = found[rows.scenes[row]][1].scene
        i, j = rows.pairs[row]
        names = [normal(scene.name(k, scene.candidates[k].variants[0])) or str(k) for k in (i, j)]
        if any(scene.candidates[k].kind == "pronoun" for k in (i, j)):
            names = [f"{rows.scenes[row]}.{i}", f"{j}"]
        key = (int(rows.examples[row]), names[0], names[1])
        p, true = best.get(key, (0.0, False))
        best[key] = (max(p, float(confidences[row, relation])), true or label == TRUE)
    return list(best.values())


def _surest(
    found: Sequence[tuple[int, Labelled]], rows: Rows, confidences: NDArray[np.float32]
) -> Iterator[int]:
    """The rows that would be said at a low threshold: of overlapping ones in a sentence the surest."""
    promising = np.flatnonzero(confidences >= 0.05)
    kept: dict[int, list[int]] = defaultdict(list)
    for row in promising[np.argsort(-confidences[promising], kind="stable")].tolist():
        scene = found[rows.scenes[row]][1].scene
        here = kept[int(rows.scenes[row])]
        ends = (zip(rows.pairs[row], rows.pairs[other], strict=True) for other in here)
        if not any(all(i == k or scene.overlapping(i, k) for i, k in pair) for pair in ends):
            here.append(row)
            yield row


def _best(points: Sequence[tuple[float, bool]], total: int) -> tuple[float, float]:
    """The threshold with the best F1 where `total` facts are to be found, and that F1."""
    ordered = sorted(points, reverse=True)
    best, threshold, right = 0.0, 0.5, 0
    for said, (p, true) in enumerate(ordered, start=1):
        right += true
        following = ordered[said][0] if said < len(ordered) else 0.0
        if following < p and 2 * right / (said + total) > best:
            best, threshold = 2 * right / (said + total), (p + following) / 2
    return min(max(threshold, 0.05), 0.95), best


def _conventions(
    found: Sequence[tuple[int, Labelled]], count: int
) -> tuple[tuple[str, ...], tuple[dict[str, str], ...]]:
    """How the objects of each relation are written most often, and what they are called by their words."""
    met: list[Counter[str]] = [Counter() for _ in range(count)]
    called: list[dict[str, Counter[str]]] = [{} for _ in range(count)]
    for _, labelled in found:
        for true in labelled.true.values():
            for relation, (_, place) in true.items():
                met[relation][place.convention] += 1
                if place.told:
                    words = normal(labelled.scene.name(place.candidate, place.variant))
                    called[relation].setdefault(words, Counter())[place.told] += 1
    chosen = [max(sorted(c), key=c.__getitem__) if c else "as in the text" for c in met]
    return tuple(chosen), tuple(map(_names, called))


def _names(called: dict[str, Counter[str]]) -> dict[str, str]:
    """What words are called most often, where it is something else than they say."""
    most = {words: max(sorted(c), key=c.__getitem__) for words, c in sorted(called.items())}
    return {words: name.replace("_", " ") for words, name in most.items() if normal(name) != words}


def _behind(
    rows: Rows, weights: NDArray[np.float32], relations: Sequence[str], most: int = 150
) -> dict[str, dict[str, tuple[int, int, int]]]:
    """For the strongest features of each relation: an example, how often it held, how often it was met."""
    columns = rows.x.tocsc()
    behind: dict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for r, iri in enumerate(relations):
        for k in np.argsort(-weights[:, r], kind="stable")[:most]:
            if weights[k, r] <= 0:
                break
            met = columns.indices[columns.indptr[k] : columns.indptr[k + 1]]
            labels = rows.labels[met, r]
            true = met[labels == TRUE]
            if len(true):
                first = int(rows.examples[true.min()])
                behind[iri][rows.names[k]] = (first, len(true), int((labels >= FALSE).sum()))
    return dict(behind)
