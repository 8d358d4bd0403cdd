"""Which candidates of a sentence are probably one thing: a name met again, a pronoun and what it stands for.

Takes a `Scene`; gives a number for each candidate, equal for candidates that are one thing. The learner only
looks at these numbers (`factloom.extract.learn.rivals`), so that a wrong one costs no more than it is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

from factloom.extract.learn.candidates import Candidate
from factloom.extract.learn.conventions import normal
from factloom.extract.learn.scenes import Scene
from factloom.extract.tokens import Token

_RELATIVE = frozenset({"WHO", "WHICH", "WHERE"})
_CLAUSE = ("relcl", "acl")
_SPEAKERS = frozenset({"I", "HE", "SHE", "IT", "THEY"})


@dataclass(frozen=True, slots=True)
class Groups:
    """A number for each candidate, equal for those of one thing, and one for those of a coordination."""

    things: list[int]
    chains: list[int]


def groups(scene: Scene) -> Groups:
    """The groups of a scene's candidates."""
    return Groups(same_things(scene), coordinated(scene))


def same_things(scene: Scene) -> list[int]:
    """A number for each candidate: that of the first candidate which is the same thing."""
    found = list(range(len(scene.candidates)))

    def join(i: int, j: int) -> None:
        low, high = sorted((found[i], found[j]))
        found[:] = [low if n == high else n for n in found]

    heads: dict[Token | None, int] = {c.head: i for i, c in enumerate(scene.candidates)}
    names = {i: _words(c) for i, c in enumerate(scene.candidates) if c.kind == "name"}
    for i, candidate in enumerate(scene.candidates):
        kind = scene.types[i]
        if i in names:
            for j in range(i):
                if j in names and scene.types[j] == kind and _alike(names[i], names[j]):
                    join(i, j)
        elif kind in _RELATIVE:
            antecedent = _antecedent(candidate)
            if antecedent in heads:
                join(i, heads[antecedent])
        elif candidate.kind == "pronoun":
            for j in range(i):
                if kind in _SPEAKERS and scene.types[j] == kind:
                    join(i, j)
            if i in scene.stand_ins:
                forms = {normal(f) for f in (scene.stand_ins[i][0].label, *scene.stand_ins[i][0].forms)}
                for j, words in names.items():
                    if "".join(words) in forms:
                        join(i, j)
    return found


def coordinated(scene: Scene) -> list[int]:
    """A number for each candidate: the place of the first word of its coordination."""
    found: list[int] = []
    for candidate in scene.candidates:
        token = candidate.head
        while token.dep == "conj" and token.head is not token:
            token = token.head
        found.append(token.i)
    return found


def _words(candidate: Candidate) -> tuple[str, ...]:
    return tuple(filter(None, (normal(t.text) for t in candidate.tokens())))


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one name is the other, or a part of it that stands at its beginning or end."""
    short, long = sorted((one, other), key=len)
    return bool(short) and short in (long[: len(short)], long[-len(short) :])


def _antecedent(candidate: Candidate) -> Token | None:
    """The noun that the relative clause around the pronoun belongs to."""
    for token in (candidate.head, *candidate.head.ancestors()):
        if token.dep in _CLAUSE:
            return token.head
    return None
