"""The network as formats in XML can hold it: no lists, no characters that XML forbids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from factloom.graph.network import Network, to_networkx
from factloom.graph.tables import json_array
from factloom.graph.text import for_xml
from factloom.ontology.records import Statement, Status


def flat_network(statements: Iterable[Statement]) -> Network:
    """Statements of every status as a `MultiDiGraph` whose attributes are texts and numbers.

    A tuple becomes a JSON array, a forbidden character U+FFFD.
    """
    network = to_networkx(statements, statuses=frozenset(Status))
    for _, attributes in network.nodes(data=True):
        _flatten(attributes)
    for _, _, attributes in network.edges(data=True):
        _flatten(attributes)
    return network


def _flatten(attributes: dict[str, Any]) -> None:
    for name, value in attributes.items():
        text = json_array(value) if isinstance(value, tuple) else value
        attributes[name] = for_xml(text) if isinstance(text, str) else text
