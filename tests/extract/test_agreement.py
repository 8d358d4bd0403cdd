"""What a second parser bears out: how its attachments are looked at, and what is left out without it."""

from __future__ import annotations

import pytest

from factloom.extract.agreement import attached_otherwise, compare
from factloom.extract.clauses import clauses
from factloom.extract.drafts import Drop
from factloom.extract.language import parse
from factloom.extract.propositions import Proposition
from factloom.extract.reading import Reading, read
from factloom.extract.rules import propositions
from factloom.extract.status import settle
from factloom.extract.tokens import Sentence
from factloom.ontology.records import Document
from factloom.ontology.schema import load_schema

pytestmark = pytest.mark.model
NOUNS = "Nokia, a telephone company, praised Anna Berg."


def one(text: str) -> Sentence:
    ((sentence,),) = parse([text])
    return sentence


def turned(sentence: Sentence, word: str, head: str, dep: str) -> Sentence:
    """The sentence as a second parser would see it that attaches one word otherwise."""
    place = {t.text: t.i for t in sentence.tokens}
    second = [(t.head.i, t.dep) for t in sentence.tokens]
    second[place[word]] = (place[head], dep)
    sentence.second = tuple(second)
    return sentence


def found(sentence: Sentence) -> list[Proposition]:
    own = clauses(sentence)
    settle(sentence, own)
    return list(propositions(sentence, own))


def reading(text: str, word: str, head: str, dep: str) -> Reading:
    return read(Document("a", text, "", ""), [turned(one(text), word, head, dep)], load_schema())


def told(read_here: Reading) -> list[tuple[str, str]]:
    return [(d.subject.label, getattr(d.object, "label", "")) for d in read_here.drafts]


def test_every_sentence_is_looked_at_twice_word_by_word() -> None:
    parsed = list(
        parse(["Intel sued Nikon.\n \nIt won , \n and left.", "Anna Berg, a chemist, met Eva Lund."])
    )
    for sentence in (s for sentences in parsed for s in sentences):
        assert sentence.second is not None
        assert len(sentence.second) == len(sentence.tokens)
        assert all(0 <= head < len(sentence.tokens) for head, _ in sentence.second)
    assert parsed[0][0].second == ((1, "nsubj"), (1, "ROOT"), (1, "dobj"), (1, "punct"))


def test_the_same_attachments_are_not_looked_at_again() -> None:
    sentence = one("Intel sued Nikon.")
    assert attached_otherwise(sentence) is None
    sentence.second = None
    assert attached_otherwise(sentence) is None


def test_other_attachments_make_another_sentence_of_the_same_words() -> None:
    sentence = turned(one(NOUNS), "company", "Berg", "appos")
    other = attached_otherwise(sentence)
    assert other is not None
    assert [t.text for t in other.tokens] == [t.text for t in sentence.tokens]
    company, berg = (next(t for t in other.tokens if t.text == word) for word in ("company", "Berg"))
    assert company.head is berg and company in berg.children
    assert (
        next(t for t in sentence.tokens if t.text == "company").head.text == "Nokia"
    )  # the first is left alone


def test_what_both_give_is_seconded() -> None:
    sentence = turned(one(NOUNS), "company", "Berg", "appos")
    other = attached_otherwise(sentence)
    assert other is not None
    here = found(sentence)
    compare(here, found(other))
    seconded = {(p.subject.text, p.object.text): p.seconded for p in here}
    assert seconded["Nokia", "Berg"]
    assert not seconded["Nokia", "company"]


def test_a_name_beside_its_noun_is_the_same_end() -> None:
    sentence = one("Nokia praised the chemist Berg.")
    (praised,) = [p for p in found(sentence) if p.pattern == "praise"]
    beside = (
        praised.object.head if praised.object.dep in ("compound", "appos") else praised.object.children[-1]
    )
    again = [
        Proposition(
            praised.rule, praised.form, sentence, praised.subject, beside, "praise", (), clause=praised.clause
        )
    ]
    compare([praised], again)
    assert praised.seconded


def test_a_kind_that_one_parser_gives_is_left_out_and_said_to_be() -> None:
    assert ("Nokia", "telephone company") in told(reading(NOUNS, ".", "praised", "punct"))
    alone = reading(NOUNS, "company", "Berg", "appos")
    assert ("Nokia", "telephone company") not in told(alone)
    assert _reason(alone.drops) == ["Nokia … company"]


def test_a_relation_of_an_ontology_stays() -> None:
    text = "Anna Berg founded Nokia in Oslo."
    alone = reading(text, "Nokia", "Berg", "appos")
    assert ("Anna Berg", "Nokia") in told(alone)
    assert not _reason(alone.drops)


def _reason(drops: list[Drop]) -> list[str]:
    return [
        d.reason.split(": ")[-1].strip("'")
        for d in drops
        if d.kind == "another parser attaches the words otherwise"
    ]
