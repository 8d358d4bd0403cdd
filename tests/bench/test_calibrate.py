"""The calibration: weights are fitted from shares, bins hold what falls into them."""

from __future__ import annotations

import pytest

from factloom.extract import calibration

from .calibrate import Judged, _gains, _shares, fit, reliability
from .carb import Gold
from .predictions import Extraction


def test_a_feature_of_right_extractions_weighs_more() -> None:
    data = [Judged(0, ("clause", "good"), 0.5, 1.0, 0.0)] * 40
    data += [Judged(1, ("clause", "bad"), 0.5, 0.0, 0.0)] * 40
    weights = fit(data)
    assert weights["good"] > weights["bad"]
    assert weights[calibration.ALWAYS] + weights["clause"] + weights["good"] == pytest.approx(1.0, abs=0.15)


def test_bins_tell_mean_and_share() -> None:
    data = [Judged(0, (), c, share, 0.0) for c, share in ((0.42, 1.0), (0.48, 0.0), (0.99, 1.0))]
    assert reliability(data) == [("0.4–0.5", "2", "0.450", "0.500"), ("0.9–1.0", "1", "0.990", "1.000")]


def test_a_gold_tuple_confirms_one_extraction_only() -> None:
    gold = [Gold("bought", ("Google", "Fitbit"))]
    same = Extraction("Google", "bought", "Fitbit")
    assert sorted(_shares([same, same], gold)) == [0.0, 1.0]


def test_what_another_extraction_has_is_no_gain() -> None:
    gold = [Gold("bought", ("Google", "Fitbit"))]
    same = Extraction("Google", "bought", "Fitbit")
    assert _gains([same], gold) == [1.0]
    assert _gains([same, same], gold) == [0.0, 0.0]


def test_confidences_are_probabilities() -> None:
    assert (
        calibration.confidence(["clause", "kind ROOT", "subject own", "form VBN"] * 5) == calibration.HIGHEST
    )
    assert calibration.confidence([], {}) == calibration.LOWEST
    assert set(calibration.weights()) >= {"clause", "nominal apposition"}
