"""One set of statements from the readings of many documents, with no more than the names in memory.

First all names are surveyed and it is decided which are one; then each document's statements are rewritten
and sorted by what they say, while the forms of names are voted on. Both take the readings in any parts.
"""

from __future__ import annotations

import functools
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from factloom.corpus.cache import Cache
from factloom.corpus.collector import at_rest
from factloom.corpus.packing import pack, unpack
from factloom.corrections.apply import Resolved
from factloom.extract.namesakes import namesakes
from factloom.extract.unify import met_apart, rewrite, separate
from factloom.graph.merge import Ballots
from factloom.graph.sorting import Item
from factloom.ledger import Silent, ledger_line
from factloom.ontology.records import Entity, Key, Statement

# Documents of one task.
_TASK = 40


# What names mean in documents that mean somebody else: document id -> IRI -> entity.
Others = Mapping[str, Mapping[str, Entity]]


def namesakes_of(cache: Cache, keys: Sequence[str]) -> Others:
    """The people of one name whom the readings of these keys tell apart."""
    return namesakes(lambda: (p for key in keys for p in unpack(cache.part(key, "met"))[1]))


def survey_of(cache: Cache, keys: Iterable[tuple[str, str]], others: Others) -> Counter[Entity]:
    """How often each form of each entity is met in the readings of these document ids and keys."""
    count: Counter[Entity] = Counter()
    for document, key in keys:
        met, _ = unpack(cache.part(key, "met"))
        for entity, number in met_apart(met, others.get(document, {})):
            count[entity] += number
    return count


@dataclass(frozen=True, slots=True)
class Spread:
    """A task: packed readings (document id, statements, rest), and the file with what was decided."""

    readings: tuple[tuple[str, bytes, bytes], ...]
    decided: Path


@dataclass(slots=True)
class Spreaded:
    """What comes of it: statements by key, the votes on names, lines of the ledger, counts."""

    items: list[Item]
    ballots: Ballots
    ledger: str
    drops: Counter[str]
    sentences: int
    used: frozenset[int]


def spread_tasks(cache: Cache, keys: Iterable[tuple[str, str]], decided: Path) -> Iterator[Spread]:
    """Tasks over document ids and keys of readings, in order."""
    waiting: list[tuple[str, bytes, bytes]] = []
    for document, key in keys:
        waiting.append((document, cache.part(key, "statements"), cache.part(key, "rest")))
        if len(waiting) >= _TASK:
            yield Spread(tuple(waiting), decided)
            waiting = []
    if waiting:
        yield Spread(tuple(waiting), decided)


@at_rest()
def spread(task: Spread) -> Spreaded:
    """Rewrite the statements of some readings by what was decided."""
    others, targets, corrections = _decided(task.decided)
    out = Spreaded([], Ballots(), "", Counter(), 0, frozenset())
    lines: list[str] = []
    used: set[int] = set()
    for document, packed_statements, packed_rest in task.readings:
        statements: Iterable[Statement] = unpack(zlib.decompress(packed_statements))
        silent, drops, sentences = unpack(zlib.decompress(packed_rest))
        if document in others:
            statements = [separate(s, others[document]) for s in statements]
        statements = [rewrite(s, targets) for s in statements] if targets else statements
        applied = corrections.apply(statements)
        used |= applied.used
        out.ballots.count(applied.statements)
        out.items += [(sort_key(s.key), pack(s)) for s in applied.statements]
        out.drops.update(dict(drops))
        out.sentences += sentences
        lines += [ledger_line(document, s) for s in _in_order(silent, applied.silent)]
    out.ledger, out.used = "".join(lines), frozenset(used)
    return out


def _in_order(*groups: Iterable[Silent]) -> list[Silent]:
    return sorted((s for group in groups for s in group), key=lambda s: s.span)


@functools.lru_cache(maxsize=1)
def _decided(path: Path) -> tuple[Others, Mapping[str, Entity], Resolved]:
    found: tuple[Others, Mapping[str, Entity], Resolved] = unpack(path.read_bytes())
    return found


def sort_key(key: Key) -> bytes:
    """A key as bytes that sort as the key does."""
    return "\0".join(key).encode(errors="surrogatepass")


def forget() -> None:
    """Let go of what was decided before: a new run may use the same file."""
    _decided.cache_clear()
