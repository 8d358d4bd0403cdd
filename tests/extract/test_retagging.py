"""Names that the tagger took for common words, and lines in which no capital tells anything."""

from __future__ import annotations

import pytest

from factloom.extract.retagging import in_capitals, retag_names
from tests.cases.trees import tree

WORKED = "Reyes~reye/NOUN/NNS/nsubj/2 had~have/AUX/VBD/aux/2 worked~work/VERB/VBN/ROOT/2"
NAMED = "Ana/PROPN/NNP/compound/1 Reyes/PROPN/NNP/nsubj/2 left~leave/VERB/VBD/ROOT/2"


def test_a_word_that_is_a_name_elsewhere_is_a_name() -> None:
    plain, named = tree(WORKED), tree(NAMED)
    retag_names([plain, named])
    assert (plain.tokens[0].pos, plain.tokens[0].lemma) == ("PROPN", "Reyes")


def test_a_common_word_stays_one() -> None:
    sentence = tree("Banks~bank/NOUN/NNS/nsubj/1 lost~lose/VERB/VBD/ROOT/1 money/NOUN/NN/dobj/1")
    retag_names([sentence])
    assert [t.pos for t in sentence.tokens] == ["NOUN", "VERB", "NOUN"]


def test_a_name_with_an_article_is_the_word() -> None:
    named = tree("Apple/PROPN/NNP/nsubj/1 grew~grow/VERB/VBD/ROOT/1")
    fruit = tree("An/DET/DT/det/1 Apple~apple/NOUN/NN/nsubj/2 fell~fall/VERB/VBD/ROOT/2")
    retag_names([named, fruit])
    assert fruit.tokens[1].pos == "NOUN"


def test_a_verb_that_no_lexicon_knows_is_a_name() -> None:
    sentence = tree("Spotify~spotify/VERB/VB/nsubj/1 grew~grow/VERB/VBD/ROOT/1")
    retag_names([sentence])
    assert sentence.tokens[0].pos == "PROPN"


@pytest.mark.parametrize(
    ("line", "capitals"),
    [
        ("SAMSUNG/PROPN/NNP/nsubj/1 ACQUIRES/VERB/VBZ/ROOT/1 HARMAN/PROPN/NNP/dobj/1", True),
        ("Samsung/PROPN/NNP/nsubj/1 Acquires/VERB/VBZ/ROOT/1 Harman/PROPN/NNP/dobj/1", True),
        ("Samsung/PROPN/NNP/nsubj/1 acquires/VERB/VBZ/ROOT/1 Harman/PROPN/NNP/dobj/1", False),
        ("Samsung/PROPN/NNP/compound/1 Harman/PROPN/NNP/ROOT/1", False),
        ("Anna/PROPN/NNP/nsubj/1 Left/VERB/VBD/ROOT/1 Home/NOUN/NN/dobj/1 ./PUNCT/./punct/1", False),
    ],
)
def test_in_capitals(line: str, capitals: bool) -> None:
    assert in_capitals(tree(line)) is capitals
