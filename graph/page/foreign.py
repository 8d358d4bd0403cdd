"""RDF that others made, as the records a page is made of.

Takes a file in any serialisation that Oxigraph or rdflib reads, or an rdflib graph; gives a statement for
each triple that is no label and no first class, with an evidence that holds no sentence. Names come from the
usual label properties, classes from rdf:type, lists are taken apart, literals become values. Blank nodes are
numbered as they are met.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pyoxigraph as ox

from factloom.graph.page.looks import local_name
from factloom.graph.page.pack import words
from factloom.graph.page.sparql import Rdf
from factloom.graph.vocabulary import prefixes
from factloom.ontology import namespaces as ns
from factloom.ontology.errors import InputError
from factloom.ontology.records import Entity, Evidence, Literal, Mention, Relation, Span, Statement

if TYPE_CHECKING:
    import rdflib

FOAF, DC = "http://xmlns.com/foaf/0.1/", "http://purl.org/dc/elements/1.1/"
# The properties that name a thing, the best first; further names are kept as aliases.
NAMES = (
    ns.RDFS + "label", ns.SKOS + "prefLabel", ns.SCHEMA + "name", "http://schema.org/name", FOAF + "name",
    ns.DCTERMS + "title", DC + "title",
)  # fmt: skip
OTHER_NAMES = (ns.SKOS + "altLabel", ns.SCHEMA + "alternateName", "http://schema.org/alternateName")
_TYPE, _FIRST, _REST, _NIL = (ns.RDF + name for name in ("type", "first", "rest", "nil"))
# Classes that say next to nothing about a thing.
_WIDE = frozenset({ns.OWL + "Thing", ns.OWL + "NamedIndividual", ns.RDFS + "Resource"})
_NOWHERE = Span(0, 0)
_RULE = "triple"
_REMEDY = "name a file of RDF whose suffix tells its format (.ttl, .nt, .nq, .trig, .rdf, .jsonld, .trix)"
_STRINGS = frozenset({ns.XSD + "string", ns.RDF + "langString"})
_LANGUAGES = ("en", "")

Triple = tuple[str, str, ox.NamedNode | ox.BlankNode | ox.Literal]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A foreign graph for `write_page`: statements, labels of classes by IRI, and the same graph as RDF."""

    statements: tuple[Statement, ...]
    class_labels: Mapping[str, str]
    rdf: Rdf


def read_foreign(source: Path | rdflib.Graph, *, labels: Mapping[str, str] | None = None) -> Foreign:
    """The statements of a graph that others made; `labels` name classes and relations that it doesn't name.

    Raises `InputError` for a file that is no RDF.
    """
    if isinstance(source, Path):
        quads, known = _parsed(source)
        name = source.name
    else:
        quads, known, name = _of_rdflib(source), {p: str(n) for p, n in source.namespaces()}, "graph"
    graph = _Graph(quads, labels or {})
    rdf = Rdf(
        ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"",
        "application/n-quads",
        {**prefixes(), **known},
        model=False,
    )
    found = tuple(graph.statements(name))
    return Foreign(found, {e.kind: graph.name(e.kind) for s in found for e in _entities(s)}, rdf)


def _entities(statement: Statement) -> Iterator[Entity]:
    yield statement.subject
    if isinstance(statement.object, Entity):
        yield statement.object


def _parsed(path: Path) -> tuple[list[ox.Quad], dict[str, str]]:
    """Natively where Oxigraph knows the suffix, else by rdflib; Turtle where nobody does."""
    suffix = path.suffix.lstrip(".").lower()
    known = ox.RdfFormat.from_extension({"owl": "rdf", "rdfs": "rdf", "json": "jsonld"}.get(suffix, suffix))
    guessed = None if known else _guessed(path)
    if guessed:
        return _by_rdflib(path, guessed)
    base = path.resolve().as_uri()
    try:
        parser = ox.parse(path=str(path), format=known or ox.RdfFormat.TURTLE, base_iri=base)
        quads = list(parser)
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not RDF: {error}", _REMEDY) from None
    return _numbered(quads), dict(parser.prefixes)


def _guessed(path: Path) -> str | None:
    from rdflib.util import guess_format

    return guess_format(str(path))


def _by_rdflib(path: Path, form: str) -> tuple[list[ox.Quad], dict[str, str]]:
    from xml.sax import SAXException

    from rdflib import Dataset
    from rdflib.exceptions import ParserError

    data = Dataset()
    try:
        with path.open("rb") as file, _quiet():
            data.parse(file=file, format=form)
    except (ParserError, SAXException, SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not RDF: {error}", _REMEDY) from None
    return _of_rdflib(data), {p: str(n) for p, n in data.namespaces()}


def _of_rdflib(graph: rdflib.Graph) -> list[ox.Quad]:
    """The quads of an rdflib graph or dataset, through the format that both write and read."""
    from rdflib import Dataset

    form = "nquads" if isinstance(graph, Dataset) else "nt"
    with _quiet():
        data = graph.serialize(format=form, encoding="utf-8")
    return _numbered(list(ox.parse(data, format=ox.RdfFormat.N_QUADS)))


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings about its own old names that rdflib 7 gives when it handles a dataset."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def _numbered(quads: list[ox.Quad]) -> list[ox.Quad]:
    """Blank nodes renamed b1, b2, … as they come, so that the same file gives the same page."""
    names: dict[str, ox.BlankNode] = {}

    def renamed(term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, ox.BlankNode(f"b{len(names) + 1}"))
        if isinstance(term, ox.Triple):
            return ox.Triple(renamed(term.subject), term.predicate, renamed(term.object))
        return term

    return [ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), renamed(q.graph_name)) for q in quads]


@dataclass
class _Graph:
    """What is known of each subject, and the statements that follow from it."""

    quads: list[ox.Quad]
    known: Mapping[str, str]
    facts: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    things: dict[str, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for quad in self.quads:
            if not isinstance(quad.subject, ox.Triple):
                held = self.facts.setdefault(_iri(quad.subject), {})
                held.setdefault(quad.predicate.value, []).append(quad.object)

    def statements(self, name: str) -> Iterator[Statement]:
        """One for each distinct triple, in the order of the file; named graphs count as documents."""
        met: dict[tuple[str, str, str], Statement] = {}
        for quad in self.quads:
            document = name if isinstance(quad.graph_name, ox.DefaultGraph) else _iri(quad.graph_name)
            for subject, relation, target in self._shown(quad):
                key = (subject, relation, str(target))
                if key not in met:
                    met[key] = self._statement(subject, relation, target, document)
        yield from met.values()

    def _shown(self, quad: ox.Quad) -> Iterator[Triple]:
        """A triple as it is drawn: none for names and first classes, several for a list."""
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            return
        subject, relation = _iri(quad.subject), quad.predicate.value
        if subject in self.cells or relation in NAMES or relation in OTHER_NAMES:
            return
        if relation == _TYPE:
            kind = _iri(quad.object)
            if kind != self.kind(subject) and kind not in _WIDE:
                yield subject, relation, quad.object
            return
        for target in self.members(quad.object):
            yield subject, relation, target

    @cached_property
    def cells(self) -> frozenset[str]:
        """The blank nodes that only hold a list together."""
        blank = ((node, facts) for node, facts in self.facts.items() if node.startswith("_:"))
        return frozenset(node for node, facts in blank if _FIRST in facts and _REST in facts)

    def members(self, target: Any) -> list[Any]:
        """The members of the list that begins at `target`, or `target` itself."""
        found, seen = [], set()
        while isinstance(target, ox.BlankNode) and _iri(target) in self.cells and _iri(target) not in seen:
            seen.add(_iri(target))
            cell = self.facts[_iri(target)]
            found.append(cell[_FIRST][0])
            target = cell[_REST][0]
        return found if seen else [target]

    @cached_property
    def sizes(self) -> Counter[str]:
        """How many things each class has."""
        return Counter(_iri(kind) for facts in self.facts.values() for kind in facts.get(_TYPE, ()))

    def kind(self, node: str) -> str:
        """The class a thing is drawn by: of several the one with fewest things, which says most."""
        kinds = {_iri(kind) for kind in self.facts.get(node, {}).get(_TYPE, ())} - _WIDE
        return min(kinds, key=lambda kind: (self.sizes[kind], kind), default=ns.THING)

    def names(self, node: str) -> list[str]:
        """What a thing is called, the best name first."""
        facts = self.facts.get(node, {})
        found: dict[str, None] = {}
        for predicate in (*NAMES, *OTHER_NAMES):
            texts = [t for t in facts.get(predicate, ()) if isinstance(t, ox.Literal) and t.value.strip()]
            found.update(dict.fromkeys(" ".join(t.value.split()) for t in sorted(texts, key=_preference)))
        return list(found)

    def name(self, node: str) -> str:
        """A name for a class or relation: its own, one that is known, or its IRI's last part in words."""
        return next(iter(self.names(node)), "") or self.known.get(node) or words(unquote(local_name(node)))

    def thing(self, node: str) -> Entity:
        """A node as an entity, made once."""
        if node not in self.things:
            kind, found = self.kind(node), self.names(node)
            blank, last = node.startswith("_:"), unquote(local_name(node)).replace("_", " ")
            plain = f"({self.name(kind)})" if blank else last
            self.things[node] = Entity(node, found[0] if found else plain or node, kind, tuple(found[1:]))
        return self.things[node]

    def _statement(self, subject: str, relation: str, target: Any, document: str) -> Statement:
        link = Relation(relation, "also a" if relation == _TYPE else self.name(relation))
        value = _value(target) if isinstance(target, ox.Literal) else self.thing(_iri(target))
        return Statement(self.thing(subject), link, value, (_evidence(document),))


def _evidence(document: str) -> Evidence:
    nothing = Mention(document, _NOWHERE, "", "name")
    return Evidence(document, _NOWHERE, _NOWHERE, "", nothing, nothing, nothing, _RULE, 1.0)


def _value(literal: ox.Literal) -> Literal:
    text = " ".join(literal.value.split())
    datatype = literal.datatype.value
    if datatype in _STRINGS:
        return Literal(literal.value, datatype, f"{text} ({literal.language})" if literal.language else text)
    return Literal(literal.value, datatype, text)


def _preference(literal: ox.Literal) -> tuple[int, str, str]:
    """English first, then no language, then by the name of the language."""
    language = (literal.language or "").split("-")[0]
    rank = _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES)
    return rank, language, literal.value


def _iri(term: Any) -> str:
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(term.value)
