"""Reads the relations of a user's ontology by their words and the kinds of their ends, where no rule has
read them.

Takes a sentence with its cues (`extract.cues`) and mentions; gives drafts. For every cue the mention that
hangs on it where the object is wanted, of a class that the range admits, and the one where the subject is
wanted, of a class that the domain admits; the topic of the sentence stands in for a subject that isn't
there. The cost of both ends is the distance from what the pattern asks for; what costs too much is left
out. Status and speaker are those of the clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from factloom.extract.attachment import NEAR
from factloom.extract.classified import named_kinds
from factloom.extract.clauses import Clause
from factloom.extract.coreference import Resolver
from factloom.extract.cues import UNIT, Cue, Cues, Slot
from factloom.extract.drafts import Draft, temporal
from factloom.extract.entities import Node
from factloom.extract.literals import FoundLiteral
from factloom.extract.lookup import Lookup
from factloom.extract.mentions import is_name_head, name_tokens
from factloom.extract.propositions import Form, Proposition
from factloom.extract.ranged import as_asked
from factloom.extract.rules.common import clause_at
from factloom.extract.slots import slot_cost
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.namespaces import FL, THING, XSD
from factloom.ontology.records import Literal
from factloom.ontology.schema import RelationTerm, Schema

MAX_COST = 2.0
_WORK = FL + "CreativeWork"
_NEARBY = 0.3
# A name of another class than asked for, where it stands exactly where the pattern wants it.
_RIGHT_THERE, _ASTRAY = 0.1, 0.9
_SURE = 5.0  # votes for the class of a node from which on it is not doubted: a gazetteer's and more
_TOPIC, _HARDLY, _MISFIT, _OTHER_WORD = 0.6, 0.8, 1.4, 0.1


_NOWHERE = Slot(NEAR)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that may stand at an end: its head, its words, and the node or literal it stands for."""

    head: Token
    tokens: tuple[Token, ...]
    value: Node | Literal
    step: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cue with both its ends and what they cost together; lower is better."""

    cost: float
    cue: Cue
    token: Token
    subject: Mention
    object: Mention


_CUES: WeakKeyDictionary[Schema, Cues] = WeakKeyDictionary()


def cues_of(schema: Schema) -> Cues:
    """The cues of a schema, made once."""
    if schema not in _CUES:
        _CUES[schema] = Cues(schema)
    return _CUES[schema]


class WordedReader:
    """Answers for the sentences of one document."""

    def __init__(
        self, schema: Schema, cues: Cues, resolver: Resolver, literals: Mapping[Token, FoundLiteral]
    ) -> None:
        self._schema = schema
        self._cues = cues
        self._lookup = Lookup(schema)
        self._resolver = resolver
        self._literals = literals
        # What is asked again and again of one sentence: many cues share their words and their ends.
        self._costs: dict[tuple[Token, Slot, Token], float | None] = {}
        self._fitting: dict[tuple[str, int, bool], float | None] = {}

    def drafts(self, sentence: Sentence, found: Sequence[Clause]) -> Iterator[Draft]:
        """The drafts of one sentence, those of a cue once, the cheapest reading first."""
        self._costs.clear()
        self._fitting.clear()
        mentions = list(self._mentions(sentence))
        topic = _topic(mentions)
        readings: list[Reading] = []
        for token, cue in self._cues.found(sentence):
            readings += self._readings(token, cue, mentions, topic)
        for r in _chosen(readings, self._specific):
            yield self._draft(r, sentence, found)
        for r in self._kinds(sentence, topic):
            yield self._draft(r, sentence, found)

    def _kinds(self, sentence: Sentence, topic: Mention | None) -> Iterator[Reading]:
        """What kind the topic, or whatever the noun was said of, is of: a tenor, a comedy horror film."""
        seen: set[tuple[str, Node]] = set()
        for noun in sentence.tokens:
            for kind, said in named_kinds(noun, self._cues.kinds):
                about = self._resolver.described(noun)
                source = self._named(about) if about is not None else None
                cost = 0.3
                if source is None:
                    source, cost = topic, 1.0
                if source is None or (fit := self._fits(kind.term, source, of_range=False)) is None:
                    continue
                cue = Cue(
                    kind.term,
                    " ".join(t.norm for t in said),
                    noun.norm,
                    (),
                    _NOWHERE,
                    _NOWHERE,
                    verbal=False,
                )
                told = any(
                    token.i != noun.i and c.term is kind.term for token, c in self._cues.found(sentence)
                )
                if about is None and not told:
                    continue
                label = " ".join([*(t.norm for t in said[:-1]), said[-1].lemma.lower()])
                node = self._resolver.concept(label, noun)
                target = Mention(noun, said, node)
                if cost + fit <= MAX_COST and (kind.term.iri, node) not in seen and source.value is not node:
                    seen.add((kind.term.iri, node))
                    yield Reading(cost + fit, cue, noun, source, target)

    # ------------------------------------------------------------------ what may stand at the ends

    def _mentions(self, sentence: Sentence) -> Iterator[Mention]:
        taken: set[Token] = set()
        for token in sentence.tokens:
            if token in taken:
                continue
            literal = self._literals.get(token)
            if literal is not None and token.pos != "PROPN":
                own = tuple(sentence.tokens[literal.start : literal.end])
                taken.update(own)
                head = next((t for t in own if t.head not in own), own[0])
                yield Mention(head, own, literal.literal)
            elif _may_name(token):
                mention = self._named(token)
                if mention is not None:
                    # what stands for a name may hold others: "a galaxy in the constellation of Cetus"
                    taken.update(mention.tokens if is_name_head(token) else (token,))
                    yield mention
                elif token.pos == "NOUN" and token.dep not in ("compound", "nmod"):
                    yield from self._common(token)

    def _common(self, token: Token) -> Iterator[Mention]:
        """A common noun, which may be a kind that a range asks for: nausea, malaria."""
        for resolved in (self._resolver.one(token) or ())[:1]:
            if not resolved.vague and resolved.node.kind != "name":
                yield Mention(token, resolved.tokens, resolved.node, resolved.step)

    def _named(self, token: Token) -> Mention | None:
        """The named thing that the phrase of this head stands for."""
        for resolved in self._resolver.one(token) or ():
            if not resolved.vague and resolved.node.kind == "name":
                own = tuple(name_tokens(token)) if is_name_head(token) else resolved.tokens
                return Mention(token, own, resolved.node, resolved.step)
        return None

    def _readings(
        self, token: Token, cue: Cue, mentions: Sequence[Mention], topic: Mention | None
    ) -> Iterator[Reading]:
        targets = list(self._ends(token, cue.object, cue.term, mentions, of_range=True))
        if not targets:
            targets = list(self._ends(token, cue.object, cue.term, mentions, of_range=True, doubting=True))
        if not targets:
            return
        best = min(cost for cost, _ in targets)
        subjects = list(self._ends(token, cue.subject, cue.term, mentions, of_range=False))
        for cost, target in targets:
            if cost > best + 0.3:
                continue
            sources = [(c, m) for c, m in subjects if m.value is not target.value]
            place = _where(token)
            if place is not None:
                near = [m for m in mentions if m.head is place and m.value is not target.value]
                fits = [(self._fits(cue.term, m, of_range=False), m) for m in near]
                sources += [(_NEARBY + fit, m) for fit, m in fits if fit is not None]
            elif cue.subject.kind != "up" and topic is not None and topic.value is not target.value:
                fit = self._fits(cue.term, topic, of_range=False)
                if fit is not None:
                    sources.append((_TOPIC + fit, topic))
            if not sources:
                taken = self._ends(token, cue.subject, cue.term, mentions, of_range=False, doubting=True)
                sources = [(c, m) for c, m in taken if m.value is not target.value]
            if not sources:
                continue
            c, source = min(sources, key=lambda s: (s[0], s[1].head.i))
            total = cost + c + (0.0 if cue.kin else _OTHER_WORD)
            if total <= MAX_COST:
                yield Reading(total, cue, token, source, target)

    def _ends(
        self,
        token: Token,
        slot: Slot,
        term: RelationTerm,
        mentions: Iterable[Mention],
        *,
        of_range: bool,
        doubting: bool = False,
    ) -> Iterator[tuple[float, Mention]]:
        """The mentions that may stand in the slot, with their costs.

        `doubting` takes a name of another class, if it stands right there.
        """
        for mention in mentions:
            if slot.kind == UNIT:
                counted = isinstance(mention.value, Literal) and (
                    token in mention.tokens or token in (mention.head.head, mention.head)
                )
                if counted and self._fits(term, mention, of_range=True) is not None:
                    yield 0.0, mention
                continue
            if token in mention.tokens:
                continue
            place = token, slot, mention.head
            if place not in self._costs:
                self._costs[place] = slot_cost(token, slot, mention.head)
            cost = self._costs[place]
            if cost is None:
                continue
            fit = self._fits(term, mention, of_range=of_range)
            if doubting and cost <= _RIGHT_THERE and self._doubtful(term, mention, of_range=of_range):
                fit = _ASTRAY
            if fit is not None:
                yield cost + fit, mention

    def _fits(self, term: RelationTerm, mention: Mention, *, of_range: bool) -> float | None:
        """0 where the class is asked for, more where it is only not excluded; None where it is."""
        ends = term.iri, id(mention.value), of_range
        if ends not in self._fitting:
            self._fitting[ends] = self._looked_up(term, mention, of_range=of_range)
        return self._fitting[ends]

    def _looked_up(self, term: RelationTerm, mention: Mention, *, of_range: bool) -> float | None:
        if isinstance(mention.value, Literal):
            if not of_range or not term.is_datatype:
                return None
            return _literal_cost(term, mention.value)
        if of_range and term.is_datatype:
            return None
        if mention.value.kind != "name" and not of_range:
            return None
        fit = self._lookup.fit(mention.value, term.range if of_range else term.domain)
        if mention.value.kind != "name" and (fit is None or fit < 0.55 or not term.range):
            return None
        return None if fit is None else _MISFIT if fit < 0.2 else (1.0 - fit) * _HARDLY

    def _doubtful(self, term: RelationTerm, mention: Mention, *, of_range: bool) -> bool:
        """Whether a name may be of another class than it was taken for: nothing but guesses tell it."""
        if isinstance(mention.value, Literal) or (of_range and term.is_datatype):
            return False
        return mention.value.kind == "name" and mention.value.certainty(self._schema) < _SURE

    def _specific(self, term: RelationTerm, target: Mention) -> int:
        """How narrow the range is; where the class of the object could not be told, the wider the better."""
        if isinstance(target.value, Node) and target.value.best(self._schema) == THING:
            return -max((len(self._schema.ancestors(iri)) for iri in term.range), default=0)
        return max((len(self._schema.ancestors(iri)) for iri in term.range), default=0)

    # ------------------------------------------------------------------ drafts

    def _draft(self, r: Reading, sentence: Sentence, found: Sequence[Clause]) -> Draft:
        assert isinstance(r.subject.value, Node)
        proposition = Proposition(
            "words and kinds",
            Form.VERB if r.cue.verbal else Form.ROLE,
            sentence,
            r.subject.head,
            r.object.head,
            r.cue.pattern,
            (r.token,),
        ).with_status(clause_at(r.token, list(found)))
        steps = [s for s in (r.subject.step, r.object.step) if s]
        steps.append(f"ontology: {r.cue.pattern!r} says {r.cue.term.label!r}")
        draft = Draft(
            proposition,
            r.subject.value,
            r.cue.term,
            as_asked(r.object.value, r.cue.term) if isinstance(r.object.value, Literal) else r.object.value,
            r.subject.tokens,
            r.object.tokens,
            steps=steps,
            confidence=round(max(0.3, 0.8 - 0.2 * r.cost), 4),
        )
        draft.polarity, draft.modality = proposition.polarity, proposition.modality
        if proposition.speaker is not None:
            speaker = self._resolver.resolve(proposition.speaker)
            draft.speaker = (
                speaker[0].node if speaker else self._resolver.concept(proposition.speaker.text, None)
            )
        elif proposition.hearsay is not None:
            draft.speaker = self._resolver.concept(proposition.hearsay, None)
        return draft


def _literal_cost(term: RelationTerm, value: Literal) -> float | None:
    """0 where the range asks for such a value; a year is less than a date asks for, a date more than a
    year.
    """
    dates = any(r.endswith(("date", "gYear", "gYearMonth")) for r in term.range)
    if term.range and dates != temporal(value):
        return None
    if not dates:
        return 0.0
    year = term.label.lower().endswith("year")
    return 0.3 if year != (value.datatype == XSD + "gYear") else 0.0


def about_works(schema: Schema) -> bool:
    """Whether the user's relations speak of books, films, songs and the like, whose names are titles."""
    ends = (
        iri for own in schema.own for iri in (*schema.relations[own].domain, *schema.relations[own].range)
    )
    return any(schema.is_a(iri, _WORK) for iri in ends)


def _may_name(token: Token) -> bool:
    inside = token.dep in ("compound", "nmod") and token.head.pos == "PROPN"
    return (is_name_head(token) and not inside) or token.pos in ("NOUN", "PRON")


def _where(token: Token) -> Token | None:
    """What a clause with "where" is about: Greece in "Greece, where the leader is Alexis Tsipras"."""
    for above in (token, *token.ancestors()):
        if above.dep == "relcl" and any(c.norm == "where" for c in above.kids("advmod")):
            return above.head
    return None


def _topic(mentions: Sequence[Mention]) -> Mention | None:
    """What the sentence is about: the subject of its main clause, else the first name."""
    named = [m for m in mentions if isinstance(m.value, Node) and m.value.kind == "name"]
    subjects = [m for m in named if m.head.dep in ("nsubj", "nsubjpass") and m.head.head.dep == "ROOT"]
    return next(iter(subjects or named), None)


def _chosen(readings: list[Reading], specific: object) -> list[Reading]:
    """For each cue word and object the cheapest reading, of equals the one with the narrowest range."""
    assert callable(specific)
    best: dict[tuple[Token, Token], Reading] = {}
    for r in sorted(
        readings, key=lambda r: (r.cost, -specific(r.cue.term, r.object), r.cue.term.iri, r.cue.pattern)
    ):
        best.setdefault((r.token, r.object.head), r)
    seen: dict[tuple[int, str, int], Reading] = {}
    ends: set[tuple[Token, frozenset[Token]]] = set()
    for r in best.values():
        pair = (r.token, frozenset((r.subject.head, r.object.head)))
        if pair not in ends:
            ends.add(pair)
            seen.setdefault((r.subject.head.i, r.cue.term.iri, r.object.head.i), r)
    return sorted(seen.values(), key=lambda r: (r.token.i, r.object.head.i))
