"""Which thing of an authority file an entity is: by its name, its kind and the words around it, or none.

Takes an entity, the things that bear one of its names, and the words of the sentences it stands in. A thing
of another kind is left out; what is left is weighed by kind and by shared words. Where two fit alike
nothing is said: an abstention costs less than a wrong identity.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from factloom.extract.authority import Thing, normal
from factloom.ontology.namespaces import CONCEPT, THING
from factloom.ontology.records import Entity, Match
from factloom.ontology.schema import Schema

_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    """
    the and for with from that this which who was were are has have had its his her their other into also not
    but one two first new said says say year years name based company part used known
    """.split()
)
# Words shared beyond this count no more.
_MOST_WORDS = 3
# The best must be ahead of the second by this much to be sure.
_MARGIN = 2


def context_words(text: str) -> set[str]:
    """The words of a text that tell what it is about, in lower case, plurals cut."""
    found = {word.lower() for word in _WORD.findall(text)}
    return {w[:-1] if w.endswith("s") and not w.endswith("ss") else w for w in found - _STOP}


@dataclass(frozen=True, slots=True)
class _Rated:
    """A thing with its points: fitting kind 2, label 1, up to 3 shared words 1 each."""

    thing: Thing
    points: int
    kind: bool
    by: str
    shared: tuple[str, ...]

    @property
    def why(self) -> str:
        parts = [self.by]
        if self.kind:
            parts.append("of a fitting kind")
        if self.shared:
            parts.append("words of its description stand near: " + ", ".join(self.shared[:5]))
        return "; ".join(parts)


def is_linkable(entity: Entity) -> bool:
    """Whether an entity bears a name or is a kind; a described thing of one document is neither."""
    return entity.kind == CONCEPT or any(c.isupper() for c in entity.label)


def match_of(entity: Entity, things: Sequence[Thing], context: Set[str], schema: Schema) -> Match | None:
    """What the entity is among `things`, surely or likely; None when none fits or two fit alike."""
    kinds = _kinds_by_iri(schema)
    rated = [_rated(entity, thing, context, schema, kinds) for thing in things]
    fitting = sorted((r for r in rated if r is not None), key=lambda r: (-r.points, r.thing.iri))
    if not fitting:
        return None
    best = fitting[0]
    ahead = best.points - fitting[1].points if len(fitting) > 1 else None
    if ahead == 0:
        return None
    if ahead is None:
        sure = (best.kind and (best.by == "its label" or bool(best.shared))) or len(best.shared) >= 2
    else:
        sure = ahead >= _MARGIN and bool(best.shared)
    why = best.why if len(things) == 1 else f"{best.why}; {len(things) - 1} other of this name fit less"
    return Match(best.thing.iri, sure, why)


def _rated(
    entity: Entity, thing: Thing, context: Set[str], schema: Schema, kinds: Mapping[str, str]
) -> _Rated | None:
    """The points of a thing; None when its kind is another."""
    fit = _fit(entity.kind, _classes(thing, schema, kinds), schema)
    if fit < 0:
        return None
    own = context_words(" ".join((entity.label, *entity.aliases, thing.label)))
    told = context_words(" ".join((thing.description, *(t for t in thing.types if ":" not in t))))
    shared = tuple(sorted((told & context) - own))
    by = _name_in_common(entity, thing)
    points = 2 * fit + (by == "its label") + min(len(shared), _MOST_WORDS)
    return _Rated(thing, points, fit > 0, by, shared)


def _name_in_common(entity: Entity, thing: Thing) -> str:
    if normal(entity.label) == normal(thing.label):
        return "its label"
    names = {normal(name) for name in (entity.label, *entity.aliases)}
    alias = next((a for a in (thing.label, *thing.aliases) if normal(a) in names), thing.label)
    return f"its other name {alias!r}"


def _classes(thing: Thing, schema: Schema, kinds: Mapping[str, str]) -> set[str]:
    """The classes that the types and the first words of the description name."""
    found = {kinds[t] for t in thing.types if t in kinds}
    nouns = [t for t in thing.types if ":" not in t]
    head = re.split(r"[,;(]| (?:of|in|from|for|by|based|that|who|which|and|at|on) ", thing.description)[0]
    if head.strip() and not found:
        nouns.append(head.strip())
    return found | {c for noun in nouns if (c := schema.class_of_noun(noun)) is not None}


def _kinds_by_iri(schema: Schema) -> dict[str, str]:
    """Classes by the IRIs that they are aligned with."""
    return {target: iri for iri, term in schema.classes.items() for target in term.exact}


def _fit(kind: str, classes: set[str], schema: Schema) -> int:
    """1 where a class is the kind, above or below it; -1 where all are disjoint from it; else 0."""
    if kind in (THING, CONCEPT) or not classes:
        return 0
    if any(schema.is_a(c, kind) or schema.is_a(kind, c) for c in classes if c != THING):
        return 1
    return -1 if all(schema.disjoint(kind, c) for c in classes) else 0
