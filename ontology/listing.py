"""Ontologies written as lists: JSON or YAML with classes and relations in, subjects with their triples out.

Three forms are taken, in any mixture: Text2KGBench (`concepts` with qid and label, `relations` with pid,
label, domain and range), LinkML (`classes` with is_a, aliases and attributes, `slots` with domain and
range), and a plain list of either. A range that spells a kind of value ("Date", "number", "string") is a
datatype, even where the file lists it among the classes. A name that is neither is left out; what it was is
told by `factloom ontology check`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from factloom.ontology.errors import OntologyError
from factloom.ontology.namespaces import BASE, OWL, RDF, RDFS, SKOS, XSD

__all__ = ["ENDINGS", "list_triples"]

ENDINGS = (".json", ".yaml", ".yml")
Triple = tuple[str, str, ox.NamedNode | ox.Literal]

_CLASSES = ("classes", "concepts", "types", "entities")
_RELATIONS = ("relations", "slots", "properties")
_IDS = ("iri", "uri", "class_uri", "slot_uri", "qid", "pid", "id", "name", "label", "title")
_LABELS = ("label", "title", "name", "id")
_COMMENTS = ("description", "comment", "definition")
_PARENTS = ("is_a", "parent", "parents", "subclass_of", "subClassOf", "subPropertyOf", "mixins")
_ALIASES = ("aliases", "synonyms", "alt_labels", "altLabels")
_DATATYPES = {
    **dict.fromkeys(("date", "year", "time", "datetime", "month", "day", "gyear"), "date"),
    **dict.fromkeys(("integer", "int", "count", "nonnegativeinteger"), "integer"),
    **dict.fromkeys(("number", "float", "double", "decimal", "quantity", "percentage"), "decimal"),
    **dict.fromkeys(("string", "str", "text", "literal", "uri", "url", "identifier"), "string"),
    **dict.fromkeys(("boolean", "bool"), "boolean"),
}
# A point in time may be known by its year or month alone.
_DATES = tuple(XSD + name for name in ("date", "gYearMonth", "gYear"))


def list_triples(path: Path, data: bytes) -> Iterator[Triple]:
    """The triples that the file stands for; raises `OntologyError` with the line of a fault."""
    record = _parsed(path, data)
    if isinstance(record, list):
        record = {"relations": record}
    if not isinstance(record, dict) or not any(record.get(name) for name in (*_CLASSES, *_RELATIONS)):
        allowed = ", ".join((*_CLASSES, *_RELATIONS))
        raise OntologyError(
            f"{path}: neither classes nor relations; a list of them is named one of {allowed}"
        )
    return _Listing(path, record).triples()


def _parsed(path: Path, data: bytes) -> Any:
    if path.suffix.lower() == ".json":
        try:
            return json.loads(data)
        except UnicodeDecodeError as error:
            raise OntologyError(f"{path}: not valid JSON: {error.reason} at byte {error.start}") from error
        except json.JSONDecodeError as error:
            raise OntologyError(f"{path}, line {error.lineno}: not valid JSON: {error.msg}") from error
    import yaml

    try:
        return yaml.safe_load(data)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        fault = " ".join(str(getattr(error, "problem", None) or error).split())
        raise OntologyError(f"{path}{line}: not valid YAML: {fault}") from error


class _Listing:
    """One file; `ids` leads from every name of a class or relation to its IRI."""

    def __init__(self, path: Path, record: Mapping[str, Any]) -> None:
        self._path = path
        self._base = f"{BASE}ontology/{quote(path.name)}#"
        prefixes = record.get("prefixes")
        self._prefixes = prefixes if isinstance(prefixes, dict) else {}
        self._classes = [e for name in _CLASSES for e in self._entries(record.get(name), name)]
        self._relations = [e for name in _RELATIONS for e in self._entries(record.get(name), name)]
        self._relations += list(self._attributes())
        self._default_range = record.get("default_range")
        self._class_ids = self._names(self._classes)
        self._relation_ids = self._names(self._relations)

    def triples(self) -> Iterator[Triple]:
        for entry in self._classes:
            yield from self._described(entry, OWL + "Class", RDFS + "subClassOf", self._class_ids)
        for entry in self._relations:
            values = self._datatypes(entry)
            kind = "DatatypeProperty" if values else "ObjectProperty"
            yield from self._described(entry, OWL + kind, RDFS + "subPropertyOf", self._relation_ids)
            yield from self._relation(entry, values)

    def _entries(self, found: Any, name: str) -> Iterator[dict[str, Any]]:
        """The entries of a list, or of a mapping from names."""
        if isinstance(found, dict):
            found = [{"name": str(key), **(value or {})} for key, value in found.items() if _is_entry(value)]
        for entry in found if isinstance(found, list) else ():
            if isinstance(entry, str):
                entry = {"name": entry}
            if not isinstance(entry, dict) or not _first(entry, _IDS):
                raise OntologyError(f"{self._path}: an entry of {name} has no name: {entry!r:.60}")
            yield entry

    def _attributes(self) -> Iterator[dict[str, Any]]:
        """LinkML writes relations inside classes as well: their domain is the class."""
        for entry in self._classes:
            for attribute in self._entries(entry.get("attributes"), "attributes"):
                yield {"domain": _first(entry, ("name", "label", "id")), **attribute}
            for slot in entry.get("slots") or ():
                for known in self._relations:
                    if slot == known.get("name") and not known.get("domain"):
                        known.setdefault("domains", []).append(_first(entry, ("name", "label", "id")))

    def _names(self, entries: Iterable[dict[str, Any]]) -> dict[str, str]:
        names: dict[str, str] = {}
        for entry in entries:
            for key in _IDS:
                if isinstance(entry.get(key), str) and entry[key]:
                    names.setdefault(entry[key], self._iri(entry))
        return names

    def _iri(self, entry: Mapping[str, Any]) -> str:
        name = _first(entry, _IDS)
        prefix, colon, local = name.partition(":")
        if colon and prefix in self._prefixes:
            reference = self._prefixes[prefix]
            known = reference.get("prefix_reference") if isinstance(reference, dict) else reference
            return f"{known}{quote(local)}"
        return name if "://" in name else self._base + quote(name.strip().replace(" ", "_"), safe="")

    def _described(
        self, entry: Mapping[str, Any], kind: str, above: str, ids: Mapping[str, str]
    ) -> Iterator[Triple]:
        iri = self._iri(entry)
        yield iri, RDF + "type", ox.NamedNode(kind)
        yield iri, RDFS + "label", ox.Literal(_first(entry, _LABELS).strip())
        if comment := _first(entry, _COMMENTS):
            yield iri, RDFS + "comment", ox.Literal(comment)
        for alias in (a for name in _ALIASES for a in _texts(entry.get(name))):
            yield iri, SKOS + "altLabel", ox.Literal(alias)
        for parent in (p for name in _PARENTS for p in _texts(entry.get(name))):
            if parent in ids and ids[parent] != iri:
                yield iri, above, ox.NamedNode(ids[parent])

    def _relation(self, entry: Mapping[str, Any], values: tuple[str, ...]) -> Iterator[Triple]:
        iri = self._iri(entry)
        for name in (*_texts(entry.get("domain")), *_texts(entry.get("domains"))):
            if name in self._class_ids:
                yield iri, RDFS + "domain", ox.NamedNode(self._class_ids[name])
        for name in _texts(entry.get("range")):
            if name in self._class_ids and not values:
                yield iri, RDFS + "range", ox.NamedNode(self._class_ids[name])
        for value in values:
            yield iri, RDFS + "range", ox.NamedNode(value)
        for name in _texts(entry.get("inverse")):
            if name in self._relation_ids:
                yield iri, OWL + "inverseOf", ox.NamedNode(self._relation_ids[name])
        for key in ("symmetric", "functional", "transitive", "asymmetric", "irreflexive"):
            if entry.get(key) is True:
                yield iri, RDF + "type", ox.NamedNode(f"{OWL}{key.capitalize()}Property")
        if entry.get("multivalued") is False:
            yield iri, RDF + "type", ox.NamedNode(OWL + "FunctionalProperty")

    def _datatypes(self, entry: Mapping[str, Any]) -> tuple[str, ...]:
        """The datatypes that the range names; empty where it names classes or nothing."""
        found: list[str] = []
        for name in _texts(entry.get("range") or self._default_range):
            kind = _DATATYPES.get(name.removeprefix("xsd:").lower())
            if kind is not None:
                found += _DATES if kind == "date" else (XSD + kind,)
        return tuple(dict.fromkeys(found))


def _is_entry(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def _first(entry: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The first of the keys that has a text."""
    return next((entry[key] for key in keys if isinstance(entry.get(key), str) and entry[key].strip()), "")


def _texts(value: Any) -> list[str]:
    """A text or a list of texts as a list; names apart by commas or bars count one by one."""
    if isinstance(value, str):
        return [part.strip() for part in re.split(r"[|,]", value) if part.strip()]
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []
