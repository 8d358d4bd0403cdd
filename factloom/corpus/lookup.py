"""Entities of a whole corpus looked up in authority files, with the sentences of the corpus as context."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from factloom.corpus.packing import unpack
from factloom.extract.authority import Thing, normal, things_called
from factloom.extract.matching import context_words, is_linkable, match_of
from factloom.graph.merge import Agreed, entities_of
from factloom.ontology.records import Entity
from factloom.ontology.schema import Schema


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The entities by IRI, with what they are; how many exactly, closely, and not for want of a difference
    or of a fitting kind ("exact", "close", "undecided")."""

    entities: Mapping[str, Entity]
    counts: Mapping[str, int]


def looked_up(
    groups: Iterable[tuple[bytes, list[bytes]]], agreed: Agreed, files: Iterable[Path], schema: Schema
) -> LookedUp:
    """Each name and kind with the thing of `files` that it is; `groups` are the packed statements by key.

    The result depends on the set of statements and files alone. Raises `UsageError` or `OntologyError` for
    a file that can't be read.
    """
    names = {
        iri: {normal(name) for name in (entity.label, *entity.aliases)}
        for iri, entity in agreed.entities.items()
        if is_linkable(entity)
    }
    called = things_called((name for some in names.values() for name in some), files)
    met = {iri: _things(some, called) for iri, some in names.items() if some & called.keys()}
    contexts = _contexts(groups, met.keys())
    counts: Counter[str] = Counter()
    entities = dict(agreed.entities)
    for iri, things in met.items():
        match = match_of(entities[iri], things, contexts.get(iri, set()), schema)
        counts["undecided" if match is None else "exact" if match.exact else "close"] += 1
        if match is not None:
            entities[iri] = replace(entities[iri], matches=(match,))
    return LookedUp(entities, counts)


def _things(names: Iterable[str], called: Mapping[str, tuple[Thing, ...]]) -> list[Thing]:
    """The things under any of the names, once each, sorted by IRI."""
    found = {thing.iri: thing for name in names for thing in called.get(name, ())}
    return [found[iri] for iri in sorted(found)]


def _contexts(groups: Iterable[tuple[bytes, list[bytes]]], wanted: Iterable[str]) -> dict[str, set[str]]:
    """For each wanted IRI the words of the sentences of its statements."""
    wanted = set(wanted)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for _, group in groups:
        for data in group:
            statement = unpack(data)
            near = {entity.iri for entity in entities_of(statement)} & wanted
            if near:
                here = {w for e in statement.evidence for w in context_words(e.sentence_text)}
                for iri in near:
                    words[iri] |= here
    return words
