"""Learnt readings and the mentions of one thing: all have one status, the two ends are two things."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import read_by, taught

pytestmark = pytest.mark.model

ONTOLOGY = """
@prefix : <https://example.org/families#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:home a owl:ObjectProperty ; rdfs:label "home" .
:child a owl:ObjectProperty ; rdfs:label "child of" .
"""
PEOPLE = "Anna|Peter|Maria|John|Laura|David|Emma|Paul|Julia|Mark|Clara|Oscar|Helen|Bruno|Alice|Simon".split(
    "|"
)
PLACES = "Berlin|Hamburg|Bremen|Vienna|Zurich|Geneva|Paris|Lyon".split("|")


def _example(text: str, *facts: tuple[str, str, str]) -> dict[str, Any]:
    """An example whose ends are told by their first place in the text."""

    def end(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"text": words, "start": start, "end": start + len(words)}

    triples = [{"subject": end(s), "relation": r, "object": end(o)} for s, r, o in facts]
    return {"text": text, "triples": triples}


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What sentences teach that tell a fact of a name and of its pronouns."""
    rows: list[dict[str, Any]] = []
    for n, name in enumerate(PEOPLE):
        town = PLACES[n % len(PLACES)]
        text = f"{name} moved to {town} in {1960 + n} to write her novel."
        rows.append(_example(text, (name, "home", town), ("her", "home", town)))
        rows.append(_example(f"{name} painted {town} in {1960 + n} to please her friend."))
        text = f"{name}, his son, took over the shop in {town}."
        rows.append(_example(text, (name, "child of", "his")))
        rows.append(_example(f"{name}, a baker, sold his shop in {town}."))
    return taught(tmp_path_factory.mktemp("families"), ONTOLOGY, rows)


def test_a_fact_of_one_mention_is_stated_of_all(families: Path) -> None:
    rows = read_by(families, "Nora moved to Prague in 1971 to write her novel.")
    assert {(r["subject"]["text"], r["object"]["text"], r["status"]) for r in rows} == {
        ("Nora", "Prague", "stated"),
        ("her", "Prague", "stated"),
    }


def test_what_is_planned_of_all_mentions_stays_planned(families: Path) -> None:
    rows = read_by(families, "Nora plans to move to Prague in 2031 to write her novel.")
    assert {r["status"] for r in rows} <= {"planned"}


def test_the_two_ends_of_a_fact_are_two_things(families: Path) -> None:
    rows = read_by(families, "Victor, his son, took over the shop in Prague.")
    (row,) = (r for r in rows if r["relation"]["label"] == "child of")
    assert (row["subject"]["text"], row["object"]["text"]) == ("Victor", "his")
    assert row["subject"]["iri"] != row["object"]["iri"]
