"""From a DataFrame of documents to statements and N-Quads, all of it on Spark.

The steps are those of a build on one machine. Documents are read where they lie. Names are blocked by the
keys of `extract.unify`: Spark finds the keys that two entities share, and only the entities under such keys
come to the driver, where it is decided which are one. Statements are rewritten where they lie; the votes on
labels and classes are added up by Spark and joined to the statements, which are grouped by what they say.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factloom import lines
from factloom.corpus.joining import Others, sort_key
from factloom.corpus.packing import pack, unpack
from factloom.corpus.reader import batches, read_batch, schema_of
from factloom.extract.namesakes import Profile, apart, tell_apart
from factloom.extract.unify import blocking_keys, decide, met_apart, rewrite, separate
from factloom.graph.merge import Agreed, Ballots, elected, entities_of, unite
from factloom.graph.quads import quad_lines
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Document, Entity, Statement
from factloom.options import Options, how_of, plan_of
from factloom.spark.rows import (
    COLUMNS,
    batches_of,
    document_of,
    entity_of,
    finished_document,
    form_of,
    relation_form,
    relation_of,
)
from factloom.spark.session import PARTS_PER_CORE

_READING = "document string, record binary, met binary, statements binary"
_SPREAD = "part string, key binary, form string, number long, data binary"
ROW_COLUMNS = {
    "subject": "string",
    "subject_label": "string",
    "subject_type": "string",
    "relation": "string",
    "relation_label": "string",
    "object": "string",
    "object_label": "string",
    "datatype": "string",
    "unit": "string",
    "status": "string",
    "confidence": "double",
    "document": "string",
    "locator": "string",
    "sentence": "string",
    "start": "long",
    "end": "long",
    "time": "string",
    "rule": "string",
    "line": "string",
}


@dataclass(frozen=True, slots=True)
class Read:
    """Documents that were read and joined: `readings` with packed records, `united` with the merged
    statements by their key, and the options. Both are kept on the disks of the executors."""

    readings: Any
    united: Any
    options: Options


def read(documents: Any, *, options: Options | None = None) -> Read:
    """Read a DataFrame with the columns `text` and, if known, `id`, `title`, `source`, `language`, `date`.

    `options` are those of a build; `workers`, `limit`, `sample`, `store` and the page don't concern it.
    Raises `UsageError` when there is no column `text`, or for options that Spark doesn't do (`corrections`,
    `links`).
    """
    options = options or Options()
    if options.corrections or options.links:
        raise UsageError("corrections and links are done by `factloom build`, also with --engine spark")
    if "text" not in documents.columns:
        raise UsageError(f"the DataFrame has no column 'text'; it has {', '.join(documents.columns)}")
    plan_of(options)
    readings = _readings(documents, options)
    others = _namesakes(readings)
    spread = _spread(readings, others, _decided(readings, others, options))
    return Read(readings, _united(spread, _cores(documents) * PARTS_PER_CORE), options)


def statements(found: Read) -> Any:
    """A DataFrame of all statements, a row for each place where one was read; `line` is that of
    statements.jsonl."""

    def rows(parts: Iterable[Any]) -> Iterator[Any]:
        found = (unpack(data) for part in parts for data in part.column("data").to_pylist())
        all_ = (row for statement in found for row in _rows(statement))
        yield from batches_of(all_, ROW_COLUMNS)

    ordered = found.united.orderBy("key")
    return ordered.mapInArrow(rows, ", ".join(f"`{n}` {kind}" for n, kind in ROW_COLUMNS.items()))


def nquads(found: Read) -> Any:
    """A DataFrame with a column `value`: the graph as lines of N-Quads, each once, in no order."""
    settings = plan_of(found.options).settings
    languages = _other_languages(found.readings)

    def quads(documents: list[Document], said: list[Statement]) -> Iterator[Any]:
        written = quad_lines(documents, said, settings=settings, languages=languages)
        return batches_of(({"value": line} for line in written), ["value"])

    def of_statements(parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            yield from quads([], list(map(unpack, part.column("data").to_pylist())))

    def of_documents(parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            yield from quads(list(map(unpack, part.column("record").to_pylist())), [])

    said = found.united.select("data").mapInArrow(of_statements, "value string")
    cited = found.readings.select("record").mapInArrow(of_documents, "value string")
    return said.union(cited).distinct()


def _other_languages(readings: Any) -> dict[str, str]:
    """The language of every document that is not English, by its id."""

    def others(parts: Iterable[Any]) -> Iterator[Any]:
        found = (unpack(data) for part in parts for data in part.column("record").to_pylist())
        rows = ({"document": d.id, "language": d.language} for d in found if d.language != "en")
        yield from batches_of(rows, ("document", "language"))

    rows = readings.select("record").mapInArrow(others, "document string, language string").collect()
    return {row["document"]: row["language"] for row in rows}


def _cores(frame: Any) -> int:
    return int(frame.sparkSession.sparkContext.defaultParallelism)


# --- Reading


def _readings(documents: Any, options: Options) -> Any:
    """A row for each document: its packed record, the forms of names met in it, its statements."""
    how = how_of(options)
    make = finished_document if "locators" in documents.columns else document_of
    wanted = [c for c in (*COLUMNS, "locators") if c in documents.columns]

    def task(parts: Iterable[Any]) -> Iterator[Any]:
        rows = (row for part in parts for row in part.to_pylist())
        found = ((d.id, d) for row in rows if (d := make(row)) is not None)
        for batch in batches(found, how):
            readings = zip(batch.documents, read_batch(batch).readings, strict=True)
            yield from batches_of(
                (
                    {"document": name, "record": pack(document), "met": met, "statements": said}
                    for (name, document), (_, (met, said, _)) in readings
                ),
                ("document", "record", "met", "statements"),
            )

    spread = documents.select(*wanted).repartition(_cores(documents) * PARTS_PER_CORE)
    return _kept(spread.mapInArrow(task, _READING))


def _kept(frame: Any) -> Any:
    """The rows on the executors' disks; those of a lost executor are made again."""
    from pyspark import StorageLevel

    return frame.persist(StorageLevel.DISK_ONLY)


# --- Names


def _namesakes(readings: Any) -> Others:
    """People of one name who are told apart. Only those of names that several documents tell something of
    come to the driver."""
    from pyspark.sql import functions as f

    def people(parts: Iterable[Any]) -> Iterator[Any]:
        found = (p for part in parts for data in part.column("met").to_pylist() for p in unpack(data)[1])
        rows = ({"iri": p.person.iri, "telling": p.telling, "profile": pack(p)} for p in found)
        yield from batches_of(rows, ("iri", "telling", "profile"))

    found = _kept(readings.select("met").mapInArrow(people, "iri string, telling boolean, profile binary"))
    telling = found.where("telling")
    several = telling.groupBy("iri").agg(f.count("iri").alias("number")).where("number > 1")
    persons = tell_apart(_profiles(telling.join(several, "iri")))
    others = apart(persons, _profiles(found.where(found.iri.isin(list(persons))))) if persons else {}
    found.unpersist()
    return others


def _profiles(rows: Any) -> Iterator[Profile]:
    return (unpack(bytes(row["profile"])) for row in rows.select("profile").collect())


def _decided(readings: Any, others: Others, options: Options) -> dict[str, Entity]:
    """Which entities are one, by the keys that they share."""
    from pyspark.sql import functions as f

    how = how_of(options)
    shared_others = readings.sparkSession.sparkContext.broadcast(pack(others))

    def forms(parts: Iterable[Any]) -> Iterator[Any]:
        others = unpack(shared_others.value)
        surveys = ((r["document"], unpack(r["met"])[0]) for part in parts for r in part.to_pylist())
        met = (x for document, some in surveys for x in met_apart(some, others.get(document, {})))
        rows = (
            {"iri": e.iri, "form": form_of(e), "number": n, "keys": sorted(blocking_keys(e))} for e, n in met
        )
        yield from batches_of(rows, ("iri", "form", "number", "keys"))

    schema = "iri string, form string, number long, keys array<string>"
    met = readings.select("document", "met").mapInArrow(forms, schema)
    met = met.groupBy("iri", "form").agg(f.sum("number").alias("number"), f.first("keys").alias("keys"))
    met = _kept(met)
    keys = met.select("iri", f.explode("keys").alias("key")).distinct()
    shared = keys.groupBy("key").count().where("count > 1").select("key")
    near = keys.join(shared, "key").select("iri").distinct()
    rows = met.join(near, "iri").select("form", "number").collect()
    met.unpersist()
    return decide(Counter({entity_of(row["form"]): row["number"] for row in rows}), schema_of(how))


# --- Statements


def _spread(readings: Any, others: Others, targets: Mapping[str, Entity]) -> Any:
    """Rows of statements ("s") by key, of votes ("v") and of relations ("r"), names joined."""
    shared = readings.sparkSession.sparkContext.broadcast(pack((others, dict(targets))))

    def task(parts: Iterable[Any]) -> Iterator[Any]:
        others, joined = unpack(shared.value)
        packed = ((row["document"], row["statements"]) for part in parts for row in part.to_pylist())
        rows = (row for d, data in packed for row in _spread_rows(data, others.get(d, {}), joined))
        yield from batches_of(rows, ("part", "key", "form", "number", "data"))

    return _kept(readings.select("document", "statements").mapInArrow(task, _SPREAD))


def _spread_rows(
    data: bytes, others: Mapping[str, Entity], targets: Mapping[str, Entity]
) -> Iterator[dict[str, Any]]:
    said = (separate(s, others) for s in unpack(zlib.decompress(data)))
    found: list[Statement] = [rewrite(s, targets) for s in said]
    ballots = Ballots()
    ballots.count(found)
    for s in found:
        yield _spread_row("s", key=sort_key(s.key), data=pack(s))
    for entity, number in ballots.votes():
        yield _spread_row("v", key=entity.iri.encode(), form=form_of(entity), number=number)
    for relation in ballots.relations():
        yield _spread_row("r", form=relation_form(relation))


def _spread_row(
    part: str, *, key: bytes = b"", form: str = "", number: int = 0, data: bytes = b""
) -> dict[str, Any]:
    return {"part": part, "key": key, "form": form, "number": number, "data": data}


def _united(spread: Any, parts: int) -> Any:
    """Merged statements by key: the agreed names of each part of them joined to it, and groups united."""
    from pyspark.sql import functions as f

    relations = Ballots()
    for row in spread.where("part = 'r'").select("form").distinct().collect():
        relations.take_relation(relation_of(row["form"]))
    known = relations.agree().relations
    said = spread.where("part = 's'").select(
        f.pmod(f.xxhash64("key"), f.lit(parts)).alias("place"), "key", "data"
    )
    near = said.mapInArrow(_mentioned, "place long, iri string").distinct()
    named = near.join(_agreed(spread), "iri").select("place", "form")

    def task(some: Any, names: Any) -> Any:
        entities = {e.iri: e for e in map(entity_of, names.column("form").to_pylist())}
        return _unite(some, Agreed(entities, known))

    grouped = said.groupBy("place").cogroup(named.groupBy("place"))
    return _kept(grouped.applyInArrow(task, "key binary, data binary"))


def _mentioned(parts: Iterable[Any]) -> Iterator[Any]:
    """The IRIs that the statements of a place speak of."""
    for part in parts:
        places, packed = part.column("place").to_pylist(), part.column("data").to_pylist()
        rows = {
            (place, entity.iri)
            for place, data in zip(places, packed, strict=True)
            for entity in entities_of(unpack(data))
        }
        yield from batches_of(({"place": p, "iri": iri} for p, iri in sorted(rows)), ("place", "iri"))


def _agreed(spread: Any) -> Any:
    """The elected form of every entity."""
    from pyspark.sql import functions as f

    votes = spread.where("part = 'v'").groupBy("key", "form").agg(f.sum("number").alias("number"))
    forms = votes.groupBy("key").agg(f.collect_list(f.struct("form", "number")).alias("forms"))

    def elect(parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            rows = []
            for some in part.column("forms").to_pylist():
                entity = elected({entity_of(v["form"]): v["number"] for v in some})
                rows.append({"iri": entity.iri, "form": form_of(entity)})
            yield from batches_of(rows, ("iri", "form"))

    return forms.select("forms").mapInArrow(elect, "iri string, form string")


def _unite(some: Any, agreed: Agreed) -> Any:
    import pyarrow

    groups: dict[bytes, list[Statement]] = {}
    for key, data in zip(some.column("key").to_pylist(), some.column("data").to_pylist(), strict=True):
        groups.setdefault(key, []).append(unpack(data))
    keys = sorted(groups)
    merged = [pack(unite(groups[key], agreed)) for key in keys]
    fields = pyarrow.schema([("key", pyarrow.binary()), ("data", pyarrow.binary())])
    return pyarrow.table({"key": keys, "data": merged}, schema=fields)


def _rows(statement: Statement) -> Iterator[dict[str, Any]]:
    """The columns of each piece of evidence."""
    for row in lines.statement_rows(statement):
        subject, relation, target = row["subject"], row["relation"], row["object"]
        yield {
            "subject": subject["iri"],
            "subject_label": subject["label"],
            "subject_type": subject["type"],
            "relation": relation["iri"],
            "relation_label": relation["label"],
            "object": target.get("iri") or target["value"],
            "object_label": target.get("label") or target["text"],
            "datatype": target.get("datatype"),
            "unit": target.get("unit"),
            "status": row["status"],
            "confidence": row["confidence"],
            "document": row["document"],
            "locator": row.get("locator"),
            "sentence": row["sentence"]["text"],
            "start": row["sentence"]["start"],
            "end": row["sentence"]["end"],
            "time": row["time"],
            "rule": row["rule"],
            "line": json.dumps(row, ensure_ascii=False),
        }
