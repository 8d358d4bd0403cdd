"""The core ontology keeps its own rules: every term is documented, and no pattern says two things at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations

import pytest

from factloom.ontology.namespaces import FL, OWL, RDF, RDFS, SKOS, THING, WD, XSD
from factloom.ontology.parse import key_of, read_index
from factloom.ontology.records import Modality, Polarity, Status
from factloom.ontology.schema import CORE, RelationTerm, Schema, load_schema

CORE_SCHEMA = load_schema()
CLASSES = sorted(CORE_SCHEMA.classes)
RELATIONS = sorted(CORE_SCHEMA.relations)
ONTONOTES = {
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
}


def local(iri: str) -> str:
    return iri.removeprefix(FL)


def overlaps(schema: Schema, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether some class or datatype can stand where either is asked for."""
    if not first or not second or THING in first or THING in second:
        datatypes = [iri.startswith(XSD) for iri in (*first, *second)]
        return not any(datatypes)
    common = set(first) & set(second)
    members = (c for c in schema.classes if any(schema.is_a(c, a) for a in first))
    return bool(common) or any(schema.is_a(c, b) for c in members for b in second)


def clashes(schema: Schema, table: Mapping[str, tuple[RelationTerm, ...]]) -> list[str]:
    return [
        f"{pattern}: {local(a.iri)} and {local(b.iri)}"
        for pattern, relations in table.items()
        for a, b in combinations(relations, 2)
        if overlaps(schema, a.domain, b.domain) and overlaps(schema, a.range, b.range)
    ]


@pytest.mark.parametrize("iri", CLASSES, ids=local)
def test_every_class_is_documented_and_hangs_under_thing(iri: str) -> None:
    term = CORE_SCHEMA.classes[iri]
    assert term.label and term.comment.endswith(".")
    assert iri == THING or THING in CORE_SCHEMA.ancestors(iri)


@pytest.mark.parametrize("iri", RELATIONS, ids=local)
def test_every_relation_is_documented_with_domain_and_range(iri: str) -> None:
    term = CORE_SCHEMA.relations[iri]
    assert term.label and term.comment.endswith(".")
    assert term.domain and set(term.domain) <= set(CLASSES)
    if term.is_datatype:
        assert all(end.startswith(XSD) for end in term.range) and term.range
    else:
        assert term.range and set(term.range) <= set(CLASSES)


@pytest.mark.parametrize("iri", RELATIONS, ids=local)
def test_every_relation_can_be_said_or_names_the_inverse_of_one_that_can(iri: str) -> None:
    def said(term: RelationTerm) -> bool:
        return bool(term.verbs or term.nouns or term.noun_roles or term.noun_roles_inverse or term.units)

    term = CORE_SCHEMA.relations[iri]
    if term.inverse is None:
        assert said(term)
        return
    other = CORE_SCHEMA.relations[term.inverse]
    assert other.inverse == iri
    assert said(term) != said(other), "a fact has one direction"
    assert set(term.domain) == set(other.range) and set(term.range) == set(other.domain)


@pytest.mark.parametrize("iri", RELATIONS, ids=local)
def test_symmetric_relations_have_equal_ends(iri: str) -> None:
    term = CORE_SCHEMA.relations[iri]
    assert not term.symmetric or set(term.domain) == set(term.range)


@pytest.mark.parametrize(
    "table",
    [
        "relations_by_verb",
        "relations_by_verb_inverse",
        "relations_by_noun",
        "relations_by_noun_role",
        "relations_by_noun_role_inverse",
        "relations_by_unit",
    ],
)
def test_no_pattern_is_claimed_by_two_relations_with_overlapping_ends(table: str) -> None:
    assert clashes(CORE_SCHEMA, getattr(CORE_SCHEMA, table)) == []


def test_a_clash_would_be_seen() -> None:
    relation = CORE_SCHEMA.relations[FL + "owns"]
    assert clashes(CORE_SCHEMA, {"own": (relation, CORE_SCHEMA.relations[FL + "acquires"])})


def test_a_verb_and_its_inverse_reading_do_not_meet() -> None:
    """ "X contains Y" can't say both X r Y and Y r X; nor can a role noun with the same ends."""
    for straight, turned in (
        (CORE_SCHEMA.relations_by_verb, CORE_SCHEMA.relations_by_verb_inverse),
        (CORE_SCHEMA.relations_by_noun_role, CORE_SCHEMA.relations_by_noun_role_inverse),
    ):
        for pattern in straight.keys() & turned.keys():
            for a in straight[pattern]:
                for b in turned[pattern]:
                    ends_meet = overlaps(CORE_SCHEMA, a.domain, b.range) and overlaps(
                        CORE_SCHEMA, a.range, b.domain
                    )
                    assert not ends_meet, f"{pattern}: {a.label} and {b.label}"


def test_no_noun_names_the_members_of_two_classes() -> None:
    owners: dict[str, list[str]] = {}
    for term in CORE_SCHEMA.classes.values():
        for noun in term.nouns:
            owners.setdefault(noun, []).append(local(term.iri))
    assert {noun: found for noun, found in owners.items() if len(found) > 1} == {}


def test_recogniser_labels_are_all_known_and_claimed_once() -> None:
    claimed = [label for term in CORE_SCHEMA.classes.values() for label in term.ner]
    assert sorted(claimed) == sorted(ONTONOTES)


def test_noun_patterns_end_in_a_preposition() -> None:
    prepositions = {"of", "in", "on", "with", "for", "to", "from", "at", "against", "into", "over"}
    for term in CORE_SCHEMA.relations.values():
        for pattern in (*term.nouns, *term.noun_roles, *term.noun_roles_inverse):
            assert pattern.split()[-1] in prepositions, f"{local(term.iri)}: {pattern}"


def test_light_verbs_never_stand_alone_without_a_deciding_range() -> None:
    for verb in ("take", "have", "get", "go", "do", "give", "put", "keep"):
        assert verb not in CORE_SCHEMA.relations_by_verb
    for verb in ("make", "run", "hold"):
        for relation in CORE_SCHEMA.relations_by_verb[verb]:
            assert THING not in relation.range, f"{verb}: {relation.label}"


def test_no_class_is_disjoint_with_itself_or_what_is_above_it() -> None:
    for iri in CLASSES:
        for above in (iri, *CORE_SCHEMA.ancestors(iri)):
            assert not CORE_SCHEMA.disjoint(iri, above), (iri, above)


def test_every_status_polarity_and_modality_of_the_records_is_an_individual() -> None:
    index = read_index([CORE])
    for kind, name in ((Status, "Status"), (Polarity, "Polarity"), (Modality, "Modality")):
        for member in kind:
            types = {
                str(t.value)
                for t in index[FL + member.value.capitalize()][RDF + "type"]
                if hasattr(t, "value")
            }
            assert FL + name in types and OWL + "NamedIndividual" in types


def test_every_term_used_in_the_core_is_declared_in_it() -> None:
    index = read_index([CORE])
    used = {
        value
        for node in index.values()
        for terms in node.values()
        for value in (str(getattr(t, "value", "")) for t in terms)
        if value.startswith(FL)
    }
    assert {iri for iri in used if RDFS + "label" not in index.get(iri, {})} == set()


def test_classes_are_matched_with_items_and_relations_with_properties() -> None:
    index = read_index([CORE])
    exact: list[str] = []
    for iri in (*CLASSES, *RELATIONS):
        matches = {
            m: [key_of(t) for t in index[iri].get(SKOS + m, ())]
            for m in ("exactMatch", "closeMatch", "narrowMatch")
        }
        wikidata = [
            value.removeprefix(WD) for values in matches.values() for value in values if value.startswith(WD)
        ]
        letter = "Q" if iri in CORE_SCHEMA.classes else "P"
        assert all(re.fullmatch(letter + r"[1-9]\d*", value) for value in wikidata), (iri, wikidata)
        exact.extend(matches["exactMatch"])
    assert len(exact) == len(set(exact)), "two terms are exactly the same thing"
