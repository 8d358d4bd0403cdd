"""A book that is longer than a document may be, as several documents: cut at its chapters or pages.

Takes a draft, gives it whole or in parts. The parts are named by number ("book/part-2", "The dam, part 2"),
and each keeps the names of its chapters or pages for evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from factloom.extract.readers.base import Draft
from factloom.extract.readers.cleaning import clean_line

# Characters between two blocks of a finished text.
_BETWEEN = 2


def in_parts(draft: Draft, name: str, max_chars: int) -> Iterator[Draft]:
    """The draft itself if it has no more than `max_chars` characters, or else its parts of at most so many.

    A part ends where a chapter or page does; one that is longer is cut between blocks, and a block that
    is longer is left to be refused. `name` is the id that the draft's input suggests.
    """
    if sum(map(len, draft.blocks)) + _BETWEEN * len(draft.blocks) <= max_chars:
        yield draft
        return
    sizes = [len(line) + _BETWEEN if line else 0 for line in map(clean_line, draft.blocks)]
    cuts = [0, *_cuts(sizes, {number for number, offset, _ in draft.locators if not offset}, max_chars)]
    if len(cuts) == 1:
        yield draft
        return
    title = draft.title or name.rpartition("/")[2]
    for number, (first, end) in enumerate(pairwise([*cuts, len(sizes)]), 1):
        yield replace(
            draft,
            blocks=draft.blocks[first:end],
            id=f"{draft.id or name}/part-{number}",
            title=f"{title}, part {number}",
            locators=tuple(_locators(draft.locators, first, end)),
        )


def _cuts(sizes: Sequence[int], begins: set[int], most: int) -> Iterator[int]:
    """The blocks at which a new part begins: as late as possible, where a chapter begins if there is one."""
    size = first = 0
    chapter = None
    for number, own in enumerate(sizes):
        if number in begins and size:
            chapter = number
        size += own
        if size > most and size > own:
            first = chapter if chapter is not None else number
            yield first
            chapter = None
            size = sum(sizes[first : number + 1])


def _locators(
    locators: Sequence[tuple[int, int, str]], first: int, end: int
) -> Iterator[tuple[int, int, str]]:
    """Those of some blocks, the one that holds at their beginning before all."""
    before = [name for number, offset, name in locators if (number, offset) <= (first, 0)]
    if before:
        yield 0, 0, before[-1]
    for number, offset, name in locators:
        if (first, 0) < (number, offset) and number < end:
            yield number - first, offset, name
