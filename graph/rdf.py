"""Statements as RDF: takes documents and statements, gives sorted triples, and writes them as Turtle.

The model: a plain triple only for what the policy lets stand as fact; beside it a node for each statement,
one for each place where it was read, one for each sentence, document, qualifier and entity. Every IRI is
a hash or a readable name of its content; no blank nodes, no time stamps. RDF terms are pyoxigraph's and
are made here alone; `factloom.graph.rdf_read` has the way back, offered here as `read`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.files import write_whole
from factloom.graph.merge import entities_of, merge
from factloom.graph.rdf_read import PlainGraph as PlainGraph
from factloom.graph.rdf_read import plain_triples as plain_triples
from factloom.graph.rdf_read import read as read
from factloom.graph.settings import DEFAULT_POLICY, DEFAULT_SETTINGS, POLICIES, Correction
from factloom.graph.settings import Settings as Settings
from factloom.graph.text import for_xml
from factloom.ontology.errors import UsageError
from factloom.ontology.ids import digest, evidence_id, slug, statement_id
from factloom.ontology.namespaces import BASE, OPEN_RELATION, XSD
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)

# The language of labels.
LABEL_LANGUAGE = "en"

_TYPE_IN_LINE = f" <{v.TYPE}>"
_DATE_SHAPES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD + "date"),
    (re.compile(r"\d{4}-\d\d"), XSD + "gYearMonth"),
    (re.compile(r"\d{4}"), XSD + "gYear"),
)


def triples(
    documents: Sequence[Document],
    statements: Iterable[Statement],
    *,
    settings: Settings = DEFAULT_SETTINGS,
) -> list[ox.Triple]:
    """The whole graph, each triple once, sorted by subject, predicate (rdf:type first) and object.

    The statements are merged first, so the result is the same for any order and any repetition.
    """
    writer = _Writer(settings)
    writer.write(documents, merge(statements))
    return in_order(writer.triples)


def in_order(graph: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Each triple once, sorted by its N-Triples form with rdf:type before all other predicates."""
    unique = {str(triple).replace(_TYPE_IN_LINE, " ", 1): triple for triple in graph}
    return [unique[line] for line in sorted(unique)]


def part_of_graph(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    settings: Settings = DEFAULT_SETTINGS,
    languages: Mapping[str, str],
) -> list[ox.Triple]:
    """The triples of some documents and merged statements, in no order, some of them several times.

    `languages` has the languages of the documents that are cited and not among `documents`.
    """
    writer = _Writer(settings, languages)
    writer.write(documents, statements)
    return writer.triples


def write_turtle(
    path: Path,
    documents: Sequence[Document],
    statements: Iterable[Statement],
    *,
    settings: Settings = DEFAULT_SETTINGS,
) -> None:
    """Write the graph as Turtle, the same bytes for the same facts; `path` appears whole or not at all."""
    write_whole(path, turtle(triples(documents, statements, settings=settings), base=settings.base))


def turtle(graph: Iterable[ox.Triple], *, base: str = BASE) -> bytes:
    """Triples as Turtle in the order given, with factloom's prefixes for instances under `base`."""
    names = v.prefixes(base)
    lines = serialize(graph, "turtle", base=base).split(b"\n", len(names))
    # The engine writes the prefixes in an order of its own.
    return b"\n".join([*sorted(lines[: len(names)]), lines[-1]])


_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def serialize(graph: Iterable[ox.Triple], form: str, *, base: str = BASE) -> bytes:
    """Triples in the order given as ntriples, nquads, jsonld (expanded), rdfxml or turtle, by the engine.

    For Turtle see `turtle`, for RDF/XML `for_rdf_xml`.
    """
    data = ox.serialize(graph, format=_FORMATS[form], prefixes=v.prefixes(base))
    assert data is not None  # Nothing is returned only when an output is named.
    return data


# What may end a property's IRI in RDF/XML: an XML name without colon.
_XML_NAME_AT_END = re.compile(r"[^\W\d][\w.\-·]*$")


def for_rdf_xml(graph: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples as RDF/XML can hold them: characters that XML forbids become U+FFFD.

    Raises `UsageError` for a property whose IRI ends in no XML name: RDF/XML has no way to write it.
    """
    for triple in graph:
        name = triple.predicate.value
        if not _XML_NAME_AT_END.search(name):
            raise UsageError(f"rdfxml cannot hold the property <{name}>; use another format")
        yield _for_xml(triple) if isinstance(triple.object, ox.Literal) else triple


def _for_xml(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    assert isinstance(value, ox.Literal)
    text = for_xml(value.value)
    if text == value.value:
        return triple
    clean = _text(text, value.language) if value.language else _typed(text, value.datatype.value)
    return ox.Triple(triple.subject, triple.predicate, clean)


def document_iri(document_id: str, *, base: str = BASE) -> str:
    """The IRI of a document: its id where that can stand in an IRI as it is, else a slug with a hash."""
    name = slug(document_id)
    if name != document_id:
        name = f"{name}-{digest(document_id)[:8]}"
    return base + v.FOLDERS["doc"] + name


def statement_iri(statement: Statement, *, base: str = BASE) -> str:
    """The IRI of a statement's node."""
    return base + v.FOLDERS["st"] + statement_id(statement.key)


# The vocabulary and the entities recur all the time; a bound keeps many graphs in one process from piling up.
@lru_cache(maxsize=1 << 16)
def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=_node(datatype))


def _text(value: str, language: str) -> ox.Literal:
    try:
        return ox.Literal(value, language=language)
    except ValueError:
        return ox.Literal(value)


def _integer(value: int) -> ox.Literal:
    return _typed(str(value), XSD + "integer")


def _decimal(value: float) -> ox.Literal:
    """The shortest decimal that reads back as the same float, in canonical form (XSD 1.1: 0.93, 1)."""
    text = format(Decimal(repr(value)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _typed(text, XSD + "decimal")


def _date(value: str) -> ox.Literal:
    for shape, datatype in _DATE_SHAPES:
        if shape.fullmatch(value):
            return _typed(value, datatype)
    return ox.Literal(value)


class _Writer:
    """Collects the triples of one graph; `write` may be called once."""

    def __init__(self, settings: Settings, languages: Mapping[str, str] | None = None) -> None:
        self.settings = settings
        self.triples: list[ox.Triple] = []
        self._documents: dict[str, str] = {}
        self._languages: dict[str, str] = dict(languages or {})
        self._asserted = POLICIES[settings.policy]
        self._run = _run_iri(settings)

    def write(self, documents: Sequence[Document], statements: Sequence[Statement]) -> None:
        for document in documents:
            self._write_document(document)
        if self._run:
            self._write_run(self._run)
        for correction in self.settings.corrections:
            self._write_correction(correction)
        for entity in sorted({e for s in statements for e in entities_of(s)}, key=lambda e: e.iri):
            self._write_entity(entity)
        for relation in sorted({s.relation for s in statements}, key=lambda r: r.iri):
            self._write_relation(relation)
        for statement in statements:
            self._write_statement(statement)

    def _add(self, subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        self.triples.append(ox.Triple(_node(subject), _node(predicate), value))

    def _link(self, subject: str, predicate: str, target: str) -> None:
        self.triples.append(ox.Triple(_node(subject), _node(predicate), _node(target)))

    def _iri(self, folder: str, name: str) -> str:
        return self.settings.base + v.FOLDERS[folder] + name

    def _document(self, document_id: str) -> str:
        iri = self._documents.get(document_id)
        if iri is None:
            iri = document_iri(document_id, base=self.settings.base)
            self._documents[document_id] = iri
            self._link(iri, v.TYPE, v.DOCUMENT)
            self._add(iri, v.IDENTIFIER, ox.Literal(document_id))
        return iri

    def _span(self, document_id: str, span: Span) -> str:
        return f"{self._document(document_id)}#char={span.start},{span.end}"

    def _write_document(self, document: Document) -> None:
        iri = self._document(document.id)
        self._languages[document.id] = document.language
        self._add(iri, v.TITLE, _text(document.title, document.language))
        self._add(iri, v.SOURCE, ox.Literal(document.source))
        self._add(iri, v.LANGUAGE, ox.Literal(document.language))
        if document.date is not None:
            self._add(iri, v.DATE, _date(document.date))

    def _write_run(self, iri: str) -> None:
        self._link(iri, v.TYPE, v.ACTIVITY)
        self._add(iri, v.ASSERT_POLICY, ox.Literal(self.settings.policy))
        if self.settings.version is not None:
            self._add(iri, v.VERSION, ox.Literal(self.settings.version))
        if self.settings.model is not None:
            self._add(iri, v.MODEL, ox.Literal(self.settings.model))

    def _write_correction(self, correction: Correction) -> None:
        name = digest(correction.text, correction.source, correction.by)
        iri = f"{self.settings.base}correction/{name}"
        self._link(iri, v.TYPE, v.CORRECTION)
        self._add(iri, v.LABEL, ox.Literal(correction.text, language=LABEL_LANGUAGE))
        self._add(iri, v.SOURCE, ox.Literal(correction.source))
        if correction.by:
            agent = f"{self.settings.base}agent/{slug(correction.by)}"
            self._link(iri, v.MADE_BY, agent)
            self._link(agent, v.TYPE, v.CORRECTOR)
            self._add(agent, v.LABEL, ox.Literal(correction.by, language=LABEL_LANGUAGE))
        for entity in correction.about:
            self._link(entity, v.INFLUENCED_BY, iri)

    def _write_entity(self, entity: Entity) -> None:
        self._link(entity.iri, v.TYPE, entity.kind)
        self._add(entity.iri, v.LABEL, ox.Literal(entity.label, language=LABEL_LANGUAGE))
        for alias in entity.aliases:
            self._add(entity.iri, v.ALT_LABEL, ox.Literal(alias, language=LABEL_LANGUAGE))
        for match in entity.matches:
            self._link(entity.iri, v.EXACT_MATCH if match.exact else v.CLOSE_MATCH, match.iri)
            self._add(entity.iri, v.MATCH_REASON, ox.Literal(f"{match.iri} {match.why}"))

    def _write_relation(self, relation: Relation) -> None:
        self._add(relation.iri, v.LABEL, ox.Literal(relation.label, language=LABEL_LANGUAGE))
        if not relation.mapped:
            self._link(relation.iri, v.TYPE, v.PROPERTY)
            self._link(relation.iri, v.SUB_PROPERTY_OF, OPEN_RELATION)

    def _write_statement(self, statement: Statement) -> None:
        key = statement.key
        iri = self._iri("st", statement_id(key))
        status = statement.status
        target = self._value(statement.object)
        if status in self._asserted:
            self._add(statement.subject.iri, statement.relation.iri, target)
        self._link(iri, v.TYPE, v.RDF_STATEMENT)
        self._link(iri, v.TYPE, v.STATEMENT)
        self._link(iri, v.SUBJECT, statement.subject.iri)
        self._link(iri, v.PREDICATE, statement.relation.iri)
        self._add(iri, v.OBJECT, target)
        self._link(iri, v.STATUS, v.STATUS_IRI[status])
        self._add(iri, v.CONFIDENCE, _decimal(statement.confidence))
        self._write_measure(iri, statement.object)
        for evidence in statement.evidence:
            self._write_evidence(iri, self._iri("ev", evidence_id(key, evidence)), evidence)

    def _value(self, value: Entity | Literal) -> ox.NamedNode | ox.Literal:
        return _node(value.iri) if isinstance(value, Entity) else _typed(value.value, value.datatype)

    def _write_measure(self, iri: str, value: Entity | Literal) -> None:
        """What a typed literal can't hold: unit, exactness and the words it was read from."""
        if isinstance(value, Entity):
            return
        self._add(iri, v.ORIGINAL_TEXT, ox.Literal(value.text))
        if value.unit is not None:
            self._add(iri, v.UNIT, ox.Literal(value.unit))
        if value.approximation is not None:
            self._add(iri, v.APPROXIMATION, ox.Literal(value.approximation))

    def _write_evidence(self, statement: str, iri: str, evidence: Evidence) -> None:
        self._link(statement, v.HAS_EVIDENCE, iri)
        self._link(iri, v.TYPE, v.EVIDENCE)
        self._link(iri, v.QUOTED_FROM, self._document(evidence.document_id))
        self._link(iri, v.SENTENCE, self._write_sentence(evidence))
        self._add(iri, v.BEGIN, _integer(evidence.span.start))
        self._add(iri, v.END, _integer(evidence.span.end))
        self._add(iri, v.CONFIDENCE, _decimal(evidence.confidence))
        self._link(iri, v.POLARITY, v.POLARITY_IRI[evidence.polarity])
        self._link(iri, v.MODALITY, v.MODALITY_IRI[evidence.modality])
        self._add(iri, v.RULE, ox.Literal(evidence.rule))
        if evidence.attributed_to:
            self._link(iri, v.ATTRIBUTED_TO, evidence.attributed_to.iri)
        if evidence.time is not None:
            self._add(iri, v.TIME, _date(evidence.time))
        if evidence.locator is not None:
            self._add(iri, v.LOCATOR, ox.Literal(evidence.locator))
        if self._run:
            self._link(iri, v.GENERATED_BY, self._run)
        for number, step in enumerate(evidence.steps, 1):
            self._add(iri, v.STEP, ox.Literal(f"{number}. {step}"))
        for part, mention in _parts(evidence):
            self._write_mention(iri, part, mention, evidence)
        for qualifier in evidence.qualifiers:
            node = self._write_qualifier(qualifier)
            self._link(statement, v.HAS_QUALIFIER, node)
            self._link(iri, v.HAS_QUALIFIER, node)

    def _write_sentence(self, evidence: Evidence) -> str:
        iri = self._span(evidence.document_id, evidence.sentence)
        language = self._languages.get(evidence.document_id, LABEL_LANGUAGE)
        self._link(iri, v.TYPE, v.SENTENCE_CLASS)
        self._link(iri, v.CONTEXT, self._document(evidence.document_id))
        self._add(iri, v.BEGIN, _integer(evidence.sentence.start))
        self._add(iri, v.END, _integer(evidence.sentence.end))
        self._add(iri, v.ANCHOR, _text(evidence.sentence_text, language))
        return iri

    def _write_mention(self, iri: str, part: str, mention: Mention, evidence: Evidence) -> None:
        """The place of the words; their kind and text only where the sentence doesn't tell them."""
        self._link(iri, v.PART_MENTION[part], self._span(mention.document_id, mention.span))
        if mention.kind != v.USUAL_KIND[part]:
            self._add(iri, v.PART_KIND[part], ox.Literal(mention.kind))
        if mention.text != v.words_at(mention.span, evidence.sentence, evidence.sentence_text):
            self._add(iri, v.PART_TEXT[part], ox.Literal(mention.text))

    def _write_qualifier(self, qualifier: Qualifier) -> str:
        mention, value = qualifier.mention, qualifier.value
        place = self._span(mention.document_id, mention.span)
        said = value.iri if isinstance(value, Entity) else repr(value)
        iri = self._iri("q", digest(place, qualifier.role, said, mention.text, mention.kind))
        self._link(iri, v.TYPE, v.QUALIFIER_CLASS)
        self._add(iri, v.ROLE, ox.Literal(qualifier.role))
        self._add(iri, v.VALUE, self._value(value))
        self._write_measure(iri, value)
        self._link(iri, v.MENTION, place)
        self._add(iri, v.ANCHOR, ox.Literal(mention.text))
        self._add(iri, v.MENTION_KIND, ox.Literal(mention.kind))
        return iri


def _parts(evidence: Evidence) -> Iterator[tuple[str, Mention]]:
    yield "subject", evidence.subject
    yield "relation", evidence.relation
    yield "object", evidence.object


def _run_iri(settings: Settings) -> str | None:
    """The node of the run, named by what it says; none when there is nothing to say."""
    if settings.version is None and settings.model is None and settings.policy == DEFAULT_POLICY:
        return None
    name = digest(settings.version or "", settings.model or "", settings.policy)
    return settings.base + v.FOLDERS["run"] + name
