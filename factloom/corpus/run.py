"""One run of a build from the members of a corpus to the files of its graph.

Steps: documents out of the cache or their files; readings of those that were not read before, in worker
processes; names joined and corrections done; the files written. Every step streams: in memory are names,
not documents or statements. A run that is stopped at any point leaves the files of the graph as they
were, and what it had read in the cache.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factloom.corpus import joining, writing
from factloom.corpus.cache import Cache, Member
from factloom.corpus.clock import Clock
from factloom.corpus.collector import at_rest
from factloom.corpus.inputs import Corpus, OnProblem, chosen
from factloom.corpus.lookup import looked_up
from factloom.corpus.packing import pack
from factloom.corpus.reader import How, batches, read_batch, reading_version_of, schema_of
from factloom.corpus.stored import Stored
from factloom.corpus.versions import fingerprint
from factloom.corpus.workers import Workers
from factloom.corrections.apply import Resolved
from factloom.corrections.file import Correction
from factloom.corrections.resolve import Added, resolve
from factloom.extract.unify import decide
from factloom.graph.blocks import blocks
from factloom.graph.files import replacing_all
from factloom.graph.merge import Agreed, Ballots
from factloom.graph.settings import Correction as Note
from factloom.graph.settings import Settings
from factloom.graph.sorting import Sorter
from factloom.ledger import silences_in
from factloom.ontology.errors import Problem
from factloom.ontology.records import Document, Entity, Statement

if TYPE_CHECKING:
    from factloom.spark.readers import SparkWorkers

GRAPH, PAGE, LINES, LEDGER, REPORT = (
    "graph.ttl",
    "graph.html",
    "statements.jsonl",
    "drops.jsonl",
    "report.json",
)
FILES = (GRAPH, PAGE, LINES, LEDGER)

# Wraps the work of a stage for progress: its name, what it goes through, and how many that are if known.
Watch = Callable[[str, Iterable[Any], int | None], Iterable[Any]]
log = logging.getLogger(__name__)

# Below this many characters a process starts longer than it helps.
_WORTH_WORKERS = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does: who reads, how RDF is written, which documents (`limit` first ones, or a `sample`
    of so many), how many workers (None: all cores for a large corpus), the corrections, whether the page
    answers SPARQL, the authority files in which entities are looked up, and the Spark master that reads
    (None: this machine)."""

    how: How
    settings: Settings
    corrections: tuple[Correction, ...] = ()
    limit: int | None = None
    sample: int | None = None
    workers: int | None = 1
    sparql: bool = True
    links: tuple[Path, ...] = ()
    master: str | None = None

    @property
    def whole(self) -> bool:
        """Whether all documents are meant."""
        return self.limit is None and self.sample is None


@dataclass(slots=True)
class Outcome:
    """What a run counted and met."""

    documents: int = 0
    characters: int = 0
    read: int = 0
    reading_cpu_seconds: float = 0.0
    sentences: int = 0
    silent: int = 0
    drops: Counter[str] = field(default_factory=Counter)
    counts: writing.Counts = field(default_factory=writing.Counts)
    links: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


class Run:
    """A run over some members of a corpus into a folder; `go` does it."""

    def __init__(self, place: Path, cache: Cache, plan: Plan, *, watch: Watch, clock: Clock) -> None:
        self.place = place
        self.outcome = Outcome()
        self._cache = cache
        self._plan = plan
        self._watch = watch
        self._clock = clock
        self._scratch = cache.folder

    def go(self, members: Sequence[Member], *, notes: Mapping[str, str]) -> Outcome:
        """Build the graph of these members; `notes` are kept in the cache as soon as it is written."""
        with ExitStack() as stack:
            documents: Stored[Document] = stack.enter_context(
                Stored(self._scratch / "documents.part", squeeze=True)
            )
            corpus = Corpus(members, self._cache)
            self._gather(corpus, documents)
            self._clock.lap("documents")
            workers = stack.enter_context(Workers(self._number_of_workers()))
            self._read(documents, self._readers(workers))
            workers.rest()  # the pipeline of each takes more memory than all that follows
            self._clock.lap("reading")
            with Sorter(self._scratch / "statements.part") as sorter, at_rest():
                self._write(documents, sorter, workers)
            if self._plan.whole:
                self._cache.finish(corpus.members, corpus.inputs, documents.tags(), notes)
            else:
                self._cache.note_all(notes)
        return self.outcome

    def _readers(self, workers: Workers) -> Workers | SparkWorkers:
        if self._plan.master is None:
            return workers
        from factloom.spark.readers import SparkWorkers

        return SparkWorkers(self._plan.master)

    def _problem(self, problem: Problem) -> None:
        log.warning("problem", extra={"source": problem.source, "reason": problem.reason})
        self.outcome.problems.append(problem)

    def _number_of_workers(self) -> int:
        import os

        if self._plan.workers is not None:
            return self._plan.workers
        return (os.cpu_count() or 1) if self.outcome.characters >= _WORTH_WORKERS else 1

    # --- Documents

    def _gather(self, corpus: Corpus, into: Stored[Document]) -> None:
        """The chosen documents with the keys of their readings."""
        version = reading_version_of(self._plan.how)

        def documents(on_problem: OnProblem) -> Iterator[Document]:
            corpus.inputs.clear()
            return (document for _, document in corpus.documents(on_problem=on_problem))

        some = chosen(documents, self._problem, limit=self._plan.limit, sample=self._plan.sample)

        def rows() -> Iterator[tuple[str, bytes]]:
            for document in self._watch("documents", some, None):
                self.outcome.documents += 1
                self.outcome.characters += len(document.text)
                yield fingerprint(document, version), pack(document)

        into.extend(rows())

    # --- Reading

    def _read(self, documents: Stored[Document], workers: Workers | SparkWorkers) -> None:
        missing = sum(not self._cache.has_reading(key) for key in documents.tags())
        todo = ((k, d) for k, d in documents.items() if not self._cache.has_reading(k))
        self.outcome.read = missing
        log.info("reading", extra={"documents": missing, "kept": len(documents) - missing})
        watched = self._watch("reading", todo, missing)
        for found in workers.map(read_batch, batches(watched, self._plan.how)):
            self._cache.keep_readings(found.readings)
            self.outcome.reading_cpu_seconds += found.cpu_seconds
            fields = {"documents": len(found.readings), "characters": found.characters}
            log.debug("read", extra={**fields, "cpu_seconds": round(found.cpu_seconds, 4)})

    # --- Joining and writing

    def _write(self, documents: Stored[Document], sorter: Sorter, workers: Workers) -> None:
        with replacing_all(self.place, FILES) as parts:
            agreed, added, notes = self._join(documents, sorter, workers, parts[LEDGER])
            settings = replace(self._plan.settings, corrections=notes)
            if self._plan.links:
                agreed = self._linked(sorter, agreed)
            self._clock.lap("joining")
            cited = _Cited(documents, added.documents)
            with Stored[Statement](self._scratch / "merged.part") as merged:
                with writing.keep_agreed(self._scratch, agreed):
                    del agreed
                    self._write_rdf(cited, sorter, merged, parts, settings, workers)
                workers.rest()
                self._clock.lap("turtle")
                self._write_page(cited, merged, parts)
                self._clock.lap("page")

    def _join(
        self, documents: Stored[Document], sorter: Sorter, workers: Workers, ledger: Path
    ) -> tuple[Agreed, Added, tuple[Note, ...]]:
        """Sort all statements by what they say; the forms of names that were agreed on, what corrections add,
        and what they did."""
        schema = schema_of(self._plan.how)
        keys = [(document.id, key) for key, document in documents.items()]
        others = joining.namesakes_of(self._cache, [key for _, key in keys])
        met = joining.survey_of(self._cache, keys, others)
        targets = decide(met, schema)
        corrections, added = self._corrections(met, targets, documents)
        del met
        decided = self._scratch / "decided.part"
        decided.write_bytes(pack((others, targets, corrections)))
        joining.forget()
        ballots, used = Ballots(), set(added.used)
        tasks = joining.spread_tasks(self._cache, keys, decided)
        with ledger.open("w", encoding="utf-8", errors="surrogatepass") as file:
            for part in workers.map(joining.spread, tasks):
                sorter.add(part.items)
                ballots.add(part.ballots)
                used |= part.used
                file.write(part.ledger)
                self._count(part)
        ballots.count(added.statements)
        sorter.add((joining.sort_key(s.key), pack(s)) for s in added.statements)
        decided.unlink()
        self._tell_unused(used | added.told)
        agreed = ballots.agree()
        settled = {iri: corrections.settle(entity) for iri, entity in agreed.entities.items()}
        notes = added.notes(self._plan.corrections, used, settled)
        return Agreed(settled, agreed.relations), added, notes

    def _linked(self, sorter: Sorter, agreed: Agreed) -> Agreed:
        """The entities with what they are in the authority files."""
        found = looked_up(sorter.groups(), agreed, self._plan.links, schema_of(self._plan.how))
        self.outcome.links.update(found.counts)
        return Agreed(found.entities, agreed.relations)

    def _count(self, part: joining.Spreaded) -> None:
        self.outcome.drops.update(part.drops)
        self.outcome.sentences += part.sentences
        self.outcome.silent += part.ledger.count("\n")

    def _corrections(
        self, met: Counter[Entity], targets: dict[str, Entity], documents: Stored[Document]
    ) -> tuple[Resolved, Added]:
        if not self._plan.corrections:
            return Resolved(), Added()
        return resolve(
            self._plan.corrections,
            met,
            targets,
            schema=schema_of(self._plan.how),
            base=self._plan.how.base,
            documents=(document.id for document in documents),
            on_problem=self._problem,
        )

    def _tell_unused(self, used: set[int]) -> None:
        for correction in self._plan.corrections:
            if correction.number not in used:
                self._problem(correction.unused())

    def _write_rdf(
        self,
        documents: _Cited,
        sorter: Sorter,
        merged: Stored[Statement],
        parts: dict[str, Path],
        settings: Settings,
        workers: Workers,
    ) -> None:
        """Lines, Turtle, and the merged statements, in one pass over the sorted ones."""
        languages = {d.id: d.language for d in documents if d.language != "en"}
        # Corrections are nodes of their own, written once.
        manner = writing.Manner(self._scratch, replace(settings, corrections=()), languages)
        with Sorter(self._scratch / "blocks.part") as pile:
            for document in documents:
                pile.add(blocks([document], [], settings=settings, languages={}))
            pile.add(blocks([], [], settings=settings, languages={}))
            with parts[LINES].open("wb") as file:
                for part in workers.map(writing.write_part, writing.tasks(sorter.groups(), manner)):
                    file.write(part.lines)
                    pile.add(part.blocks)
                    merged.extend(("", data) for data in part.statements)
                    self.outcome.counts.add(part.counts)
            with parts[GRAPH].open("wb") as file:
                writing.write_turtle(file, pile.groups(), workers, base=settings.base)

    def _write_page(self, documents: _Cited, merged: Sequence[Statement], parts: Mapping[str, Path]) -> None:
        from factloom.graph.page import write_page
        from factloom.graph.page.sparql import Rdf

        schema = schema_of(self._plan.how)
        write_page(
            parts[PAGE],
            documents,
            merged,
            title=page_title(documents),
            class_labels={iri: term.label for iri, term in schema.classes.items()},
            rdf=Rdf.of(parts[GRAPH]) if self._plan.sparql else None,
            silences=silences_in(parts[LEDGER]),
        )


class _Cited(Sequence[Document]):
    """The documents of the graph: those read, and the files of corrections that add statements."""

    def __init__(self, documents: Sequence[Document], more: Sequence[Document]) -> None:
        self._documents = documents
        self._more = more

    def __len__(self) -> int:
        return len(self._documents) + len(self._more)

    def __getitem__(self, place: Any) -> Any:
        return [*self._documents, *self._more][place]

    def __iter__(self) -> Iterator[Document]:
        yield from self._documents
        yield from self._more


def page_title(documents: Sequence[Document]) -> str:
    """What the page is called: the title of the only document; of several, nothing: the page names itself."""
    return next(iter(documents)).title if len(documents) == 1 else ""
