"""Reads sentences by what was learnt: a model and scenes in, drafts of statements out.

A reading whose confidence reaches its relation's threshold becomes a draft. What the sentence commits to is
that of the clauses on the way from subject to object, so that what is denied, planned or reported stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from factloom.extract.clauses import Clause
from factloom.extract.drafts import Draft
from factloom.extract.entities import Node
from factloom.extract.learn import rivals
from factloom.extract.learn.candidates import Candidate
from factloom.extract.learn.conventions import AS_READ, normal, written
from factloom.extract.learn.edges import best_variant
from factloom.extract.learn.features import path_between
from factloom.extract.learn.mixing import mixed
from factloom.extract.learn.model import Model
from factloom.extract.learn.same import same_things
from factloom.extract.learn.scenes import Scene, Stage, nameless
from factloom.extract.learn.variant import Variant
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Literal, Modality, Polarity
from factloom.ontology.schema import RelationTerm, Schema

RULE = "learnt"


@dataclass(frozen=True, slots=True)
class Decision:
    """Candidates `subject` and `object`, with their boundaries, under relation number `relation`.

    `confidence` is a probability in [0, 1].
    """

    subject: int
    object: int
    relation: int
    confidence: float
    words: tuple[Variant, Variant]


def decisions(model: Model, scene: Scene) -> list[Decision]:
    """The readings of a scene that reach their thresholds, by place."""
    pairs, linear = model.score(scene)
    scores, opinions = mixed(scene, pairs, linear, model.network)
    found: list[Decision] = []
    promising = rivals.readings(scene, pairs, scores, opinions, model.bridges)
    rows, relations = promising.rows, promising.relations
    confidences = scores[rows, relations]
    if model.rivals is not None and len(rows):
        confidences = model.rivals.probabilities(promising.numbers)
    drawn: dict[tuple[int, str], Variant] = {}

    def words(i: int, role: str) -> Variant:
        if (i, role) not in drawn:
            drawn[i, role] = best_variant(scene.candidates[i], role, model.edges)
        return drawn[i, role]

    for said in np.flatnonzero(confidences >= model.thresholds[relations]).tolist():
        (i, j), relation = pairs[rows[said]], int(relations[said])
        if model.conventions[relation] != AS_READ and (scene.nameless(i) or scene.nameless(j)):
            continue  # where the examples tell names, what has none can't be told
        ends = words(i, f"{relation} subject"), words(j, f"{relation} object")
        found.append(Decision(i, j, relation, float(confidences[said]), ends))
    return _without_overlaps(found)


def _without_overlaps(found: list[Decision]) -> list[Decision]:
    """The surest of readings that differ only in which of overlapping stretches an end is."""
    kept: list[Decision] = []
    for one in sorted(found, key=lambda d: (-d.confidence, d.subject, d.object)):
        if not any(_rivals(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda d: (d.subject, d.object, d.relation))


def _rivals(one: Decision, other: Decision) -> bool:
    words = zip(one.words, other.words, strict=True)
    return one.relation == other.relation and all(a.start < b.end and b.start < a.end for a, b in words)


class LearntReader:
    """Gives the learnt drafts of one document; call `drafts` for each sentence in order."""

    def __init__(self, model: Model, stage: Stage, schema: Schema) -> None:
        self._model = model
        self._stage = stage
        self._terms = [schema.relations.get(iri) for iri in model.relations]
        self._nodes: dict[str, Node] = {}
        self.relations = model.learnt | set(model.silent)

    def drafts(
        self, sentence: Sentence, propositions: Iterable[Proposition], read: Sequence[Draft] = ()
    ) -> Iterator[Draft]:
        """The drafts of a sentence that the resolver has taken in.

        `propositions` are what the rules find in it, `read` what rules and words read.
        """
        scene = self._stage.scene(sentence, propositions, read)
        found: list[tuple[Decision, Draft]] = []
        for decision in decisions(self._model, scene):
            term = self._terms[decision.relation]
            draft = self._draft(scene, decision, term) if term is not None else None
            if draft is not None:
                found.append((decision, draft))
        _share_status(scene, found)
        yield from (draft for _, draft in found)

    def _draft(self, scene: Scene, decision: Decision, term: RelationTerm) -> Draft | None:
        one, other = scene.candidates[decision.subject], scene.candidates[decision.object]
        first, second = decision.words
        accents = self._model.told.accents.get(normal(scene.name(decision.subject, first)))
        subject, why = self._node(scene, decision.subject, first, term.domain, accents)
        target, why_target = self._object(scene, decision, second, term)
        if target is subject:
            subject, target = self._apart(scene, decision, subject)
            if target is subject:
                return None
        proposition = self._proposition(scene.sentence, one.head, other.head, term)
        steps = [s for s in (why, why_target, self._reason(scene, decision)) if s]
        draft = Draft(
            proposition, subject, term, target, one.stretch(first), other.stretch(second), steps=steps
        )
        draft.modality, draft.polarity = proposition.modality, proposition.polarity
        draft.speaker = self._speaker(proposition)
        draft.learnt = True
        draft.confidence = round(decision.confidence, 4)
        return draft

    # ------------------------------------------------------------------ ends

    def _object(
        self, scene: Scene, decision: Decision, variant: Variant, term: RelationTerm
    ) -> tuple[Node | Literal, str]:
        candidate = scene.candidates[decision.object]
        if candidate.kind != "value" and not term.is_datatype:
            names = self._model.names[decision.relation]
            known = names.get(normal(scene.name(decision.object, variant)))
            return self._node(scene, decision.object, variant, term.range, known)
        tokens = candidate.tokens(variant)
        text = scene.sentence.slice(tokens[0].start, tokens[-1].end)
        found = self._stage.literals.get(candidate.head)
        convention = self._model.conventions[decision.relation]
        if found is not None and convention == AS_READ:
            return found.literal, ""
        value = written(text, convention, self._model.names[decision.relation])
        return Literal(value, found.literal.datatype if found else f"{XSD}string", text), ""

    def _node(
        self, scene: Scene, i: int, variant: Variant, classes: Sequence[str], known: str | None = None
    ) -> tuple[Node, str]:
        if i in scene.stand_ins:
            node, step = scene.stand_ins[i]
            return self._nodes.setdefault(normal(node.label), node) if node.kind == "name" else node, step
        candidate = scene.candidates[i]
        text = known or scene.name(i, variant)
        resolved = self._stage.resolver.one(candidate.head) if known is None else None
        if resolved and candidate.kind == "name":
            node = resolved[0].node.final()
            if any(normal(form) == normal(text) for form in (node.label, *node.forms)):
                return node, resolved[0].step
        node = self._nodes.get(normal(text)) or self._new(candidate, text, classes)
        node.forms[text] += 1
        return node, ""

    def _apart(self, scene: Scene, decision: Decision, node: Node) -> tuple[Node, Node]:
        """The ends that were taken for one node: a pronoun stands for something else, a name for itself.

        What holds between two things belies that they are one. Where examples tell names, nothing is told.
        """
        ends = [node, node]
        for side, i in reversed(list(enumerate((decision.subject, decision.object)))):
            if ends[0] is not ends[1] or self._model.conventions[decision.relation] != AS_READ:
                break
            candidate, text = scene.candidates[i], scene.name(i, decision.words[side])
            if i in scene.stand_ins:
                ends[side] = nameless(candidate, self._stage.resolver)
            elif normal(text) != normal(node.label):
                ends[side] = self._nodes.get(normal(text)) or self._new(candidate, text, ())
        return ends[0], ends[1]

    def _new(self, candidate: Candidate, text: str, classes: Sequence[str]) -> Node:
        node = Node(text, kind="name" if candidate.kind == "name" else "concept", first=candidate.head.start)
        for iri in classes[:1]:
            node.support(iri)
        self._nodes[normal(text)] = node
        return node

    # ------------------------------------------------------------------ status and reason

    def _proposition(self, sentence: Sentence, one: Token, other: Token, term: RelationTerm) -> Proposition:
        path = path_between(one, other)
        inner = [t for t in path if t is not one and t is not other]
        said = [t for t in inner if t.pos in ("VERB", "NOUN", "ADJ", "ADP", "AUX")] or inner or [other.head]
        said.sort(key=lambda t: t.i)
        name = f"{RULE} {term.label}"
        p = Proposition(name, Form.VERB, sentence, one, other, term.label, tuple(said))
        clause = self._clause(inner)
        if clause is not None:
            return p.with_status(clause)
        return p.presupposed(self._stage.resolver.clause_around(one))

    def _clause(self, path: Sequence[Token]) -> Clause | None:
        """Among the clauses whose predicates stand on the path, the one that commits to least."""
        found = [c for c in map(self._stage.resolver.clause_of, path) if c is not None]
        return min(found, key=_commitment, default=None)

    def _speaker(self, p: Proposition) -> Node | None:
        resolver = self._stage.resolver
        if p.speaker is not None:
            found = resolver.resolve(p.speaker)
            return found[0].node if found else resolver.concept(p.speaker.text, p.speaker)
        return resolver.concept(p.hearsay, None) if p.hearsay is not None else None

    def _reason(self, scene: Scene, decision: Decision) -> str:
        """What weighed most and is known from an example, with the example."""
        model = self._model
        behind = model.behind.get(model.relations[decision.relation], {})
        feature = model.sign(scene, decision.subject, decision.object, decision.relation)
        if feature is not None:
            example, held, met = behind[feature]
            name, text = model.examples[example]
            return f"learnt: {feature!r} held in {held} of {met} places, as in example {name}: “{text}”"
        return "learnt: many small signs, none of them decisive"


def _share_status(scene: Scene, found: Sequence[tuple[Decision, Draft]]) -> None:
    """What is stated of one mention is stated of the others: "Anna moved to Kent to write her novel".

    The second mention stands in what is planned, the fact that is told of it does not.
    """
    unsure = [f for f in found if f[1].modality is not Modality.ACTUAL]
    if not unsure or len(unsure) == len(found):
        return
    things = same_things(scene)

    def fact(decision: Decision) -> tuple[int, int, int]:
        return decision.relation, things[decision.subject], things[decision.object]

    stated = {fact(d): draft for d, draft in found if _is_stated(draft)}
    for decision, draft in unsure:
        other = stated.get(fact(decision))
        if other is not None and draft.polarity is Polarity.AFFIRMED:
            draft.modality, draft.speaker = other.modality, other.speaker


def _is_stated(draft: Draft) -> bool:
    return draft.modality is Modality.ACTUAL and draft.polarity is Polarity.AFFIRMED


def _commitment(clause: Clause) -> int:
    if clause.polarity is Polarity.NEGATED:
        return 0
    if clause.modality is not Modality.ACTUAL:
        return 1
    return 2 if clause.speaker is not None or clause.hearsay is not None else 3
