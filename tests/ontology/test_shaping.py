"""Shapes generated from an ontology: what they say, that they find what they should, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from command_line import factloom

from factloom.ontology.shaping import shapes_of

# pySHACL and rdflib use what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

PREFIXES = """
@prefix : <https://example.org/mine#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = (
    PREFIXES
    + """
:Crew a owl:Class ; rdfs:subClassOf
    [ a owl:Restriction ; owl:onProperty :rower ; owl:maxCardinality "8"^^xsd:nonNegativeInteger ] ,
    [ a owl:Restriction ; owl:onProperty :rower ; owl:minCardinality 2 ] ,
    [ a owl:Restriction ; owl:onProperty :boat ; owl:maxQualifiedCardinality 2 ; owl:onClass :Shell ] ;
  owl:equivalentClass [ owl:intersectionOf (
    :Team [ a owl:Restriction ; owl:onProperty :cox ; owl:cardinality 1 ]
    [ a owl:Restriction ; owl:onProperty :cox ; owl:allValuesFrom [ owl:unionOf ( :Rower :Child ) ] ] ) ] .
:Team a owl:Class . :Rower a owl:Class . :Child a owl:Class . :Boat a owl:Class .
:Shell a owl:Class ; rdfs:subClassOf :Boat .
:rower a owl:ObjectProperty ; rdfs:domain :Crew ; rdfs:range :Rower .
:boat a owl:ObjectProperty ; rdfs:label "the \\"boat\\""@en ; rdfs:range [ owl:unionOf ( :Boat :Team ) ] .
:cox a owl:ObjectProperty .
:founded a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:gYear .
:oarOf a owl:ObjectProperty , owl:InverseFunctionalProperty .
"""
)
RIGHT = """
:a a :Crew ; :rower :r1 , :r2 ; :cox :r1 ; :boat :s1 , :s2 , :b ; :founded "1899"^^xsd:gYear .
:r1 a :Rower . :r2 a :Rower . :s1 a :Shell . :s2 a :Shell . :b a :Boat . :o :oarOf :r1 .
"""


def results(tmp_path: Path, facts: str) -> set[tuple[str, str]]:
    """Severity and message of what pySHACL finds in the facts."""
    import pyshacl

    path = tmp_path / "mine.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    data = rdflib.Graph().parse(data=PREFIXES + facts, format="turtle")
    data.parse(path)
    shapes = rdflib.Graph().parse(data=shapes_of([path]), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return {
        (str(report.value(r, sh.resultSeverity)).rsplit("#", 1)[-1], str(report.value(r, sh.resultMessage)))
        for r in report.objects(None, sh.result)
    }


def test_what_is_right_conforms(tmp_path: Path) -> None:
    assert results(tmp_path, RIGHT) == set()


@pytest.mark.parametrize(
    ("more", "severity", "message"),
    [
        (":a :rower " + ", ".join(f":x{i}" for i in range(8)), "Violation", "at most 8 rower of a Crew"),
        (":c a :Crew ; :rower :r1 ; :cox :r1", "Warning", "at least 2 rower of a Crew"),
        (":s3 a :Shell . :a :boat :s3", "Violation", "at most 2 boat of a Crew"),
        (":a :cox :r2", "Violation", "at most 1 cox of a Crew"),
        (":c a :Crew ; :rower :r1 , :r2", "Warning", "at least 1 cox of a Crew"),
        (":d a :Crew ; :rower :r1 , :r2 ; :cox :b", "Warning", "another cox than a Crew has"),
        (':a :founded "1900"^^xsd:gYear', "Violation", "at most one founded"),
        (':d :founded "May"', "Warning", "the object of founded is outside of its range"),
        (":b :rower :r1", "Warning", "the subject of rower is of another class than its domain"),
        (":a :boat :r1", "Warning", 'the object of the "boat" is outside of its range'),
        (":p :oarOf :r1", "Violation", "oar Of of at most one subject"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, more: str, severity: str, message: str) -> None:
    assert (severity, message) in results(tmp_path, f"{RIGHT} {more} .")


def test_the_command_writes_the_same_bytes_again(tmp_path: Path) -> None:
    path, one, two = tmp_path / "mine.ttl", tmp_path / "one.ttl", tmp_path / "two.ttl"
    path.write_text(ONTOLOGY, encoding="utf-8")
    for output in (one, two):
        ran = factloom("ontology", "shapes", path, "-o", output)
        assert (ran.code, ran.err) == (0, f"{output}: 12 shapes\n")
    assert one.read_bytes() == two.read_bytes()
    assert factloom("ontology", "shapes", tmp_path / "none.ttl", "-o", one).code == 2
