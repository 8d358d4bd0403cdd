"""The table of confidences: bins, shares, and what counts as right."""

from __future__ import annotations

from factloom.ontology.namespaces import FL

from .knowledgenet import Fact, Page, Passage
from .rules import judged, precisions, reliability

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
        "relation": {"iri": FL + "bornIn"},
        "subject": {"start": end, "end": end + 4, "type": FL + "Person"},
        "object": {"start": 17, "end": 21, "type": FL + "City"},
    }


def test_right_by_overlap_and_wrong_where_annotated() -> None:
    rows = [_row(0), _row(9), _row(0, "planned")]
    assert list(judged(rows, {"p": PAGE})) == [("verb", 0.85, True), ("verb", 0.85, False)]


def test_tables() -> None:
    found = [("a", 0.85, True), ("a", 0.87, False), ("b", 1.0, True)]
    assert reliability(found) == [[0.8, 2, 0.86, 0.5], [0.9, 1, 1.0, 1.0]]
    assert precisions(found) == [["a", 2, 0.5], ["b", 1, 1.0]]
