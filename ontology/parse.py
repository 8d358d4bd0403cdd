"""Ontology files as plain dictionaries: paths in, an index of subjects, predicates and objects out.

Turtle, N-Triples, JSON-LD and RDF/XML are told apart by the file's ending and, for `.owl`, by its first
characters; lists of classes and relations in JSON or YAML are read by `factloom.ontology.listing`. Names
the file, the line and the fault when a file can't be read. What the triples mean is left to
`factloom.ontology.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph as ox

from factloom.ontology.errors import OntologyError
from factloom.ontology.listing import ENDINGS, list_triples
from factloom.ontology.namespaces import BASE, OWL, RDF

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
# Predicate → objects, and subject → node, in the order of the files; blank nodes' keys start with "_:".
Node = dict[str, list[Term]]
Index = dict[str, Node]

# The name of the ontology in a folder that holds what was learnt.
LEARNT_ONTOLOGY = "ontology.ttl"
_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}


def ontology_file(path: Path) -> Path:
    """The ontology meant by `path`: the file itself, or that of a folder which `factloom learn` wrote."""
    return path / LEARNT_ONTOLOGY if path.is_dir() else path


def read_index(paths: Iterable[Path]) -> Index:
    """Read the files into one index; raises `OntologyError` with file, line and fault."""
    index: Index = {}
    for path in map(ontology_file, paths):
        count = 0
        for subject, predicate, term in _triples(path):
            index.setdefault(subject, {}).setdefault(predicate, []).append(term)
            count += 1
        if not count:
            raise OntologyError(f"{path}: holds no triples; an ontology declares classes and relations")
    return index


def key_of(term: Term) -> str:
    """The index key of a term: its IRI, or "_:" and the blank node's name, or the literal's text."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return term.value if isinstance(term, ox.Literal) else str(term)


def list_members(index: Index, head: str) -> list[str]:
    """The keys in an RDF list, in order; a list that runs in a circle ends where it closes."""
    members: list[str] = []
    seen: set[str] = set()
    while head != RDF + "nil" and head not in seen:
        seen.add(head)
        node = index.get(head, {})
        members.extend(key_of(term) for term in node.get(RDF + "first", ())[:1])
        head = next((key_of(term) for term in node.get(RDF + "rest", ())), RDF + "nil")
    return members


def ontology_quads(path: Path) -> list[ox.Quad]:
    """The triples of an ontology file of any form, for a store; raises `OntologyError`."""
    data = _bytes(path)
    if path.suffix.lower() in ENDINGS and not _is_json_ld(data):
        found = list_triples(path, data)
        return [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in found]
    return list(_quads(path, data))


def _triples(path: Path) -> Iterator[tuple[str, str, Term]]:
    """Subject key, predicate and object of every triple of the file, whatever its form."""
    data = _bytes(path)
    if path.suffix.lower() in ENDINGS and not _is_json_ld(data):
        yield from list_triples(path, data)
        return
    for subject, predicate, term, _ in _quads(path, data):
        yield key_of(subject), predicate.value, term


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(f"{path}: can't be read: {error.strerror or error}") from error


def _is_json_ld(data: bytes) -> bool:
    """Whether a .json file is RDF after all."""
    return b'"@context"' in data or b'"@id"' in data or b'"@graph"' in data


def _quads(path: Path, data: bytes) -> Iterable[ox.Quad]:
    # Relative IRIs must not depend on the folder a file happens to lie in.
    base = f"{BASE}ontology/{quote(path.name)}"
    rdf_format = _format_of(path, data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n"))
    try:
        return list(ox.parse(input=data, format=rdf_format, base_iri=base, rename_blank_nodes=True))
    except SyntaxError as error:
        line = _line_of(error, data, rdf_format)
        fault = " ".join(str(error.msg).split())
        raise OntologyError(f"{path}{line}: not valid {rdf_format.name}: {fault}") from error


def _format_of(path: Path, head: bytes) -> ox.RdfFormat:
    known = ox.RdfFormat.JSON_LD if path.suffix.lower() == ".json" else _FORMATS.get(path.suffix.lower())
    if known is None:
        endings = ", ".join(sorted((*_FORMATS, *ENDINGS)))
        raise OntologyError(f"{path}: unknown ending {path.suffix!r}; known: {endings}")
    if known is ox.RdfFormat.RDF_XML and b"<Ontology" in head and b'"' + OWL.encode() + b'"' in head:
        raise OntologyError(f"{path}: OWL/XML can't be read; save the ontology as Turtle or RDF/XML")
    # Editors write Turtle into .owl files too.
    is_xml = head.startswith((b"<?xml", b"<!", b"<rdf:RDF"))
    return ox.RdfFormat.TURTLE if path.suffix.lower() == ".owl" and not is_xml else known


def _line_of(error: SyntaxError, data: bytes, rdf_format: ox.RdfFormat) -> str:
    """The line of the fault where it is known; the RDF/XML reader gives none, an XML reader may."""
    line = error.lineno
    if line is None and rdf_format is ox.RdfFormat.RDF_XML:
        try:
            expat.ParserCreate().Parse(data, True)
        except expat.ExpatError as fault:
            line = fault.lineno
    return f", line {line}" if line else ""
