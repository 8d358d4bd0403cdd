"""The classes, relations and named things that ontology files declare: an index in, frozen records out.

Reads RDFS, OWL (unions, inverses, characteristics), SKOS labels, schema.org's domainIncludes and the lex:
annotations, whose meaning is written in `core.ttl`. English or untagged words are preferred; others are kept
when they stand alone. How the terms hang together is left to `factloom.ontology.schema`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from factloom.ontology.errors import OntologyError
from factloom.ontology.namespaces import (
    CONCEPT,
    FL,
    LEX,
    OPEN_RELATION,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    THING,
    XSD,
)
from factloom.ontology.parse import Index, Node, Term, key_of, list_members

_MODEL = FL + "ModelTerm"
_CLASS_TYPES = {OWL + "Class", RDFS + "Class"}
_RELATION_TYPES = {
    RDF + "Property",
    *(
        OWL + name
        for name in ("ObjectProperty", "DatatypeProperty", "SymmetricProperty", "FunctionalProperty")
    ),
    *(OWL + name for name in ("TransitiveProperty", "AsymmetricProperty", "IrreflexiveProperty")),
}
# Classes of other vocabularies that admit anything.
_ANYTHING = {OWL + "Thing", RDFS + "Resource", SCHEMA + "Thing", "http://schema.org/Thing"}
_DOMAIN = (RDFS + "domain", SCHEMA + "domainIncludes", "http://schema.org/domainIncludes")
_RANGE = (RDFS + "range", SCHEMA + "rangeIncludes", "http://schema.org/rangeIncludes")
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_TYPE = RDF + "type"
_SUBCLASS = RDFS + "subClassOf"
_SUBPROPERTY = RDFS + "subPropertyOf"
_INVERSE = OWL + "inverseOf"


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A class: its direct parents, the nouns (lower-case lemmas) and recogniser labels of its members, and
    the classes elsewhere that are exactly it."""

    iri: str
    label: str
    comment: str = ""
    parents: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    alt_labels: tuple[str, ...] = ()
    ner: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationTerm:
    """A relation and its lexical patterns (lower case), subject to object unless the name says inverse.

    `domain` and `range` are alternatives; empty means anything. A datatype relation's range holds datatype
    IRIs. `alt_labels` are SKOS alternative labels in lower case, `units` the head lemmas of what is counted.
    `min_confidence` is a probability in [0, 1].
    """

    iri: str
    label: str
    comment: str = ""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    inverse: str | None = None
    symmetric: bool = False
    functional: bool = False
    asymmetric: bool = False
    irreflexive: bool = False
    is_datatype: bool = False
    possessive: bool = False
    parents: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    verb_inverses: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    noun_roles: tuple[str, ...] = ()
    noun_roles_inverse: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    alt_labels: tuple[str, ...] = ()
    min_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Individual:
    """A thing that the ontology itself names: IRI, preferred label, IRI of its class."""

    iri: str
    label: str
    kind: str


def read_relations(index: Index) -> dict[str, RelationTerm]:
    """Every relation between things or from a thing to a value; the statement model's own left out."""
    hidden = _model_classes(index)
    inverses = _inverses(index)
    terms: dict[str, RelationTerm] = {}
    for iri, node in index.items():
        if iri.startswith("_:") or iri == OPEN_RELATION or _types(node).isdisjoint(_RELATION_TYPES):
            continue
        domain = _ends(index, node, _DOMAIN)
        if not (domain and hidden.issuperset(domain)):
            terms[iri] = _relation(index, iri, domain, inverses.get(iri))
    return terms


def read_classes(index: Index, relations: Iterable[RelationTerm]) -> dict[str, ClassTerm]:
    """Every class, declared or used as a relation's domain or range; the statement model's own left out."""
    found = [s for s, node in index.items() if not _types(node).isdisjoint(_CLASS_TYPES)]
    found.extend(end for r in relations for end in (*r.domain, *r.range) if not _is_datatype(end))
    hidden = _model_classes(index)
    kept = [iri for iri in dict.fromkeys(found) if not iri.startswith("_:")]
    known = dict.fromkeys(iri for iri in kept if iri not in hidden and iri not in _ANYTHING)
    return {iri: _class(index, iri, known) for iri in known if iri in index or iri != THING}


def read_names(index: Index, classes: Iterable[str]) -> dict[str, Individual]:
    """The individuals by each of their labels, case-folded; the first to claim a label keeps it."""
    known = dict.fromkeys(classes)
    names: dict[str, Individual] = {}
    for iri, node in index.items():
        types = [key_of(term) for term in node.get(_TYPE, ())]
        kind = next((t for t in types if t in known), CONCEPT if SKOS + "Concept" in types else None)
        if kind is None or iri.startswith("_:"):
            continue
        individual = Individual(iri, label_of(index, iri), kind)
        for label in (individual.label, *words(node.get(SKOS + "altLabel", ()))):
            names.setdefault(label.casefold(), individual)
    return names


def read_disjoint(index: Index) -> frozenset[tuple[str, str]]:
    """The pairs of classes declared disjoint, both ways round."""
    pairs: set[tuple[str, str]] = set()
    for iri, node in index.items():
        for other in node.get(OWL + "disjointWith", ()):
            pairs.add((iri, key_of(other)))
        if OWL + "AllDisjointClasses" in _types(node):
            members = [m for head in node.get(OWL + "members", ()) for m in list_members(index, key_of(head))]
            pairs.update((a, b) for a in members for b in members if a != b)
    return frozenset(pairs | {(b, a) for a, b in pairs})


def _ends(index: Index, node: Node, predicates: tuple[str, ...]) -> tuple[str, ...]:
    """The classes or datatypes that a relation's domain or range admits; empty means anything."""
    found: list[str] = []
    for predicate in predicates:
        for term in node.get(predicate, ()):
            found.extend(_alternatives(index, key_of(term), set()))
    if _ANYTHING.intersection(found):
        return (THING,)
    return tuple(dict.fromkeys(found))


def _is_datatype(iri: str) -> bool:
    """Whether the IRI names a datatype rather than a class."""
    return iri.startswith(XSD) or iri in (RDFS + "Literal", RDF + "langString")


def label_of(index: Index, iri: str) -> str:
    """The English label, else an untagged or any other one, else the words of the IRI's last part."""
    for predicate in _LABELS:
        labels = words(index.get(iri, {}).get(predicate, ()))
        if labels:
            return labels[0]
    local = re.split(r"[#/:]", iri.rstrip("#/"))[-1]
    return spaced(local)


def spaced(name: str) -> str:
    """A name as words: "birthPlace" and "birth_place" are "birth Place" and "birth place"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[_-]+", " ", name).strip()


def words(terms: Sequence[Term]) -> tuple[str, ...]:
    """The texts of literals, English and untagged ones if there are any, once each, in order."""
    if not terms:
        return ()
    literals = [term for term in terms if isinstance(term, ox.Literal)]
    tagged = [(" ".join(term.value.split()), (term.language or "en").lower()) for term in literals]
    english = [text for text, tag in tagged if tag == "en" or tag.startswith("en-")]
    return tuple(dict.fromkeys(text for text in (english or [text for text, _ in tagged]) if text))


def _patterns(node: Node, predicate: str) -> tuple[str, ...]:
    said = node.get(predicate)
    return tuple(dict.fromkeys(text.lower() for text in words(said))) if said else ()


def _types(node: Node) -> set[str]:
    return {key_of(term) for term in node.get(_TYPE, ())}


def _model_classes(index: Index) -> frozenset[str]:
    """fl:ModelTerm and what is declared directly below it."""
    below = {s for s, node in index.items() if any(key_of(t) == _MODEL for t in node.get(_SUBCLASS, ()))}
    return frozenset(below | {_MODEL})


def _class(index: Index, iri: str, known: Iterable[str]) -> ClassTerm:
    node = index.get(iri, {})
    above = [
        key_of(term) for predicate in (_SUBCLASS, OWL + "equivalentClass") for term in node.get(predicate, ())
    ]
    return ClassTerm(
        iri=iri,
        label=label_of(index, iri),
        comment=next(iter(words(node.get(RDFS + "comment", ()))), ""),
        parents=tuple(dict.fromkeys(parent for parent in above if parent in known and parent != iri)),
        nouns=_patterns(node, LEX + "noun"),
        alt_labels=_patterns(node, SKOS + "altLabel"),
        ner=words(node.get(LEX + "ner", ())),
        exact=tuple(sorted(key_of(term) for term in node.get(SKOS + "exactMatch", ()))),
    )


def _relation(index: Index, iri: str, domain: tuple[str, ...], inverse: str | None) -> RelationTerm:
    node = index[iri]
    types = _types(node)
    range_ = _ends(index, node, _RANGE)
    values = bool(range_) and all(map(_is_datatype, range_))
    return RelationTerm(
        iri=iri,
        label=label_of(index, iri),
        comment=next(iter(words(node.get(RDFS + "comment", ()))), ""),
        domain=domain,
        range=range_,
        inverse=inverse,
        symmetric=OWL + "SymmetricProperty" in types,
        functional=OWL + "FunctionalProperty" in types,
        asymmetric=OWL + "AsymmetricProperty" in types,
        irreflexive=OWL + "IrreflexiveProperty" in types,
        is_datatype=values or OWL + "DatatypeProperty" in types,
        possessive=any(key_of(term) in ("true", "1") for term in node.get(LEX + "possessive", ())),
        parents=tuple(key_of(term) for term in node.get(_SUBPROPERTY, ()) if key_of(term) in index),
        verbs=_patterns(node, LEX + "verb"),
        verb_inverses=_patterns(node, LEX + "verbInverse"),
        nouns=_patterns(node, LEX + "noun"),
        noun_roles=_patterns(node, LEX + "nounRole"),
        noun_roles_inverse=_patterns(node, LEX + "nounRoleInverse"),
        units=_patterns(node, LEX + "unit"),
        alt_labels=_patterns(node, SKOS + "altLabel"),
        min_confidence=_min_confidence(iri, node),
    )


def _min_confidence(iri: str, node: Node) -> float | None:
    for term in node.get(LEX + "minConfidence", ()):
        try:
            value = float(key_of(term))
        except ValueError:
            value = -1.0
        if not 0.0 <= value <= 1.0:
            raise OntologyError(
                f"{iri}: lex:minConfidence is {key_of(term)!r}; allowed: a number from 0 to 1"
            )
        return value
    return None


def _inverses(index: Index) -> dict[str, str]:
    """owl:inverseOf read both ways; the first declaration of a relation counts."""
    pairs: dict[str, str] = {}
    for iri, node in index.items():
        for term in node.get(_INVERSE, ()):
            if isinstance(term, ox.NamedNode) and not iri.startswith("_:"):
                pairs.setdefault(iri, term.value)
                pairs.setdefault(term.value, iri)
    return pairs


def _alternatives(index: Index, key: str, seen: set[str]) -> list[str]:
    """The named classes of a class expression: itself, or the members of its union or intersection."""
    if not key.startswith("_:"):
        return [key]
    if key in seen:
        return []
    seen.add(key)
    node = index.get(key, {})
    lists = [t for name in ("unionOf", "intersectionOf") for t in node.get(OWL + name, ())]
    members = [member for head in lists for member in list_members(index, key_of(head))]
    return [iri for member in members for iri in _alternatives(index, member, seen)]
