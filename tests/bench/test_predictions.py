"""Reading statements in the form of `factloom statements --open`."""

from __future__ import annotations

import json
from pathlib import Path

from .predictions import Extraction, from_contract, group, sentence_id, squeeze, write_input

RECORD = {
    "document": sentence_id(1),
    "sentence": {"text": "Anna sailed to Oslo.", "start": 0, "end": 20},
    "subject": {"text": "Anna", "start": 0, "end": 4},
    "relation": {"text": "sailed", "start": 5, "end": 11},
    "arguments": [{"role": "target", "text": "to  Oslo", "start": 12, "end": 19}],
    "confidence": 0.75,
}


def test_a_record_becomes_an_extraction() -> None:
    assert from_contract(RECORD) == Extraction("Anna", "sailed", "", ("to Oslo",), 0.75)
    assert from_contract(RECORD).arguments == ("Anna", "to Oslo")


def test_records_are_grouped_by_document_or_sentence() -> None:
    other = RECORD | {"document": "elsewhere.txt"}
    lines = [json.dumps(RECORD), "", json.dumps(other)]
    grouped = group(lines, ["Eva slept .", "Anna saw it .", "Anna sailed to Oslo ."])
    assert [len(g) for g in grouped] == [0, 1, 1]


def test_the_key_of_a_sentence_ignores_spacing_and_brackets() -> None:
    assert squeeze("Oslo -LRB- Norway -RRB- .") == squeeze("Oslo (Norway).")


def test_each_sentence_is_a_document(tmp_path: Path) -> None:
    write_input(["Één.", "Two."], tmp_path / "in.jsonl")
    lines = (tmp_path / "in.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [sentence_id(0), sentence_id(1)]
