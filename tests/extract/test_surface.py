"""The surface view: what becomes an argument, what becomes a statement, and what stays out."""

from __future__ import annotations

import pytest

from factloom.extract import language
from factloom.extract.repairs import repair
from factloom.extract.surface import Extraction, extractions


def read(text: str) -> list[Extraction]:
    (sentences,) = language.parse([text])
    for sentence in sentences:
        repair(sentence)
    return [e for sentence in sentences for e in extractions(sentence)]


def lines(text: str) -> list[str]:
    """Subject, relation, object and arguments, apart by bars."""
    return [
        " | ".join(p.text for p in (e.subject, e.relation, e.object, *e.arguments) if p is not None)
        for e in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("He accused Meta of copying the app.", "He | accused | Meta | of copying the app"),
        ("NASA launched a probe to study Mars.", "NASA | launched | a probe | to study Mars"),
        ("The firm said that Boeing lost money.", "The firm | said that | Boeing lost money"),
        (
            "Oslo sold bonds during the war and the crisis.",
            "Oslo | sold | bonds | during the war | during the crisis",
        ),
        ("Tim Cook, the head of Apple, resigned today.", "Tim Cook | be | the head of Apple"),
    ],
)
def test_a_statement(text: str, line: str) -> None:
    assert line in lines(text)


def test_an_infinitive_by_itself_states_nothing() -> None:
    assert not [line for line in lines("NASA launched a probe to study Mars.") if "| to study |" in line]


def test_a_noun_with_no_has_no_statement_of_its_own() -> None:
    assert not [e for e in read("No painters from Canada came to Oslo.") if e.rule == "preposition"]


def test_a_relation_without_words_has_an_empty_span() -> None:
    (being,) = [e for e in read("Tim Cook, the head of Apple, resigned today.") if e.rule == "apposition"]
    assert being.relation.start == being.relation.end


def test_a_quotation_keeps_both_marks() -> None:
    assert any('a "devoted friend"' in line for line in lines('She called him a "devoted friend" in Oslo.'))
