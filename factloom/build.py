"""The main job: documents in, a folder with the graph out.

Joins the rooms by way of `factloom.corpus`. Every file is written beside its place and renamed when it is
whole; the same input gives the same bytes (only `report.json`, which holds the run's times, differs),
whether it is read at once, in many steps, or after a stop.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from factloom.corpus.cache import Cache, Member, is_cached, open_cache
from factloom.corpus.clock import Clock
from factloom.corpus.inputs import Corpus, chosen, members_of
from factloom.corpus.reader import learnt_of, reading_version_of, schema_of
from factloom.corpus.run import FILES, GRAPH, LEDGER, LINES, PAGE, REPORT, Run, Watch, page_title
from factloom.corpus.versions import fingerprint
from factloom.corrections.file import read_corrections
from factloom.extract import linking, reading
from factloom.extract.readers.files import corrections_in
from factloom.extract.readers.sources import read_sources
from factloom.graph.files import write_whole
from factloom.graph.store import keep
from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.records import Document, Statement, Status
from factloom.ontology.schema import Schema
from factloom.options import Options, check, how_of, named, plan_of

__all__ = [
    "FILES",
    "LEDGER",
    "LINES",
    "REPORT",
    "Build",
    "Options",
    "build_graph",
    "class_labels",
    "page_title",
    "read_statements",
]

# Words kept in the cache: the options, whether only a part was built, the last change.
OPTIONS, PARTIAL, CHANGE = "options", "partial", "change"
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Build:
    """What a build made: where the files are, the problems it met, and its report."""

    directory: Path
    problems: tuple[Problem, ...]
    report: dict[str, Any] = field(default_factory=dict)
    _read: tuple[tuple[Document, ...], tuple[Statement, ...]] | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the graph, read when first asked for; with their texts where the cache has
        them."""
        return self._contents()[0]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the graph, read from its file when first asked for."""
        return self._contents()[1]

    @property
    def page(self) -> Path:
        """The HTML page."""
        return self.directory / PAGE

    @property
    def turtle(self) -> Path:
        """The graph in Turtle."""
        return self.directory / GRAPH

    def _contents(self) -> tuple[tuple[Document, ...], tuple[Statement, ...]]:
        if self._read is None:
            from factloom.graph.rdf import read

            documents, statements = read(self.turtle)
            texts = _texts(self.directory) if is_cached(self.directory) else {}
            self._read = (tuple(texts.get(d.id, d) for d in documents), tuple(statements))
        return self._read


def _texts(place: Path) -> dict[str, Document]:
    with open_cache(place) as cache:
        corpus = Corpus(cache.members(), cache)
        return {document.id: document for _, document in corpus.documents(on_problem=lambda _: None)}


def build_graph(
    sources: Sequence[str | Path],
    directory: str | Path,
    *,
    options: Options | None = None,
    watch: Watch | None = None,
) -> Build:
    """Read `sources` (files, folders, globs, "-"); write the graph, the page, the statements and a report.

    What an earlier build into `directory` has read of the same documents is not read again. `watch` wraps
    the work of each stage, for progress. What can't be read is in `problems` and in report.json; the rest
    goes on. Raises `UsageError` when an option is wrong, no source exists or `directory` can't be made or
    is in use.
    """
    options = options or Options()
    check(options)
    names = [str(source) for source in sources]
    problems: list[Problem] = []
    options = replace(options, corrections=with_found(options.corrections, names))
    members = members_of(names, on_problem=problems.append, text_column=options.text_column)
    with open_cache(_directory(Path(directory)), fresh=options.fresh) as cache:
        return run_build(Path(directory), cache, members, options, problems, watch)


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document that a build would have: its id and source, its words, and whether it was read before."""

    id: str
    source: str
    words: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """What a build would do: its documents and the problems of their sources."""

    documents: tuple[PlannedDocument, ...]
    problems: tuple[Problem, ...]


def plan_build(
    sources: Sequence[str | Path], directory: str | Path, *, options: Options | None = None
) -> Planned:
    """What `build_graph` would read, without building or writing anything in `directory`."""
    options = options or Options()
    check(options)
    problems: list[Problem] = []
    names = [str(source) for source in sources]
    kept = _kept(Path(directory), options)
    version = reading_version_of(how_of(options))
    found = chosen(
        lambda on_problem: read_sources(names, on_problem=on_problem, text_column=options.text_column),
        problems.append,
        limit=options.limit,
        sample=options.sample,
    )
    planned = tuple(
        PlannedDocument(d.id, d.source, len(d.text.split()), fingerprint(d, version) in kept) for d in found
    )
    return Planned(planned, tuple(problems))


def _kept(place: Path, options: Options) -> frozenset[str]:
    """The keys of the readings in the cache of a folder."""
    if options.fresh or not is_cached(place):
        return frozenset()
    with open_cache(place) as cache:
        return frozenset(cache.reading_keys())


def read_schema(options: Options) -> Schema:
    """The core and the user's ontologies, with words for the relations that bring none."""
    return schema_of(how_of(options))


def read_statements(documents: Iterable[Document], schema: Schema, options: Options) -> Iterator[Statement]:
    """The statements of documents in reading order, one evidence each."""
    learnt = learnt_of(how_of(options))
    found = reading.readings(
        documents, schema, model=options.model, workers=options.workers or 1, learnt=learnt
    )
    for read in found:
        yield from linking.statements(read, schema, base=options.base)


def class_labels(schema: Schema) -> dict[str, str]:
    """The label of every class by IRI."""
    return {iri: term.label for iri, term in schema.classes.items()}


# --- A run and its report


def run_build(
    place: Path,
    cache: Cache,
    members: Sequence[Member],
    options: Options,
    problems: list[Problem],
    watch: Watch | None,
    *,
    request: str = "",
) -> Build:
    """Build the graph of some members; `problems` were met before, `request` names the change."""
    clock = Clock()
    log.info("build", extra={"directory": str(place), "inputs": len(members)})
    for problem in problems:
        log.warning("problem", extra={"source": problem.source, "reason": problem.reason})
    schema_of.cache_clear()
    read_schema(options)
    clock.lap("ontology")
    run = Run(place, cache, plan_of(options), watch=watch or _unwatched, clock=clock)
    run.outcome.problems = problems
    run.go(members, notes=_notes(options) | {CHANGE: request})
    if keep(options.store, place / GRAPH):
        clock.lap("store")
    report = _report(run, options, clock)
    write_whole(place / REPORT, (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode())
    log.info("done", extra={"statements": report["statements"], "problems": len(problems)})
    return Build(place, tuple(problems), report)


def _unwatched(stage: str, items: Iterable[Any], total: int | None) -> Iterable[Any]:
    return items


def _report(run: Run, options: Options, clock: Clock) -> dict[str, Any]:
    found, counts = run.outcome, run.outcome.counts
    return {
        "documents": found.documents,
        "characters": found.characters,
        "documents_read": found.read,
        "sentences": found.sentences,
        "silent_sentences": found.silent,
        "statements": counts.statements,
        "evidence": counts.evidence,
        "by_status": {str(status): counts.statuses.get(str(status), 0) for status in Status},
        "dropped": dict(sorted(found.drops.items())),
        "corrections": len(read_corrections(options.corrections)),
        "links": dict(sorted(found.links.items())),
        "problems": [{"source": p.source, "reason": p.reason, "remedy": p.remedy} for p in found.problems],
        "options": named(options),
        "version": plan_of(options).settings.version,
        "started": clock.started,
        "seconds": clock.laps,
        "reading_cpu_seconds": round(found.reading_cpu_seconds, 3),
    }


def _notes(options: Options) -> dict[str, str]:
    """What an update must know of the build."""
    partial = options.limit is not None or options.sample is not None
    return {OPTIONS: json.dumps(named(options)), PARTIAL: "yes" if partial else ""}


def _directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {path}: {error.strerror}") from error
    return path


def with_found(corrections: tuple[Path, ...], sources: Iterable[str]) -> tuple[Path, ...]:
    """The named files of corrections, then those in the folders of the sources, each once."""
    found = [path for source in sorted(set(sources)) for path in corrections_in(Path(source))]
    unique: dict[Path, Path] = {}
    for path in (*corrections, *found):
        unique.setdefault(path.resolve(), path)
    return tuple(unique.values())
