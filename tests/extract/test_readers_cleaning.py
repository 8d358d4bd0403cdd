"""Lines of plain text to blocks: what is joined, what stays apart, what disappears."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.extract.readers.cleaning import blocks_of, clean_line, lines_of

PARAGRAPH = (
    "Harbour Rail opened a line to Port Ellis on Monday, and the mayor of the town, who had fought for it "
    "through two terms, cut the ribbon. The company plans to reach Westhaven by the end of the decade."
)


def blocks(text: str) -> list[str]:
    return list(blocks_of(text))


@pytest.mark.parametrize("width", [50, 60, 72, 79, 100, 120])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_paragraphs_are_made_whole(width: int, end: str) -> None:
    wrapped = textwrap.fill(PARAGRAPH, width)
    assert blocks(f"{wrapped}\n\n{wrapped}".replace("\n", end)) == [PARAGRAPH, PARAGRAPH]


def test_lines_that_are_whole_paragraphs_stay_apart() -> None:
    assert blocks(f"{PARAGRAPH}\n{PARAGRAPH}") == [PARAGRAPH, PARAGRAPH]


def test_uneven_lines_are_joined_where_a_sentence_runs_on() -> None:
    text = "The mayor of Port Ellis, who had fought for the railway for years,\ncut the ribbon.\nRain fell."
    assert blocks(text) == [text[:66] + " cut the ribbon.", "Rain fell."]


def test_short_lines_are_no_wrapped_prose() -> None:
    assert blocks("Ada Lind\nHarbour Rail\nPort Ellis, Norland") == [
        "Ada Lind",
        "Harbour Rail",
        "Port Ellis, Norland",
    ]


def test_indented_beginnings_part_paragraphs() -> None:
    lines = textwrap.fill(PARAGRAPH, 70, initial_indent="    ")
    assert blocks(f"{lines}\n{lines}") == [PARAGRAPH, PARAGRAPH]


@pytest.mark.parametrize(
    "marks", [("- ", "- "), ("* ", "* "), ("• ", "• "), ("1. ", "2. "), ("(a) ", "(b) ")]
)
def test_list_items_are_blocks_without_their_marks(marks: tuple[str, str]) -> None:
    text = f"They bought:\n{marks[0]}a ferry from Orm Lines\n{marks[1]}two trams"
    assert blocks(text) == ["They bought:", "a ferry from Orm Lines", "two trams"]


def test_a_wrapped_item_is_one_block() -> None:
    item = textwrap.fill(PARAGRAPH, 70, initial_indent="- ", subsequent_indent="  ")
    assert blocks(f"{item}\n{item}") == [PARAGRAPH, PARAGRAPH]


def test_a_year_at_the_beginning_of_a_line_is_no_mark() -> None:
    assert blocks("1986. It was a good year.") == ["1986. It was a good year."]
    assert blocks("7. Heaven is near.") == ["7. Heaven is near."]


@pytest.mark.parametrize("gap", ["\t", "     "])
def test_cells_of_a_table_are_blocks(gap: str) -> None:
    text = f"Town{gap}People\nPort Ellis{gap}9,000\nWesthaven{gap}400"
    assert blocks(text) == ["Town", "People", "Port Ellis", "9,000", "Westhaven", "400"]


def test_a_rule_parts_blocks_and_disappears() -> None:
    assert blocks("Heading\n=======\nText.\n* * *\nMore.") == ["Heading", "Text.", "More."]


def test_a_form_feed_inside_a_sentence_is_a_line_break() -> None:
    wrapped = textwrap.fill(PARAGRAPH, 72)
    assert blocks(wrapped.replace("\n", "\n\f", 1)) == [PARAGRAPH]


def test_a_word_parted_by_a_hyphen_is_closed_when_the_paragraph_has_it_whole() -> None:
    line = (
        "The railway opened in the spring of the year, and the rail-\nway has carried the well-\nknown mail."
    )
    assert blocks(line) == [
        "The railway opened in the spring of the year, and the railway has carried the well-",
        "known mail.",
    ]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("co\u00adoperate", "cooperate"),
        ("zero\u200b width\ufeff", "zero width"),
        ("a\u00a0b\u2009c\t\n d ", "a b c d"),
        ("bell\x07 and \x9bescape", "bell and escape"),
        ("\u202eright\u202c to left\u2069", "right to left"),
        ("e\u0301", "é"),
        ("lone \ud800 half, \ufffe none", "lone half, none"),
        ("\u00ad \u200b", ""),
    ],
)
def test_invisible_characters_disappear(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


def test_every_line_end_is_taken() -> None:
    assert lines_of("a\r\nb\rc\nd\x85e\u2028f\u2029g\vh") == ["a", "b", "c", "d", "e", "f", "", "g", "h"]


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)


@given(
    st.lists(st.from_regex(r"[A-Z][a-z]{1,9}( [a-z]{1,9}){0,30}\.", fullmatch=True), min_size=1, max_size=5),
    st.integers(60, 120),
)
def test_wrapping_is_undone(paragraphs: list[str], width: int) -> None:
    text = "\n\n".join(textwrap.fill(p, width) for p in paragraphs)
    assert blocks(text) == paragraphs
