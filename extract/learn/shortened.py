"""Shorter forms of a name that stands in full: "Anna Kent" of "Dame Anna Maria Kent".

Encyclopaedias and databases call a person by first and last name where a text has titles, middle names and
nicknames as well. Takes the words of a name; gives the ways to leave words out at its beginning, in its
middle or at its end, as variants among which the weights of boundaries choose
(`factloom.extract.learn.edges`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from factloom.extract.learn.variant import Variant
from factloom.extract.tokens import Sentence, Token
from factloom.extract.variants import PARTICLES

_FEWEST, _MOST = 3, 7  # words of a name that is shortened
_MANY = 3  # words left out; more are counted as so many
_MARKS = frozenset({'"', "“", "”", "``", "''", "'", "‘", "’", "(", ")", "[", "]", ",", ";", ":"})
_Word = tuple[int, int]  # tokens, half-open


def shortened(sentence: Sentence, variants: Iterable[Variant]) -> Iterator[Variant]:
    """The shorter forms of the longest of the variants that is a name of several words."""
    longest: list[_Word] = []
    for variant in variants:
        words = _words(sentence.tokens, variant)
        if len(words) > len(longest):
            longest = words
    if len(longest) >= _FEWEST:
        yield from _forms(sentence.tokens, longest)


def _words(tokens: Sequence[Token], variant: Variant) -> list[_Word]:
    """What stands between blanks, without marks; nothing unless all of it has capitals or is a particle."""
    found: list[_Word] = []
    start = variant.start
    for i in range(variant.start, variant.end):
        if tokens[i].text in _MARKS:
            start = i + 1
        elif i + 1 == variant.end or tokens[i].space or tokens[i + 1].text in _MARKS:
            found.append((start, i + 1))
            start = i + 1
    named = all(_is_capital(tokens, word) or tokens[word[0]].norm in PARTICLES for word in found)
    return found if named and len(found) <= _MOST else []


def _is_capital(tokens: Sequence[Token], word: _Word) -> bool:
    return tokens[word[0]].text[:1].isupper()


def _forms(tokens: Sequence[Token], words: Sequence[_Word]) -> Iterator[Variant]:
    """From any word to any later one, with all between, or with the first and the last of them alone."""
    for first, last in combinations(range(len(words)), 2):
        if tokens[words[last][0]].norm in PARTICLES:
            continue
        before, after = min(first, _MANY), min(len(words) - 1 - last, _MANY)
        start, end = words[first][0], words[last][1]
        yield Variant(start, end, f"shortened {before}-0-{after}")
        for behind in range(first + 2, last + 1):
            gap = words[first][1], words[behind][0]
            source = f"shortened {before}-{min(behind - first - 1, _MANY)}-{after}"
            yield Variant(start, end, source, left_out=gap)
            if behind == last and all(_is_capital(tokens, word) for word in words[first + 1 : last]):
                yield Variant(start, end, f"{source} initials", left_out=gap, initials=True)
