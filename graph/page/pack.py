"""The records of a graph as the columns that the page's script reads.

Takes documents and statements; gives plain lists and dictionaries ready for JSON, small because
every string stands once and a sentence is a pair of offsets into its document. Offsets count UTF-16
code units, as the browser does. Entities come most important first; the values that facts have in
place of an entity follow them as nodes of their own.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from factloom.graph.page.columns import Columns, Silences
from factloom.graph.page.looks import local_name, looks
from factloom.ontology.records import Document, Entity, Literal, Statement, Status

T = TypeVar("T")

# Up to this many entities, values are drawn as nodes; beyond it they are in panels and the table.
VALUES_DRAWN = 80


@dataclass(slots=True)
class Nodes:
    """Entities (most important first) and values as nodes; `pairs` (m, 2) are the lines among them.

    `number` has an entity's place by IRI, `ends` (f, 2) the subject and object of each statement;
    `importance` is each node's share of PageRank; `drawn` is how many nodes get a place, from the first on.
    """

    entities: list[Entity]
    values: list[Literal]
    number: dict[str, int]
    ends: NDArray[np.int64]
    pairs: NDArray[np.int64]
    importance: NDArray[np.float64]
    facts: NDArray[np.int64]
    drawn: int

    def label(self, number: int) -> str:
        """What is written beside a node."""
        known = len(self.entities)
        return self.entities[number].label if number < known else self.values[number - known].text


class _Numbered(Generic[T]):
    """Things in the order they were first met, each under its key."""

    def __init__(self) -> None:
        self.number: dict[Any, int] = {}
        self.things: list[T] = []

    def __call__(self, key: Any, thing: T) -> int:
        number = self.number.setdefault(key, len(self.things))
        if number == len(self.things):
            self.things.append(thing)
        return number


def nodes_of(statements: Iterable[Statement]) -> Nodes:
    """Number the entities and values of `statements`, which are gone through once."""
    entities, values = _Numbered[Entity](), _Numbered[Literal]()
    met = array("q")
    for statement in statements:
        subject, target = statement.subject, statement.object
        met.append(entities(subject.iri, subject))
        if isinstance(target, Entity):
            met.append(entities(target.iri, target))
        else:
            # Behind the entities, whose number is not known yet.
            met.append(-1 - values((subject.iri, target.value, target.datatype, target.unit), target))
    listed, others = entities.things, values.things
    lines = np.array(met, dtype=np.int64).reshape(-1, 2)
    lines = np.where(lines < 0, len(listed) - 1 - lines, lines)
    n = len(listed) + len(others)
    rank = pagerank(n, lines)
    facts = np.bincount(lines.ravel(), minlength=n)
    order = _order(listed, rank, len(others))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    drawn = n if len(listed) <= VALUES_DRAWN else len(listed)
    ends = place[lines]
    return Nodes(
        entities=[listed[i] for i in order[: len(listed)]],
        values=others,
        number={iri: int(place[number]) for iri, number in entities.number.items()},
        ends=ends,
        pairs=_distinct(np.sort(ends, axis=1), drawn),
        importance=rank[order],
        facts=facts[order],
        drawn=drawn,
    )


def _distinct(pairs: NDArray[np.int64], drawn: int) -> NDArray[np.int64]:
    """The pairs of two different drawn nodes, each once, sorted (`np.unique` would import numpy.ma)."""
    low, high = pairs[:, 0], pairs[:, 1]
    keys = np.sort((low * (drawn + 1) + high)[(low != high) & (high < drawn)])
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    return np.stack(np.divmod(keys, drawn + 1), axis=1)


def _order(entities: list[Entity], rank: NDArray[np.float64], values: int) -> NDArray[np.int64]:
    """Entities by falling importance, equals by IRI; then the values as they came."""
    by_rank = sorted(range(len(entities)), key=lambda i: (-round(float(rank[i]), 12), entities[i].iri))
    return np.array([*by_rank, *range(len(entities), len(entities) + values)], dtype=np.int64)


def pagerank(
    n: int, lines: NDArray[np.int64], *, damping: float = 0.85, steps: int = 40
) -> NDArray[np.float64]:
    """PageRank (Page and Brin, 1998) over lines taken both ways; sums to 1 when every node has a line."""
    degree = np.maximum(np.bincount(lines.ravel(), minlength=n).astype(np.float64), 1.0)
    rank = np.full(n, 1.0 / max(n, 1))
    for _ in range(steps):
        share = rank / degree
        given = np.bincount(lines[:, 1], share[lines[:, 0]], n) + np.bincount(
            lines[:, 0], share[lines[:, 1]], n
        )
        rank = (1.0 - damping) / max(n, 1) + damping * given
    return rank


def gather(documents: Iterable[Document], statements: Iterable[Statement]) -> tuple[Nodes, Columns]:
    """The nodes and the columns of a graph; its statements are gone through once."""
    columns = Columns(documents)
    nodes = nodes_of(columns.taking(statements))
    columns.ends(nodes.ends)
    return nodes, columns


def pack(
    nodes: Nodes,
    columns: Columns,
    *,
    class_labels: Mapping[str, str] | None = None,
    silences: Silences | None = None,
) -> dict[str, Any]:
    """The page's data without positions and sizes; see the fields of the returned dictionary."""
    sentences = columns.in_reading_order()
    return {
        "documents": columns.documents(),
        "classes": _classes(nodes, class_labels or {}),
        "relations": columns.relations(),
        "statuses": [str(status) for status in Status],
        "nodes": _node_columns(nodes),
        "facts": columns.facts,
        "evidence": columns.evidence,
        "sentences": sentences,
        "leftOut": columns.left_out,
        "silences": columns.silent(silences or {}),
        "rules": list(columns.rules.numbers),
        "speakers": [[label, nodes.number.get(iri, -1)] for iri, label in columns.speakers.numbers],
        "steps": list(columns.steps.numbers),
    }


def _class_numbers(nodes: Nodes) -> dict[str, int]:
    counts = Counter(entity.kind for entity in nodes.entities)
    return {kind: i for i, kind in enumerate(sorted(counts, key=lambda kind: (-counts[kind], kind)))}


def _classes(nodes: Nodes, labels: Mapping[str, str]) -> list[dict[str, str]]:
    kinds = list(_class_numbers(nodes))
    rows = [
        {
            "iri": kind,
            "label": labels.get(kind) or words(local_name(kind)),
            "colour": look.colour,
            "shape": look.shape,
        }
        for kind, look in zip(kinds, looks(kinds), strict=True)
    ]
    if nodes.values:
        rows.append({"iri": "", "label": "value", "colour": "#7F8793", "shape": "value"})
    return rows


def words(name: str) -> str:
    """A local name in words: `GovernmentBody` → `government body`; `AIModel` → `AI model`."""
    out: list[str] = []
    for i, c in enumerate(name):
        before, after = name[i - 1 : i], name[i + 1 : i + 2]
        starts = c.isupper() and (
            before.islower() or before.isdigit() or (before.isupper() and after.islower())
        )
        if starts:
            out.append(" ")
        acronym = c.isupper() and (after.isupper() or (before.isupper() and not after.islower()))
        out.append(c if acronym else c.lower())
    return "".join(out).replace("_", " ").replace("-", " ").strip() or "thing"


def _node_columns(nodes: Nodes) -> dict[str, Any]:
    kinds = _class_numbers(nodes)
    iris = [entity.iri for entity in nodes.entities]
    base = _common_start(iris)
    named = [(entity.iri, entity.label) for entity in nodes.entities]
    return {
        "base": base,
        # 0 where the IRI ends in the label itself, spaces as hyphens.
        "iri": [
            0 if iri[len(base) :] == label.replace(" ", "-") else iri[len(base) :] for iri, label in named
        ],
        "label": [nodes.label(i) for i in range(len(iris) + len(nodes.values))],
        "kind": [kinds[e.kind] for e in nodes.entities] + [len(kinds)] * len(nodes.values),
        "aliases": {str(i): list(e.aliases) for i, e in enumerate(nodes.entities) if e.aliases},
        "values": [[v.value, v.datatype, v.unit or "", v.approximation or ""] for v in nodes.values],
    }


def _common_start(iris: Sequence[str]) -> str:
    if not iris:
        return ""
    low, high = min(iris), max(iris)
    same = next(
        (i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high))
    )
    cut = max(low.rfind("/", 0, same), low.rfind("#", 0, same)) + 1
    return low[:cut]
