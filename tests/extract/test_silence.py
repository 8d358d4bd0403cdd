"""Every sentence without a statement has a reason, and the reason is the right one."""

from __future__ import annotations

import pytest

from factloom.extract import reading
from factloom.extract.language import parse
from factloom.extract.reading import Reading
from factloom.extract.silence import (
    KINDS,
    NO_SUBJECT,
    NO_VERB,
    NO_WORDS,
    QUESTION,
    SPEAKER,
)
from factloom.ontology.records import Document
from tests.cases.cases import read_cases
from tests.cases.frozen import read_parses, unpack
from tests.cases.judge import schema


def _read(text: str) -> Reading:
    [sentences] = parse([text])
    return reading.read(Document("d", text, "", "d.txt"), sentences, schema())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("About us", NO_VERB),
        ("* * *", NO_WORDS),
        ("Who will win?", QUESTION),
        ("Press the red button.", NO_SUBJECT),
        ("I laughed.", SPEAKER),
        ("SAMSUNG TO SELL HARMAN", "headline in capitals"),
    ],
)
def test_reason(text: str, kind: str) -> None:
    assert [d.kind for d in _read(text).silent()] == [kind]


def test_every_silent_sentence_of_the_cases_has_one_reason() -> None:
    frozen = read_parses()
    kinds = set()
    for case in read_cases():
        sentences = unpack(frozen[case.text])
        found = reading.read(Document("d", case.text, "", "d.txt", date=case.date), sentences, schema())
        silent = list(found.silent())
        spoken = {d.proposition.sentence.start for d in found.drafts}
        assert sorted([d.start for d in silent] + list(spoken)) == [s.start for s in sentences]
        kinds.update(d.kind for d in silent if not d.rule)
        assert [d.start for d in found.drops] == sorted(d.start for d in found.drops)
    assert kinds - {"headline in capitals"} <= set(KINDS)
