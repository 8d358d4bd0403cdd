"""Titles, and towns with their states, become one name."""

from __future__ import annotations

import pytest

from factloom.extract import language
from factloom.extract.longnames import join_states, join_titles
from factloom.extract.mentions import is_name_head, name_text, name_tokens
from factloom.extract.tokens import Sentence


def parsed(text: str) -> Sentence:
    (sentences,) = language.parse([text], model=language.DEFAULT_MODEL, workers=1)
    return sentences[0]


def names(sentence: Sentence) -> set[str]:
    heads = [t for t in sentence.tokens if is_name_head(t) and t.dep != "compound"]
    return {name_text(tuple(name_tokens(t))) for t in heads}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Elena Moro wrote The Weight of Small Rivers in 1987.", "The Weight of Small Rivers"),
        ('The band released "Nothing Left to Borrow" last year.', "Nothing Left to Borrow"),
        ("Peter and the Glass Fox was illustrated by Ann Reed.", "Peter and the Glass Fox"),
        ("Ruben Hale directed Letters from the Harbour.", "Letters from the Harbour"),
    ],
)
def test_a_title_is_one_name(text: str, title: str) -> None:
    sentence = parsed(text)
    assert join_titles(sentence, works=True) == 1
    assert title in names(sentence)
    assert all(t.head is t or t in t.head.children for t in sentence.tokens), "the tree stays a tree"


@pytest.mark.parametrize(
    "text",
    [
        "Anna Weber met Paul Novak in Vienna.",
        "Microsoft and Intel sued Nvidia in March 2019.",
        "The committee met on Monday in Geneva.",
    ],
)
def test_names_with_small_words_between_stay_apart(text: str) -> None:
    sentence = parsed(text)
    assert join_titles(sentence, works=True) == 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Into the Copper Mist was released in 2006 by Alder Records.", "Into the Copper Mist"),
        ("Our Copper Lamp is a graphic novel by Ann Reed.", "Our Copper Lamp"),
        ("Ferns and Iron Bridges is the second album of the band.", "Ferns and Iron Bridges"),
        ("Lanterns in Oblivion (also known as The Lamp) is a novel.", "Lanterns in Oblivion"),
        ("A Lamp Named Oblivion (also known as The Lamp) is a novel.", "A Lamp Named Oblivion"),
        ("Rain Never Lies was nominated for an award.", "Rain Never Lies"),
    ],
)
def test_what_a_text_about_a_work_opens_with_is_its_name(text: str, name: str) -> None:
    sentence = parsed(text)
    join_titles(sentence, works=True)
    assert name in names(sentence)
    assert all(t.head is t or t in t.head.children for t in sentence.tokens), "the tree stays a tree"


def test_a_number_in_an_opening_name_belongs_to_it() -> None:
    sentence = parsed("1831 Nordvik was discovered on 17 April 1968 at the Modra Observatory.")
    join_titles(sentence, works=False)
    assert "1831 Nordvik" in names(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "French President Emmanuel Macron is in Berlin.",
        "In 1963 Cooper piloted a plane.",
        "Tesla and Apple are rivals.",
        "Lyon is a city in France.",
        "In Paris Anna Weber was a teacher.",
    ],
)
def test_an_opening_that_is_more_than_a_name_stays_apart(text: str) -> None:
    assert join_titles(parsed(text), works=True) == 0


def test_a_town_and_its_state() -> None:
    sentence = parsed("She was born in Dayton, Ohio, and lives in Lyon, France.")
    assert join_states(sentence) == 1
    assert {"Dayton, Ohio", "Lyon", "France"} <= names(sentence)
