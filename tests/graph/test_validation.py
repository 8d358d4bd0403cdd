"""Checks find what is wrong, leave alone what is right, and show the sentences at fault."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from graph_sample import (
    DOCUMENT,
    REUTERS,
    STATEMENTS,
    TESLA,
    WECHAT,
    entity,
    read_words,
)

from factloom.graph.rdf import Settings, write_turtle
from factloom.graph.store import open_graph
from factloom.graph.validation import VIOLATION, WARNING, Finding, check, render, statement_conflicts
from factloom.ontology.errors import InputError, UsageError
from factloom.ontology.namespaces import FL, XSD
from factloom.ontology.records import Entity, Evidence, Literal, Polarity, Relation, Statement
from factloom.ontology.schema import load_schema

# pySHACL and rdflib use what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

SENTENCE = "Tesla did not acquire DeepSeek."
BORN_ON = Relation(FL + "bornOn", "born on")
LOCATED_IN = Relation(FL + "locatedIn", "located in")
ANN = entity("Ann", "Person")


def anywhere(**changes: object) -> Evidence:
    """Evidence in some sentence: the checks look at what it is evidence for."""
    return read_words(SENTENCE, ("Tesla", "acquire", "DeepSeek"), **changes)


def born(value: str, kind: str, start: int = 0) -> Statement:
    evidence = anywhere(rule=f"rule{start}")
    return Statement(ANN, BORN_ON, Literal(value, XSD + kind, value), (evidence,))


def found_in(folder: Path, *statements: Statement, settings: Settings | None = None) -> list[Finding]:
    write_turtle(folder / "graph.ttl", [DOCUMENT], statements, settings=settings or Settings())
    return check(folder)


def test_a_right_graph_has_no_findings(turtle_file: Path) -> None:
    assert check(turtle_file) == []
    assert render([]) == "no findings"


def test_a_graph_is_as_good_as_its_file(turtle_file: Path) -> None:
    turtle_file.write_text(turtle_file.read_text().replace("fl:Stated", "fl:Certain"))
    found = check(turtle_file)
    assert found
    assert check(open_graph(turtle_file)) == found


def test_a_status_of_no_known_name_is_a_violation_with_its_sentence(turtle_file: Path) -> None:
    turtle_file.write_text(turtle_file.read_text().replace("fl:Reported", "fl:Rumoured"))
    (finding,) = (f for f in check(turtle_file) if "exactly one status" in f.message)
    assert finding.severity == VIOLATION
    assert ("d7", "Reuters said that Tesla acquired DeepSeek.") in finding.sentences


def test_a_plain_triple_that_no_document_states_is_a_violation(turtle_file: Path) -> None:
    text = turtle_file.read_text()
    turtle_file.write_text(text + "id:Tesla fl:acquires id:DeepSeek .\n")
    assert any("is not Stated" in f.message for f in check(turtle_file))
    turtle_file.write_text(text + "id:Reuters fl:acquires id:DeepSeek .\n")
    assert any("without a statement" in f.message for f in check(turtle_file))


def test_a_wider_policy_is_no_violation(tmp_path: Path) -> None:
    assert found_in(tmp_path, *STATEMENTS, settings=Settings(policy="all")) == []


def test_two_birthdays_are_a_disagreement_with_both_sentences(tmp_path: Path) -> None:
    found = found_in(tmp_path, born("1971-06-28", "date"), born("1972", "gYear", 1))
    (finding,) = (f for f in found if "more than one value" in f.message)
    assert finding.severity == WARNING
    assert finding.message == "Ann has more than one value for born on: 1971-06-28, 1972"
    assert finding.focus == ANN.iri
    assert finding.sentences == (("d7", SENTENCE),)


def test_a_year_and_a_day_in_it_agree(tmp_path: Path) -> None:
    found = found_in(tmp_path, born("1971-06-28", "date"), born("1971", "gYear", 1))
    assert not any("more than one value" in f.message for f in found)


def test_a_denied_value_is_no_second_value(tmp_path: Path) -> None:
    denied = born("1972", "gYear", 1)
    denied = replace(denied, evidence=(anywhere(polarity=Polarity.NEGATED),))
    assert found_in(tmp_path, born("1971", "gYear"), denied) == []


def test_a_subject_outside_the_domain_is_a_violation(tmp_path: Path) -> None:
    odd = Statement(REUTERS, BORN_ON, Literal("1851", XSD + "gYear", "1851"), (anywhere(),))
    messages = [f.message for f in found_in(tmp_path, odd)]
    assert "Reuters born on 1851: the subject is of class Company, not Person" in messages


def test_an_object_outside_the_range_is_a_violation(tmp_path: Path) -> None:
    messages = [f.message for f in found_in(tmp_path, Statement(TESLA, LOCATED_IN, ANN, (anywhere(),)))]
    assert "Tesla located in Ann: the object is of class Person, not Place" in messages
    value = Literal("7", XSD + "integer", "7")
    messages = [f.message for f in found_in(tmp_path, Statement(TESLA, LOCATED_IN, value, (anywhere(),)))]
    assert "Tesla located in 7: the object is of class integer, not Place" in messages


def test_a_thing_of_unknown_class_and_a_wider_class_fit(tmp_path: Path) -> None:
    anything = entity("X", "Thing")
    wider = entity("Y", "Agent")
    developed = Relation(FL + "headquarteredIn", "headquartered in")
    right = [
        Statement(wider, developed, entity("Z", "City"), (anywhere(),)),
        Statement(anything, LOCATED_IN, anything, (anywhere(rule="other"),)),
    ]
    assert not any(
        "the subject is" in f.message or "the object is" in f.message for f in found_in(tmp_path, *right)
    )


def test_two_classes_without_a_common_member_are_a_violation(turtle_file: Path) -> None:
    turtle_file.write_text(turtle_file.read_text() + "id:WeChat a fl:Person .\n")
    (finding,) = (f for f in check(turtle_file) if "and of class" in f.message)
    assert finding.message == "WeChat is of class Person and of class SoftwareProduct"
    assert finding.sentences == (("d7", "WeChat blocks the Doubao agent."),)


def test_an_ontology_of_the_user_is_checked_too(tmp_path: Path) -> None:
    ontology = tmp_path / "mine.ttl"
    ontology.write_text(
        "@prefix ex: <http://e.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f"ex:soleOwner a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:label 'sole owner'@en ;\n"
        f"  rdfs:range <{FL}Person> .\n"
    )
    owner = Relation("http://e.org/soleOwner", "sole owner")
    rivals = [Statement(WECHAT, owner, who, (anywhere(),)) for who in (ANN, entity("Bob", "Person"))]
    write_turtle(tmp_path / "graph.ttl", [DOCUMENT], rivals)
    found = check(tmp_path, ontologies=[ontology])
    assert [f.message for f in found] == ["WeChat has more than one value for sole owner: Ann, Bob"]


def test_shapes_of_the_user_stand_beside_ours(turtle_file: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<http://e.org/s> a sh:NodeShape ; sh:targetSubjectsOf <{FL}blocks> ;\n"
        f"  sh:property [ sh:path <{FL}blocks> ; sh:maxCount 0 ; sh:severity sh:Warning ;\n"
        "    sh:message 'nobody may block' ] .\n"
    )
    (finding,) = check(turtle_file, shapes=[shapes])
    assert (finding.severity, finding.message, finding.focus) == (
        WARNING,
        "nobody may block (blocks)",
        WECHAT.iri,
    )
    assert finding.sentences == (("d7", "WeChat blocks the Doubao agent."),)


def test_a_constraint_of_the_user_in_sparql_speaks_of_the_whole_graph(
    turtle_file: Path, tmp_path: Path
) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        f"<http://e.org/s> a sh:NodeShape ; sh:targetNode <{FL}openRelation> ;\n"
        f"  sh:sparql [ sh:select 'SELECT $this ?value {{ ?value <{FL}blocks> ?x }}' ;\n"
        "    sh:message 'nobody may block: {?value}' ] .\n"
    )
    (finding,) = check(turtle_file, shapes=[shapes])
    assert finding.message == f"nobody may block: {WECHAT.iri}"
    assert finding.sentences == (("d7", "WeChat blocks the Doubao agent."),)
    shapes.write_text(shapes.read_text().replace("SELECT $this", "SLECT"))
    with pytest.raises(InputError, match="no SPARQL"):
        check(turtle_file, shapes=[shapes])


def test_what_every_part_must_have_is_found_in_each_and_once(turtle_file: Path) -> None:
    text = turtle_file.read_text()
    turtle_file.write_text(text.replace('fl:rule "verb"', 'fl:rule "verb" , "noun"'))
    found = [f for f in check(open_graph(turtle_file)) if "exactly one rule" in f.message]
    assert len(found) == text.count('fl:rule "verb"') == len({f.focus for f in found})


def test_the_text_counts_and_shows_the_sentences() -> None:
    finding = Finding(VIOLATION, "it is wrong", "http://e.org/a", (("d7", "A \x1b[31msentence."),))
    text = render([finding, finding])
    assert text.splitlines()[0] == "2 violations"
    assert "violation: it is wrong\n    at <http://e.org/a>\n" in text
    assert "(d7)" in text
    assert "\x1b" not in text


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        check(tmp_path / "none")
    (tmp_path / "graph.ttl").write_text("<a> <b>")
    with pytest.raises(InputError, match="not RDF"):
        check(tmp_path)


def test_findings_do_not_vary(turtle_file: Path) -> None:
    turtle_file.write_text(turtle_file.read_text().replace("fl:Stated", "fl:Certain"))
    script = (
        "import sys; from factloom.graph.validation import check, render; print(render(check(sys.argv[1])))"
    )
    command = [sys.executable, "-c", script, str(turtle_file)]
    first, second = (subprocess.run(command, check=True, capture_output=True).stdout for _ in range(2))
    assert first == second
    assert len(first) > 100


def test_a_file_without_shapes_is_no_file_of_shapes(turtle_file: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("<http://e.org/a> <http://e.org/b> <http://e.org/c> .")
    with pytest.raises(InputError, match="holds no sh:NodeShape"):
        check(turtle_file, shapes=[shapes])


@pytest.mark.parametrize("kind", ["AsymmetricProperty", "IrreflexiveProperty"])
def test_relations_that_exclude_themselves(tmp_path: Path, kind: str) -> None:
    """A thing related to itself, or two both ways: with both sentences and the ways out."""
    own = tmp_path / "own.ttl"
    own.write_text(f"<{FL}blocks> a <http://www.w3.org/2002/07/owl#{kind}> .")
    blocks = next(s for s in STATEMENTS if s.relation.iri == FL + "blocks")
    assert isinstance(blocks.object, Entity)
    turned = replace(blocks, subject=blocks.object, object=blocks.subject)
    itself = replace(blocks, object=blocks.subject)
    schema = load_schema(own)
    messages = [f.message for f in statement_conflicts([blocks, turned], schema) if "asymmetric" in f.message]
    assert bool(messages) == (kind == "AsymmetricProperty")
    (found,) = [f for f in statement_conflicts([itself], schema) if "the relation is" in f.message]
    assert found.sentences and "split the thing" in found.remedy
