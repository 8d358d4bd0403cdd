"""Statuses: sentences that tempt a reader to state too much, and what may stand as a plain triple after them.

Takes `tests/cases/status.md`, where a quoted line holds a sentence and the list under it what must be read:

    > Tesla did not acquire DeepSeek.

    - denied: Tesla | acquire | DeepSeek

Each item is a status and subject | relation | object, every part a pattern (regular expression, case
ignored) that must be found in the part's text, label or IRI. Every listed statement must be there with its
status, and every statement that comes out as stated must be listed as `stated` (or `may`, which need not
be there). A sentence is right when both hold; it is safe when the second holds.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .data import ROOT, MissingDataError
from .predictions import sentence_id, write_input
from .report import table

CASES = ROOT / "tests" / "cases" / "status.md"
ITEM = re.compile(r"[-*]\s+(\w+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Expected:
    """A status and patterns for subject, relation and object."""

    status: str
    parts: tuple[str, ...]

    def fits(self, record: dict[str, object]) -> bool:
        """Whether a statement says this, whatever its status."""
        fields = ("subject", "relation", "object")
        return all(
            any(re.search(pattern, text, re.IGNORECASE) for text in _texts(record.get(name)))
            for pattern, name in zip(self.parts, fields, strict=False)
        )


@dataclass(slots=True)
class Trap:
    """A sentence and what must, or may, be read from it."""

    sentence: str
    expected: list[Expected] = field(default_factory=list)


def _texts(part: object) -> list[str]:
    if not isinstance(part, dict):
        return [""]
    return [str(part[key]) for key in ("text", "label", "iri", "value") if part.get(key)]


def read_cases(text: str) -> list[Trap]:
    """The traps of a Markdown text; ValueError for a list item that is not a status and its parts."""
    traps: list[Trap] = []
    for line in text.splitlines():
        item = ITEM.match(line)
        if line.startswith("> "):
            traps.append(Trap(line[2:].strip()))
        elif item and traps:
            parts = tuple(p.strip() for p in item[2].split("|"))
            if not 2 <= len(parts) <= 3:
                raise ValueError(f"not subject | relation | object: {line!r}")
            traps[-1].expected.append(Expected(item[1], parts))
    return traps


def judge(trap: Trap, records: Sequence[dict[str, object]]) -> tuple[list[Expected], list[dict[str, object]]]:
    """What is missing, and which statements are stated though they must not be."""
    missing = [
        e
        for e in trap.expected
        if e.status != "may" and not any(r["status"] == e.status and e.fits(r) for r in records)
    ]
    allowed = [e for e in trap.expected if e.status in ("stated", "may")]
    wrong = [r for r in records if r["status"] == "stated" and not any(e.fits(r) for e in allowed)]
    return missing, wrong


def run_factloom(sentences: Sequence[str]) -> list[list[dict[str, object]]]:
    """What `factloom statements` reads in each sentence, each a document of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "traps.jsonl"
        write_input(sentences, path)
        command = [sys.executable, "-m", "factloom", "statements", str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True)
    return group(done.stdout.splitlines(), len(sentences))


def group(lines: Iterable[str], count: int) -> list[list[dict[str, object]]]:
    """Statements by the index of their document."""
    index = {sentence_id(i): i for i in range(count)}
    found: list[list[dict[str, object]]] = [[] for _ in range(count)]
    for line in filter(str.strip, lines):
        record = json.loads(line)
        found[index[record["document"]]].append(record)
    return found


def show(record: dict[str, object]) -> str:
    """A statement on one line."""
    return " | ".join(_texts(record.get(name))[0] for name in ("subject", "relation", "object"))


def main(arguments: Sequence[str]) -> int:
    """Statuses: which sentences give exactly the plain triples they should; 1 if under 95 % are safe."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench traps", description=main.__doc__)
    parser.add_argument("cases", nargs="?", type=Path, default=CASES, help="tests/cases/status.md")
    path = parser.parse_args(arguments).cases
    if not path.exists():
        raise MissingDataError(f"no {path}: the sentences of this benchmark are kept there")
    traps = read_cases(path.read_text(encoding="utf-8"))
    results = [judge(t, r) for t, r in zip(traps, run_factloom([t.sentence for t in traps]), strict=True)]
    for trap, (missing, wrong) in zip(traps, results, strict=True):
        if missing or wrong:
            print(f"\n{trap.sentence}")
            print("".join(f"    missing  {e.status}: {' | '.join(e.parts)}\n" for e in missing), end="")
            print("".join(f"    stated   {show(r)}\n" for r in wrong), end="")
    safe, right = sum(not w for _, w in results), sum(not m and not w for m, w in results)
    total = max(len(traps), 1)
    print(
        table(
            ["sentences", "safe", "share", "right", "share "],
            [[len(traps), safe, safe / total, right, right / total]],
        )
    )
    return int(safe < 0.95 * total)
