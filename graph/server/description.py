"""What the endpoint can do, in the vocabulary of SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from factloom.graph import vocabulary as v
from factloom.graph.rdf import for_rdf_xml, serialize, turtle

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def description(endpoint: str, form: str) -> bytes:
    """The description of the service at the address `endpoint`, in a format of `serialize`."""
    facts = [
        (endpoint, v.TYPE, SD + "Service"),
        (endpoint, SD + "endpoint", endpoint),
        (endpoint, SD + "supportedLanguage", SD + "SPARQL11Query"),
        (endpoint, SD + "defaultDataset", endpoint + "#dataset"),
        (endpoint + "#dataset", v.TYPE, SD + "Dataset"),
        (endpoint + "#dataset", SD + "defaultGraph", endpoint + "#graph"),
        (endpoint + "#graph", v.TYPE, SD + "Graph"),
        *((endpoint, SD + "resultFormat", _FORMATS + name) for name in _RESULTS),
    ]
    graph = [ox.Triple(*map(ox.NamedNode, fact)) for fact in facts]
    if form == "turtle":
        return turtle(graph)
    return serialize(for_rdf_xml(graph) if form == "rdfxml" else graph, form)
