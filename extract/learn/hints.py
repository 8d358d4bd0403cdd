"""What the reader itself found in a sentence, told of the learner's candidates.

Takes candidates, the propositions of the rules, and what the resolver says of each candidate; gives names of
features: that a rule reads two candidates as subject and object of a pattern ("says passive bear in"), which
relations of the ontology such a pattern can mean (rare words so share what common ones teach), and how a
candidate stands in its document, as the thing that it speaks of most, or first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factloom.extract.coreference import Resolver
from factloom.extract.entities import Node
from factloom.extract.learn.candidates import Candidate
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Token
from factloom.ontology.schema import RelationTerm, Schema

Pairs = dict[tuple[int, int], list[str]]
_MOST = 4  # mentions; more are counted as so many
_NOUNS = 4  # that describe a thing; more are not looked at
_REFERRING = frozenset({"name", "pronoun", "noun"})


def proposed(
    candidates: Sequence[Candidate], propositions: Iterable[Proposition], schema: Schema
) -> tuple[list[list[str]], Pairs]:
    """The features of candidates by what governs them, and of the pairs that rules read together."""
    place: dict[Token, int] = {c.head: i for i, c in enumerate(candidates)}
    alone = [list(_governed(c.head, schema)) for c in candidates]
    together: Pairs = defaultdict(list)
    for p in propositions:
        what, meanings = f"{p.form} {p.pattern}", list(_meanings(p, schema))
        subjects = [place[t] for t in conjuncts(p.subject) if t in place]
        objects = [place[t] for t in conjuncts(p.object) if t in place]
        for i in subjects:
            alone[i].append(f"subject of {what}")
        for j in objects:
            alone[j].append(f"object of {what}")
        for i in subjects:
            for j in objects:
                together[i, j] += (f"says {what}", f"says {p.form}", f"rule {p.rule}")
                together[j, i] += (f"says back {what}", f"says back {p.form}", f"back rule {p.rule}")
                for straight, term in meanings:
                    one, other = ((i, j), (j, i)) if straight else ((j, i), (i, j))
                    together[one].append(f"means {term}")
                    together[other].append(f"means back {term}")
    return alone, together


def _meanings(p: Proposition, schema: Schema) -> Iterator[tuple[bool, str]]:
    """The names of relations that the pattern can mean, and whether subject and object stay as they are."""
    if p.form in (Form.VERB, Form.PASSIVE):
        tables = (schema.relations_by_verb, schema.relations_by_verb_inverse)
    elif p.form is Form.ROLE:
        tables = (schema.relations_by_noun_role, schema.relations_by_noun_role_inverse)
    elif p.form is Form.NOUN:
        tables = (schema.relations_by_noun, {})
    else:
        return
    for straight, table in zip((True, False), tables, strict=True):
        yield from ((straight, name) for name in _names(table.get(p.pattern, ())))


def _governed(head: Token, schema: Schema) -> Iterator[str]:
    """The relations that the verb above can mean, with its preposition: "governor livesIn pobj"."""
    up = head.head
    verb, pattern = (up.head, f" {up.norm}") if head.dep == "pobj" else (up, "")
    if verb.pos == "VERB":
        found = schema.relations_by_verb.get(verb.lemma.lower() + pattern, ())
        yield from (f"governor means {name} {head.dep}" for name in _names(found))


def _names(terms: Iterable[RelationTerm]) -> Iterator[str]:
    yield from (_local(term.iri) for term in terms)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Thing:
    """What a candidate stands for: its number in the document, the kind of its node, by resolver or guess.

    `signs` tell its class and what nouns describe it.
    """

    number: int
    kind: str
    resolved: bool
    signs: tuple[str, ...] = ()


@dataclass(slots=True)
class Cast:
    """The things of one document, counted as its sentences go by."""

    schema: Schema
    _classes: dict[Node, str] = field(default_factory=dict)
    _numbers: dict[str | Node, int] = field(default_factory=dict)
    _met: Counter[int] = field(default_factory=Counter)
    _first: int | None = None
    _most: int = 0

    def enter(
        self, candidates: Sequence[Candidate], stand_ins: dict[int, tuple[Node, str]], resolver: Resolver
    ) -> list[Thing | None]:
        """The thing behind each candidate of the next sentence."""
        found = [self._thing(i, c, stand_ins, resolver) for i, c in enumerate(candidates)]
        for thing in found:
            if thing is not None and thing.kind == "name":
                self._met[thing.number] += 1
                self._most = max(self._most, self._met[thing.number])
                self._first = thing.number if self._first is None else self._first
        return found

    def _thing(
        self, i: int, candidate: Candidate, stand_ins: dict[int, tuple[Node, str]], resolver: Resolver
    ) -> Thing | None:
        if candidate.kind not in _REFERRING:
            return None
        resolved = resolver.one(candidate.head)
        node = resolved[0].node.final() if resolved else None
        if i in stand_ins and (node is None or node.kind != "name"):
            node = stand_ins[i][0]
        if node is None:
            return None
        key = node.label if node.kind == "name" else node
        number = self._numbers.setdefault(key, len(self._numbers))
        return Thing(number, node.kind, resolved is not None, tuple(self._described(node)))

    def class_of(self, node: Node) -> str:
        """The class (IRI) that the whole document votes for."""
        if node not in self._classes:
            self._classes[node] = node.best(self.schema)
        return self._classes[node]

    def _described(self, node: Node) -> Iterator[str]:
        yield f"is {_local(self.class_of(node))}"
        yield from (f"called {noun}" for noun, _ in node.nouns.most_common(_NOUNS))

    def features(self, thing: Thing | None, kind: str) -> Iterator[str]:
        """How a candidate of the type `kind` stands in the document up to this sentence."""
        if thing is None:
            return
        met = self._met[thing.number]
        yield f"spoken of most {met == self._most} {kind}"
        yield f"spoken of first {thing.number == self._first} {kind}"
        yield f"met {min(met, _MOST)}"
        yield f"thing {thing.kind}"
        yield f"resolved {thing.resolved}"
        yield from thing.signs
