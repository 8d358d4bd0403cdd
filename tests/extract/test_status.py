"""Polarity, modality and speaker of clauses, on the frozen parses of the cases."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factloom.extract.clauses import Clause, clauses
from factloom.extract.repairs import repair
from factloom.extract.status import flip, settle
from factloom.ontology.records import Modality, Polarity
from tests.cases.frozen import read_parses, unpack
from tests.cases.trees import tree

YES, NO = Polarity.AFFIRMED, Polarity.NEGATED


@cache
def parses() -> dict[str, dict[str, Any]]:
    return read_parses()


def clause(text: str, lemma: str) -> Clause:
    """The settled clause of this verb in a frozen parse."""
    for sentence in unpack(parses()[text]):
        repair(sentence)
        found = clauses(sentence)
        settle(sentence, found)
        for one in found:
            if one.head.lemma == lemma:
                return one
    raise AssertionError(f"no clause of {lemma!r} in {text!r}")


CASES = [
    ("Sony did not buy Nikon.", "buy", NO, Modality.ACTUAL, None),
    ("No company has bought Nikon.", "buy", NO, Modality.ACTUAL, None),
    ("Samsung may acquire Harman.", "acquire", YES, Modality.POSSIBLE, None),
    ("Samsung failed to win the order.", "win", NO, Modality.ACTUAL, None),
    ("Samsung failed to win the order.", "fail", YES, Modality.ACTUAL, None),
    ("Apple plans to open a factory.", "open", YES, Modality.PLANNED, None),
    ("Apple plans to open a factory.", "plan", YES, Modality.ACTUAL, None),
    ("ByteDance denied that it owns WeChat.", "own", NO, Modality.ACTUAL, "ByteDance"),
    ("ByteDance denied that it owns WeChat.", "deny", YES, Modality.ACTUAL, None),
    ("Analysts said Tesla may buy TikTok.", "buy", YES, Modality.POSSIBLE, "Analysts"),
    ("Boeing lost money, analysts said.", "lose", YES, Modality.ACTUAL, "analysts"),
    ("According to Reuters, Boeing lost money.", "lose", YES, Modality.ACTUAL, "Reuters"),
    ("If ByteDance sells TikTok, Microsoft will bid.", "sell", YES, Modality.CONDITIONAL, None),
    ("If Intel wins the case, AMD will appeal the ruling.", "appeal", YES, Modality.CONDITIONAL, None),
    ("Italy must pay the fine.", "pay", YES, Modality.OBLIGATORY, None),
    ("Pfizer would have bought Allergan.", "buy", YES, Modality.COUNTERFACTUAL, None),
    ("Has Tesla acquired SolarCity?", "acquire", YES, Modality.QUESTIONED, None),
    ("The audit showed that Wirecard lost money.", "lose", YES, Modality.ACTUAL, None),
    ("Philips, which makes lamps, did not buy Osram.", "make", YES, Modality.ACTUAL, None),
    ("Founded in 1892, General Electric did not sell the unit.", "found", YES, Modality.ACTUAL, None),
    ("Netflix bought the film without consulting Ava Stone.", "consult", NO, Modality.ACTUAL, None),
    ("Renault did not sell Dacia but closed a plant.", "close", YES, Modality.ACTUAL, None),
    ("Ford closed the plant because Tesla sold more cars.", "sell", YES, Modality.ACTUAL, None),
    ("Regulators prevented Adobe from buying Figma.", "buy", NO, Modality.ACTUAL, None),
]


@pytest.mark.parametrize(
    ("text", "lemma", "polarity", "modality", "speaker"), CASES, ids=[f"{c[1]}: {c[0]}" for c in CASES]
)
def test_status(text: str, lemma: str, polarity: Polarity, modality: Modality, speaker: str | None) -> None:
    found = clause(text, lemma)
    named = found.speaker.text if found.speaker else found.hearsay
    assert (found.polarity, found.modality, named) == (polarity, modality, speaker)


def test_hearsay_has_no_name() -> None:
    found = clause("Hamas is said to have attacked the base.", "attack")
    assert found.speaker is None
    assert found.hearsay == "unnamed sources"


@given(st.integers(0, 6))
def test_two_negations_affirm(times: int) -> None:
    one = Clause(tree("won~win/VERB/VBD/ROOT/0").tokens[0], "ROOT")
    for _ in range(times):
        flip(one)
    assert one.polarity is (NO if times % 2 else YES)


def test_a_plain_sentence_is_plain() -> None:
    sentence = tree("Eva/PROPN/NNP/nsubj/1 bought~buy/VERB/VBD/ROOT/1 boats~boat/NOUN/NNS/dobj/1")
    (one,) = clauses(sentence)
    settle(sentence, [one])
    assert (one.polarity, one.modality, one.speaker, one.hearsay) == (YES, Modality.ACTUAL, None, None)


def test_a_question_mark_asks() -> None:
    line = "Did~do/AUX/VBD/aux/2 Eva/PROPN/NNP/nsubj/2 win/VERB/VB/ROOT/2 ?/PUNCT/./punct/2"
    sentence = tree(line)
    (one,) = clauses(sentence)
    settle(sentence, [one])
    assert one.modality is Modality.QUESTIONED
