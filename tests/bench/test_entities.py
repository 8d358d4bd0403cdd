"""The benchmark of joining names on few mentions: it joins some, and the program ends well."""

from __future__ import annotations

import pytest

from tests.cases.judge import schema

from .entities import seconds, statements


def test_names_are_joined_and_the_corpus_is_as_large_as_said() -> None:
    assert sum(2 for _ in statements(2_000)) == 2_000
    assert list(statements(200)) == list(statements(200))
    _, joined = seconds(20_000, schema())
    assert joined > 0


@pytest.mark.parametrize("other", [2, 3])
def test_another_seed_is_another_corpus(other: int) -> None:
    assert list(statements(200)) != list(statements(200, seed=other))
