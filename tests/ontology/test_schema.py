"""Ontology files become a schema: hierarchies, unions, inverses, patterns, names; faults name their line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.ontology.errors import OntologyError
from factloom.ontology.namespaces import CONCEPT, FL, THING, XSD
from factloom.ontology.schema import CORE, Schema, load_schema

EX = "https://example.org/ns#"
PREFIXES = """
@prefix ex: <https://example.org/ns#> .
@prefix fl: <https://w3id.org/factloom/ontology#> .
@prefix lex: <https://w3id.org/factloom/lex#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BENCH = Path(__file__).parents[3] / "shared" / "bench" / "text2kgbench"


@pytest.fixture(scope="module")
def core() -> Schema:
    return load_schema()


def load(folder: Path, turtle: str, *, core: bool = False, name: str = "own.ttl") -> Schema:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return load_schema(path, core=core)


@pytest.mark.parametrize(
    ("noun", "name"),
    [
        ("startup", "Company"),
        ("social media company", "Company"),
        ("Chinese startup", "Company"),
        ("tech giant", "Company"),
        ("chatbot", "SoftwareProduct"),
        ("most popular app", "SoftwareProduct"),
        ("model", "Product"),
        ("large language model", "AIModel"),
        ("olympiad", "Competition"),
        ("company", "Company"),
        ("prime minister", "Person"),
    ],
)
def test_nouns_tell_the_class(core: Schema, noun: str, name: str) -> None:
    assert core.class_of_noun(noun) == FL + name


def test_an_unknown_noun_or_label_tells_nothing(core: Schema) -> None:
    assert core.class_of_noun("xylem") is None
    assert core.class_of_noun("") is None
    assert core.class_of_ner("CARDINAL") is None
    assert core.class_of_ner("PERSON") == FL + "Person"


def test_hierarchy_of_the_core(core: Schema) -> None:
    assert core.ancestors(FL + "AIModel") == (FL + "SoftwareProduct", FL + "Product", THING)
    assert core.is_a(FL + "AIModel", FL + "Product")
    assert not core.is_a(FL + "Product", FL + "AIModel")
    assert core.is_a(EX + "unheard", THING)
    assert core.ancestors(EX + "unheard") == ()


def test_disjointness_is_inherited_and_symmetric(core: Schema) -> None:
    assert core.disjoint(FL + "Company", FL + "City")
    assert core.disjoint(FL + "City", FL + "Company")
    assert not core.disjoint(FL + "Country", FL + "Agent")
    assert not core.disjoint(FL + "Company", FL + "MediaOrganization")


def test_fits_forgives_the_unknown_and_the_wider_class_but_not_a_wrong_one(core: Schema) -> None:
    asked = (FL + "Company",)
    assert core.fits(FL + "Company", asked)
    assert core.fits(FL + "Organization", asked)
    assert core.fits(THING, asked)
    assert core.fits(FL + "Person", ())
    assert not core.fits(FL + "Person", asked)


def test_patterns_lead_to_their_relations(core: Schema) -> None:
    def names(table: str, pattern: str) -> list[str]:
        return [r.iri.removeprefix(FL) for r in getattr(core, table)[pattern]]

    assert names("relations_by_verb", "invest in") == ["investsIn"]
    assert names("relations_by_verb", "build") == ["develops", "builds"]
    assert names("relations_by_verb_inverse", "belong to") == ["owns"]
    assert names("relations_by_noun", "acquisition of") == ["acquires"]
    assert names("relations_by_noun_role", "ceo of") == ["leads"]
    assert names("relations_by_noun_role_inverse", "release of") == ["releases"]
    assert names("relations_by_unit", "user") == ["hasUsers"]
    assert [r.iri for r in core.relations_possessive] == [FL + "develops"]


def test_characteristics_of_relations(core: Schema) -> None:
    founded = core.relations[FL + "founded"]
    assert founded.inverse == FL + "foundedBy"
    assert core.relations[FL + "foundedBy"].inverse == FL + "founded"
    assert core.relations[FL + "spouse"].symmetric
    assert core.relations[FL + "bornOn"].functional
    assert core.relations[FL + "bornOn"].range == (XSD + "date", XSD + "gYearMonth", XSD + "gYear")
    assert core.relations[FL + "bornOn"].is_datatype
    assert core.relations[FL + "joins"].parents == (FL + "memberOf",)


def test_the_statement_model_is_not_looked_for_in_texts(core: Schema) -> None:
    for name in ("Statement", "Evidence", "Status", "ModelTerm"):
        assert FL + name not in core.classes
    for name in ("status", "confidence", "qualifier", "openRelation", "unit"):
        assert FL + name not in core.relations
    assert "stated" not in core.names


def test_circles_in_a_hierarchy_end(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:C , ex:B ."
        "ex:C a owl:Class ; rdfs:subClassOf ex:A .",
    )
    assert schema.ancestors(EX + "A") == (EX + "B", EX + "C")
    assert schema.is_a(EX + "C", EX + "B")


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_any_hierarchy_is_transitive(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]]
) -> None:
    lines = [f"ex:C{n} a owl:Class ." for n in range(8)]
    lines += [f"ex:C{a} rdfs:subClassOf ex:C{b} ." for a, b in pairs]
    schema = load(tmp_path_factory.mktemp("h"), "\n".join(lines))
    for a in schema.classes:
        assert a not in schema.ancestors(a)
        for b in schema.ancestors(a):
            assert set(schema.ancestors(b)) <= {a, *schema.ancestors(a)}


def test_a_union_in_a_circle_ends(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        "ex:r a owl:ObjectProperty ; rdfs:domain _:u . _:u owl:unionOf _:l ."
        "_:l rdf:first _:u ; rdf:rest _:m . _:m rdf:first ex:A ; rdf:rest _:l .",
    )
    assert schema.relations[EX + "r"].domain == (EX + "A",)


def test_unions_and_several_values_are_alternatives(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        "ex:r a owl:ObjectProperty ; rdfs:range owl:Thing ;"
        "rdfs:domain [ owl:unionOf ( ex:A ex:B ) ] , ex:C .",
    )
    assert schema.relations[EX + "r"].domain == (EX + "A", EX + "B", EX + "C")
    assert schema.relations[EX + "r"].range == (THING,)
    assert set(schema.classes) == {EX + "A", EX + "B", EX + "C"}, "what a relation asks for is a class"


def test_labels_prefer_english_and_keep_what_stands_alone(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        'ex:Dog a owl:Class ; rdfs:label "Hund"@de , "dog"@en ; lex:noun "chien"@fr , "Puppy"@en .'
        'ex:Katze a owl:Class ; rdfs:label "Katze"@de ; lex:noun "Kater"@de .'
        "ex:guideDog a owl:Class .",
    )
    assert schema.classes[EX + "Dog"].label == "dog"
    assert schema.classes[EX + "Dog"].nouns == ("puppy",)
    assert schema.classes[EX + "Katze"].label == "Katze"
    assert schema.class_of_noun("kater") == EX + "Katze"
    assert schema.classes[EX + "guideDog"].label == "guide Dog"


def test_named_things_are_found_by_every_label(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        'ex:Drug a owl:Class . ex:asa a ex:Drug ; rdfs:label "aspirin"@en ; skos:altLabel "ASA" .'
        'ex:pain a skos:Concept ; skos:prefLabel "pain"@en .',
    )
    assert schema.names["aspirin"] == schema.names["asa"]
    assert (schema.names["asa"].iri, schema.names["asa"].kind) == (EX + "asa", EX + "Drug")
    assert schema.names["pain"].kind == CONCEPT


def test_a_file_of_ones_own_wins_over_the_core(tmp_path: Path) -> None:
    schema = load(tmp_path, 'ex:Agent a owl:Class ; lex:noun "bot" ; lex:ner "ORG" .', core=True)
    assert schema.class_of_noun("bot") == EX + "Agent"
    assert schema.class_of_ner("ORG") == EX + "Agent"
    assert schema.class_of_noun("app") == FL + "SoftwareProduct"


def test_a_file_of_ones_own_can_add_words_to_a_relation_of_the_core(tmp_path: Path) -> None:
    schema = load(tmp_path, 'fl:acquires lex:verb "gobble up" ; lex:minConfidence 0.4 .', core=True)
    acquires = schema.relations[FL + "acquires"]
    assert schema.relations_by_verb["gobble up"] == (acquires,)
    assert "buy" in acquires.verbs
    assert acquires.min_confidence == 0.4
    assert acquires.label == "acquires"


def test_classes_of_ones_own_hang_into_the_core_by_their_labels(tmp_path: Path) -> None:
    schema = load(
        tmp_path,
        'ex:Q5 a owl:Class ; rdfs:label "person" . ex:Q11424 a owl:Class ; rdfs:label "film" .'
        'ex:gene a owl:Class ; rdfs:label "gene" . ex:eg a owl:Class ; rdfs:label "EthnicGroup" .',
        core=True,
    )
    assert schema.is_a(FL + "Person", EX + "Q5") and schema.is_a(EX + "Q5", FL + "Person")
    assert schema.is_a(EX + "Q11424", FL + "CreativeWork")
    assert not schema.is_a(FL + "CreativeWork", EX + "Q11424")
    assert schema.is_a(EX + "eg", FL + "Group")
    assert schema.ancestors(EX + "gene") == ()


def test_rdf_xml_says_the_same_as_turtle(tmp_path: Path) -> None:
    xml = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:owl="http://www.w3.org/2002/07/owl#"
    xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:lex="https://w3id.org/factloom/lex#">
  <owl:Class rdf:about="https://example.org/ns#A"><rdfs:label xml:lang="en">a</rdfs:label></owl:Class>
  <owl:ObjectProperty rdf:about="https://example.org/ns#r"><lex:verb xml:lang="en">poke at</lex:verb>
    <rdfs:domain rdf:resource="https://example.org/ns#A"/></owl:ObjectProperty>
</rdf:RDF>"""
    turtle = load(
        tmp_path,
        'ex:A a owl:Class ; rdfs:label "a"@en .'
        'ex:r a owl:ObjectProperty ; lex:verb "poke at"@en ; rdfs:domain ex:A .',
    )
    for name in ("own.rdf", "own.owl", "own.xml"):
        (tmp_path / name).write_text(xml, encoding="utf-8")
        schema = load_schema(tmp_path / name, core=False)
        assert (schema.classes, schema.relations) == (turtle.classes, turtle.relations)


def test_turtle_in_an_owl_file_is_read(tmp_path: Path) -> None:
    assert EX + "A" in load(tmp_path, "ex:A a owl:Class .", name="own.owl").classes


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "bad.ttl",
            "@prefix ex: <https://example.org/ns#> .\nex:a ex:b [ .\n",
            "bad.ttl, line 2: not valid Turtle",
        ),
        ("bad.rdf", "<?xml version='1.0'?>\n<a>\n<b></a>", "bad.rdf, line 3: not valid RDF/XML"),
        ("bytes.ttl", b"\xff\xfe\x00", "bytes.ttl, line 1: not valid Turtle"),
        ("empty.ttl", "", "empty.ttl: holds no triples"),
        ("own.docx", "", "own.docx: unknown ending '.docx'; known: .json, .jsonld, .nt"),
        (
            "x.owl",
            "<?xml version='1.0'?><Ontology xmlns=\"http://www.w3.org/2002/07/owl#\"/>",
            "OWL/XML can't be read",
        ),
        ("c.ttl", PREFIXES + "ex:r a owl:ObjectProperty ; lex:minConfidence 7 .", "lex:minConfidence is '7'"),
    ],
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, name: str, content: str | bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(OntologyError) as caught:
        load_schema(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.ttl", tmp_path):
        with pytest.raises(OntologyError, match="can't be read"):
            load_schema(path)


def test_loading_twice_gives_the_same_order(tmp_path: Path) -> None:
    first, second = load_schema(CORE, core=False), load_schema()
    assert list(first.classes.items()) == list(second.classes.items())
    assert list(first.relations.items()) == list(second.relations.items())
    assert list(first.relations_by_verb) == list(second.relations_by_verb)


def test_the_core_loads_fast() -> None:
    costs = []
    for _ in range(5):
        begin = time.process_time()
        load_schema()
        costs.append(time.process_time() - begin)
    assert min(costs) < 0.060, "twice what it may cost on a quiet machine, in CPU seconds"


@pytest.mark.skipif(not BENCH.exists(), reason="benchmark ontologies are not beside the checkout")
def test_benchmark_ontologies_load_with_the_core() -> None:
    paths = sorted(BENCH.glob("*/ontologies/owl/*.ttl"))
    assert paths
    for path in paths:
        alone, joined = load_schema(path, core=False), load_schema(path)
        assert alone.relations, path
        assert set(alone.classes) <= set(joined.classes)
