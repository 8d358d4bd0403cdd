"""From propositions to drafts of statements, in the terms of the ontology.

Takes propositions whose arguments a `Resolver` can name, finds their relation with a `Lookup`, and
gives `Draft`s, coordination split. What can't be resolved, or says nothing by itself, is dropped with
the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from factloom.extract.clauses import Complement
from factloom.extract.coreference import Resolver
from factloom.extract.discourse import Resolved
from factloom.extract.drafting import Drafter
from factloom.extract.drafts import Draft, counted, temporal
from factloom.extract.ends import examples, named, objects
from factloom.extract.entities import PERSON, PLACE
from factloom.extract.fitness import (
    EMPTY,
    LITTLE,
    PARTIAL,
    TOWARDS_SOMEBODY,
    addressed,
    counts_things,
    end_of_range,
    generic,
    is_said,
    kind_at_odds,
    literal_words,
    misread_relative,
    no_person,
    open_amount,
    pairs,
    said_with_noun,
    share_of_name,
    share_of_something,
    somebody,
    takes,
    told_apart_by,
)
from factloom.extract.kinds import kind_label, no_kind
from factloom.extract.labels import place_behind_of
from factloom.extract.lexicon import place_kinds
from factloom.extract.literals import FoundLiteral
from factloom.extract.lookup import Lookup
from factloom.extract.mentions import NAMING_WORDS, home_of
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import noun_complements
from factloom.extract.surety import LEAST, surety, verbal
from factloom.extract.tokens import Token
from factloom.ontology.namespaces import FL
from factloom.ontology.records import Modality, Polarity
from factloom.ontology.schema import RelationTerm, Schema

_BESIDE = frozenset({"premodifier, kind", "apposition, kind"})
# What anybody has, and which says no more than its owner: "NPR's website".
_PRESENCE = frozenset({"website", "site", "page", "blog", "account", "channel", "feed", "profile"})
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_NO_ROLES = frozenset({"number", "way", "thing", "lot", "bit"})  # "opposite number"
_MEANING = frozenset({"definition", "meaning", "aim", "goal", "purpose", "task", "result", "reason", "idea"})
_TYPE_OF, _NATIONALITY, _COUNTRY_OF = FL + "typeOf", FL + "nationality", FL + "country"


class Mapper:
    """Turns the propositions of one document into drafts; collects the drops."""

    def __init__(self, schema: Schema, resolver: Resolver, literals: Mapping[Token, FoundLiteral]) -> None:
        self._schema = schema
        self._lookup = Lookup(schema)
        self._resolver = resolver
        self._literals = literals
        drafter = Drafter(schema, resolver, literals)
        self._draft, self._drop, self.drops = drafter.draft, drafter.drop, drafter.drops

    def drafts(self, proposition: Proposition) -> Iterator[Draft]:
        """The drafts of one proposition.

        Where another parser attaches the words otherwise, only what an ontology's relation asks of its ends
        speaks for the reading; of the others 25 of 69 were right, read by hand in news and encyclopedic text.
        """
        for draft in self._unchecked(proposition):
            if proposition.seconded or self._backed(draft):
                yield draft
            else:
                told = f"{proposition.subject.text} … {proposition.object.text}"
                self._drop(proposition, "another parser attaches the words otherwise", told)

    def _backed(self, draft: Draft) -> bool:
        """Whether more than the parse speaks for it; that "is a" joins two nouns is seldom misread."""
        if isinstance(draft.relation, RelationTerm):
            return draft.relation.iri != _TYPE_OF or draft.proposition.rule == "copula, kind"
        return False

    def _unchecked(self, proposition: Proposition) -> Iterator[Draft]:
        if proposition.form is Form.PLACE:
            yield from self._place(proposition)
        elif proposition.form is Form.KIND:
            yield from self._kind(proposition)
        elif proposition.form is Form.HAVE:
            yield from self._have(proposition)
        elif proposition.form is Form.VALUE:
            yield from self._measured(proposition)
        elif proposition.form is Form.LIFE:
            yield from self._lived(proposition)
        elif proposition.form is not Form.ALIAS:
            yield from self._relational(proposition)
            yield from self._dated(proposition)
            yield from self._beside(proposition)

    # ------------------------------------------------------------------ kinds, places, quantities

    def _kind(self, p: Proposition) -> Iterator[Draft]:
        concept = kind_label(p.object)
        if concept is None or concept in PARTIAL or p.object.lemma in NAMING_WORDS:
            self._drop(p, "no kind in the noun", p.object.text)
            return
        if place_behind_of(p.object) is not None or (p.rule in _BESIDE and no_kind(p.object)):
            self._drop(p, "no kind in the noun", p.object.text)
            return
        if p.object.lemma in TOWARDS_SOMEBODY:
            self._drop(p, "a kind only towards somebody", p.object.text)
            return
        node = self._resolver.concept(concept, p.object)
        for subject in self._subjects(p):
            if not self._told(p, subject):
                self._drop(p, "neither end is named", f"{subject.node.label} … {concept}")
                continue
            if p.rule == "enumeration" and subject.node.kind != "name":
                continue
            resumed = subject.step.startswith("coreference")
            if (resumed and kind_at_odds(subject.node, concept, self._schema)) or (
                p.rule in _BESIDE and no_person(subject.node, p.object, self._schema)
            ):
                self._drop(p, "kind at odds with what is meant", subject.node.label)
            elif subject.node.label.casefold() != concept.casefold():
                yield self._draft(p, subject, self._schema.relations[_TYPE_OF], node, (p.object,))

    def _told(self, p: Proposition, subject: Resolved) -> bool:
        """Whether the kind is said of something known, or of all of its name: "An ocelot is a wild cat"."""
        if p.subject.lemma in _MEANING:
            return False  # "A common definition of a recession is two quarters of …"
        if subject.node.kind != "nominal" or self._resolver.tied(subject.node) or p.clause is None:
            return True
        restricted = p.subject.child("relcl", "acl") is not None
        return self._resolver.topic(subject.node) or (p.clause.head.tag in ("VBZ", "VBP") and not restricted)

    def _place(self, p: Proposition) -> Iterator[Draft]:
        place = home_of(p.object)
        about = self._resolver.described(p.subject)
        if place is None or (about is None and p.subject.pos != "PROPN") or p.subject.lemma in NAMING_WORDS:
            return
        node = self._resolver.place(place, p.object)
        several = p.subject.tag in (
            "NNS",
            "NNPS",
        )  # "Chinese startups A and B"
        meant = about or p.subject
        for subject in self._resolver.resolve(meant) if several else self._resolver.one(meant) or []:
            kind = subject.node.best(self._schema)
            if self._schema.is_a(kind, PLACE) or subject.node is node or subject.node.kind != "name":
                continue
            iri = _NATIONALITY if self._schema.is_a(kind, PERSON) else _COUNTRY_OF
            kinds = place_kinds(place)
            if "country" not in kinds and (iri == _COUNTRY_OF or "continent" in kinds):
                continue  # "a European champion", "a Latin American firm"
            step = f"demonym: {p.object.text!r} is of {place!r}"
            yield self._draft(p, subject, self._schema.relations[iri], node, (p.object,), step)

    def _have(self, p: Proposition) -> Iterator[Draft]:
        about = self._resolver.described(p.subject) or p.subject
        found = self._literals.get(p.object)
        if found is None:
            return
        for subject in self._resolver.resolve(about):
            if subject.vague or (subject.node.kind != "name" and about is p.subject):
                continue
            term = self._lookup.by_unit(p.object, subject.node)
            yield self._draft(p, subject, term or "have", found.literal, literal_words(p, found))

    def _measured(self, p: Proposition) -> Iterator[Draft]:
        found = self._literals.get(p.object)
        if found is None:
            return
        for subject in self._subjects(p):
            term = self._lookup.measure(p, subject.node)
            if term is not None and takes(term, found.literal):
                yield self._draft(p, subject, term, found.literal, literal_words(p, found))

    def _lived(self, p: Proposition) -> Iterator[Draft]:
        """Birth and death in brackets; a class known to be no person's has other dates."""
        found = self._literals.get(p.object)
        if found is None or not temporal(found.literal):
            return
        found = replace(found, literal=end_of_range(found.literal, p))
        for subject in self._resolver.one(p.subject) or []:
            full = found.literal.datatype.endswith("date")
            kind = subject.node.best(self._schema)
            if subject.node.kind == "name" and (full or self._schema.is_a(kind, PERSON)):
                term = self._lookup.dated(p.pattern, subject.node)
                if term is not None:
                    yield self._draft(p, subject, term, found.literal, literal_words(p, found))

    def _dated(self, p: Proposition) -> Iterator[Draft]:
        """A date beside the main argument may be a fact of its own: "born in Zanzibar on 5 September"."""
        if p.form not in (Form.VERB, Form.PASSIVE) or p.clause is None:
            return
        agent = p.rule.startswith("passive with agent")
        head = p.clause.head
        verb = f"be {head.norm}" if p.clause.passive else head.lemma
        dates = [(a.head, a.marker) for a in p.arguments] + [(t, "on") for t in p.times if t is not p.object]
        for date, marker in dates:
            found = self._literals.get(date)
            if found is None or not temporal(found.literal):
                continue
            for who in self._resolver.resolve(p.object if agent else p.subject):
                term = self._lookup.dated(f"{verb} {marker}", who.node)
                if term is not None and not who.vague and takes(term, found.literal):
                    yield self._draft(p, who, term, found.literal, literal_words(p, found))

    def _beside(self, p: Proposition) -> Iterator[Draft]:
        """A second prepositional argument may be a fact of its own: "born in Leeds to a Quaker family".

        Beside an object only where one learns or teaches: "studied law at Yale", "studied art under Matisse".
        """
        if p.clause is None or p.clause.agent is not None:
            return
        verb = f"be {p.clause.head.norm}" if p.clause.passive else p.clause.head.lemma
        for a in p.arguments:
            rest = tuple(b for b in p.arguments if b is not a)
            turned = replace(p, object=a.head, pattern=f"{verb} {a.marker}", arguments=rest)
            if a.head in self._literals or not self._lookup.has_verb(turned.pattern):
                continue
            if p.clause.objects and a.marker not in ("at", "under"):
                continue
            for subject in self._resolver.resolve(p.subject):
                for target in self._resolver.resolve(a.head):
                    found = self._lookup.relation(turned, subject.node, target.node)
                    if found.term is not None and not found.swapped and not subject.vague:
                        yield self._draft(turned, subject, found.term, target.node, target.tokens, found.step)

    # ------------------------------------------------------------------ relations

    def _relational(self, p: Proposition) -> Iterator[Draft]:
        if p.form is Form.VERB and p.clause is not None and not is_said(p.relation):
            self._drop(p, "no verb in the words", p.pattern)
            return
        if p.form is Form.ROLE and any(t.lemma in _NO_ROLES for t in p.relation):
            self._drop(p, "no role in the noun", p.pattern)
            return
        if addressed(p):
            self._drop(p, "who is told says nothing by itself", p.object.text)
            return
        subjects = self._subjects(p)
        if not subjects:
            return
        p = said_with_noun(p, self._lookup.has_verb)
        value = self._literals.get(p.object)
        if value is not None and not share_of_name(p):
            if share_of_something(p):
                self._drop(p, "a share of something unnamed", p.object.text)
                return
            amount = counted(value.literal) and not counts_things(p, value.literal)
            goal = self._goal(p) if amount else None
            if goal is not None:
                yield from self._with_amount(p, subjects, goal, value)
                return
            drafts = list(self._valued(p, subjects, value))
            yield from drafts
            if drafts or not counts_things(p, value.literal):
                return
        yield from self._between(p, subjects, objects(p, self._resolver))

    def _between(self, p: Proposition, subjects: list[Resolved], objects: list[Resolved]) -> Iterator[Draft]:
        if not objects:
            self._drop(p, "object not resolved", p.object.text)
        for subject, target in pairs(p, subjects, objects):
            if target.node is subject.node:
                continue
            if target.thin and p.form is not Form.OWNER:
                self._drop(p, "object says nothing by itself", target.node.label)
            elif target.lost:
                self._drop(p, "object resumes something unknown", target.node.label)
            elif target.vague and (target.node.nouns.keys() & EMPTY or p.rule == "inverted copula"):
                self._drop(p, "object says nothing by itself", target.node.label)
            elif not self._stands_alone(p, subject, target):
                permitted = self._let(p, subject, target)
                yield from permitted
                if not permitted:
                    self._drop(p, "neither end is named", f"{subject.node.label} … {target.node.label}")
            else:
                yield from self._related(p, subject, target)

    def _stands_alone(self, p: Proposition, subject: Resolved, target: Resolved) -> bool:
        """An end is a name or tied to one, or the clause is a generic truth: "Cells contain DNA".

        A clause that only tells apart what it stands behind says little of it: "a tooth found in Siberia".
        """
        described = told_apart_by(p, subject, target)
        if described is not None and not self._resolver.tied(described.node):
            return False
        if self._resolver.tied(subject.node) or (
            self._resolver.tied(target.node) and not somebody(p, subject)
        ):
            return True
        if p.rule in ("light verb", "existential"):
            return self._resolver.topic(subject.node) or self._resolver.topic(target.node)
        return generic(p, subject) and not subject.vague and not target.vague

    def _related(self, p: Proposition, subject: Resolved, target: Resolved) -> Iterator[Draft]:
        found = self._lookup.relation(p, subject.node, target.node)
        if p.form is Form.OWNER and found.term is None and target.node.kind == "name":
            if self._lookup.may_have(subject.node, target.node):
                yield self._draft(p, subject, "have", target.node, target.tokens, target.step)
            return
        owned = p.form is Form.OWNER and target.node.kind != "name"
        if owned and any(t.tag in ("JJS", "RBS") for c in p.object.kids("amod") for t in c.subtree()):
            return
        if owned and (p.object.lemma in _PRESENCE or not self._lookup.concrete(target.node)):
            return
        known = found.term is None and self._lookup.has_verb(p.pattern)
        if known and misread_relative(p, target, self._schema):
            self._drop(p, "the relative clause does not fit its antecedent", target.node.label)
            return
        if p.pattern == "include" and p.subject.tag == "NNS":
            self._drop(p, "an example of many is no part", p.subject.text)
            return
        if found.swapped:
            subject, target = target, subject
        relation = found.term if found.term is not None else self._lookup.open_label(p)
        if p.form is Form.OWNER and found.term is None and target.node.kind != "name":
            self._drop(p, "having says nothing more than the label", target.node.label)
            return
        if relation is None:
            self._drop(p, "no relation in the words", p.pattern)
            return
        if p.form is Form.ROLE and found.term is None and self._ranked(p, target):
            self._drop(p, "a rank among others is left out", p.pattern)
            return
        if found.term is None and verbal(p) and surety(p) < LEAST:
            # What an ontology's relation asks of its ends speaks for the parse; here nothing does.
            self._drop(p, "the parse is unsure of both ends", f"{p.subject.text} … {p.object.text}")
            return
        draft = self._draft(p, subject, relation, target.node, target.tokens, target.step, found.step)
        if p.clause is not None and p.clause.permission is not None and p.form is Form.VERB:
            yield from self._permitted(p, draft)
        yield draft

    def _ranked(self, p: Proposition, target: Resolved) -> bool:
        """Whether it is one of the greatest somewhere, which its role there does not tell: "Norway's
        third-largest bank" is no bank of Norway."""
        place = self._schema.is_a(target.node.best(self._schema), PLACE)
        modifiers = [t for noun in p.relation for c in noun.kids("amod") for t in c.subtree()]
        ordinal = any(t.norm.split("-")[0] in _ORDINALS for t in modifiers)
        return place and ordinal and any(t.tag in ("JJS", "RBS") for t in modifiers)

    def _let(self, p: Proposition, subject: Resolved, target: Resolved) -> list[Draft]:
        """What something lets unnamed people do is said of it: "The app lets users order flights"."""
        if p.clause is None or p.clause.permission is None or p.form is not Form.VERB or subject.step:
            return []
        permitter = self._resolver.clause_of(p.clause.permission)
        if permitter is None or permitter.subject is None or p.subject not in permitter.caused:
            return []
        relation = f"{permitter.lemma} {subject.node.label} {p.pattern}"
        by = [r for r in self._resolver.one(permitter.subject) or [] if not r.lost]
        return [
            replace(
                self._draft(p, r, relation, target.node, target.tokens),
                modality=permitter.modality,
                polarity=permitter.polarity,
            )
            for r in by
        ]

    def _permitted(self, p: Proposition, draft: Draft) -> Iterator[Draft]:
        """Stated is the permission, only possible the access: "allows Doubao to access the app"."""
        assert p.clause is not None and p.clause.permission is not None
        permitter = self._resolver.clause_of(p.clause.permission)
        if permitter is None or permitter.polarity is Polarity.NEGATED:
            return
        if permitter.modality is not Modality.ACTUAL:
            return
        step = "modality: what is allowed is stated as allowed, not as done"
        yield replace(
            draft,
            relation=f"be allowed to {p.pattern}",
            steps=[*draft.steps, step],
            modality=Modality.ACTUAL,
            polarity=Polarity.AFFIRMED,
        )

    # ------------------------------------------------------------------ values

    def _valued(self, p: Proposition, subjects: list[Resolved], value: FoundLiteral) -> Iterator[Draft]:
        """A datatype relation, or an open one to an amount; a bare date is no object of an open relation."""
        for subject in subjects:
            term = self._lookup.value(p, subject.node, p.object)
            if term is not None and takes(term, value.literal):
                yield self._draft(p, subject, term, value.literal, literal_words(p, value))
            elif term is None and open_amount(p, value.literal):
                label = self._lookup.open_label(p)
                told = self._resolver.tied(subject.node) or self._resolver.topic(subject.node)
                if label is not None and told:
                    yield self._draft(p, subject, label, value.literal, literal_words(p, value))

    def _goal(self, p: Proposition) -> Complement | None:
        """The argument a known verb is about when an amount stands as object: "invest $5 in X"."""
        if p.form is not Form.VERB:
            return None
        candidates = [*p.arguments, *noun_complements(p.object)]
        candidates = [a for a in candidates if a.head not in self._literals]
        return next((a for a in candidates if self._lookup.has_verb(f"{p.pattern} {a.marker}")), None)

    def _with_amount(
        self, p: Proposition, subjects: list[Resolved], goal: Complement, value: FoundLiteral
    ) -> Iterator[Draft]:
        rest = tuple(a for a in p.arguments if a is not goal)
        turned = replace(p, object=goal.head, pattern=f"{p.pattern} {goal.marker}", arguments=rest)
        for draft in self._between(turned, subjects, self._resolver.resolve(goal.head)):
            draft.qualifiers.append(("amount", value.literal, literal_words(p, value)))
            yield draft

    # ------------------------------------------------------------------ ends

    def _subjects(self, p: Proposition) -> list[Resolved]:
        few = (
            any(c.norm in ("few", "less", "fewer") for c in p.subject.kids("amod"))
            and p.subject.child("det") is None
        )
        if few or p.subject.norm in LITTLE:
            self._drop(p, "subject says nothing by itself", p.subject.text)
            return []
        several = None if p.alone else examples(p.subject, self._resolver) or named(p.subject, self._resolver)
        if several is not None and not several:
            several = self._resolver.resolve(p.subject)
        found = self._resolver.one(p.subject) or [] if several is None else several
        if not found:
            self._drop(p, "subject not resolved", p.subject.text)
            return []
        kept = [r for r in found if not r.vague]
        if not kept:
            self._drop(p, "subject says nothing by itself", found[0].node.label)
        return kept
