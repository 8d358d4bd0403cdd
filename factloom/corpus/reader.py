"""Documents to packed readings: the whole of reading is done where the text is parsed, in any process."""

from __future__ import annotations

import functools
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from factloom.corpus.cache import PackedReading
from factloom.corpus.found import DocumentReading, document_reading
from factloom.corpus.packing import pack
from factloom.corpus.versions import reading_version
from factloom.extract import reading
from factloom.extract.learn.beside import lesson_files, load_learnt
from factloom.extract.learn.model import Model
from factloom.extract.wording import worded
from factloom.ontology.records import Document
from factloom.ontology.schema import Schema, load_schema

# Characters of one task: about a second's work, and enough blocks to fill the parser's batches.
BATCH = 40_000

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class How:
    """What reads: the spaCy pipeline, the ontologies besides the core, whether only their relations come
    out, and the base of IRIs."""

    model: str
    ontologies: tuple[Path, ...]
    only_ontology: bool
    base: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some documents with the keys of their readings."""

    documents: tuple[tuple[str, Document], ...]
    how: How


def batches(documents: Iterable[tuple[str, Document]], how: How) -> Iterator[Batch]:
    """The documents in batches of about `BATCH` characters, in order."""
    waiting: list[tuple[str, Document]] = []
    size = 0
    for item in documents:
        waiting.append(item)
        size += len(item[1].text)
        if size >= BATCH:
            yield Batch(tuple(waiting), how)
            waiting, size = [], 0
    if waiting:
        yield Batch(tuple(waiting), how)


@dataclass(frozen=True, slots=True)
class BatchRead:
    """The packed readings of a batch by their keys, its characters, and the CPU seconds it took."""

    readings: list[tuple[str, PackedReading]]
    characters: int
    cpu_seconds: float


def read_batch(batch: Batch) -> BatchRead:
    """Read all documents of a batch."""
    before, how = time.process_time(), batch.how
    schema = schema_of(how)
    documents = (document for _, document in batch.documents)
    found = (
        document_reading(read, schema, base=how.base)
        for read in reading.readings(documents, schema, model=how.model, learnt=learnt_of(how))
    )
    readings = [(key, packed(r)) for (key, _), r in zip(batch.documents, found, strict=True)]
    characters = sum(len(document.text) for _, document in batch.documents)
    return BatchRead(readings, characters, time.process_time() - before)


@functools.lru_cache(maxsize=4)
def schema_of(how: How) -> Schema:
    """The core and the ontologies, with words for the relations that bring none; read once in a process."""
    return worded(load_schema(*how.ontologies, only=how.only_ontology))


@functools.lru_cache(maxsize=1)
def learnt_of(how: How) -> Model | None:
    """What was learnt for the ontologies, if they lie in a folder that `factloom learn` wrote."""
    return load_learnt(how.ontologies, schema_of(how))


def packed(found: DocumentReading) -> PackedReading:
    """A reading in three parts, for those who need but one of them."""
    rest = (found.silent, found.drops, found.sentences)
    return (
        pack((found.met, found.people)),
        zlib.compress(pack(found.statements), level=1),
        zlib.compress(pack(rest), level=1),
    )


def reading_version_of(how: How) -> str:
    """The version of what reads so, see `factloom.corpus.versions`."""
    return reading_version(
        model=how.model, ontologies=lesson_files(how.ontologies), rest=(how.base, str(how.only_ontology))
    )
