"""Whether a document's reading holds what its case asks for: frozen parse in, complaints out.

Labels are compared as the graph shows them. A complaint is a line of text; no complaint means that the case
passes.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from factloom.extract import linking, reading
from factloom.extract.tokens import Sentence
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Modality,
    Polarity,
    Statement,
    Status,
)
from factloom.ontology.schema import Schema, load_schema

from .cases import Case, Expected
from .frozen import unpack

_STATUSES = frozenset(str(s) for s in Status)
MAY, NOT, NEVER = ("may",), ("not",), ("never",)
_FORBIDDING = (NOT, NEVER)
FREEZE = "python -m tests.cases.freeze"


@functools.cache
def schema() -> Schema:
    """The core ontology, loaded once."""
    return load_schema()


def statements(case: Case, sentences: list[Sentence]) -> list[Statement]:
    """What the reader gives for the case's text."""
    document = Document(id="case", text=case.text, title="", source="case.txt", date=case.date)
    return list(linking.statements(reading.read(document, sentences, schema()), schema()))


def read_frozen(case: Case, parses: dict[str, dict[str, Any]]) -> list[Statement]:
    """The statements on the frozen parse; LookupError when the text has none."""
    if case.text not in parses:
        raise LookupError(f"no frozen parse of {case.text!r}: run `{FREEZE}`")
    return statements(case, unpack(parses[case.text]))


def complaints(case: Case, found: list[Statement]) -> Iterator[str]:
    """What is missing and what is too much, a line each."""
    for expected in case.expected:
        hits = [e for s in found for e in s.evidence if _fits(expected, s, e)]
        wrong = expected.status in _FORBIDDING
        if expected.status != MAY and bool(hits) is wrong:
            yield f"{'wrong' if wrong else 'missing'}: {expected.line}"
    yield from _entities(case, found)
    if case.only:
        allowed = [e for e in case.expected if "stated" in e.status or e.status == MAY]
        for s in found:
            if s.status is Status.STATED and not any(_says(e, s) for e in allowed):
                yield f"too much: {show(s)}"


def _fits(expected: Expected, s: Statement, e: Evidence) -> bool:
    return _says(expected, s) and _holds(expected, e) and all(_has(e, *a) for a in expected.arguments)


def _says(expected: Expected, s: Statement) -> bool:
    term = schema().relations.get(s.relation.iri)
    subject, target = texts(s.subject), texts(s.object, s.evidence[0])
    straight = _any(expected.subject, subject) and _any(expected.object, target)
    turned = (
        term is not None
        and term.symmetric
        and _any(expected.subject, target)
        and _any(expected.object, subject)
    )
    return s.relation.label in expected.relation and (straight or turned)


def _holds(expected: Expected, e: Evidence) -> bool:
    if expected.status in (NEVER, MAY):
        return True
    if expected.status == NOT:
        return e.status is Status.STATED
    if expected.speaker is not None and (
        e.attributed_to is None or e.attributed_to.label.casefold() != expected.speaker.casefold()
    ):
        return False
    given = {str(e.status)} | ({str(e.modality)} - _STATUSES if e.polarity is Polarity.AFFIRMED else set())
    return not given.isdisjoint(expected.status)


def _has(e: Evidence, role: str, values: tuple[str, ...]) -> bool:
    if role == "time" and e.time in values:
        return True
    return any(q.role == role and _any(values, texts(q.value)) for q in e.qualifiers)


def _any(wanted: tuple[str, ...], given: set[str]) -> bool:
    """Whether one of the labels is wanted; a label's first letter may be large where a sentence begins."""
    return not {_lower_first(x) for x in given}.isdisjoint(map(_lower_first, wanted))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def texts(value: Entity | Literal, evidence: Evidence | None = None) -> set[str]:
    """The ways in which a case may write an entity or a literal."""
    if isinstance(value, Entity):
        words = evidence.object.text if evidence is not None else ""
        return {value.label, words} if words[:1].isdigit() else {value.label}
    plain = f"{value.value} {value.unit or ''}".strip()
    return {plain, f"{value.approximation} {plain}"} if value.approximation else {plain}


def _entities(case: Case, found: list[Statement]) -> Iterator[str]:
    entities = {x for s in found for x in (s.subject, s.object) if isinstance(x, Entity)}
    for one, other in case.same:
        if not any({one, other} <= {x.label, *x.aliases} for x in entities):
            yield f"not one entity: {one} = {other}"
    for label, kind in case.classes:
        kinds = sorted(schema().classes[x.kind].label for x in entities if x.label == label)
        if kinds != [kind]:
            yield f"class of {label}: {', '.join(kinds) or 'no such entity'} instead of {kind}"


def show(s: Statement) -> str:
    """A statement as a case would write it."""
    e = s.evidence[0]
    status = "" if e.status is Status.STATED else f"{e.status}"
    if e.modality is not Modality.ACTUAL and str(e.modality) != status:
        status += f" [{e.modality}]"
    speaker = f" by {e.attributed_to.label}" if e.attributed_to else ""
    parts = [s.subject.label, s.relation.label, max(texts(s.object), key=len)]
    parts += [f"{q.role}: {max(texts(q.value), key=len)}" for q in e.qualifiers]
    return (f"{status}{speaker}: " if status else "") + " | ".join(parts)
