"""Statuses: sentences that tempt a reader to state too much, read with the live parser.

Takes cases of `tests/cases` (by default those of negation, modality, attribution and status; README.md there
tells the format), prints what is missing and what is stated too much. A sentence is safe when nothing is
stated that its case forbids or, under `only`, does not list; it is right when nothing is missing either.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from factloom.extract.language import parse
from tests.cases.cases import Case, read_cases
from tests.cases.judge import complaints, statements

from .report import table

FILES = ("attribution", "modality", "negation", "status")
TARGET = 0.95


def unsafe(complaint: str) -> bool:
    """Whether a complaint is about something that must not be stated."""
    return complaint.startswith(("wrong: ", "too much: "))


def judged(cases: Sequence[Case]) -> list[tuple[Case, list[str]]]:
    """The complaints about each case, parsed anew."""
    parses = parse(case.text for case in cases)
    return [(c, list(complaints(c, statements(c, s)))) for c, s in zip(cases, parses, strict=True)]


def rows(results: Sequence[tuple[Case, list[str]]]) -> list[list[object]]:
    """Sentences, safe and right ones with their shares, by file and in all."""
    files = sorted({case.file for case, _ in results})
    found: list[list[object]] = []
    for name in (*files, "all"):
        mine = [wrong for case, wrong in results if name in (case.file, "all")]
        safe, right = sum(not any(map(unsafe, w)) for w in mine), sum(not w for w in mine)
        found.append([name, len(mine), safe, safe / max(len(mine), 1), right, right / max(len(mine), 1)])
    return found


def main(arguments: Sequence[str]) -> int:
    """Statuses: which sentences give no plain triple that they should not; 1 if under 95 % are safe."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench traps", description=main.__doc__)
    parser.add_argument("files", nargs="*", default=FILES, help="files of tests/cases, without .md")
    wanted = parser.parse_args(arguments).files
    cases = read_cases()
    unknown = set(wanted) - {case.file for case in cases}
    if unknown:
        known = ", ".join(sorted({case.file for case in cases}))
        parser.error(f"no cases in {', '.join(sorted(unknown))}; known: {known}")
    results = judged([case for case in cases if case.file in wanted])
    for case, wrong in results:
        if wrong:
            print("\n    ".join([f"> {case.text}", *wrong]))
    found = rows(results)
    print("\n" + table(["statuses", "sentences", "safe", "share", "right", "share "], found))
    share = found[-1][3]
    return int(not isinstance(share, float) or share < TARGET)
