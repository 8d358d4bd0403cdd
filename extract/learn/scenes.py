"""A sentence as the learner sees it: its candidates, what each is called, and their features.

Takes a sentence that the reader has taken in, with the document's resolver and literals; gives a `Scene`.
A pronoun is called by what it stands for: what the resolver says, else the last fitting name before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from factloom.extract.coreference import Resolver
from factloom.extract.drafts import Draft
from factloom.extract.entities import ORGANIZATION, PERSON, PLACE, Node
from factloom.extract.learn.candidates import Candidate, find_candidates
from factloom.extract.learn.conventions import normal
from factloom.extract.learn.features import candidate_features, kind_of, pair_features
from factloom.extract.learn.hints import Cast, Pairs, Thing, proposed
from factloom.extract.learn.told import Told
from factloom.extract.learn.variant import Variant
from factloom.extract.literals import FoundLiteral
from factloom.extract.mentions import name_text
from factloom.extract.propositions import Proposition
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Polarity
from factloom.ontology.schema import RelationTerm, Schema

_PERSONS = frozenset({"HE", "SHE", "WHO"})
# Classes that are voted on over the whole document: the type that stands for them, the types that agree.
_VOTED = (
    (PERSON, "PERSON", ("PERSON",)),
    (ORGANIZATION, "ORG", ("ORG",)),
    (PLACE, "GPE", ("GPE", "LOC", "FAC")),
)
_CERTAIN = 2.0  # weight of the votes: more than the recogniser's own, which is what they correct
_MADE = frozenset({"WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "LANGUAGE"})  # may be called like anything
_KEPT = 12  # names remembered for pronouns that the resolver leaves open


@dataclass(slots=True, eq=False)
class Scene:
    """Candidates of a sentence with their types; `stand_ins[i]` is what pronoun `i` stands for.

    `things` are what the candidates stand for in the document, `hints` what else is known of each by itself,
    `said` what the rules find of two together. `told` is what examples tell of names; `read` the relations
    (IRIs) that rules and words read of a pair.
    """

    sentence: Sentence
    candidates: list[Candidate]
    types: list[str]
    stand_ins: dict[int, tuple[Node, str]]
    things: list[Thing | None]
    hints: list[list[str]]
    said: Pairs
    told: Told = field(default_factory=Told)
    read: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    _own: list[list[str]] = field(default_factory=list)
    _told_names: list[list[str]] = field(default_factory=list)
    _pairs: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def features(self) -> list[list[str]]:
        """The features of each candidate by itself."""
        if not self._own:
            for i, (candidate, hints) in enumerate(zip(self.candidates, self.hints, strict=True)):
                told = (f"told {sign}" for sign in self._signs(i))
                self._own.append([*candidate_features(candidate), *hints, *told])
        return self._own

    def _signs(self, i: int) -> list[str]:
        return sorted({sign for name in self.told_names(i) for sign in self.told.signs(name)})

    def told_names(self, i: int) -> list[str]:
        """The normal forms of the told names that the candidate may be."""
        if not self._told_names:
            self._told_names = [[v.told for v in c.variants if v.told] for c in self.candidates]
            for k, (node, _) in self.stand_ins.items():
                self._told_names[k] = [normal(node.label)]
        return self._told_names[i]

    def seen(self, i: int, j: int) -> list[str]:
        """The features of `pair`, kept for another look."""
        if (i, j) not in self._pairs:
            self._pairs[i, j] = self.pair(i, j)
        return self._pairs[i, j]

    def pair(self, i: int, j: int) -> list[str]:
        """The features of candidate `i` as subject with `j` as object."""
        low, high = (i, j) if i < j else (j, i)
        ends = self.types[i], self.types[j]
        found = pair_features(self.candidates[i], self.candidates[j], ends, self.types[low + 1 : high])
        names = ((one, other) for one in self.told_names(i) for other in self.told_names(j))
        together = {sign for one, other in names for sign in self.told.together(one, other)}
        found += (f"told together: {sign}" for sign in sorted(together))
        found += (f"read by words: {_local(iri)}" for iri in self.read.get((i, j), ()))
        said = self.said.get((i, j))
        if said:
            types = f"{self.types[i]}>{self.types[j]}"
            found += [*said, *(f"{what} {types}" for what in said)]
        one, other = self.things[i], self.things[j]
        if one is not None and other is not None:
            found.append(f"one thing {one.number == other.number}")
        return found

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Candidates that do not overlap, both ways round."""
        spans = [c.variants[0] for c in self.candidates]
        for i, one in enumerate(spans):
            for j, other in enumerate(spans):
                if i != j and (one.end <= other.start or other.end <= one.start):
                    yield i, j

    def overlapping(self, i: int, j: int) -> bool:
        """Whether two candidates claim the same word, each with its likeliest boundaries."""
        one, other = self.candidates[i].variants[0], self.candidates[j].variants[0]
        return one.start < other.end and other.start < one.end

    def nameless(self, i: int) -> bool:
        """Whether it is a pronoun of which nobody knows what it stands for."""
        return i in self.stand_ins and self.stand_ins[i][0].kind == "nominal"

    def name(self, i: int, variant: Variant) -> str:
        """What the candidate is called when its words are those of `variant`."""
        if i in self.stand_ins:
            return self.stand_ins[i][0].label
        return self.candidates[i].name(variant)


class Stage:
    """Makes the scenes of one document; feed the sentences in order, after the resolver took them in."""

    def __init__(
        self,
        schema: Schema,
        resolver: Resolver,
        literals: Mapping[Token, FoundLiteral],
        told: Told | None = None,
    ) -> None:
        self._schema = schema
        self.resolver = resolver
        self.literals = literals
        self._told = told or Told()
        self._names: list[tuple[str, str]] = []
        self._cast = Cast(schema)

    def scene(
        self, sentence: Sentence, propositions: Iterable[Proposition], read: Sequence[Draft] = ()
    ) -> Scene:
        """The scene of one sentence; `propositions` and `read` are what the rules find and read in it."""
        found = find_candidates(sentence, self.literals, self._told)
        types = [self._type(c) for c in found]
        stand_ins: dict[int, tuple[Node, str]] = {}
        for i, candidate in enumerate(found):
            if candidate.kind == "pronoun":
                stand_ins[i] = self._antecedent(candidate, types[i])
            elif candidate.kind == "name" and types[i] not in ("DATE", "CARDINAL", "ORDINAL", "NORP"):
                self._names.append((types[i], name_text(candidate.tokens())))
        self._names = self._names[-_KEPT:]
        things = self._cast.enter(found, stand_ins, self.resolver)
        hints, said = proposed(found, propositions, self._schema)
        for own, thing, kind in zip(hints, things, types, strict=True):
            own.extend(self._cast.features(thing, kind))
        return Scene(
            sentence, found, types, stand_ins, things, hints, said, self._told, _read_of(found, read)
        )

    def _type(self, candidate: Candidate) -> str:
        """The coarse type: of a name that of its class in the document, where that is surer."""
        kind = kind_of(candidate)
        named = candidate.kind == "name" and candidate.head.pos != "ADJ" and kind not in _MADE
        resolved = self.resolver.one(candidate.head) if named else None
        if not resolved:
            return kind
        node = resolved[0].node.final()
        best = self._cast.class_of(node)
        for iri, label, labels in _VOTED:
            if self._schema.is_a(best, iri) and kind not in labels:
                return label if node.certainty(self._schema) >= _CERTAIN else kind
        return kind

    def _antecedent(self, candidate: Candidate, kind: str) -> tuple[Node, str]:
        resolved = self.resolver.one(candidate.head)
        if resolved and resolved[0].node.final().kind == "name":
            return resolved[0].node.final(), resolved[0].step
        persons = kind in _PERSONS
        for other, text in self._names if kind == "IT" else self._names[::-1]:
            if (other == "PERSON") == persons:
                node = Node(text, forms=_counted(text))
                return (
                    node,
                    f"coreference: {candidate.head.text!r} is taken for {text!r}, the last fitting name",
                )
        return nameless(candidate, self.resolver), ""


def nameless(candidate: Candidate, resolver: Resolver) -> Node:
    """What a pronoun stands for when nobody knows its name."""
    node = Node(candidate.head.text, kind="nominal", forms=_counted(candidate.head.text))
    node.scope = resolver.document_id
    return node


def _read_of(found: Sequence[Candidate], read: Sequence[Draft]) -> dict[tuple[int, int], list[str]]:
    """The relations of drafts by the candidates whose heads are their ends' words."""
    heads = {c.head: i for i, c in enumerate(found)}
    pairs: dict[tuple[int, int], list[str]] = {}
    for draft in read:
        assert isinstance(draft.relation, RelationTerm)
        if draft.polarity is Polarity.AFFIRMED:
            ones = [heads[t] for t in (draft.proposition.subject, *draft.subject_tokens) if t in heads]
            others = [heads[t] for t in (draft.proposition.object, *draft.object_tokens) if t in heads]
            for i in ones[:1]:
                for j in others[:1]:
                    pairs.setdefault((i, j), []).append(draft.relation.iri)
    return pairs


def _local(iri: str) -> str:
    return re.split(r"[#/]", iri)[-1]


def _counted(text: str) -> Counter[str]:
    return Counter([text])
