"""Frozen parses: our sentences written as JSON Lines, a line a text, and read back.

Takes `Sentence`s, gives lines that depend on nothing but them; spaCy is not needed to read them. A token
is a row: text, lemma, pos, tag, dep, index of its head, start, entity label, whether a name begins, whether
a space follows; and where the second parser attaches it otherwise, the index of that head and its label.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from factloom.extract.tokens import Sentence, Token, attach

from .cases import FOLDER

PARSES = FOLDER / "parses.jsonl"


def pack(text: str, sentences: list[Sentence], model: str) -> dict[str, Any]:
    """A text's parse in plain JSON types; `model` is the name and version of the pipeline."""
    rows = [{"start": s.start, "end": s.end, "tokens": _rows(s)} for s in sentences]
    return {"text": text, "model": model, "sentences": rows}


def _rows(sentence: Sentence) -> list[list[Any]]:
    return [_row(t, sentence.second[t.i] if sentence.second else None) for t in sentence.tokens]


def _row(t: Token, second: tuple[int, str] | None) -> list[Any]:
    flags = [int(t.ent_begin), int(t.space)]
    other = second if second is not None and second != (t.head.i, t.dep) else ()
    return [t.text, t.lemma, t.pos, t.tag, t.dep, t.head.i, t.start, t.ent, *flags, *other]


def unpack(parse: Mapping[str, Any]) -> list[Sentence]:
    """Fresh sentences: repairs change tokens, so every reading needs its own."""
    text: str = parse["text"]
    result = []
    for index, row in enumerate(parse["sentences"]):
        tokens = [_token(i, r) for i, r in enumerate(row["tokens"])]
        attach(tokens, (r[5] for r in row["tokens"]))
        sentence = Sentence(tokens, row["start"], row["end"], text[row["start"] : row["end"]], index)
        sentence.second = tuple((r[10], r[11]) if r[10:] else (r[5], r[4]) for r in row["tokens"])
        result.append(sentence)
    return result


def _token(i: int, row: list[Any]) -> Token:
    text, lemma, pos, tag, dep, _, start, ent, begins, space = row[:10]
    end = start + len(text)
    return Token(i, text, text.lower(), lemma, pos, tag, dep, start, end, ent, bool(begins), bool(space))


def read_parses(path: Path = PARSES) -> dict[str, dict[str, Any]]:
    """The parses by their texts."""
    if not path.exists():
        return {}
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["text"]: row for row in rows}


def write_parses(parses: Mapping[str, Mapping[str, Any]], path: Path = PARSES) -> None:
    """A line a text, in the order of texts."""
    lines = (json.dumps(parses[t], ensure_ascii=False, separators=(",", ":")) + "\n" for t in sorted(parses))
    path.write_text("".join(lines), encoding="utf-8")
