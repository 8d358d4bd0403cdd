"""From lines at places on pages to paragraphs in reading order.

Takes the lines of every page; drops what runs along the pages' edges, finds columns, joins lines into
paragraphs, across columns and pages too, and closes words parted by hyphens. The columns are found by
the empty stripe between them; what lies across it (a title, a wide picture's words) parts the page into
bands that are read one after the other, each column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from factloom.extract.readers.hyphens import Hyphens

# Lines that near an edge (a share of the page's height) can be running headers and footers.
_EDGE = 0.12
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|[-–—|\[])?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|\|)\s*\d{1,4})?\s*[-–—|\]]?", re.I
)
_DIGITS = re.compile(r"\d+")
_FEWEST_LINES = 3
# So many footnotes can stand between the halves of a paragraph.
_FOOTNOTES = 20
_ENDED = tuple(".!?:;…\"'”’)]")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line: their box in points from the page's lower left corner, and the letters' height."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its height in points, its lines in any order."""

    number: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Blocks in reading order, where the pages begin in them, and the largest words of the first page."""

    blocks: tuple[str, ...]
    locators: tuple[tuple[int, int, str], ...]
    heading: str | None


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, each with the number of its page."""

    lines: list[tuple[Line, int]] = field(default_factory=list)

    @property
    def last(self) -> Line:
        return self.lines[-1][0]

    @property
    def size(self) -> float:
        return median(line.size for line, _ in self.lines)


def arrange(pages: Sequence[Page]) -> Text:
    """The text of all pages, pages named "page 1" and so on."""
    running = _running_lines(pages)
    paragraphs: list[_Paragraph] = []
    for page in pages:
        kept = [line for line in page.lines if not _is_furniture(line, page, running)]
        for column in _columns(_joined(kept)):
            _append(paragraphs, list(_paragraphs(column, page.number)))
    blocks, locators = _written(paragraphs)
    return Text(blocks, locators, _heading(paragraphs))


# --- What runs along the edges


def _running_lines(pages: Sequence[Page]) -> frozenset[str]:
    """Lines near the edge that come again on a third of the pages, at least three, digits aside."""
    met: Counter[str] = Counter()
    for page in pages:
        met.update({_pattern(line) for line in page.lines if _is_at_edge(line, page)})
    least = max(_FEWEST_LINES, len(pages) / 3)
    return frozenset(pattern for pattern, count in met.items() if count >= least)


def _pattern(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.lower().split()))


def _is_at_edge(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _EDGE) or line.top < page.height * _EDGE


def _is_furniture(line: Line, page: Page, running: frozenset[str]) -> bool:
    if not _is_at_edge(line, page):
        return False
    return _pattern(line) in running or bool(_PAGE_NUMBER.fullmatch(line.text.strip()))


# --- Lines and columns


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Runs on one line that stand close become one; from the top of the page down."""
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (-round(line.bottom + line.top), line.left)):
        before = found[-1] if found else None
        if before is not None and _same_line(before, line) and -1.0 < line.left - before.right < line.size:
            gap = " " if line.left - before.right > 0.15 * line.size else ""
            found[-1] = Line(
                before.text + gap + line.text,
                before.left,
                min(before.bottom, line.bottom),
                max(before.right, line.right),
                max(before.top, line.top),
                max(before.size, line.size),
            )
        else:
            found.append(line)
    return found


def _same_line(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def _columns(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines column by column; a page of one column comes as it is."""
    gutter = _gutter(lines)
    if gutter is None:
        if lines:
            yield lines
        return
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in lines:
        if line.right <= gutter or line.left >= gutter:
            if across:
                yield across
                across = []
            (left if line.right <= gutter else right).append(line)
        else:
            yield from _columns(left)
            yield from _columns(right)
            left, right = [], []
            across.append(line)
    yield from (column for column in (across,) if column)
    yield from _columns(left)
    yield from _columns(right)


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of an empty stripe between two columns of prose; None when there is none.

    At most a third of the lines may lie across it, and on both sides stand at least three lines of a
    length that prose has, at the same heights.
    """
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    best: tuple[int, float] | None = None
    for start in {round(line.left, 1) for line in lines}:
        right = [line for line in lines if line.left >= start - 0.1]
        left = [line for line in lines if line.right < start]
        across = len(lines) - len(right) - len(left)
        if across * 3 > len(lines) or not (_is_column(left) and _is_column(right)):
            continue
        if not _side_by_side(left, right):
            continue
        edge = max(line.right for line in left)
        if start - edge > 0.5 * median(line.size for line in lines) and (best is None or across < best[0]):
            best = (across, (start + edge) / 2)
    return best[1] if best else None


def _is_column(lines: Sequence[Line]) -> bool:
    """Enough lines, of the length that lines of prose have."""
    return len(lines) >= _FEWEST_LINES and median(len(line.text) for line in lines) >= 18


def _side_by_side(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """The shorter column stands for the most part beside the other one."""
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    shorter = min(max(c.top for c in side) - min(c.bottom for c in side) for side in (left, right))
    return top - bottom > 0.5 * shorter


# --- Paragraphs


def _paragraphs(column: Sequence[Line], page: int) -> Iterator[_Paragraph]:
    leading = _leading(column)
    edge = max(line.right for line in column)
    paragraph = _Paragraph()
    for line in column:
        if paragraph.lines and _begins(paragraph, line, leading, edge):
            yield paragraph
            paragraph = _Paragraph()
        paragraph.lines.append((line, page))
    yield paragraph


def _leading(column: Sequence[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps = [a.bottom - b.bottom for a, b in pairwise(column)]
    steps = sorted(step for step in steps if step > 0)
    return steps[len(steps) // 3] if steps else column[0].size * 1.2


def _begins(paragraph: _Paragraph, line: Line, leading: float, edge: float) -> bool:
    """Whether `line` is the first of a new paragraph, by its distance, size, indentation or what ended."""
    before = paragraph.last
    if before.bottom - line.bottom > 1.35 * leading or _differs(before.size, line.size):
        return True
    if abs(before.bottom - line.bottom) < 0.3 * line.size:
        return True  # A cell of the same row of a table.
    margin = min(known.left for known, _ in paragraph.lines)
    if line.left - margin > 0.8 * line.size and (len(paragraph.lines) > 1 or before.text.endswith(_ENDED)):
        return True
    return before.text.endswith(_ENDED) and before.right < edge - 0.15 * (edge - margin)


def _differs(one: float, other: float) -> bool:
    return abs(one - other) > 0.12 * max(one, other)


def _append(paragraphs: list[_Paragraph], new: list[_Paragraph]) -> None:
    """Add a column's paragraphs; the first goes on with the one before (footnotes aside) that has no end."""
    if new:
        size = new[0].size
        above = (p for p in reversed(paragraphs[-_FOOTNOTES:]) if p.size > size or not _differs(p.size, size))
        open_ = next(above, None)
        if (
            open_ is not None
            and not _differs(open_.size, size)
            and _goes_on(open_.last.text, new[0].lines[0][0].text)
        ):
            open_.lines += new[0].lines
            new = new[1:]
    paragraphs += new


def _goes_on(before: str, text: str) -> bool:
    """A sentence without an end, and words that can follow it."""
    if before.endswith(_ENDED):
        return False
    return text[0].islower() or before.endswith(("-", ",")) or before.split()[-1].islower()


# --- The text


def _written(paragraphs: Sequence[_Paragraph]) -> tuple[tuple[str, ...], tuple[tuple[int, int, str], ...]]:
    hyphens = Hyphens(line.text for p in paragraphs for line, _ in p.lines)
    blocks: list[str] = []
    locators: list[tuple[int, int, str]] = []
    page = 0
    for paragraph in paragraphs:
        text = ""
        for line, number in paragraph.lines:
            text = hyphens.join(text, line.text) if text else line.text
            if number != page:
                page = number
                locators.append((len(blocks), len(text) - len(line.text), f"page {number}"))
        blocks.append(text)
    return tuple(blocks), tuple(locators)


def _heading(paragraphs: Sequence[_Paragraph]) -> str | None:
    """The paragraph of the largest letters on the first page, if they are larger than the text's."""
    sizes = [line.size for p in paragraphs for line, _ in p.lines]
    first = [p for p in paragraphs if p.lines[0][1] == 1]
    if not first:
        return None
    largest = max(first, key=lambda p: p.size)
    return " ".join(line.text for line, _ in largest.lines) if largest.size > 1.15 * median(sizes) else None
