"""Corrections done: takes the statements of one document, gives them corrected, each change as a step.

Everything a correction names is an IRI by now, see `factloom.corrections.resolve`. Entities are split first,
then merged; then statements are rejected. New labels and classes are set when the forms of an entity have
been agreed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from factloom.ledger import Silent
from factloom.ontology.records import Entity, Evidence, Literal, Mention, Qualifier, Statement


@dataclass(frozen=True, slots=True)
class Split:
    """The entity `iri` is `entity` in some documents, or where one of some words stands for it.

    `number` is the correction's place in its file, `step` tells it to people; an empty set says nothing.
    """

    number: int
    step: str
    iri: str
    entity: Entity
    documents: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Join:
    """An entity that is another one."""

    number: int
    step: str
    entity: Entity


@dataclass(frozen=True, slots=True)
class Change:
    """The new label or class of an entity."""

    number: int
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Statements that must not be: IRIs of subject and object (or the value of a literal), names of the
    relation; an empty set leaves a part open."""

    number: int
    step: str
    subjects: frozenset[str]
    relations: frozenset[str]
    objects: frozenset[str]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """All corrections of a build, ready to be done; `joins`, `labels` and `kinds` are by IRI."""

    splits: tuple[Split, ...] = ()
    joins: Mapping[str, Join] = field(default_factory=dict)
    rejects: tuple[Reject, ...] = ()
    labels: Mapping[str, Change] = field(default_factory=dict)
    kinds: Mapping[str, Change] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.splits or self.joins or self.rejects or self.labels or self.kinds)

    def apply(self, statements: Iterable[Statement]) -> Applied:
        """The statements of one document, one evidence each, corrected."""
        if self.empty:
            return Applied(list(statements), [], set())
        work = _Work(self)
        kept = [s for s in map(work.correct, statements) if s is not None]
        return Applied(kept, work.silent(kept), work.used)

    def settle(self, entity: Entity) -> Entity:
        """An entity whose forms are agreed on, with its new label and class."""
        label, kind = self.labels.get(entity.iri), self.kinds.get(entity.iri)
        if label is not None:
            names = {entity.label, *entity.aliases} - {label.value}
            entity = replace(entity, label=label.value, aliases=tuple(sorted(names)))
        return entity if kind is None else replace(entity, kind=kind.value)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: the statements left, sentences left without any, numbers of corrections that did
    something."""

    statements: list[Statement]
    silent: list[Silent]
    used: set[int]


class _Work:
    """The corrections over the statements of one document."""

    def __init__(self, corrections: Resolved) -> None:
        self.used: set[int] = set()
        self._todo = corrections
        self._rejected: dict[int, Silent] = {}

    def correct(self, statement: Statement) -> Statement | None:
        """The statement corrected; None when it is rejected."""
        (evidence,) = statement.evidence
        steps: list[str] = []
        subject = self._entity(statement.subject, evidence.subject, steps)
        target: Entity | Literal = statement.object
        if isinstance(target, Entity):
            target = self._entity(target, evidence.object, steps)
        evidence = self._inside(evidence)
        if steps:
            evidence = replace(evidence, steps=(*evidence.steps, *steps))
        done = Statement(subject, statement.relation, target, (evidence,))
        return None if self._is_rejected(done) else done

    def silent(self, kept: Iterable[Statement]) -> list[Silent]:
        """The sentences whose only statements were rejected."""
        speaking = {e.sentence.start for s in kept for e in s.evidence}
        return [silent for start, silent in self._rejected.items() if start not in speaking]

    def _entity(self, entity: Entity, mention: Mention | None, steps: list[str]) -> Entity:
        for split in self._todo.splits:
            if split.iri == entity.iri and _stands_in(split, mention):
                entity = split.entity
                self._note(split, steps)
                break
        join = self._todo.joins.get(entity.iri)
        if join is not None:
            names = {*join.entity.aliases, entity.label, *entity.aliases} - {join.entity.label}
            entity = replace(join.entity, aliases=tuple(sorted(names)))
            self._note(join, steps)
        for changes in (self._todo.labels, self._todo.kinds):
            change = changes.get(entity.iri)
            if change is not None:
                self._note(change, steps)
        return entity

    def _inside(self, evidence: Evidence) -> Evidence:
        """The speaker and the qualifiers of an evidence corrected; what they mean needs no step."""
        speaker = evidence.attributed_to
        if speaker is not None:
            place = Mention(evidence.document_id, evidence.sentence, "", "")
            speaker = self._entity(speaker, place, [])
        qualifiers = tuple(self._qualifier(q) for q in evidence.qualifiers)
        if speaker == evidence.attributed_to and qualifiers == evidence.qualifiers:
            return evidence
        return replace(evidence, attributed_to=speaker, qualifiers=qualifiers)

    def _qualifier(self, qualifier: Qualifier) -> Qualifier:
        if not isinstance(qualifier.value, Entity):
            return qualifier
        return replace(qualifier, value=self._entity(qualifier.value, qualifier.mention, []))

    def _is_rejected(self, statement: Statement) -> bool:
        (evidence,) = statement.evidence
        for reject in self._todo.rejects:
            if _meets(reject, statement, evidence.document_id):
                self.used.add(reject.number)
                known = self._rejected.get(evidence.sentence.start)
                reasons = (*(known.reasons if known else ()), reject.step)
                self._rejected[evidence.sentence.start] = Silent(
                    evidence.sentence, evidence.sentence_text, tuple(dict.fromkeys(reasons))
                )
                return True
        return False

    def _note(self, correction: Split | Join | Change, steps: list[str]) -> None:
        self.used.add(correction.number)
        if correction.step not in steps:
            steps.append(correction.step)


def _stands_in(split: Split, mention: Mention | None) -> bool:
    if mention is None:
        return False
    return (not split.documents or mention.document_id in split.documents) and (
        not split.words or mention.text.casefold() in split.words
    )


def _meets(reject: Reject, statement: Statement, document: str) -> bool:
    target = statement.object
    name = target.iri if isinstance(target, Entity) else target.value
    relation = statement.relation
    local = relation.iri.replace("#", "/").rsplit("/", 1)[-1]
    return (
        (not reject.documents or document in reject.documents)
        and (not reject.subjects or statement.subject.iri in reject.subjects)
        and (not reject.objects or name in reject.objects)
        and (not reject.relations or bool({relation.iri, local, relation.label} & reject.relations))
    )
