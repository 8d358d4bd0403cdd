"""From readings to statements: the same twice, in any order of documents, and under any hash seed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from factloom.extract import linking, reading
from factloom.extract.tokens import Sentence
from factloom.graph.merge import merge
from factloom.ontology.records import Document, Literal, Mention, Statement
from tests.cases.cases import Case, read_cases
from tests.cases.frozen import read_parses, unpack
from tests.cases.judge import schema
from tests.extract.test_repairs import parses

ONE_IN = 6


@cache
def documents() -> tuple[tuple[Document, dict[str, object]], ...]:
    """Every sixth case as a document of its own, with its frozen parse."""
    frozen = read_parses()
    picked = read_cases()[::ONE_IN]
    return tuple((_document(c, f"case-{i}"), frozen[c.text]) for i, c in enumerate(picked))


def _document(case: Case, name: str) -> Document:
    return Document(name, case.text, "", f"{name}.txt", date=case.date)


def _read(document: Document, sentences: list[Sentence]) -> list[Statement]:
    return list(linking.statements(reading.read(document, sentences, schema()), schema()))


def _all(order: list[int]) -> list[Statement]:
    found = []
    for i in order:
        document, parse = documents()[i]
        found += _read(document, unpack(parse))
    return found


def test_two_readings_are_the_same() -> None:
    order = list(range(len(documents())))
    assert _all(order) == _all(order)


def test_the_order_of_documents_does_not_matter() -> None:
    order = list(range(len(documents())))
    straight = merge(_all(order))
    for seed in range(3):
        random.Random(seed).shuffle(order)
        assert merge(_all(order)) == straight


def test_a_document_read_twice_says_nothing_new() -> None:
    order = list(range(len(documents())))
    assert merge(_all(order) + _all(order)) == merge(_all(order))


def test_names_are_shared_and_descriptions_are_not() -> None:
    frozen = read_parses()
    text = "Apple opened its store in Rome."
    one, other = (_read(Document(n, text, "", n), unpack(frozen[text])) for n in ("a", "b"))
    entities = [{s.subject.label: s.subject.iri for s in found} for found in (one, other)]
    stores = [{s.object.iri for s in found if not isinstance(s.object, Literal)} for found in (one, other)]
    assert entities[0]["Apple"] == entities[1]["Apple"]
    assert stores[0] and stores[0].isdisjoint(stores[1] - {x for x in stores[1] if "Apple" in x})


def test_every_mention_stands_in_its_sentence() -> None:
    for document, parse in documents():
        for statement in _read(document, unpack(parse)):
            (e,) = statement.evidence
            assert document.text[e.sentence.start : e.sentence.end] == e.sentence_text
            assert e.sentence.start <= e.span.start <= e.span.end <= e.sentence.end
            assert 0 < e.confidence < 1
            for mention in (e.subject, e.relation, e.object, *(q.mention for q in e.qualifiers)):
                _in_place(document, mention)


def _in_place(document: Document, mention: Mention) -> None:
    assert document.text[mention.span.start : mention.span.end] == mention.text
    assert mention.text.strip() == mention.text != ""


def test_nothing_relates_to_itself() -> None:
    for statement in _all(list(range(len(documents())))):
        assert isinstance(statement.object, Literal) or statement.subject.iri != statement.object.iri


def test_one_evidence_a_statement_and_no_statement_twice() -> None:
    for document, parse in documents():
        found = _read(document, unpack(parse))
        places = [(s.key, s.evidence[0].sentence, s.status) for s in found]
        assert len(places) == len(set(places))


@pytest.mark.slow
def test_the_hash_seed_does_not_matter(root: Path) -> None:
    command = [sys.executable, "-m", "tests.cases.check", "coordination", "--every"]
    runs = [
        subprocess.run(
            command, cwd=root, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


@settings(max_examples=200, deadline=None)
@given(parses())
def test_no_parse_is_too_odd(sentence: Sentence) -> None:
    """Whatever tree a parser gives, the reader gives statements whose words are in the text."""
    document = Document("odd", sentence.text, "", "odd.txt")
    for statement in _read(document, [sentence]):
        _in_place(document, statement.evidence[0].subject)
        _in_place(document, statement.evidence[0].object)
