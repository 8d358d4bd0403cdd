"""Literals are written as the range of a user's relation asks."""

from __future__ import annotations

import pytest

from factloom.extract.ranged import as_asked
from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Literal
from factloom.ontology.terms import RelationTerm


@pytest.mark.parametrize(
    ("value", "datatype", "asked", "units", "written"),
    [
        ("2776", "integer", "decimal", (), "2776.0"),
        ("2776", "integer", "decimal", ("student",), "2776"),
        ("2776.5", "decimal", "double", (), "2776.5"),
        ("12.0", "decimal", "integer", (), "12"),
        ("12.5", "decimal", "integer", (), "12.5"),
        ("1998-05-04", "date", "gYear", (), "1998"),
        ("1998", "gYear", "date", (), "1998"),
        ("40", "integer", "string", (), "forty"),
    ],
)
def test_as_asked(value: str, datatype: str, asked: str, units: tuple[str, ...], written: str) -> None:
    literal = Literal(value, XSD + datatype, "forty", unit="m")
    term = RelationTerm("r", "r", range=(XSD + asked,), units=units, is_datatype=True)
    found = as_asked(literal, term)
    assert found.value == written
    assert (found.text, found.unit) == ("forty", "m")
