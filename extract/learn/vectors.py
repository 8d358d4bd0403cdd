"""A pair of candidates as numbers: the pipeline's own vectors of the words around them.

Takes a scene whose sentence bears vectors (tokens × width, `Sentence.vectors`); gives a row for each pair:
the vectors of both heads, of the words between (mean, maximum) and on the way through the parse (mean, first
content word), of the word before the subject and of the one behind the object; then types, order, distances.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from factloom.extract.learn.features import path_between
from factloom.extract.learn.scenes import Scene

_PARTS = 8  # vectors of a pair
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
    for row, (i, j) in zip(rows, pairs, strict=True):
        _fill(row[: _PARTS * size].reshape(_PARTS, size), row[-_PLAIN:], words, scene, (i, j))
        for side, end in enumerate((i, j)):
            number = numbers.get(scene.types[end])
            if number is not None:
                row[_PARTS * size + side * len(types) + number] = 1.0
    return rows


def _fill(parts: Floats, plain: Floats, words: Floats, scene: Scene, pair: tuple[int, int]) -> None:
    one, other = (scene.candidates[i] for i in pair)
    subject, target = one.variants[0], other.variants[0]
    parts[0], parts[1] = words[one.head.i], words[other.head.i]
    first, last = min(subject.end, target.end), max(subject.start, target.start)
    if first < last:
        between = words[first:last]
        parts[2], parts[3] = between.mean(axis=0), between.max(axis=0)
    way = [t for t in path_between(one.head, other.head)[1:-1] if t is not one.head and t is not other.head]
    if way:
        parts[4] = words[[t.i for t in way]].mean(axis=0)
        parts[5] = words[next((t for t in way if t.pos in _CONTENT), way[0]).i]
    if subject.start > 0:
        parts[6] = words[subject.start - 1]
    if target.end < len(words):
        parts[7] = words[target.end]
    plain[:] = (
        1.0 if subject.start < target.start else -1.0,
        min(last - first, _FAR) / 5,
        len(way) / 3,
        abs(pair[0] - pair[1]) / 3,
    )
