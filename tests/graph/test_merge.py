"""Merging: order and repetition change nothing, and one IRI has one name."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import graphs

from factloom.graph.merge import entities_of, merge, place
from factloom.ontology.ids import evidence_id
from factloom.ontology.namespaces import BASE, FL, XSD
from factloom.ontology.records import (
    Entity,
    Evidence,
    Literal,
    Mention,
    Qualifier,
    Relation,
    Span,
    Statement,
)

BLOCKS = Relation(FL + "blocks", "blocks")
WECHAT = Entity(BASE + "WeChat", "WeChat", FL + "SoftwareProduct")
DOUBAO = Entity(BASE + "Doubao", "Doubao", FL + "SoftwareProduct")


def read_at(start: int, document: str = "d1", **changes: object) -> Evidence:
    """Evidence at one place; the words do not matter here."""
    words = Mention(document, Span(start, start + 1), "x", "name")
    plain = Evidence(
        document, Span(start, start + 1), Span(start, start + 2), "x.", words, words, words, "verb", 0.5
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_order_and_repetition_change_nothing(graph: tuple, shuffler: random.Random) -> None:
    _, statements = graph
    again = [*statements, *statements[:2]]
    shuffler.shuffle(again)
    assert merge(again) == merge(statements)


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_merging_again_changes_nothing(graph: tuple) -> None:
    once = merge(graph[1])
    assert merge(once) == once


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_every_key_and_every_place_stands_once_and_none_is_lost(graph: tuple) -> None:
    _, statements = graph
    merged = merge(statements)
    keys = [s.key for s in merged]
    assert keys == sorted({s.key for s in statements})
    before = {evidence_id(s.key, e) for s in statements for e in s.evidence}
    after = [evidence_id(s.key, e) for s in merged for e in s.evidence]
    assert sorted(after) == sorted(before)


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_one_iri_has_one_name_everywhere_and_no_name_is_lost(graph: tuple) -> None:
    _, statements = graph
    found: dict[str, set[Entity]] = {}
    for entity in (e for s in merge(statements) for e in entities_of(s)):
        found.setdefault(entity.iri, set()).add(entity)
    assert all(len(versions) == 1 for versions in found.values())
    for statement in statements:
        kept = next(iter(found[statement.subject.iri]))
        names = {kept.label, *kept.aliases}
        assert {statement.subject.label, *statement.subject.aliases} <= names


def test_the_label_and_class_of_most_places_win_and_the_other_label_is_an_alias() -> None:
    odd = Entity(WECHAT.iri, "Wechat", FL + "Company")
    merged = merge(
        [
            Statement(odd, BLOCKS, DOUBAO, (read_at(0),)),
            Statement(WECHAT, BLOCKS, DOUBAO, (read_at(10), read_at(20))),
        ]
    )
    (statement,) = merged
    assert statement.subject == replace(WECHAT, aliases=("Wechat",))
    assert len(statement.evidence) == 3


def test_a_class_that_says_something_beats_thing_however_frequent() -> None:
    vague = replace(WECHAT, kind=FL + "Thing")
    merged = merge(
        [
            Statement(vague, BLOCKS, DOUBAO, (read_at(10), read_at(20), read_at(30))),
            Statement(WECHAT, BLOCKS, DOUBAO, (read_at(0),)),
        ]
    )
    assert merged[0].subject.kind == FL + "SoftwareProduct"


def test_names_agree_inside_qualifiers_and_for_speakers() -> None:
    odd = replace(WECHAT, label="Wechat")
    words = Mention("d1", Span(0, 1), "x", "name")
    said = read_at(0, attributed_to=odd, qualifiers=(Qualifier("with", odd, words),))
    other = read_at(9)
    merged = merge([Statement(DOUBAO, BLOCKS, WECHAT, (said,)), Statement(WECHAT, BLOCKS, DOUBAO, (other,))])
    assert len({e for s in merged for e in entities_of(s) if e.iri == WECHAT.iri}) == 1


def test_of_two_readings_at_one_place_the_surer_is_kept() -> None:
    unsure, sure = read_at(0, confidence=0.2, steps=("a",)), read_at(0, confidence=0.9, steps=("b",))
    assert place(unsure) == place(sure)
    (statement,) = merge([Statement(WECHAT, BLOCKS, DOUBAO, (unsure, sure))])
    assert statement.evidence == (sure,)


def test_a_number_said_with_over_stays_inexact() -> None:
    exact = Literal("140000000", XSD + "integer", "140 million", "users")
    inexact = replace(exact, text="over 140 million", approximation="over")
    merged = merge(
        [Statement(DOUBAO, BLOCKS, exact, (read_at(0),)), Statement(DOUBAO, BLOCKS, inexact, (read_at(9),))]
    )
    assert [s.object for s in merged] == [inexact]
