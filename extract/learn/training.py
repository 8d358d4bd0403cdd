"""From labelled scenes to a model: logistic regressions, thresholds by cross-validation, conventions.

Takes labelled scenes of every example in order; gives a `Model`. Everything is deterministic: features in
alphabetical order, folds by the number of the example, solvers with a fixed seed. scikit-learn's liblinear
(Fan et al., "LIBLINEAR", JMLR 2008) fits the regressions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from factloom.extract.learn import regressions
from factloom.extract.learn.conventions import normal
from factloom.extract.learn.edges import edge_features
from factloom.extract.learn.labelling import FALSE, TRUE, Labelled
from factloom.extract.learn.matrices import matrix
from factloom.extract.learn.model import Model
from factloom.extract.learn.rows import FOLDS, Rows, admitted, make_rows
from factloom.extract.learn.stacking import stack
from factloom.extract.learn.thresholds import thresholds

_Progress = Callable[[str], None]


def train(
    found: Sequence[tuple[int, Labelled]],
    relations: Sequence[str],
    totals: NDArray[np.int32],
    tell: _Progress,
) -> Model:
    """Learn from labelled scenes, each with its example's number; `totals` counts the facts by relation."""
    types = admitted(found, len(relations))
    rows = make_rows(found, types, len(relations))
    tell(f"{len(rows.pairs)} pairs, {len(rows.names)} features")
    scores = np.zeros(rows.labels.shape, np.float32)
    for fold in range(FOLDS):
        held = rows.folds == fold
        weights, bias = regressions.fit(rows, ~held)
        scores[held] = regressions.probabilities(rows, weights, bias, held)
        tell(f"cross-validation {fold + 1} of {FOLDS}")
    weights, bias = regressions.fit(rows, np.ones(len(rows.pairs), np.bool_))
    second = stack(found, rows, scores, types)
    tell("second look learnt")
    least, report = thresholds(found, rows, second.confidences, totals)
    conventions, names = _conventions(found, len(relations))
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= 0.02)
    return Model(
        relations=tuple(relations),
        index={rows.names[k]: n for n, k in enumerate(kept)},
        weights=weights[kept],
        bias=bias,
        types=types,
        thresholds=least,
        network=second.network,
        bridges=second.bridges,
        rivals=second.trees,
        edges=_edges(found),
        conventions=conventions,
        names=names,
        behind=_behind(rows, weights, relations),
        report=report,
    )


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
                    if len(candidate.variants) > 1 and candidate.kind != "pronoun" and place.share == 1:
                        for variant in candidate.variants:
                            features.append(edge_features(candidate, variant, f"{relation} {side}"))
                            labels.append(int(variant == place.variant))
    if not features:
        return {}
    x, names = matrix(features)
    fit = _regression(x, np.array(labels, np.int8), 0.5)
    if fit is None:
        return {}
    return {n: float(w) for n, w in zip(names, fit.coef_[0], strict=True) if abs(w) >= 0.005}


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
