"""One thing of a document: the forms it was met under and the evidence for what class it has.

Gives `Node` and the vote that settles its class over the whole document: NER labels, describing
nouns, gazetteers, given names; single votes of a small model are noise. Which words make a node is
told by `extract.names`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.schema import Schema

PERSON, ORGANIZATION, COMPANY, COUNTRY, PLACE = (
    FL + "Person",
    FL + "Organization",
    FL + "Company",
    FL + "Country",
    FL + "Place",
)
# NER votes count together as one: a small model repeats its mistakes at every mention.
_NER_WEIGHT = 1.5
# What a construction that takes one class of thing says of the name in it.
SIGNATURE_WEIGHT = 1.6


@dataclass(slots=True, eq=False)
class Node:
    """One thing of a document: its label, the forms it was met under, and the votes for its class.

    `kind` is name, nominal or concept; `ner` counts the recogniser's classes, `votes` weighs all other
    evidence (IRI → weight above 0); `nouns` are the lemmas that describe it; `first` is the character
    where it is first met; `gender` is m, f or None; `articled` names stand behind "the"; `scope` is the
    document's id for a nominal that means nothing outside of it.
    """

    label: str
    kind: str = "name"
    forms: Counter[str] = field(default_factory=Counter)
    votes: dict[str, float] = field(default_factory=dict)
    ner: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    first: int = 0
    plural: bool = False
    gender: str | None = None
    scope: str | None = None
    articled: bool = False
    notes: list[str] = field(default_factory=list)
    merged: Node | None = None

    def support(self, iri: str, weight: float = 1.0) -> None:
        """Add a vote for a class."""
        self.votes[iri] = self.votes.get(iri, 0.0) + weight

    def absorb(self, other: Node, why: str) -> None:
        """Take over the forms and votes of a node that is the same thing; it points here from now on."""
        self.forms.update(other.forms)
        for iri, weight in other.votes.items():
            self.support(iri, weight)
        if not self.ner or self.label == other.label:
            self.ner.update(other.ner)  # otherwise the fuller form's recognition is the better one
        self.nouns.update(other.nouns)
        self.first = min(self.first, other.first)
        self.gender = self.gender or other.gender
        self.notes += [why, *other.notes]
        other.merged = self

    def final(self) -> Node:
        """The node that this one was joined to, or itself."""
        return self.merged.final() if self.merged is not None else self

    def best(self, schema: Schema) -> str:
        """The class with most votes, descendants counting for their ancestors; `fl:Thing` without votes."""
        return vote(self._ballot(), schema)

    def certainty(self, schema: Schema) -> float:
        """The weight of the class most voted for with all that lies under it, the recogniser's word
        included."""
        votes = self._ballot()
        return max((sum(w for o, w in votes.items() if schema.is_a(o, i)) for i in votes), default=0.0)

    def _ballot(self) -> dict[str, float]:
        total = sum(self.ner.values())
        votes = dict(self.votes)
        for iri, count in self.ner.items():
            votes[iri] = votes.get(iri, 0.0) + _NER_WEIGHT * count / total
        return votes


def at_odds(node: Node, said: str | None, schema: Schema) -> bool:
    """Whether nothing is both of the node's class and of the class `said`: a country, a spacecraft."""
    kind = node.best(schema)
    if said in (None, CONCEPT, THING) or kind in (CONCEPT, THING):
        return False
    assert said is not None
    above = {kind, *schema.ancestors(kind)} & {said, *schema.ancestors(said)}
    return not above - {THING}


def vote(votes: Mapping[str, float], schema: Schema) -> str:
    """The winning class: the strongest branch first, then its most specific member with support.

    A class supports its ancestors; among the classes compatible with the branch the deepest one with
    at least a third of the branch's votes wins, ties by IRI.
    """
    if not votes:
        return THING
    best = min(votes, key=lambda iri: (-_support(iri, votes, schema), iri))
    under = [iri for iri in votes if schema.is_a(iri, best) and votes[iri] >= votes[best] / 3]
    return min(under, key=lambda iri: (-len(schema.ancestors(iri)), -votes[iri], iri), default=best)


def _support(iri: str, votes: Mapping[str, float], schema: Schema) -> float:
    """Votes for the class, for what lies under it, and half of what lies above it."""
    total = 0.0
    for other, weight in votes.items():
        if schema.is_a(other, iri):
            total += weight
        elif schema.is_a(iri, other):
            total += weight * 0.9
    return total
