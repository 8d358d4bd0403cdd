"""Two people of one name stay two: what each document says of a person tells it from its namesakes.

Takes the statements of documents one by one, gives a `Profile` for each person of each document, and over
the profiles of a corpus decides which documents mean somebody else. Names decide nothing here: what counts
is what can't be true of one person, or differs twice where nothing is shared. A person whom the documents
describe alike, or hardly at all, stays one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factloom.extract.entities import PERSON, PLACE
from factloom.extract.lexicon import hypernyms
from factloom.ontology.ids import slug
from factloom.ontology.namespaces import CONCEPT, FL
from factloom.ontology.records import Entity, Literal, Statement, Status
from factloom.ontology.schema import Schema

BORN, DIED, NATIONALITY, TYPE_OF = FL + "bornOn", FL + "diedOn", FL + "nationality", FL + "typeOf"

# Years by which sources differ about one person's dates: not at all, and at most.
_SLIP, _DISPUTE = 1, 10
# What every role is a kind of: words from here on say nothing about it.
_PERSON_NOUN = "person"
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What one document states of one person: year of birth and death, labels of the countries it belongs
    to and of its roles, and the names it shares a statement with, places left out."""

    document: str
    person: Entity
    born: int | None = None
    died: int | None = None
    nations: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()

    @property
    def telling(self) -> bool:
        """Whether it can be told from another: something but names is known."""
        return bool(self.born or self.died or self.nations or self.roles)


def profiles(statements: Iterable[Statement], schema: Schema) -> list[Profile]:
    """A profile for each person of one document, by IRI; only what the document states itself counts."""
    about: defaultdict[str, list[tuple[Statement, bool]]] = defaultdict(list)
    people: dict[str, Entity] = {}
    for s in statements:
        for end, is_subject in ((s.subject, True), (s.object, False)):
            if isinstance(end, Entity) and schema.is_a(end.kind, PERSON):
                people.setdefault(end.iri, end)
                about[end.iri].append((s, is_subject))
    document = next((e.document_id for said in about.values() for s, _ in said for e in s.evidence), "")
    return [_profile(document, people[iri], about[iri], schema) for iri in sorted(about)]


def _profile(
    document: str, person: Entity, about: Sequence[tuple[Statement, bool]], schema: Schema
) -> Profile:
    said: defaultdict[str, set[str]] = defaultdict(set)
    around: set[str] = set()
    for s, is_subject in about:
        other = s.object if is_subject else s.subject
        if is_subject and all(e.status is Status.STATED for e in s.evidence):
            said[s.relation.iri].add(other.value if isinstance(other, Literal) else other.label)
        if isinstance(other, Entity) and other.kind != CONCEPT and not schema.is_a(other.kind, PLACE):
            around.add(other.iri)
    return Profile(
        document,
        person,
        _year(said[BORN]),
        _year(said[DIED]),
        frozenset(said[NATIONALITY]),
        frozenset(said[TYPE_OF]),
        frozenset(around - {person.iri}),
    )


def _year(values: Iterable[str]) -> int | None:
    """The year of dates, if they agree on one."""
    years = {int(value[:4]) for value in values if _YEAR.match(value)}
    return years.pop() if len(years) == 1 else None


@dataclass(slots=True)
class _Person:
    """One person of a name: what the documents that mean it say together."""

    documents: list[str] = field(default_factory=list)
    born: set[int] = field(default_factory=set)
    died: set[int] = field(default_factory=set)
    nations: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    around: set[str] = field(default_factory=set)

    def take(self, p: Profile) -> None:
        self.documents.append(p.document)
        self.born.update(() if p.born is None else (p.born,))
        self.died.update(() if p.died is None else (p.died,))
        self.nations.update(p.nations)
        self.roles.update(p.roles)
        self.around |= p.around

    def is_another_than(self, p: Profile) -> bool:
        """Whether the profile can't be of this person: lives that don't fit, or two differences and nothing
        in common. Sources differ about dates, so names met with both speak against lives that don't fit."""
        shared = len(self.around & p.around)
        gaps = [g for g in (_gap(self.born, p.born), _gap(self.died, p.died)) if g is not None]
        if max(gaps, default=0) > _DISPUTE or _outlived(self, p):
            return shared < 2
        if shared or (gaps and min(gaps) <= _SLIP) or (self.roles and p.roles and self._akin(p)):
            return False
        other_nation = bool(self.nations and p.nations) and p.nations.isdisjoint(self.nations)
        other_role = bool(self.roles and p.roles)
        return len(gaps) + other_nation + other_role >= 2

    def _akin(self, p: Profile) -> bool:
        mine = frozenset(word for role in self.roles for word in _above(role))
        return any(word in mine for role in p.roles for word in _above(role))


def _gap(known: set[int], year: int | None) -> int | None:
    """Years between, if both are known."""
    return min(abs(year - y) for y in known) if known and year is not None else None


def _outlived(one: _Person, p: Profile) -> bool:
    """Whether one was dead when the other was born."""
    before = p.died is not None and any(p.died < born for born in one.born)
    return before or (p.born is not None and any(died < p.born for died in one.died))


def _above(role: str) -> Iterator[str]:
    """The words of a role and of what it is a kind of, short of "person"."""
    head = role.split()[-1].lower()
    yield head
    for word in hypernyms(head):
        if word == _PERSON_NOUN:
            return
        yield word


def namesakes(found: Callable[[], Iterable[Profile]]) -> dict[str, dict[str, Entity]]:
    """For each document that means another person by a name than most do: the entity, by the IRI of the name.

    `found` gives all profiles of a corpus and is called up to three times, so that only those of names that
    several documents tell something of are kept in memory.
    """
    told = Counter(p.person.iri for p in found() if p.telling)
    several = {iri for iri, number in told.items() if number > 1}
    persons = tell_apart(p for p in found() if p.person.iri in several) if several else {}
    return apart(persons, found()) if persons else {}


def tell_apart(found: Iterable[Profile]) -> dict[str, list[_Person]]:
    """The persons of each name that several bear, the one of most documents first, from telling profiles."""
    by_iri: defaultdict[str, list[Profile]] = defaultdict(list)
    for p in found:
        if p.telling:
            by_iri[p.person.iri].append(p)
    persons = ((iri, _persons(some)) for iri, some in by_iri.items())
    return {iri: some for iri, some in persons if len(some) > 1}


def _persons(found: Sequence[Profile]) -> list[_Person]:
    persons: list[_Person] = []
    for p in sorted(found, key=lambda p: (-_richness(p), p.document)):
        fitting = [x for x in persons if not x.is_another_than(p)]
        if not fitting:
            fitting = [_Person()]
            persons += fitting
        max(fitting, key=lambda x: len(x.around & p.around)).take(p)
    return sorted(persons, key=lambda x: (-len(x.documents), min(x.documents)))


def _richness(p: Profile) -> int:
    return (p.born is not None) + (p.died is not None) + bool(p.nations) + bool(p.roles)


def apart(persons: Mapping[str, Sequence[_Person]], found: Iterable[Profile]) -> dict[str, dict[str, Entity]]:
    """What the names mean in each document that doesn't mean the first person of that name.

    `persons` come from `tell_apart`, `found` are all profiles of the corpus, telling or not: a document that
    tells nothing means the person with whom it shares most names, in doubt the first one. The first one keeps
    its IRI; others are marked by what tells them: "John Smith (swimmer)".
    """
    marks = {iri: _marks(some) for iri, some in persons.items()}
    told = {(d, iri): n for iri, some in persons.items() for n, x in enumerate(some) for d in x.documents}
    out: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    for p in found:
        some = persons.get(p.person.iri)
        if some is None:
            continue
        number = told.get((p.document, p.person.iri))
        if number is None:
            number = max(range(len(some)), key=lambda n: (len(some[n].around & p.around), -n))
        if number:
            out[p.document][p.person.iri] = _marked(p.person, marks[p.person.iri][number])
    return dict(out)


def _marks(persons: Sequence[_Person]) -> list[str]:
    """A word for each person that no other has."""
    taken = set(persons[0].roles)
    marks = [""]
    for x in persons[1:]:
        mark = next(word for word in _words(x) if word not in taken)
        taken.add(mark)
        marks.append(mark)
    return marks


def _words(x: _Person) -> Iterator[str]:
    yield from sorted(x.roles, key=lambda role: (-x.roles[role], role))
    yield from (f"born {year}" for year in sorted(x.born))
    yield from (f"died {year}" for year in sorted(x.died))
    yield from sorted(x.nations)
    yield from sorted(x.documents)


def _marked(person: Entity, mark: str) -> Entity:
    """The entity of that name with a mark; "_" is in no words of a text."""
    return replace(person, iri=f"{person.iri}_{slug(mark)}", label=f"{person.label} ({mark})")
