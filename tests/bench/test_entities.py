"""The benchmark of joining names on few mentions: it joins some, and the program ends well."""

from __future__ import annotations

import pytest

from tests.cases.judge import schema

from .entities import documents, seconds


def test_names_are_joined_and_the_corpus_is_as_large_as_said() -> None:
    assert sum(2 for _, said in documents(2_000) for _ in said) == 2_000
    assert list(documents(200)) == list(documents(200))
    _, joined = seconds(20_000, schema())
    assert joined > 0


@pytest.mark.parametrize("other", [2, 3])
def test_another_seed_is_another_corpus(other: int) -> None:
    assert list(documents(200)) != list(documents(200, seed=other))
