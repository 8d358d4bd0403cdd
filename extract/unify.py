"""One node for one thing across documents.

Takes the statements of a corpus, whose entities were named document by document; gives the same
statements with one entity for every name that documents agree to be one thing. Only names are joined,
never descriptions, and a person's last name alone never decides. Blocking by the alias itself keeps
the cost linear in the number of names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from factloom.extract.entities import PERSON
from factloom.extract.namesakes import namesakes, profiles
from factloom.extract.variants import letters, without_legal_form
from factloom.ontology.namespaces import CONCEPT
from factloom.ontology.records import Entity, Evidence, Literal, Qualifier, Statement
from factloom.ontology.schema import Schema


def unify(statements: Iterable[Statement], schema: Schema) -> list[Statement]:
    """The statements with the entities of one name joined; the order stays.

    A short form that some document uses as an alias ("Brightwell" of "Brightwell Semiconductor") is
    joined where it stands alone in another, if it belongs to one name only and no class forbids it.
    """
    found = _namesakes_apart(list(statements), schema)
    targets = decide(survey(found), schema)
    return [rewrite(s, targets) for s in found] if targets else found


def _namesakes_apart(found: list[Statement], schema: Schema) -> list[Statement]:
    by_document: defaultdict[str, list[Statement]] = defaultdict(list)
    for s in found:
        by_document[s.evidence[0].document_id].append(s)
    people = [p for some in by_document.values() for p in profiles(some, schema)]
    others = namesakes(lambda: people)
    return [separate(s, others.get(s.evidence[0].document_id, {})) for s in found] if others else found


def survey(statements: Iterable[Statement]) -> Counter[Entity]:
    """Every entity of the statements, with how often it was met in this form; surveys of parts add up."""
    count: Counter[Entity] = Counter()
    for s in statements:
        count.update(_inside(s))
    return count


def met_apart(
    met: Iterable[tuple[Entity, int]], others: Mapping[str, Entity]
) -> Iterator[tuple[Entity, int]]:
    """The survey of one document with the people that `namesakes` told apart."""
    return ((_follow(entity, others), number) for entity, number in met)


def _inside(s: Statement) -> Iterator[Entity]:
    yield s.subject
    if isinstance(s.object, Entity):
        yield s.object
    for e in s.evidence:
        if e.attributed_to is not None:
            yield e.attributed_to
        yield from (q.value for q in e.qualifiers if isinstance(q.value, Entity))


def decide(count: Counter[Entity], schema: Schema) -> dict[str, Entity]:
    """For the IRI of every entity that is joined, the entity that it is, by the survey of a whole corpus.

    What was joined brings its aliases with it, which may join more: decided until nothing changes.
    """
    targets: dict[str, Entity] = {}
    while step := _decide(count, schema):
        targets = {iri: _follow(entity, step) for iri, entity in targets.items()} | step
        after: Counter[Entity] = Counter()
        for entity, number in count.items():
            after[_follow(entity, step)] += number
        count = after
    return targets


def _follow(entity: Entity, step: Mapping[str, Entity]) -> Entity:
    """What the entity is after one step, with the names it brings."""
    target = step.get(entity.iri)
    return entity if target is None else _with_names(target, entity)


def _decide(count: Counter[Entity], schema: Schema) -> dict[str, Entity]:
    by_iri: dict[str, Entity] = {}
    met: dict[str, int] = {}
    owners, spellings = _Owners(), _Owners()
    for entity, number in count.items():
        first = by_iri.setdefault(entity.iri, entity)
        if first is not entity:
            by_iri[entity.iri] = min(first, entity, key=lambda e: _rank(e, count))
        met[entity.iri] = met.get(entity.iri, 0) + number
    for entity in count:
        if not _is_name(entity):
            continue
        spellings.add(_spelling(entity, schema), entity.iri)
        if entity.aliases and not schema.is_a(entity.kind, PERSON):
            for alias in entity.aliases:
                owners.add(alias, entity.iri)
    alike = spellings.shared()
    pairs: list[tuple[Entity, Entity]] = []
    for iri, entity in by_iri.items():
        known = owners.of(entity.label, iri)
        if not known and iri not in alike:
            continue
        same = spellings.of(_spelling(entity, schema), iri) if not known and _is_name(entity) else ()
        other = _only((by_iri[c] for c in known or same), entity, schema)
        if other is None:
            continue
        each_other = owners.has(other.label, iri)
        if (known and not each_other) or _stays(other, entity, met):
            pairs.append((entity, other))
    targets: dict[str, Entity] = {}
    for entity, other in sorted(pairs, key=lambda pair: _rank(pair[0], count)):
        if (
            _last(other, targets).iri != entity.iri
        ):  # names known to each other in a ring: the first ones join
            targets[entity.iri] = other
    return {iri: _last(entity, targets) for iri, entity in targets.items()}


class _Owners:
    """Which entities bear a name. Most names have one bearer, for which a set would be a waste of memory."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._more: dict[str, set[str]] = {}

    def add(self, name: str, iri: str) -> None:
        first = self._first.setdefault(name, iri)
        if first != iri:
            self._more.setdefault(name, {first}).add(iri)

    def of(self, name: str, but: str) -> Collection[str]:
        """The bearers of a name other than `but`."""
        first = self._first.get(name)
        if first is None:
            return ()
        more = self._more.get(name)
        if more is None:
            return () if first == but else (first,)
        return more - {but}

    def shared(self) -> set[str]:
        """Who bears a name that another bears too."""
        return set().union(*self._more.values())

    def has(self, name: str, iri: str) -> bool:
        return self._first.get(name) == iri or iri in self._more.get(name, ())


def _only(candidates: Iterable[Entity], entity: Entity, schema: Schema) -> Entity | None:
    """The one candidate whose class allows it to be the entity; None when there are more, or none."""
    found = None
    for candidate in candidates:
        if _compatible(entity, candidate, schema):
            if found is not None:
                return None
            found = candidate
    return found


def _spelling(entity: Entity, schema: Schema) -> str:
    """What names with the same letters share: "Apple" and "Apple Inc.", "OpenAI" and "Open AI"."""
    person = schema.is_a(entity.kind, PERSON)
    return letters(entity.label if person else without_legal_form(entity.label))


def blocking_keys(entity: Entity) -> set[str]:
    """What two entities must share to be compared by `decide`, also after others were joined to them: only
    those under a key that two IRIs have can be joined, and what is decided of them needs none of the
    others."""
    spellings = {letters(entity.label), letters(without_legal_form(entity.label))}
    return {f"s {name}" for name in spellings} | {f"a {name}" for name in (entity.label, *entity.aliases)}


def _is_name(entity: Entity) -> bool:
    return entity.kind != CONCEPT and any(c.isupper() for c in entity.label) and "'s " not in entity.label


def _compatible(one: Entity, other: Entity, schema: Schema) -> bool:
    return not schema.disjoint(one.kind, other.kind)


def _rank(entity: Entity, count: Mapping[Entity, int]) -> tuple[int, str, str, tuple[str, ...], str]:
    """The form of an entity met most often first; ties in a fixed order."""
    return (-count[entity], entity.kind, entity.label, entity.aliases, entity.iri)


def _stays(one: Entity, other: Entity, met: Mapping[str, int]) -> bool:
    """Whether the first of two names stays: the one met more often, then the first by letters."""
    return (-met[one.iri], one.label) < (-met[other.iri], other.label)


def _last(entity: Entity, targets: Mapping[str, Entity]) -> Entity:
    while entity.iri in targets:
        entity = targets[entity.iri]
    return entity


def rewrite(s: Statement, targets: Mapping[str, Entity]) -> Statement:
    """The statement with what `decide` joined; each statement by itself, so that a corpus can stream.

    Nothing becomes its own partner: the two ends of one statement are two things, whatever their names.
    """
    return _rewrite(s, targets, "alias: {0!r} is {1!r}, by the other documents")


def separate(s: Statement, others: Mapping[str, Entity]) -> Statement:
    """The statement with the people that `namesakes` told apart, by what its document says of them."""
    return _rewrite(s, others, "namesake: {0!r} is {1!r} here, another than the {0!r} of other documents")


def _rewrite(s: Statement, targets: Mapping[str, Entity], why: str) -> Statement:
    if not any(entity.iri in targets for entity in _inside(s)):
        return s
    if isinstance(s.object, Entity) and _one(s.subject, s.object, targets):
        targets = {iri: target for iri, target in targets.items() if iri != s.object.iri}
        if _one(s.subject, s.object, targets):
            targets = {iri: target for iri, target in targets.items() if iri != s.subject.iri}
    evidence = tuple(_rewrite_evidence(e, targets) for e in s.evidence)
    steps: list[str] = []
    subject = _joined(s.subject, targets, why, steps)
    target = s.object if isinstance(s.object, Literal) else _joined(s.object, targets, why, steps)
    if steps:
        evidence = tuple(replace(e, steps=(*e.steps, *steps)) for e in evidence)
    return Statement(subject, s.relation, target, evidence)


def _one(one: Entity, other: Entity, targets: Mapping[str, Entity]) -> bool:
    """Whether two entities would become one."""
    first, second = targets.get(one.iri, one), targets.get(other.iri, other)
    return one.iri != other.iri and first.iri == second.iri


def _with_names(target: Entity, entity: Entity) -> Entity:
    """The target with the names of what is joined to it as aliases."""
    aliases = tuple(sorted({*target.aliases, entity.label, *entity.aliases} - {target.label}))
    return replace(target, aliases=aliases)


def _joined(entity: Entity, targets: Mapping[str, Entity], why: str, steps: list[str]) -> Entity:
    target = targets.get(entity.iri)
    if target is None:
        return entity
    steps.append(why.format(entity.label, target.label))
    return _with_names(target, entity)


def _rewrite_evidence(e: Evidence, targets: Mapping[str, Entity]) -> Evidence:
    speaker = e.attributed_to
    if speaker is not None:
        speaker = targets.get(speaker.iri, speaker)
    qualifiers = tuple(_rewrite_qualifier(q, targets) for q in e.qualifiers)
    if speaker is e.attributed_to and qualifiers == e.qualifiers:
        return e
    return replace(e, attributed_to=speaker, qualifiers=qualifiers)


def _rewrite_qualifier(q: Qualifier, targets: Mapping[str, Entity]) -> Qualifier:
    if isinstance(q.value, Entity) and q.value.iri in targets:
        return replace(q, value=targets[q.value.iri])
    return q
