"""The BenchIE scorer on a made-up gold file."""

from __future__ import annotations

from pathlib import Path

import pytest

from .benchie import Sentence, joined, part_pattern, read_gold, score, split
from .predictions import Extraction

GOLD = """sent_id:7\tAnna bought a big boat in Oslo .
7--> Cluster 1:
Anna --> bought --> [a] [big] boat
7--> Cluster 2:
Anna --> bought [a] [big] boat in --> Oslo
Anna --> bought [a] [big] boat --> in Oslo

sent_id:8\tEva slept .
8-->Cluster 1:
Eva --> is --> asleep[,] [in bed]
"""


@pytest.fixture
def gold(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "gold.txt"
    path.write_text(GOLD, encoding="utf-8")
    return read_gold(path)


def test_the_format_is_read(gold: list[Sentence]) -> None:
    assert [s.text for s in gold] == ["Anna bought a big boat in Oslo .", "Eva slept ."]
    assert [[len(f) for f in s.facts] for s in gold] == [[1, 2], [1]]


@pytest.mark.parametrize("text", ["asleep", "asleep ,", "asleep in bed", "asleep , in bed"])
def test_words_in_brackets_are_optional(text: str) -> None:
    assert part_pattern("asleep[,] [in bed]").fullmatch(text + " ")


@pytest.mark.parametrize("text", ["asleep in", "sleep", "fast asleep", "Asleep", "in bed"])
def test_nothing_else_is(text: str) -> None:
    assert not part_pattern("asleep[,] [in bed]").fullmatch(text + " ")


def test_precision_counts_triples_and_recall_facts(gold: list[Sentence]) -> None:
    one = [Extraction("Anna", "bought", "a boat"), Extraction("Anna", "bought", "boat")]
    result = score(gold, [one, [Extraction("Eva", "slept", "well")]])
    assert (result.right, result.predicted, result.found, result.facts) == (2, 3, 1, 3)
    assert result.f1 == pytest.approx(2 * (2 / 3) * (1 / 3) / 1)


def test_further_arguments_become_triples(gold: list[Sentence]) -> None:
    nary = Extraction("Anna", "bought", "a big boat", ("in Oslo",))
    assert split(nary) == [("Anna", "bought", "a big boat"), ("Anna", "bought a big boat", "in Oslo")]
    assert joined(nary) == [("Anna", "bought", "a big boat in Oslo")]
    assert score(gold, [[nary], []]).found == 2
    assert score(gold, [[nary], []], triples="first").found == 1
    assert score(gold, [[nary], []], triples="joined").right == 0


def test_the_first_argument_stands_in_for_a_missing_object() -> None:
    assert split(Extraction("Anna", "sailed", "", ("to Oslo", "in May"))) == [
        ("Anna", "sailed", "to Oslo"),
        ("Anna", "sailed to Oslo", "in May"),
    ]
    assert split(Extraction("Anna", "slept")) == []


def test_no_prediction_scores_zero(gold: list[Sentence]) -> None:
    assert score(gold, [[], []]).f1 == 0.0
