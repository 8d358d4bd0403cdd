"""Which pairs of candidates the examples call true, which false, and which they don't tell.

Takes the scenes of an example and its facts; gives labels and where the facts' ends stand. A fact whose ends
are not in the text teaches nothing; a pair that touches a fact without being it is left out of training,
unless the fact was given by places and no pair fits better: then only the boundaries are not to be learnt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.conventions import AS_READ, CONVENTIONS, normal
from factloom.extract.learn.examples import End, Example, Fact
from factloom.extract.learn.scenes import Scene
from factloom.extract.learn.told import plain, short_forms
from factloom.extract.learn.variant import Variant
from factloom.extract.lexicon import place_of

TRUE, FALSE, UNTOLD = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Place:
    """Where an end of a fact stands: the candidate, the variant that is its words, and how it is written.

    `told` is the name that an example gives, where it names the end. `share` is how much of both is common to
    the words of the fact and of the variant, 1 where they are equal.
    """

    candidate: int
    variant: Variant
    convention: str = "as in the text"
    told: str = ""
    share: float = 1.0


@dataclass(slots=True, eq=False)
class Labelled:
    """A scene with what an example says of it: the true pairs with their relation and places."""

    scene: Scene
    scopes: list[tuple[int, int, NDArray[np.int8]]]
    true: dict[tuple[int, int], dict[int, tuple[Place, Place]]] = field(default_factory=dict)
    touched: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)

    def labels(self, pair: tuple[int, int]) -> NDArray[np.int8]:
        """A label for every relation: `TRUE`, `FALSE` or `UNTOLD`."""
        tokens = self.scene.sentence.tokens
        ends = [self.scene.candidates[i].variants[0] for i in pair]
        start = min(tokens[v.start].start for v in ends)
        stop = max(tokens[v.end - 1].end for v in ends)
        inside = [mask for first, last, mask in self.scopes if first <= start and stop <= last]
        result = np.max(inside, axis=0) if inside else np.full_like(self.scopes[0][2], UNTOLD)
        result = result.copy()
        for relation in self.touched.get(pair, ()):
            if relation not in self.settled:
                result[relation] = UNTOLD
        for relation in self.true.get(pair, ()):
            result[relation] = TRUE
        return result


class Labeller:
    """Labels scenes; `numbers` gives a relation's number by any of its names."""

    def __init__(self, numbers: Mapping[str, int], count: int) -> None:
        self._numbers = numbers
        self._count = count

    def number(self, name: str) -> int | None:
        """The number of a relation by IRI, local name or label."""
        return self._numbers.get(name, self._numbers.get(normal(name)))

    def label(self, example: Example, scenes: Sequence[Scene]) -> list[Labelled]:
        """The labelled scenes of an example."""
        scopes = [(s.span.start, s.span.end, self._mask(s.relations)) for s in example.scopes]
        found = [Labelled(scene, scopes) for scene in scenes]
        for fact in dict.fromkeys(example.facts):
            number = self.number(fact.relation)
            if number is not None:
                self._find(fact, number, found)
        return found

    def _mask(self, relations: frozenset[str] | None) -> NDArray[np.int8]:
        if relations is None:
            return np.full(self._count, FALSE, np.int8)
        mask = np.full(self._count, UNTOLD, np.int8)
        for name in relations:
            number = self.number(name)
            if number is not None:
                mask[number] = FALSE
        return mask

    def _find(self, fact: Fact, number: int, found: Sequence[Labelled]) -> None:
        named = fact.subject.span is None or fact.object.span is None
        hits: list[tuple[int, Labelled, Place, Place]] = []
        near: list[tuple[int, Labelled, Place, Place]] = []
        for labelled in found:
            scene = labelled.scene
            subjects, near_subjects = _places(scene, fact.subject, value=False)
            objects, near_objects = _places(scene, fact.object, value=True)
            for i, subject in (near_subjects | subjects).items():
                for j, target in (near_objects | objects).items():
                    if i == j:
                        continue
                    labelled.touched.setdefault((i, j), set()).add(number)
                    if i in subjects and j in objects:
                        hits.append((abs(i - j), labelled, subject, target))
                    elif not named:
                        near.append((abs(i - j), labelled, subject, target))
        if not hits and near:
            hits = [max(near, key=_common)]
        if named and hits:
            least = min(distance for distance, *_ in hits)
            hits = [h for h in hits if h[0] == least][:1]
        for _, labelled, subject, target in hits:
            if named:
                labelled.settled.add(number)
            labelled.true.setdefault((subject.candidate, target.candidate), {})[number] = (subject, target)


def _places(scene: Scene, end: End, *, value: bool) -> tuple[dict[int, Place], dict[int, Place]]:
    """The candidates that are this end, and those that touch it."""
    if end.span is not None:
        return _by_offsets(scene, end.span.start, end.span.end)
    return _by_name(scene, end.text, value=value)


def _by_offsets(scene: Scene, start: int, end: int) -> tuple[dict[int, Place], dict[int, Place]]:
    exact: dict[int, Place] = {}
    near: dict[int, Place] = {}
    tokens = scene.sentence.tokens
    if end <= scene.sentence.start or start >= scene.sentence.end:
        return exact, near
    for i, candidate in enumerate(scene.candidates):
        for variant in candidate.variants:
            first, last = tokens[variant.start].start, tokens[variant.end - 1].end
            if (first, last) == (start, end) and variant.whole:
                exact[i] = Place(i, variant, AS_READ)
        own = candidate.variants[0]
        if tokens[own.start].start < end and start < tokens[own.end - 1].end:
            near[i] = max(
                (
                    Place(
                        i, v, AS_READ, share=_share(tokens[v.start].start, tokens[v.end - 1].end, start, end)
                    )
                    for v in candidate.variants
                ),
                key=lambda place: place.share,
            )
    return exact, near


def _share(start: int, end: int, first: int, last: int) -> float:
    """How much of two stretches of characters is common to both, in [0, 1]."""
    return max(0, min(end, last) - max(start, first)) / (max(end, last) - min(start, first))


def _common(hit: tuple[int, Labelled, Place, Place]) -> float:
    return hit[2].share * hit[3].share


def _by_name(scene: Scene, name: str, *, value: bool) -> tuple[dict[int, Place], dict[int, Place]]:
    exact: dict[int, Place] = {}
    near: dict[int, Place] = {}
    wanted = normal(name)
    for i, candidate in enumerate(scene.candidates):
        for variant in candidate.variants:
            text = scene.name(i, variant)
            said = normal(text)
            if said == wanted:
                exact.setdefault(i, Place(i, variant, told=name))
            elif value and i not in exact:
                convention = _convention(text, wanted, candidate.kind)
                if convention is not None:
                    exact[i] = Place(i, variant, convention)
            if len(said) > 3 and len(wanted) > 3 and (said in wanted or wanted in said):
                near[i] = Place(i, variant)
    return exact or _by_short_form(scene, name.replace("_", " "), value=value), near


def _by_short_form(scene: Scene, name: str, *, value: bool) -> dict[int, Place]:
    """Where something else stands for a name that is not there: an object's short form, accents left out."""
    found: dict[int, Place] = {}
    accents = normal(plain(name))
    forms = short_forms(name) if value and any(c.isalpha() for c in name) else set()
    for i, candidate in enumerate(scene.candidates):
        if candidate.kind in ("pronoun", "value"):
            continue
        for variant in candidate.variants:
            text = scene.name(i, variant)
            said = normal(text)
            stands = said == accents or said in forms or (forms and place_of(text.lower()) == name)
            if stands and (i not in found or len(said) > len(normal(scene.name(i, found[i].variant)))):
                found[i] = Place(i, variant, told=name)
    return found


def _convention(text: str, wanted: str, kind: str) -> str | None:
    if kind not in ("value", "noun", "name") or (kind == "value") != any(c.isdigit() for c in wanted):
        return None
    for name, write in CONVENTIONS.items():
        if (name == "plural") != (kind != "value"):
            continue
        said = write(text)
        if said is not None and normal(said) == wanted:
            return name
    return None
