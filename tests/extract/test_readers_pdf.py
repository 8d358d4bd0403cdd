"""PDF: the order of reading, what runs along the edges, hyphens, pages, and files that give no text."""

from __future__ import annotations

import io

import pytest
from reader_samples import TITLE, Words, column, pdf

from factloom.extract.readers import READERS, Draft, Raw
from factloom.extract.readers.hyphens import Hyphens
from factloom.ontology.errors import InputError, Problem

INQUIRY = (
    "The ministry of transport opened an inquiry into the failure of the bridge. Engineers who examined the"
    " piers reported cracks in nine of them, and the operator closed the line to heavy trains in the spring."
)
NOTES = ("", "Ames", "Birch", "Cole", "Dunn")


def read(data: bytes) -> list[Draft | Problem]:
    found = list(READERS["pdf"].read(Raw("a", "a b.pdf", io.BytesIO(data), 100_000)))
    assert all(isinstance(result, Draft | Problem) for result in found)
    return found  # type: ignore[return-value]


def draft(pages: list[list[Words]]) -> Draft:
    (found,) = read(pdf(pages))
    assert isinstance(found, Draft)
    return found


def two_columns(number: int) -> list[Words]:
    """A page whose columns are written row by row, with a running header, a number and a footnote."""
    left = column(
        f"Left {number} begins. {INQUIRY} The left column of page {number} goes on in the", 72, 740, 44
    )
    right = column(f"right column of page {number}. {INQUIRY} It ends in the middle of the", 320, 740, 44)
    rows = [line for pair in zip(left, right, strict=False) for line in pair]
    rest = left[len(right) :] + right[len(left) :]
    header: list[Words] = [(72, 810, 9, "Harbour Rail Annual Report"), (480, 810, 9, f"Chapter {number}")]
    note = (72.0, 90.0, 7.0, f"{number} See the report by inspector {NOTES[number]}.")
    return [*header, *rows, *rest, note, (290, 30, 9, str(number))]


def test_columns_are_read_one_after_the_other_and_on_over_pages() -> None:
    found = draft([two_columns(n) for n in range(1, 5)])
    text = found.blocks[0]
    places = [text.index(f"{words} {n}") for n in range(1, 5) for words in ("Left", "right column of page")]
    assert places == sorted(places)
    assert "goes on in the right column of page 1." in text
    assert "in the middle of the Left 2 begins" in text
    notes = [f"{n} See the report by inspector {NOTES[n]}." for n in range(1, 5)]
    assert list(found.blocks[1:]) == notes


def test_headers_footers_and_page_numbers_are_dropped() -> None:
    words = " ".join(draft([two_columns(n) for n in range(1, 5)]).blocks)
    assert "Annual Report" not in words
    assert "Chapter" not in words
    assert not words.endswith("4")


def test_pages_are_told_inside_of_paragraphs_too() -> None:
    found = draft([two_columns(n) for n in range(1, 4)])
    pages = {name: found.blocks[block][offset:] for block, offset, name in reversed(found.locators)}
    assert [pages[f"page {n}"].split()[:2] for n in (1, 2, 3)] == [["Left", str(n)] for n in (1, 2, 3)]


def test_a_title_across_the_columns_comes_first() -> None:
    found = draft([[(72, 770, 20, "The bridge at Port Ellis"), *two_columns(1)[2:]]])
    assert found.blocks[0] == "The bridge at Port Ellis"
    assert found.blocks[1].startswith("Left 1 begins.")


def test_indented_and_spaced_paragraphs_stay_apart() -> None:
    first, second, third = (
        column(f"Paragraph {n} begins. {INQUIRY}", 72, 700 - 60 * n, 90) for n in range(3)
    )
    second = [(second[0][0] + 15, *second[0][1:]), *second[1:]]
    assert [b[:11] for b in draft([first + second + third]).blocks] == [f"Paragraph {n}" for n in range(3)]


def test_words_parted_by_hyphens_are_closed_and_real_hyphens_stay() -> None:
    lines = [
        "Engineers examined the founda-",
        "tions of the long-",
        "term project near Westha-",
        "ven, and Anglo-",
        "Saxon coins were found in Westhaven.",
    ]
    found = draft([[(72, 700 - 12 * i, 10, line) for i, line in enumerate(lines)]])
    assert found.blocks == (
        "Engineers examined the foundations of the long-term project near Westhaven, and Anglo-Saxon coins"
        " were found in Westhaven.",
    )


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("the com-", "pany said", "the company said"),
        ("the Quil-", "lon app", "the Quillon app"),
        ("a well-", "known man", "a well-known man"),
        ("in 2020-", "21 it", "in 2020-21 it"),
        ("it was", "late", "it was late"),
    ],
)
def test_hyphens(before: str, line: str, joined: str) -> None:
    assert Hyphens([before, line]).join(before, line) == joined


def test_the_title_is_the_files_own_or_the_largest_words() -> None:
    page: list[Words] = [(72, 770, 20, "The bridge at Port Ellis"), *column(INQUIRY, 72, 700, 80)]
    assert draft([page]).title == TITLE
    (found,) = read(pdf([page]).replace(TITLE.encode(), b"Microsoft Word - x.docx".ljust(len(TITLE))))
    assert isinstance(found, Draft)
    assert found.title == "The bridge at Port Ellis"


def test_an_encrypted_file_is_named_with_the_command_that_opens_it() -> None:
    with pytest.raises(InputError, match=r"encrypted with a password; .*qpdf --decrypt .* 'a b.pdf'"):
        read(pdf([column(INQUIRY, 72, 700, 80)], password="secret"))


def test_pages_without_text_are_told_from_scans() -> None:
    with pytest.raises(InputError, match=r"no text in it, perhaps only scanned pages; .*ocrmypdf"):
        read(pdf([[]]))


def test_a_scanned_page_among_others_is_named() -> None:
    problem, found = read(with_picture())
    assert isinstance(problem, Problem)
    assert "without text on 1 page (2), and the rest is read" in problem.reason
    assert isinstance(found, Draft)
    assert found.blocks == (INQUIRY,)


def with_picture() -> bytes:
    """A page of text, and one with nothing but a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for left, bottom, size, words in column(INQUIRY, 72, 700, 80):
        canvas.setFont("Times-Roman", size)
        canvas.drawString(left, bottom, words)
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 72, 72, 400, 600)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
