"""What reading one document comes to, as plain records: statements, silent sentences, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract import linking
from factloom.extract.namesakes import Profile, profiles
from factloom.extract.reading import Reading
from factloom.extract.unify import survey
from factloom.ledger import Silent
from factloom.ontology.records import Entity, Span, Statement
from factloom.ontology.schema import Schema


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one document says by itself.

    `statements` are in reading order, one evidence each, before names are joined across documents; `met`
    has every entity in each of its forms with how often it was met, `people` what tells persons from their
    namesakes; `drops` counts what was left out by
    kind; `sentences` is how many the text has (≥ 0).
    """

    statements: tuple[Statement, ...]
    met: tuple[tuple[Entity, int], ...]
    people: tuple[Profile, ...]
    silent: tuple[Silent, ...]
    drops: tuple[tuple[str, int], ...]
    sentences: int


def document_reading(reading: Reading, schema: Schema, *, base: str) -> DocumentReading:
    """The plain records of a reading."""
    statements = tuple(linking.statements(reading, schema, base=base))
    drops = Counter(d.kind for d in reading.drops)
    return DocumentReading(
        statements,
        tuple(survey(statements).items()),
        tuple(profiles(statements, schema)),
        tuple(_silent(reading, statements)),
        tuple(sorted(drops.items())),
        len(reading.sentences),
    )


def _silent(reading: Reading, statements: tuple[Statement, ...]) -> Iterator[Silent]:
    speaking = {e.sentence.start for s in statements for e in s.evidence}
    reasons: dict[int, dict[str, None]] = {}
    for drop in reading.drops:
        told = f"{drop.reason} ({drop.rule})" if drop.rule else drop.reason
        reasons.setdefault(drop.start, {}).setdefault(told)
    for sentence in reading.sentences:
        if sentence.start not in speaking:
            why = tuple(reasons.get(sentence.start, {"nothing was read": None}))
            yield Silent(Span(sentence.start, sentence.end), sentence.text, why)
