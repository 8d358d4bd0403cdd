"""The ledger of silent sentences (`drops.jsonl`): every sentence without a statement, with the reasons.

One line a sentence, documents in the order of the build, sentences in reading order.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factloom.ontology.records import Span


@dataclass(frozen=True, slots=True)
class Silent:
    """A sentence that gave no statement: its characters in the document, its words, and why (at least one
    reason)."""

    span: Span
    text: str
    reasons: tuple[str, ...]


def ledger_line(document: str, silent: Silent) -> str:
    """The line of a silent sentence of a document, with its end."""
    row: dict[str, Any] = {
        "document": document,
        "sentence": {"text": silent.text, "start": silent.span.start, "end": silent.span.end},
        "reasons": list(silent.reasons),
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


def silences_in(path: Path) -> dict[str, tuple[tuple[int, int, str], ...]]:
    """What a ledger says, by document: start, end (characters) and reasons of each silent sentence.

    Empty where there is no ledger.
    """
    if not path.is_file():
        return {}
    found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        for line in file:
            row = json.loads(line)
            place = row["sentence"]
            found[row["document"]].append((place["start"], place["end"], "; ".join(row["reasons"])))
    return {document: tuple(rows) for document, rows in found.items()}
