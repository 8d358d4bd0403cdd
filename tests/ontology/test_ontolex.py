"""OntoLex lexicons say how classes and relations are put in words, however an entry reaches its term."""

from __future__ import annotations

from pathlib import Path

import pytest

from factloom.ontology.namespaces import FL
from factloom.ontology.schema import Schema, load_schema

PREFIXES = """
@prefix : <https://example.org/mine#> .
@prefix fl: <https://w3id.org/factloom/ontology#> .
@prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
@prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
TERMS = """
:Kiln a owl:Class .
:firedIn a owl:ObjectProperty .
:potter a owl:ObjectProperty .
:glazed a owl:ObjectProperty .
"""
MINE = "https://example.org/mine#"


def schema_of(tmp_path: Path, lexicon: str, *, apart: bool = False) -> Schema:
    ontology, words = tmp_path / "mine.ttl", tmp_path / "words.ttl"
    ontology.write_text(PREFIXES + TERMS + ("" if apart else lexicon), encoding="utf-8")
    words.write_text(PREFIXES + lexicon, encoding="utf-8")
    return load_schema(ontology, *([words] if apart else []))


@pytest.mark.parametrize(
    "reached",
    [
        ":e ontolex:sense [ ontolex:reference :firedIn ] .",
        ":e ontolex:sense :s . :s ontolex:reference :firedIn .",
        ":e ontolex:denotes :firedIn .",
        ":firedIn ontolex:isDenotedBy :e .",
        ":s ontolex:isSenseOf :e ; ontolex:reference :firedIn .",
        ":e ontolex:sense :s . :firedIn ontolex:isReferenceOf :s .",
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_a_verb(tmp_path: Path, reached: str, apart: bool) -> None:
    entry = """
    :e a ontolex:LexicalEntry ; lexinfo:partOfSpeech lexinfo:verb ;
        ontolex:canonicalForm [ ontolex:writtenRep "bake in"@en ] ;
        ontolex:otherForm [ ontolex:writtenRep "baked in"@en ] .
    """
    schema = schema_of(tmp_path, entry + reached, apart=apart)
    assert schema.relations[MINE + "firedIn"].verbs == ("bake in",)
    assert schema.own == {MINE + "firedIn", MINE + "potter", MINE + "glazed"}


def test_nouns_adjectives_and_classes(tmp_path: Path) -> None:
    lexicon = """
    :n a ontolex:Word ; lexinfo:partOfSpeech lexinfo:noun ; ontolex:denotes :potter ;
        ontolex:canonicalForm [ ontolex:writtenRep "Maker"@en ] .
    :m a ontolex:MultiwordExpression ; ontolex:denotes :potter ;
        ontolex:canonicalForm [ ontolex:writtenRep "handiwork of" ] .
    :a a ontolex:Word ; lexinfo:partOfSpeech lexinfo:adjective ; ontolex:denotes :glazed ;
        ontolex:canonicalForm [ ontolex:writtenRep "shiny with"@en ] .
    :k a ontolex:Word ; ontolex:denotes :Kiln ;
        ontolex:canonicalForm [ ontolex:writtenRep "firing oven"@en , "Brennofen"@de ] ;
        ontolex:otherForm [ ontolex:writtenRep "oast"@en ] .
    """
    schema = schema_of(tmp_path, lexicon)
    potter = schema.relations[MINE + "potter"]
    assert (potter.noun_roles_inverse, potter.noun_roles) == (("maker of",), ("handiwork of",))
    assert schema.relations[MINE + "glazed"].verbs == ("be shiny with",)
    assert schema.classes[MINE + "Kiln"].nouns == ("firing oven", "oast")


def test_an_entry_of_something_unknown_changes_nothing(tmp_path: Path) -> None:
    lexicon = ':e ontolex:denotes :nothing ; ontolex:canonicalForm [ ontolex:writtenRep "hum" ] .'
    schema = schema_of(tmp_path, lexicon)
    assert not any("hum" in t.verbs or "hum of" in t.noun_roles_inverse for t in schema.relations.values())
    assert load_schema().relations[FL + "owns"].verbs == schema.relations[FL + "owns"].verbs
