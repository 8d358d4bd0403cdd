"""Statements that say the same thing become one: takes statements in any order, gives each key once.

Evidence of equal keys unites, each place once. An entity met under one IRI gets one label, one class and
all its aliases everywhere, also inside qualifiers and as a speaker. The result depends on the set of
statements alone: order and repetition change nothing, and merging again changes nothing.
Whether two IRIs mean one thing was decided by the reader of the documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

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
    entities = _agree_on_entities(groups)
    relations = _agree_on_relations(groups)
    return tuple(_unite(groups[key], entities, relations) for key in sorted(groups))


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


def _agree_on_entities(groups: dict[Key, list[Statement]]) -> dict[str, Entity]:
    versions: defaultdict[str, set[Entity]] = defaultdict(set)
    for statements in groups.values():
        for statement in statements:
            for entity in entities_of(statement):
                versions[entity.iri].add(entity)
    contested = {iri for iri, seen in versions.items() if len(seen) > 1}
    votes = _votes(groups, contested)
    return {iri: _one_entity(seen, votes) for iri, seen in versions.items()}


def _votes(groups: dict[Key, list[Statement]], contested: set[str]) -> dict[Entity, int]:
    """How many places use each version of the entities on which the statements differ."""
    places: defaultdict[Entity, set[tuple[Key, Place]]] = defaultdict(set)
    if not contested:
        return {}
    for key, statements in groups.items():
        for statement in statements:
            ends = [e for e in (statement.subject, statement.object) if isinstance(e, Entity)]
            for evidence in statement.evidence:
                for entity in (*ends, *_entities_inside(evidence)):
                    if entity.iri in contested:
                        places[entity].add((key, place(evidence)))
    return {entity: len(seen) for entity, seen in places.items()}


def _one_entity(versions: set[Entity], votes: dict[Entity, int]) -> Entity:
    if len(versions) == 1:
        (only,) = versions
        return _tidy(only, only.aliases)
    label = _elect(versions, votes, lambda e: e.label)
    kind = _elect({e for e in versions if e.kind not in _VAGUE} or versions, votes, lambda e: e.kind)
    names = {alias for e in versions for alias in (e.label, *e.aliases)}
    first = next(iter(versions))
    return _tidy(Entity(first.iri, label, kind), names)


def _tidy(entity: Entity, names: Iterable[str]) -> Entity:
    aliases = tuple(sorted(set(names) - {entity.label}))
    return entity if aliases == entity.aliases else replace(entity, aliases=aliases)


def _elect(versions: Iterable[Entity], votes: dict[Entity, int], part: Callable[[Entity], str]) -> str:
    counts: defaultdict[str, int] = defaultdict(int)
    for entity in versions:
        counts[part(entity)] += votes[entity]
    return min(counts, key=lambda value: (-counts[value], value))


def _agree_on_relations(groups: dict[Key, list[Statement]]) -> dict[str, Relation]:
    versions: defaultdict[str, set[Relation]] = defaultdict(set)
    for statements in groups.values():
        for statement in statements:
            versions[statement.relation.iri].add(statement.relation)
    return {iri: min(seen, key=lambda r: (not r.mapped, r.label)) for iri, seen in versions.items()}


def _unite(
    statements: list[Statement], entities: dict[str, Entity], relations: dict[str, Relation]
) -> Statement:
    found: defaultdict[Place, list[Evidence]] = defaultdict(list)
    for statement in statements:
        for evidence in statement.evidence:
            found[place(evidence)].append(evidence)
    first = statements[0]
    return Statement(
        subject=entities[first.subject.iri],
        relation=relations[first.relation.iri],
        object=_one_object([s.object for s in statements], entities),
        evidence=tuple(_settle(_best(found[where]), entities) for where in sorted(found)),
    )


def _one_object(objects: list[Entity | Literal], entities: dict[str, Entity]) -> Entity | Literal:
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


def _settle(evidence: Evidence, entities: dict[str, Entity]) -> Evidence:
    """The evidence with agreed entities and its qualifiers once each, in a fixed order."""
    speaker = evidence.attributed_to and entities[evidence.attributed_to.iri]
    chosen = {_settle_qualifier(q, entities) for q in evidence.qualifiers}
    qualifiers = tuple(sorted(chosen, key=_qualifier_order))
    if speaker == evidence.attributed_to and qualifiers == evidence.qualifiers:
        return evidence
    return replace(evidence, attributed_to=speaker, qualifiers=qualifiers)


def _settle_qualifier(qualifier: Qualifier, entities: dict[str, Entity]) -> Qualifier:
    if isinstance(qualifier.value, Entity) and qualifier.value != entities[qualifier.value.iri]:
        return replace(qualifier, value=entities[qualifier.value.iri])
    return qualifier


def _qualifier_order(qualifier: Qualifier) -> tuple[int, int, str, str, str]:
    span = qualifier.mention.span
    value = qualifier.value
    name = value.iri if isinstance(value, Entity) else value.value
    return (span.start, span.end, qualifier.role, name, repr(qualifier))
