"""Two people of one name stay two, and one person stays one: on profiles, and through a build."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.build import build_graph
from factloom.extract.namesakes import Profile, namesakes
from factloom.ontology.namespaces import BASE, FL
from factloom.ontology.records import Entity

SMITH = Entity(BASE + "John-Smith", "John Smith", FL + "Person")
LABEL = SMITH.label


def profile(
    document: str,
    *,
    born: int | None = None,
    died: int | None = None,
    nations: tuple[str, ...] = (),
    roles: tuple[str, ...] = (),
    around: tuple[str, ...] = (),
) -> Profile:
    return Profile(document, SMITH, born, died, frozenset(nations), frozenset(roles), frozenset(around))


def labels(*found: Profile) -> dict[str, str]:
    """What the name means in each document."""
    others = namesakes(lambda: found)
    return {p.document: others.get(p.document, {}).get(SMITH.iri, SMITH).label for p in found}


def test_roles_and_countries_that_differ_make_two_people() -> None:
    found = labels(
        profile("a", nations=("Canada",), roles=("painter",)),
        profile("b", nations=("Australia",), roles=("swimmer",)),
    )
    assert found == {"a": LABEL, "b": f"{LABEL} (swimmer)"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"roles": ("painter",)}, {"roles": ("lawyer",)}),
        ({"nations": ("Canada",)}, {"nations": ("Australia",)}),
        # Roles akin by their hypernyms are one life's.
        (
            {"nations": ("South Africa",), "roles": ("entrepreneur",)},
            {"nations": ("United States",), "roles": ("businessman",)},
        ),
        ({"born": 1950, "roles": ("painter",)}, {"born": 1951, "roles": ("lawyer",)}),
        # Whom both know, and what both made.
        (
            {"nations": ("Austria",), "roles": ("bodybuilder",), "around": ("x",)},
            {"nations": ("United States",), "roles": ("governor",), "around": ("x", "y")},
        ),
    ],
)
def test_one_difference_or_something_shared_leaves_one_person(
    one: dict[str, object], other: dict[str, object]
) -> None:
    found = labels(profile("a", **one), profile("b", **other))
    assert set(found.values()) == {LABEL}


def test_lives_that_do_not_fit_make_two_people() -> None:
    assert labels(profile("a", born=1712, died=1780), profile("b", born=1950))["b"] == f"{LABEL} (born 1950)"
    assert labels(profile("a", died=1780), profile("b", born=1950))["b"] != LABEL


def test_a_document_that_tells_nothing_goes_with_the_names_it_shares() -> None:
    found = labels(
        profile("a", nations=("Canada",), roles=("painter",), around=("Group-of-Seven",)),
        profile("b", nations=("Australia",), roles=("swimmer",), around=("Eva-Berg",)),
        profile("c", around=("Eva-Berg",)),
        profile("d", around=("Nobody",)),
    )
    assert found["c"] == found["b"] != LABEL
    assert found["a"] == found["d"] == LABEL


def test_the_person_of_most_documents_keeps_the_name() -> None:
    found = labels(
        profile("a", nations=("Canada",), roles=("painter",)),
        profile("b", nations=("Australia",), roles=("swimmer",)),
        profile("c", nations=("Australia",), roles=("swimmer",)),
    )
    assert found == {"a": f"{LABEL} (painter)", "b": LABEL, "c": LABEL}


def test_three_people_have_three_marks() -> None:
    found = labels(*(profile(f"d{year}", born=year, roles=("judge",)) for year in (1700, 1800, 1900)))
    assert set(found.values()) == {LABEL, f"{LABEL} (born 1800)", f"{LABEL} (born 1900)"}


@given(st.permutations(range(6)))
def test_the_order_of_documents_changes_nothing(order: list[int]) -> None:
    all_ = [
        profile("a", nations=("Canada",), roles=("painter",), born=1950),
        profile("b", nations=("Australia",), roles=("swimmer",)),
        profile("c", around=("Eva-Berg",)),
        profile("d", born=1988),
        profile("e", roles=("lawyer",), died=1780),
        profile("f", nations=("Scotland",)),
    ]
    assert labels(*all_) == labels(*(all_[n] for n in order))


@pytest.mark.model
def test_a_build_keeps_namesakes_apart_and_says_why(tmp_path: Path) -> None:
    texts = {
        "painter": "John Smith, a Canadian painter, lives in Toronto. He was born in 1950.",
        "swimmer": "John Smith, an Australian swimmer, won the race. Smith was born in Perth in 1988.",
        "news": "John Smith beat Eva Berg.",
        "more": "Eva Berg praised the Australian swimmer John Smith.",
    }
    paths = [tmp_path / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text)
    statements = build_graph(paths, tmp_path / "graph").statements
    born = {s.subject.label for s in statements if s.relation.label == "born on"}
    assert len(born) == 2 and LABEL in born
    assert len({s.subject.iri for s in statements if s.relation.label in ("born on", "defeats")}) == 2
    assert any(step.startswith("namesake") for s in statements for e in s.evidence for step in e.steps)
