"""The learner's second opinion: a network over the pipeline's vectors, hints, bridges."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from factloom.extract import language, reading
from factloom.extract.learn import bridges, network
from factloom.extract.learn.examples import End, Example, Fact, Scope
from factloom.extract.learn.labelling import Labeller
from factloom.extract.learn.matrices import matrix
from factloom.extract.learn.mixing import FLOOR, log_odds, mixed, pooled
from factloom.extract.learn.rows import admitted
from factloom.extract.learn.same import groups
from factloom.extract.learn.scenes import Scene
from factloom.extract.learn.vectors import pair_vectors, width
from factloom.ontology.errors import OntologyError
from factloom.ontology.records import Document, Span
from factloom.ontology.schema import Schema, load_schema


@functools.cache
def _schema() -> Schema:
    return load_schema()


def _scenes(text: str) -> list[Scene]:
    (parsed,) = language.parse([text])
    return list(reading.scenes(Document("d", text, "", ""), parsed, _schema()))


def _rows(count: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    rows = np.random.default_rng(3).normal(size=(count, 6)).astype(np.float32)
    labels = np.stack([(rows[:, 0] > 0) ^ (rows[:, 1] > 0), rows[:, 2] > 0.5], axis=1)
    return rows, labels.astype(np.float32)


def _silent(wide: int) -> network.Network:
    """A network that says evens of everything."""
    arrays = (np.zeros(shape, np.float32) for shape in ((wide, 3), 3, (3, 1), 1))
    return network.Network((), *arrays)


def test_a_network_learns_what_no_line_parts() -> None:
    rows, labels = _rows(20_000)
    fitted = network.fit(rows, labels, np.ones_like(labels), ["A"])
    new, truth = _rows(1000)
    assert ((fitted.log_odds(new) > 0) == (truth > 0)).mean() > 0.8  # lines: 0.75


def test_what_is_not_told_teaches_a_network_nothing() -> None:
    rows, labels = _rows()
    told = np.ones_like(labels)
    told[::2, 0] = 0
    other = labels.copy()
    other[::2, 0] = 1 - other[::2, 0]
    one, two = (network.fit(rows, given, told, ["A"]).record() for given in (labels, other))
    assert one == two


def test_a_network_survives_its_file() -> None:
    rows, labels = _rows()
    fitted = network.fit(rows, labels, np.ones_like(labels), ["A", "B"])
    again = network.from_record(json.loads(json.dumps(fitted.record())))
    assert again.types == ("A", "B")
    assert np.allclose(again.log_odds(rows), fitted.log_odds(rows), atol=0.01)


def test_pooling_leaves_out_what_is_not_admitted() -> None:
    linear = np.array([[0.0, 0.5]], np.float32)
    said = np.array([[9.0, 9.0]], np.float32)
    assert pooled(linear, log_odds(linear), said)[0, 0] == 0
    assert pooled(linear, log_odds(linear), said)[0, 1] > 0.9


@pytest.mark.model
def test_pairs_have_as_many_numbers_as_a_network_asks_for() -> None:
    (scene,) = _scenes("Anna Weber lives in Berlin.")
    pairs = list(scene.pairs())
    seen = pair_vectors(scene, pairs, ["GPE", "PERSON"])
    assert seen.shape == (len(pairs), width(scene.sentence.vectors.shape[1], 2))
    assert not np.array_equal(seen[0], seen[-1])


@pytest.mark.model
def test_vectors_of_another_pipeline_are_told() -> None:
    (scene,) = _scenes("Anna Weber lives in Berlin.")
    pairs = list(scene.pairs())
    taught = _silent(5)
    with pytest.raises(OntologyError, match="does not fit this --model"):
        mixed(scene, pairs, np.full((len(pairs), 1), 0.5, np.float32), taught)


@pytest.mark.model
def test_a_network_is_not_asked_where_nothing_is_promising() -> None:
    (scene,) = _scenes("Anna Weber lives in Berlin.")
    pairs = list(scene.pairs())
    wide = width(scene.sentence.vectors.shape[1], 0)
    taught = _silent(wide)
    linear = np.full((len(pairs), 1), 0.001, np.float32)
    linear[0] = 0.5
    scores, (_, said) = mixed(scene, pairs, linear, taught)
    assert scores[1:] == pytest.approx(linear[1:])
    assert said[1:] == pytest.approx(FLOOR)
    assert said[0] == pytest.approx(0)


@pytest.mark.model
def test_rules_hint_at_pairs_and_ends() -> None:
    (scene,) = _scenes("Anna Weber founded Acme Holdings.")
    place = {c.head.text: i for i, c in enumerate(scene.candidates)}
    i, j = place["Weber"], place["Holdings"]
    assert "says verb found" in scene.pair(i, j)
    assert "says back verb found" in scene.pair(j, i)
    assert "subject of verb found" in scene.features()[i]


@pytest.mark.model
def test_a_name_is_of_the_type_that_its_document_votes_for() -> None:
    first, _, last = _scenes("Brunn is a Swiss company in Bern. Brunn makes clocks. Anna works for Brunn.")
    assert _by_head(first.types, first)["Brunn"] == _by_head(last.types, last)["Brunn"] == "ORG"
    assert _by_head(first.types, first)["Swiss"] == "NORP"
    assert {"is Company", "called company"} <= set(_by_head(last.features(), last)["Brunn"])


def _by_head(values: Sequence[Any], scene: Scene) -> dict[str, Any]:
    return {c.head.text: value for c, value in zip(scene.candidates, values, strict=True)}


@pytest.mark.model
def test_that_stands_for_a_thing_before_a_relative_clause_alone() -> None:
    (scene,) = _scenes("She said that the firm that she founded in Bern makes clocks.")
    found = [c.head for c, kind in zip(scene.candidates, scene.types, strict=True) if kind == "WHICH"]
    assert [t.head.lemma for t in found] == ["found"]


@pytest.mark.model
def test_the_document_tells_whom_it_speaks_of() -> None:
    scene = _scenes("Anna Weber lives in Berlin. She likes her garden. She wrote to Paul Schmidt.")[-1]
    features = {c.head.text: own for c, own in zip(scene.candidates, scene.features(), strict=True)}
    assert "spoken of most True SHE" in features["She"]
    assert "spoken of most False PERSON" in features["Schmidt"]
    assert "spoken of first True SHE" in features["She"]


_NAMES = "Anna Weber|Paul Schmidt|Laura Stone|Peter Lang|Maria Rossi|John Miller".split("|")


def _example(name: str) -> Example:
    """Somebody who lives in a town, which is told of the name and of "who", and a visitor."""
    text = f"{name}, who lives in Hamburg, wrote to David Green."
    town = End("Hamburg", _span(text, "Hamburg"))
    ends = (End(end, _span(text, end)) for end in (name, "who"))
    facts = [Fact(end, "home", town) for end in ends]
    return Example(name, text, facts, [Scope(Span(0, len(text)), None)])


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.model
def test_bridges_lead_to_the_mentions_that_the_examples_name() -> None:
    labeller = Labeller({"home": 0}, 1)
    found = []
    for n, example in enumerate(map(_example, _NAMES)):
        found += [(n, labelled) for labelled in labeller.label(example, _scenes(example.text))]
    taught = bridges.lessons(found, admitted(found, 1))
    fitted = bridges.fit(taught, np.ones(len(taught.true), np.bool_))
    (scene,) = _scenes("Emma Brown, who lives in Bremen, wrote to Mark Taylor.")
    place = {c.head.text: i for i, c in enumerate(scene.candidates)}
    name, pronoun, other = place["Brown"], place["who"], place["Taylor"]
    subjects, _ = fitted.matrices(scene, groups(scene), [(name, pronoun), (name, other)])
    assert subjects[name, pronoun] > 0.5 > subjects[name, other]
    assert subjects[name, name] == 1


def test_no_lessons_build_no_bridge() -> None:
    none = bridges.Lessons([], *(np.zeros(0, kind) for kind in (np.intp, np.bool_, np.int32)))
    assert bridges.fit(none, np.zeros(0, np.bool_)).weights == {}


def test_rare_features_are_no_columns() -> None:
    x, names = matrix([["b", "a"], ["a", "a"], ["c"]], least=2)
    assert names == ["a"]
    assert x.toarray().tolist() == [[1], [1], [0]]
