"""From text to sentences: offsets, blocks, order, and what is said when a model can't serve."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from factloom.extract.language import _blocks, load, parse
from factloom.ontology.errors import ModelError
from tests.cases.trees import is_forest

PIECES = st.sampled_from(
    ["Nokia", "bought", "a", "boat", ".", "\n", "\n\n", " ", "  ", "\t", "U.S.", "don't", "“", "”", "😀", "é",
     "東京", "- ", "# ", "1,000", "€5", "\u00a0", "\n \n", "?"]
)  # fmt: skip
texts = st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, max_size=3))
def test_every_token_is_where_it_says(documents: list[str]) -> None:
    parsed = list(parse(documents))
    assert len(parsed) == len(documents)
    for text, sentences in zip(documents, parsed, strict=True):
        assert [s.index for s in sentences] == list(range(len(sentences)))
        tokens = [t for s in sentences for t in s.tokens]
        assert all(text[t.start : t.end] == t.text for t in tokens)
        assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
        read = "".join(t.text for t in tokens)
        kept = "".join(part for part, _ in _blocks(text))  # all but datelines
        assert "".join(read.split()) == "".join(kept.split())
        for s in sentences:
            assert s.text == text[s.start : s.end]
            assert s.tokens and is_forest(s)
            assert [t.i for t in s.tokens] == list(range(len(s.tokens)))


def test_a_space_may_govern_a_word() -> None:
    program = "from factloom.extract.language import parse; print(len(list(parse(['\\t?']))))"
    done = subprocess.run([sys.executable, "-c", program], timeout=40, capture_output=True, check=True)
    assert done.stdout.strip() == b"1"


def test_no_sentence_runs_over_a_blank_line() -> None:
    (sentences,) = parse(["Ships of the navy\n\nNorway built a ship\n \nand sold it"])
    assert all("\n\n" not in s.text and "\n \n" not in s.text for s in sentences)
    assert len(sentences) >= 3


def test_a_document_with_nothing_in_it() -> None:
    assert list(parse([])) == []
    assert list(parse(["", " \n\n ", "\n"])) == [[], [], []]


def test_documents_keep_their_order_and_their_sentences() -> None:
    documents = ["Eva won.", "", "Tom lost. Ann slept.\n\nIt rained.", "End."]
    parsed = list(parse(documents))
    assert [" ".join(s.text for s in found) for found in parsed] == [
        "Eva won.",
        "",
        "Tom lost. Ann slept. It rained.",
        "End.",
    ]


def test_a_document_is_parsed_the_same_beside_others() -> None:
    text = "Nokia, which makes phones, hired 200 engineers."
    (alone,) = parse([text])
    among = list(parse(["Eva won.", text, "Tom lost."]))[1]
    assert [(t.text, t.dep, t.head.i) for s in alone for t in s.tokens] == [
        (t.text, t.dep, t.head.i) for s in among for t in s.tokens
    ]


def test_lemmas_of_names_keep_their_case() -> None:
    (sentences,) = parse(["Tim Cook visited Berlin."])
    lemmas = {t.text: t.lemma for s in sentences for t in s.tokens}
    assert lemmas["Berlin"] == "Berlin"
    assert lemmas["visited"] == "visit"


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="'no_such_model' is not installed"):
        load("no_such_model")


def test_a_model_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="no parser and no tagger"):
        load(str(tmp_path))


def test_a_model_is_loaded_once() -> None:
    assert load() is load()


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Eva Berg co-founded Nokia.", "co-founded", "co-found"),
        ("Nokia was co-owned by Eva Berg.", "co-owned", "co-own"),
        ("She re-opened the plant.", "re-opened", "re-open"),
        ("Congress over-ruled the veto.", "over-ruled", "over-rule"),
    ],
)
def test_a_prefixed_verb_is_one_word_with_a_lemma(text: str, word: str, lemma: str) -> None:
    (sentence,) = next(iter(parse([text])))
    token = next(t for t in sentence.tokens if t.text == word)
    assert (token.pos, token.lemma, token.dep) == ("VERB", lemma, "ROOT")


def test_a_dateline_ends_on_its_line() -> None:
    (sentences,) = parse(["U.S.\n- Nokia"])
    assert [t.text for s in sentences for t in s.tokens] == ["U.S.", "-", "Nokia"]
