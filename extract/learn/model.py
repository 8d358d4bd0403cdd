"""What was learnt, as data: weights by feature, thresholds, boundaries, conventions, and the examples behind.

`score` gives the probability of every relation for the pairs of a scene; files are plain JSON and TSV.
How the weights came about is the business of `factloom.extract.learn.training`, what is made of the answers
that of `factloom.extract.learn.apply`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn import network
from factloom.extract.learn.bridges import Bridges
from factloom.extract.learn.network import Network
from factloom.extract.learn.scenes import Scene
from factloom.extract.learn.told import Told
from factloom.extract.learn.trees import Trees, from_record
from factloom.ontology.errors import OntologyError

WEIGHTS, FACTS = "learnt.tsv", "learnt.json"
VERSION = 6
_LIST = re.compile(r"\[[-\d\s.,e]+\]")  # of numbers alone
NEVER = -20.0  # the bias of a relation that nothing was learnt of
HOPELESS = -4.5  # log-odds by the ends alone that what is between does not make up for
Floats = NDArray[np.float32]


@dataclass(slots=True, eq=False)
class Model:
    """Weights of a logistic regression for every relation, trees that weigh rivals, and tables.

    `relations` are IRIs; `index` numbers the features, the rows of `weights` (features × relations);
    `types` masks the relations by "subject type>object type"; `thresholds` are probabilities in [0, 1];
    `network` is a second opinion, `bridges` lead from mention to mention;
    `rivals` are trees over the numbers of `factloom.extract.learn.rivals`; `edges` are
    the weights of boundaries; `conventions` and `names` say how the objects of a relation are written;
    `silent` are relations that words alone read where the examples tell none: they are not read at all.
    `behind` names for a feature and relation the example it was first met in, how often it held and how
    often it was met.
    """

    relations: tuple[str, ...]
    index: dict[str, int]
    weights: Floats
    bias: Floats
    types: dict[str, NDArray[np.bool_]]
    thresholds: Floats
    network: Network | None
    bridges: Bridges
    rivals: Trees | None
    edges: dict[str, float]
    conventions: tuple[str, ...]
    names: tuple[dict[str, str], ...]
    behind: dict[str, dict[str, tuple[int, int, int]]] = field(default_factory=dict)
    examples: list[tuple[str, str]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    silent: tuple[str, ...] = ()

    @property
    def learnt(self) -> frozenset[str]:
        """The relations that had examples enough; the others are read by their words."""
        return frozenset(iri for iri, bias in zip(self.relations, self.bias, strict=True) if bias > NEVER + 1)

    def rows(self, features: Sequence[str], prefix: str = "") -> list[int]:
        """The numbers of the known features."""
        index = self.index
        return [index[prefix + f] for f in features if prefix + f in index]

    def score(self, scene: Scene) -> tuple[list[tuple[int, int]], Floats]:
        """The pairs that any relation admits, and pairs × relations probabilities.

        A pair whose ends speak too much against every relation is left out: what is between is costly to look
        at. On KnowledgeNet that is half the pairs, with 1 in 100 of the true ones.
        """
        types = scene.types
        pairs = [(i, j) for i, j in scene.pairs() if f"{types[i]}>{types[j]}" in self.types]
        if not pairs:
            return [], np.zeros((0, len(self.relations)), np.float32)
        own = scene.features()
        used = {i for pair in pairs for i in pair}
        subject = {i: self._sum(own[i], "s ") for i in used}
        target = {i: self._sum(own[i], "o ") for i in used}
        allowed = np.stack([self.types[f"{types[i]}>{types[j]}"] for i, j in pairs])
        ends: Floats = np.stack([subject[i] + target[j] for i, j in pairs]) + self.bias
        hopeful = np.flatnonzero((allowed & (ends > HOPELESS)).any(axis=1)).tolist()
        pairs = [pairs[k] for k in hopeful]
        if not pairs:
            return [], np.zeros((0, len(self.relations)), np.float32)
        sums = ends[hopeful] + np.stack([self._sum(scene.seen(i, j)) for i, j in pairs])
        return pairs, np.where(allowed[hopeful], _logistic(sums), 0.0).astype(np.float32)

    def _sum(self, features: Sequence[str], prefix: str = "") -> Floats:
        found = self.weights[self.rows(features, prefix)]
        return np.asarray(found.sum(axis=0), np.float32)

    def sign(self, scene: Scene, i: int, j: int, relation: int) -> str | None:
        """The feature of the pair that weighs most for the relation of those known from an example."""
        behind = self.behind.get(self.relations[relation], {})
        own = scene.features()
        named = [*("s " + f for f in own[i]), *("o " + f for f in own[j]), *scene.seen(i, j)]
        known = {f for f in named if f in behind and f in self.index}
        return max(sorted(known), key=lambda f: self.weights[self.index[f], relation], default=None)

    def with_thresholds(self, least: Mapping[str, float]) -> Model:
        """The same model with the thresholds that an ontology names by relation."""
        for number, iri in enumerate(self.relations):
            if iri in least:
                self.thresholds[number] = least[iri]
        return self


def _logistic(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float32)


def save(model: Model, folder: Path) -> None:
    """Write the two files into a folder that exists."""
    names = sorted(model.index, key=model.index.__getitem__)
    lines = ["\t".join(("feature", *model.relations)), "\t".join(("", *map(_short, model.bias)))]
    lines += ["\t".join((n, *map(_short, model.weights[i]))) for i, n in enumerate(names)]
    (folder / WEIGHTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    record = {
        "version": VERSION,
        "relations": model.relations,
        "thresholds": [round(float(t), 4) for t in model.thresholds],
        "types": {k: np.flatnonzero(v).tolist() for k, v in sorted(model.types.items())},
        "conventions": model.conventions,
        "names": model.names,
        "network": model.network.record() if model.network is not None else {},
        "bridges": {"bias": model.bridges.bias, "weights": dict(sorted(model.bridges.weights.items()))},
        "rivals": model.rivals.record() if model.rivals is not None else [],
        "edges": _rounded(model.edges),
        "behind": model.behind,
        "examples": model.examples,
        "report": model.report,
        "told": model.told.record(),
        "silent": model.silent,
    }
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / FACTS).write_text(_LIST.sub(_in_a_line, text) + "\n", encoding="utf-8")


def _in_a_line(numbers: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", numbers[0])


def _short(weight: float) -> str:
    return "" if abs(weight) < 0.005 else f"{weight:.2f}"


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {k: round(float(v), 3) for k, v in sorted(weights.items())}


def load(folder: Path) -> Model:
    """The model of a folder that `save` wrote; raises `OntologyError` when its files don't fit."""
    try:
        record = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if record["version"] != VERSION:
            raise ValueError(f"version {record['version']}, known is {VERSION}")
        relations = tuple(record["relations"])
        index, weights, bias = _read_weights(folder / WEIGHTS, len(relations))
        return Model(
            relations=relations,
            index=index,
            weights=weights,
            bias=bias,
            types={k: _mask(v, len(relations)) for k, v in record["types"].items()},
            thresholds=np.array(record["thresholds"], np.float32),
            network=network.from_record(record["network"]) if record["network"] else None,
            bridges=Bridges(
                {f: (a, b) for f, (a, b) in record["bridges"]["weights"].items()}, record["bridges"]["bias"]
            ),
            rivals=from_record(record["rivals"]) if record["rivals"] else None,
            edges=record["edges"],
            conventions=tuple(record["conventions"]),
            names=tuple(record["names"]),
            behind={r: {f: tuple(v) for f, v in found.items()} for r, found in record["behind"].items()},
            examples=[(e[0], e[1]) for e in record["examples"]],
            report=record["report"],
            told=_told(record["told"]),
            silent=tuple(record["silent"]),
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise OntologyError(
            f"{folder}: what was learnt can't be read ({error}); run factloom learn again"
        ) from error


def _told(record: Mapping[str, Any]) -> Told:
    relations = tuple(record["relations"])
    return Told(record["roles"], record["pairs"], None, relations, record["accents"])


def _read_weights(path: Path, count: int) -> tuple[dict[str, int], Floats, Floats]:
    lines = path.read_text(encoding="utf-8").split("\n")
    index: dict[str, int] = {}
    weights = np.zeros((len(lines) - 3, count), np.float32)
    bias = np.array(_row(lines[1].split("\t")[1:]), np.float32)
    for i, line in enumerate(lines[2:-1]):
        name, *cells = line.split("\t")
        index[name] = i
        weights[i] = _row(cells)
    return index, weights, bias


def _row(cells: Sequence[str]) -> list[float]:
    return [float(c) if c else 0.0 for c in cells]


def _mask(numbers: Sequence[int], count: int) -> NDArray[np.bool_]:
    mask = np.zeros(count, np.bool_)
    mask[list(numbers)] = True
    return mask
