"""Print the cases that fail, and what was read instead: `python -m tests.cases.check [NAME]`.

NAME is a part of a case's name: a phenomenon or some words of the text. With `--gaps` the names alone are
printed, as known_gaps.txt holds them; `--close` takes out of that file what passes now, and adds nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter

from .cases import GAPS, Case, read_cases
from .frozen import read_parses
from .judge import complaints, read_frozen, show


def main() -> None:
    """Prints failing cases by phenomenon, and the count."""
    options = argparse.ArgumentParser(prog="python -m tests.cases.check", description=__doc__)
    options.add_argument("name", nargs="?", default="", help="part of a case's name")
    options.add_argument("--gaps", action="store_true", help="names of failing cases alone")
    options.add_argument("--close", action="store_true", help="take what passes out of known_gaps.txt")
    options.add_argument("--every", action="store_true", help="passing cases too, with what was read")
    given = options.parse_args()
    if given.close:
        print(f"{_close()} gaps closed")
        return
    parses = read_parses()
    totals: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for case in read_cases():
        if given.name not in case.name:
            continue
        found = read_frozen(case, parses)
        wrong = list(complaints(case, found))
        totals[case.file] += 1
        failed[case.file] += bool(wrong)
        if wrong and given.gaps:
            print(case.name)
        elif wrong or given.every:
            _print(case, wrong, [show(s) for s in found])
    if not given.gaps:
        print("".join(f"{file}: {totals[file] - failed[file]}/{totals[file]}\n" for file in totals))
        print(f"{failed.total()} of {totals.total()} cases fail")


def _close() -> int:
    """Drop the names of passing cases from known_gaps.txt; how many they were."""
    parses = read_parses()
    failing = {c.name for c in read_cases() if any(complaints(c, read_frozen(c, parses)))}
    lines = GAPS.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line or line.startswith("#") or line in failing]
    GAPS.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    return len(lines) - len(kept)


def _print(case: Case, wrong: list[str], found: list[str]) -> None:
    print(f"{case.file} / {case.heading}\n> {case.text}")
    print("".join(f"    {line}\n" for line in wrong), end="")
    print("".join(f"      read: {line}\n" for line in found))


if __name__ == "__main__":
    main()
