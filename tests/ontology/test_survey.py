"""Odd ontologies work, or say in one line what and where."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from factloom.ontologies import checked
from factloom.ontology.errors import OntologyError
from factloom.ontology.schema import load_schema
from factloom.ontology.survey import survey

PREFIXES = """@prefix ex: <https://example.org/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""


def write(folder: Path, turtle: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def messages(path: Path) -> list[str]:
    return [f"{r.line}: {r.message}" for r in survey(path)[0]]


def test_a_circle_is_named_and_its_members_count_as_equivalent(tmp_path: Path) -> None:
    path = write(
        tmp_path, "ex:A a owl:Class ; rdfs:subClassOf ex:B .\nex:B a owl:Class ; rdfs:subClassOf ex:A .\n"
    )
    assert any("circle of classes: A → B → A" in message for message in messages(path))
    schema = load_schema(path, core=False)
    assert schema.is_a("https://example.org/ns#A", "https://example.org/ns#B")
    assert schema.is_a("https://example.org/ns#B", "https://example.org/ns#A")


def test_a_missing_domain_or_range_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "\nex:treats a owl:ObjectProperty .\n")
    assert messages(path) == [
        "5: treats: no domain; any subject is taken",
        "5: treats: no range; any object is taken",
    ]


def test_labels_in_other_languages_are_told(tmp_path: Path) -> None:
    turtle = 'ex:r a owl:ObjectProperty ; rdfs:label "behandelt"@de , "soigne"@fr .'
    assert any("labels in de, fr alone" in message for message in messages(write(tmp_path, turtle)))
    both = 'ex:r a owl:ObjectProperty ; rdfs:label "behandelt"@de , "treats"@en .'
    assert not any("alone" in message for message in messages(write(tmp_path, both)))


def test_class_expressions(tmp_path: Path) -> None:
    """A union is read as alternatives; a restriction is kept and told."""
    turtle = (
        "ex:A a owl:Class ; rdfs:subClassOf"
        " [ a owl:Restriction ; owl:onProperty ex:r ; owl:someValuesFrom ex:B ] .\n"
        "ex:r a owl:ObjectProperty ; rdfs:range ex:B ;"
        " rdfs:domain [ a owl:Class ; owl:unionOf ( ex:A ex:B ) ] ."
    )
    path = write(tmp_path, turtle)
    assert messages(path) == ["0: 1 existential restriction (owl:someValuesFrom): kept, not used in reading"]
    assert len(load_schema(path).relations["https://example.org/ns#r"].domain) == 2


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    lines = [f"ex:r{n} a owl:ObjectProperty ." for n in range(2000)]
    lines[812 - 4] = "ex:broken a owl:ObjectProperty [ ."
    path = write(tmp_path, "\n".join(lines))
    with pytest.raises(OntologyError, match=r"own\.ttl, line 812: not valid Turtle") as caught:
        list(checked(path))
    assert "\n" not in str(caught.value)


def test_five_thousand_relations_are_checked_in_seconds(tmp_path: Path) -> None:
    verbs = ("founded by", "based on", "birth place", "member of", "length")
    path = write(
        tmp_path,
        "".join(f'ex:r{n} a owl:ObjectProperty ; rdfs:label "x{n} {verbs[n % 5]}" .\n' for n in range(5000)),
    )
    begin = time.process_time()
    lines = list(checked(path))
    assert time.process_time() - begin < 30, "a bound against quadratic work, not a speed"
    assert "5000 relations" in lines[0]
    assert len(lines) < 100, "remarks of one kind are counted after the first"


def test_names_that_a_list_does_not_declare(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    path.write_text(
        '{"concepts": [{"qid": "Q1", "label": "film"}],\n'
        ' "relations": [\n  {"pid": "P1", "label": "director", "domain": "Q1", "range": "Q9"}]}'
    )
    assert messages(path) == ["3: director: range Q9 is no class of the file; anything is taken"]


def test_the_words_of_a_relation_are_shown(tmp_path: Path) -> None:
    path = write(tmp_path, 'ex:r a owl:ObjectProperty ; rdfs:label "founded by" .')
    (said,) = [line for line in checked(path, words=True) if line.startswith("founded by: ")]
    assert "object … found, " in said
