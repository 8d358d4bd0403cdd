"""The scorer of Text2KGBench, on triples made for the purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .text2kg import (
    Example,
    Ontology,
    Prediction,
    Triple,
    mean,
    normal,
    read_examples,
    read_ontology,
    read_predictions,
    score,
)

FILMS = Ontology("1_film", Path("film.json"), ("film", "human"), ("director", "publication date"))
GOLD = [
    Example(
        "a", "Solaris, a film by Tarkovsky, came out in 1972.", [Triple("Solaris", "director", "Tarkovsky")]
    ),
    Example("b", "Stalker was shot in Tallinn.", [Triple("Stalker", "director", "Tarkovsky")]),
]


def test_normal_form() -> None:
    """Case, blanks, underscores and punctuation do not count, letters with accents do."""
    assert normal("Adams_County,_(Pennsylvania)") == normal("adams county pennsylvania")
    assert normal("René") != normal("Rene")


def test_examples_of_both_forms_are_joined_by_sentence() -> None:
    """One triple a line or many; the same sentence twice is one example, a triple twice is one triple."""
    one = {"id": "x1", "sent": "S.", "sub_label": "A", "rel_label": "r", "obj_label": "B"}
    two = {"id": "x2", "sent": "S.", "sub_label": "a", "rel_label": "r", "obj_label": "b"}
    many = {"id": "x3", "sent": "T.", "triples": [{"sub": "A_A", "rel": "r", "obj": '"B"'}]}
    found = read_examples(map(json.dumps, (one, two, many)))
    assert [(e.id, len(e.triples)) for e in found] == [("x1", 1), ("x3", 1)]


def test_strict_counts_every_triple() -> None:
    """A wrong relation costs strict precision, and not the official one when no gold triple has it."""
    predicted = {
        "a": [
            Prediction(Triple("solaris", "director", "tarkovsky")),
            Prediction(Triple("Solaris", "publication date", "1972")),
        ]
    }
    figures = score(FILMS, GOLD, predicted)
    assert figures[:3] == (0.5, 0.5, 0.5)
    assert figures[3:6] == (0.5, 0.5, 0.5)
    assert figures.conformance == 1.0


def test_what_the_sentence_does_not_hold() -> None:
    """Foreign relations, subjects and objects are counted; a concept's name and a literal's words are not."""
    predicted = {
        "a": [
            Prediction(Triple("Mirror", "director", "film")),
            Prediction(Triple("Solaris", "publication date", "1972-01-01"), "1972"),
        ],
        "b": [Prediction(Triple("Stalker", "filmed in", "Paris"))],
    }
    figures = score(FILMS, GOLD, predicted)
    assert figures.conformance == pytest.approx(2 / 3)
    assert figures.subjects == pytest.approx(1 / 3)
    assert figures.objects == pytest.approx(1 / 3)


def test_nothing_predicted() -> None:
    """No triples: figures of 0, nothing made up."""
    assert score(FILMS, GOLD, {}) == (0.0,) * 6 + (1.0, 0.0, 0.0)
    assert mean([score(FILMS, GOLD, {})]) == score(FILMS, GOLD, {})


def test_predictions_from_statements() -> None:
    """Labels of entities, values of literals; denied and planned statements are no predictions."""
    row = {
        "document": "a",
        "polarity": "affirmed",
        "status": "stated",
        "subject": {"label": "Solaris"},
        "relation": {"label": "publication date"},
        "object": {"text": "in 1972", "value": "1972"},
    }
    denied = {**row, "polarity": "negated", "status": "denied"}
    found = read_predictions(map(json.dumps, (row, denied)))
    assert found == {"a": [Prediction(Triple("Solaris", "publication date", "1972"), "in 1972")]}


def test_ontology_file(tmp_path: Path) -> None:
    """The benchmark's JSON: concepts and relations by their labels."""
    path = tmp_path / "1_film_ontology.json"
    record = {"concepts": [{"qid": "Q1", "label": "film"}], "relations": [{"pid": "P1", "label": "director"}]}
    path.write_text(json.dumps(record), encoding="utf-8")
    assert read_ontology(path) == Ontology("1_film", path, ("film",), ("director",))
