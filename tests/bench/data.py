"""Where the benchmark data lies, and the message when it does not.

Takes a name below `../shared`, gives a path that exists. What is in the files is left to each scorer.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


class MissingDataError(Exception):
    """The data of a benchmark is not beside this checkout; the message says where it is looked for."""


def shared(name: str) -> Path:
    """The path of `../shared/NAME`; MissingDataError when there is nothing."""
    path = SHARED / name
    if not path.exists():
        raise MissingDataError(f"no {path}: the benchmark data is kept in ../shared, beside the checkout")
    return path


def output_of(command: Sequence[str]) -> str:
    """What the command prints; an exit code of 1 is well: what was left out is named on standard error."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        done.check_returncode()
    return done.stdout
