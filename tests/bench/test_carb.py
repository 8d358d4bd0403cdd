"""The CaRB scorer on made-up tuples whose scores can be worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from .carb import Gold, area, common, greedy, match, match_parts, read_gold, score
from .carb import Point as CurvePoint
from .predictions import Extraction

GOLD = {"key": [Gold("bought", ("Anna", "a boat")), Gold("sailed to", ("Anna", "Oslo"))]}


def test_a_perfect_reader_scores_one() -> None:
    perfect = [Extraction("Anna", "bought", "a boat"), Extraction("Anna", "sailed to", "Oslo")]
    result = score(GOLD, {"key": perfect})
    assert (result.best.precision, result.best.recall, result.best.f1, result.auc) == (1, 1, 1, 1)


def test_an_idle_reader_scores_zero() -> None:
    result = score(GOLD, {})
    assert (result.best.f1, result.auc, result.predicted, result.gold) == (0, 0, 0, 2)


def test_words_are_matched_part_by_part() -> None:
    # bought: 1 of 1 · Anna: 1 of 1 · "a boat in May": 2 of its 4 words are in "a boat"
    assert match(GOLD["key"][0], Extraction("Anna", "bought", "a boat in May")) == (4 / 6, 1.0)
    assert match(GOLD["key"][0], Extraction("a boat", "bought", "Anna")) == (1 / 4, 1 / 4)


def test_further_arguments_are_joined_to_the_object() -> None:
    gold = Gold("flew", ("Anna", "to Oslo", "in May"))
    assert match(gold, Extraction("Anna", "flew", "in May", ("to Oslo",))) == (1.0, 1.0)


def test_relations_without_a_common_word_do_not_match() -> None:
    assert match(GOLD["key"][0], Extraction("Anna", "owns", "a boat")) == (0.0, 0.0)


def test_a_missing_object_is_no_match() -> None:
    assert match(GOLD["key"][0], Extraction("Anna", "bought")) == (0.0, 0.0)


def test_be_stands_for_its_forms() -> None:
    assert match(Gold("is in", ("Oslo", "Norway")), Extraction("Oslo", "be in", "Norway")) == (1.0, 1.0)
    assert match(Gold("in", ("Oslo", "Norway")), Extraction("Oslo", "be in", "Norway")) == (3 / 4, 1.0)


def test_a_word_counts_as_often_as_both_have_it() -> None:
    assert common(["the", "the", "sea"], ["the", "sea", "sea"]) == 2


def test_speaker_and_speech_may_change_places() -> None:
    gold = Gold("said", ("Anna", "boats are slow"))
    assert match(gold, Extraction("boats are slow", "said", "Anna")) == (1.0, 1.0)
    assert match(Gold("saw", ("Anna", "a boat")), Extraction("a boat", "saw", "Anna"))[0] < 1


def test_words_of_a_part_that_gold_lacks_are_free() -> None:
    assert match_parts(("slept", "Anna"), ("slept", "Anna", "in a tent")) == (1.0, 1.0)


def test_precision_pairs_each_gold_tuple_once() -> None:
    matrix = [[(0.9, 0.0), (0.8, 0.0)], [(0.7, 0.0), (0.1, 0.0)]]
    assert greedy(matrix, [0, 1]) == pytest.approx(1.0)  # 0.9 first, then 0.1 is all that is left
    assert greedy(matrix[:1], [0, 1]) == pytest.approx(0.9)


def test_a_repeated_prediction_costs_precision_alone() -> None:
    same = Extraction("Anna", "bought", "a boat")
    result = score({"key": GOLD["key"][:1]}, {"key": [same, same]})
    assert (result.all.precision, result.all.recall) == (0.5, 1.0)


def test_every_confidence_is_a_threshold() -> None:
    good, bad = Extraction("Anna", "bought", "a boat", (), 0.9), Extraction("a", "b", "c", (), 0.2)
    result = score(GOLD, {"key": [good, bad]})
    assert [(p.threshold, p.precision) for p in result.curve] == [(0.2, 0.5), (0.9, 1.0)]
    assert result.best.threshold == 0.9
    assert result.all.precision == 0.5


def test_a_sentence_without_sure_predictions_still_counts_for_recall() -> None:
    gold = {"one": GOLD["key"][:1], "two": GOLD["key"][:1]}
    sure = {"one": [Extraction("Anna", "bought", "a boat", (), 0.9)]}
    assert score(gold, sure).best.recall == 0.5


def test_the_area_of_one_point_is_a_trapezoid() -> None:
    assert area([CurvePoint(1.0, 0.6, 0.5)]) == pytest.approx(0.5 * (1 + 0.6) / 2)


def test_gold_lines_keep_arguments_and_drop_the_context(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("Eva said Anna sailed . \tsailed\tAnna\tto Oslo\tC: Eva said\n", encoding="utf-8")
    assert read_gold(path) == {"EvasaidAnnasailed": [Gold("sailed", ("Anna", "to Oslo"))]}
