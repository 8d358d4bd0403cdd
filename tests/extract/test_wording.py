"""Ways to say a relation, from nothing but its label, its comment and its ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from factloom.extract.wording import label_words, worded
from factloom.ontology.namespaces import FL
from factloom.ontology.schema import RelationTerm, Schema, load_schema

PREFIXES = """
@prefix ex: <https://example.org/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix lex: <https://w3id.org/factloom/lex#> .
"""


def relation(folder: Path, label: str, rest: str = "", extra: str = "") -> RelationTerm:
    path = folder / "own.ttl"
    turtle = f'ex:r a owl:ObjectProperty ; rdfs:label "{label}" {rest} . {extra}'
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return worded(load_schema(path)).relations["https://example.org/ns#r"]


@pytest.mark.parametrize(
    ("label", "verb"),
    [
        ("publication date", "be published in"),
        ("publication date", "be released on"),
        ("headquarters location", "be based in"),
        ("place of birth", "be born in"),
        ("birthPlace", "be born in"),
        ("discovery site", "be discovered at"),
        ("excavation date", "be excavated in"),
        ("based on", "be based on"),
        ("hidden in", "be hidden in"),
        ("plays for", "play for"),
        ("treats", "treat"),
        ("isPartOf", "be part of"),
    ],
)
def test_what_the_subject_does(tmp_path: Path, label: str, verb: str) -> None:
    assert verb in relation(tmp_path, label).verbs


@pytest.mark.parametrize(
    ("label", "verb"),
    [
        ("cast member", "star in"),
        ("cast member", "play in"),
        ("director", "direct"),
        ("founded by", "found"),
        ("followed by", "follow"),
        ("successor", "succeed"),
        ("excavator", "excavate"),
        ("vaccinated by", "vaccinate"),
    ],
)
def test_what_the_object_does(tmp_path: Path, label: str, verb: str) -> None:
    assert verb in relation(tmp_path, label).verb_inverses


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("capital", "capital of"),
        ("leaderName", "leader of"),
        ("runwayLength", "runway length of"),
        ("patron saint", "patron saint of"),
        ("hull colour", "hull colour of"),
    ],
)
def test_what_the_object_is(tmp_path: Path, label: str, noun: str) -> None:
    assert noun in relation(tmp_path, label).noun_roles_inverse


def test_what_the_subject_is(tmp_path: Path) -> None:
    assert "member of" in relation(tmp_path, "member of").noun_roles
    assert "tributary of" in relation(tmp_path, "tributary of").noun_roles


def test_who_is_named_by_an_agent_noun_is_told_by_the_ends(tmp_path: Path) -> None:
    ends = 'ex:P a owl:Class ; rdfs:label "person" . ex:F a owl:Class ; rdfs:label "film" .'
    one = relation(tmp_path, "director", "; rdfs:domain ex:F ; rdfs:range ex:P", ends)
    other = relation(tmp_path, "director", "; rdfs:domain ex:P ; rdfs:range ex:F", ends)
    assert "direct" in one.verb_inverses and "direct" not in one.verbs
    assert "direct" in other.verbs and "direct" not in other.verb_inverses


def test_numbers_are_counted(tmp_path: Path) -> None:
    term = relation(tmp_path, "number of students", "; rdfs:range xsd:integer")
    assert "student" in term.units


def test_the_comment_counts_as_a_definition(tmp_path: Path) -> None:
    assert (
        "excavate"
        in relation(tmp_path, "archaeologist", '; rdfs:comment "who excavated the site"').verb_inverses
    )


def test_words_of_ones_own_stand_alone(tmp_path: Path) -> None:
    term = relation(tmp_path, "director", '; lex:verb "be shot by"')
    assert (term.verbs, term.verb_inverses) == (("be shot by",), ())


def test_a_label_ending_in_date_takes_dates(tmp_path: Path) -> None:
    assert relation(tmp_path, "excavation date").is_datatype


def test_label_words() -> None:
    assert label_words("hasLeaderName") == "leader"
    assert label_words("is_part_of") == "part of"
    assert label_words("name") == "name"


def test_classes_find_their_place_in_the_core(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    labels = (
        "human",
        "film production company",
        "musical work",
        "taxon",
        "observatory",
        "taxidermist",
    )
    turtle = "".join(f'ex:c{i} a owl:Class ; rdfs:label "{name}" .' for i, name in enumerate(labels))
    path.write_text(PREFIXES + turtle + "ex:r a owl:ObjectProperty .", encoding="utf-8")
    schema: Schema = worded(load_schema(path))
    wanted = ("Person", "Company", "CreativeWork", None, "Facility", "Person")
    for i, core in enumerate(wanted):
        above = schema.ancestors(f"https://example.org/ns#c{i}")
        assert (FL + core in above) if core else not above, labels[i]
