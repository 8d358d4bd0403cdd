"""The pronoun scorer: which pronouns count, and what is right, wrong and open."""

from __future__ import annotations

from collections import Counter

from factloom.extract.language import parse
from factloom.ontology.schema import load_schema

from .knowledgenet import Fact, Page, Passage
from .pronouns import anaphors, judged, rows

TEXT = "Anna Berg lives in Oslo. She owns a farm. Tom Holt met Ole Dahl. He runs."


def _span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _page() -> Page:
    facts = (
        Fact("RESIDENCE", _span("Anna Berg"), _span("Oslo"), "berg", "oslo"),
        Fact("OWNER", _span("She"), _span("a farm"), "berg", ""),
        Fact("FRIEND", _span("Ole Dahl"), _span("Tom Holt"), "dahl", "holt"),
        Fact("RUNNER", _span("He"), _span("runs"), "dahl", ""),
        Fact("ALONE", _span("Oslo"), _span("He"), "oslo", "nobody"),
    )
    return Page("p", TEXT, (Passage(0, len(TEXT), frozenset(), facts),))


def test_a_pronoun_counts_when_a_name_shares_its_uri() -> None:
    assert [(a.word, a.names) for a in anaphors(_page())] == [
        ("she", (_span("Anna Berg"),)),
        ("he", (_span("Ole Dahl"),)),
    ]


def test_right_and_wrong() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    [sentences] = parse([TEXT])
    wrong = judged(_page(), sentences, load_schema(), counts)
    assert counts == {("she", "right"): 1, ("he", "wrong"): 1}
    assert [(a.word, taken) for a, taken in wrong] == [("he", "Tom Holt")]


def test_shares() -> None:
    table = rows(Counter({("he", "right"): 3, ("he", "wrong"): 1, ("she", "open"): 4}))
    assert table[0] == ["he", 3, 1, 0, 0.75, 0.75]
    assert table[-1] == ["all", 3, 1, 4, 0.75, 0.375]
