"""The ledger of silent sentences (`drops.jsonl`): every sentence without a statement, with the reasons.

One line a sentence, documents in the order of the build, sentences in reading order. A sentence can be
looked up, with what it gave or why it gave nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factloom.graph.files import settle
from factloom.graph.text import printable
from factloom.ontology.errors import UsageError
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


# --- Looking a sentence up


@dataclass(frozen=True, slots=True)
class Looked:
    """A sentence of a build: its document, characters and words, and what it gave (`statements`, rows of
    statements.jsonl) or why it gave nothing (`reasons`)."""

    document: str
    span: Span
    text: str
    statements: tuple[dict[str, Any], ...]
    reasons: tuple[str, ...]


def look_up(directory: Path, sentence: str) -> list[Looked]:
    """The sentences of a build in DIR that hold some words, or that a place DOCUMENT:CHARACTER is in.

    Case and white space don't matter. Raises `UsageError` when there is none, or DIR has no ledger.
    """
    settle(directory)
    files = [directory / name for name in ("statements.jsonl", "drops.jsonl")]
    for path in files:
        if not path.is_file():
            raise UsageError(f"no {path.name} in {directory}; name a folder that `factloom build` wrote")
    meets = _place_test(sentence) or _words_test(sentence)
    found: dict[tuple[str, Span], Looked] = {}
    for row in (json.loads(line) for path in files for line in _lines(path)):
        place = row["sentence"]
        if meets(row["document"], place):
            span = Span(place["start"], place["end"])
            known = found.get((row["document"], span))
            gave = (*(known.statements if known else ()), *([row] if "relation" in row else ()))
            reasons = tuple(row.get("reasons", ()))
            found[row["document"], span] = Looked(row["document"], span, place["text"], gave, reasons)
    if not found:
        raise UsageError(f"no sentence with {sentence!r}; give words as they stand, or DOCUMENT:CHARACTER")
    return [found[key] for key in sorted(found)]


def render(looked: Iterable[Looked]) -> str:
    """Sentences with what they gave or why they gave nothing, as text."""
    lines: list[str] = []
    for one in looked:
        lines += [*([""] if lines else []), f'"{one.text}"']
        lines.append(f"  document: {one.document}, characters {one.span.start} to {one.span.end}")
        lines += [f"  gave: {_said(row)}" for row in one.statements]
        if not one.statements:
            lines += [f"  gave nothing: {reason}" for reason in one.reasons]
    return "\n".join(printable(line) for line in lines)


_Test = Callable[[str, dict[str, Any]], bool]


def _place_test(sentence: str) -> _Test | None:
    document, _, offset = sentence.rpartition(":")
    if not document or not offset.isdecimal():
        return None
    return lambda name, place: name == document and place["start"] <= int(offset) < place["end"]


def _words_test(sentence: str) -> _Test:
    words = " ".join(sentence.split()).casefold()
    return lambda _, place: words in " ".join(place["text"].split()).casefold()


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        yield from file


def _said(row: dict[str, Any]) -> str:
    target = row["object"].get("label") or row["object"].get("value")
    return (
        f"{row['subject']['label']} — {row['relation']['label']} → {target}"
        f"   {row['status']}, confidence {row['confidence']:.2f}, {row['rule']}"
    )
