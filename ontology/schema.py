"""The classes and relations of an ontology, and how they are said: ontology files in, a `Schema` out.

What the reader of sentences needs to type names and to map words to relations. Files are parsed by
`factloom.ontology.parse`, terms read by `factloom.ontology.terms`; the meaning of each annotation is written
in `core.ttl`. Which reading of a sentence fits best is left to `factloom.extract`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from factloom.ontology.namespaces import FL, THING
from factloom.ontology.ontolex import add_lexicon
from factloom.ontology.parse import read_index
from factloom.ontology.terms import (
    ClassTerm,
    Individual,
    RelationTerm,
    read_classes,
    read_disjoint,
    read_names,
    read_relations,
    spaced,
)

__all__ = ["CORE", "SHAPES", "ClassTerm", "Individual", "RelationTerm", "Schema", "load_schema"]

CORE = Path(__file__).with_name("core.ttl")
SHAPES = Path(__file__).with_name("shapes.ttl")

RelationsByPattern = Mapping[str, tuple[RelationTerm, ...]]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Schema:
    """Classes and relations by IRI, named individuals by case-folded label, relations by pattern.

    The pattern of the `relations_by_…` mappings is the annotation's text in lower case ("invest in").
    `own` are the relations of the files besides the core; with `only_own` no other may come out.
    """

    classes: Mapping[str, ClassTerm]
    relations: Mapping[str, RelationTerm]
    names: Mapping[str, Individual]
    relations_by_verb: RelationsByPattern
    relations_by_verb_inverse: RelationsByPattern
    relations_by_noun: RelationsByPattern
    relations_by_noun_role: RelationsByPattern
    relations_by_noun_role_inverse: RelationsByPattern
    relations_by_unit: RelationsByPattern
    relations_possessive: tuple[RelationTerm, ...]
    _ancestors: Mapping[str, tuple[str, ...]]
    _by_noun: Mapping[str, str]
    _by_ner: Mapping[str, str]
    _disjoint: frozenset[tuple[str, str]]
    own: frozenset[str] = frozenset()
    only_own: bool = False

    def ancestors(self, class_iri: str) -> tuple[str, ...]:
        """The classes above `class_iri`, nearest first, without itself; empty for an unknown class."""
        return self._ancestors.get(class_iri, ())

    def is_a(self, class_iri: str, other: str) -> bool:
        """Whether every member of `class_iri` is a member of `other`; everything is a fl:Thing."""
        return class_iri == other or other == THING or other in self.ancestors(class_iri)

    def class_of_noun(self, noun: str) -> str | None:
        """The class whose members the noun names, by the whole phrase or its longest known ending.

        `noun` is a lemma or a phrase that ends in one ("social media company" → fl:Company).
        """
        words = noun.lower().split()
        endings = (" ".join(words[start:]) for start in range(len(words)))
        return next((self._by_noun[ending] for ending in endings if ending in self._by_noun), None)

    def class_of_ner(self, label: str) -> str | None:
        """The class of a named-entity recogniser's label, or None."""
        return self._by_ner.get(label)

    def disjoint(self, first: str, second: str) -> bool:
        """Whether nothing can be a member of both classes."""
        above_first = (first, *self.ancestors(first))
        above_second = (second, *self.ancestors(second))
        return any((a, b) in self._disjoint for a in above_first for b in above_second)

    def fits(self, class_iri: str, allowed: tuple[str, ...]) -> bool:
        """Whether a thing of this class may stand where one of `allowed` is asked for.

        It may if nothing is asked for, if its class could not be told (fl:Thing), if it is one of them, or
        if its class is wider than one of them (an organization where a company is asked for).
        """
        if not allowed or class_iri == THING:
            return True
        return any(self.is_a(class_iri, other) or self.is_a(other, class_iri) for other in allowed)


def load_schema(*paths: Path, core: bool = True, only: bool = False) -> Schema:
    """Read ontology files, by default together with the core ontology.

    Where two files claim the same noun, recogniser label, label or name, the file named first wins and the
    core comes last. A class that names no parent takes the core class of its own label as equivalent
    ("person"), or as parent the core class whose members its label names ("film"). `only` marks the schema so
    that nothing but the files' relations comes out. Raises `OntologyError`.
    """
    index = read_index((*paths, CORE) if core else paths)
    add_lexicon(index)
    relations = tuple(read_relations(index).values())
    classes = read_classes(index, relations)
    if core and paths:
        classes = _adopted(classes)
    return _schema(
        classes,
        relations,
        names=read_names(index, classes),
        disjoint=read_disjoint(index),
        own=frozenset(r.iri for r in relations if not r.iri.startswith(FL)),
        only_own=only,
    )


def reworded(schema: Schema, classes: Iterable[ClassTerm], relations: Iterable[RelationTerm]) -> Schema:
    """The same schema with other terms: their words, parents and ranges may have been added to."""
    return _schema(
        {c.iri: c for c in classes},
        tuple(relations),
        names=schema.names,
        disjoint=schema._disjoint,
        own=schema.own,
        only_own=schema.only_own,
    )


def _schema(
    classes: dict[str, ClassTerm],
    relations: tuple[RelationTerm, ...],
    *,
    names: Mapping[str, Individual],
    disjoint: frozenset[tuple[str, str]],
    own: frozenset[str],
    only_own: bool,
) -> Schema:
    return Schema(
        classes=MappingProxyType(classes),
        relations=MappingProxyType({r.iri: r for r in relations}),
        names=MappingProxyType(dict(names)),
        relations_by_verb=_by_pattern((p, r) for r in relations for p in r.verbs),
        relations_by_verb_inverse=_by_pattern((p, r) for r in relations for p in r.verb_inverses),
        relations_by_noun=_by_pattern((p, r) for r in relations for p in r.nouns),
        relations_by_noun_role=_by_pattern((p, r) for r in relations for p in r.noun_roles),
        relations_by_noun_role_inverse=_by_pattern((p, r) for r in relations for p in r.noun_roles_inverse),
        relations_by_unit=_by_pattern((p, r) for r in relations for p in r.units),
        relations_possessive=tuple(r for r in relations if r.possessive),
        _ancestors=MappingProxyType({iri: _ancestors(iri, classes) for iri in classes}),
        _by_noun=MappingProxyType(_by_noun(classes.values())),
        _by_ner=MappingProxyType(_first_claims((n, c.iri) for c in classes.values() for n in c.ner)),
        _disjoint=disjoint,
        own=own,
        only_own=only_own,
    )


def _adopted(classes: dict[str, ClassTerm]) -> dict[str, ClassTerm]:
    """Classes without a parent, hung into the core by their labels."""
    core = [term for iri, term in classes.items() if iri.startswith(FL)]
    by_label = {term.label.lower(): term.iri for term in core}
    by_noun = _by_noun(core)
    adopted = dict(classes)
    for iri, term in classes.items():
        label = spaced(term.label).lower()
        if iri.startswith(FL) or term.parents or label not in by_noun:
            continue
        parent = by_label.get(label, by_noun[label])
        adopted[iri] = replace(term, parents=(parent,))
        if label in by_label:
            same = adopted[parent]
            adopted[parent] = replace(same, parents=(*same.parents, iri))
    return adopted


def _ancestors(iri: str, classes: Mapping[str, ClassTerm]) -> tuple[str, ...]:
    """Everything above a class, breadth first; a circle is walked once."""
    found = {iri: None}
    layer = [iri]
    while layer:
        above = [parent for name in layer for parent in classes[name].parents]
        layer = [parent for parent in dict.fromkeys(above) if parent not in found]
        found.update(dict.fromkeys(layer))
    return tuple(found)[1:]


def _by_pattern(claims: Iterable[tuple[str, RelationTerm]]) -> RelationsByPattern:
    table: dict[str, tuple[RelationTerm, ...]] = {}
    for pattern, relation in claims:
        table[pattern] = (*table.get(pattern, ()), relation)
    return MappingProxyType(table)


def _by_noun(classes: Iterable[ClassTerm]) -> dict[str, str]:
    """Nouns, then labels and alternative labels where no noun claims them; the user's before the core's."""
    terms = list(classes)
    own = [term for term in terms if not term.iri.startswith(FL)]
    core = [term for term in terms if term.iri.startswith(FL)]
    return _first_claims((*_claims(own), *_claims(core)))


def _claims(terms: Iterable[ClassTerm]) -> Iterator[tuple[str, str]]:
    kinds = list(terms)
    yield from ((noun, term.iri) for term in kinds for noun in term.nouns)
    for term in kinds:
        for name in (term.label.lower(), spaced(term.label).lower(), *term.alt_labels):
            yield name, term.iri


def _first_claims(claims: Iterable[tuple[str, str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for name, iri in claims:
        table.setdefault(name, iri)
    return table
