"""The records of a graph as the columns that the page's script reads.

Takes documents and statements; gives plain lists and dictionaries ready for JSON, small because
every string stands once and a sentence is a pair of offsets into its document. Offsets count UTF-16
code units, as the browser does. Entities come most important first; the values that facts have in
place of an entity follow them as nodes of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.graph.page.looks import local_name, looks
from factloom.ontology.records import Document, Entity, Evidence, Literal, Statement, Status

# Texts are carried whole up to this many characters in all; beyond it, the sentences that were read.
TEXT_BUDGET = 8_000_000
# Up to this many entities, values are drawn as nodes; beyond it they are in panels and the table.
VALUES_DRAWN = 80

_STATUS = {status: number for number, status in enumerate(Status)}


class Table:
    """Distinct things by number, in the order they were first met."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(slots=True)
class Nodes:
    """Entities (most important first) and values as nodes; `pairs` (m, 2) are the lines among them.

    `importance` is each node's share of PageRank; `drawn` is how many nodes get a place, from the first on.
    """

    entities: list[Entity]
    values: list[Literal]
    number: dict[Any, int]
    pairs: NDArray[np.int64]
    importance: NDArray[np.float64]
    facts: NDArray[np.int64]
    drawn: int

    def of(self, statement: Statement) -> tuple[int, int]:
        """The numbers of a statement's subject and object."""
        return self.number[statement.subject.iri], self.number[_object_key(statement)]

    def label(self, number: int) -> str:
        """What is written beside a node."""
        known = len(self.entities)
        return self.entities[number].label if number < known else self.values[number - known].text


def _object_key(statement: Statement) -> Any:
    if isinstance(statement.object, Entity):
        return statement.object.iri
    return (statement.subject.iri, statement.object.value, statement.object.datatype, statement.object.unit)


def nodes_of(statements: Sequence[Statement]) -> Nodes:
    """Number the entities and values of `statements`."""
    entities: dict[str, Entity] = {}
    values: dict[Any, Literal] = {}
    for statement in statements:
        entities.setdefault(statement.subject.iri, statement.subject)
        if isinstance(statement.object, Entity):
            entities.setdefault(statement.object.iri, statement.object)
        else:
            values.setdefault(_object_key(statement), statement.object)
    first = {key: number for number, key in enumerate([*entities, *values])}
    ends = [(first[s.subject.iri], first[_object_key(s)]) for s in statements]
    lines = np.array(ends, dtype=np.int64).reshape(-1, 2)
    rank = pagerank(len(first), lines)
    facts = np.bincount(lines.ravel(), minlength=len(first))
    order = _order(list(entities.values()), rank, len(values))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    drawn = len(first) if len(entities) <= VALUES_DRAWN else len(entities)
    pairs = _distinct(np.sort(place[lines], axis=1), drawn)
    listed = list(entities.values())
    return Nodes(
        entities=[listed[i] for i in order[: len(entities)]],
        values=list(values.values()),
        number={key: int(place[number]) for key, number in first.items()},
        pairs=pairs,
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


def pack(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    nodes: Nodes,
    *,
    class_labels: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The page's data without positions and sizes; see the fields of the returned dictionary."""
    columns = _Columns(documents, nodes)
    for statement in statements:
        columns.add(statement)
    return {
        "documents": columns.documents(),
        "classes": _classes(nodes, class_labels or {}),
        "relations": columns.relations(),
        "statuses": [str(status) for status in Status],
        "nodes": _node_columns(nodes),
        "facts": columns.facts,
        "evidence": columns.evidence,
        "sentences": columns.in_reading_order(),
        "rules": list(columns.rules.numbers),
        "speakers": [[label, nodes.number.get(iri, -1)] for iri, label in columns.speakers.numbers],
        "steps": [list(steps) for steps in columns.steps.numbers],
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


def _astral(text: str) -> list[int]:
    """The places of characters that take two UTF-16 code units."""
    return [] if text.isascii() else [i for i, c in enumerate(text) if c > "\uffff"]


def _units(astral: list[int], offset: int) -> int:
    return offset + bisect_left(astral, offset)


@dataclass(slots=True)
class _Text:
    document: Document
    kept: bool
    astral: list[int] = field(default_factory=list)


_EVIDENCE = ("sentence", "status", "confidence", "rule", "speaker", "steps", "marks")


class _Columns:
    """Fills the columns, one statement after the other."""

    def __init__(self, documents: Sequence[Document], nodes: Nodes) -> None:
        self.nodes = nodes
        self._texts: dict[str, _Text] = {}
        spent = 0
        for document in documents:
            spent += len(document.text)
            kept = spent <= TEXT_BUDGET
            self._texts[document.id] = _Text(document, kept, _astral(document.text) if kept else [])
        self._document = {id_: number for number, id_ in enumerate(self._texts)}
        self._relation, self._sentence = Table(), Table()
        self.rules, self.speakers, self.steps = Table(), Table(), Table()
        self.facts: dict[str, list[int]] = {name: [] for name in ("s", "r", "o", "confidence", "evidence")}
        self.evidence: dict[str, Any] = {name: [] for name in _EVIDENCE} | {
            "time": {},
            "locator": {},
            "more": {},
        }
        self.sentences: dict[str, Any] = {"document": [], "start": [], "end": [], "text": {}}

    def add(self, statement: Statement) -> None:
        subject, target = self.nodes.of(statement)
        evidence = statement.evidence
        # Of a fact read once the confidence is that of its evidence.
        sure = 0 if len(evidence) == 1 else round(statement.confidence * 100)
        row = (subject, self._relation(statement.relation), target, sure, len(evidence))
        for column, value in zip(self.facts.values(), row, strict=True):
            column.append(value)
        for each in evidence:
            self._add_evidence(each)

    def _add_evidence(self, evidence: Evidence) -> None:
        columns, place = self.evidence, len(self.evidence["rule"])
        columns["sentence"].append(self._sentence_number(evidence))
        columns["status"].append(_STATUS[evidence.status])
        columns["confidence"].append(round(evidence.confidence * 100))
        columns["rule"].append(self.rules(evidence.rule))
        speaker = evidence.attributed_to
        columns["speaker"].append(self.speakers((speaker.iri, speaker.label)) if speaker else -1)
        columns["steps"].append(self.steps(evidence.steps) if evidence.steps else -1)
        columns["marks"].extend(_marks(evidence))
        if evidence.time:
            columns["time"][str(place)] = evidence.time
        if evidence.locator:
            columns["locator"][str(place)] = evidence.locator
        if evidence.qualifiers:
            columns["more"][str(place)] = [[q.role, q.mention.text] for q in evidence.qualifiers]

    def _sentence_number(self, evidence: Evidence) -> int:
        span = evidence.sentence
        known = len(self._sentence)
        number = self._sentence((evidence.document_id, span.start, span.end, evidence.sentence_text))
        if number < known:
            return number
        document = self._document.setdefault(evidence.document_id, len(self._document))
        text = self._texts.get(evidence.document_id)
        held = (
            text is not None
            and text.kept
            and text.document.text[span.start : span.end] == evidence.sentence_text
        )
        astral = text.astral if text else []
        self.sentences["document"].append(document)
        self.sentences["start"].append(_units(astral, span.start))
        self.sentences["end"].append(_units(astral, span.end))
        if not held:
            self.sentences["text"][str(number)] = evidence.sentence_text
        return number

    def in_reading_order(self) -> dict[str, Any]:
        """The sentences by document and place, renumbered in the evidence; gaps count from the end before."""
        document, start, end = (self.sentences[name] for name in ("document", "start", "end"))
        order = sorted(range(len(start)), key=lambda i: (document[i], start[i], end[i], i))
        place = {number: new for new, number in enumerate(order)}
        self.evidence["sentence"] = [place[number] for number in self.evidence["sentence"]]
        gaps, before = [], (-1, 0)
        for i in order:
            gaps.append(start[i] - (before[1] if before[0] == document[i] else 0))
            before = (document[i], end[i])
        return {
            "document": [document[i] for i in order],
            "gap": gaps,
            "length": [end[i] - start[i] for i in order],
            "text": {str(place[int(i)]): text for i, text in self.sentences["text"].items()},
        }

    def documents(self) -> list[dict[str, str]]:
        """Every document, and one in name alone for each that only evidence speaks of."""
        rows = []
        for id_ in self._document:
            text = self._texts.get(id_)
            if text is None:
                rows.append({"id": id_, "title": id_})
                continue
            document = text.document
            row = {
                "id": id_,
                "title": document.title or id_,
                "source": document.source,
                "date": document.date or "",
            }
            rows.append(row | ({"text": document.text} if text.kept else {}))
        return rows

    def relations(self) -> list[list[Any]]:
        """IRI, label, and 1 for a relation of the ontology, 0 for one made from words."""
        return [[r.iri, r.label, int(r.mapped)] for r in self._relation.numbers]


def _marks(evidence: Evidence) -> list[int]:
    """Start and end of subject, relation and object in the sentence; 0, 0 for a part outside of it."""
    astral, base = _astral(evidence.sentence_text), evidence.sentence
    out: list[int] = []
    for mention in (evidence.subject, evidence.relation, evidence.object):
        span = mention.span
        if base.start <= span.start and span.end <= base.end:
            out += [_units(astral, span.start - base.start), _units(astral, span.end - base.start)]
        else:
            out += [0, 0]
    return out
