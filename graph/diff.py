"""What changed between two builds: takes two graphs, gives differences by cause, as text, JSON or RDF Patch.

Statements are compared by what they say, their evidence by where it was read. A graph holds the sentences
that say something, not the documents' texts, so whether a text changed is told from its sentences:
`_text_changed` says how. Names of entities and IRIs of runs are not looked at; an RDF Patch has every triple.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from factloom.graph.merge import place
from factloom.graph.rdf_read import parse_file, read
from factloom.graph.tables import words
from factloom.graph.text import printable
from factloom.ontology.errors import InputError, UnknownNameError
from factloom.ontology.records import Document, Evidence, Span, Statement


class Kind(StrEnum):
    """What happened to a statement, the gravest first."""

    STATUS = "status"
    ADDED = "added"
    REMOVED = "removed"
    EVIDENCE = "evidence"


class Cause(StrEnum):
    """Why: other documents, another text of the same document, or another reading of the same text."""

    NEW_DOCUMENT = "new document"
    REMOVED_DOCUMENT = "removed document"
    TEXT = "changed text"
    READING = "changed reading"


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that differs: before and after (None where absent), why, and the evidence that differs.

    `gone` was in the first graph alone, `come` is in the second alone. Several causes may meet in one
    change; they are sorted.
    """

    kind: Kind
    before: Statement | None
    after: Statement | None
    causes: tuple[Cause, ...]
    gone: tuple[Evidence, ...]
    come: tuple[Evidence, ...]

    @property
    def statement(self) -> Statement:
        """The statement as it is, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


Source = str | os.PathLike[str]


def diff(first: Source, second: Source) -> list[Change]:
    """Every statement that differs between two graphs, flips of status first, then by kind and key.

    Each graph is a folder of a build or a Turtle file. Raises `UsageError` and `InputError` for what can't
    be read.
    """
    old, new = _Side(*read(first)), _Side(*read(second))
    keys = sorted(old.statements.keys() | new.statements.keys())
    changes = (_change(old, new, old.statements.get(key), new.statements.get(key)) for key in keys)
    order = list(Kind)
    return sorted(filter(None, changes), key=lambda c: (order.index(c.kind), c.statement.key))


def render_diff(first: Source, second: Source, *, format: str = "text") -> str:  # noqa: A002
    """The differences as text that ends in a line break; `format` is a name in `FORMATS`.

    Raises `UnknownNameError` for another format, and as `diff` does.
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    return FORMATS[format](first, second)


class _Side:
    """One of the two graphs, with its sentences by document."""

    def __init__(self, documents: Sequence[Document], statements: Sequence[Statement]) -> None:
        self.statements = {statement.key: statement for statement in statements}
        self.sentences: defaultdict[str, dict[Span, str]] = defaultdict(dict)
        for document in documents:
            self.sentences[document.id] = {}
        for evidence in (e for s in statements for e in s.evidence):
            self.sentences[evidence.document_id][evidence.sentence] = evidence.sentence_text


def _change(old: _Side, new: _Side, before: Statement | None, after: Statement | None) -> Change | None:
    gone, come = _only_in(before, after), _only_in(after, before)
    if not gone and not come:
        return None
    causes = {_cause(e, new, Cause.REMOVED_DOCUMENT) for e in gone}
    causes |= {_cause(e, old, Cause.NEW_DOCUMENT) for e in come}
    return Change(_kind(before, after), before, after, tuple(sorted(causes)), gone, come)


def _kind(before: Statement | None, after: Statement | None) -> Kind:
    if before is None or after is None:
        return Kind.ADDED if before is None else Kind.REMOVED
    return Kind.EVIDENCE if before.status is after.status else Kind.STATUS


def _only_in(one: Statement | None, other: Statement | None) -> tuple[Evidence, ...]:
    """Evidence of `one` that `other` lacks: another place, rule, status, confidence or sentence."""
    known = {_identity(e) for e in other.evidence} if other else set()
    return tuple(e for e in one.evidence if _identity(e) not in known) if one else ()


def _identity(evidence: Evidence) -> tuple[object, ...]:
    return (*place(evidence), evidence.sentence_text, evidence.confidence, evidence.time)


def _cause(evidence: Evidence, other: _Side, absent: Cause) -> Cause:
    """Why the other graph does not have this evidence."""
    if evidence.document_id not in other.sentences:
        return absent
    changed = _text_changed(evidence, other.sentences[evidence.document_id])
    return Cause.TEXT if changed else Cause.READING


def _text_changed(evidence: Evidence, others: dict[Span, str]) -> bool:
    """Whether the other text of the document lacks this sentence, as far as its known sentences tell.

    A sentence that stands at its very place is the same text. One that meets another sentence there, or
    stands after the last one known, is held to be new text; in a gap, unread before.
    """
    span, text = evidence.sentence, evidence.sentence_text
    if others.get(span) == text:
        return False
    if any(s.start < span.end and span.start < s.end for s in others):
        return True
    return not others or span.start >= max(s.end for s in others)


# --- How differences are written


def _text(first: Source, second: Source) -> str:
    changes = diff(first, second)
    if not changes:
        return "no differences\n"
    counts = {kind: sum(c.kind is kind for c in changes) for kind in Kind}
    heads = {"status": "with another status", "evidence": "with other evidence"}
    lines = [", ".join(f"{n} {heads.get(kind, kind)}" for kind, n in counts.items() if n)]
    for change in changes:
        lines += _lines(change)
    return "\n".join(printable(line) for line in lines) + "\n"


def _lines(change: Change) -> Iterator[str]:
    yield f"{change.kind}: {_said(change.statement)} ({_statuses(change)}; {', '.join(change.causes)})"
    for sign, evidence in (("-", change.gone), ("+", change.come)):
        for e in evidence:
            yield f'    {sign} {e.status}: "{" ".join(e.sentence_text.split())}" ({e.document_id})'


def _said(statement: Statement) -> str:
    return f"{statement.subject.label} — {statement.relation.label} → {words(statement.object)}"


def _statuses(change: Change) -> str:
    sides = [s.status.value for s in (change.before, change.after) if s]
    return " → ".join(dict.fromkeys(sides))


def _json(first: Source, second: Source) -> str:
    changes = [_as_json(change) for change in diff(first, second)]
    return json.dumps({"changes": changes}, ensure_ascii=False, indent=1) + "\n"


def _as_json(change: Change) -> dict[str, object]:
    said = change.statement
    return {
        "kind": change.kind,
        "causes": list(change.causes),
        "subject": {"iri": said.subject.iri, "label": said.subject.label},
        "relation": {"iri": said.relation.iri, "label": said.relation.label},
        "object": {
            "value": said.key[2],
            "datatype": said.key[3],
            "unit": said.key[4],
            "label": words(said.object),
        },
        "before": _state(change.before),
        "after": _state(change.after),
        "gone": [_place(e) for e in change.gone],
        "come": [_place(e) for e in change.come],
    }


def _state(statement: Statement | None) -> dict[str, object] | None:
    if statement is None:
        return None
    return {"status": statement.status, "confidence": statement.confidence}


def _place(evidence: Evidence) -> dict[str, object]:
    return {
        "document": evidence.document_id,
        "sentence": evidence.sentence_text,
        "start": evidence.sentence.start,
        "end": evidence.sentence.end,
        "status": evidence.status,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }


def _patch(first: Source, second: Source) -> str:
    """RDF Patch (Jena): one transaction that makes the second graph of the first, lines sorted."""
    old, new = _triples(first), _triples(second)
    lines = [*_marked("D", old - new), *_marked("A", new - old)]
    return "\n".join(["TX .", *lines, "TC .", ""])


def _triples(source: Source) -> frozenset[str]:
    try:
        return frozenset(str(quad) for quad in parse_file(source))
    except SyntaxError as error:
        raise InputError(str(source), f"not RDF: {error}", "name a Turtle file") from None


def _marked(sign: str, lines: Iterable[str]) -> Iterator[str]:
    return (f"{sign} {line.removesuffix('.').rstrip()} ." for line in sorted(lines))


# One format, one function.
FORMATS: dict[str, Callable[[Source, Source], str]] = {"text": _text, "json": _json, "patch": _patch}
