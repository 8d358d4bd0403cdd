"""The pipeline as it is run here gives what spaCy's own way of running it gives, token by token."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from factloom.extract.language import DEFAULT_MODEL
from factloom.extract.piping import Pipe

# What the patterns of several tokens, the white space and the exceptions of the lemmatizer are met by.
ODD = [
    "",
    " ",
    "\t?",
    "Stop",
    "We ain't gonna sell, and y'all have got to let's say.  C'mon!",
    "There's a boat. There were better mice in the leaves, and they've got the best.",
    "I told you that it sees me; the dogs' owner isn't his.",
    "Ships of the navy \u00a0 sailed\n to Oslo , Norway, in 1905 .",
]


def sentences(number: int) -> list[str]:
    """Texts of growing length with many different names."""
    verbs = ("acquired", "was founded by", "did not sue", "may sell shares in", "hired")
    words = ["Norsk Hydro", "Anna Berg", "the University of Oslo", "a small boatyard", "Sol AS", "Mr. Lie"]
    one = [f"{words[n % 6]} {verbs[n % 5]} {words[(n * 5 + 2) % 6]} in {1900 + n}." for n in range(number)]
    return [" ".join(one[: n + 1]) for n in range(number)]


def told(docs: Iterable[Doc]) -> list[list[tuple[Any, ...]]]:
    return [
        [
            (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_type_, t.ent_iob_)
            for t in doc
        ]
        for doc in docs
    ]


@pytest.fixture(scope="module")
def plain() -> spacy.language.Language:
    return spacy.load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def ours() -> Pipe:
    return Pipe(spacy.load(DEFAULT_MODEL))


def test_as_spacy_runs_it(ours: Pipe, plain: spacy.language.Language) -> None:
    texts = [*ODD, *sentences(70), *ODD]
    assert told(ours.docs(texts)) == told(plain.pipe(texts))
    assert told(ours.docs(texts[::-1])) == told(plain.pipe(texts[::-1]))


def test_what_went_before_changes_nothing(ours: Pipe) -> None:
    texts = [*ODD, *sentences(12)]
    alone = [told(ours.docs([text]))[0] for text in texts]
    assert told(ours.docs(texts)) == alone


def test_texts_are_drawn_as_they_are_needed(ours: Pipe) -> None:
    drawn = 0

    def texts() -> Iterable[str]:
        nonlocal drawn
        while drawn < 2000:
            drawn += 1
            yield "Stop."

    next(iter(ours.docs(texts())))
    assert drawn < 2000


def test_components_of_other_kinds_run_as_they_stand(plain: spacy.language.Language) -> None:
    nlp, same = spacy.load(DEFAULT_MODEL), spacy.load(DEFAULT_MODEL)
    for one in (nlp, same):
        rules: Any = one.add_pipe("entity_ruler", before="ner")
        rules.add_patterns([{"label": "SHIP", "pattern": "Sol AS"}])
        one.add_pipe("merge_entities")
        own: Any = one.get_pipe("attribute_ruler")
        own.add([[{"LOWER": {"REGEX": "^boat"}}]], {"LEMMA": "vessel"})
        own.add([[{"SHAPE": "Xxx"}, {"OP": "?"}]], {"LEMMA": "short"})
    texts = sentences(8)
    found = told(Pipe(nlp).docs(texts))
    assert found == told(same.pipe(texts))
    assert found != told(plain.pipe(texts))
    assert "vessel" in {t[4] for doc in found for t in doc}
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    assert told(Pipe(blank).docs(texts)) == told(blank.pipe(texts))
