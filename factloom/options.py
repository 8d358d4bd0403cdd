"""How to build: the options of a build, checked, in the words of report.json, and as the plan of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factloom.corpus.reader import How
from factloom.corpus.run import Plan
from factloom.corrections.file import read_corrections
from factloom.extract.language import DEFAULT_MODEL
from factloom.graph.store import check_kept
from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.namespaces import BASE

ENGINES = ("local", "spark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build.

    `ontologies` are files read besides the core, and with `only_ontology` nothing but their relations
    comes out; `model` names a spaCy pipeline; `base` is the IRI before every instance; `policy` says what
    becomes a plain triple (stated, reported, all); `store` is memory (files only), oxigraph (a store on
    disk besides) or the address of an endpoint. `corrections` are files of corrections besides the
    `corrections.yaml` of each source folder. `workers` is the number of reading processes (≥ 1), None for
    all cores when the corpus is large; `fresh` forgets what earlier builds read; `limit` takes the first
    documents alone (≥ 1), `sample` so many by their hash (≥ 1). `sparql` lets the page answer SPARQL
    (some 1.9 MB); `text_column` names the column of a table (CSV, TSV, Parquet) that holds the text,
    found by its name or length when not given; `links` are authority files (Wikidata, SKOS) in which
    entities are looked up. `engine` is local or spark; then the Spark cluster at `master` reads.
    """

    ontologies: tuple[Path, ...] = ()
    only_ontology: bool = False
    model: str = DEFAULT_MODEL
    base: str = BASE
    policy: str = "stated"
    store: str = "memory"
    corrections: tuple[Path, ...] = ()
    workers: int | None = 1
    fresh: bool = False
    limit: int | None = None
    sample: int | None = None
    sparql: bool = True
    text_column: str | None = None
    links: tuple[Path, ...] = ()
    engine: str = "local"
    master: str | None = None


def check(options: Options) -> None:
    """Wrong options are told before anything is read or written."""
    plan_of(options)
    check_kept(options.store)


def plan_of(options: Options) -> Plan:
    """What a run with these options does. Raises `UsageError` for a wrong one."""
    from factloom import __version__
    from factloom.graph.settings import Settings

    return Plan(
        how=how_of(options),
        settings=Settings(base=options.base, policy=options.policy, version=__version__, model=options.model),
        corrections=read_corrections(options.corrections),
        limit=options.limit,
        sample=options.sample,
        workers=options.workers,
        sparql=options.sparql,
        links=_existing(options.links),
        master=_master(options),
    )


def _master(options: Options) -> str | None:
    if options.engine not in ENGINES:
        raise UnknownNameError("engine", options.engine, ENGINES)
    if options.engine == "local":
        if options.master is not None:
            raise UsageError("--master is for --engine spark")
        return None
    from factloom.spark.session import missing

    lacking = missing()
    if lacking is not None:
        raise UsageError(lacking)
    return options.master or "local[*]"


def _existing(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    missing = next((path for path in paths if not path.is_file()), None)
    if missing is not None:
        raise UsageError(f"no such file: {missing}; --link takes Wikidata as JSON lines or a SKOS vocabulary")
    return paths


def how_of(options: Options) -> How:
    """What reads with these options."""
    if options.only_ontology and not options.ontologies:
        raise UsageError("--only-ontology needs an --ontology FILE: no other relation may come out")
    return How(options.model, options.ontologies, options.only_ontology, options.base)


def named(options: Options) -> dict[str, Any]:
    """The options that decide what is built, as JSON holds them."""
    return {
        "model": options.model,
        "base": options.base,
        "assert": options.policy,
        "store": options.store,
        "sparql": options.sparql,
        "text_column": options.text_column,
        "links": [str(path) for path in options.links],
        "ontologies": [str(path) for path in options.ontologies],
        "only_ontology": options.only_ontology,
        "corrections": [str(path) for path in options.corrections],
    }


def from_names(named: Mapping[str, Any]) -> Options:
    """The options behind `named`."""
    return Options(
        model=named["model"],
        base=named["base"],
        policy=named["assert"],
        store=named["store"],
        sparql=named["sparql"],
        text_column=named["text_column"],
        links=tuple(Path(path) for path in named["links"]),
        ontologies=tuple(Path(path) for path in named["ontologies"]),
        only_ontology=named["only_ontology"],
        corrections=tuple(Path(path) for path in named["corrections"]),
    )
