"""A pair of candidates as numbers: the pipeline's own vectors of the words around them.

Takes a scene whose sentence bears vectors (tokens × width, `Sentence.vectors`); gives a row for each pair:
the vectors of both heads, of the words between (mean, maximum) and on the way through the parse (mean, first
content word, top), of the words beside both ends, of what governs them, of their words (mean) and of the
whole sentence (mean); then types, order, distances.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.candidates import Candidate
from factloom.extract.learn.features import path
from factloom.extract.learn.scenes import Scene
from factloom.extract.tokens import Token

_PARTS = 16  # vectors of a pair
_PLAIN = 4  # numbers behind the types: order, words between, words on the way, candidates between
_FAR = 20  # words between; more are counted as so many
_CONTENT = frozenset({"NOUN", "VERB"})
Floats = NDArray[np.float32]


def width(vectors: int, types: int) -> int:
    """How many numbers a pair has where a word has `vectors` and there are so many types."""
    return _PARTS * vectors + 2 * types + _PLAIN


def pair_vectors(scene: Scene, pairs: Sequence[tuple[int, int]], types: Sequence[str]) -> Floats:
    """Pairs × `width` numbers; `types` are those that are told apart."""
    words = scene.sentence.vectors
    assert words is not None
    size = words.shape[1]
    numbers = {name: n for n, name in enumerate(types)}
    rows = np.zeros((len(pairs), width(size, len(types))), np.float32)
    whole = words.mean(axis=0)
    ends = {i: _end(words, scene.candidates[i]) for i in dict.fromkeys(i for pair in pairs for i in pair)}
    for row, (i, j) in zip(rows, pairs, strict=True):
        parts = row[: _PARTS * size].reshape(_PARTS, size)
        _fill(parts, row[-_PLAIN:], words, scene, (i, j))
        parts[7:-1:2], parts[8:-1:2], parts[-1] = ends[i], ends[j], whole
        for side, end in enumerate((i, j)):
            number = numbers.get(scene.types[end])
            if number is not None:
                row[_PARTS * size + side * len(types) + number] = 1.0
    return rows


def _end(words: Floats, candidate: Candidate) -> Floats:
    """4 × width: the vectors of the words before and behind, of what governs the head, of the own words."""
    own, found = candidate.variants[0], np.zeros((4, words.shape[1]), np.float32)
    if own.start > 0:
        found[0] = words[own.start - 1]
    if own.end < len(words):
        found[1] = words[own.end]
    found[2] = words[candidate.head.head.i]
    found[3] = words[own.start : own.end].mean(axis=0)
    return found


def _fill(parts: Floats, plain: Floats, words: Floats, scene: Scene, pair: tuple[int, int]) -> None:
    """Set what the two ends have together."""
    one, other = (scene.candidates[i] for i in pair)
    subject, target = one.variants[0], other.variants[0]
    parts[0], parts[1] = words[one.head.i], words[other.head.i]
    first, last = min(subject.end, target.end), max(subject.start, target.start)
    if first < last:
        between = words[first:last]
        parts[2], parts[3] = between.mean(axis=0), between.max(axis=0)
    found = path(one.head, other.head)
    way = [t for t in _inner(found) if t is not one.head and t is not other.head]
    if way:
        parts[4] = words[[t.i for t in way]].mean(axis=0)
        parts[5] = words[next((t for t in way if t.pos in _CONTENT), way[0]).i]
    if found is not None:
        parts[6] = words[found[1].i]
    plain[:] = (
        1.0 if subject.start < target.start else -1.0,
        min(last - first, _FAR) / 5,
        len(way) / 3,
        abs(pair[0] - pair[1]) / 3,
    )


def _inner(way: tuple[list[Token], Token, list[Token]] | None) -> list[Token]:
    """The tokens of the way but its ends."""
    return [] if way is None else [*way[0], way[1], *way[2]][1:-1]
