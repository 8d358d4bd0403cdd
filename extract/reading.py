"""Reads one document: from text to statements with their evidence.

Joins the steps of this room in their order: parse, repair, clauses, status, rules, names,
coreference, literals, mapping. Gives a `Reading`; merging documents is `extract.linking`'s work.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from factloom.extract import language
from factloom.extract.agents import acting
from factloom.extract.agreement import attached_otherwise, compare
from factloom.extract.clauses import Clause, clauses
from factloom.extract.coreference import Resolver
from factloom.extract.drafts import Draft, Drop
from factloom.extract.entities import Node
from factloom.extract.glosses import mask_glosses
from factloom.extract.joining import joined
from factloom.extract.learn.apply import LearntReader
from factloom.extract.learn.model import Model
from factloom.extract.learn.scenes import Scene, Stage
from factloom.extract.learn.told import Told
from factloom.extract.literals import FoundLiteral, find_literals
from factloom.extract.longnames import join_states, join_titles, keep_articles
from factloom.extract.mapping import Mapper
from factloom.extract.mentions import is_name_head
from factloom.extract.names import Names
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.quotations import Analysed, attribute
from factloom.extract.repairs import repair
from factloom.extract.retagging import in_capitals, retag_names
from factloom.extract.roles import compound_before, members
from factloom.extract.rules import propositions
from factloom.extract.rules.common import FORMER
from factloom.extract.signatures import demand
from factloom.extract.silence import silences
from factloom.extract.status import settle
from factloom.extract.surface import Extraction, extractions
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wholenames import Whole, make_whole, whole_names
from factloom.extract.worded import WordedReader, about_works, cues_of
from factloom.ontology.records import Document, Polarity
from factloom.ontology.schema import RelationTerm, Schema


@dataclass(slots=True, eq=False)
class Reading:
    """What one document says: drafts over its own nodes, what was dropped and why, and counts.

    `drops` is the ledger of what was left out, in order of the sentences (characters `start` to `end` of
    the document): every sentence without a draft has at least one, `silent` picks it out.
    """

    document: Document
    sentences: list[Sentence]
    drafts: list[Draft]
    drops: list[Drop]
    repairs: Counter[str] = field(default_factory=Counter)

    def silent(self) -> Iterator[Drop]:
        """For every sentence that gave no statement its first reason, in reading order."""
        seen = {d.proposition.sentence.start for d in self.drafts}
        for drop in self.drops:
            if drop.start not in seen:
                seen.add(drop.start)
                yield drop


def readings(
    documents: Iterable[Document],
    schema: Schema,
    *,
    model: str = language.DEFAULT_MODEL,
    workers: int = 1,
    learnt: Model | None = None,
) -> Iterator[Reading]:
    """The reading of every document, in order; the pipeline sees them in batches, in `workers` processes."""
    for document, sentences in _parsed(documents, model, workers):
        yield read(document, sentences, schema, learnt)


def _parsed(
    documents: Iterable[Document], model: str, workers: int
) -> Iterator[tuple[Document, list[Sentence]]]:
    waiting: deque[Document] = deque()

    def texts() -> Iterator[str]:
        for document in documents:
            waiting.append(document)
            yield document.text

    for sentences in language.parse(texts(), model=model, workers=workers):
        yield waiting.popleft(), sentences


_Analysed = list[Analysed]


class _Reader:
    """What rules and words read of one analysed document, sentence by sentence."""

    def __init__(
        self, document: Document, sentences: list[Sentence], schema: Schema, found: _Analysed
    ) -> None:
        self.found = found
        self._schema = schema
        names = _names(sentences, [p for *_, ps in found for p in ps], schema)
        self._resolver = Resolver(names, schema, document.id)
        self._literals = _literals(sentences, document.date)
        self.mapper = Mapper(schema, self._resolver, self._literals)
        self._worded = (
            WordedReader(schema, cues_of(schema), self._resolver, self._literals) if schema.own else None
        )

    def stage(self, told: Told | None) -> Stage:
        """Where a learner looks at the same document."""
        return Stage(self._schema, self._resolver, self._literals, told)

    def drafts(self) -> Iterator[tuple[Sentence, list[Proposition], list[Draft]]]:
        """Each sentence with its propositions and what may come out of them."""
        entering = _entering(self.found, self._resolver)
        for (sentence, own, _), read_here in zip(self.found, entering, strict=True):
            here = [d for p in read_here for d in self.mapper.drafts(p) if _wanted(d, self._schema)]
            if self._worded is not None:
                here = joined(here, self._worded.drafts(sentence, own), self._resolver)
            yield sentence, read_here, here


def read(
    document: Document, sentences: list[Sentence], schema: Schema, learnt: Model | None = None
) -> Reading:
    """The statements of one parsed document, with names joined and references resolved.

    The relations of a learnt model are read by the model alone: its weights decide, not their words.
    """
    repairs: Counter[str] = Counter()
    drops: list[Drop] = []
    reader = _Reader(document, sentences, schema, _analysed(document, sentences, schema, repairs, drops))
    learner = LearntReader(learnt, reader.stage(learnt.told), schema) if learnt is not None else None
    drafts: list[Draft] = []
    for sentence, read_here, here in reader.drafts():
        if learner is not None:
            known = [d for d in here if _is_own(d, schema)]
            here = [*_untaught(here, learner), *learner.drafts(sentence, read_here, known)]
        drafts += here
    drops += reader.mapper.drops
    told = {d.start for d in drops} | {d.proposition.sentence.start for d in drafts}
    drops += silences(reader.found, told)
    return Reading(document, sentences, drafts, sorted(drops, key=lambda d: d.start), repairs)


def references(
    document: Document, sentences: list[Sentence], schema: Schema
) -> Iterator[tuple[Token, tuple[Node, ...]]]:
    """Every name head and pronoun of a parsed document with what it stands for, nothing where unsure."""
    found = _analysed(document, sentences, schema, Counter(), [])
    names = _names(sentences, [p for *_, ps in found for p in ps], schema)
    resolver = Resolver(names, schema, document.id)
    for (sentence, *_), _ in zip(found, _entering(found, resolver), strict=True):
        for token in sentence.tokens:
            if token.pos == "PRON" or names.heads(token):
                yield token, tuple(r.node.final() for r in resolver.one(token) or ())


def _analysed(
    document: Document, sentences: list[Sentence], schema: Schema, repairs: Counter[str], drops: list[Drop]
) -> _Analysed:
    """Clauses and propositions of the repaired sentences; headlines in capitals are left out."""
    found: _Analysed = []
    retag_names(sentences)
    works = about_works(schema)

    def analyse(
        sentence: Sentence, whole: list[Whole], repairs: Counter[str]
    ) -> tuple[list[Clause], list[Proposition]]:
        repairs["glosses"] += mask_glosses(sentence)
        repairs["whole names"] += make_whole(sentence, whole)
        if schema.own:
            repairs["long names"] += join_titles(sentence, works=works) + join_states(sentence)
        repairs.update(repair(sentence))
        own = clauses(sentence)
        settle(sentence, own)
        return own, list(propositions(sentence, own))

    for sentence, whole in zip(sentences, whole_names(sentences), strict=True):
        if in_capitals(sentence):
            why = "headline in capitals"
            drops.append(Drop("", why, why, sentence.start, sentence.end))
            continue
        second = attached_otherwise(sentence)
        own, here = analyse(sentence, whole, repairs)
        if second is not None and here:
            compare(here, analyse(second, whole, Counter())[1])
        found.append((sentence, own, here))
    attribute(found, document.text)
    return found


def _entering(found: _Analysed, resolver: Resolver) -> Iterator[list[Proposition]]:
    """The propositions of each sentence, when the resolver has taken it in."""
    for sentence, own, read_here in found:
        for p in read_here:
            resolver.describes(p)
        resolver.enter(sentence, own)
        yield read_here


def scenes(
    document: Document, sentences: list[Sentence], schema: Schema, told: Told | None = None
) -> Iterator[Scene]:
    """What the learner sees of a parsed document, sentence by sentence, as in `read`."""
    reader = _Reader(document, sentences, schema, _analysed(document, sentences, schema, Counter(), []))
    stage = reader.stage(told)
    for sentence, read_here, here in reader.drafts():
        yield stage.scene(sentence, read_here, [d for d in here if _is_own(d, schema)])


def _is_own(draft: Draft, schema: Schema) -> bool:
    return isinstance(draft.relation, RelationTerm) and draft.relation.iri in schema.own


def _untaught(drafts: Iterable[Draft], learner: LearntReader) -> Iterator[Draft]:
    """The drafts whose relation was not learnt."""
    for draft in drafts:
        if not (isinstance(draft.relation, RelationTerm) and draft.relation.iri in learner.relations):
            yield draft


def _wanted(draft: Draft, schema: Schema) -> bool:
    """Whether the relation may come out: any, or only those of the user's own ontology."""
    return not schema.only_own or _is_own(draft, schema)


def _names(sentences: list[Sentence], found: list[Proposition], schema: Schema) -> Names:
    names = Names(schema)
    names.gather(sentences)
    for p in found:
        if p.form is Form.ALIAS:
            one, other = names.node(p.subject), names.node(p.object)
            if one is not None and other is not None:
                names.merge(one, other, f"alias: {other.label!r} stands in brackets behind {one.label!r}")
    for p in found:
        if p.form is Form.KIND and p.polarity is Polarity.AFFIRMED and not p.doubtful:
            for name in [p.subject] if p.alone else conjuncts(p.subject):
                if is_name_head(name):
                    _describe(names, name, p.object)
    for sentence in sentences:
        for name, kind in members(sentence):
            names.describe(name, kind)
    for p in found:
        demand(names, p, schema)
        acting(names, p, schema)
    names.join()
    if schema.own:
        keep_articles(sentences, names, schema)
    return names


def _describe(names: Names, name: Token, noun: Token) -> None:
    compound = compound_before(noun)
    lemma = noun.lemma.lower()
    near = {t.norm for t in (*noun.children, *name.children) if t.i < noun.i}
    said = f"{compound.norm} {lemma}" if compound is not None else lemma
    names.describe(name, said, past=bool(near & FORMER))


def _literals(sentences: list[Sentence], date: str | None) -> dict[Token, FoundLiteral]:
    """Every token that belongs to a literal, with the literal."""
    result: dict[Token, FoundLiteral] = {}
    for sentence in sentences:
        for found in find_literals(sentence, document_date=date):
            for token in sentence.tokens[found.start : found.end]:
                result.setdefault(token, found)
    return result


def surfaces(
    documents: Iterable[Document], *, model: str = language.DEFAULT_MODEL, workers: int = 1
) -> Iterator[tuple[Document, Sentence, Extraction]]:
    """The surface statements (`--open`) of every document, in reading order."""
    for document, sentences in _parsed(documents, model, workers):
        for sentence in sentences:
            repair(sentence)
            for extraction in extractions(sentence):
                yield document, sentence, extraction
