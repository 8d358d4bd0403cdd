"""From propositions to statements in the terms of the ontology.

Takes propositions whose arguments a `Resolver` can name, looks their words up in the schema's
lexical patterns, checks domain and range, and gives `Draft`s over document nodes. A relation with
no mapping keeps its words as an open relation. What can't be resolved is dropped, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from factloom.extract.literals import FoundLiteral

from factloom.extract.clauses import Complement
from factloom.extract.coreference import Resolved, Resolver
from factloom.extract.entities import COUNTRY, ORGANIZATION, PERSON, PLACE, Node
from factloom.extract.inflection import third_person
from factloom.extract.lexicon import place_of, verb_of
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import noun_complements
from factloom.extract.tokens import Token
from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.records import Literal, Modality, Polarity
from factloom.ontology.schema import RelationTerm, Schema

TYPE_OF, NATIONALITY, COUNTRY_OF, LOCATED_IN = (
    FL + "typeOf",
    FL + "nationality",
    FL + "country",
    FL + "locatedIn",
)
OWNS, DEVELOPS = FL + "owns", FL + "develops"
PRODUCT = FL + "Product"

_ROLES = {
    "in": "place",
    "at": "place",
    "on": "place",
    "near": "place",
    "inside": "place",
    "across": "place",
    "from": "source",
    "out of": "source",
    "to": "target",
    "into": "target",
    "onto": "target",
    "toward": "target",
    "towards": "target",
    "with": "with",
    "without": "without",
    "by": "means",
    "through": "means",
    "via": "means",
    "using": "means",
    "for": "purpose",
    "as": "as",
    "due to": "reason",
    "because of": "reason",
    "owing to": "reason",
    "thanks to": "reason",
    "over": "topic",
    "about": "topic",
    "regarding": "topic",
    "against": "against",
    "during": "time",
    "since": "time",
    "until": "time",
    "before": "time",
    "after": "time",
    "among": "among",
    "between": "between",
    "alongside": "with",
    "despite": "despite",
    "of": "of",
}
_CONFIDENCE = {
    "verb and object": 0.9,
    "passive with agent": 0.9,
    "verb and preposition": 0.8,
    "passive with preposition": 0.85,
    "passive with object": 0.8,
    "light verb": 0.75,
    "copula, kind": 0.92,
    "copula, role": 0.88,
    "apposition, kind": 0.92,
    "apposition, role": 0.88,
    "premodifier, kind": 0.9,
    "premodifier, role": 0.85,
    "possessive": 0.75,
    "possessive with apposition": 0.85,
    "nominalisation": 0.75,
    "enumeration": 0.88,
    "with phrase": 0.85,
    "demonym": 0.85,
    "existential": 0.75,
    "copula and preposition": 0.8,
    "adjective and preposition": 0.75,
    "inverted copula": 0.7,
}


@dataclass(slots=True, eq=False)
class Draft:
    """A statement over nodes of one document, not yet named by IRIs.

    `relation` is an ontology term or the words of an open relation; `subject_tokens` … are the words
    read; `qualifiers` pair a role with a node or literal and its words.
    """

    proposition: Proposition
    subject: Node
    relation: RelationTerm | str
    object: Node | Literal
    subject_tokens: tuple[Token, ...]
    object_tokens: tuple[Token, ...]
    qualifiers: list[tuple[str, Node | Literal, tuple[Token, ...]]] = field(default_factory=list)
    speaker: Node | None = None
    time: str | None = None
    steps: list[str] = field(default_factory=list)
    confidence: float = 0.5
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.AFFIRMED


@dataclass(frozen=True, slots=True)
class Drop:
    """A proposition that did not become a statement: the rule that read it and why it was left out.

    `kind` is the reason without the words at hand, for counting.
    """

    rule: str
    kind: str
    reason: str
    start: int
    end: int


class Mapper:
    """Turns the propositions of one document into drafts; collects the drops."""

    def __init__(self, schema: Schema, resolver: Resolver, literals: Mapping[Token, FoundLiteral]) -> None:
        self._schema = schema
        self._resolver = resolver
        self._literals = literals
        self.drops: list[Drop] = []

    def drafts(self, proposition: Proposition) -> Iterator[Draft]:
        """The drafts of one proposition, coordination split."""
        form = proposition.form
        if form is Form.ALIAS:
            return
        if form is Form.PLACE:
            yield from self._place(proposition)
        elif form is Form.KIND:
            yield from self._kind(proposition)
        elif form is Form.HAVE:
            yield from self._have(proposition)
        else:
            yield from self._relational(proposition)

    # ------------------------------------------------------------------ forms

    def _kind(self, p: Proposition) -> Iterator[Draft]:
        concept = kind_label(p.object)
        if concept is None:
            self._drop(p, "no kind in the noun")
            return
        node = self._resolver.concept(concept, p.object)
        for subject in self._subjects(p):
            if subject.node.label.casefold() != concept.casefold():
                yield self._draft(p, subject, self._schema.relations[TYPE_OF], node, (p.object,))

    def _place(self, p: Proposition) -> Iterator[Draft]:
        place = place_of(p.object.norm)
        about = self._resolver.described.get(p.subject)
        if place is None or (about is None and p.subject.pos != "PROPN"):
            return
        node = self._resolver.place(place, p.object)
        for subject in self._resolver.resolve(about or p.subject):
            kind = subject.node.best(self._schema)
            if self._schema.is_a(kind, PLACE) or subject.node is node or subject.node.kind != "name":
                continue
            iri = NATIONALITY if self._schema.is_a(kind, PERSON) else COUNTRY_OF
            if iri in self._schema.relations:
                step = f"demonym: {p.object.text!r} is of {place!r}"
                yield self._draft(p, subject, self._schema.relations[iri], node, (p.object,), step)

    def _have(self, p: Proposition) -> Iterator[Draft]:
        about = self._resolver.described.get(p.subject, p.subject)
        found = self._literals.get(p.object)
        if found is None:
            return
        for subject in self._resolver.resolve(about):
            if subject.vague or (subject.node.kind != "name" and about is p.subject):
                continue
            term = self._by_unit(p.object, subject.node)
            yield self._draft(p, subject, term or "have", found.literal, self._literal_tokens(p, found))

    def _relational(self, p: Proposition) -> Iterator[Draft]:
        subjects = self._subjects(p)
        if not subjects:
            return
        target = self._literals.get(p.object)
        if target is not None:
            tokens = self._literal_tokens(p, target)
            yield from self._valued(p, subjects, target.literal, tokens)
            if target.literal.unit is None or p.object.pos not in ("NOUN",):
                return
            if any(self._datatype(p, s.node, p.object) for s in subjects):
                return
        objects = self._objects(p)
        if not objects:
            self._drop(p, "object not resolved", p.object.text)
            return
        for subject in subjects:
            for target_node in objects:
                if target_node.node is subject.node:
                    continue
                if target_node.vague and target_node.node.label.split()[-1].casefold() in _EMPTY:
                    self._drop(p, "object says nothing by itself", target_node.node.label)
                    continue
                if not self._stands_alone(p, subject, target_node):
                    continue
                yield from self._related(p, subject, target_node)

    def _objects(self, p: Proposition) -> list[Resolved]:
        """The object's nodes, and those that it is said to include ("phones, including the iPhone")."""
        found = self._resolver.resolve(p.object)
        if p.object.tag in ("NNS", "NNPS"):
            for complement in noun_complements(p.object):
                if complement.marker in ("including", "such as"):
                    found = [*found, *self._resolver.resolve(complement.head)]
        return found

    def _stands_alone(self, p: Proposition, subject: Resolved, target: Resolved) -> bool:
        """At least one end is a name or tied to one, or the clause is a generic truth ("Cells contain DNA")."""
        if self._resolver.tied(subject.node) or self._resolver.tied(target.node):
            return True
        generic = (
            p.clause is not None and p.clause.head.tag in ("VBZ", "VBP") and not p.clause.head.child("aux")
        )
        if generic and not subject.vague and not target.vague:
            return True
        self._drop(p, "neither end is named")
        return False

    def _related(self, p: Proposition, subject: Resolved, target: Resolved) -> Iterator[Draft]:
        term, swapped, step = self._lookup(p, subject.node, target.node)
        if p.form is Form.OWNER and term is None:
            return
        if swapped:
            subject, target = target, subject
        relation = term if term is not None else self._open_label(p)
        if relation is None:
            return
        draft = self._draft(p, subject, relation, target.node, target.tokens, target.step, step)
        if p.clause is not None and p.clause.permission is not None and p.form is Form.VERB:
            yield from self._permitted(p, draft)
        yield draft

    def _permitted(self, p: Proposition, draft: Draft) -> Iterator[Draft]:
        """ "allows Doubao to access the app": stated is the permission, only possible the access."""
        assert p.clause is not None and p.clause.permission is not None
        permitter = self._resolver.clause_of(p.clause.permission)
        if (
            permitter is None
            or permitter.polarity is Polarity.NEGATED
            or permitter.modality is not Modality.ACTUAL
        ):
            return
        allowed = Draft(
            p,
            draft.subject,
            f"be allowed to {p.pattern}",
            draft.object,
            draft.subject_tokens,
            draft.object_tokens,
            list(draft.qualifiers),
            draft.speaker,
            draft.time,
            [*draft.steps, "modality: what is allowed is stated as allowed"],
            draft.confidence,
        )
        yield allowed

    def _valued(
        self, p: Proposition, subjects: list[Resolved], literal: Literal, tokens: tuple[Token, ...]
    ) -> Iterator[Draft]:
        for subject in subjects:
            term = self._datatype(p, subject.node, p.object)
            if term is not None and self._value_fits(term, literal):
                yield self._draft(p, subject, term, literal, tokens)
            elif p.object.pos != "NOUN" or literal.unit is None:
                if self._resolver.tied(subject.node) and not _temporal(literal):
                    label = self._open_label(p)
                    if label is not None:
                        yield self._draft(p, subject, label, literal, tokens)

    def _datatype(self, p: Proposition, subject: Node, noun: Token) -> RelationTerm | None:
        for term in self._candidates(p)[0]:
            if term.is_datatype and self._in(subject, term.domain):
                return term
        if p.pattern in ("have", "reach", "boast", "serve", "count", "attract", "claim", "employ", "number"):
            return self._by_unit(noun, subject)
        return None

    def _value_fits(self, term: RelationTerm, literal: Literal) -> bool:
        dates = ("date", "gYear", "gYearMonth")
        wants_date = any(r.endswith(dates) for r in term.range)
        return wants_date == literal.datatype.endswith(dates)

    def _by_unit(self, noun: Token, subject: Node) -> RelationTerm | None:
        for term in self._schema.relations_by_unit.get(noun.lemma.lower(), ()):
            if self._in(subject, term.domain):
                return term
        return None

    # ------------------------------------------------------------------ look-up

    def _candidates(self, p: Proposition) -> tuple[list[RelationTerm], list[RelationTerm]]:
        """Terms for the words as they stand, and terms that want subject and object exchanged."""
        s = self._schema
        straight: list[RelationTerm] = []
        inverse: list[RelationTerm] = []
        if p.form in (Form.VERB, Form.PASSIVE):
            straight += s.relations_by_verb.get(p.pattern, ())
            inverse += s.relations_by_verb_inverse.get(p.pattern, ())
        elif p.form is Form.NOUN:
            straight += s.relations_by_noun.get(p.pattern, ())
            straight += self._verbal(p.pattern)
        elif p.form is Form.ROLE:
            for pattern in _shorter(p.pattern):
                straight += s.relations_by_noun_role.get(pattern, ())
                inverse += s.relations_by_noun_role_inverse.get(pattern, ())
        return straight, inverse

    def _verbal(self, pattern: str) -> list[RelationTerm]:
        """ "acquisition of" means what "acquire" means."""
        noun, _, marker = pattern.partition(" ")
        verb = verb_of(noun)
        if verb is None:
            return []
        words = verb if marker == "of" else f"{verb} {marker}"
        return list(self._schema.relations_by_verb.get(words, ()))

    def _lookup(self, p: Proposition, subject: Node, target: Node) -> tuple[RelationTerm | None, bool, str]:
        """The best fitting relation, whether it wants the arguments exchanged, and why it was chosen."""
        if p.form is Form.OWNER:
            return self._owner(subject, target)
        straight, inverse = self._candidates(p)
        fits = [(self._score(t, subject, target), 0, t) for t in straight if not t.is_datatype]
        fits += [(self._score(t, target, subject), 1, t) for t in inverse if not t.is_datatype]
        fits = [f for f in fits if f[0] is not None]
        if fits:
            score, swapped, term = min(fits, key=lambda f: (-(f[0] or 0.0), f[1], f[2].iri))
            return term, bool(swapped), f"ontology: {p.pattern!r} says {term.label!r}"
        if p.form is Form.ROLE:
            return self._role_fallback(p, subject, target)
        return None, False, ""

    def _role_fallback(
        self, p: Proposition, subject: Node, target: Node
    ) -> tuple[RelationTerm | None, bool, str]:
        noun, _, marker = p.pattern.rpartition(" ")
        places = self._schema.is_a(target.best(self._schema), PLACE)
        if marker in ("in", "at", "on") and places and self._schema.is_a(subject.best(self._schema), PLACE):
            return (
                self._schema.relations.get(LOCATED_IN),
                False,
                f"ontology: a place {marker!r} a place is located there",
            )
        if marker == "of" and p.rule.startswith(("premodifier", "apposition", "copula")):
            product = self._schema.is_a(self._schema.class_of_noun(noun) or THING, PRODUCT)
            if product and self._in(target, (ORGANIZATION, PERSON)):
                term = self._owner(target, subject)[0]
                return term, term is not None, f"ontology: {noun!r} of an organization is its product"
        return None, False, ""

    def _owner(self, owner: Node, owned: Node) -> tuple[RelationTerm | None, bool, str]:
        """What "X's Y" means, by the classes of both."""
        s = self._schema
        a, b = owner.best(s), owned.best(s)
        why = "ontology: the possessor's and the possession's classes"
        if s.is_a(a, PLACE):
            if s.is_a(b, PERSON) or s.is_a(b, PLACE):
                return None, False, ""
            return s.relations.get(COUNTRY_OF if s.is_a(a, COUNTRY) else LOCATED_IN), True, why
        if owner.kind == "name" and a == THING and s.is_a(b, PRODUCT):
            owner.votes[ORGANIZATION] += 1
            return s.relations.get(DEVELOPS), False, why
        if s.is_a(a, ORGANIZATION) and not s.is_a(b, PERSON) and not s.is_a(b, PLACE):
            return s.relations.get(DEVELOPS if s.is_a(b, PRODUCT) else OWNS), False, why
        return None, False, ""

    def _score(self, term: RelationTerm, subject: Node, target: Node) -> float | None:
        """How well the classes fit domain and range; None when they contradict them."""
        left, right = self._fit(subject, term.domain), self._fit(target, term.range)
        return None if left is None or right is None else left + right

    def _fit(self, node: Node, wanted: tuple[str, ...]) -> float | None:
        if not wanted:
            return 0.5
        kind = node.best(self._schema)
        if kind in (THING, CONCEPT) and node.kind != "name":
            return 0.3 if THING not in wanted else 0.5
        if kind == THING:
            return 0.4
        if any(self._schema.is_a(kind, w) for w in wanted):
            return 0.6 if THING in wanted else 1.0
        if any(self._schema.is_a(w, kind) for w in wanted):
            return 0.7
        strong = max(node.votes.values(), default=0) >= 3
        return None if strong else 0.1

    def _in(self, node: Node, wanted: tuple[str, ...]) -> bool:
        return self._fit(node, wanted) is not None

    def _open_label(self, p: Proposition) -> str | None:
        """The lemmas of an open relation."""
        if p.form is Form.NOUN:
            noun, _, marker = p.pattern.partition(" ")
            verb = verb_of(noun)
            if verb is None or marker not in _VERBAL_MARKERS:
                return None
            return verb if marker == "of" else f"{verb} {marker}"
        return f"be {p.pattern}" if p.form is Form.ROLE else p.pattern

    # ------------------------------------------------------------------ parts

    def _subjects(self, p: Proposition) -> list[Resolved]:
        found = self._examples(p.subject) or self._resolver.resolve(p.subject)
        if not found:
            self._drop(p, "subject not resolved", p.subject.text)
            return []
        kept = [r for r in found if not r.vague]
        if not kept:
            self._drop(p, "subject says nothing by itself", found[0].node.label)
        return kept

    def _examples(self, noun: Token) -> list[Resolved]:
        """ "companies such as Intel and AMD sold chips": Intel did, and AMD did."""
        if noun.tag != "NNS":
            return []
        for complement in noun_complements(noun):
            such = any(c.norm == "such" for c in (*noun.children, *complement.prep.children))
            if complement.marker == "such as" or (complement.marker == "as" and such):
                return [r for r in self._resolver.resolve(complement.head) if r.node.kind == "name"]
        return []

    def _draft(
        self,
        p: Proposition,
        subject: Resolved,
        relation: RelationTerm | str,
        target: Node | Literal,
        object_tokens: tuple[Token, ...],
        *steps: str,
    ) -> Draft:
        draft = Draft(
            p,
            subject.node,
            relation,
            target,
            subject.tokens,
            object_tokens,
            steps=[s for s in (subject.step, *steps, *p.notes) if s],
            modality=p.modality,
            polarity=p.polarity,
        )
        self._speaker(draft)
        self._qualify(draft)
        draft.confidence = self._confidence(draft)
        return draft

    def _speaker(self, draft: Draft) -> None:
        p = draft.proposition
        if p.speaker is not None:
            found = self._resolver.resolve(p.speaker)
            draft.speaker = found[0].node if found else self._resolver.concept(p.speaker.text, p.speaker)
        elif p.hearsay is not None:
            draft.speaker = self._resolver.concept(p.hearsay, None)

    def _qualify(self, draft: Draft) -> None:
        p = draft.proposition
        for argument in p.arguments:
            self._argument(draft, argument)
        for token in p.times:
            found = self._literals.get(token)
            if found is not None:
                self._time(draft, found, p)

    def _argument(self, draft: Draft, argument: Complement) -> None:
        found = self._literals.get(argument.head)
        p = draft.proposition
        if found is not None and _temporal(found.literal):
            self._time(draft, found, p)
            return
        if argument.head.pos in ("VERB", "AUX") or argument.marker in (
            "according to",
            "such as",
            "like",
            "including",
        ):
            return
        role = self._role(argument)
        if found is not None:
            draft.qualifiers.append(
                (
                    "amount" if argument.marker == "for" else role,
                    found.literal,
                    self._literal_tokens(p, found),
                )
            )
            return
        for resolved in self._resolver.resolve(argument.head):
            if not resolved.vague and resolved.node is not draft.subject:
                draft.qualifiers.append((role, resolved.node, resolved.tokens))

    def _role(self, argument: Complement) -> str:
        """The argument's role; "in", "at", "on" and their like give a place only where a place follows."""
        role = _ROLES.get(argument.marker, argument.marker)
        if role != "place":
            return role
        nodes = self._resolver.resolve(argument.head)
        return (
            role
            if any(self._schema.is_a(n.node.best(self._schema), PLACE) for n in nodes)
            else argument.marker
        )

    def _time(self, draft: Draft, found: FoundLiteral, p: Proposition) -> None:
        draft.qualifiers.append(("time", found.literal, self._literal_tokens(p, found)))
        if draft.time is None and found.literal.datatype.endswith(("date", "gYear", "gYearMonth")):
            draft.time = found.literal.value

    def _literal_tokens(self, p: Proposition, found: FoundLiteral) -> tuple[Token, ...]:
        return tuple(p.sentence.tokens[found.start : found.end])

    def _confidence(self, draft: Draft) -> float:
        """The rule's prior, lowered by every uncertain step."""
        rule = draft.proposition.rule
        value = _CONFIDENCE.get(rule, _CONFIDENCE.get(rule.split(",")[0], 0.7))
        value -= 0.07 * sum(s.startswith("coreference") for s in draft.steps)
        value -= 0.05 * ("," in rule and rule not in _CONFIDENCE)
        value -= 0.1 * isinstance(draft.relation, str)
        return round(min(max(value, 0.05), 0.99), 4)

    def _drop(self, p: Proposition, kind: str, words: str = "") -> None:
        reason = f"{kind}: {words!r}" if words else kind
        self.drops.append(Drop(p.rule, kind, reason, p.sentence.start, p.sentence.end))


# Prepositions that a verb shares with the noun made of it ("focus on", "attack on", "compete with").
_VERBAL_MARKERS = frozenset({"of", "on", "in", "with", "against", "to", "into", "from"})
_EMPTY = frozenset(
    ["thing", "way", "lot", "part", "one", "number", "kind", "type", "sort", "bit", "case", "place", "something", "anything", "nothing", "everything", "rest", "some", "all", "many", "more", "most", "other", "others"]
)


def _temporal(literal: Literal) -> bool:
    return literal.datatype.endswith(("date", "gYear", "gYearMonth", "dateTime"))


def _shorter(pattern: str) -> Iterator[str]:
    """ "founding chief executive of", then "chief executive of", then "executive of"."""
    words, _, marker = pattern.rpartition(" ")
    parts = words.split()
    for i in range(len(parts)):
        yield f"{' '.join(parts[i:])} {marker}"


def kind_label(noun: Token) -> str | None:
    """The kind that a noun phrase names: compounds and classifying adjectives, no praise, no origin."""
    if noun.pos not in ("NOUN", "PROPN") or noun.lemma in ("one", "thing", "part", "kind", "type", "way"):
        return None
    words: list[str] = []
    for child in noun.children:
        if child.i > noun.i or child.dep not in ("compound", "amod", "nmod") or child.pos in ("PROPN", "NUM"):
            continue
        inner = [t for t in child.subtree() if t.dep != "punct"]
        if child.dep == "amod" and (
            child.tag in ("JJR", "JJS") or child.ent or child.child("advmod", "conj") or place_of(child.norm)
        ):
            continue
        if child.norm in (
            "new",
            "former",
            "late",
            "first",
            "latest",
            "such",
            "own",
            "other",
            "same",
            "another",
            "many",
        ):
            continue
        words += [t.text if t.text.isupper() else t.norm for t in inner if t.i < noun.i]
    return " ".join([*words, noun.text if noun.text.isupper() else noun.lemma.lower()])


def open_relation_label(words: str) -> str:
    """The readable label of an open relation."""
    return third_person(words)
