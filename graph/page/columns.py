"""Facts, evidence, sentences and documents of a page as columns of numbers, filled one statement at a time.

Takes statements, and the numbers of their ends when all are known (see `pack`); gives plain lists and
dictionaries. Every string stands once, and a sentence is a pair of offsets into its document, counted in
UTF-16 code units as the browser does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.ontology.records import Document, Evidence, Statement, Status

# Texts are carried whole up to this many characters in all; beyond it the sentences that were read, up to
# this many characters again. The page says what it leaves out.
TEXT_BUDGET, SENTENCE_BUDGET = 8_000_000, 8_000_000
# By document id: start, end and reason of each sentence that gave no fact, in reading order.
Silences = Mapping[str, Sequence[tuple[int, int, str]]]

_STATUS = {status: number for number, status in enumerate(Status)}


class Table:
    """Distinct things by number, in the order they were first met."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def __call__(self, thing: Any) -> int:
        return self.numbers.setdefault(thing, len(self.numbers))

    def __len__(self) -> int:
        return len(self.numbers)


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


class Columns:
    """Fills the columns, one statement after the other."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._texts: dict[str, _Text] = {}
        spent = 0
        for document in documents:
            spent += len(document.text)
            kept = spent <= TEXT_BUDGET
            known = document if kept else replace(document, text="")
            self._texts[document.id] = _Text(known, kept, _astral(known.text))
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
        self.left_out = {"texts": sum(not t.kept for t in self._texts.values()), "sentences": 0}

    def taking(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The same statements, each added on its way."""
        for statement in statements:
            self.add(statement)
            yield statement

    def add(self, statement: Statement) -> None:
        evidence = statement.evidence
        # Of a fact read once the confidence is that of its evidence.
        sure = 0 if len(evidence) == 1 else round(statement.confidence * 100)
        row = {"r": self._relation(statement.relation), "confidence": sure, "evidence": len(evidence)}
        for name, value in row.items():
            self.facts[name].append(value)
        for each in evidence:
            self._add_evidence(each)

    def ends(self, numbers: NDArray[np.int64]) -> None:
        """The nodes (f, 2) of the subject and object of each statement that was added."""
        self.facts["s"], self.facts["o"] = numbers[:, 0].tolist(), numbers[:, 1].tolist()

    def _add_evidence(self, evidence: Evidence) -> None:
        columns, place = self.evidence, len(self.evidence["rule"])
        columns["sentence"].append(self._sentence_number(evidence))
        columns["status"].append(_STATUS[evidence.status])
        columns["confidence"].append(round(evidence.confidence * 100))
        columns["rule"].append(self.rules(evidence.rule))
        speaker = evidence.attributed_to
        columns["speaker"].append(self.speakers((speaker.iri, speaker.label)) if speaker else -1)
        columns["steps"].append([self.steps(step) for step in evidence.steps])
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
            self.sentences["text"][number] = evidence.sentence_text
        return number

    def in_reading_order(self) -> dict[str, Any]:
        """The sentences by document and place; gaps count from the end before.

        Facts and their evidence are put into the order of their first sentences, and each evidence names its
        sentence by the step from that of the evidence before: near numbers compress to a third.
        """
        document, start, end = (self.sentences[name] for name in ("document", "start", "end"))
        order = sorted(range(len(start)), key=lambda i: (document[i], start[i], end[i], i))
        place = {number: new for new, number in enumerate(order)}
        self._sort([place[number] for number in self.evidence["sentence"]])
        gaps, before = [], (-1, 0)
        for i in order:
            gaps.append(start[i] - (before[1] if before[0] == document[i] else 0))
            before = (document[i], end[i])
        return {
            "document": [document[i] for i in order],
            "gap": gaps,
            "length": [end[i] - start[i] for i in order],
            **self._own({place[i]: text for i, text in self.sentences["text"].items()}),
        }

    def _own(self, texts: Mapping[int, str]) -> dict[str, Any]:
        """Sentences that can't be cut from a text: the steps from number to number, and the words."""
        numbers, spent, words = sorted(texts), 0, []
        for number in numbers:
            spent += len(texts[number])
            kept = spent <= SENTENCE_BUDGET
            self.left_out["sentences"] += not kept
            words.append(texts[number] if kept else "")
        steps = [now - before for now, before in zip(numbers, [0, *numbers], strict=False)]
        return {"own": steps, "text": words}

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

    def _sort(self, sentences: list[int]) -> None:
        ends = list(accumulate(self.facts["evidence"], initial=0))
        facts = sorted(range(len(ends) - 1), key=lambda fact: (sentences[ends[fact]], fact))
        rows = [row for fact in facts for row in range(ends[fact], ends[fact + 1])]
        self.facts = {name: [column[fact] for fact in facts] for name, column in self.facts.items()}
        new = {row: number for number, row in enumerate(rows)}
        for name, column in self.evidence.items():
            if isinstance(column, dict):
                moved = {new[int(row)]: value for row, value in column.items()}
                self.evidence[name] = {str(row): moved[row] for row in sorted(moved)}
            elif name == "marks":
                self.evidence[name] = [mark for row in rows for mark in column[6 * row : 6 * row + 6]]
            else:
                self.evidence[name] = [column[row] for row in rows]
        read = [sentences[row] for row in rows]
        self.evidence["sentence"] = [now - before for now, before in zip(read, [0, *read], strict=False)]

    def silent(self, silences: Silences) -> dict[str, Any]:
        """The sentences without a fact, of documents whose text is carried, each with its reason."""
        reasons = Table()
        out: dict[str, list[Any]] = {name: [] for name in ("document", "start", "length", "reason")}
        for id_, number in self._document.items():
            text = self._texts.get(id_)
            if text is None or not text.kept:
                continue
            for start, end, reason in silences.get(id_, ()):
                first, last = _units(text.astral, start), _units(text.astral, end)
                row = (number, first, last - first, reasons(reason))
                for column, value in zip(out.values(), row, strict=True):
                    column.append(value)
        return {**out, "reasons": list(reasons.numbers)}

    def relations(self) -> list[list[Any]]:
        """IRI, label, and 1 for a relation of the ontology, 0 for one made from words."""
        return [[r.iri, r.label, int(r.mapped)] for r in self._relation.numbers]


def _marks(evidence: Evidence) -> list[int]:
    """Subject, relation and object in the sentence, each as the gap from the end before and its length.

    0, 0 for a part outside of the sentence.
    """
    astral, base = _astral(evidence.sentence_text), evidence.sentence
    out: list[int] = []
    before = 0
    for mention in (evidence.subject, evidence.relation, evidence.object):
        span = mention.span
        if base.start <= span.start < span.end <= base.end:
            start, end = _units(astral, span.start - base.start), _units(astral, span.end - base.start)
            out += [start - before, end - start]
            before = end
        else:
            out += [0, 0]
    return out
