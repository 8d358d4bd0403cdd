"""Each shape passes on a sound graph and fails on one that breaks the rule it is for."""

from __future__ import annotations

from functools import cache

import pyshacl
import pytest
from rdflib import Graph, Namespace
from rdflib.namespace import RDF

from factloom.ontology.schema import CORE, SHAPES

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = "https://w3id.org/factloom/shapes#"
PREFIXES = """
@prefix : <https://example.org/id/> .
@prefix st: <https://example.org/st/> .
@prefix ev: <https://example.org/ev/> .
@prefix fl: <https://w3id.org/factloom/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
"""
SOUND = """
:Nimbus a fl:Company ; rdfs:label "Nimbus" ; fl:acquires :Kestrel .
:Kestrel a fl:Company ; rdfs:label "Kestrel" .
:Herald a fl:MediaOrganization ; rdfs:label "The Herald" .
st:1 a rdf:Statement , fl:Statement ; rdf:subject :Nimbus ; rdf:predicate fl:acquires ; rdf:object :Kestrel ;
    fl:status fl:Stated ; fl:confidence 0.9 ; fl:evidence ev:1 ; fl:qualifier st:1-q .
st:1-q a fl:Qualifier ; fl:role "amount" ; fl:value 2000000.0 ; fl:unit "USD" .
ev:1 a fl:Evidence ; prov:wasQuotedFrom :d1 ; nif:sentence :s1 ; nif:beginIndex 10 ; nif:endIndex 40 ;
    fl:confidence 0.9 ; fl:polarity fl:Affirmed ; fl:modality fl:Actual ; fl:rule 'verb' .
:s1 a nif:Sentence ; nif:referenceContext :d1 ; nif:beginIndex 10 ; nif:endIndex 41 ;
    nif:anchorOf "Nimbus has bought up Kestrel!!!" .
st:2 a rdf:Statement , fl:Statement ; rdf:subject :Kestrel ; rdf:predicate fl:sues ; rdf:object :Nimbus ;
    fl:status fl:Reported ; fl:confidence 0.5 ; fl:evidence ev:2 .
ev:2 a fl:Evidence ; prov:wasQuotedFrom :d1 ; nif:sentence :s1 ; nif:beginIndex 10 ; nif:endIndex 41 ;
    fl:confidence 0.5 ; fl:polarity fl:Affirmed ; fl:modality fl:Actual ; fl:rule 'verb' ;
    fl:attributedTo :Herald .
"""
# For a statement about a relation of its own: subject, relation, object.
STATED = """
{s} {p} {o} .
st:3 a fl:Statement ; rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} ;
    fl:status fl:Stated ; fl:confidence 0.9 ; fl:evidence ev:1 .
"""
PEOPLE = """
:Ada a fl:Person ; rdfs:label "Ada" . :Ben a fl:Person ; rdfs:label "Ben" .
:Oslo a fl:City ; rdfs:label "Oslo" .
:Riddle a fl:Thing ; rdfs:label "Riddle" .
"""


@cache
def vocabulary(path: str) -> Graph:
    return Graph().parse(path, format="turtle")


def names(*, target: bool) -> tuple[str, ...]:
    """The shapes that look for nodes of their own, or those that only serve others."""
    shapes = vocabulary(str(SHAPES))
    targets = (SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf)
    found = (s for kind in (SH.NodeShape, SH.PropertyShape) for s in shapes.subjects(RDF.type, kind))
    kept = (s for s in found if target == any((s, t, None) in shapes for t in targets))
    return tuple(str(shape).removeprefix(SHAPE) for shape in kept)


def quick() -> tuple[str, ...]:
    """All but the constraints in SPARQL, which cost ten times the others on a small graph."""
    shapes = vocabulary(str(SHAPES))
    slow = {str(shape).removeprefix(SHAPE) for shape in shapes.subjects(SH.sparql)}
    return tuple(name for name in names(target=True) if name not in slow)


def _with_parts(shapes: tuple[str, ...]) -> list[str]:
    """The shapes named, the parts that carry their names (Statement-status) and those that serve others."""
    parts = [name for name in names(target=True) if name in shapes or name.partition("-")[0] in shapes]
    return [*parts, *names(target=False)]


def findings(turtle: str, *shapes: str) -> list[tuple[str, str]]:
    """(severity, message) of everything that these shapes, or all, find wrong; sorted."""
    data = Graph().parse(data=PREFIXES + turtle, format="turtle")
    _, report, _ = pyshacl.validate(
        data,
        shacl_graph=vocabulary(str(SHAPES)),
        ont_graph=vocabulary(str(CORE)),
        inplace=True,
        use_shapes=[f"{SHAPE}{name}" for name in _with_parts(shapes)] if shapes else None,
    )
    assert isinstance(report, Graph)
    return sorted(
        (str(report.value(r, SH.resultSeverity)).rpartition("#")[2], str(report.value(r, SH.resultMessage)))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    )


def stated(subject: str, relation: str, value: str) -> str:
    return SOUND + PEOPLE + STATED.format(s=subject, p=relation, o=value)


def test_a_sound_graph_passes() -> None:
    assert findings(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "shape", "message"),
    [
        ("rdf:subject :Nimbus ;", "", "Statement", "exactly one subject"),
        ("rdf:subject :Nimbus ;", "rdf:subject :Nimbus , :Herald ;", "Statement", "exactly one subject"),
        ("rdf:predicate fl:acquires ;", "", "Statement", "exactly one predicate"),
        ("rdf:object :Kestrel ;", "", "Statement", "exactly one object"),
        ("rdf:object :Kestrel ;", "rdf:object :Kestrel , :Herald ;", "Statement", "exactly one object"),
        ("fl:status fl:Stated ;", "", "Statement", "exactly one status"),
        ("fl:status fl:Stated ;", "fl:status fl:Stated , fl:Denied ;", "Statement", "exactly one status"),
        ("fl:status fl:Stated ;", "fl:status fl:Actual ;", "Statement", "exactly one status"),
        ("fl:status fl:Stated ;", "fl:status fl:Denied ;", "OnlyStated", "whose statement is not Stated"),
        ("fl:evidence ev:1 ;", "", "Statement", "has evidence"),
        ("fl:evidence ev:1 ;", "fl:evidence ev:9 ;", "Statement", "has evidence"),
        (
            "fl:status fl:Stated ; fl:confidence 0.9 ;",
            "fl:status fl:Stated ;",
            "Confidence",
            "exactly one confidence",
        ),
        (
            "fl:status fl:Stated ; fl:confidence 0.9 ;",
            "fl:status fl:Stated ; fl:confidence 1.1 ;",
            "Confidence",
            "from 0 to 1",
        ),
        ('fl:role "amount" ;', "", "Qualifier", "exactly one role"),
        ("fl:value 2000000.0 ;", "", "Qualifier", "exactly one value"),
        ("prov:wasQuotedFrom :d1 ; ", "", "Evidence", "exactly one document"),
        ("nif:sentence :s1 ; ", "", "Evidence", "exactly one sentence"),
        (
            "nif:beginIndex 10 ; nif:endIndex 40",
            "nif:beginIndex 40 ; nif:endIndex 40",
            "Evidence",
            "begins at one offset",
        ),
        (
            "nif:beginIndex 10 ; nif:endIndex 40",
            "nif:beginIndex -1 ; nif:endIndex 40",
            "Evidence",
            "begins at one offset",
        ),
        ("nif:beginIndex 10 ; nif:endIndex 40", "nif:beginIndex 10", "Evidence", "ends at one offset"),
        ("nif:endIndex 40", "nif:endIndex 42", "EvidenceInSentence", "outside its sentence"),
        ("fl:confidence 0.9 ; fl:polarity", "fl:confidence -0.1 ; fl:polarity", "Confidence", "from 0 to 1"),
        ("fl:polarity fl:Affirmed ; ", "", "Evidence", "exactly one polarity"),
        ("fl:modality fl:Actual ;", "fl:modality fl:Stated ;", "Evidence", "exactly one modality"),
        ("fl:modality fl:Actual ;", "fl:modality fl:Possible ;", "Stated", "no evidence affirms it"),
        (
            "fl:modality fl:Actual ; fl:rule 'verb' .",
            "fl:modality fl:Actual .",
            "Evidence",
            "exactly one rule",
        ),
        (
            "fl:rule 'verb' .",
            "fl:rule 'verb' ; fl:attributedTo :Herald .",
            "Stated",
            "no evidence affirms it",
        ),
        ("fl:polarity fl:Affirmed ; ", "fl:polarity fl:Negated ; ", "Stated", "no evidence affirms it"),
        ('nif:anchorOf "Nimbus has bought up Kestrel!!!"', 'nif:anchorOf ""', "Sentence", "exactly one text"),
        (
            ":s1 a nif:Sentence ; nif:referenceContext :d1 ;",
            ":s1 a nif:Sentence ;",
            "Sentence",
            "names exactly one document",
        ),
        ('rdfs:label "Nimbus" ;', "", "Entity", "an entity has a label"),
        (":Kestrel a fl:Company ;", ":Kestrel", "Object", "an entity has a label and a class"),
        ("fl:value 2000000.0", "fl:value :nobody", "Object", "an entity has a label and a class"),
        (":Herald a fl:MediaOrganization ;", ":Herald", "Entity", "an entity has a class"),
        (
            "fl:acquires :Kestrel .",
            "fl:acquires :Kestrel ; fl:owns :Kestrel .",
            "PlainTriple",
            "plain triple without a statement",
        ),
        (":Nimbus a fl:Company ;", ":Nimbus a fl:Company , fl:Person ;", "Person", "a person can't also be"),
        (
            ":Nimbus a fl:Company ;",
            ":Nimbus a fl:Company , fl:City ;",
            "Organization",
            "an organization can't also be",
        ),
    ],
)
def test_a_broken_statement_fails(old: str, new: str, shape: str, message: str) -> None:
    assert old in SOUND
    broken = findings(SOUND.replace(old, new, 1), shape)
    assert any(message in text for _, text in broken), broken


@pytest.mark.parametrize(
    ("subject", "relation", "value"),
    [
        (":Ada", "fl:bornIn", ":Oslo"),
        (":Ada", "fl:bornIn", ":Riddle"),
        (":Ada", "fl:bornOn", '"1815-12-10"^^xsd:date'),
        (":Ada", "fl:diedOn", '"1852"^^xsd:gYear'),
        (":Ada", "fl:spouse", ":Ben"),
        (":Nimbus", "fl:foundedOn", '"1999-03"^^xsd:gYearMonth'),
        (":Nimbus", "fl:hasUsers", "140000000"),
        (":Nimbus", "fl:revenue", "6900000000.0"),
        (":Nimbus", "fl:profit", "-5.5"),
        (":Nimbus", "fl:headquarteredIn", ":Oslo"),
        (":Oslo", "fl:population", "700000"),
    ],
)
def test_a_sound_relation_passes(subject: str, relation: str, value: str) -> None:
    assert findings(stated(subject, relation, value), *quick()) == []


@pytest.mark.parametrize(
    ("subject", "relation", "value", "shape", "message"),
    [
        (":Ada", "fl:bornIn", ":Kestrel", "Birth", "IsPlace"),
        (":Oslo", "fl:bornIn", ":Oslo", "Birth", "IsPerson"),
        (":Ada", "fl:bornOn", '"in 1815"', "Birth", "IsDate"),
        (":Ada", "fl:bornOn", '"1815-13-10"^^xsd:date', "Birth", "IsDate"),
        (":Ada", "fl:spouse", ":Oslo", "Kin", "IsPerson"),
        (":Ada", "fl:spouse", ":Ada", "NotItself", "to itself"),
        (":Nimbus", "fl:owns", ":Nimbus", "NotItself", "to itself"),
        (":Nimbus", "fl:foundedOn", "1999", "Founding", "IsDate"),
        (":Nimbus", "fl:releasedOn", "1999", "Release", "IsDate"),
        (":Nimbus", "fl:takesPlaceOn", "1999", "EventDate", "IsDate"),
        (":Nimbus", "fl:hasUsers", "-1", "Counts", "IsCount"),
        (":Nimbus", "fl:hasUsers", '"many"', "Counts", "IsCount"),
        (":Nimbus", "fl:hasEmployees", "1.5", "Counts", "IsCount"),
        (":Nimbus", "fl:revenue", '"6.9 billion"', "Money", "IsAmount"),
        (":Ada", "fl:headquarteredIn", ":Oslo", "Headquarters", "IsOrganization"),
        (":Nimbus", "fl:headquarteredIn", ":Ada", "Headquarters", "IsPlace"),
        (":Nimbus", "fl:locatedIn", ":Ada", "Located", "IsPlace"),
    ],
)
def test_a_broken_relation_fails(subject: str, relation: str, value: str, shape: str, message: str) -> None:
    found = findings(stated(subject, relation, value), shape)
    assert any(message in text for _, text in found), found


def test_a_death_before_the_birth_fails() -> None:
    later = STATED.replace("st:3", "st:4").format(s=":Ada", p="fl:diedOn", o='"1790"^^xsd:gYear')
    found = findings(stated(":Ada", "fl:bornOn", '"1815-12-10"^^xsd:date') + later, "LifeInOrder")
    assert found == [("Violation", "https://example.org/id/Ada died in 1790, before being born")]


def test_two_birth_dates_are_a_warning_not_a_violation() -> None:
    other = STATED.replace("st:3", "st:4").format(s=":Ada", p="fl:bornOn", o='"1816"^^xsd:gYear')
    found = findings(stated(":Ada", "fl:bornOn", '"1815"^^xsd:gYear') + other, "OneBirth")
    assert found == [("Warning", "documents disagree about the date of birth")]


def test_a_plain_triple_of_an_open_relation_needs_a_statement_too() -> None:
    minted = ":reads rdfs:subPropertyOf fl:openRelation ; rdfs:label 'reads' . :Kestrel :reads :Nimbus ."
    assert any(
        "plain triple without a statement" in message
        for _, message in findings(SOUND + minted, "PlainTriple")
    )


def test_every_shape_with_a_target_has_a_case_that_fails() -> None:
    marks = [*test_a_broken_statement_fails.pytestmark, *test_a_broken_relation_fails.pytestmark]  # type: ignore[attr-defined]
    tried = {row[-2] for mark in marks for row in mark.args[1]} | {"LifeInOrder", "OneBirth"}
    assert {name.partition("-")[0] for name in names(target=True)} <= tried


def test_every_message_of_a_part_has_a_case_that_fails() -> None:
    shapes = vocabulary(str(SHAPES))
    messages = {str(shapes.value(s, SH.message)) for s in shapes.subjects(RDF.type, SH.PropertyShape)}
    (cases,) = test_a_broken_statement_fails.pytestmark  # type: ignore[attr-defined]
    fragments = [row[-1] for row in cases.args[1]]
    assert {m for m in messages if not any(fragment in m for fragment in fragments)} == set()
