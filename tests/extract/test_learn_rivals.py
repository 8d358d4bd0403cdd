"""The learner's second look: trees as plain arrays, mentions of one thing, readings beside their rivals."""

from __future__ import annotations

import json

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from factloom.extract import language, reading
from factloom.extract.learn import rivals, trees
from factloom.extract.learn.bridges import NEVER, Bridges
from factloom.extract.learn.mixing import log_odds
from factloom.extract.learn.same import coordinated, same_things
from factloom.extract.learn.scenes import Scene
from factloom.extract.learn.thresholds import best_threshold
from factloom.ontology.records import Document
from factloom.ontology.schema import load_schema


def _numbers(rows: int = 300) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.random.default_rng(7).normal(size=(rows, 4)).astype(np.float32)
    return numbers, np.asarray((numbers[:, 0] > 0) ^ (numbers[:, 2] > 0.5))


@pytest.mark.parametrize("shape", trees.SHAPES)
def test_trees_say_what_the_library_says(shape: trees.Shape) -> None:
    numbers, labels = _numbers()
    fitted = trees.fit(numbers, labels, shape)
    assert fitted is not None
    peer = HistGradientBoostingClassifier(
        max_iter=shape.trees,
        learning_rate=trees.RATE,
        max_leaf_nodes=shape.leaves,
        max_depth=trees.DEEPEST,
        min_samples_leaf=trees.leaf_size(int(labels.sum())),
        l2_regularization=1.0,
        max_features=trees.COLUMNS,
        early_stopping=False,
        random_state=0,
    ).fit(numbers, labels)
    assert np.allclose(fitted.probabilities(numbers), peer.predict_proba(numbers)[:, 1], atol=1e-4)


def test_trees_survive_their_file() -> None:
    numbers, labels = _numbers()
    fitted = trees.fit(numbers, labels, trees.SHAPES[0])
    assert fitted is not None
    again = trees.from_record(json.loads(json.dumps(fitted.record())))
    assert np.allclose(again.probabilities(numbers), fitted.probabilities(numbers), atol=1e-3)
    assert again.record() == trees.from_record(again.record()).record()


def test_one_kind_of_label_gives_no_trees() -> None:
    numbers, labels = _numbers()
    assert trees.fit(numbers, np.ones_like(labels), trees.SHAPES[0]) is None


def test_of_thresholds_that_do_as_well_the_middle_is_taken() -> None:
    assert best_threshold([(0.9, True), (0.8, True), (0.2, False)], 2) == (pytest.approx(0.5), 1.0)
    flat = [(0.9 - n / 1000, n % 2 == 0) for n in range(400)]  # of equal worth from 0.4 to 0.5
    threshold, best = best_threshold([*flat, *((0.3, False) for _ in range(200))], 200)
    assert threshold == pytest.approx(0.452, abs=1e-3)
    assert best == pytest.approx(2 / 3, abs=2e-3)
    assert best_threshold([], 3) == (0.5, 0.0)


def _scene(text: str) -> Scene:
    (parsed,) = language.parse([text])
    (scene,) = reading.scenes(Document("d", text, "", ""), parsed, load_schema())
    return scene


def _readings(
    scene: Scene, pairs: list[tuple[int, int]], scores: np.ndarray, ways: Bridges
) -> rivals.Readings:
    odds = log_odds(scores)
    return rivals.readings(scene, pairs, scores, (odds, odds), ways)


def _numbers_of(scene: Scene, found: list[int]) -> dict[str, int]:
    return {c.head.text: n for c, n in zip(scene.candidates, found, strict=True)}


@pytest.mark.model
def test_names_met_again_and_pronouns_are_one_thing() -> None:
    scene = _scene("Anna Weber said that Weber met Paul Schmidt, who runs Siemens, before she left.")
    things = _numbers_of(scene, same_things(scene))
    assert things["who"] == things["Schmidt"]
    assert things["Schmidt"] != things["Siemens"]
    weber = [n for c, n in zip(scene.candidates, same_things(scene), strict=True) if c.head.text == "Weber"]
    assert len(weber) == 2
    assert len(set(weber)) == 1


@pytest.mark.model
def test_coordinated_names_share_a_number() -> None:
    scene = _scene("She worked in Berlin, Hamburg and Bremen for Siemens.")
    places = _numbers_of(scene, coordinated(scene))
    assert places["Berlin"] == places["Hamburg"] == places["Bremen"] != places["Siemens"]


@pytest.mark.model
def test_readings_are_the_promising_ones_with_their_rivals() -> None:
    scene = _scene("Anna Weber met Paul Schmidt in Berlin.")
    pairs = list(scene.pairs())
    scores = np.zeros((len(pairs), 2), np.float32)
    scores[0, 1], scores[1, 1], scores[2, 0] = 0.5, 0.9, rivals.LEAST / 2
    found = _readings(scene, pairs, scores, Bridges({}, NEVER))
    assert list(zip(found.rows.tolist(), found.relations.tolist(), strict=True)) == [(0, 1), (1, 1)]
    own, best_of_relation = found.numbers[:, 0], found.numbers[:, 13]
    assert own == pytest.approx([0.0, np.log(9)], abs=1e-4)
    assert best_of_relation == pytest.approx([np.log(9)] * 2, abs=1e-4)


@pytest.mark.model
def test_a_reading_knows_how_well_others_cross_to_its_mention() -> None:
    scene = _scene("Anna Weber, who lives in Berlin, left.")
    place = {c.head.text: i for i, c in enumerate(scene.candidates)}
    pairs = [(place["Weber"], place["Berlin"]), (place["who"], place["Berlin"])]
    scores = np.array([[0.9], [0.1]], np.float32)
    apart = _readings(scene, pairs, scores, Bridges({}, NEVER)).numbers
    joined = _readings(scene, pairs, scores, Bridges({}, -NEVER)).numbers
    (changed,) = np.nonzero(~np.isclose(apart[1], joined[1], atol=1e-3))
    by_subject, any_by_subject, stays, any_at_all = changed
    assert joined[1, [by_subject, any_by_subject]] == pytest.approx([0.9, 0.9], abs=1e-3)
    assert apart[1, [by_subject, any_by_subject, stays]] == pytest.approx([0.0, 0.0, 0.9], abs=1e-3)
    assert joined[1, any_at_all] == pytest.approx(1 - 0.1 * 0.9, abs=1e-3)


@pytest.mark.model
def test_nothing_promising_gives_no_reading() -> None:
    scene = _scene("Anna Weber met Paul Schmidt in Berlin.")
    pairs = list(scene.pairs())
    found = _readings(scene, pairs, np.zeros((len(pairs), 50), np.float32), Bridges({}, NEVER))
    assert not len(found.rows)
    assert not len(found.numbers)
