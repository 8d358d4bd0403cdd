"""The way back from RDF: takes a graph in factloom's model, gives its documents and statements.

Nothing is lost on the way there and back but the documents' texts, which the graph does not hold (its
sentences it does). A graph of another origin gives its labels, classes and edges by `plain_triples`.
Terms are pyoxigraph's; a file is parsed natively and never passes through rdflib.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.files import graph_file
from factloom.graph.merge import merge
from factloom.graph.settings import DEFAULT_POLICY, Correction, Settings
from factloom.ontology.errors import InputError
from factloom.ontology.namespaces import BASE, OPEN_RELATION, THING
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Match,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)

if TYPE_CHECKING:
    import rdflib

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal | ox.Triple
Source: TypeAlias = "str | os.PathLike[str] | rdflib.Graph | ox.Store | Iterable[ox.Triple | ox.Quad]"
Index = dict[str, dict[str, list[Term]]]

_M = TypeVar("_M")

_CHAR = re.compile(r"(.*)#char=(\d+),(\d+)", re.DOTALL)
_STEP = re.compile(r"(\d+)\. (.*)", re.DOTALL)
_POLARITIES = {iri: member for member, iri in v.POLARITY_IRI.items()}
_MODALITIES = {iri: member for member, iri in v.MODALITY_IRI.items()}


def read(source: Source) -> tuple[tuple[Document, ...], tuple[Statement, ...]]:
    """Documents sorted by id (their texts empty) and merged statements of a graph that factloom wrote.

    `source` is a Turtle file or a folder that a build wrote, an rdflib graph, a pyoxigraph store, or
    triples. A graph without statement nodes gives no statements. Raises `UsageError` for a missing file,
    `InputError` for one that is no RDF or whose statement nodes lack a part.
    """
    reader = _Reader(_index(source), _source_name(source))
    return reader.documents(), merge(reader.statements())


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a graph of factloom's holds: its records, and the settings it was written with."""

    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    settings: Settings


def read_contents(source: Source) -> Contents:
    """As `read`, with the settings, so that writing the contents again gives the same graph."""
    reader = _Reader(_index(source), _source_name(source))
    return Contents(reader.documents(), merge(reader.statements()), reader.settings())


@dataclass(frozen=True, slots=True)
class PlainGraph:
    """A graph without statement nodes: label and class by IRI, and its edges, each sorted.

    `edges` holds subject, relation and object; an object is an IRI, or a `Literal` for a value.
    Blank nodes are named `_:…`.
    """

    labels: dict[str, str]
    classes: dict[str, str]
    edges: tuple[tuple[str, str, str | Literal], ...]


def plain_triples(source: Source) -> PlainGraph:
    """Labels, classes and plain edges of any RDF graph; nodes of factloom's statement model are left out."""
    index = _index(source)
    model = {node for node, facts in index.items() if v.MODEL_CLASSES & set(_names(facts.get(v.TYPE, ())))}
    labels: dict[str, str] = {}
    classes: dict[str, str] = {}
    edges: list[tuple[str, str, str | Literal]] = []
    for node, facts in index.items():
        label, kind = _first(facts, v.LABEL), _first(facts, v.TYPE)
        if label is not None:
            labels[node] = label
        if node not in model:
            edges.extend(_edges(node, facts))
        if node not in model and kind is not None:
            classes[node] = kind
    edges.sort(key=lambda edge: (edge[0], edge[1], isinstance(edge[2], Literal), str(edge[2])))
    return PlainGraph(dict(sorted(labels.items())), dict(sorted(classes.items())), tuple(edges))


def parse_file(path: str | os.PathLike[str]) -> ox.QuadParser:
    """A file's quads, parsed natively by its suffix (Turtle where the suffix is unknown).

    Parsing is lazy: a broken line raises `SyntaxError` while the quads are read.
    """
    place = graph_file(path)
    known = ox.RdfFormat.from_extension(place.suffix.lstrip("."))
    return ox.parse(path=str(place), format=known or ox.RdfFormat.TURTLE, base_iri=BASE)


def _first(facts: Mapping[str, list[Term]], predicate: str) -> str | None:
    return min(_names(facts.get(predicate, ())), default=None)


_NOT_EDGES = frozenset({v.TYPE, v.LABEL, v.ALT_LABEL, v.SUB_PROPERTY_OF})


def _edges(node: str, facts: dict[str, list[Term]]) -> Iterable[tuple[str, str, str | Literal]]:
    for relation, targets in facts.items():
        if relation not in _NOT_EDGES:
            for target in targets:
                if isinstance(target, ox.Literal):
                    yield node, relation, Literal(target.value, target.datatype.value, target.value)
                elif not isinstance(target, ox.Triple):
                    yield node, relation, _name(target)


def _source_name(source: Source) -> str:
    return str(source) if isinstance(source, (str, os.PathLike)) else "graph"


def _index(source: Source) -> Index:
    """Subject → predicate → objects, a reified triple by its parts. A triple as subject is passed over."""
    index: Index = defaultdict(lambda: defaultdict(list))
    try:
        for quad in _quads(source):
            if isinstance(quad.subject, ox.Triple):
                continue
            facts = index[_name(quad.subject)]
            if isinstance(quad.object, ox.Triple) and quad.predicate.value == v.REIFIES:
                for predicate, part in zip(v.REIFICATION, quad.object, strict=True):
                    facts[predicate].append(part)
            else:
                facts[quad.predicate.value].append(quad.object)
    except SyntaxError as error:
        raise InputError(_source_name(source), f"not RDF: {error}", "name a Turtle file") from None
    return index


def _quads(source: Source) -> Iterable[ox.Triple | ox.Quad]:
    if isinstance(source, (str, os.PathLike)):
        return parse_file(source)
    if not hasattr(source, "namespaces"):
        return cast("Iterable[ox.Triple | ox.Quad]", source)
    from factloom.graph.store import native

    return native(cast("rdflib.Graph", source))


def _name(term: Node) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def _names(terms: Iterable[Term]) -> Iterable[str]:
    return (term.value for term in terms if not isinstance(term, ox.Triple))


class _Reader:
    """Looks things up in the index; what is missing is told with the node that lacks it."""

    def __init__(self, index: Index, source: str) -> None:
        self._index = index
        self._source = source
        self._entities: dict[str, Entity] = {}
        self._relations: dict[str, Relation] = {}

    def documents(self) -> tuple[Document, ...]:
        nodes = [n for n in self._of_class(v.DOCUMENT) if v.SOURCE in self._index[n]]
        return tuple(sorted((self._document(node) for node in nodes), key=lambda d: d.id))

    def statements(self) -> Iterable[Statement]:
        return (self._statement(node) for node in self._of_class(v.STATEMENT))

    def settings(self) -> Settings:
        """From the node of the run if there is one; the base from the IRI of any statement."""
        folder = v.FOLDERS["st"]
        node = next(iter(self._of_class(v.STATEMENT)), "")
        base = node.rpartition(folder)[0] or BASE
        run = next((n for n in self._of_class(v.ACTIVITY) if v.ASSERT_POLICY in self._index[n]), "")
        return Settings(
            base=base,
            policy=self._maybe(run, v.ASSERT_POLICY) or DEFAULT_POLICY,
            version=self._maybe(run, v.VERSION),
            model=self._maybe(run, v.MODEL),
            corrections=tuple(sorted(self._corrections())),
        )

    def _corrections(self) -> Iterator[Correction]:
        about: defaultdict[str, list[str]] = defaultdict(list)
        for node in self._index:
            for correction in self._all(node, v.INFLUENCED_BY):
                about[correction].append(node)
        for node in self._of_class(v.CORRECTION):
            agent = self._maybe(node, v.MADE_BY)
            by = "" if agent is None else self._one(agent, v.LABEL)
            entities = tuple(sorted(about[node]))
            yield Correction(self._one(node, v.LABEL), self._one(node, v.SOURCE), by, entities)

    def _of_class(self, name: str) -> Iterable[str]:
        return [node for node, facts in self._index.items() if name in _names(facts.get(v.TYPE, ()))]

    def _all(self, node: str, predicate: str) -> list[str]:
        return sorted(_names(self._index.get(node, {}).get(predicate, ())))

    def _maybe(self, node: str, predicate: str) -> str | None:
        found = self._index.get(node, {}).get(predicate)
        return next(iter(_names(found)), None) if found else None

    def _one(self, node: str, predicate: str) -> str:
        found = self._maybe(node, predicate)
        if found is None:
            raise self._broken(node, f"has no <{predicate}>")
        return found

    def _broken(self, node: str, reason: str) -> InputError:
        return InputError(self._source, f"<{node}> {reason}", "build the graph again")

    def _number(self, node: str, predicate: str) -> float:
        text = self._one(node, predicate)
        try:
            return float(text)
        except ValueError:
            raise self._broken(node, f"has {text!r} for <{predicate}>, not a number") from None

    def _document(self, node: str) -> Document:
        return Document(
            id=self._one(node, v.IDENTIFIER),
            text="",
            title=self._one(node, v.TITLE),
            source=self._one(node, v.SOURCE),
            language=self._one(node, v.LANGUAGE),
            date=self._maybe(node, v.DATE),
        )

    def _entity(self, iri: str) -> Entity:
        if iri not in self._entities:
            kind = self._maybe(iri, v.TYPE) or THING
            aliases, matches = tuple(self._all(iri, v.ALT_LABEL)), tuple(self._matches(iri))
            self._entities[iri] = Entity(iri, self._label(iri), kind, aliases, matches)
        return self._entities[iri]

    def _matches(self, iri: str) -> Iterable[Match]:
        """Matches with a reason, sorted by IRI; those of others have none and are not factloom's."""
        exact = self._all(iri, v.EXACT_MATCH)
        for reason in self._all(iri, v.MATCH_REASON):
            target, _, why = reason.partition(" ")
            yield Match(target, target in exact, why)

    def _relation(self, iri: str) -> Relation:
        if iri not in self._relations:
            mapped = OPEN_RELATION not in self._all(iri, v.SUB_PROPERTY_OF)
            self._relations[iri] = Relation(iri, self._label(iri), mapped)
        return self._relations[iri]

    def _label(self, iri: str) -> str:
        label = self._maybe(iri, v.LABEL)
        return iri if label is None else label

    def _statement(self, node: str) -> Statement:
        found = self._all(node, v.HAS_EVIDENCE)
        if not found:
            raise self._broken(node, f"has no <{v.HAS_EVIDENCE}>")
        return Statement(
            subject=self._entity(self._one(node, v.SUBJECT)),
            relation=self._relation(self._one(node, v.PREDICATE)),
            object=self._value(node, v.OBJECT),
            evidence=tuple(self._evidence(place) for place in found),
        )

    def _value(self, node: str, predicate: str) -> Entity | Literal:
        term = next(iter(self._index[node].get(predicate, ())), None)
        if isinstance(term, (ox.NamedNode, ox.BlankNode)):
            return self._entity(_name(term))
        if not isinstance(term, ox.Literal):
            raise self._broken(node, f"has no <{predicate}>")
        text = self._maybe(node, v.ORIGINAL_TEXT)
        return Literal(
            value=term.value,
            datatype=term.datatype.value,
            text=term.value if text is None else text,
            unit=self._maybe(node, v.UNIT),
            approximation=self._maybe(node, v.APPROXIMATION),
        )

    def _evidence(self, node: str) -> Evidence:
        sentence_node = self._one(node, v.SENTENCE)
        sentence = self._place(sentence_node)[1]
        text = self._one(sentence_node, v.ANCHOR)
        speaker = self._maybe(node, v.ATTRIBUTED_TO)
        return Evidence(
            document_id=self._one(self._one(node, v.QUOTED_FROM), v.IDENTIFIER),
            span=Span(int(self._number(node, v.BEGIN)), int(self._number(node, v.END))),
            sentence=sentence,
            sentence_text=text,
            subject=self._part(node, "subject", sentence, text),
            relation=self._part(node, "relation", sentence, text),
            object=self._part(node, "object", sentence, text),
            rule=self._one(node, v.RULE),
            confidence=self._number(node, v.CONFIDENCE),
            polarity=self._member(node, v.POLARITY, _POLARITIES),
            modality=self._member(node, v.MODALITY, _MODALITIES),
            attributed_to=self._entity(speaker) if speaker else None,
            time=self._maybe(node, v.TIME),
            qualifiers=tuple(self._qualifier(q) for q in self._all(node, v.HAS_QUALIFIER)),
            steps=self._steps(node),
            locator=self._maybe(node, v.LOCATOR),
        )

    def _member(self, node: str, predicate: str, members: Mapping[str, _M]) -> _M:
        name = self._one(node, predicate)
        if name not in members:
            raise self._broken(node, f"has an unknown <{predicate}>: <{name}>")
        return members[name]

    def _place(self, iri: str) -> tuple[str, Span]:
        """The document's id and the characters that an IRI `…#char=start,end` names."""
        found = _CHAR.fullmatch(iri)
        if not found:
            raise self._broken(iri, "does not end in #char=start,end")
        return self._one(found[1], v.IDENTIFIER), Span(int(found[2]), int(found[3]))

    def _part(self, node: str, part: str, sentence: Span, sentence_text: str) -> Mention:
        document, span = self._place(self._one(node, v.PART_MENTION[part]))
        text = self._maybe(node, v.PART_TEXT[part])
        if text is None:
            text = v.words_at(span, sentence, sentence_text) or ""
        kind = self._maybe(node, v.PART_KIND[part])
        return Mention(document, span, text, v.USUAL_KIND[part] if kind is None else kind)

    def _qualifier(self, node: str) -> Qualifier:
        document, span = self._place(self._one(node, v.MENTION))
        mention = Mention(document, span, self._one(node, v.ANCHOR), self._one(node, v.MENTION_KIND))
        return Qualifier(self._one(node, v.ROLE), self._value(node, v.VALUE), mention)

    def _steps(self, node: str) -> tuple[str, ...]:
        found = [_STEP.fullmatch(step) for step in self._all(node, v.STEP)]
        numbered = sorted((int(step[1]), step[2]) for step in found if step)
        return tuple(text for _, text in numbered)
