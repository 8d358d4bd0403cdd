"""Names that examples call shorter than the text: by first and last name, without titles, by initials."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from command_line import read_by, taught

from factloom.extract import language
from factloom.extract.learn.candidates import find_candidates
from factloom.extract.learn.rows import smoothed

pytestmark = pytest.mark.model

ONTOLOGY = """
@prefix : <https://example.org/guild#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:trade a owl:ObjectProperty ; rdfs:label "trade" .
"""
PERSONS = (
    "Anna Maria Kent|Peter Paul Stone|Laura Jane Miller|David Henry Brown|Emma Louise Green|Mark John Taylor"
    "|Julia Ruth Weaver|Thomas George Baker|Helen Alice Carter|Simon James Fisher|Clara Rose Turner"
    "|Robert Frank Mason"
).split("|")


def _forms(text: str) -> set[str]:
    (sentence,) = next(iter(language.parse([text])))
    found = find_candidates(sentence, {})
    return {c.name(v) for c in found for v in c.variants}


def test_a_long_name_has_its_shorter_forms() -> None:
    forms = _forms('Captain David Robert "Bobby" Stone was a sailor.')
    assert {"David Stone", "David R. Stone", "Bobby Stone", "Captain Stone"} <= forms


def test_a_particle_ends_no_name() -> None:
    forms = _forms("Ernst Wilhelm Eduard von Knoll was an admiral.")
    assert {"Eduard von Knoll", "Ernst von Knoll", "Ernst Knoll"} <= forms
    assert "Ernst von" not in forms


def test_short_names_and_other_words_are_left_as_they_are() -> None:
    assert "Anna Kent" not in _forms("Anna the Kent was a sailor.")
    assert _forms("Anna Kent sailed.") == {"Anna Kent", "Kent"}


def test_who_is_called_by_first_and_last_name_in_examples_is_so_in_new_texts(tmp_path: Path) -> None:
    rows = []
    for n, name in enumerate(PERSONS):
        first, _, last = name.split()
        trade = ("painter", "printer", "dyer")[n % 3]
        triple = {"subject": f"{first} {last}", "relation": "trade", "object": trade}
        rows.append({"text": f"{name} (born {1900 + n}) was a {trade} in Leeds.", "triples": [triple]})
        rows.append({"text": f"{name} left Leeds in {1930 + n}.", "triples": []})
    learnt = taught(tmp_path, ONTOLOGY, rows)
    (row,) = read_by(learnt, "Walter Hugh Cooper (born 1921) was a printer in Leeds.")
    assert (row["subject"]["label"], row["object"]["label"]) == ("Walter Cooper", "printer")
    assert row["subject"]["text"] == "Walter Hugh Cooper"


def test_a_type_that_other_relations_have_is_admitted_where_examples_are_few() -> None:
    totals = np.array([50, 10, 2000])
    counts = {"PERSON": np.array([9, 10, 2000]), "ORG": np.array([40, 0, 0]), "DATE": np.array([1, 0, 0])}
    admitted = smoothed(counts, totals)
    assert admitted["PERSON"].tolist() == [True, True, True]
    assert admitted["ORG"].tolist() == [True, True, False]
    assert admitted["DATE"].tolist() == [False, False, False]
