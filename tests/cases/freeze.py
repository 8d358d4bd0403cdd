"""Keep the parse of every case: `python -m tests.cases.freeze [--all]`.

Parses the texts of tests/cases/*.md that are not in parses.jsonl with the shipped model, and drops what no
case needs. `--all` parses every text again; that is for a new model, and its difference wants reading.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from typing import Any

from factloom.extract.language import DEFAULT_MODEL, parse

from .cases import read_cases
from .frozen import pack, read_parses, write_parses


def parsed(texts: list[str]) -> dict[str, dict[str, Any]]:
    """The packed parse of each text by the shipped model."""
    name = f"{DEFAULT_MODEL} {version(DEFAULT_MODEL)}"
    return {t: pack(t, s, name) for t, s in zip(texts, parse(texts), strict=True)}


def main() -> None:
    """Writes parses.jsonl anew."""
    options = argparse.ArgumentParser(prog="python -m tests.cases.freeze", description=__doc__)
    options.add_argument("--all", action="store_true", help="parse again what has a parse")
    again: bool = options.parse_args().all
    texts = list(dict.fromkeys(case.text for case in read_cases()))
    known = {} if again else read_parses()
    new = [t for t in texts if t not in known]
    kept = {t: known[t] for t in texts if t in known}
    write_parses(kept | parsed(new))
    print(f"{len(texts)} texts, {len(new)} parsed, {len(known) - len(kept)} dropped")


if __name__ == "__main__":
    main()
