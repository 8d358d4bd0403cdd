"""Relations read by words and kinds: cues, attachment, kinds as objects; what is not said is not read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factloom.build import Options, read_schema, read_statements
from factloom.extract.classified import kinds_of
from factloom.extract.lexicon import hypernyms
from factloom.ontology.records import Document, Entity
from factloom.ontology.schema import Schema

FILM = {
    "classes": ["film", "person", "genre", "city", "country"],
    "relations": [
        {"name": "director", "domain": "film", "range": "person"},
        {"name": "cast member", "domain": "film", "range": "person"},
        {"name": "genre", "domain": "film", "range": "genre"},
        {"name": "filming location", "domain": "film", "range": "city"},
        {"name": "country", "range": "country"},
        {"name": "running time", "domain": "film", "range": "integer"},
    ],
}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Schema:
    path = tmp_path_factory.mktemp("film") / "film.json"
    path.write_text(json.dumps(FILM), encoding="utf-8")
    return read_schema(Options(ontologies=(path,), only_ontology=True))


def read(schema: Schema, text: str) -> set[tuple[str, str, str, str]]:
    document = Document("d", text, "d", "", "en", None)
    return {
        (
            s.subject.label,
            s.relation.label,
            s.object.label if isinstance(s.object, Entity) else s.object.value,
            str(s.evidence[0].status),
        )
        for s in read_statements([document], schema, Options())
    }


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Nora Bell directed Letters from the Harbour.", ("director", "Nora Bell")),
        ("Letters from the Harbour is a film by director Nora Bell.", ("director", "Nora Bell")),
        ("Letters from the Harbour stars Ida Quist and Tom Rask.", ("cast member", "Tom Rask")),
        ("Letters from the Harbour is a 2004 comedy horror film.", ("genre", "comedy horror")),
        ("Letters from the Harbour was shot in Lisbon.", ("filming location", "Lisbon")),
    ],
)
def test_what_is_said(schema: Schema, text: str, fact: tuple[str, str]) -> None:
    assert ("Letters from the Harbour", *fact, "stated") in read(schema, text)


def test_what_is_not_said(schema: Schema) -> None:
    assert not read(schema, "Nora Bell met Ida Quist at the premiere of Letters from the Harbour.")


def test_status_is_kept(schema: Schema) -> None:
    found = read(schema, "Nora Bell did not direct Letters from the Harbour.")
    assert found == {("Letters from the Harbour", "director", "Nora Bell", "denied")}
    found = read(schema, "Nora Bell may direct Letters from the Harbour.")
    assert {status for *_, status in found} <= {"possible"}


def test_kinds(schema: Schema) -> None:
    assert [kind.term.label for kind in kinds_of(schema)] == ["genre"]
    assert "musical instrument" in hypernyms("clarinet")
    assert hypernyms("zzz") == ()


def test_the_ontology_of_a_file(tmp_path: Path) -> None:
    """No own relation, nothing to read with --only-ontology."""
    path = tmp_path / "classes.json"
    path.write_text('{"classes": ["film"]}', encoding="utf-8")
    schema = read_schema(Options(ontologies=(path,), only_ontology=True))
    assert not read(schema, "Nora Bell directed Letters from the Harbour.")


def test_what_stands_for_the_subject_may_hold_the_object(schema: Schema) -> None:
    found = read(schema, "Copperhead Bay is a comedy by Nora Bell from Portugal.")
    assert ("Copperhead Bay", "country", "Portugal", "stated") in found
