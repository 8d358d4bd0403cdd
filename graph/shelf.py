"""Named queries: takes a name and parameters, gives SPARQL text with the parameters bound as terms.

Each query is a file of the folder `queries`: its name, a first comment that says what it answers, a comment
for each parameter, and plain SPARQL in which a parameter is an empty `VALUES ?name {}`. What a user gives
becomes an RDF term, serialized by the engine, and never SPARQL of its own. Running is left to
`factloom.graph.queries`.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.explain import NotFoundError
from factloom.graph.queries import run
from factloom.graph.store import native
from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Status

FOLDER = Path(__file__).parent / "queries"
_SLOT = re.compile(r"VALUES \?(\w+) \{\}")
_PARAMETER = re.compile(r"# param (\w+) (\w+)( = ?(.*?))?: (.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks for: `kind` is a name in `KINDS`; `default` None where a value must be given.

    An empty default of an entity or document means any.
    """

    name: str
    kind: str
    default: str | None
    about: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the shelf: its name, what it answers, its parameters in order, and its SPARQL."""

    name: str
    about: str
    parameters: tuple[Parameter, ...]
    text: str


def shelf(folder: Path = FOLDER) -> dict[str, NamedQuery]:
    """Every named query of a folder by its name, in the order of the alphabet."""
    return {path.stem: _parse(path) for path in sorted(folder.glob("*.rq"))}


def render_shelf() -> str:
    """The shelf as text, without a final line break: a query a paragraph, its parameters below."""
    lines: list[str] = []
    for query in shelf().values():
        lines.append(f"{query.name:14}{query.about}")
        for parameter in query.parameters:
            lines.append(f"{'':14}{parameter.name}={_shown(parameter)}: {parameter.about}")
    return "\n".join(lines)


def ask(
    graph: str | os.PathLike[str] | ox.Store,
    name: str,
    values: Mapping[str, str],
    *,
    format: str = "table",  # noqa: A002
) -> str:
    """The answer of a named query, as `factloom.graph.queries.run` writes it.

    `values` gives parameters by name. Raises `UnknownNameError` for a query, parameter or status that there
    is not, `UsageError` for a parameter that is missing or no number, `NotFoundError` for an entity or
    document that the graph does not know.
    """
    store = graph if isinstance(graph, ox.Store) else native(graph)
    return run(store, bound(store, name, values), format=format)


def bound(store: ox.Store, name: str, values: Mapping[str, str]) -> str:
    """The SPARQL of a named query with its parameters in place; raises as `ask` does."""
    known = shelf()
    if name not in known:
        raise UnknownNameError("query", name, known)
    query = known[name]
    names = [parameter.name for parameter in query.parameters]
    for given in values:
        if given not in names:
            raise UnknownNameError(f"parameter of {name}", given, names or ["none"])
    terms = {p.name: " ".join(_terms(store, query, p, values)) for p in query.parameters}
    # In one pass: what a value holds is never looked at again.
    return _SLOT.sub(lambda slot: f"VALUES ?{slot[1]} {{ {terms[slot[1]]} }}", query.text)


def _parse(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    first, *others = text.splitlines()
    found = (_PARAMETER.fullmatch(line) for line in others)
    parameters = tuple(Parameter(m[1], m[2], m[4] if m[3] else None, m[5]) for m in found if m)
    return NamedQuery(path.stem, first.removeprefix("# "), parameters, text)


def _shown(parameter: Parameter) -> str:
    return parameter.kind.upper() if parameter.default is None else (parameter.default or "any")


def _terms(store: ox.Store, query: NamedQuery, parameter: Parameter, values: Mapping[str, str]) -> list[str]:
    value = values.get(parameter.name, parameter.default)
    if value is None:
        raise UsageError(
            f"{query.name} needs {parameter.name}, {parameter.about}: --param {parameter.name}=…"
        )
    if value == "" and parameter.name not in values and parameter.kind in ("entity", "document"):
        return ["UNDEF"]
    return [str(term) for term in KINDS[parameter.kind](store, value)]


Term = ox.NamedNode | ox.Literal


def _entities(store: ox.Store, name: str) -> list[Term]:
    return _named(store, "entity", name, (v.LABEL, v.ALT_LABEL))


def _documents(store: ox.Store, name: str) -> list[Term]:
    return _named(store, "document", name, (v.IDENTIFIER, v.TITLE))


def _named(store: ox.Store, what: str, name: str, predicates: Iterable[str]) -> list[Term]:
    """Every node so called, whatever the case; its IRI counts too."""
    wanted = " ".join(name.casefold().split())
    met: set[str] = set()
    shown: dict[str, str] = {}
    for predicate in predicates:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                text = quad.object.value
                shown[text.casefold()] = text
                if text.casefold() == wanted or quad.subject.value == name:
                    met.add(quad.subject.value)
    if not met:
        near = difflib.get_close_matches(wanted, sorted(shown), n=5, cutoff=0.6)
        raise NotFoundError(what, name, [shown[text] for text in near])
    return [ox.NamedNode(iri) for iri in sorted(met)]


def _number(_: ox.Store, value: str) -> list[Term]:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise UsageError(f"{value!r} is no whole number")
    return [ox.Literal(value, datatype=ox.NamedNode(XSD + "integer"))]


def _text(_: ox.Store, value: str) -> list[Term]:
    return [ox.Literal(value)]


def _status(_: ox.Store, value: str) -> list[Term]:
    names = {str(member): iri for member, iri in v.STATUS_IRI.items()}
    if value.lower() not in names:
        raise UnknownNameError("status", value, Status)
    return [ox.NamedNode(names[value.lower()])]


# One kind of parameter, one function from what the user gives to terms.
KINDS: dict[str, Callable[[ox.Store, str], list[Term]]] = {
    "entity": _entities,
    "document": _documents,
    "number": _number,
    "text": _text,
    "status": _status,
}
