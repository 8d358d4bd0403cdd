"""Checks of a graph: takes a graph, gives what is wrong with it, each finding with the sentences at fault.

Two kinds of check. SHACL shapes, run by pySHACL on a copy in rdflib's own memory (over Oxigraph it is forty
times slower). And conflicts with the ontology among the statements that stand as fact: a relation that
holds once with two values, a subject or object of a class that the relation does not admit, an entity in
two classes that share no member. pySHACL and rdflib are imported when a check runs.
"""

from __future__ import annotations

import gc
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.rdf_read import Contents, read_contents
from factloom.graph.settings import DEFAULT_POLICY, POLICIES
from factloom.graph.shacl_sparql import graph_constraints
from factloom.graph.store import load, memory_copy, native
from factloom.graph.tables import words
from factloom.graph.text import printable
from factloom.ontology.errors import InputError
from factloom.ontology.ids import evidence_id, statement_id
from factloom.ontology.namespaces import FL, XSD
from factloom.ontology.parse import ontology_quads
from factloom.ontology.records import Entity, Evidence, Literal, Statement
from factloom.ontology.schema import CORE, SHAPES, RelationTerm, Schema, load_schema

if TYPE_CHECKING:
    import rdflib

VIOLATION, WARNING = "violation", "warning"
_SH = "http://www.w3.org/ns/shacl#"
_ONLY_STATED = "https://w3id.org/factloom/shapes#OnlyStated"
_DATES = frozenset(XSD + name for name in ("date", "gYearMonth", "gYear", "dateTime"))


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong: `severity` is violation or warning, `message` says what in one line.

    `focus` is the IRI of what it is about, `sentences` pairs of document id and sentence at fault; `remedy`
    names the ways out.
    """

    severity: str
    message: str
    focus: str
    sentences: tuple[tuple[str, str], ...] = ()
    remedy: str = ""


def check(
    source: str | os.PathLike[str] | rdflib.Graph,
    *,
    shapes: Sequence[Path] = (),
    ontologies: Sequence[Path] = (),
) -> list[Finding]:
    """Everything wrong with a graph, violations first.

    `source` is a Turtle file, the folder of a build, or an rdflib graph; `shapes` are files of SHACL shapes
    besides factloom's own; `ontologies` are files read besides the core ontology. Raises `UsageError` and
    `InputError` for what can't be read, `OntologyError` for an ontology that can't be used.
    """
    schema = load_schema(*ontologies)
    with _collector_at_rest():
        store = native(source)
        contents = read_contents(source)
        found = set(shape_findings(store, contents, shapes=shapes, ontologies=ontologies))
    found.update(statement_conflicts(contents.statements, schema, policy=contents.settings.policy))
    found.update(class_conflicts(store, contents.statements, schema))
    return sorted(found)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """The collector of cycles walks a growing graph again and again and finds nothing: a fifth of a check."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def render(findings: Sequence[Finding]) -> str:
    """Findings as text, without a final line break."""
    if not findings:
        return "no findings"
    counts = Counter(finding.severity for finding in findings)
    lines = [", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in sorted(counts.items()))]
    for finding in findings:
        lines += [f"{finding.severity}: {finding.message}", f"    at <{finding.focus}>"]
        lines += [f'    "{sentence}" ({document})' for document, sentence in finding.sentences]
        lines += [f"    ways out: {finding.remedy}"] if finding.remedy else []
    return "\n".join(printable(line) for line in lines)


# --- Conflicts with the ontology


def statement_conflicts(
    statements: Iterable[Statement], schema: Schema, *, policy: str = DEFAULT_POLICY
) -> Iterator[Finding]:
    """Functional relations with two values, irreflexive and asymmetric ones, ends outside domain or range.

    Only statements that `policy` lets stand as fact are looked at. A class wider than the one asked for
    (an organization where a company is asked for) is no conflict, and fl:Thing fits everywhere.
    """
    facts = [s for s in statements if s.status in POLICIES[policy]]
    values: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for fact in facts:
        term = schema.relations.get(fact.relation.iri)
        if term:
            yield from _misfits(fact, term, schema)
        if term and term.functional:
            values[fact.subject.iri, term.iri].append(fact)
    for rivals in values.values():
        yield from _rivals(rivals)
    yield from _turned(facts, schema)


def class_conflicts(store: ox.Store, statements: Iterable[Statement], schema: Schema) -> Iterator[Finding]:
    """Entities in two classes that share no member."""
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, ox.NamedNode(v.TYPE), None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            classes[quad.subject.value].add(quad.object.value)
    about = _by_entity(statements)
    for iri, kinds in classes.items():
        for first, second in combinations(sorted(kinds), 2):
            if schema.disjoint(first, second):
                message = f"{_local(iri)} is of class {_local(first)} and of class {_local(second)}"
                remedy = "retype it, split it into two things, or let the two classes share members"
                yield Finding(VIOLATION, message, iri, _sentences(about.get(iri, ())), remedy)


def _misfits(fact: Statement, term: RelationTerm, schema: Schema) -> Iterator[Finding]:
    said = f"{fact.subject.label} {fact.relation.label} {words(fact.object)}"
    if not schema.fits(fact.subject.kind, term.domain):
        asked = _choice(term.domain)
        message = f"{said}: the subject is of class {_local(fact.subject.kind)}, not {asked}"
        yield Finding(
            VIOLATION, message, fact.subject.iri, _sentences([fact]), _way(fact.subject, term, "domain")
        )
    if not _object_fits(fact.object, term, schema):
        asked = _choice(term.range)
        kind = fact.object.kind if isinstance(fact.object, Entity) else fact.object.datatype
        message = f"{said}: the object is of class {_local(kind)}, not {asked}"
        focus = fact.object.iri if isinstance(fact.object, Entity) else fact.subject.iri
        yield Finding(VIOLATION, message, focus, _sentences([fact]), _way(fact.object, term, "range"))


def _object_fits(value: Entity | Literal, term: RelationTerm, schema: Schema) -> bool:
    if isinstance(value, Entity):
        return not term.is_datatype and schema.fits(value.kind, term.range)
    return not term.range or (term.is_datatype and value.datatype in term.range)


def _rivals(facts: Sequence[Statement]) -> Iterator[Finding]:
    """One finding where at least two of the values can't both hold; 2023 and May 2023 can."""
    odd = [f for f in facts if any(not _compatible(f.object, g.object) for g in facts if g is not f)]
    if odd:
        first = odd[0]
        values = ", ".join(sorted(words(fact.object) for fact in odd))
        message = f"{first.subject.label} has more than one value for {first.relation.label}: {values}"
        many = f"let {first.relation.label} have several values"
        remedy = f"reject all but one, split {first.subject.label}, or {many}"
        yield Finding(WARNING, message, first.subject.iri, _sentences(odd), remedy)


def _way(end: Entity | Literal, term: RelationTerm, side: str) -> str:
    """How a subject or object that its relation does not admit can be put right."""
    retype = f"retype {end.label}, " if isinstance(end, Entity) else ""
    return f"{retype}reject the statement, or widen the rdfs:{side} of {_local(term.iri)}"


def _turned(facts: Sequence[Statement], schema: Schema) -> Iterator[Finding]:
    """Things related to themselves, or both ways, by relations that exclude it."""
    pairs: dict[tuple[str, str, str], Statement] = {}
    for fact in facts:
        term = schema.relations.get(fact.relation.iri)
        if term is None or not isinstance(fact.object, Entity):
            continue
        said = f"{fact.subject.label} {fact.relation.label} {fact.object.label}"
        if (term.irreflexive or term.asymmetric) and fact.subject.iri == fact.object.iri:
            kind = "irreflexive" if term.irreflexive else "asymmetric"
            remedy = "split the thing: two may bear the name; or reject the statement"
            yield Finding(
                VIOLATION, f"{said}: the relation is {kind}", fact.subject.iri, _sentences([fact]), remedy
            )
        elif term.asymmetric:
            other = pairs.get((fact.object.iri, term.iri, fact.subject.iri))
            if other is not None:
                message = f"{said}, and the other way round: the relation is asymmetric"
                remedy = "reject one of the two statements"
                yield Finding(VIOLATION, message, fact.subject.iri, _sentences([fact, other]), remedy)
            pairs[fact.subject.iri, term.iri, fact.object.iri] = fact


def _compatible(one: Entity | Literal, other: Entity | Literal) -> bool:
    if isinstance(one, Literal) and isinstance(other, Literal) and {one.datatype, other.datatype} <= _DATES:
        short, long = sorted((one.value, other.value), key=len)
        return long.startswith(short)
    return False


def _choice(names: Iterable[str]) -> str:
    return " or ".join(_local(name) for name in names) or "value"


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


def _sentences(statements: Iterable[Statement]) -> tuple[tuple[str, str], ...]:
    return _texts(e for s in statements for e in s.evidence)


def _texts(evidence: Iterable[Evidence]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(e.document_id, e.sentence_text) for e in evidence}))


def _by_entity(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for part in {statement.subject, statement.object}:
            if isinstance(part, Entity):
                found[part.iri].append(statement)
    return found


# --- SHACL


def shape_findings(
    store: ox.Store, contents: Contents, *, shapes: Sequence[Path] = (), ontologies: Sequence[Path] = ()
) -> Iterator[Finding]:
    """What pySHACL reports for the graph in `store`, with the sentences of `contents` behind each result."""
    import pyshacl

    joined = ox.Store()
    joined.bulk_extend(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    for path in (CORE, *ontologies):
        joined.extend(ontology_quads(path))
    rules = _shapes(shapes, policy=contents.settings.policy)
    places = _places(contents)
    # First, since what the engine has checked is taken out of the shapes.
    for breach in graph_constraints(joined, rules):
        yield _located(breach.severity, breach.message, breach.focus, breach.value, places)
    _, report, _ = pyshacl.validate(
        memory_copy(joined, names={}),
        shacl_graph=rules,
        inplace=True,  # The copy is ours alone.
    )
    for result in report.objects(None, _iri(_SH + "result")):
        yield _finding(report, result, places)


def _shapes(paths: Sequence[Path], *, policy: str) -> rdflib.Graph:
    """Factloom's own shapes and the user's; raises `InputError` for a file that holds none."""
    joined = load(SHAPES)
    for path in paths:
        user = load(path)
        kinds = (ox.NamedNode(_SH + name) for name in ("NodeShape", "PropertyShape"))
        if not any(next(user.quads_for_pattern(None, None, kind, None), None) for kind in kinds):
            raise InputError(str(path), "holds no sh:NodeShape", "name a file of SHACL shapes")
        joined.extend(user.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    graph = memory_copy(joined, names={})
    if policy != DEFAULT_POLICY:
        # The user has asked for plain triples of what is not stated.
        from rdflib import Literal as Value

        graph.add((_iri(_ONLY_STATED), _iri(_SH + "deactivated"), Value(True)))
    return graph


def _iri(name: str) -> Any:
    from rdflib import URIRef

    return URIRef(name)


Places = Mapping[str, Sequence[Evidence]]


def _places(contents: Contents) -> Places:
    """The evidence behind each node: of a statement, of an evidence, and of an entity with a relation."""
    base = contents.settings.base
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for statement in contents.statements:
        found[base + v.FOLDERS["st"] + statement_id(statement.key)] += statement.evidence
        found[statement.subject.iri] += statement.evidence
        found[f"{statement.subject.iri} {statement.relation.iri}"] += statement.evidence
        if isinstance(statement.object, Entity):
            found[statement.object.iri] += statement.evidence
        for evidence in statement.evidence:
            found[base + v.FOLDERS["ev"] + evidence_id(statement.key, evidence)].append(evidence)
    return found


def _finding(report: rdflib.Graph, result: Any, places: Places) -> Finding:
    def part(name: str) -> str:
        return min(map(str, report.objects(result, _iri(_SH + name))), default="")

    message = " ".join(part("resultMessage").split())
    path = part("resultPath")
    if path:
        evidence = places.get(f"{part('focusNode')} {path}")
        message = f"{message} ({_local(path)})"
        if evidence:
            return Finding(_severity(part("resultSeverity")), message, part("focusNode"), _texts(evidence))
    return _located(part("resultSeverity"), message, part("focusNode"), part("value"), places)


def _located(severity: str, message: str, focus: str, value: str, places: Places) -> Finding:
    """A finding with its sentences; a constraint on the whole graph names the culprit as its value."""
    if focus.startswith(FL) and value:
        focus = value
    evidence = places.get(focus) or places.get(value) or ()
    return Finding(_severity(severity), message, focus, _texts(evidence))


def _severity(iri: str) -> str:
    return WARNING if iri == _SH + "Warning" else VIOLATION
