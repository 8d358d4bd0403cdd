"""Open statements as the scorers read them, and where they come from.

Takes sentences, gives for each a list of `Extraction`s: from a Python callable, from JSON Lines in the
form of `factloom statements --open`, or by running that command. Judging them is left to the scorers.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .data import output_of


@dataclass(frozen=True, slots=True)
class Extraction:
    """One open statement in words. `object` is empty for an intransitive without one.

    `args` are the further arguments in reading order, each with its preposition; `confidence` in [0, 1].
    """

    subject: str
    relation: str
    object: str = ""
    args: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def arguments(self) -> tuple[str, ...]:
        """Subject, object and further arguments, without the empty ones after the subject."""
        return (self.subject, *(a for a in (self.object, *self.args) if a))


Reader = Callable[[Sequence[str]], list[list[Extraction]]]


def from_contract(record: dict[str, object]) -> Extraction:
    """An extraction from one JSON object of `factloom statements --open`."""
    arguments = record.get("arguments") or []
    assert isinstance(arguments, list)
    return Extraction(
        subject=_text(record["subject"]),
        relation=_text(record["relation"]),
        object=_text(record.get("object")),
        args=tuple(_text(a) for a in arguments),
        confidence=float(str(record.get("confidence", 1.0))),
    )


def _text(part: object) -> str:
    return " ".join(str(part["text"]).split()) if isinstance(part, dict) else ""


def sentence_id(index: int) -> str:
    """The document id under which the sentence of this index is handed to the reader."""
    return f"sentence-{index:05d}"


def write_input(sentences: Sequence[str], path: Path) -> None:
    """One JSON Lines document for each sentence."""
    with path.open("w", encoding="utf-8") as file:
        for index, text in enumerate(sentences):
            file.write(json.dumps({"id": sentence_id(index), "text": text}, ensure_ascii=False) + "\n")


def group(lines: Iterable[str], sentences: Sequence[str]) -> list[list[Extraction]]:
    """Extractions by sentence, found by the document's id or else by the sentence's text."""
    by_id = {sentence_id(i): i for i in range(len(sentences))}
    by_text = {squeeze(text): i for i, text in enumerate(sentences)}
    found: list[list[Extraction]] = [[] for _ in sentences]
    for line in filter(str.strip, lines):
        record = json.loads(line)
        index = by_id.get(str(record.get("document", "")))
        if index is None:
            index = by_text.get(squeeze(record["sentence"]["text"]))
        if index is not None:
            found[index].append(from_contract(record))
    return found


def squeeze(text: str) -> str:
    """Letters and digits alone, the Penn bracket codes left out: one key for all spacings of a sentence."""
    for code in ("-LRB-", "-RRB-", "-LSB-", "-RSB-", "-LCB-", "-RCB-"):
        text = text.replace(code, " ")
    return "".join(c for c in text if c.isalnum())


def run_factloom(sentences: Sequence[str]) -> list[list[Extraction]]:
    """The extractions of `factloom statements --open`, each sentence as a document of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentences.jsonl"
        write_input(sentences, path)
        command = [sys.executable, "-m", "factloom", "statements", str(path), "--open"]
        output = output_of(command)
    return group(output.splitlines(), sentences)


def reader_named(name: str) -> Reader:
    """The callable `module:function`, made into a reader."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


def predictions_file(path: Path) -> Reader:
    """A reader that gives what a JSON Lines file says."""

    def read(sentences: Sequence[str]) -> list[list[Extraction]]:
        return group(path.read_text(encoding="utf-8").splitlines(), sentences)

    return read
