"""PDF by PDFium: the words of each page with their places; `pdf_layout` makes paragraphs of them."""

from __future__ import annotations

import ctypes
import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Draft, Raw, Reader, too_long
from factloom.extract.readers.pdf_layout import Line, Page, arrange
from factloom.ontology.errors import InputError, Problem

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

# What programs write into the field for the title when nobody has.
_NO_TITLE = re.compile(
    r"untitled|anonymous|microsoft (?:word|powerpoint)|\.(?:docx?|indd|pptx?|tex|dvi|qxd|pdf)\b|^\W*$", re.I
)
_SPELLED = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", "ff fi fl ffi ffl st st".split(), strict=True)
)
# PDFium's own mark for a hyphen at the end of a line.
_SOFT_HYPHENS = frozenset({"\x02", "\ufffe"})
_SHOWN_PAGES = 5
# A character with left, bottom, right, top in points.
_Mark = tuple[str, float, float, float, float]


def _read(raw: Raw) -> Iterator[Draft | Problem]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw.read_binary())
    except pypdfium2.PdfiumError as error:
        raise _refusal(raw.source, str(error)) from error
    try:
        pages, pictures = _pages(document, raw)
        if not any(page.lines for page in pages):
            raise InputError(
                raw.source,
                "has no text in it, perhaps only scanned pages",
                f"let a program for character recognition add it: ocrmypdf {shlex.quote(raw.source)} new.pdf",
            )
        if pictures:
            yield _without_text(raw.source, pictures)
        text = arrange(pages)
        facts = document.get_metadata_dict()
        yield Draft(
            text.blocks,
            title=_title(facts.get("Title", "")) or text.heading,
            made=_made(facts.get("CreationDate", "")),
            locators=text.locators,
        )
    finally:
        document.close()


def _refusal(source: str, reason: str) -> InputError:
    if "password" in reason.lower():
        remedy = f"remove the password: qpdf --decrypt --password=… {shlex.quote(source)} open.pdf"
        return InputError(source, "is encrypted with a password", remedy)
    return InputError(
        source, "is no PDF document or is damaged", "open it in a viewer and print it to a new PDF"
    )


def _without_text(source: str, pages: list[int]) -> Problem:
    shown = ", ".join(map(str, pages[:_SHOWN_PAGES])) + (", …" if len(pages) > _SHOWN_PAGES else "")
    what = "page" if len(pages) == 1 else "pages"
    return Problem(
        source,
        f"has pictures without text on {len(pages)} {what} ({shown}), and the rest is read",
        "let a program for character recognition add the text, if these are scanned pages",
    )


def _pages(document: PdfDocument, raw: Raw) -> tuple[list[Page], list[int]]:
    """The lines of every page, and the numbers of those that hold a picture and no text."""
    import pypdfium2

    pages, pictures, length = [], [], 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            pages.append(Page(number, 0.0, ()))
            continue
        lines = tuple(_lines(page.get_textpage()))
        pages.append(Page(number, page.get_height(), lines))
        length += sum(len(line.text) for line in lines)
        if length > raw.max_book:
            raise too_long(raw.source, f"more than {raw.max_book:,} characters", raw.max_book)
        if not lines and _has_picture(page):
            pictures.append(number)
        page.close()
    return pages, pictures


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=2))


def _lines(page: PdfTextPage) -> Iterator[Line]:
    """Runs of characters on one line, in the order of the file; a wide gap parts runs."""
    run: list[_Mark] = []
    for mark in _characters(page):
        if run and not _runs_on(run, mark):
            yield from _line(run)
            run = []
        run.append(mark)
    yield from _line(run)


def _runs_on(run: list[_Mark], mark: _Mark) -> bool:
    """Whether a character stands on the line of the run, not far behind its end."""
    _, left, bottom, _, top = mark
    _, _, low, right, high = run[-1]
    size = max(high - low, top - bottom, 0.1)
    shared = min(high, top) - max(low, bottom)
    return shared > 0.3 * min(high - low, top - bottom) and -0.5 * size < left - right < 1.2 * size


def _line(run: list[_Mark]) -> Iterator[Line]:
    text = ""
    end = run[0][1] if run else 0.0
    for character, left, bottom, right, top in run:
        gap = left - end > 0.2 * (top - bottom) and not character.startswith(" ")
        text += f" {character}" if text and gap else character
        end = right
    if text.strip():
        heights = sorted(top - bottom for _, _, bottom, _, top in run)
        yield Line(
            text.strip(),
            min(mark[1] for mark in run),
            min(mark[2] for mark in run),
            max(mark[3] for mark in run),
            max(mark[4] for mark in run),
            heights[len(heights) // 2],
        )


def _characters(page: PdfTextPage) -> Iterator[_Mark]:
    """Each upright character that is drawn, with left, bottom, right, top in points; where the file or
    PDFium has a space before it, it comes with a space."""
    from pypdfium2 import raw as pdfium

    box, upright, space = pdfium.FS_RECTF(), True, ""
    for index in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, index)
        character = "-" if chr(code) in _SOFT_HYPHENS else chr(code) if 0 < code < 0x110000 else ""
        if pdfium.FPDFText_IsGenerated(page, index) == 1 or character in "\r\n\t ":
            upright, space = True, " "
            continue
        if upright:
            upright = _is_upright(pdfium.FPDFText_GetCharAngle(page, index))
        if upright and pdfium.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)):
            yield space + _LIGATURES.get(character, character), box.left, box.bottom, box.right, box.top
            space = ""


def _is_upright(angle: float) -> bool:
    """Watermarks and remarks in the margin are turned (radians)."""
    return angle < 0.2 or angle > 6.08


def _title(text: str) -> str | None:
    return None if _NO_TITLE.search(text) else text.strip()


def _made(text: str) -> str | None:
    """PDF's `D:20250304080000Z` as a date."""
    found = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", text)
    return "-".join(found.groups()) if found else None


PDF = Reader((".pdf",), _read, guarded=True)
