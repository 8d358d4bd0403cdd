"""Names across documents: what documents agree on is one thing, by laws and by hand."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factloom.extract import linking, reading
from factloom.extract.language import parse
from factloom.extract.unify import blocking_keys, decide, unify
from factloom.graph.merge import merge
from factloom.ontology.namespaces import BASE, CONCEPT, FL, THING
from factloom.ontology.records import Document, Entity, Evidence, Literal, Mention, Relation, Span, Statement
from tests.cases.judge import schema

COMPANY, PERSON, PLACE = FL + "Company", FL + "Person", FL + "Place"


def entity(label: str, kind: str = COMPANY, *aliases: str) -> Entity:
    return Entity(BASE + label.replace(" ", "-"), label, kind, aliases)


def says(subject: Entity, target: Entity, document: str = "a") -> Statement:
    """A statement about the two; where it stands does not matter here."""
    words = Mention(document, Span(0, 1), "x", "name")
    evidence = Evidence(document, Span(0, 1), Span(0, 1), "x", words, words, words, "verb and object", 0.9)
    return Statement(subject, Relation(FL + "acquires", "acquires"), target, (evidence,))


PLAIN = entity("Oslo Bank")


def iris(found: list[Statement]) -> set[str]:
    return {x.iri for s in found for x in (s.subject, s.object) if isinstance(x, Entity)}


def test_an_alias_of_one_document_names_the_thing_in_another() -> None:
    long, short = entity("International Monetary Fund", COMPANY, "IMF"), entity("IMF")
    found = unify([says(long, PLAIN, "a"), says(short, PLAIN, "b")], schema())
    assert iris(found) == {long.iri, PLAIN.iri}
    assert any("IMF" in step for s in found for e in s.evidence for step in e.steps)


def test_two_entities_that_name_each_other_become_one() -> None:
    long, short = entity("Monetary Fund", COMPANY, "MF"), entity("MF", COMPANY, "Monetary Fund")
    found = unify([says(long, PLAIN, "a"), says(short, PLAIN, "b")], schema())
    assert len(iris(found)) == 2


def test_an_alias_of_two_things_decides_nothing() -> None:
    one, other = entity("Air Berlin", COMPANY, "AB"), entity("Anheuser Busch", COMPANY, "AB")
    found = unify([says(one, PLAIN), says(other, PLAIN, "b"), says(entity("AB"), PLAIN, "c")], schema())
    assert len(iris(found)) == 4


def test_a_last_name_alone_decides_nothing() -> None:
    full, last = entity("Ada Lovelace", PERSON, "Lovelace"), entity("Lovelace", PERSON)
    found = unify([says(full, PLAIN, "a"), says(last, PLAIN, "b")], schema())
    assert len(iris(found)) == 3


def test_a_class_forbids() -> None:
    company, place = entity("Paris Motors", COMPANY, "Paris"), entity("Paris", PLACE)
    found = unify([says(company, PLAIN, "a"), says(place, PLAIN, "b")], schema())
    assert len(iris(found)) == 3


def test_ideas_are_no_names() -> None:
    one, other = entity("Fund", COMPANY, "fund"), Entity(BASE + "fund", "fund", CONCEPT)
    assert len(iris(unify([says(one, PLAIN), says(PLAIN, other)], schema()))) == 3


def test_nothing_becomes_its_own_partner() -> None:
    long, short = entity("Monetary Fund", COMPANY, "MF"), entity("MF")
    found = unify([says(long, PLAIN, "a"), says(short, long, "b")], schema())
    assert all(isinstance(s.object, Literal) or s.subject.iri != s.object.iri for s in found)


LABELS = ["Monetary Fund", "MF", "M-F", "Air Berlin", "AB", "Ada Lovelace", "Lovelace"]


@st.composite
def corpora(draw: st.DrawFn) -> list[Statement]:
    """Statements of a few documents about few names, one IRI a name, classes and aliases as they come."""
    names = st.sampled_from(LABELS)
    kinds = st.sampled_from([COMPANY, PERSON, PLACE, THING])
    ends = st.builds(lambda n, k, a: entity(n, k, *sorted(a - {n})), names, kinds, st.sets(names, max_size=2))
    return draw(st.lists(st.builds(says, ends, ends, st.sampled_from("abc")), max_size=6))


@settings(derandomize=True)
@given(corpora())
def test_every_evidence_stays(corpus: list[Statement]) -> None:
    found = unify(corpus, schema())
    assert [e.document_id for s in found for e in s.evidence] == [
        e.document_id for s in corpus for e in s.evidence
    ]
    assert iris(found) <= iris(corpus)


@settings(derandomize=True)
@given(corpora(), st.randoms(use_true_random=False))
def test_order_does_not_matter(corpus: list[Statement], chance: random.Random) -> None:
    mixed = list(corpus)
    chance.shuffle(mixed)
    assert merge(unify(corpus, schema())) == merge(unify(mixed, schema()))


@settings(derandomize=True)
@given(corpora())
def test_once_is_enough(corpus: list[Statement]) -> None:
    once = unify(corpus, schema())
    assert iris(unify(once, schema())) == iris(once)


# ------------------------------------------------------------------ documents, live model


def read(**texts: str) -> list[Statement]:
    """The statements of documents by name, joined as a build joins them."""
    found: list[Statement] = []
    for (name, text), sentences in zip(texts.items(), parse(texts.values()), strict=True):
        document = Document(name, text, "", name)
        found += linking.statements(reading.read(document, sentences, schema()), schema())
    return list(merge(unify(found, schema())))


def called(found: list[Statement], label: str) -> set[str]:
    return {x.iri for s in found for x in (s.subject, s.object) if isinstance(x, Entity) and x.label == label}


@pytest.mark.model
def test_an_acronym_explained_elsewhere() -> None:
    found = read(
        a="The World Health Organization (WHO) warned France.", b="Kenya praised the WHO. The WHO sued Peru."
    )
    assert len(called(found, "World Health Organization") | called(found, "WHO")) == 1


@pytest.mark.model
def test_a_company_and_its_legal_form() -> None:
    found = read(a="Apple sued Samsung.", b="Apple Inc. hired Eva Berg.")
    assert len(called(found, "Apple") | called(found, "Apple Inc.")) == 1


@pytest.mark.model
def test_two_people_of_one_name_stay_two() -> None:
    found = read(
        a="John Smith, a Canadian painter, lives in Toronto.",
        b="John Smith, an Australian swimmer, won the race.",
    )
    assert called(found, "John Smith") and called(found, "John Smith (swimmer)")


@pytest.mark.model
def test_a_version_is_not_its_product() -> None:
    found = read(a="DeepSeek released DeepSeek V3.2.", b="DeepSeek V3.2 beat Llama. DeepSeek hired Wang Li.")
    assert called(found, "DeepSeek").isdisjoint(called(found, "DeepSeek V3.2"))
    assert called(found, "DeepSeek") and called(found, "DeepSeek V3.2")


@pytest.mark.model
def test_a_person_is_not_the_company_of_that_name() -> None:
    found = read(a="Tesla opened a plant.", b="Nikola Tesla was born in Smiljan. Tesla moved to America.")
    moved = {s.subject.iri for s in found if s.relation.label == "moves to"}
    opened = {s.subject.iri for s in found if s.relation.label == "opens"}
    assert moved and opened and moved.isdisjoint(opened)


@pytest.mark.model
def test_every_joined_name_says_why() -> None:
    found = read(
        a="Emeka Nwosu founded Brightwell Semiconductor. Nwosu hired Eva Berg. "
        "The World Health Organization (WHO) praised him. The WHO sued Brightwell."
    )
    steps = {step for s in found for e in s.evidence for step in e.steps if step.startswith("alias")}
    assert any("last name" in step for step in steps)
    assert any("in brackets" in step or "initials" in step for step in steps)
    assert all(": " in step.removeprefix("alias: ") for step in steps)


_COUNTED = st.dictionaries(
    st.builds(
        Entity,
        st.sampled_from([f"http://e.org/{n}" for n in range(8)]),
        st.sampled_from(["Acme", "ACME", "Acme Inc", "A.C.M.E", "Bo Lind", "Lind", "plant"]),
        st.sampled_from([FL + "Company", FL + "Person", FL + "Thing"]),
        st.lists(st.sampled_from(["Acme", "Acme Inc", "Lind"]), max_size=2, unique=True).map(tuple),
    ),
    st.integers(1, 5),
    max_size=12,
)


@given(_COUNTED)
def test_only_entities_under_a_key_that_two_share_matter(counted: dict[Entity, int]) -> None:
    bearers: dict[str, set[str]] = {}
    for entity in counted:
        for key in blocking_keys(entity):
            bearers.setdefault(key, set()).add(entity.iri)
    near = {iri for iris in bearers.values() if len(iris) > 1 for iri in iris}
    some = Counter({entity: n for entity, n in counted.items() if entity.iri in near})
    assert decide(some, schema()) == decide(Counter(counted), schema())
