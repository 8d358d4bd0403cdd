"""The main job: documents in, a folder with the graph out.

Joins the rooms: readers, the reader of sentences, merging, Turtle, the page. Every file is written
beside its place and renamed when it is whole; the same input gives the same bytes (only
`report.json`, which holds the run's times, differs).
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factloom import lines
from factloom.extract import linking, reading
from factloom.extract.language import DEFAULT_MODEL
from factloom.extract.readers.sources import read_sources
from factloom.extract.unify import unify
from factloom.extract.wording import worded
from factloom.graph.files import replacing
from factloom.graph.merge import merge
from factloom.ontology.errors import Problem, UnknownNameError, UsageError
from factloom.ontology.namespaces import BASE
from factloom.ontology.records import Document, Statement, Status
from factloom.ontology.schema import Schema, load_schema

if TYPE_CHECKING:
    from factloom.graph.settings import Settings

GRAPH, PAGE, LINES, REPORT, STORE = "graph.ttl", "graph.html", "statements.jsonl", "report.json", "store"
STORES = ("memory", "oxigraph")

Watch = Callable[[Iterable[Document]], Iterable[Document]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build.

    `ontologies` are files read besides the core, and with `only_ontology` nothing but their relations comes
    out; `model` names a spaCy pipeline; `base` is the IRI
    before every instance; `policy` says what becomes a plain triple (stated, reported, all);
    `store` is memory (files only) or oxigraph (a store on disk besides); `workers` is the number of
    parsing processes (≥ 1); `sparql` lets the page answer SPARQL (some 1.9 MB); `text_column` names the
    column of a table (CSV, TSV, Parquet) that holds the text, found by its name or length when not given.
    """

    ontologies: tuple[Path, ...] = ()
    only_ontology: bool = False
    model: str = DEFAULT_MODEL
    base: str = BASE
    policy: str = "stated"
    store: str = "memory"
    workers: int = 1
    sparql: bool = True
    text_column: str | None = None


@dataclass(slots=True)
class Build:
    """What a build made: its records, the problems it met, and where the files are."""

    directory: Path
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> Path:
        """The HTML page."""
        return self.directory / PAGE

    @property
    def turtle(self) -> Path:
        """The graph in Turtle."""
        return self.directory / GRAPH


def build_graph(
    sources: Sequence[str | Path],
    directory: str | Path,
    *,
    options: Options | None = None,
    watch: Watch | None = None,
) -> Build:
    """Read `sources` (files, folders, globs, "-"); write the graph, the page, the statements and a report.

    `watch` wraps the iteration over documents, for progress. What can't be read is in `problems` and in
    report.json; the rest goes on. Raises `UsageError` when an option is wrong, no source exists or
    `directory` can't be made.
    """
    options = options or Options()
    clock = _Clock()
    _check(options)
    place = _directory(Path(directory))
    schema = read_schema(options)
    clock.lap("ontology")
    problems: list[Problem] = []
    documents: list[Document] = []
    drops: Counter[str] = Counter()
    found = read_sources(
        [str(s) for s in sources], on_problem=problems.append, text_column=options.text_column
    )
    kept = _keep(watch(found) if watch is not None else found, documents)
    statements = merge(unify(_statements(kept, schema, options, drops), schema))
    clock.lap("reading")
    result = Build(place, tuple(documents), statements, tuple(problems))
    _write(result, schema, options, clock)
    result.report = _report(result, options, drops, clock)
    _write_text(place / REPORT, json.dumps(result.report, ensure_ascii=False, indent=2) + "\n")
    return result


def read_schema(options: Options) -> Schema:
    """The core and the user's ontologies, with words for the relations that bring none."""
    if options.only_ontology and not options.ontologies:
        raise UsageError("--only-ontology needs an --ontology FILE: no other relation may come out")
    return worded(load_schema(*options.ontologies, only=options.only_ontology))


def read_statements(
    documents: Iterable[Document], schema: Schema, options: Options, drops: Counter[str] | None = None
) -> Iterator[Statement]:
    """The statements of documents in reading order, one evidence each."""
    return _statements(documents, schema, options, Counter() if drops is None else drops)


def _statements(
    documents: Iterable[Document], schema: Schema, options: Options, drops: Counter[str]
) -> Iterator[Statement]:
    for read in reading.readings(documents, schema, model=options.model, workers=options.workers):
        drops.update(d.kind for d in read.drops)
        yield from linking.statements(read, schema, base=options.base)


def _keep(documents: Iterable[Document], into: list[Document]) -> Iterator[Document]:
    for document in documents:
        into.append(document)
        yield document


def _check(options: Options) -> None:
    """Wrong options are told before anything is read or written."""
    _settings(options)
    if options.store not in STORES:
        raise UnknownNameError("store", options.store, STORES)


def _directory(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"cannot make the folder {path}: {error.strerror}") from error
    return path


def _write(result: Build, schema: Schema, options: Options, clock: _Clock) -> None:
    from factloom.graph.rdf import write_turtle

    place = result.directory
    write_turtle(place / GRAPH, result.documents, result.statements, settings=_settings(options))
    clock.lap("turtle")
    rows = (row for statement in result.statements for row in lines.statement_rows(statement))
    _write_text(place / LINES, "".join(lines.line(row) + "\n" for row in rows))
    from factloom.graph.page import write_page
    from factloom.graph.page.sparql import Rdf

    write_page(
        place / PAGE,
        result.documents,
        result.statements,
        title=page_title(result.documents),
        class_labels=class_labels(schema),
        rdf=Rdf.of(place / GRAPH) if options.sparql else None,
    )
    clock.lap("page")
    if options.store == "oxigraph":
        from factloom.graph.store import fill_store

        fill_store(place / STORE, place / GRAPH)
        clock.lap("store")


def class_labels(schema: Schema) -> dict[str, str]:
    """The label of every class by IRI."""
    return {iri: term.label for iri, term in schema.classes.items()}


def _settings(options: Options) -> Settings:
    from factloom.graph.settings import Settings

    return Settings(base=options.base, policy=options.policy, version=_version(), model=options.model)


def page_title(documents: Sequence[Document]) -> str:
    """What the page is called: the title of the only document, or how many there are."""
    return documents[0].title if len(documents) == 1 else f"{len(documents)} documents"


def _version() -> str:
    from factloom import __version__

    return __version__


def _write_text(path: Path, text: str) -> None:
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8")


def _report(result: Build, options: Options, drops: Counter[str], clock: _Clock) -> dict[str, Any]:
    statuses = Counter(str(s.status) for s in result.statements)
    return {
        "documents": len(result.documents),
        "statements": len(result.statements),
        "evidence": sum(len(s.evidence) for s in result.statements),
        "by_status": {str(status): statuses.get(str(status), 0) for status in Status},
        "dropped": dict(sorted(drops.items())),
        "problems": [{"source": p.source, "reason": p.reason, "remedy": p.remedy} for p in result.problems],
        "options": {
            "model": options.model,
            "base": options.base,
            "assert": options.policy,
            "ontologies": [str(path) for path in options.ontologies],
            "only_ontology": options.only_ontology,
        },
        "version": _version(),
        "started": clock.started,
        "seconds": clock.laps,
    }


class _Clock:
    """Wall-clock seconds by stage; they go into report.json alone."""

    def __init__(self) -> None:
        self.started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 3)
        self._last = now
