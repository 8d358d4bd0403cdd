"""What an ontology file holds and what in it can't be used: a file in, remarks with their places out.

For what is wrong in itself: circles, terms without label, domain or range, names that the file does not
declare, class expressions that are not read. What the reader of sentences can do with the words is told by
`factloom.extract.wording`. A remark of a term names the line where its name first stands; a file that can't
be read raises `OntologyError` as everywhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from factloom.ontology.namespaces import OWL, RDFS
from factloom.ontology.parse import Index, read_index
from factloom.ontology.schema import ClassTerm, RelationTerm, load_schema

# Kinds of class expressions that say nothing about what stands at a relation's ends.
_NOT_READ = {
    "someValuesFrom": "existential restriction",
    "allValuesFrom": "universal restriction",
    "hasValue": "value restriction",
    "complementOf": "complement",
    "oneOf": "enumeration",
    "propertyChainAxiom": "property chain",
}
_LIMIT = 20  # remarks of one kind that are told one by one


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing about the ontology: `line` is 0 where none is known; `kind` groups remarks of one sort."""

    line: int
    kind: str
    message: str


def survey(path: Path) -> tuple[list[Remark], dict[str, int]]:
    """Remarks by line, and counts of classes, relations and names. Raises `OntologyError`."""
    index = read_index([path])
    schema = load_schema(path, core=False)
    lines = _lines(path, (*schema.classes, *schema.relations))
    classes, relations = list(schema.classes.values()), list(schema.relations.values())
    missing = list(_missing(path))
    told = {remark.message.partition(" Q")[0] for remark in missing}
    found = [
        *_circles("class", {c.iri: c.parents for c in classes}, lines),
        *_circles("relation", {r.iri: r.parents for r in relations}, lines),
        *(r for r in _ends(relations, lines) if r.message.partition(";")[0].replace("no ", "") not in told),
        *_foreign(classes, relations, index, lines),
        *_expressions(index),
        *missing,
    ]
    if not relations:
        found.append(
            Remark(0, "no relations", "no relations: its classes type names, its names are recognised")
        )
    counts = {"classes": len(classes), "relations": len(relations), "names": len(schema.names)}
    return _limited(sorted(set(found))), counts


def _circles(what: str, above: Mapping[str, tuple[str, ...]], lines: Mapping[str, int]) -> Iterator[Remark]:
    """Terms that lie above themselves; each circle is told once."""
    told: set[str] = set()
    for start in above:
        path: list[str] = []
        name: str | None = start
        while name is not None and name not in path and name not in told:
            path.append(name)
            name = next(iter(above.get(name, ())), None)
        if name in path:
            ring = path[path.index(name) :] if name else []
            members = " → ".join(_local(iri) for iri in (*ring, ring[0]))
            message = f"circle of {'classes' if what == 'class' else 'relations'}: {members}"
            yield Remark(lines.get(ring[0], 0), "circle", f"{message}; its members count as equivalent")
        told.update(path)


def _ends(relations: Iterable[RelationTerm], lines: Mapping[str, int]) -> Iterator[Remark]:
    for r in relations:
        line = lines.get(r.iri, 0)
        if not r.domain:
            yield Remark(line, "no domain", f"{r.label}: no domain; any subject is taken")
        if not r.range:
            yield Remark(line, "no range", f"{r.label}: no range; any object is taken")


def _foreign(
    classes: Iterable[ClassTerm], relations: Iterable[RelationTerm], index: Index, lines: Mapping[str, int]
) -> Iterator[Remark]:
    """Terms named in another language than English: the reader finds only English words."""
    named = [*((c.iri, c.label) for c in classes), *((r.iri, r.label) for r in relations)]
    for iri, label in named:
        literals = [t for t in index.get(iri, {}).get(RDFS + "label", ()) if isinstance(t, ox.Literal)]
        tags = sorted({t.language for t in literals if t.language})
        if tags and not any(tag.lower().startswith("en") for tag in tags):
            message = f"{label}: labels in {', '.join(tags)} alone; give an English one, or lex: words"
            yield Remark(lines.get(iri, 0), "no English label", message)


def _expressions(index: Index) -> Iterator[Remark]:
    """How many class expressions of a kind are not read."""
    for name, words in _NOT_READ.items():
        count = sum(OWL + name in node for node in index.values())
        if count:
            yield Remark(
                0, name, f"{count} {words}{'s' if count > 1 else ''} (owl:{name}): kept, not used in reading"
            )


def _missing(path: Path) -> Iterator[Remark]:
    """Domains and ranges of a JSON list that are no class of it, with the line where they stand."""
    if path.suffix.lower() != ".json":
        return
    text = path.read_text(encoding="utf-8")
    record = json.loads(text)
    if not isinstance(record, dict):
        return
    known = {str(v) for c in record.get("concepts", ()) if isinstance(c, dict) for v in c.values()}
    for relation in record.get("relations", ()) if known else ():
        for side in ("domain", "range"):
            name = relation.get(side) if isinstance(relation, dict) else None
            if isinstance(name, str) and name and name not in known and _is_id(name):
                line = text.count("\n", 0, text.find(f'"{name}"')) + 1
                label = relation.get("label", relation.get("pid", ""))
                yield Remark(
                    line,
                    "unknown class",
                    f"{label}: {side} {name} is no class of the file; anything is taken",
                )


def _is_id(name: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]\d+", name))


def _limited(remarks: list[Remark]) -> list[Remark]:
    """The first of each kind, and how many more there are."""
    kept: list[Remark] = []
    seen: dict[str, int] = {}
    for remark in remarks:
        seen[remark.kind] = seen.get(remark.kind, 0) + 1
        if seen[remark.kind] <= _LIMIT:
            kept.append(remark)
    more = [Remark(0, kind, f"{kind}: {n - _LIMIT} more") for kind, n in seen.items() if n > _LIMIT]
    return [*kept, *sorted(more)]


def _lines(path: Path, iris: Iterable[str]) -> dict[str, int]:
    """The line where the last part of each IRI first stands as a word; none where the text does not hold
    it.
    """
    first: dict[str, int] = {}
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        for word in re.findall(r"[\w.-]+", line):
            first.setdefault(word.rstrip("."), number)
    return {iri: first[_local(iri)] for iri in iris if _local(iri) in first}


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]
