"""The bench of learning reads back what it asks for; its runs need the data beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

from factloom.ontology.schema import load_schema
from tests.bench.knowledgenet import Fact
from tests.bench.learn import NAMESPACE, facts_of, property_ontology


def test_the_ontology_has_a_relation_for_each_property(tmp_path: Path) -> None:
    path = tmp_path / "properties.ttl"
    path.write_text(property_ontology(["CEO", "CHILD_OF"]), encoding="utf-8")
    assert load_schema(path).own == {f"{NAMESPACE}CEO", f"{NAMESPACE}CHILD_OF"}


def test_only_what_is_affirmed_and_stated_or_reported_counts() -> None:
    row = {
        "document": "d",
        "relation": {"iri": f"{NAMESPACE}CEO"},
        "polarity": "affirmed",
        "status": "stated",
    }
    row |= {"subject": {"start": 0, "end": 3}, "object": {"start": 5, "end": 9}}
    rows = [row, row | {"status": "planned"}, row | {"polarity": "negated", "status": "denied"}]
    assert facts_of(map(json.dumps, rows)) == {"d": [Fact("CEO", (0, 3), (5, 9))]}
