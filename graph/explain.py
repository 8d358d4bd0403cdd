"""Why the graph says something: takes statements and names, gives each place where they were read.

Names are matched as labels, aliases, local names or IRIs, whatever their case. Nothing is computed anew: an
explanation shows what the evidence has kept, from the sentence to the steps that gave its words meaning.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factloom.graph.merge import merge
from factloom.graph.tables import words
from factloom.graph.text import printable
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Entity, Evidence, Literal, Relation, Statement

# The marks around the words of subject, relation and object.
OPEN_MARK, CLOSE_MARK = "[", "]"


class NotFoundError(UsageError):
    """A name that the graph doesn't know; the message tells the names that look like it."""

    def __init__(self, what: str, name: str, near: Iterable[str]) -> None:
        found = ", ".join(repr(n) for n in near)
        super().__init__(
            f"no {what} {name!r} in the graph; " + (f"near: {found}" if found else "none is near")
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """One statement with one place where it was read.

    `sentence` is the sentence with subject, relation and object marked by `[ ]`.
    """

    statement: Statement
    evidence: Evidence
    sentence: str


def explain(
    statements: Iterable[Statement],
    subject: str,
    relation: str | None = None,
    object: str | None = None,  # noqa: A002
) -> list[Explanation]:
    """Every place where a statement of these parts was read, statements by key, evidence by place.

    With `subject` alone a statement is met whose subject or object it is; with a relation or an object the
    subject must be the statement's own. Raises `NotFoundError` for a name that no statement bears, and
    `UsageError` when every name is known but no statement joins them.
    """
    merged = merge(statements)
    _check_known(merged, subject, relation, object)
    met = [s for s in merged if _meets(s, subject, relation, object)]
    if not met:
        said = " ".join(part for part in (subject, relation, object) if part)
        raise UsageError(f"no statement says {said!r}; leave out the last name to see what there is")
    return [Explanation(s, e, marked(e)) for s in met for e in s.evidence]


def marked(evidence: Evidence) -> str:
    """The sentence with the words of subject, relation and object in marks; overlapping words share one."""
    text, start = evidence.sentence_text, evidence.sentence.start
    marks: list[tuple[int, int]] = []
    for mention in sorted((evidence.subject, evidence.relation, evidence.object), key=lambda m: m.span):
        first, last = mention.span.start - start, mention.span.end - start
        if not 0 <= first < last <= len(text) or mention.document_id != evidence.document_id:
            continue  # Words of another sentence (a heading, say) have no place to mark here.
        if marks and first < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(last, marks[-1][1]))
        else:
            marks.append((first, last))
    for first, last in reversed(marks):
        text = f"{text[:first]}{OPEN_MARK}{text[first:last]}{CLOSE_MARK}{text[last:]}"
    return " ".join(text.split())


def render(explanations: Iterable[Explanation]) -> str:
    """Explanations as text, grouped by statement, without a final line break."""
    lines: list[str] = []
    last: Statement | None = None
    for explanation in explanations:
        if explanation.statement is not last:
            lines += [*([""] if lines else []), _headline(explanation.statement)]
            lines += _matches(explanation.statement)
            last = explanation.statement
        lines += _places(explanation)
    return "\n".join(printable(line) for line in lines)


def _headline(statement: Statement) -> str:
    said = f"{statement.subject.label} — {statement.relation.label} → {words(statement.object)}"
    return f"{said}   {statement.status.value}, confidence {statement.confidence:.2f}"


def _matches(statement: Statement) -> Iterator[str]:
    """What its two ends are in authority files."""
    ends = [end for end in (statement.subject, statement.object) if isinstance(end, Entity)]
    for end in ends:
        for match in end.matches:
            yield f"    {end.label} {'is' if match.exact else 'may be'} {match.iri}: {match.why}"


def _places(explanation: Explanation) -> Iterator[str]:
    evidence = explanation.evidence
    yield f'  "{explanation.sentence}"'
    span = evidence.span
    locator = f", {evidence.locator}" if evidence.locator else ""
    yield f"    document: {evidence.document_id}{locator}, characters {span.start} to {span.end}"
    yield f"    read by: {evidence.rule}, confidence {evidence.confidence:.2f}"
    yield f"    status: {evidence.status.value} ({evidence.polarity.value}, {evidence.modality.value})"
    if evidence.attributed_to:
        yield f"    said by: {evidence.attributed_to.label}"
    if evidence.time is not None:
        yield f"    time: {evidence.time}"
    for qualifier in evidence.qualifiers:
        yield f'    {qualifier.role}: {words(qualifier.value)} ("{qualifier.mention.text}")'
    for number, step in enumerate(evidence.steps, 1):
        yield f"    step {number}: {step}"


# --- Names


def _check_known(
    statements: tuple[Statement, ...], subject: str, relation: str | None, target: str | None
) -> None:
    ends = [part for s in statements for part in (s.subject, s.object)]
    _require("entity", subject, ends)
    if relation is not None:
        _require("relation", relation, [s.relation for s in statements])
    if target is not None:
        _require("entity", target, ends)


def _require(what: str, name: str, parts: Iterable[Entity | Literal | Relation]) -> None:
    parts = set(parts)
    if any(_is_called(part, name) for part in parts):
        return
    shown = {text.casefold(): text for part in sorted(parts, key=repr) for text in _names(part)}
    wanted = name.casefold()
    near = difflib.get_close_matches(wanted, sorted(shown), n=5, cutoff=0.6)
    inside = sorted(text for text in shown if wanted in text and text not in near) if wanted else []
    raise NotFoundError(what, name, [shown[text] for text in (near + inside)[:5]])


def _meets(statement: Statement, subject: str, relation: str | None, target: str | None) -> bool:
    if relation is None and target is None:
        return _is_called(statement.subject, subject) or _is_called(statement.object, subject)
    return (
        _is_called(statement.subject, subject)
        and (relation is None or _is_called(statement.relation, relation))
        and (target is None or _is_called(statement.object, target))
    )


def _is_called(part: Entity | Literal | Relation, name: str) -> bool:
    wanted = name.casefold().strip()
    if not isinstance(part, Literal) and name == part.iri:
        return True
    return any(wanted == text.casefold() for text in _names(part))


def _names(part: Entity | Literal | Relation) -> tuple[str, ...]:
    """Everything a person may call it by; of an IRI the local name."""
    if isinstance(part, Literal):
        return (part.value, part.text, words(part))
    local = part.iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
    return (part.label, *(part.aliases if isinstance(part, Entity) else ()), local)
