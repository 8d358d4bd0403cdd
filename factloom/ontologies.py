"""Checking a user's ontology, and proposing one from documents; joins what the rooms know of it.

`checked` takes a file and gives lines for the terminal. `propose` reads documents with the core ontology,
clusters the relations it has no term for (equal lemmas and preposition, then verbs that are synonyms of
each other), takes domain and range from the kinds of what stood at their ends, classes from what things
were said to be, and writes Turtle with counts and example sentences as comments. The same documents give
the same bytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factloom.build import Options, read_schema, read_statements
from factloom.extract.lexicon import synonyms
from factloom.extract.readers.sources import read_sources
from factloom.extract.wording import worded, wordless
from factloom.graph.files import write_whole
from factloom.ontology.errors import Problem
from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.records import Entity, Statement, Status
from factloom.ontology.schema import RelationTerm, Schema, load_schema
from factloom.ontology.survey import survey

_EXAMPLES = 2
_SHARE = 0.3  # of the uses that a class must make up to stand in a domain or range
_HEAD = """# Proposed by factloom from documents. Edit it: rename, join, delete; then build with --ontology.
# Each term has the number of statements it was met in and example sentences.
@prefix : <https://example.org/proposed#> .
@prefix fl: <https://w3id.org/factloom/ontology#> .
@prefix lex: <https://w3id.org/factloom/lex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def checked(path: Path, *, words: bool = False) -> Iterator[str]:
    """Lines on what an ontology holds, what can't be used and why; raises `OntologyError` for an unreadable
    file.
    """
    remarks, counts = survey(path)
    schema = worded(load_schema(path))
    own = [schema.relations[iri] for iri in sorted(schema.own)]
    silent = [term for term in own if wordless(term)]
    numbers = ", ".join(f"{n} {name}" for name, n in counts.items())
    yield f"{path}: {numbers}; {len(own) - len(silent)} of {len(own)} relations can be looked for in texts"
    for remark in remarks:
        place = f"{path}, line {remark.line}" if remark.line else str(path)
        yield f"{place}: {remark.message}"
    for term in silent:
        why = "nothing in the label says how it is put in words; give it lex:verb or lex:noun"
        yield f"{path}: {term.label}: {why}"
    if words:
        yield from (f"{term.label}: {_said(term)}" for term in own)


def _said(term: RelationTerm) -> str:
    straight = [*term.verbs, *(f"be {n}" for n in term.noun_roles), *term.nouns]
    turned = [*term.verb_inverses, *(f"be {n}" for n in term.noun_roles_inverse)]
    parts = [f"subject … {', '.join(straight)} … object"] if straight else []
    parts += [f"object … {', '.join(turned)} … subject"] if turned else []
    parts += [f"counts {', '.join(term.units)}"] if term.units else []
    return "; ".join(parts) or "nothing"


# ---------------------------------------------------------------------- proposing


@dataclass(slots=True)
class _Cluster:
    """Statements said with one pattern, or with synonyms of it."""

    patterns: Counter[str] = field(default_factory=Counter)
    subjects: Counter[str] = field(default_factory=Counter)
    objects: Counter[str] = field(default_factory=Counter)
    sentences: list[str] = field(default_factory=list)

    def add(self, pattern: str, statement: Statement) -> None:
        self.patterns[pattern] += 1
        self.subjects[statement.subject.kind] += 1
        if isinstance(statement.object, Entity):
            self.objects[statement.object.kind] += 1
        self.sentences.append(statement.evidence[0].sentence_text)

    def join(self, other: _Cluster) -> None:
        self.patterns.update(other.patterns)
        self.subjects.update(other.subjects)
        self.objects.update(other.objects)
        self.sentences += other.sentences


def propose(
    sources: Sequence[str],
    output: Path,
    *,
    least: int,
    options: Options,
    on_problem: Callable[[Problem], None],
) -> tuple[int, int]:
    """Write an ontology proposed from the sources; gives how many classes and relations it has.

    `least` (≥ 1) is how often a term must be met; what can't be read goes to `on_problem`, the rest goes on.
    """
    schema = read_schema(options)
    documents = read_sources(list(sources), on_problem=on_problem)
    found = [s for s in read_statements(documents, schema, options) if s.evidence[0].status is Status.STATED]
    kinds = _kinds(found, least)
    clusters = [c for c in _clusters(found) if sum(c.patterns.values()) >= least]
    blocks = [_HEAD, *(_class(*row, schema) for row in kinds), *(_relation(c, schema) for c in clusters)]
    write_whole(output, "\n".join(blocks).encode("utf-8"))
    return len(kinds), len(clusters)


def _kinds(found: Iterable[Statement], least: int) -> list[tuple[str, Counter[str], list[str]]]:
    """What things were said to be: the kind, the classes of its members, example sentences."""
    members: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    for s in found:
        if s.relation.iri == FL + "typeOf" and isinstance(s.object, Entity):
            members[s.object.label][s.subject.kind] += 1
            sentences[s.object.label].append(s.evidence[0].sentence_text)
    kept = [k for k, c in members.items() if sum(c.values()) >= least]
    return [(k, members[k], sentences[k]) for k in sorted(kept, key=lambda k: (-sum(members[k].values()), k))]


def _clusters(found: Iterable[Statement]) -> list[_Cluster]:
    """Open relations by pattern, patterns of synonymous verbs together, the most frequent first."""
    by_pattern: defaultdict[str, _Cluster] = defaultdict(_Cluster)
    for s in found:
        if not s.relation.mapped:
            pattern = _pattern(s)
            by_pattern[pattern].add(pattern, s)
    joined: dict[str, _Cluster] = {}
    for pattern in sorted(by_pattern, key=lambda p: (-sum(by_pattern[p].patterns.values()), p)):
        home = next((known for known in joined if _alike(known, pattern)), None)
        if home is None:
            joined[pattern] = by_pattern[pattern]
        else:
            joined[home].join(by_pattern[pattern])
    return sorted(joined.values(), key=lambda c: (-sum(c.patterns.values()), min(c.patterns)))


def _pattern(statement: Statement) -> str:
    """The lemmas of an open relation, from the last part of its IRI."""
    return statement.relation.iri.rsplit("/", 1)[-1].replace("-", " ").replace("_", " ")


def _alike(one: str, other: str) -> bool:
    """Whether two verbs with the same preposition are synonyms of each other."""
    first, _, rest = one.partition(" ")
    second, _, others = other.partition(" ")
    return rest == others and (second in synonyms(first) or first in synonyms(second))


def _class(kind: str, members: Counter[str], sentences: list[str], schema: Schema) -> str:
    parents = _shares(members)
    above = f" rdfs:subClassOf {', '.join(map(_name, parents))} ;" if parents else ""
    return (
        f"{_remarks(sum(members.values()), sentences)}"
        f':{_camel(kind, upper=True)} a owl:Class ;{above} rdfs:label "{_quoted(kind)}"@en ;\n'
        f'    lex:noun "{_quoted(kind.lower())}"@en .\n'
    )


def _relation(cluster: _Cluster, schema: Schema) -> str:
    names = sorted(cluster.patterns, key=lambda p: (-cluster.patterns[p], p))
    ends = ""
    for predicate, kinds in (("domain", cluster.subjects), ("range", cluster.objects)):
        classes = _shares(kinds)
        if classes:
            ends += f"    rdfs:{predicate} {', '.join(map(_name, classes))} ;\n"
    said = ", ".join(f'"{_quoted(name)}"@en' for name in names)
    return (
        f"{_remarks(sum(cluster.patterns.values()), cluster.sentences)}"
        f':{_camel(names[0])} a owl:ObjectProperty ; rdfs:label "{_quoted(names[0])}"@en ;\n'
        f"{ends}    lex:verb {said} .\n"
    )


def _shares(kinds: Counter[str]) -> list[str]:
    """The core's classes that make up a fair share of the uses; none where anything stood there."""
    total = sum(kinds.values())
    telling = {iri: n for iri, n in kinds.items() if iri not in (THING, CONCEPT) and iri.startswith(FL)}
    if sum(telling.values()) < total / 2:
        return []
    return sorted(iri for iri, n in telling.items() if n >= _SHARE * total)


def _remarks(count: int, sentences: list[str]) -> str:
    shown = list(dict.fromkeys(" ".join(s.split()) for s in sentences))[:_EXAMPLES]
    return "".join(f"# {line}\n" for line in (f"met {count} times", *(f"“{s}”" for s in shown)))


def _camel(words: str, *, upper: bool = False) -> str:
    parts = ["".join(c for c in w if c.isalnum()) for w in words.split()]
    name = "".join(p[:1].upper() + p[1:] for p in parts if p)
    name = name if name[:1].isalpha() else f"N{name}"
    return name if upper else name[:1].lower() + name[1:]


def _name(iri: str) -> str:
    return f"fl:{iri.removeprefix(FL)}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
