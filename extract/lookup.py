"""Which relation of the ontology some words mean, given what stands at both ends.

Takes the pattern of a proposition and the classes of its ends; gives the best fitting `RelationTerm`
by lexical pattern, domain and range, or nothing: then the words stay an open relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from factloom.extract.entities import COUNTRY, ORGANIZATION, PERSON, PLACE, SIGNATURE_WEIGHT, Node
from factloom.extract.lexicon import hypernyms, is_person_noun, senses, supersense, verb_of
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import FORMER, TITLE_WORDS
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.schema import RelationsByPattern, RelationTerm, Schema
from factloom.ontology.terms import spaced

_COUNTRY_OF, _LOCATED_IN, _OWNS, _DEVELOPS = (FL + n for n in ("country", "locatedIn", "owns", "develops"))
_PRODUCT = FL + "Product"
# Verbs that say no more than that there is a quantity.
_HAVING = words("have reach boast serve count attract claim employ number total exceed")
# Prepositions that a verb shares with the noun made of it ("focus on", "attack on", "compete with").
_VERBAL_MARKERS = frozenset({"of", "on", "in", "with", "against", "to", "into", "from"})


class Found(NamedTuple):
    """A relation, whether it wants subject and object exchanged, and the step that explains the choice."""

    term: RelationTerm | None
    swapped: bool = False
    step: str = ""


class Lookup:
    """Answers from one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def relation(self, p: Proposition, subject: Node, target: Node) -> Found:
        """The relation between two nodes that the proposition's words mean best."""
        if p.form is Form.OWNER:
            return self._owner(subject, target)
        straight, inverse = self._candidates(p)
        fits = [(self._score(t, subject, target), False, t) for t in straight if not t.is_datatype]
        fits += [(self._score(t, target, subject), True, t) for t in inverse if not t.is_datatype]
        usable = [(score, swapped, t) for score, swapped, t in fits if score is not None]
        if usable:
            own = self._schema.own
            _, swapped, term = min(
                usable,
                key=lambda f: (
                    f[2].iri not in own,
                    -f[0],
                    self._width(f[2], subject if f[1] else target),
                    not _kin(f[2], p.pattern),
                    len(spaced(f[2].label).split()) if f[2].iri in own else 0,
                    f[1],
                    f[2].iri,
                ),
            )
            left, right = (target, subject) if swapped else (subject, target)
            self._retype(left, term.domain)
            self._retype(right, term.range)
            return Found(term, swapped, f"ontology: {p.pattern!r} says {term.label!r}")
        return self._by_classes(p, subject, target) if p.form is Form.ROLE else Found(None)

    def value(self, p: Proposition, subject: Node, noun: Token) -> RelationTerm | None:
        """The datatype relation that the words, or the counted noun, mean."""
        term = self._first_value(self._candidates(p)[0], subject)
        return self.by_unit(noun, subject) if term is None and p.pattern in _HAVING else term

    def measure(self, p: Proposition, subject: Node) -> RelationTerm | None:
        """The datatype relation that a noun with "of" names: "the population of"."""
        inverse = self._schema.relations_by_noun_role_inverse
        return self._first_value((t for n in _shorter(p.pattern) for t in self._said(inverse, n)), subject)

    def dated(self, verb: str, subject: Node) -> RelationTerm | None:
        """The datatype relation that a verb with the preposition of a date means: "be born on"."""
        return self._first_value(self._said(self._schema.relations_by_verb, verb), subject)

    def by_unit(self, noun: Token, subject: Node) -> RelationTerm | None:
        """The datatype relation that counts what the noun names ("users" → has users)."""
        return self._first_value(self._said(self._schema.relations_by_unit, noun.lemma.lower()), subject)

    def _first_value(self, terms: Iterable[RelationTerm], subject: Node) -> RelationTerm | None:
        """The first datatype relation whose domain admits the subject."""
        return next((t for t in terms if t.is_datatype and self.fit(subject, t.domain) is not None), None)

    def open_label(self, p: Proposition) -> str | None:
        """The lemmas of an open relation; None when the words make none."""
        if p.form is Form.NOUN and p.rule == "possessive with apposition":
            return None  # "her first collection, Dance of the Happy Shades": nothing was collected
        if p.form is Form.NOUN:
            noun, _, marker = p.pattern.partition(" ")
            verb = verb_of(noun)
            if verb is None or marker not in _VERBAL_MARKERS:
                return None
            return verb if marker == "of" else f"{verb} {marker}"
        if p.form is Form.OWNER:
            return "have"
        return self._role_label(p) if p.form is Form.ROLE else p.pattern

    def concrete(self, node: Node) -> bool:
        """Whether the node is a thing one can own: a product, an organization, a building, a work."""
        return any(
            self._is(node, iri) for iri in (_PRODUCT, ORGANIZATION, FL + "Facility", FL + "CreativeWork")
        )

    def _role_label(self, p: Proposition) -> str | None:
        """A role in its own words: "be agent of"; a deed is no role ("was her last appearance in London")."""
        noun = p.pattern.split()[-2]
        return None if verb_of(noun) is not None and not is_person_noun(noun) else f"be {p.pattern}"

    def has_verb(self, pattern: str) -> bool:
        """Whether some relation is said with this verb pattern."""
        return pattern in self._schema.relations_by_verb

    # ------------------------------------------------------------------ by words

    def _candidates(self, p: Proposition) -> tuple[list[RelationTerm], list[RelationTerm]]:
        """Terms for the words as they stand, and terms that want subject and object exchanged."""
        s = self._schema
        straight: list[RelationTerm] = []
        inverse: list[RelationTerm] = []
        if p.form in (Form.VERB, Form.PASSIVE):
            straight += self._said(s.relations_by_verb, p.pattern)
            inverse += self._said(s.relations_by_verb_inverse, p.pattern)
        elif p.form is Form.NOUN:
            straight += self._said(s.relations_by_noun, p.pattern)
            straight += self._verbal(p.pattern)
        elif p.form is Form.ROLE:
            for pattern in _shorter(p.pattern):
                straight += self._said(s.relations_by_noun_role, pattern)
                inverse += self._said(s.relations_by_noun_role_inverse, pattern)
        return straight, inverse

    def _verbal(self, pattern: str) -> tuple[RelationTerm, ...]:
        """The relations of the verb in a noun: "acquisition of" means what "acquire" means."""
        noun, _, marker = pattern.partition(" ")
        verb = verb_of(noun)
        if verb is None:
            return ()
        return self._said(self._schema.relations_by_verb, verb if marker == "of" else f"{verb} {marker}")

    def _said(self, table: RelationsByPattern, pattern: str) -> tuple[RelationTerm, ...]:
        """The relations said with this pattern; of the user's own alone where only these may come out."""
        found = table.get(pattern, ())
        return tuple(t for t in found if t.iri in self._schema.own) if self._schema.only_own else found

    # ------------------------------------------------------------------ by classes

    def _by_classes(self, p: Proposition, subject: Node, target: Node) -> Found:
        """A role that no relation names: a place in a place, the product of an organization."""
        noun, _, marker = p.pattern.rpartition(" ")
        if marker in ("in", "at", "on") and self._is(target, PLACE) and self._is(subject, PLACE):
            step = f"ontology: a place {marker!r} a place is located there"
            return Found(self._schema.relations.get(_LOCATED_IN), False, step)
        if marker == "of" and self._schema.is_a(self._schema.class_of_noun(noun) or THING, _PRODUCT):
            term = self._owner(target, subject).term
            return Found(term, term is not None, f"ontology: {noun!r} of an organization is its product")
        return Found(None)

    def _owner(self, owner: Node, owned: Node) -> Found:
        """What "X's Y" means, by the classes of both."""
        s = self._schema
        why = "ontology: the possessor's and the possession's classes"
        if self._is(owner, PLACE):
            office = is_person_noun(owned.label.split()[0].lower()) and owned.best(s) in (THING, CONCEPT)
            if office or self._is(owned, PERSON) or self._is(owned, PLACE):
                return Found(None)
            return Found(s.relations.get(_COUNTRY_OF if self._is(owner, COUNTRY) else _LOCATED_IN), True, why)
        nameless = owner.kind == "name" and owner.best(s) == THING
        if nameless and self._is(owned, _PRODUCT):
            owner.support(ORGANIZATION)
        elif not self._is(owner, ORGANIZATION) or self._is(owned, PERSON) or self._is(owned, PLACE):
            return Found(None)
        return Found(s.relations.get(_DEVELOPS if self._is(owned, _PRODUCT) else _OWNS), False, why)

    def may_have(self, owner: Node, owned: Node) -> bool:
        """Whether "X's Y" says that a firm has something, of which no more is known: "Tencent's WeChat"."""
        kind = owner.best(self._schema)
        return owned.best(self._schema) == THING and (kind == THING or self._schema.is_a(kind, ORGANIZATION))

    def _is(self, node: Node, iri: str) -> bool:
        return self._schema.is_a(node.best(self._schema), iri)

    def _score(self, term: RelationTerm, subject: Node, target: Node) -> float | None:
        """How well the classes fit domain and range; None when they contradict them."""
        left, right = self.fit(subject, term.domain), self.fit(target, term.range)
        if left is None or right is None:
            return None
        # A user's domain and range are meant; what fits barely is weighed by `extract.worded`.
        return None if term.iri in self._schema.own and min(left, right) <= _BARELY else left + right

    def _kinship(self, node: Node, wanted: tuple[str, ...]) -> float | None:
        """How a common noun fits the classes of a user's relation, by the lexicon: malaria is a disease.

        0.9 where the noun is a kind of the class, 0.6 where both are of one broad sort (states, artifacts).
        """
        terms = (self._schema.classes[i] for i in wanted if i in self._schema.classes)
        labels = [spaced(term.label).lower() for term in terms if not term.iri.startswith(FL)]
        noun = next(iter(node.nouns), node.label.casefold().split()[-1])
        if any(label in hypernyms(noun) for label in labels):
            return 0.9
        sorts = {supersense(label) for label in labels} - {None}
        return 0.6 if sorts & set(senses(noun)[:1]) else None

    def _width(self, term: RelationTerm, target: Node) -> int:
        """How wide the range of an own relation is: a country is asked for, rather than a place.

        Where the class of the object could not be told, it is the other way round.
        """
        if term.iri not in self._schema.own:
            return 0
        depth = max((len(self._schema.ancestors(iri)) for iri in term.range), default=0)
        return depth if target.best(self._schema) == THING else -depth

    def _retype(self, node: Node, wanted: tuple[str, ...]) -> None:
        """The words know better than the recogniser what a name is that fits barely."""
        if node.kind == "name" and wanted and self.fit(node, wanted) == _BARELY:
            node.support(wanted[0], SIGNATURE_WEIGHT)

    def fit(self, node: Node, wanted: tuple[str, ...]) -> float | None:
        """From 0 (barely) to 1 (asked for by name); None when the node is something else.

        A name whose class rests on a recogniser's word alone is given the benefit of the doubt.
        """
        if not wanted:
            return 0.5
        kind = node.best(self._schema)
        if kind in (THING, CONCEPT) and node.kind != "name":
            if (kin := self._kinship(node, wanted)) is not None:
                return kin
            return 0.5 if THING in wanted or CONCEPT in wanted else None
        if kind == THING:
            return 0.4
        if any(self._schema.is_a(kind, w) for w in wanted):
            return 0.6 if THING in wanted else 1.0
        if any(self._schema.is_a(w, kind) for w in wanted):
            return 0.7
        full_name = kind == PERSON and len(node.label.split()) >= 2
        return None if node.kind != "name" or full_name or node.certainty(self._schema) >= 3 else _BARELY


def _kin(term: RelationTerm, pattern: str) -> bool:
    """Whether label and pattern share a stem: of two relations said alike the one that is called so."""
    stems = {word[:5] for word in spaced(term.label).lower().split()}
    return any(word[:5] in stems for word in pattern.split())


_BARELY = 0.1


_HEADS = frozenset({"chief", "head", "boss", "director", "manager", "leader", "minister", "secretary"})
# Who stands in for a role does not have it: "vice president of", "deputy head of".
_UNDER = frozenset({"vice", "deputy", "assistant", "associate"})


def _shorter(pattern: str) -> Iterator[str]:
    """The role word by word shorter: "chief executive officer of", "executive officer of", "officer of"."""
    words, _, marker = pattern.rpartition(" ")
    parts = words.split()
    if parts and parts[0] in FORMER | _UNDER:  # who was chief executive is not
        yield pattern
        return
    for i in range(len(parts)):
        if i and parts[-1] in _HEADS and parts[i - 1] not in TITLE_WORDS | {"company", "corporate", "global"}:
            return  # a "competition chief" heads the competition department alone
        yield f"{' '.join(parts[i:])} {marker}"
