"""The KnowledgeNet scorer on one made-up document."""

from __future__ import annotations

import json

import pytest

from factloom.ontology.namespaces import FL
from factloom.ontology.schema import load_schema

from .knowledgenet import (
    Fact,
    Page,
    Passage,
    facts_of,
    figures,
    lay_out,
    read_mappings,
    read_predictions,
    score,
)

FIRST = "Anna Berg was born in Oslo."
SECOND = "She married Ola."
RECORD = {
    "fold": 1,
    "documentId": "1",
    "passages": [
        {
            "passageStart": 100,
            "passageEnd": 116,
            "passageText": SECOND,
            "exhaustivelyAnnotatedProperties": [],
            "facts": [],
        },
        {
            "passageStart": 10,
            "passageEnd": 37,
            "passageText": FIRST,
            "exhaustivelyAnnotatedProperties": [{"propertyId": "PLACE_OF_BIRTH"}],
            "facts": [
                {
                    "propertyId": "PLACE_OF_BIRTH",
                    "subjectStart": 10,
                    "subjectEnd": 19,
                    "objectStart": 32,
                    "objectEnd": 36,
                }
            ],
        },
    ],
}
RIGHT = Fact("PLACE_OF_BIRTH", (0, 9), (22, 26))
PARTLY = Fact("PLACE_OF_BIRTH", (5, 9), (22, 27))
WRONG = Fact("PLACE_OF_BIRTH", (22, 26), (0, 9))


@pytest.fixture
def page() -> Page:
    return lay_out(RECORD)


def score_one(page: Page, *facts: Fact, exact: bool = False) -> list[float]:
    return figures(score([page], {page.id: list(facts)}, exact=exact))


def test_passages_are_laid_out_in_order_with_their_facts(page: Page) -> None:
    assert page.text == f"{FIRST}\n\n{SECOND}"
    assert page.passages[0].facts == (RIGHT,)
    assert [page.text[slice(*ends)] for ends in (RIGHT.subject, RIGHT.object)] == ["Anna Berg", "Oslo"]


def test_overlap_forgives_boundaries_and_exact_does_not(page: Page) -> None:
    assert score_one(page, PARTLY) == [1.0, 1.0, 1.0]
    assert score_one(page, PARTLY, exact=True) == [0.0, 0.0, 0.0]
    assert score_one(page, RIGHT, exact=True) == [1.0, 1.0, 1.0]


def test_several_matches_of_one_fact_count_once(page: Page) -> None:
    assert score_one(page, RIGHT, PARTLY) == [1.0, 1.0, 1.0]


def test_a_wrong_prediction_costs_precision_where_annotation_is_complete(page: Page) -> None:
    assert score_one(page, RIGHT, WRONG)[0] == 0.5
    other = Fact("SPOUSE", (0, 9), (22, 26))
    assert score_one(page, RIGHT, other)[0] == 1.0


def test_a_fact_across_passages_is_not_counted(page: Page) -> None:
    assert score_one(page, Fact("PLACE_OF_BIRTH", (29, 32), (22, 26))) == [0.0, 0.0, 0.0]


def statement(relation: str, **classes: str) -> dict[str, object]:
    return {
        "document": "knowledgenet-1",
        "subject": {"text": FIRST[:9], "start": 0, "end": 9, "type": classes.get("subject", FL + "Person")},
        "relation": {"iri": FL + relation},
        "object": {"text": "Oslo", "start": 22, "end": 26, "type": classes.get("object", FL + "City")},
        "polarity": "affirmed",
        "status": "stated",
    }


def test_relations_are_mapped_forward_inverse_and_by_class() -> None:
    mappings = read_mappings()
    assert list(facts_of(statement("bornIn"), mappings)) == [RIGHT]
    assert list(facts_of(statement("parentOf"), mappings)) == [Fact("CHILD_OF", (22, 26), (0, 9))]
    assert list(facts_of(statement("leads", object=FL + "Company"), mappings)) == [
        Fact("CEO", (22, 26), (0, 9)),
        Fact("EMPLOYEE_OR_MEMBER_OF", (0, 9), (22, 26)),
    ]
    assert list(facts_of(statement("leads"), mappings)) == []
    assert list(facts_of(statement("unknown"), mappings)) == []


def test_only_affirmed_statements_of_the_chosen_statuses_count(page: Page) -> None:
    said = statement("bornIn")
    lines = [json.dumps(said), json.dumps(said | {"polarity": "negated", "status": "denied"})]
    assert read_predictions(lines, [page], ["stated"]) == ({page.id: [RIGHT]}, 0)
    assert read_predictions(lines, [page], ["reported"]) == ({}, 0)


def test_statements_astray_are_counted_and_left_out(page: Page) -> None:
    moved = statement("bornIn") | {"subject": {"text": "Anna Berg", "start": 3, "end": 12}}
    assert read_predictions([json.dumps(moved)], [page], ["stated"]) == ({}, 1)


def test_runs_of_blanks_become_one_and_facts_move_along() -> None:
    fact = {"propertyId": "X", "subjectStart": 12, "subjectEnd": 16, "objectStart": 20, "objectEnd": 24}
    passage = {"passageStart": 10, "passageEnd": 25, "passageText": "  Anna  \n Oslo.", "facts": [fact]}
    page = lay_out({"documentId": "2", "passages": [passage | {"exhaustivelyAnnotatedProperties": []}]})
    assert page.text == " Anna Oslo."
    assert page.passages[0] == Passage(0, 11, frozenset(), (Fact("X", (1, 5), (6, 10)),))


def test_the_table_names_what_the_ontology_has() -> None:
    schema, mappings = load_schema(), read_mappings()
    assert {FL + relation for relation in mappings} <= set(schema.relations)
    rows = [m for found in mappings.values() for m in found]
    named = {FL + name for m in rows for name in (m.subject_class, m.object_class) if name}
    assert named <= set(schema.classes)
    assert len({m.property for m in rows}) == 15
