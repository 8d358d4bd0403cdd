"""Ontologies as lists in JSON and YAML mean what the same ontology in Turtle means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factloom.ontology.errors import OntologyError
from factloom.ontology.namespaces import XSD
from factloom.ontology.schema import RelationTerm, Schema, load_schema

BENCH = {
    "title": "Film Ontology",
    "concepts": [
        {"qid": "Q11424", "label": "film"},
        {"qid": "Q5", "label": "human"},
        {"qid": "Date", "label": "Date"},
    ],
    "relations": [
        {"pid": "P57", "label": "director ", "domain": "Q11424", "range": "Q5"},
        {"pid": "P577", "label": "publication date", "domain": "Q11424", "range": "Date"},
        {"pid": "P9", "label": "cost", "domain": "Q404", "range": ""},
    ],
}
LINKML = """
id: https://example.org/shop
prefixes: {ex: "https://example.org/shop#"}
classes:
  Agent: {description: Somebody.}
  Shop:
    is_a: Agent
    aliases: [store]
    slots: [owner]
    attributes:
      opened: {range: date}
slots:
  owner: {range: Agent, inverse: owns, slot_uri: "ex:owner", multivalued: false}
  owns: {domain: Agent, symmetric: false}
"""


def own(schema: Schema, label: str) -> RelationTerm:
    (found,) = (r for r in schema.relations.values() if r.label == label and r.iri in schema.own)
    return found


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_form_of_text2kgbench(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path, "film.json", json.dumps(BENCH)))
    director = own(schema, "director")
    assert director.iri.endswith("/ontology/film.json#P57")
    assert [schema.classes[iri].label for iri in (*director.domain, *director.range)] == ["film", "human"]
    assert own(schema, "publication date").range == (XSD + "date", XSD + "gYearMonth", XSD + "gYear")
    assert own(schema, "cost").domain == (), "a domain that is no class of the file asks for nothing"
    assert len(schema.own) == 3


def test_the_form_of_linkml(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path, "shop.yaml", LINKML))
    owner, owns, opened = (own(schema, name) for name in ("owner", "owns", "opened"))
    assert owner.iri == "https://example.org/shop#owner"
    assert owner.functional and owner.inverse == owns.iri
    assert [schema.classes[iri].label for iri in (*owner.domain, *opened.domain)] == ["Shop", "Shop"]
    assert opened.is_datatype
    (shop,) = owner.domain
    assert schema.class_of_noun("store") == shop
    assert schema.classes[shop].parents == owner.range


def test_a_plain_list_of_names(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path, "plain.yml", "relations: [treats, caused by]\nclasses: [drug]"))
    assert {schema.relations[iri].label for iri in schema.own} == {"treats", "caused by"}


def test_json_ld_in_a_json_file_is_rdf(tmp_path: Path) -> None:
    record = {
        "@id": "https://example.org/r",
        "@type": "http://www.w3.org/2002/07/owl#ObjectProperty",
        "http://www.w3.org/2000/01/rdf-schema#label": "treats",
    }
    schema = load_schema(write(tmp_path, "ld.json", json.dumps(record)))
    assert schema.own == {"https://example.org/r"}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.json", '{"relations": [\n{"label": "a"},\n{]}', "a.json, line 3: not valid JSON"),
        ("a.yaml", "relations:\n  - {a: 1\nb: [", "a.yaml, line 3: not valid YAML"),
        ("a.json", "{}", "neither classes nor relations"),
        ("a.json", '{"relations": [{"domain": "x"}]}', "an entry of relations has no name"),
        ("a.json", b"\xff\xfe{", "not valid JSON"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(OntologyError) as caught:
        load_schema(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
