"""Time of joining names across documents at growing numbers of mentions, in CPU seconds of one process.

The mentions are made up: organisations with acronyms and short forms, persons with last names, places, ideas;
a few names are met all the time and most of them seldom, and the number of different names grows with the
number of mentions. What is timed is the joining of a build, by the same calls: from readings in a cache
namesakes are told apart, all names surveyed, it is decided which are one, each statement is rewritten, and
the votes on names are counted. Making the readings is not timed, and neither is sorting the statements, which
is SQLite's work. The smaller size is measured several times, and the median counts.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from factloom.corpus import joining
from factloom.corpus.cache import Cache, open_cache
from factloom.corpus.collector import at_rest
from factloom.corpus.found import DocumentReading
from factloom.corpus.packing import pack
from factloom.corpus.reader import packed
from factloom.corrections.apply import Resolved
from factloom.extract.namesakes import profiles
from factloom.extract.unify import decide, survey
from factloom.graph.merge import Ballots
from factloom.ontology.namespaces import BASE, CONCEPT, FL
from factloom.ontology.records import Entity, Evidence, Mention, Relation, Span, Statement
from factloom.ontology.schema import Schema, load_schema

from .report import table

LIMIT = 12.0
# Statements of a document; runs of the smaller size.
_DOCUMENT, _ROUNDS = 25, 5
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


def documents(mentions: int, seed: int = 1) -> Iterator[tuple[str, list[Statement]]]:
    """Ids and statements of documents with so many mentions of entities in all, two in a statement; one
    different name for four mentions."""
    chance = random.Random(seed)
    pool = names(max(mentions // 4, 2), seed)
    left, number = mentions // 2, 0
    while left:
        id_ = f"d{number}"
        words = Mention(id_, Span(0, 1), "x", "name")
        evidence = Evidence(id_, Span(0, 1), Span(0, 1), "x", words, words, words, "verb and object", 0.9)
        said = []
        for _ in range(min(left, _DOCUMENT)):
            subject, target = (pool[int(len(pool) * chance.random() ** 3)] for _ in range(2))
            said.append(Statement(subject, _RELATION, target, (evidence,)))
        yield id_, said
        left -= len(said)
        number += 1


def seconds(mentions: int, schema: Schema) -> tuple[float, int]:
    """CPU seconds of joining, and how many entities were joined."""
    with tempfile.TemporaryDirectory() as name, open_cache(Path(name)) as cache, at_rest():
        keys = _kept(documents(mentions), cache, schema)
        began = time.process_time()
        others = joining.namesakes_of(cache, [key for _, key in keys])
        targets = decide(joining.survey_of(cache, keys, others), schema)
        decided = Path(name) / "decided"
        decided.write_bytes(pack((others, targets, Resolved())))
        joining.forget()
        ballots = Ballots()
        for part in map(joining.spread, joining.spread_tasks(cache, keys, decided)):
            ballots.add(part.ballots)
        return time.process_time() - began, len(targets)


def _kept(
    found: Iterator[tuple[str, list[Statement]]], cache: Cache, schema: Schema
) -> list[tuple[str, str]]:
    """Ids and keys of readings of the documents, which go into the cache."""
    keys = []
    while some := list(islice(found, 500)):
        cache.keep_readings((id_, packed(_reading(said, schema))) for id_, said in some)
        keys += [(id_, id_) for id_, _ in some]
    return keys


def _reading(said: Sequence[Statement], schema: Schema) -> DocumentReading:
    met = tuple(survey(said).items())
    return DocumentReading(tuple(said), met, tuple(profiles(said, schema)), (), (), len(said))


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
