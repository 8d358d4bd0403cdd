"""From readings to statements: nodes get their IRIs, labels and classes.

Takes the drafts of readings; gives `Statement`s whose entities are named by content alone, so that
documents can come in any order. A name is one entity wherever it is met; a description that means
nothing outside its document stays apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.drafts import Draft
from factloom.extract.entities import Node
from factloom.extract.inflection import third_person
from factloom.extract.phrases import contiguous
from factloom.extract.reading import Reading
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.ids import digest, entity_iri, relation_iri
from factloom.ontology.namespaces import BASE
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Key,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
    Status,
)
from factloom.ontology.schema import Schema


def statements(reading: Reading, schema: Schema, *, base: str = BASE) -> Iterator[Statement]:
    """The statements of one reading, one evidence each, in reading order.

    What two rules read alike in one sentence is one evidence, the surer one; what was learnt tells every
    pair of mentions.
    """
    linker = _Linker(reading.document, schema, base)
    best: dict[tuple[Key, Span, Status, tuple[Span, ...]], Statement] = {}
    for draft in reading.drafts:
        statement = linker.statement(draft)
        evidence = statement.evidence[0]
        mentions = (evidence.subject.span, evidence.object.span) if draft.learnt else ()
        place = (statement.key, evidence.sentence, evidence.status, mentions)
        known = best.get(place)
        if known is None or evidence.confidence > known.evidence[0].confidence:
            best[place] = statement
    yield from best.values()


class _Linker:
    def __init__(self, document: Document, schema: Schema, base: str) -> None:
        self._document = document
        self._schema = schema
        self._base = base
        self._entities: dict[Node, Entity] = {}

    def statement(self, draft: Draft) -> Statement:
        """The statement of one draft, with its evidence."""
        target = draft.object if isinstance(draft.object, Literal) else self.entity(draft.object)
        return Statement(self.entity(draft.subject), self._relation(draft), target, (self._evidence(draft),))

    def entity(self, node: Node) -> Entity:
        """The entity of a node, the same for every mention of it."""
        node = node.final()
        if node not in self._entities:
            label = node.label
            name = label if node.scope is None else f"{label} {digest(node.scope)[:6]}"
            aliases = tuple(sorted(f for f in node.forms if f != label))
            self._entities[node] = Entity(
                entity_iri(self._base, name), label, node.best(self._schema), aliases
            )
        return self._entities[node]

    def _relation(self, draft: Draft) -> Relation:
        if isinstance(draft.relation, str):
            return Relation(
                relation_iri(self._base, draft.relation), third_person(draft.relation), mapped=False
            )
        return Relation(draft.relation.iri, draft.relation.label)

    def _evidence(self, draft: Draft) -> Evidence:
        p = draft.proposition
        sentence = p.sentence
        subject = self._mention(sentence, draft.subject_tokens, _kind(draft.subject, draft.subject_tokens))
        relation = self._mention(sentence, p.relation, "relation")
        kind = "literal" if isinstance(draft.object, Literal) else _kind(draft.object, draft.object_tokens)
        target = self._mention(sentence, draft.object_tokens, kind)
        spans = [m.span for m in (subject, relation, target)]
        return Evidence(
            document_id=self._document.id,
            span=Span(min(s.start for s in spans), max(s.end for s in spans)),
            sentence=Span(sentence.start, sentence.end),
            sentence_text=sentence.text,
            subject=subject,
            relation=relation,
            object=target,
            rule=p.rule,
            confidence=draft.confidence,
            polarity=draft.polarity,
            modality=draft.modality,
            attributed_to=self.entity(draft.speaker) if draft.speaker is not None else None,
            time=draft.time,
            qualifiers=tuple(self._qualifiers(draft)),
            steps=tuple(draft.steps),
            locator=self._document.locator(sentence.start),
        )

    def _qualifiers(self, draft: Draft) -> Iterator[Qualifier]:
        for role, value, tokens in draft.qualifiers:
            literal = isinstance(value, Literal)
            mention = self._mention(draft.proposition.sentence, tokens, "literal" if literal else "nominal")
            yield Qualifier(role, value if isinstance(value, Literal) else self.entity(value), mention)

    def _mention(self, sentence: Sentence, tokens: tuple[Token, ...], kind: str) -> Mention:
        """The words in the sentence; a phrase with a gap is shown by its longest part."""
        run = contiguous(list(tokens))
        start, end = run[0].start, run[-1].end
        return Mention(self._document.id, Span(start, end), sentence.slice(start, end), kind)


def _kind(node: Node, tokens: tuple[Token, ...]) -> str:
    if len(tokens) == 1 and tokens[0].pos == "PRON":
        return "pronoun"
    return "name" if node.kind == "name" else "nominal"
