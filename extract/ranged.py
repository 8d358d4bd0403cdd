"""A literal written as the range of a user's relation asks: xsd:integer, xsd:decimal, xsd:gYear,
xsd:string.

Takes a literal as it was read and the relation; gives the literal in a datatype of the range, in that
datatype's canonical form, where its value allows it. The unit and the words of the text stay with it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from factloom.ontology.namespaces import XSD
from factloom.ontology.records import Literal
from factloom.ontology.terms import RelationTerm

_REALS = (XSD + "decimal", XSD + "double", XSD + "float")
_WHOLE = (XSD + "integer", XSD + "int", XSD + "nonNegativeInteger", XSD + "positiveInteger", XSD + "long")


def as_asked(literal: Literal, term: RelationTerm) -> Literal:
    """The literal in the first datatype of the range that can hold it; as it is where none can."""
    if not term.range or literal.datatype in term.range:
        return literal
    for datatype in term.range:
        value = _written(literal, datatype, counts=bool(term.units))
        if value is not None:
            return replace(literal, value=value, datatype=datatype)
    return literal


def _written(literal: Literal, datatype: str, *, counts: bool) -> str | None:
    if datatype == XSD + "string":
        return literal.text
    if datatype == XSD + "gYear" and literal.datatype.endswith(("date", "gYearMonth")):
        return literal.value[:4]
    if datatype not in (*_REALS, *_WHOLE):
        return None
    try:
        number = Decimal(literal.value)
    except InvalidOperation:
        return None
    whole = number == number.to_integral_value()
    if datatype in _WHOLE:
        return str(int(number)) if whole else None
    # The canonical form of a decimal has a fraction (XML Schema, 3.2.3.2); what is counted has none.
    return f"{int(number)}.0" if whole and not counts else literal.value
