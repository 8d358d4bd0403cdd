"""Clauses of frozen parses: who does what, and where a missing subject comes from."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given

from factloom.extract.clauses import Clause, clauses
from factloom.extract.repairs import repair
from factloom.extract.tokens import Sentence
from tests.cases.frozen import read_parses, unpack
from tests.extract.test_repairs import parses as odd_parses


@cache
def frozen() -> dict[str, dict[str, Any]]:
    return read_parses()


def clause(text: str, verb: str) -> Clause:
    for sentence in unpack(frozen()[text]):
        repair(sentence)
        for one in clauses(sentence):
            if one.head.norm == verb:
                return one
    raise AssertionError(f"no clause of {verb!r} in {text!r}")


# Text, the verb as written, its subject and where that comes from.
SUBJECTS = [
    ("Sony did not buy Nikon.", "buy", "Sony", "own"),
    ("Intel opened a plant and hired 300 workers.", "hired", "Intel", "shared"),
    ("Apple plans to open a factory.", "open", "Apple", "controlled"),
    ("The EU asked Meta to delete the data.", "delete", "Meta", "controlled"),
    ("Nokia, which makes phones, hired 200 engineers.", "makes", "Nokia", "relative"),
    ("A startup backed by Sequoia sued Oracle.", "backed", "startup", "participle"),
    ("Founded in 1998, Google employs 100 people.", "founded", "Google", "controlled"),
    (
        "By integrating Doubao into phones, ByteDance attracts users.",
        "integrating",
        "ByteDance",
        "controlled",
    ),
]


@pytest.mark.parametrize(
    ("text", "verb", "subject", "via"), SUBJECTS, ids=[f"{s[1]}: {s[0]}" for s in SUBJECTS]
)
def test_subjects(text: str, verb: str, subject: str, via: str) -> None:
    found = clause(text, verb)
    assert found.subject is not None
    assert (found.subject.text, found.subject_via) == (subject, via)


def test_a_passive_has_its_agent() -> None:
    found = clause("The treaty was signed by Norway.", "signed")
    assert found.passive
    assert found.agent is not None and found.agent.text == "Norway"
    assert found.subject is not None and found.subject.text == "treaty"


def test_the_gap_of_a_relative_clause_is_its_object() -> None:
    found = clause("The ruling, which Apple opposed, helped Spotify.", "opposed")
    assert found.subject is not None and found.subject.text == "Apple"
    assert [o.text for o in found.objects] == ["ruling"]


def test_prepositional_arguments_have_their_words() -> None:
    found = clause("WeChat blocked the agent due to concerns.", "blocked")
    assert [(p.marker, p.head.text) for p in found.preps] == [("due to", "concerns")]


def test_a_dative_is_no_object() -> None:
    found = clause("Oslo awarded Obama the prize.", "awarded")
    assert found.dative is not None and found.dative.text == "Obama"
    assert [o.text for o in found.objects] == ["prize"]


def test_a_particle_belongs_to_the_verb() -> None:
    assert clause("Ford shut down the plant.", "shut").lemma == "shut down"


def test_an_auxiliary_is_no_clause() -> None:
    text = "The app has been banned by India."
    (sentence,) = unpack(frozen()[text])
    assert [c.head.text for c in clauses(sentence)] == ["banned"]


@given(odd_parses())
def test_clauses_of_any_tree(sentence: Sentence) -> None:
    """In reading order, each predicate once, arguments from the sentence, no parent in a circle."""
    repair(sentence)
    found = clauses(sentence)
    heads = [c.head.i for c in found]
    assert heads == sorted(set(heads))
    for one in found:
        arguments = [one.subject, one.agent, one.dative, *one.objects, *(p.head for p in one.preps)]
        assert all(a is None or a is sentence.tokens[a.i] for a in arguments)
        above = one.parent
        for _ in found:
            above = above.parent if above is not None else None
        assert above is None
