"""Tokens and sentences: a parse stays a forest whatever is moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factloom.extract.tokens import Sentence
from tests.cases.trees import build, is_forest, tree


@st.composite
def forests(draw: st.DrawFn) -> Sentence:
    """Any tree over two to twelve words."""
    size = draw(st.integers(2, 12))
    order = draw(st.permutations(range(size)))
    heads = {order[0]: order[0]}
    for place, i in enumerate(order[1:], 1):
        heads[i] = order[draw(st.integers(0, place - 1))]
    return build((f"w{i}", f"w{i}", "NOUN", "NN", "dep", heads[i], "") for i in range(size))


@given(forests(), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12))
def test_reattaching_never_makes_a_circle(sentence: Sentence, moves: list[tuple[int, int]]) -> None:
    size = len(sentence.tokens)
    for one, other in moves:
        token, head = sentence.tokens[one % size], sentence.tokens[other % size]
        below = head in token.subtree()
        before = (token.head, token.dep)
        assert token.reattach(head, "obj") is not below
        assert (token.head, token.dep) == (before if below else (head, "obj"))
        assert is_forest(sentence)


@given(forests(), st.lists(st.integers(0, 11), max_size=6))
def test_uprooting_keeps_a_forest(sentence: Sentence, picked: list[int]) -> None:
    for i in picked:
        token = sentence.tokens[i % len(sentence.tokens)]
        whole = token.subtree()
        token.uproot()
        assert token in sentence.roots
        assert token.subtree() == whole
        assert is_forest(sentence)


@given(forests())
def test_subtrees_of_the_roots_hold_every_token_once(sentence: Sentence) -> None:
    found = [t for root in sentence.roots for t in root.subtree()]
    assert sorted(t.i for t in found) == list(range(len(sentence.tokens)))


@given(forests())
def test_ancestors_govern(sentence: Sentence) -> None:
    for token in sentence.tokens:
        assert all(token in a.subtree() for a in token.ancestors())
        assert token not in list(token.ancestors())


def test_children_by_label() -> None:
    sentence = tree("Oslo/PROPN/NNP/nsubj/1 gave~give/VERB/VBD/ROOT/1 a/DET/DT/det/3 prize/NOUN/NN/dobj/1")
    verb = sentence.tokens[1]
    assert [t.text for t in verb.kids("dobj", "nsubj")] == ["Oslo", "prize"]
    assert verb.child("dative") is None
    assert sentence.slice(5, 9) == "gave"


def test_a_token_is_not_its_own_head() -> None:
    sentence = tree("Oslo/PROPN/NNP/nsubj/1 won~win/VERB/VBD/ROOT/1")
    assert not sentence.tokens[1].reattach(sentence.tokens[1], "dep")
    assert sentence.tokens[1].dep == "ROOT"
