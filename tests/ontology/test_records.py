"""The laws of the records: keys, statuses, confidence, qualifiers."""

from __future__ import annotations

import itertools
from dataclasses import FrozenInstanceError, replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.ontology.errors import InputError, UnknownNameError
from factloom.ontology.records import (
    STATUS_ORDER,
    Entity,
    Evidence,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    Relation,
    Span,
    Statement,
    Status,
)

NIMBUS = Entity("id:Nimbus", "Nimbus", "fl:Company")
KESTREL = Entity("id:Kestrel", "Kestrel", "fl:Company")
BUYS = Relation("fl:acquires", "acquires")
WORDS = Mention("d1", Span(0, 6), "Nimbus", "name")

probabilities = st.floats(0, 1, allow_nan=False)
evidences = st.builds(
    Evidence,
    document_id=st.sampled_from(["d1", "d2", "d3"]),
    span=st.just(Span(0, 5)),
    sentence=st.just(Span(0, 9)),
    sentence_text=st.sampled_from(["one", "two"]),
    subject=st.just(WORDS),
    relation=st.just(WORDS),
    object=st.just(WORDS),
    rule=st.sampled_from(["verb", "noun"]),
    confidence=probabilities,
    polarity=st.sampled_from(Polarity),
    modality=st.sampled_from(Modality),
    attributed_to=st.sampled_from([None, KESTREL]),
)
evidence_lists = st.lists(evidences, min_size=1, max_size=6)


def statement(evidence: list[Evidence]) -> Statement:
    return Statement(NIMBUS, BUYS, KESTREL, tuple(evidence))


@given(evidences)
def test_only_an_affirmed_actual_unattributed_reading_is_stated(evidence: Evidence) -> None:
    plain = (
        evidence.polarity is Polarity.AFFIRMED
        and evidence.modality is Modality.ACTUAL
        and evidence.attributed_to is None
    )
    assert (evidence.status is Status.STATED) == plain


@given(evidences)
def test_a_negated_reading_is_denied_whatever_else_it_is(evidence: Evidence) -> None:
    assert replace(evidence, polarity=Polarity.NEGATED).status is Status.DENIED


@given(evidences)
def test_naming_a_speaker_never_strengthens_a_reading(evidence: Evidence) -> None:
    spoken = replace(evidence, attributed_to=KESTREL)
    own = replace(evidence, attributed_to=None)
    assert STATUS_ORDER.index(spoken.status) >= STATUS_ORDER.index(own.status)


def test_every_modality_has_a_status() -> None:
    base = Evidence("d", Span(0, 1), Span(0, 1), "x", WORDS, WORDS, WORDS, "verb", 0.5)
    found = {modality: replace(base, modality=modality).status for modality in Modality}
    assert found[Modality.ACTUAL] is Status.STATED
    assert found[Modality.COUNTERFACTUAL] is Status.DENIED
    assert Status.STATED not in [
        status for modality, status in found.items() if modality is not Modality.ACTUAL
    ]


@given(evidence_lists, st.randoms())
def test_a_statement_does_not_depend_on_the_order_of_its_evidence(
    found: list[Evidence], random: Random
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    one, other = statement(found), statement(shuffled)
    assert (one.key, one.status, one.confidence) == (other.key, other.status, other.confidence)


@given(evidence_lists)
def test_status_is_the_strongest_of_the_evidence(found: list[Evidence]) -> None:
    order = [STATUS_ORDER.index(e.status) for e in found]
    assert STATUS_ORDER.index(statement(found).status) == min(order)


@given(evidence_lists)
def test_confidence_is_a_probability_and_repetition_adds_nothing(found: list[Evidence]) -> None:
    once = statement(found).confidence
    assert 0.0 <= once <= 1.0
    assert statement(found + found).confidence == once


@given(evidence_lists, evidences)
def test_a_further_document_that_says_the_same_never_lowers_confidence(
    found: list[Evidence], more: Evidence
) -> None:
    before = statement(found)
    same = replace(
        next(e for e in found if e.status is before.status), document_id="d9", confidence=more.confidence
    )
    assert statement([*found, same]).confidence >= before.confidence


def test_confidence_is_noisy_or_over_places() -> None:
    base = Evidence("d1", Span(0, 1), Span(0, 1), "x", WORDS, WORDS, WORDS, "verb", 0.5)
    denied = replace(base, document_id="d3", polarity=Polarity.NEGATED, confidence=1.0)
    assert statement([base, replace(base, document_id="d2")]).confidence == 0.75
    assert statement([base, replace(base, confidence=0.4)]).confidence == 0.5
    assert statement([base, denied]).confidence == 0.5, "the denial speaks for another status"


def test_the_key_tells_values_units_and_entities_apart() -> None:
    base = Evidence("d1", Span(0, 1), Span(0, 1), "x", WORDS, WORDS, WORDS, "verb", 0.5)
    users = Literal("140", "xsd:integer", "140 users", unit="users")
    objects: list[Entity | Literal] = [
        KESTREL,
        users,
        replace(users, unit="daily users"),
        replace(users, datatype="xsd:decimal"),
    ]
    keys = [Statement(NIMBUS, BUYS, o, (base,)).key for o in objects]
    assert len(set(keys)) == len(keys)
    rewritten = replace(users, text="some 140 users", approximation="some")
    assert Statement(NIMBUS, BUYS, rewritten, (base,)).key == keys[1], "wording is not what is said"
    renamed = replace(KESTREL, label="Kestrel Inc.", aliases=("Kestrel",))
    assert Statement(NIMBUS, BUYS, renamed, (base,)).key == keys[0]


def test_qualifiers_are_united_once_in_a_fixed_order() -> None:
    base = Evidence("d1", Span(0, 1), Span(0, 1), "x", WORDS, WORDS, WORDS, "verb", 0.5)
    year = Qualifier("time", Literal("2023", "xsd:gYear", "2023"), WORDS)
    place = Qualifier("place", KESTREL, WORDS)
    spread = [[year, place], [place], [year]]
    results = {
        tuple(
            (q.role, q.value)
            for q in statement([replace(base, qualifiers=tuple(q)) for q in order]).qualifiers
        )
        for order in itertools.permutations(spread)
    }
    assert results == {(("place", KESTREL), ("time", year.value))}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (4, 3)])
def test_a_span_runs_forward_from_zero(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"span {start}..{end}"):
        Span(start, end)


def test_a_statement_needs_evidence_and_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        Statement(NIMBUS, BUYS, KESTREL, ())
    with pytest.raises(FrozenInstanceError):
        NIMBUS.label = "other"  # type: ignore[misc]


def test_errors_name_the_thing_and_what_is_allowed() -> None:
    assert str(UnknownNameError("format", "doc", ["ttl", "csv"])) == "unknown format 'doc'; known: csv, ttl"
    error = InputError("a.txt", "is empty", "give it text")
    assert str(error) == str(error.problem) == "a.txt: is empty; give it text"
