"""Identifiers depend on content alone, are safe in IRIs, and do not collide in practice."""

from __future__ import annotations

import re
import string

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factloom.ontology import ids
from factloom.ontology.namespaces import BASE
from factloom.ontology.records import Entity, Evidence, Mention, Modality, Polarity, Span

LABELS = st.text(min_size=1, max_size=60)
ASCII = st.text(string.ascii_letters + string.digits + " .,+#&/'’-_()", min_size=1, max_size=30)


def spaced(label: str) -> str:
    """What two labels may differ in and still be the same name: white space at the ends and its length."""
    return " ".join(label.split())


@given(LABELS)
def test_a_slug_is_never_empty_and_always_safe(label: str) -> None:
    slug = ids.slug(label)
    assert slug
    assert all(c.isalnum() or c in "-_." for c in slug)
    assert len(slug) <= 90


@given(LABELS)
def test_an_entity_iri_is_a_valid_iri(label: str) -> None:
    iri = ids.entity_iri(BASE, label)
    turtle = f"<{iri}> a <{BASE}x> ."
    assert [q.subject.value for q in ox.parse(input=turtle, format=ox.RdfFormat.TURTLE)] == [iri]


@given(LABELS)
def test_a_slug_is_always_the_same(label: str) -> None:
    assert ids.slug(label) == ids.slug(label)
    assert ids.slug(f"  {label}\n") == ids.slug(label)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("WeChat", "WeChat"),
        ("DeepSeek V3.2", "DeepSeek-V3.2"),
        ("Doubao's agent", "Doubao-agent"),
        ("São Paulo", "São-Paulo"),
        ("北京", "北京"),
    ],
)
def test_slugs_are_readable(label: str, slug: str) -> None:
    assert ids.slug(label) == slug


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C#", "C++"), ("AT&T", "ATT"), ("a/b", "ab"), ("?", "!")]
)
def test_signs_keep_labels_apart(one: str, other: str) -> None:
    assert ids.slug(one) != ids.slug(other)


@given(ASCII, ASCII)
def test_different_names_get_different_slugs(one: str, other: str) -> None:
    def said(label: str) -> str:
        return re.sub(r"['’]s?(?= )", "", spaced(label)).replace("-", " ")

    assume(spaced(said(one)) != spaced(said(other)))
    assert ids.slug(one) != ids.slug(other)


@given(st.lists(LABELS, min_size=2, max_size=2, unique=True))
def test_long_labels_with_a_common_start_stay_apart(ends: list[str]) -> None:
    assume(spaced(ends[0]) != spaced(ends[1]))
    one, other = (ids.slug("long " * 30 + end) for end in ends)
    assert one != other


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\x1f", exclude_categories=["Cs"])), min_size=1, max_size=5
    )
)
def test_a_digest_keeps_its_parts_apart(parts: list[str]) -> None:
    assert re.fullmatch("[0-9a-f]{16}", ids.digest(*parts))
    assert ids.digest(*parts) != ids.digest(*parts, "")
    assume(len(parts) > 1 and parts[1])
    moved = (parts[0] + parts[1][0], parts[1][1:], *parts[2:])
    assert ids.digest(*parts) != ids.digest(*moved)


def evidence(**changes: object) -> Evidence:
    mention = Mention("d1", Span(0, 3), "one", "name")
    fields: dict[str, object] = {
        "document_id": "d1",
        "span": Span(0, 9),
        "sentence": Span(0, 10),
        "sentence_text": "0123456789",
        "subject": mention,
        "relation": mention,
        "object": mention,
        "rule": "verb",
        "confidence": 0.5,
    }
    return Evidence(**(fields | changes))  # type: ignore[arg-type]


def test_evidence_ids_tell_places_and_readings_apart() -> None:
    key = ("s", "p", "o", "", "")
    variants = [
        evidence(),
        evidence(document_id="d2"),
        evidence(span=Span(1, 9)),
        evidence(rule="noun"),
        evidence(polarity=Polarity.NEGATED),
        evidence(modality=Modality.PLANNED),
        evidence(attributed_to=Entity("iri", "label", "kind")),
    ]
    found = [ids.evidence_id(key, variant) for variant in variants]
    assert len(set(found)) == len(found)
    assert all(one.startswith(ids.statement_id(key)) for one in found)
    assert ids.evidence_id(key, evidence(confidence=0.9)) == found[0], "a place, not a probability"


def test_an_open_relation_is_named_by_its_words() -> None:
    assert ids.relation_iri(BASE, "compete with") == BASE + "relation/compete-with"
