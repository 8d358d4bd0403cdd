"""Kill -9 at random points of builds and updates: each is resumed and must end with the undisturbed bytes.

Every round starts a build (or an update) in a process group of its own and kills the group after a random
part of the time the undisturbed run takes. After each kill no file of the graph may be half-written: it is
absent, or it has the bytes of a whole graph, the old one's or the new one's; and to a command that opens
the folder all are of one graph. A run that was killed is started again, in the same folder, until one ends
by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factloom.graph.files import settle

from .report import table

FILES = ("graph.ttl", "graph.html", "statements.jsonl", "drops.jsonl")
PLACES = ("Oslo", "Bergen", "Kenya", "Peru", "Washington", "Lisbon")
NAMES = ("Fjordtech", "Nordlys", "Solwind", "Oslo Bank", "Brightwell Semiconductor", "Brightwell", "Corvane")
VERBS = ("acquired", "sued", "may acquire", "did not sue", "plans to buy", "praised")


def write_documents(path: Path, number: int, chance: random.Random) -> None:
    """A JSON Lines file of short documents."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            names = chance.sample(NAMES, 3)
            text = (
                f"{names[0]} {chance.choice(VERBS)} {names[1]} in {chance.randint(1990, 2025)}. "
                f"{names[2]} opened a plant in {chance.choice(PLACES)}. The plant employs {n + 2} people."
            )
            file.write(json.dumps({"id": f"{path.stem}-{n}", "text": text}) + "\n")


@dataclass
class Trial:
    """A command that leads from one whole graph (or none) to another, killed again and again."""

    name: str
    command: Sequence[str]
    folder: Path
    start: Path | None
    whole: dict[str, bytes]
    seconds: float
    kills: int = 0
    broken: list[str] = field(default_factory=list)

    def round(self, chance: random.Random) -> None:
        """From the start to the end, with kills on the way."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.start is not None:
            shutil.copytree(self.start, self.folder)
        for _ in range(20):
            if not self._killed(chance.uniform(0, 1.1) * self.seconds):
                break
            self._check_whole()
        else:
            run(self.command)
        if contents(self.folder) != self.whole:
            self.broken.append(f"other bytes at the end of a round of {self.name}")

    def _killed(self, after: float) -> bool:
        """Whether the command had to be killed; one that ends by itself must end well."""
        process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            _, errors = process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.kills += 1
            return True
        if process.returncode:
            self.broken.append(errors.decode(errors="replace").strip())
        return False

    def _check_whole(self) -> None:
        old = contents(self.start) if self.start is not None else {}
        for name, data in contents(self.folder).items():
            if data not in (old.get(name), self.whole[name]):
                self.broken.append(f"{name} is half-written")
        if self.folder.is_dir():
            settle(self.folder)
            if contents(self.folder) not in (old, self.whole):
                self.broken.append("files of two builds side by side")


def contents(folder: Path) -> dict[str, bytes]:
    """The files of the graph that are there."""
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


def run(command: Sequence[str]) -> float:
    """Seconds of a command that must end well."""
    before = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - before


def trials(work: Path, documents: int, workers: int) -> list[Trial]:
    """A build, and an update that adds and removes."""
    chance = random.Random(1)
    write_documents(work / "first.jsonl", documents, chance)
    write_documents(work / "second.jsonl", max(documents // 3, 1), chance)
    factloom = [sys.executable, "-m", "factloom"]
    first, second, out = str(work / "first.jsonl"), str(work / "second.jsonl"), work / "out"
    more = ["--workers", str(workers)]

    def trial(name: str, arguments: Sequence[str], start: Path | None) -> Trial:
        whole = work / f"{name}-whole"
        if start is not None:
            shutil.copytree(start, whole)
        seconds = run([*factloom, *[a.replace("OUT", str(whole)) for a in arguments]])
        command = [*factloom, *[a.replace("OUT", str(out)) for a in arguments]]
        return Trial(name, command, out, start, contents(whole), seconds)

    build = trial("build", ["build", first, "-o", "OUT", *more], None)
    removed = ["--remove", "first-0", "--remove", "first-1"]
    update = trial("update", ["update", "OUT", "--add", second, *removed, *more], work / "build-whole")
    return [build, update]


def measure(kills: int, documents: int, workers: int, seed: int) -> tuple[list[Trial], list[str]]:
    """Rounds of both trials until each has had half of the kills; the trials, and what was broken."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        found = trials(Path(name), documents, workers)
        for trial in found:
            while trial.kills < -(-kills // 2) and not trial.broken:
                trial.round(chance)
    return found, [line for trial in found for line in trial.broken]


def main(arguments: Sequence[str]) -> int:
    """Kill builds and updates at random points; 1 when something was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench kills", description=main.__doc__)
    parser.add_argument("--kills", type=int, default=200, help="kills over both commands (200)")
    parser.add_argument("--documents", type=int, default=300, help="documents of the build (300)")
    parser.add_argument("--workers", type=int, default=2, help="reading processes (2)")
    parser.add_argument("--seed", type=int, default=1, help="of the random points (1)")
    options = parser.parse_args(arguments)
    found, broken = measure(options.kills, options.documents, options.workers, options.seed)
    rows = [[trial.name, trial.kills, len(trial.broken)] for trial in found]
    print(table(["command", "kills", "broken"], rows))
    print("\n".join(broken))
    return 1 if broken else 0
