"""What follows from a graph: one case a rule, the fixpoint, and bytes that do not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from factloom.graph.inference import BY_ENDS, RULES, infer, write_inferred

PREFIXES = """
@prefix : <https://example.org/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
CLASSES = ":C a owl:Class . :D a owl:Class . "
RELATIONS = ":p a owl:ObjectProperty . :q a owl:ObjectProperty . "
# Rule → (what the ontology adds, the facts, the local names of what follows).
CASES = {
    "inverse": (":p owl:inverseOf :q .", ":a :p :b .", {"b q a"}),
    "inverse, other way": (":p owl:inverseOf :q .", ":a :q :b .", {"b p a"}),
    "symmetric": (":p a owl:SymmetricProperty .", ":a :p :b .", {"b p a"}),
    "transitive": (
        ":p a owl:TransitiveProperty .",
        ":a :p :b . :b :p :c . :c :p :d .",
        {"a p c", "a p d", "b p d"},
    ),
    "sub-relation": (":p rdfs:subPropertyOf :q .", ":a :p :b .", {"a q b"}),
    "subclass": (":C rdfs:subClassOf :D .", ":a a :C .", {"a type D"}),
    "equivalent relation": (":q owl:equivalentProperty :p .", ":a :p :b .", {"a q b"}),
    "equivalent class": (":C owl:equivalentClass :D .", ":a a :C .", {"a type D"}),
    "domain": (":p rdfs:domain :C .", ":a :p :b .", {"a type C"}),
    "range": (":p rdfs:range :C .", ":a :p :b .", {"b type C"}),
}


def inferred(folder: Path, said: str, facts: str, *, ends: bool = False) -> set[str]:
    ontology, graph = folder / "own.ttl", folder / "graph.ttl"
    ontology.write_text(PREFIXES + CLASSES + RELATIONS + said, encoding="utf-8")
    graph.write_text(PREFIXES + facts, encoding="utf-8")
    found = infer(graph, ontologies=[ontology], domain_and_range=ends)
    write_inferred(folder / "inferred.ttl", found)
    return {" ".join(str(part).strip("<>").rsplit("#")[-1] for part in triple) for triple in found}


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {*RULES, *BY_ENDS}


@pytest.mark.parametrize("rule", CASES)
def test_a_rule(tmp_path: Path, rule: str) -> None:
    said, facts, expected = CASES[rule]
    assert inferred(tmp_path, said, facts, ends=rule in BY_ENDS) == expected
    if rule in BY_ENDS:
        assert inferred(tmp_path, said, facts) == set(), "only when asked for"


def test_rules_feed_each_other_and_end_in_a_circle(tmp_path: Path) -> None:
    said = ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p . :q a owl:SymmetricProperty ."
    assert inferred(tmp_path, said, ":a :p :b .") == {"a q b", "b q a", "b p a"}


def test_the_same_bytes(tmp_path: Path) -> None:
    inferred(tmp_path, ":p a owl:SymmetricProperty .", ":a :p :b . :c :p :d .")
    first = (tmp_path / "inferred.ttl").read_bytes()
    inferred(tmp_path, ":p a owl:SymmetricProperty .", ":c :p :d . :a :p :b .")
    assert (tmp_path / "inferred.ttl").read_bytes() == first
    assert b"<https://example.org/ns#b>" in first


def test_the_statement_model_is_left_out(turtle_file: Path) -> None:
    found = infer(turtle_file, domain_and_range=True)
    assert not any("/ev/" in str(t.subject) or "/st/" in str(t.subject) for t in found)
