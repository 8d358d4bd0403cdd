"""Makes a draft of a proposition whose ends and relation are known, with its arguments, times and speaker.

What a proposition says, and whether it is worth a draft, is told by `extract.mapping`.
"""

from __future__ import annotations

from collections.abc import Mapping

from factloom.extract.agreement import UNSECONDED
from factloom.extract.clauses import Complement
from factloom.extract.confidence import confidence
from factloom.extract.coreference import Resolver
from factloom.extract.discourse import Resolved
from factloom.extract.drafts import Draft, Drop, temporal
from factloom.extract.entities import PLACE, Node
from factloom.extract.fitness import ROLES, SIDE_REMARKS, add_time, literal_words
from factloom.extract.literals import FoundLiteral
from factloom.extract.propositions import Proposition
from factloom.extract.ranged import as_asked
from factloom.extract.tokens import Token
from factloom.ontology.records import Literal
from factloom.ontology.schema import RelationTerm, Schema


class Drafter:
    """Writes the drafts of one document and keeps what was dropped, with the reason."""

    def __init__(self, schema: Schema, resolver: Resolver, literals: Mapping[Token, FoundLiteral]) -> None:
        self._schema = schema
        self._resolver = resolver
        self._literals = literals
        self.drops: list[Drop] = []

    def draft(
        self,
        p: Proposition,
        subject: Resolved,
        relation: RelationTerm | str,
        target: Node | Literal,
        object_tokens: tuple[Token, ...],
        *steps: str,
    ) -> Draft:
        """The draft of a proposition: its subject, relation, object and the words read as object."""
        if (
            isinstance(target, Literal)
            and isinstance(relation, RelationTerm)
            and relation.iri in self._schema.own
        ):
            target = as_asked(target, relation)
        why = [s for s in (subject.step, *steps, "" if p.seconded else UNSECONDED) if s]
        draft = Draft(p, subject.node, relation, target, subject.tokens, object_tokens, steps=why)
        draft.modality, draft.polarity = p.modality, p.polarity
        draft.speaker = self._speaker(p)
        for argument in p.arguments:
            self._argument(draft, argument)
        for token in p.times:
            found = self._literals.get(token)
            if found is not None and temporal(found.literal):
                add_time(draft, found)
        draft.confidence = confidence(draft)
        return draft

    def _speaker(self, p: Proposition) -> Node | None:
        if p.speaker is not None:
            found = self._resolver.resolve(p.speaker)
            return found[0].node if found else self._resolver.concept(p.speaker.text, p.speaker)
        return self._resolver.concept(p.hearsay, None) if p.hearsay is not None else None

    def _argument(self, draft: Draft, argument: Complement) -> None:
        found = self._literals.get(argument.head)
        if found is not None and temporal(found.literal):
            add_time(draft, found)
        elif argument.head.pos in ("VERB", "AUX") or argument.marker in SIDE_REMARKS:
            return
        elif found is not None:
            role = "amount" if argument.marker == "for" else self._role(argument)
            draft.qualifiers.append((role, found.literal, literal_words(draft.proposition, found)))
        else:
            for resolved in self._resolver.resolve(argument.head):
                if not resolved.vague and resolved.node is not draft.subject:
                    draft.qualifiers.append((self._role(argument), resolved.node, resolved.tokens))

    def _role(self, argument: Complement) -> str:
        """The argument's role; "in", "at", "on" and their like give a place only where a place follows."""
        role = ROLES.get(argument.marker, argument.marker)
        if role != "place":
            return role
        nodes = self._resolver.resolve(argument.head)
        place = any(self._schema.is_a(n.node.best(self._schema), PLACE) for n in nodes)
        return role if place else argument.marker

    def drop(self, p: Proposition, kind: str, words: str = "") -> None:
        """Note that the proposition makes no draft: the `kind` of reason, and the words at fault."""
        reason = f"{kind}: {words!r}" if words else kind
        self.drops.append(Drop(p.rule, kind, reason, p.sentence.start, p.sentence.end))
