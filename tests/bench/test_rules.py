"""The table of confidences: bins, shares, and what counts as right."""

from __future__ import annotations

from factloom.ontology.namespaces import FL

from .knowledgenet import Fact, Page, Passage
from .rules import Judged, brier, held_out, judged, precisions, reliability

PAGE = Page(
    "p", "Anna was born in Oslo.",
    (Passage(0, 22, frozenset({"PLACE_OF_BIRTH"}), (Fact("PLACE_OF_BIRTH", (0, 4), (17, 21)),)),),
)  # fmt: skip


def _row(end: int, status: str = "stated") -> dict[str, object]:
    return {
        "document": "p",
        "status": status,
        "rule": "verb",
        "confidence": 0.85,
        "steps": [],
        "sentence": {"text": "Anna was born in Oslo.", "start": 0},
        "relation": {"iri": FL + "bornIn"},
        "subject": {"start": end, "end": end + 4, "text": "Anna", "type": FL + "Person"},
        "object": {"start": 17, "end": 21, "text": "Oslo", "type": FL + "City"},
    }


def test_right_by_overlap_and_wrong_where_annotated() -> None:
    found = list(judged([_row(0), _row(9), _row(0, "planned")], {"p": PAGE}))
    assert [(d.rule, d.confidence, d.right) for d in found] == [("verb", 0.85, True), ("verb", 0.85, False)]
    assert found[0].features == (
        "rule verb",
        "subject length 1",
        "object length 1",
        "between 0",
        "sentence length 0",
    )


def test_tables() -> None:
    found = [Judged("d", "a", 0.85, True), Judged("d", "a", 0.87, False), Judged("d", "b", 1.0, True)]
    assert reliability(found) == [[0.8, 2, 0.86, 0.5], [0.9, 1, 1.0, 1.0]]
    assert precisions(found) == [["a", 2, 0.5], ["b", 1, 1.0]]
    assert brier(found) == (0.15**2 + 0.87**2) / 3


def test_weights_are_learnt_from_other_documents() -> None:
    """What is wrong for its way in all documents is unsure in each of them, and the rest stays sure."""
    found = [
        Judged(f"d{n}", rule, 0.85, right, (f"rule {rule}",))
        for n in range(40)
        for rule, right in (("verb and object", True), ("possessive", n % 4 == 0))
    ]
    by_rule = {d.rule: d.confidence for d in held_out(found)}
    assert by_rule["possessive"] < 0.5 < 0.9 < by_rule["verb and object"]
    assert brier(held_out(found)) < brier(found)
