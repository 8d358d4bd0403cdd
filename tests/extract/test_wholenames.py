"""Names of several parts become one name; what only stands side by side stays apart."""

from __future__ import annotations

import pytest

from factloom.extract import language
from factloom.extract.glosses import mask_glosses
from factloom.extract.mentions import is_name_head, name_text, name_tokens
from factloom.extract.roles import members
from factloom.extract.tokens import Sentence
from factloom.extract.wholenames import make_whole, whole_names
from tests.cases.trees import is_forest


def parsed(*texts: str) -> list[Sentence]:
    (sentences,) = language.parse([" ".join(texts)], model=language.DEFAULT_MODEL, workers=1)
    return sentences


def names(sentence: Sentence) -> set[str]:
    heads = [t for t in sentence.tokens if is_name_head(t) and t.dep != "compound"]
    return {name_text(tuple(name_tokens(t))) for t in heads}


def made_whole(*texts: str) -> list[Sentence]:
    sentences = parsed(*texts)
    for sentence, spans in zip(sentences, whole_names(sentences), strict=True):
        make_whole(sentence, spans)
        assert is_forest(sentence)
    return sentences


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Fire and Stone Weekly is a magazine from Oslo.", "Fire and Stone Weekly"),
        ("Tides and Lanterns was filmed in Norway.", "Tides and Lanterns"),
        ("Bruno the Badger is a comic by Ines Holt.", "Bruno the Badger"),
        (
            "Don Rodrigo Luis Mateo Salvat-Ferrer y Roldan Quiroga was a Spanish painter.",
            "Don Rodrigo Luis Mateo Salvat-Ferrer y Roldan Quiroga",
        ),
        ("Nizam-ul-Mulk founded schools in Persia.", "Nizam-ul-Mulk"),
        ("Omerigo James Tallis (born 2 July 1989) is an actor.", "Omerigo James Tallis"),
        ("Halden USA, LLC was founded in 2004.", "Halden USA, LLC"),
        ("General Acuna is a town in Argentina.", "General Acuna"),
        ("Botracer: Night Circuit is a video game.", "Botracer: Night Circuit"),
        ("Nora Lind directed The Miner's Daughter in 1984.", "The Miner's Daughter"),
    ],
)
def test_a_torn_name_is_made_whole(text: str, name: str) -> None:
    assert name in names(made_whole(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "Intel and Nvidia are rivals.",
        "Anna Weber and Paul Novak was the pair of the year.",
        "Each and every Member has a vote.",
        "Nvidia, Intel and Qualcomm was a headline.",
        "In Iraq the Americans are building a road.",
        "Norfield gave Lind the Medal of Honour.",
        "The mayor praised the Governor's Wife.",
        "Apple's Children of the Sun is a film.",
        "Anna Weber met Paul Novak in Vienna.",
        "General Acuna is a soldier.",
        "Reuters: Voltra is a company.",
        "Sprinter Ida Moen (born 2 July 1989) is a runner.",
        "Berlin (founded in 1237) is a city.",
        "The court fined Halden, LLC lawyers said.",
        "A US-based firm bought a Hindu-majority town.",
        "Abu Bakr al-Razi met Ann-Marie Lindqvist.",
    ],
)
def test_what_stands_side_by_side_stays_apart(text: str) -> None:
    assert whole_names(parsed(text)) == [[]]


def test_what_one_sentence_shows_holds_in_the_others() -> None:
    sentences = made_whole(
        "Fire and Stone Weekly is a magazine.", "Ida Moen writes for Fire and Stone Weekly."
    )
    assert "Fire and Stone Weekly" in names(sentences[1])


def test_a_gloss_is_no_name_and_leaves_the_verb_to_the_name_before_it() -> None:
    (sentence,) = parsed("Tartu (South Estonian: Tarto) is the second largest city of Estonia.")
    assert mask_glosses(sentence) == 1
    assert "Tarto" not in names(sentence)
    assert [t.text for t in sentence.tokens if t.dep == "nsubj"] == ["Tartu"]
    assert is_forest(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "Voltra (formerly Amperline) makes cells.",
        "Anna Berg (born 12 May 1960) leads Voltra.",
        "Voltra (known for one thing: Amperline) makes cells.",
    ],
)
def test_other_brackets_are_no_glosses(text: str) -> None:
    (sentence,) = parsed(text)
    before = [(t.pos, t.dep, t.head.i) for t in sentence.tokens]
    assert mask_glosses(sentence) == 0
    assert [(t.pos, t.dep, t.head.i) for t in sentence.tokens] == before


def test_one_of_many_is_a_member() -> None:
    (sentence,) = parsed("Ida Moen was one of the first geologists of Norway.")
    assert [(t.text, kind) for t, kind in members(sentence)] == [("Moen", "geologist")]


@pytest.mark.parametrize(
    "text", ["Ida Moen knew one of the geologists.", "Ida Moen was not one of the winners."]
)
def test_who_is_not_told_to_be_one_is_no_member(text: str) -> None:
    (sentence,) = parsed(text)
    assert list(members(sentence)) == []
