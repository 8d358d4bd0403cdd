"""Words parted at the ends of lines: closed where the whole is a word, left with their hyphen where not."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]+)-$")
_REST = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", "")),
)
_LISTS = ("verbs.txt.gz", "nouns.txt.gz")


class Hyphens:
    """Knows the words of a document, from its lines, and the words of English."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        for line in lines:
            found = [m[0].lower() for m in _WORD.finditer(line)]
            if found and line.endswith("-"):
                found.pop()
            self._words.update(found)

    def join(self, before: str, line: str) -> str:
        """`line` behind `before`; a word that the line break parts becomes one again."""
        parted, rest = _PARTED.search(before), _REST.match(line)
        if parted is None or rest is None:
            return f"{before} {line}" if not before.endswith("-") else before + line
        if not rest[0][0].islower():
            return before + line
        first, second = parted[1].lower(), rest[0].lower()
        if f"{first}-{second}" in self._words and first + second not in self._words:
            return before + line
        if self._is_word(first + second) or not (self._is_word(first) and self._is_word(second)):
            return before[:-1] + line
        return before + line

    def _is_word(self, word: str) -> bool:
        return word in self._words or any(form in _english() for form in _forms(word))


def _forms(word: str) -> Iterable[str]:
    """The word and what it may be a form of."""
    yield word
    for ending, stem in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("ly", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)] + stem


@cache
def _english() -> frozenset[str]:
    """Nouns and verbs of English, in lower case."""
    words: set[str] = set()
    for name in _LISTS:
        with files("factloom.extract").joinpath("data", name).open("rb") as stream:
            for line in gzip.decompress(stream.read()).decode().split("\n"):
                words.add(line.split("\t")[0].lower())
    return frozenset(words)
