"""Where phrases begin and end, on parses written by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factloom.extract.phrases import conjuncts, contiguous, phrase, span, span_text, text, trim
from factloom.extract.tokens import Token
from tests.cases.trees import tree

BRIDGE = (
    "The/DET/DT/det/2 old/ADJ/JJ/amod/2 bridge/NOUN/NN/nsubj/6 ,/PUNCT/,/punct/2 built~build/VERB/VBN/acl/2"
    " by~by/ADP/IN/agent/4 collapsed~collapse/VERB/VBD/ROOT/6"
)
TRAINS = (
    "Siemens/PROPN/NNP/nsubj/1 sells~sell/VERB/VBZ/ROOT/1 trains~train/NOUN/NNS/dobj/1 ,/PUNCT/,/punct/2"
    " turbines~turbine/NOUN/NNS/conj/2 and/CCONJ/CC/cc/4 quickly/ADV/RB/advmod/7 builds~build/VERB/VBZ/conj/4"
)


def words(tokens: list[Token]) -> str:
    return " ".join(t.text for t in tokens)


def test_a_phrase_leaves_its_clauses_out() -> None:
    bridge = tree(BRIDGE).tokens[2]
    assert words(phrase(bridge)) == "The old bridge"
    assert words(phrase(bridge, drop=())) == "The old bridge , built by"


def test_a_clause_can_be_kept() -> None:
    bridge = tree(BRIDGE).tokens[2]
    assert words(phrase(bridge, keep=[bridge.children[-1]])) == "The old bridge , built by"


def test_a_phrase_with_and_without_its_conjuncts() -> None:
    trains = tree(TRAINS).tokens[2]
    assert words(phrase(trains, conjuncts=False)) == "trains"
    assert words(phrase(trains)).startswith("trains , turbines")


def test_conjuncts_are_nominal() -> None:
    assert [t.text for t in conjuncts(tree(TRAINS).tokens[2])] == ["trains", "turbines"]


def test_ends_are_trimmed_but_pairs_stay() -> None:
    line = "\"/PUNCT/``/punct/1 Tosca/PROPN/NNP/ROOT/1 \"/PUNCT/''/punct/1 ,/PUNCT/,/punct/1"
    quoted = tree(line).tokens
    assert words(trim(quoted)) == '" Tosca "'
    assert words(trim(quoted[:2])) == "Tosca"


def test_a_lone_bracket_goes() -> None:
    tokens = tree("(/PUNCT/-LRB-/punct/1 WHO/PROPN/NNP/ROOT/1").tokens
    assert words(trim(tokens)) == "WHO"


def test_text_has_the_spaces_of_the_document() -> None:
    tokens = tree("AT/PROPN/NNP/nmod/2 &/CCONJ/CC/cc/0 T/PROPN/NNP/ROOT/2").tokens
    tokens[0].space = tokens[1].space = False
    assert text(tokens) == "AT&T"
    assert text([tokens[0], tokens[2]]) == "AT T"


def test_span_text_is_the_documents() -> None:
    sentence = tree(BRIDGE)
    assert span(sentence.tokens[1:3]) == (4, 14)
    assert span_text(sentence, sentence.tokens[1:3]) == "old bridge"


@given(st.sets(st.integers(0, 6)))
def test_the_longest_run_has_no_gap(picked: set[int]) -> None:
    tokens = [t for t in tree(BRIDGE).tokens if t.i in picked]
    run = [t.i for t in contiguous(tokens)]
    assert run == list(range(run[0], run[0] + len(run))) if run else not picked
    longest = max((n for n in range(8) if any(set(range(i, i + n)) <= picked for i in range(8))), default=0)
    assert len(run) == longest


def test_no_tokens_give_no_run() -> None:
    assert contiguous([]) == []
