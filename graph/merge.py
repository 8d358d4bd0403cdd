"""Statements that say the same thing become one: takes statements in any order, gives each key once.

Evidence of equal keys unites, each place once. An entity met under one IRI gets one label, one class and
all its aliases everywhere, also inside qualifiers and as a speaker. The result depends on the set of
statements alone: order and repetition change nothing, and merging again changes nothing.
Whether two IRIs mean one thing was decided by the reader of the documents. What doesn't fit in memory is
merged in two passes: `Ballots` over all statements, then `unite` for the statements of each key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from factloom.ontology.namespaces import CONCEPT, THING
from factloom.ontology.records import (
    Entity,
    Evidence,
    Key,
    Literal,
    Qualifier,
    Relation,
    Statement,
)

# Where an evidence was read and how: the parts that `ids.evidence_id` hashes.
Place = tuple[str, int, int, str, str, str, str]
_VAGUE = frozenset({THING, CONCEPT})


def merge(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Each key once, sorted by key; its evidence united and sorted by place.

    Where evidence of one place differs in detail the most confident is kept. Labels and classes are
    voted by the number of places, a class that says something before `Thing` and `Concept`, ties by
    alphabet; a label that lost stays as an alias.
    """
    groups: defaultdict[Key, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[statement.key].append(statement)
    ballots = Ballots()
    for group in groups.values():
        ballots.count(group)
    agreed = ballots.agree()
    return tuple(unite(groups[key], agreed) for key in sorted(groups))


@dataclass(frozen=True, slots=True)
class Agreed:
    """The one form of every entity and relation, by IRI."""

    entities: Mapping[str, Entity]
    relations: Mapping[str, Relation]


class Ballots:
    """Votes for the forms of entities and relations.

    Ballots may be counted over any parts of the statements, if what one document says of one key is in one
    part, and added up: the result is that of the whole.
    """

    def __init__(self) -> None:
        self._forms: dict[Entity, int] = {}
        self._relations: dict[str, Relation] = {}

    def count(self, statements: Iterable[Statement]) -> None:
        """Take the votes: each place where a statement was read has one for every form used there."""
        used: defaultdict[tuple[Key, Place], set[Entity]] = defaultdict(set)
        for statement in statements:
            self.take_relation(statement.relation)
            key = statement.key
            ends = [e for e in (statement.subject, statement.object) if isinstance(e, Entity)]
            for evidence in statement.evidence:
                used[key, place(evidence)].update((*ends, *_entities_inside(evidence)))
        for entities in used.values():
            for entity in entities:
                self._vote(entity, 1)

    def add(self, other: Ballots) -> None:
        """Take over the votes of another part."""
        for entity, number in other._forms.items():
            self._vote(entity, number)
        for relation in other._relations.values():
            self.take_relation(relation)

    def agree(self) -> Agreed:
        """What the votes come to."""
        # Most entities have one form, for which a dictionary would be a waste of memory.
        first: dict[str, Entity] = {}
        several: dict[str, dict[Entity, int]] = {}
        for entity, number in self._forms.items():
            known = first.setdefault(entity.iri, entity)
            if known is not entity:
                several.setdefault(entity.iri, {known: self._forms[known]})[entity] = number
        found = {iri: elected(several.get(iri) or {entity: 1}) for iri, entity in first.items()}
        return Agreed(found, self._relations)

    def votes(self) -> Iterator[tuple[Entity, int]]:
        """Every form of every entity with its votes."""
        return iter(self._forms.items())

    def relations(self) -> Iterator[Relation]:
        """The form of every relation."""
        return iter(self._relations.values())

    def _vote(self, entity: Entity, number: int) -> None:
        self._forms[entity] = self._forms.get(entity, 0) + number

    def take_relation(self, relation: Relation) -> None:
        """Take the form of a relation; one of the ontology goes before, then the first by letters."""
        known = self._relations.get(relation.iri)
        if known is not relation:
            seen = (relation,) if known is None else (relation, known)
            self._relations[relation.iri] = min(seen, key=lambda r: (not r.mapped, r.label))


def place(evidence: Evidence) -> Place:
    """What tells one evidence of a statement from another; also their order."""
    speaker = evidence.attributed_to.iri if evidence.attributed_to else ""
    span = evidence.span
    return (
        evidence.document_id,
        span.start,
        span.end,
        evidence.rule,
        evidence.polarity.value,
        evidence.modality.value,
        speaker,
    )


def entities_of(statement: Statement) -> Iterator[Entity]:
    """Every entity of a statement: subject, object, speakers, values of qualifiers."""
    yield statement.subject
    if isinstance(statement.object, Entity):
        yield statement.object
    for evidence in statement.evidence:
        yield from _entities_inside(evidence)


def _entities_inside(evidence: Evidence) -> Iterator[Entity]:
    if evidence.attributed_to:
        yield evidence.attributed_to
    for qualifier in evidence.qualifiers:
        if isinstance(qualifier.value, Entity):
            yield qualifier.value


def elected(votes: Mapping[Entity, int]) -> Entity:
    """The form that won, for the forms of one IRI with their votes."""
    if len(votes) == 1:
        (only,) = votes
        return _tidy(only, only.aliases)
    label = _elect(votes, votes, lambda e: e.label)
    kind = _elect([e for e in votes if e.kind not in _VAGUE] or votes, votes, lambda e: e.kind)
    names = {alias for e in votes for alias in (e.label, *e.aliases)}
    matches = tuple(sorted({match for e in votes for match in e.matches}))
    return _tidy(Entity(next(iter(votes)).iri, label, kind, (), matches), names)


def _tidy(entity: Entity, names: Iterable[str]) -> Entity:
    aliases = tuple(sorted(set(names) - {entity.label}))
    return entity if aliases == entity.aliases else replace(entity, aliases=aliases)


def _elect(versions: Iterable[Entity], votes: Mapping[Entity, int], part: Callable[[Entity], str]) -> str:
    counts: defaultdict[str, int] = defaultdict(int)
    for entity in versions:
        counts[part(entity)] += votes[entity]
    return min(counts, key=lambda value: (-counts[value], value))


def unite(statements: Sequence[Statement], agreed: Agreed) -> Statement:
    """The statements of one key (at least one) as one, with the entities and relations agreed on."""
    entities = agreed.entities
    found: defaultdict[Place, list[Evidence]] = defaultdict(list)
    for statement in statements:
        for evidence in statement.evidence:
            found[place(evidence)].append(evidence)
    first = statements[0]
    return Statement(
        subject=entities[first.subject.iri],
        relation=agreed.relations[first.relation.iri],
        object=_one_object([s.object for s in statements], entities),
        evidence=tuple(_settle(_best(found[where]), entities) for where in sorted(found)),
    )


def _one_object(objects: list[Entity | Literal], entities: Mapping[str, Entity]) -> Entity | Literal:
    first = objects[0]
    if isinstance(first, Entity):
        return entities[first.iri]
    # A value said with "over" or "about" stays inexact: the weaker claim is the one all places support.
    values = [value for value in objects if isinstance(value, Literal)]
    return min(values, key=_exactness)


def _exactness(value: Literal) -> tuple[bool, str, str, bool]:
    return (value.approximation is None, value.approximation or "", value.text, value.unit is None)


def _best(candidates: list[Evidence]) -> Evidence:
    if len(candidates) == 1:
        return candidates[0]
    return min(candidates, key=lambda e: (-e.confidence, repr(e)))


def _settle(evidence: Evidence, entities: Mapping[str, Entity]) -> Evidence:
    """The evidence with agreed entities and its qualifiers once each, in a fixed order."""
    speaker = evidence.attributed_to and entities[evidence.attributed_to.iri]
    chosen = {_settle_qualifier(q, entities) for q in evidence.qualifiers}
    qualifiers = tuple(sorted(chosen, key=_qualifier_order))
    if speaker == evidence.attributed_to and qualifiers == evidence.qualifiers:
        return evidence
    return replace(evidence, attributed_to=speaker, qualifiers=qualifiers)


def _settle_qualifier(qualifier: Qualifier, entities: Mapping[str, Entity]) -> Qualifier:
    if isinstance(qualifier.value, Entity) and qualifier.value != entities[qualifier.value.iri]:
        return replace(qualifier, value=entities[qualifier.value.iri])
    return qualifier


def _qualifier_order(qualifier: Qualifier) -> tuple[int, int, str, str, str]:
    span = qualifier.mention.span
    value = qualifier.value
    name = value.iri if isinstance(value, Entity) else value.value
    return (span.start, span.end, qualifier.role, name, repr(qualifier))
