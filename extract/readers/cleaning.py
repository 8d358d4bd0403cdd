"""Characters and lines made fit for reading: what is invisible goes, wrapped lines become paragraphs.

Takes text of any origin; gives blocks, each one line of visible characters and single spaces. A
paragraph, a list item, a heading and a table cell are a block each, so that none runs into the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

# A line broken by hand at less than this is no wrapped prose; one longer than the other was not wrapped.
_NARROWEST, _WIDEST = 45, 132
_CLOSING = "\"'”’)]»"
_BULLET = re.compile(r"\s*[-*•‣◦▪–—+]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\(?(\d{1,2}|[a-z])[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*([-=*_~#+.|]\s*){3,}")
_CELLS = re.compile(r"\t+| {3,}")
_NEW_LINE = re.compile(r"\r\n?|\n?\f|[\v\x1c-\x1e\x85\u2028]")
_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"\b(\w+)-\n(?=[a-zß-öø-ÿ])")
# Invisible format characters (soft hyphen, zero width, marks of direction), and U+FFFE and U+FFFF,
# which XML forbids; surrogates can't be written at all.
_INVISIBLE = "\u00ad\u034f\u061c\u180e\ufeff\ufffe\uffff"
_FORMATS = ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB), (0xD800, 0xDFFF))
_CONTROLS = ((0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F))
_DROPPED = re.compile(
    "[" + _INVISIBLE + "".join(f"{chr(a)}-{chr(b)}" for a, b in (*_FORMATS, *_CONTROLS)) + "]"
)


def clean_line(text: str) -> str:
    """`text` on one line: NFC, no control or invisible characters, white space as single spaces."""
    return unicodedata.normalize("NFC", " ".join(_DROPPED.sub("", text).split()))


def lines_of(text: str) -> list[str]:
    """The lines of `text`, with every kind of line end taken; a form feed begins a line."""
    return _NEW_LINE.sub("\n", _DROPPED.sub("", text.replace("\u2029", "\n\n"))).split("\n")


def blocks_of(text: str) -> Iterator[str]:
    """The blocks of plain text, not yet cleaned.

    Blank lines part paragraphs. Inside one, list items, indented beginnings and rows of a table part
    blocks; of the other line breaks those are joined that plainly wrap a line, and the rest part
    blocks.
    """
    for paragraph in _paragraphs(lines_of(text)):
        for group in _groups(paragraph):
            yield from _joined(group)


def _paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip() and not _RULE.fullmatch(line):
            paragraph.append(line.rstrip())
        elif paragraph:
            yield paragraph
            paragraph = []


def _groups(lines: list[str]) -> Iterator[list[str]]:
    """Lines that may belong together: markers of lists are dropped, cells of tables stand alone."""
    if _is_table(lines):
        yield from ([cell] for line in lines for cell in _CELLS.split(line.strip()))
        return
    numbered = sum(bool(_NUMBER.match(line)) for line in lines) > 1
    margin = min(_indent(line) for line in lines)
    group: list[str] = []
    in_item = False
    for line in lines:
        marker = _BULLET.match(line) or (_NUMBER.match(line) if numbered else None)
        if group and (marker or (_indent(line) > margin + 1 and not in_item)):
            yield group
            group = []
        in_item = bool(marker) or (in_item and bool(group))
        # Indentation counts in the width of a line, so a mark leaves its room.
        group.append(" " * marker.end() + line[marker.end() :] if marker else line)
    yield group


def _is_table(lines: list[str]) -> bool:
    """At least two lines, most of them in columns."""
    rows = sum(bool(_CELLS.search(line.strip())) for line in lines)
    return rows > 1 and rows * 2 > len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(group: list[str]) -> Iterator[str]:
    """The group as blocks: lines that were wrapped joined by a space, others apart."""
    wrapped = _is_wrapped(group)
    block = [group[0]]
    for before, line in pairwise(group):
        if wrapped or _runs_on(before, line):
            block.append(line)
        else:
            yield _paragraph(block)
            block = [line]
    yield _paragraph(block)


def _is_wrapped(lines: list[str]) -> bool:
    """Whether each line ends where the next word would not have fitted (greedy line filling)."""
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return False
    pairs = list(pairwise(lines))
    full = all(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width for a, b in pairs)
    return full and any(_mid_sentence(a, b) for a, b in pairs)


def _runs_on(before: str, line: str) -> bool:
    """A break inside a sentence, though the lines are of uneven length."""
    ended = before[-1] in ".!?:;" + _CLOSING
    return len(before) >= _NARROWEST and not ended and line.lstrip()[0].islower()


def _mid_sentence(before: str, line: str) -> bool:
    """The words around a line break belong to one sentence, by their letters."""
    return line.lstrip()[0].islower() or before[-1] in ",-–—" or before.split()[-1].islower()


def _paragraph(lines: list[str]) -> str:
    """Lines joined by spaces; a word parted by a hyphen is closed if the paragraph has it whole."""
    text = "\n".join(line.strip() for line in lines)

    if "-\n" not in text:
        return text.replace("\n", " ")
    words = set(_WORD.findall(text.lower()))

    def close(match: re.Match[str]) -> str:
        rest = _WORD.match(text, match.end())
        whole = match[1] + (rest[0] if rest else "")
        return match[1] if whole.lower() in words else match[1] + "-"

    return _HYPHENATED.sub(close, text).replace("\n", " ")
