"""Time of joining names across documents at growing numbers of mentions, in CPU seconds of one process.

The mentions are made up: organisations with acronyms and short forms, persons with last names, places, ideas;
a few names are met all the time and most of them seldom, and the number of different names grows with the
number of mentions. What is timed is what a build does: survey all statements, decide, rewrite each one.
Making the statements is not timed. The smaller size is measured several times, and the median counts.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from factloom.extract.unify import decide, rewrite, survey
from factloom.ontology.namespaces import BASE, CONCEPT, FL
from factloom.ontology.records import Entity, Evidence, Mention, Relation, Span, Statement
from factloom.ontology.schema import Schema, load_schema

from .report import table

LIMIT = 12.0
# Statements made at once; runs of the smaller size.
_PART, _ROUNDS = 10_000, 5
_SYLLABLES = "ba ker lo mi nor dra vel tu sha ri pon ga lem or fi".split()
_KINDS = ("Company", "Organization", "Person", "Place", "")
_RELATION = Relation(FL + "acquires", "acquires")


def names(number: int, seed: int) -> list[Entity]:
    """Entities, each in one of the forms that documents would give it."""
    chance = random.Random(seed)
    found = []
    for n in range(number):
        words = [_word(chance) for _ in range(chance.randint(1, 3))]
        kind = _KINDS[n % len(_KINDS)]
        label = " ".join(words) if kind else f"{words[0].lower()} {n}"
        aliases: tuple[str, ...] = ()
        if len(words) > 1 and kind in ("Company", "Organization") and chance.random() < 0.5:
            aliases = ("".join(w[0] for w in words), words[0])
        elif len(words) > 1 and kind == "Person":
            aliases = (words[-1],)
        found.append(Entity(BASE + label.replace(" ", "-"), label, FL + kind if kind else CONCEPT, aliases))
    return found


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def statements(mentions: int, seed: int = 1) -> Iterator[Statement]:
    """Statements with so many mentions of entities, two each; one different name for four mentions."""
    chance = random.Random(seed)
    pool = names(max(mentions // 4, 2), seed)
    words = Mention("d", Span(0, 1), "x", "name")
    evidence = Evidence("d", Span(0, 1), Span(0, 1), "x", words, words, words, "verb and object", 0.9)
    for _ in range(mentions // 2):
        subject, target = (pool[int(len(pool) * chance.random() ** 3)] for _ in range(2))
        yield Statement(subject, _RELATION, target, (evidence,))


def seconds(mentions: int, schema: Schema) -> tuple[float, int]:
    """CPU seconds of survey, decision and rewriting, and how many entities were joined.

    The statements are made in parts, and the clock runs for what a build does with them alone.
    """
    clock = _Stopwatch()
    count: Counter[Entity] = Counter()
    for part in _parts(mentions):
        with clock:
            count.update(survey(part))
    with clock:
        targets = decide(count, schema)
    for part in _parts(mentions):
        with clock:
            for statement in part:
                rewrite(statement, targets)
    return clock.seconds, len(targets)


class _Stopwatch:
    """Sums the CPU seconds of its `with` blocks."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.process_time() - self._began


def _parts(mentions: int) -> Iterator[list[Statement]]:
    rest = statements(mentions)
    while part := list(islice(rest, _PART)):
        yield part


def main(arguments: Sequence[str]) -> int:
    """CPU seconds of joining names, and how they grow with the mentions; 1 when they grow too fast."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench entities", description=main.__doc__)
    parser.add_argument("--mentions", type=int, default=100_000, help="of the smaller run (100,000)")
    options = parser.parse_args(arguments)
    schema = load_schema()
    rows = []
    for mentions in (options.mentions, 10 * options.mentions):
        runs = [seconds(mentions, schema) for _ in range(_ROUNDS if mentions == options.mentions else 1)]
        took, joined = statistics.median(took for took, _ in runs), runs[0][1]
        rows.append([f"{mentions:,}", joined, took])
    growth = rows[1][2] / rows[0][2]
    print(table(["mentions", "entities joined", "CPU seconds"], rows))
    print(f"10 times the mentions take {growth:.1f} times as long (limit {LIMIT:g})")
    return 0 if growth <= LIMIT else 1
