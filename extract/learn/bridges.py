"""From one mention to another: where a fact holds of a mention, does it hold of a second one too?

"Anna, who lives in Kent with her son": what is said of Anna is said of "who" and "her", not of the son. How
the examples want it (of every mention, of the name alone) is learnt from themselves: for a true pair each
candidate that could stand in the place of one of its ends is an example, true if that fact is told as well.
A logistic regression over the types of both mentions, what stands between and how the parse joins them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from factloom.extract.learn.features import lemma, path
from factloom.extract.learn.labelling import FALSE, TRUE, Labelled
from factloom.extract.learn.matrices import matrix
from factloom.extract.learn.same import Groups, groups
from factloom.extract.learn.scenes import Scene

NEVER = -12.0  # log-odds where nothing was learnt
Link = tuple[int, int]  # from candidate, to candidate
_NEAR = 4  # words between two mentions that count in their order
_PATH = 4  # edges
_STEPS = (4, 8, 16)
_CLAUSE = frozenset({"relcl", "acl"})


@dataclass(frozen=True, slots=True, eq=False)
class Bridges:
    """Weights by feature, for a subject and for an object."""

    weights: Mapping[str, tuple[float, float]]
    bias: float

    def matrices(
        self, scene: Scene, grouped: Groups, links: Iterable[Link]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities from × to candidates, for subjects and for objects; 1 from a mention to itself."""
        size = len(scene.candidates)
        found = np.stack([np.eye(size, dtype=np.float32)] * 2)
        wanted = sorted(set(links))
        if wanted:
            view = View(scene, grouped)
            sums = np.array([self._sums(view.features(*link)) for link in wanted], np.float32)
            start, stop = np.array(wanted).T
            found[:, start, stop] = (1 / (1 + np.exp(-sums))).T
        return found[0], found[1]

    def _sums(self, features: Iterable[str]) -> tuple[float, float]:
        subject = target = self.bias
        for feature in features:
            known = self.weights.get(feature)
            if known is not None:
                subject, target = subject + known[0], target + known[1]
        return subject, target


class View:
    """What the features of a scene's links share."""

    def __init__(self, scene: Scene, grouped: Groups) -> None:
        self._scene = scene
        self._things, self._chains = grouped.things, grouped.chains
        self._words = [{t.norm for t in c.tokens()} if c.kind == "name" else None for c in scene.candidates]

    def features(self, start: int, stop: int) -> list[str]:
        """What speaks for or against the link."""
        types = f"{self._scene.types[start]} {self._scene.types[stop]}"
        order = ">" if start < stop else "<"
        return [
            *self._mentions(start, stop, order, types),
            *self._identity(start, stop, order, types),
            *self._between(start, stop, order, types),
            *self._through_parse(start, stop, types),
        ]

    def _mentions(self, start: int, stop: int, order: str, types: str) -> Iterator[str]:
        one, other = (self._scene.candidates[i] for i in (start, stop))
        deps = f"{one.head.dep} {other.head.dep}"
        yield from (f"types {order} {types}", f"from {one.head.dep}", f"to {other.head.dep}")
        yield from (f"deps {order} {deps}", f"types deps {order} {types} {deps}")
        if one.kind == "pronoun":
            yield f"from pronoun {one.head.norm} {order} {self._scene.types[stop]}"
        if other.kind == "pronoun":
            subject = one.head.dep in ("nsubj", "nsubjpass")
            yield f"to pronoun {other.head.norm} {subject} {min(self._like(start, stop, start), 2)}"

    def _like(self, start: int, stop: int, model: int) -> int:
        """How many candidates between are of the type of `model`."""
        low, high = sorted((start, stop))
        return self._scene.types[low + 1 : high].count(self._scene.types[model])

    def _identity(self, start: int, stop: int, order: str, types: str) -> Iterator[str]:
        same = self._things[start] == self._things[stop]
        yield from (f"same {same}", f"same {same} {order} {types}")
        yield f"chain {self._chains[start] == self._chains[stop]}"
        things = self._scene.things
        one, other = (things[i] for i in (start, stop)) if things else (None, None)
        if one is not None and other is not None:
            equal = one.number == other.number
            yield from (f"thing {equal}", f"thing {equal} {one.kind} {other.kind}", f"thing {equal} {types}")
        kind = self._scene.types[start]
        peers = [i for i, other_kind in enumerate(self._scene.types) if other_kind == kind]
        rivals = {self._things[i] for i in peers} - {self._things[start]}
        yield f"rivals {min(len(rivals), 3)} {types} {same}"
        yield f"first {peers[0] == start} {types}"
        words, others = self._words[start], self._words[stop]
        if words is not None and others is not None:
            parts = (words & others, words - others, others - words)
            yield f"share {' '.join(str(min(len(p), 2)) for p in parts)}"

    def _between(self, start: int, stop: int, order: str, types: str) -> Iterator[str]:
        first, last = sorted(
            (self._scene.candidates[i].variants[0] for i in (start, stop)), key=lambda v: v.start
        )
        gap = self._scene.sentence.tokens[first.end : last.start]
        size = len(gap) if len(gap) < _STEPS[0] else max(s for s in _STEPS if s <= len(gap))
        yield f"gap {order} {size} {types}"
        if len(gap) <= _NEAR:
            said = " ".join(map(lemma, gap))
            yield from (f"between {order} {said}", f"between {order} {said} {types}")
        yield f"like from {order} {min(self._like(start, stop, start), 3)} {types}"
        yield f"like to {order} {min(self._like(start, stop, stop), 3)} {types}"

    def _through_parse(self, start: int, stop: int, types: str) -> Iterator[str]:
        one, other = (self._scene.candidates[i].head for i in (start, stop))
        found = path(one, other)
        if found is None:
            return
        up, top, down = found
        if len(up) + len(down) <= _PATH:
            ways = f"{'^'.join(t.dep for t in up)}|{'v'.join(t.dep for t in down)}"
            yield from (f"ways {ways}", f"ways {ways} {types}", f"ways {ways} {lemma(top)}")
        yield f"in clause {any(t.dep in _CLAUSE for t in down)} {types}"


# ---------------------------------------------------------------------- learning


_Types = Mapping[str, NDArray[np.bool_]]
_STRENGTH = 0.2  # inverse of the L2 penalty
_RARE = 3  # features met in fewer lessons say nothing beyond them
_SMALL = 0.03  # weights below change nothing


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Links with a side (0 subject, 1 object), whether the fact crosses, and the example each is of."""

    features: list[list[str]]
    sides: NDArray[np.intp]
    true: NDArray[np.bool_]
    examples: NDArray[np.int32]


def lessons(found: Iterable[tuple[int, Labelled]], types: _Types) -> Lessons:
    """What labelled scenes, each with its example's number, teach of links; `types` mask the relations."""
    features: list[list[str]] = []
    rows: list[tuple[int, bool, int]] = []
    for example, labelled in found:
        view: View | None = None
        memo: dict[Link, list[str]] = {}
        for side, link, true in _links(labelled, types):
            view = view or View(labelled.scene, groups(labelled.scene))
            features.append(memo.setdefault(link, []) or view.features(*link))
            memo[link] = features[-1]
            rows.append((side, true, example))
    sides, true_rows, examples = zip(*rows, strict=True) if rows else ((), (), ())
    return Lessons(
        features, np.array(sides, np.intp), np.array(true_rows, np.bool_), np.array(examples, np.int32)
    )


def _links(labelled: Labelled, types: _Types) -> Iterator[tuple[int, Link, bool]]:
    scene = labelled.scene
    memo: dict[Link, NDArray[np.int8]] = {}
    for pair, relations in labelled.true.items():
        for side, other in _replaced(scene, pair):
            mask = types.get(f"{scene.types[other[0]]}>{scene.types[other[1]]}")
            if mask is None:
                continue
            if other not in memo:
                memo[other] = labelled.labels(other)
            for relation in relations:
                label = memo[other][relation]
                if mask[relation] and label in (TRUE, FALSE):
                    yield side, (pair[side], other[side]), bool(label == TRUE)


def _replaced(scene: Scene, pair: Link) -> Iterator[tuple[int, Link]]:
    """The pair with another candidate as subject, or as object."""
    for i in range(len(scene.candidates)):
        for side, keeps in ((0, pair[1]), (1, pair[0])):
            if i not in pair and not scene.overlapping(i, pair[side]) and not scene.overlapping(i, keeps):
                yield side, ((i, keeps) if side == 0 else (keeps, i))


def fit(taught: Lessons, chosen: NDArray[np.bool_]) -> Bridges:
    """Bridges learnt from the chosen lessons; where they are all alike, no fact crosses."""
    from sklearn.linear_model import LogisticRegression

    true = taught.true[chosen]
    if not true.any() or true.all():
        return Bridges({}, NEVER)
    kept = [taught.features[k] for k in np.flatnonzero(chosen)]
    x, names = matrix(kept, least=_RARE)
    sides = [sparse.diags((taught.sides[chosen] == side).astype(np.float32)) @ x for side in (0, 1)]
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", tol=1e-2, random_state=0)
    model.fit(sparse.hstack([x, *sides]).tocsr(), true)
    shared, *own = np.split(model.coef_[0], 3)
    weights = zip(names, *((shared + side).tolist() for side in own), strict=True)
    return Bridges(
        {n: (round(a, 2), round(b, 2)) for n, a, b in weights if max(abs(a), abs(b)) >= _SMALL},
        round(float(model.intercept_[0]), 3),
    )
