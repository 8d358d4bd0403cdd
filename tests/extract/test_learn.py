"""Learning from examples: what is taught comes out, what the texts don't hold teaches nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from command_line import factloom, read_by

from factloom.extract.learn.conventions import CONVENTIONS, normal
from factloom.extract.learn.examples import parse_examples
from factloom.ontology.errors import Problem

pytestmark = pytest.mark.model

ONTOLOGY = """
@prefix : <https://example.org/zoo#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:keeper a owl:ObjectProperty ; rdfs:label "keeper" .
:arrival a owl:DatatypeProperty ; rdfs:label "arrival" .
"""
ANIMALS = (
    "Baloo|King Louie|Bagheera|Tantor|Dumbo|Simba|Little John|Zazu|Rafiki|Lady Kluck|Timon|Abu|Rajah|Iago"
    "|Friar Tuck|Perdita|Marie Aristocat|Berlioz|Duchess Bonfamille|Bambi"
).split("|")
KEEPERS = (
    "Anna Weber|Peter Lang|Maria Rossi|John Miller|Laura Stone|David Green|Emma Brown|Paul Schmidt"
    "|Julia Klein|Mark Taylor"
).split("|")
DATES = [f"{1 + n} May {1990 + n}" for n in range(20)]


def _examples() -> list[dict[str, Any]]:
    """Sentences where a keeper looks after an animal, or visits it, and where animals arrive."""
    found: list[dict[str, Any]] = []
    for n, animal in enumerate(ANIMALS):
        keeper, other = KEEPERS[n % 10], KEEPERS[(n + 3) % 10]
        triples = [{"subject": animal, "relation": "keeper", "object": keeper}]
        found.append({"text": f"{animal} is looked after by {keeper} in Berlin.", "triples": triples})
        found.append({"text": f"{other} visited {animal} in Berlin.", "triples": []})
        triples = [{"subject": animal, "relation": "arrival", "object": f"{1990 + n}-05-{1 + n:02}"}]
        found.append({"text": f"{animal} arrived in Hamburg on {DATES[n]}.", "triples": triples})
    return found


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the toy ontology, its examples, and what was learnt of them."""
    place = tmp_path_factory.mktemp("zoo")
    (place / "zoo.ttl").write_text(ONTOLOGY, encoding="utf-8")
    _write(place / "examples.jsonl", _examples())
    ran = _learn(place, place / "learnt")
    assert ran.code == 0, ran.err
    return place


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _learn(place: Path, into: Path, *options: str, examples: str = "examples.jsonl") -> Any:
    files = ("--ontology", place / "zoo.ttl", "--examples", place / examples)
    return factloom("learn", *files, "-o", into, *options)


def _read(place: Path, text: str, ontology: str = "learnt") -> list[dict[str, Any]]:
    return read_by(place / ontology, text)


def test_a_taught_relation_is_read_in_new_sentences(taught: Path) -> None:
    (row,) = _read(taught, "Shere Khan is looked after by Nora Hill in Berlin.")
    assert (row["subject"]["text"], row["object"]["text"]) == ("Shere Khan", "Nora Hill")
    assert row["relation"]["iri"] == "https://example.org/zoo#keeper"
    assert row["rule"] == "learnt keeper"
    assert row["status"] == "stated"


def test_what_the_examples_do_not_call_the_relation_is_not_read(taught: Path) -> None:
    assert _read(taught, "Nora Hill visited Dumbo in Berlin.") == []


def test_values_are_written_as_the_examples_write_them(taught: Path) -> None:
    (row,) = _read(taught, "Shere Khan arrived in Hamburg on 7 June 2011.")
    assert row["object"]["value"] == "2011-06-07"
    assert row["object"]["text"] == "7 June 2011"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Dumbo is not looked after by Nora Hill in Berlin.", "denied"),
        ("Dumbo may be looked after by Nora Hill in Berlin.", "possible"),
    ],
)
def test_a_learnt_reading_keeps_the_status_of_its_clause(taught: Path, text: str, status: str) -> None:
    assert [row["status"] for row in _read(taught, text)] in ([status], [])


def test_the_reason_names_an_example(taught: Path) -> None:
    (row,) = _read(taught, "Shere Khan is looked after by Nora Hill in Berlin.")
    assert "as in example line" in " ".join(row["steps"])


def test_explain_names_the_example(taught: Path, tmp_path: Path) -> None:
    text = b"Shere Khan is looked after by Nora Hill in Berlin."
    assert factloom("build", "-", "-o", tmp_path, "--ontology", taught / "learnt", stdin=text).code == 0
    assert "as in example line" in factloom("explain", tmp_path, "Shere Khan", "keeper").out


def test_the_same_lesson_gives_the_same_bytes(taught: Path, tmp_path: Path) -> None:
    assert _learn(taught, tmp_path).code == 0
    for name in ("ontology.ttl", "learnt.tsv", "learnt.json"):
        assert (tmp_path / name).read_bytes() == (taught / "learnt" / name).read_bytes()


def test_examples_whose_ends_are_not_in_the_text_teach_nothing(taught: Path, tmp_path: Path) -> None:
    noise = [
        {
            "text": f"{keeper} visited the zoo in Berlin.",
            "triples": [{"subject": "Elvis", "relation": "keeper", "object": "Graceland"}],
        }
        for keeper in KEEPERS
    ]
    _write(taught / "noisy.jsonl", [*_examples(), *noise])
    ran = _learn(taught, tmp_path / "noisy", examples="noisy.jsonl")
    assert "40 of 50 triples have both ends in their text" in ran.err
    assert _read(tmp_path, "Nora Hill visited the zoo in Berlin.", "noisy") == []


def test_a_higher_threshold_reads_less(taught: Path, tmp_path: Path) -> None:
    text = " ".join(f"{a} was seen with {k} in Berlin." for a, k in zip(ANIMALS, KEEPERS, strict=False))
    counts = []
    for threshold in ("0.02", "0.5", "1"):
        assert _learn(taught, tmp_path / threshold, "--threshold", threshold).code == 0
        counts.append(len(_read(tmp_path, text, threshold)))
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0


def test_the_learnt_ontology_tells_counts_and_precision(taught: Path) -> None:
    text = (taught / "learnt" / "ontology.ttl").read_text(encoding="utf-8")
    assert "lex:learntFrom 20" in text
    assert "lex:precision" in text
    assert "lex:minConfidence" in text
    assert re.search(r'\| (\d\d) of \1"', text)


def test_an_ontology_without_fitting_examples_is_told(taught: Path, tmp_path: Path) -> None:
    _write(taught / "others.jsonl", [{"text": "A b.", "subject": "A", "relation": "eats", "object": "b"}])
    ran = _learn(taught, tmp_path / "none", examples="others.jsonl")
    assert ran.code == 2
    assert "no example holds a triple of this ontology" in ran.err
    assert not (tmp_path / "none").exists()


def test_broken_lines_are_named_and_the_rest_is_learnt(taught: Path, tmp_path: Path) -> None:
    lines = (taught / "examples.jsonl").read_text(encoding="utf-8")
    (taught / "broken.jsonl").write_text('{"text": \n{"triples": []}\n' + lines, encoding="utf-8")
    ran = _learn(taught, tmp_path / "broken", examples="broken.jsonl")
    assert ran.code == 1
    assert "broken.jsonl:1: not JSON" in ran.err
    assert "broken.jsonl:2: lacks 'text'" in ran.err
    assert (tmp_path / "broken" / "ontology.ttl").exists()


def _parse(*records: dict[str, Any]) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    return parse_examples([json.dumps(r) for r in records], "x.jsonl", problems.append), problems


def test_one_triple_a_line_and_many_are_the_same() -> None:
    one = {"text": "A b c.", "subject": "A", "relation": "r", "object": "b"}
    other = {"text": "A b c.", "subject": "A", "relation": "r", "object": "c"}
    many = {"text": "A b c.", "triples": [["A", "r", "b"], ["A", "r", "c"]]}
    (joined,), _ = _parse(one, other)
    (written,), _ = _parse(many)
    assert joined.facts == written.facts


def test_benchmark_forms_are_read() -> None:
    tekgen = {"id": "t1", "sent": "A b.", "sub_label": "A", "rel_label": "r", "obj_label": "b"}
    webnlg = {"id": "t1", "sent": "A b.", "triples": [{"sub": "A", "rel": "r", "obj": "b"}]}
    assert _parse(tekgen)[0][0].facts == _parse(webnlg)[0][0].facts
    passage = {
        "passageStart": 5,
        "passageEnd": 21,
        "passageText": "Ada  is of Kent.",
        "exhaustivelyAnnotatedProperties": [{"propertyId": "HOME"}],
        "facts": [
            {"propertyId": "HOME", "subjectStart": 5, "subjectEnd": 8, "objectStart": 16, "objectEnd": 20}
        ],
    }
    (example,), problems = _parse({"documentId": 7, "passages": [passage]})
    assert not problems
    assert example.text == "Ada is of Kent."
    (fact,) = example.facts
    assert (fact.subject.text, fact.relation, fact.object.text) == ("Ada", "HOME", "Kent")


def test_offsets_outside_of_the_text_are_a_problem() -> None:
    ends = {"text": "A", "start": 0, "end": 99}
    found, problems = _parse({"text": "A b.", "subject": ends, "relation": "r", "object": "b"})
    assert not found
    assert "outside of the text" in problems[0].reason


@pytest.mark.parametrize(
    ("convention", "text", "value"),
    [
        ("date as 2006-01-31", "31 January 2006", "2006-01-31"),
        ("date as 31 January 2006", "2006", "01 January 2006"),
        ("whole number", "1,200 people", "1200"),
        ("decimal number", "83 minutes", "83.0"),
        ("decimal number with unit", "12 (metres)", "12.0 (metres))"),
    ],
)
def test_conventions(convention: str, text: str, value: str) -> None:
    said = CONVENTIONS[convention](text)
    assert said is not None
    assert normal(said) == normal(value)
