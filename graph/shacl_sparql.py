"""SHACL constraints in SPARQL, run by Oxigraph: takes a graph and shapes, gives what breaks them.

Only constraints of node shapes whose one target is a node (sh:targetNode) are looked at, the form in which a
shape speaks of the whole graph. pySHACL would run them in Python, a hundred times slower; what was run here
is deactivated in the shapes, so that it reports them no second time. SHACL, section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from factloom.ontology.errors import InputError

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

_SH = "http://www.w3.org/ns/shacl#"
_HOLE = re.compile(r"\{[?$](\w+)\}")


@dataclass(frozen=True, slots=True)
class Breach:
    """A solution of a constraint: severity as an IRI, message, focus and value ("" if none)."""

    severity: str
    message: str
    focus: str
    value: str


def graph_constraints(store: ox.Store, shapes: rdflib.Graph) -> Iterator[Breach]:
    """What breaks the constraints in SPARQL of shapes with one target node; these are then deactivated.

    `store` holds the graph together with its ontology. Raises `InputError` for a constraint that is no
    SPARQL.
    """
    for shape, focus, constraint in _constraints(shapes):
        severity = _text(shapes, shape, "severity") or _SH + "Violation"
        message = _text(shapes, constraint, "message") or _text(shapes, shape, "message")
        for solution in _solutions(store, shapes, constraint, focus):
            value = solution.get("value", "")
            yield Breach(severity, _filled(message, solution), solution.get("this", focus), value)
        shapes.add((constraint, _term("deactivated"), _true()))


def _constraints(shapes: rdflib.Graph) -> list[tuple[Node, str, Node]]:
    """(shape, its target, constraint), in a fixed order."""
    found: list[tuple[Node, str, Node]] = []
    for shape in set(shapes.subjects(_term("sparql"))):
        targets = [
            (kind, str(target))
            for kind in ("Node", "Class", "SubjectsOf", "ObjectsOf")
            for target in shapes.objects(shape, _term("target" + kind))
        ]
        if len(targets) == 1 and targets[0][0] == "Node" and not _is_off(shapes, shape):
            for constraint in shapes.objects(shape, _term("sparql")):
                if not _is_off(shapes, constraint):
                    found.append((shape, targets[0][1], constraint))
    return sorted(found, key=lambda row: (str(row[0]), _text(shapes, row[2], "select")))


def _is_off(shapes: rdflib.Graph, node: Node) -> bool:
    return (node, _term("deactivated"), _true()) in shapes


def _solutions(
    store: ox.Store, shapes: rdflib.Graph, constraint: Node, focus: str
) -> Iterator[dict[str, str]]:
    query = _text(shapes, constraint, "select")
    try:
        rows = store.query(
            query,
            prefixes=_prefixes(shapes, constraint),
            substitutions={ox.Variable("this"): ox.NamedNode(focus)},
        )
    except (SyntaxError, ValueError) as error:
        raise InputError("shapes", f"a constraint is no SPARQL: {error}", "mend its sh:select") from None
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        yield {n: _words(t) for n, t in zip(names, row, strict=True) if t is not None}


def _prefixes(shapes: rdflib.Graph, constraint: Node) -> dict[str, str]:
    return {
        _text(shapes, declared, "prefix"): _text(shapes, declared, "namespace")
        for owner in shapes.objects(constraint, _term("prefixes"))
        for declared in shapes.objects(owner, _term("declare"))
    }


def _filled(message: str, solution: dict[str, str]) -> str:
    """The message with {?name} replaced by what the solution says."""
    text = _HOLE.sub(lambda hole: solution.get(hole[1], hole[0]), message)
    return " ".join(text.split())


def _words(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _text(shapes: rdflib.Graph, node: Node, name: str) -> str:
    return min(map(str, shapes.objects(node, _term(name))), default="")


def _term(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(_SH + name)


def _true() -> Node:
    from rdflib import Literal

    return Literal(True)
