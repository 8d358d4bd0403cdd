"""What the names of corrections mean in a corpus: takes entries and the entities met, gives work for `apply`.

A name is a label, another name, the end of an IRI or a whole IRI; the best kind of match decides, and what
fits several entities alike is told, not guessed. Names mean the entities as read, before any correction.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from factloom.corrections.apply import Change, Join, Reject, Resolved, Split
from factloom.corrections.file import Correction, Words, text_of
from factloom.graph.settings import Correction as Note
from factloom.ontology.errors import Problem
from factloom.ontology.ids import digest, entity_iri, relation_iri
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Mention,
    Relation,
    Span,
    Statement,
)
from factloom.ontology.schema import Schema

RULE = "correction"
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Added:
    """Statements that corrections add, the files they stand in as documents, the numbers of the entries
    that add and of those whose problem is told, and for each entry the entities it is about."""

    statements: tuple[Statement, ...] = ()
    documents: tuple[Document, ...] = ()
    used: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    about: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def notes(
        self, corrections: Iterable[Correction], used: Container[int], known: Container[str]
    ) -> tuple[Note, ...]:
        """The entries that did something, as the graph shows them; `known` are the IRIs of its entities."""
        return tuple(
            sorted(
                Note(
                    c.step.removeprefix("correction: "),
                    c.file,
                    c.text("by") or "",
                    tuple(sorted(iri for iri in self.about.get(c.number, ()) if iri in known)),
                )
                for c in corrections
                if c.number in used
            )
        )


class _UnclearError(Exception):
    """An entry that can't be done; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def resolve(
    corrections: Sequence[Correction],
    met: Mapping[Entity, int],
    targets: Mapping[str, Entity],
    *,
    schema: Schema,
    base: str,
    documents: Iterable[str],
    on_problem: Callable[[Problem], None],
) -> tuple[Resolved, Added]:
    """The corrections ready to be done, and what they add.

    `met` has every form of every entity, `targets` the entities that were joined across documents,
    `documents` the ids. An entry that names what isn't there goes to `on_problem` and is left out.
    """
    work = _Resolver(_Names(corrections, met, targets), schema, base, set(documents))
    order = list(_KINDS)
    for correction in sorted(corrections, key=lambda c: (order.index(c.kind), c.number)):
        try:
            _KINDS[correction.kind](work, correction)
        except _UnclearError as error:
            on_problem(error.problem)
            work.told.add(correction.number)
    return work.resolved(), work.added(corrections)


class _Names:
    """Which entities the names of corrections may mean."""

    def __init__(
        self, corrections: Iterable[Correction], met: Mapping[Entity, int], targets: Mapping[str, Entity]
    ) -> None:
        self._met, self._targets = met, targets
        fields = ("into", "names", "name", "subject", "object")
        wanted = {text.casefold() for c in corrections for f in fields for text in c.texts(f)}
        self._found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self._forms: defaultdict[str, Counter[Entity]] = defaultdict(Counter)
        for entity, number in met.items():
            final = targets.get(entity.iri, entity)
            for name, strength in _names(entity):
                if name.casefold() in wanted:
                    known = self._found[name.casefold()]
                    known[final.iri] = max(known.get(final.iri, 0), strength)
                    if final.iri == entity.iri:
                        self._forms[entity.iri][entity] += number
                    else:
                        self._forms[final.iri][final] += number

    def add(self, entity: Entity) -> None:
        """An entity that a correction makes."""
        self._found[entity.label.casefold()].setdefault(entity.iri, 5)
        self._found[entity.iri.casefold()].setdefault(entity.iri, 5)
        self._forms[entity.iri][entity] += 1

    def candidates(self, name: str) -> list[Entity]:
        """The entities that a name fits best, by IRI."""
        known = self._found.get(name.casefold(), {})
        best = max(known.values(), default=0)
        found = sorted(iri for iri, strength in known.items() if strength == best)
        exact = [iri for iri in found if any(name in (e.label, e.iri) for e in self._forms[iri])]
        return [self._form(iri) for iri in (exact or found)]

    def _form(self, iri: str) -> Entity:
        forms = self._forms[iri]
        return min(forms, key=lambda e: (-forms[e], e.kind, e.label, e.aliases))

    def near(self, name: str) -> list[str]:
        """Labels that look like a name, the nearest first."""
        shown = {e.label.casefold(): e.label for e in sorted(self._met, key=lambda e: e.label)}
        close = difflib.get_close_matches(name.casefold(), shown, n=_NEAR, cutoff=0.6)
        inside = sorted(text for text in shown if name.casefold() in text and text not in close)
        return [shown[text] for text in (*close, *inside)[:_NEAR]]


def _names(entity: Entity) -> Iterable[tuple[str, int]]:
    """What an entity may be called, with how much such a name decides."""
    yield entity.iri, 4
    yield entity.label, 3
    yield from ((alias, 2) for alias in entity.aliases)
    yield _local(entity.iri), 1


def _local(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


@dataclass
class _Resolver:
    names: _Names
    schema: Schema
    base: str
    documents: set[str]
    splits: list[Split] = field(default_factory=list)
    joins: dict[str, Join] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    labels: dict[str, Change] = field(default_factory=dict)
    kinds: dict[str, Change] = field(default_factory=dict)
    statements: list[tuple[Correction, Entity, Relation, Entity | Literal]] = field(default_factory=list)
    told: set[int] = field(default_factory=set)
    about: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def resolved(self) -> Resolved:
        joins = {iri: replace(join, entity=self.merged(join.entity)) for iri, join in self.joins.items()}
        return Resolved(tuple(self.splits), joins, tuple(self.rejects), self.labels, self.kinds)

    # --- Kinds of corrections

    def merge(self, c: Correction) -> None:
        into = self.entity(c, "into")
        for name in c.texts("names"):
            other = self.called(c, name)
            if into.iri == other.iri or self.merged(into).iri == other.iri:
                raise _unclear(c, f"{name!r} and {into.label!r} are one entity already", "remove the entry")
            self.joins[other.iri] = Join(c.number, c.step, into)

    def split(self, c: Correction) -> None:
        whole = self.entity(c, "name")
        label = c.text("as") or ""
        for document in c.texts("documents"):
            self.known_document(c, document)
        entity = Entity(entity_iri(self.base, label), label, whole.kind)
        self.about[c.number].add(entity.iri)
        if entity.iri == whole.iri:
            raise _unclear(c, f"{label!r} is the name it has", "give the part another name")
        self.names.add(entity)
        words = frozenset(text.casefold() for text in c.texts("words"))
        self.splits.append(Split(c.number, c.step, whole.iri, entity, frozenset(c.texts("documents")), words))

    def rename(self, c: Correction) -> None:
        self.labels[self.final(c, "name").iri] = Change(c.number, c.step, c.text("to") or "")

    def retype(self, c: Correction) -> None:
        self.kinds[self.final(c, "name").iri] = Change(c.number, c.step, self.kind(c, "type"))

    def reject(self, c: Correction) -> None:
        for document in c.texts("documents"):
            self.known_document(c, document)
        subjects = frozenset({self.final(c, "subject").iri} if c.text("subject") else ())
        objects = frozenset({self.final(c, "object").iri} if c.text("object") else c.texts("value"))
        relations = frozenset(c.texts("relation"))
        self.rejects.append(
            Reject(c.number, c.step, subjects, relations, objects, frozenset(c.texts("documents")))
        )

    def add(self, c: Correction) -> None:
        subject = self.end(c, "subject")
        value = c.text("value")
        target: Entity | Literal = self.end(c, "object") if value is None else _literal(c, value)
        self.statements.append((c, subject, self.relation(c), target))

    # --- Names

    def entity(self, c: Correction, name: str) -> Entity:
        return self.called(c, c.text(name) or "")

    def called(self, c: Correction, name: str) -> Entity:
        """The one entity of this name."""
        found = self.names.candidates(name)
        if not found:
            raise _unclear(c, f"there is no entity {name!r}", _offer(self.names.near(name)))
        if len(found) > 1:
            iris = ", ".join(e.iri for e in found[:_NEAR])
            raise _unclear(c, f"{name!r} fits {len(found)} entities", f"name one by its IRI: {iris}")
        self.about[c.number].add(found[0].iri)
        return found[0]

    def final(self, c: Correction, name: str) -> Entity:
        """The entity of this name, or what it was merged into."""
        return self.merged(self.entity(c, name))

    def merged(self, entity: Entity) -> Entity:
        while entity.iri in self.joins:
            entity = self.joins[entity.iri].entity
        return entity

    def end(self, c: Correction, name: str) -> Entity:
        """The entity at an end of an added statement: a known one, or a new one whose class is given."""
        if c.text(f"{name}_type") is None:
            return self.final(c, name)
        label = c.text(name) or ""
        entity = Entity(entity_iri(self.base, label), label, self.kind(c, f"{name}_type"))
        self.about[c.number].add(entity.iri)
        self.names.add(entity)
        return entity

    def kind(self, c: Correction, name: str) -> str:
        wanted = c.text(name) or ""
        known = {
            iri: {iri, iri.replace("#", "/").rsplit("/", 1)[-1], t.label}
            for iri, t in self.schema.classes.items()
        }
        return _only(c, "class", wanted, known)

    def relation(self, c: Correction) -> Relation:
        """A relation of the ontology; other words make an open one."""
        wanted = c.text("relation") or ""
        for iri, term in sorted(self.schema.relations.items()):
            if wanted in (iri, _local(iri), term.label):
                return Relation(iri, term.label)
        return Relation(relation_iri(self.base, wanted), wanted, mapped=False)

    def known_document(self, c: Correction, document: str) -> None:
        if document not in self.documents:
            near = (
                ", ".join(map(repr, difflib.get_close_matches(document, self.documents, n=_NEAR))) or "none"
            )
            raise _unclear(
                c, f"there is no document {document!r}", f"near are: {near}; mend or remove the entry"
            )

    # --- Added statements

    def added(self, corrections: Iterable[Correction]) -> Added:
        files = {c.file: self._file(c.file) for c, *_ in self.statements}
        statements = tuple(
            Statement(subject, relation, target, (_evidence(c, files[c.file]),))
            for c, subject, relation, target in self.statements
        )
        used = {c.number for c, *_ in self.statements}
        about = {number: frozenset(iris) for number, iris in self.about.items()}
        return Added(statements, tuple(files.values()), frozenset(used), frozenset(self.told), about)

    def _file(self, name: str) -> Document:
        text = text_of(Path(name))
        id_ = Path(name).name
        if id_ in self.documents:
            id_ = f"{id_}-{digest(text)[:8]}"
        return Document(id_, text, "Corrections", name)


# In the order in which they are done: what later ones name may be what earlier ones made.
_KINDS: dict[str, Callable[[_Resolver, Correction], None]] = {
    "split": _Resolver.split,
    "merge": _Resolver.merge,
    "add": _Resolver.add,
    "rename": _Resolver.rename,
    "retype": _Resolver.retype,
    "reject": _Resolver.reject,
}


def _literal(c: Correction, value: str) -> Literal:
    datatype = c.text("datatype") or "string"
    return Literal(value, datatype if ":" in datatype else XSD + datatype, value)


def _evidence(c: Correction, document: Document) -> Evidence:
    """The entry itself, as the place where its statement stands."""
    text = document.text[c.span.start : c.span.end].rstrip()
    span = Span(c.span.start, c.span.start + len(text))

    def mention(field: str, kind: str) -> Mention:
        words: Words = next(iter(c.fields.get(field) or c.fields["value"]))
        return Mention(document.id, words.span, document.text[words.span.start : words.span.end], kind)

    ends = (mention("subject", "name"), mention("object", "name" if c.text("object") else "literal"))
    return Evidence(
        document.id,
        span,
        span,
        text,
        ends[0],
        mention("relation", "relation"),
        ends[1],
        RULE,
        1.0,
        steps=(c.step,),
    )


def _only(c: Correction, what: str, wanted: str, known: Mapping[str, set[str]]) -> str:
    found = sorted(iri for iri, names in known.items() if wanted in names)
    if len(found) == 1:
        return found[0]
    names = {name for some in known.values() for name in some if "/" not in name}
    near = difflib.get_close_matches(wanted, sorted(names), n=_NEAR)
    reason = f"{wanted!r} fits several classes" if found else f"there is no {what} {wanted!r}"
    raise _unclear(c, reason, _offer(near))


def _offer(near: Iterable[str]) -> str:
    return f"near are: {', '.join(map(repr, near)) or 'none'}; mend or remove the entry"


def _unclear(c: Correction, reason: str, remedy: str) -> _UnclearError:
    return _UnclearError(c.problem(reason, remedy))
