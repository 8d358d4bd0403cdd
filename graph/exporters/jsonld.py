"""JSON-LD 1.1: the whole model, a node a line, in the short words of a context that stands at its head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.exporters.base import Exporter
from factloom.graph.files import write_whole
from factloom.graph.rdf import LABEL_LANGUAGE, triples
from factloom.graph.settings import Settings
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Document, Statement

_LINKS = (
    v.SUB_PROPERTY_OF, v.SUBJECT, v.PREDICATE, v.OBJECT, v.STATUS, v.HAS_EVIDENCE, v.HAS_QUALIFIER,
    v.QUOTED_FROM, v.GENERATED_BY, v.SENTENCE, v.CONTEXT, v.POLARITY, v.MODALITY, v.ATTRIBUTED_TO, v.MENTION,
    v.VALUE, *v.PART_MENTION.values(),
)  # fmt: skip
_WORDS = (
    v.RULE, v.STEP, v.MENTION_KIND, v.ROLE, v.UNIT, v.APPROXIMATION, v.ORIGINAL_TEXT, v.IDENTIFIER, v.SOURCE,
    v.LANGUAGE, v.VERSION, v.MODEL, v.ASSERT_POLICY, v.LOCATOR, *v.PART_KIND.values(), *v.PART_TEXT.values(),
)  # fmt: skip
_TYPED = {
    v.BEGIN: XSD + "integer",
    v.END: XSD + "integer",
    v.CONFIDENCE: XSD + "decimal",
    v.DATE: XSD + "date",
    v.TIME: XSD + "date",
}
_ENGLISH = (v.LABEL, v.ALT_LABEL, v.TITLE, v.ANCHOR)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def write(
    documents: Sequence[Document], statements: Iterable[Statement], path: Path, settings: Settings
) -> None:
    """Write JSON-LD to `path`."""
    graph = triples(documents, statements, settings=settings)
    compact = _Compact(_spaces(graph, settings.base))
    nodes = groupby(graph, key=lambda triple: triple.subject)
    lines = (_json(compact.node(subject, facts)) for subject, facts in nodes)
    body = ",\n".join(lines)
    write_whole(path, f'{{"@context": {_json(compact.context())},\n"@graph": [\n{body}\n]}}\n'.encode())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _spaces(graph: Iterable[ox.Triple], base: str) -> dict[str, str]:
    """The prefixes, without those that are the scheme of an IRI in this graph (`id:x` must stay `id:x`)."""
    schemes = {term.value.partition(":")[0] for t in graph for term in t if isinstance(term, ox.NamedNode)}
    return {name: iri for name, iri in v.prefixes(base).items() if name not in schemes}


class _Compact:
    """Shortens IRIs and values by the context."""

    def __init__(self, spaces: dict[str, str]) -> None:
        self._spaces = spaces
        # The longest namespace first, so that st: wins over id:.
        self._longest = sorted(spaces.items(), key=lambda pair: -len(pair[1]))
        kinds = dict.fromkeys(_LINKS, "@id") | dict.fromkeys(_WORDS, XSD + "string") | _TYPED
        self._kinds = kinds | dict.fromkeys(_ENGLISH, "@" + LABEL_LANGUAGE)
        self._names = {iri: _local(iri) for iri in self._kinds}

    def context(self) -> dict[str, Any]:
        """Prefixes, then terms: what kind of value each has unless the value says otherwise."""
        terms = {name: self._definition(iri) for iri, name in self._names.items()}
        return {"@version": 1.1, **self._spaces, **dict(sorted(terms.items()))}

    def _definition(self, iri: str) -> Any:
        kind = self._kinds[iri]
        if kind == XSD + "string":
            return {"@id": self.iri(iri)}
        if kind == "@" + LABEL_LANGUAGE:
            return {"@id": self.iri(iri), "@language": LABEL_LANGUAGE}
        return {"@id": self.iri(iri), "@type": kind if kind == "@id" else self.iri(kind)}

    def node(self, subject: Term, facts: Iterable[ox.Triple]) -> dict[str, Any]:
        """A node with all its facts: classes first, then as the triples come."""
        node: dict[str, Any] = {"@id": self.iri(_name(subject))}
        for triple in facts:
            predicate = triple.predicate.value
            if predicate == v.TYPE and not isinstance(triple.object, ox.Literal | ox.Triple):
                node.setdefault("@type", []).append(self.iri(_name(triple.object)))
            else:
                key = self._names.get(predicate) or self.iri(predicate)
                node.setdefault(key, []).append(self._value(predicate, triple.object))
        return {key: _alone(value) for key, value in node.items()}

    def iri(self, iri: str) -> str:
        """By a prefix where that can't be mistaken for an address (`//`), else whole."""
        for name, space in self._longest:
            if iri.startswith(space) and not iri.startswith("//", len(space)):
                return f"{name}:{iri[len(space) :]}"
        return iri

    def _value(self, predicate: str, term: Term) -> Any:
        kind = self._kinds.get(predicate, XSD + "string")
        if not isinstance(term, ox.Literal):
            name = self.iri(_name(term))
            return name if kind == "@id" else {"@id": name}
        found = f"@{term.language}" if term.language else term.datatype.value
        if found == kind:
            return term.value
        # Where the term gives its values no kind, a bare text is a string.
        return {"@value": term.value} | (
            {"@language": term.language} if term.language else {"@type": self.iri(found)}
        )


def _name(term: Term) -> str:
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _alone(value: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


EXPORTER = Exporter(write, ".jsonld")
