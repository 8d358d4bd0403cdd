"""KnowledgeNet: typed facts in passages, scored by the characters of their subject and object.

The measure is that of Mesquita et al., "KnowledgeNet: A Benchmark Dataset for Knowledge Base Population"
(EMNLP 2019): a predicted fact matches a gold fact of the same passage and property when both subjects and
both objects share a character (overlap) or have the same ends (exact). A gold fact that is matched is a true
positive, another a false negative. A prediction that matches nothing, nor a prediction that does, is a false
positive if the passage was annotated in full for its property, and else is not counted.

Documents are laid out anew from their passages, since the text between passages is not part of the data; runs
of blanks become one, as a reader of files makes them. Statements whose offsets do not fit that text (a list
mark that was dropped, say) are left out and counted.
`knowledgenet_properties.tsv` says which relations of the ontology stand for the 15 properties, and for which
classes of subject and object (a blank means any).
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from factloom.ontology.schema import Schema, load_schema

from .data import output_of, shared
from .report import table

PROPERTIES = Path(__file__).with_name("knowledgenet_properties.tsv")
STATUSES = ("stated", "reported")


@dataclass(frozen=True, slots=True)
class Fact:
    """A property between two half-open stretches of characters of a laid out document.

    The URIs of gold facts tell what the stretches stand for ("" where nobody said).
    """

    property: str
    subject: tuple[int, int]
    object: tuple[int, int]
    subject_uri: str = field(default="", compare=False)
    object_uri: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands in the laid out text, what it was annotated for, and its facts."""

    start: int
    end: int
    properties: frozenset[str]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document: its id, its text laid out from the passages, and the passages in order."""

    id: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A relation (the last part of its IRI) that stands for a property; `inverse` swaps the ends."""

    property: str
    inverse: bool
    subject_class: str
    object_class: str


Counts = Counter[tuple[str, str]]  # (property, "TP" | "FP" | "FN")


def read_mappings(path: Path = PROPERTIES) -> dict[str, list[Mapping]]:
    """The table of properties, by relation."""
    mappings: dict[str, list[Mapping]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            mapping = Mapping(
                row["property"], row["direction"] == "inverse", row["subject_class"], row["object_class"]
            )
            mappings.setdefault(row["relation"], []).append(mapping)
    return mappings


def read_pages(lines: Iterable[str], folds: Iterable[int]) -> Iterator[Page]:
    """The documents of some folds, from KnowledgeNet's JSON Lines."""
    wanted = set(folds)
    for line in lines:
        record = json.loads(line)
        if record["fold"] in wanted:
            yield lay_out(record)


def lay_out(record: dict[str, object]) -> Page:
    """The page of a document: neighbouring passages apart by a blank, others by an empty line."""
    text, before = "", None
    passages: list[Passage] = []
    entries = record["passages"]
    assert isinstance(entries, list)
    for entry in sorted(entries, key=lambda p: p["passageStart"]):
        if before is not None:
            text += " " if entry["passageStart"] - before <= 1 else "\n\n"
        passages.append(_passage(entry, len(text)))
        text += re.sub(r"\s+", " ", entry["passageText"])
        before = entry["passageEnd"]
    return Page(f"knowledgenet-{record['documentId']}", text, tuple(passages))


def _passage(entry: dict[str, Any], start: int) -> Passage:
    places = [start]
    for before, here in pairwise(entry["passageText"] + "."):
        places.append(places[-1] + (not (before.isspace() and here.isspace())))

    def moved(*offsets: int) -> tuple[int, int]:
        first, last = (places[offset - entry["passageStart"]] for offset in offsets)
        return first, last

    facts = (
        Fact(
            f["propertyId"],
            moved(f["subjectStart"], f["subjectEnd"]),
            moved(f["objectStart"], f["objectEnd"]),
            f.get("subjectUri", ""),
            f.get("objectUri", ""),
        )
        for f in entry["facts"]
    )
    names = (p["propertyId"] for p in entry["exhaustivelyAnnotatedProperties"])
    return Passage(start, places[-1], frozenset(names), tuple(facts))


def facts_of(record: dict[str, object], mappings: dict[str, list[Mapping]]) -> Iterator[Fact]:
    """The facts that one JSON object of `factloom statements` stands for; none when nothing is mapped."""
    subject, relation, target = record["subject"], record["relation"], record.get("object")
    if not isinstance(target, dict) or not isinstance(subject, dict) or not isinstance(relation, dict):
        return
    for mapping in mappings.get(_name(relation.get("iri")), ()):
        if _is_class(subject, mapping.subject_class) and _is_class(target, mapping.object_class):
            ends = (subject["start"], subject["end"]), (target["start"], target["end"])
            first, second = reversed(ends) if mapping.inverse else ends
            yield Fact(mapping.property, first, second)


def _name(iri: object) -> str:
    return str(iri or "").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _is_class(part: dict[str, object], wanted: str) -> bool:
    kind = str(part.get("type") or "")
    return not wanted or wanted in {_name(kind), *map(_name, _schema().ancestors(kind))}


@functools.cache
def _schema() -> Schema:
    return load_schema()


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two half-open stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def same(one: Fact, other: Fact, *, exact: bool) -> bool:
    """Whether two facts have one property and matching ends."""
    if one.property != other.property:
        return False
    if exact:
        return one == other
    return overlaps(one.subject, other.subject) and overlaps(one.object, other.object)


def count(passage: Passage, predicted: Sequence[Fact], *, exact: bool) -> Counts:
    """True and false positives and false negatives of one passage, by property."""
    counts: Counts = Counter()
    used: list[Fact] = []
    for gold in passage.facts:
        hits = [p for p in predicted if same(gold, p, exact=exact)]
        counts[gold.property, "TP" if hits else "FN"] += 1
        used += hits
    for fact in predicted:
        if fact.property in passage.properties and not any(same(fact, u, exact=exact) for u in used):
            counts[fact.property, "FP"] += 1
    return counts


def score(pages: Iterable[Page], predicted: dict[str, list[Fact]], *, exact: bool) -> Counts:
    """Counts of all passages; a prediction belongs to the passage that holds both its ends."""
    counts: Counts = Counter()
    for page in pages:
        for passage in page.passages:
            inside = [f for f in predicted.get(page.id, ()) if _within(f, passage)]
            counts += count(passage, list(dict.fromkeys(inside)), exact=exact)
    return counts


def _within(fact: Fact, passage: Passage) -> bool:
    starts, ends = zip(fact.subject, fact.object, strict=True)
    return passage.start <= min(starts) and max(ends) <= passage.end


def figures(counts: Counts, name: str | None = None) -> list[float]:
    """Precision, recall and F1 of one property, or of all together (as the paper's global figure)."""
    tp, fp, fn = (
        sum(n for (p, kind), n in counts.items() if kind == k and name in (None, p))
        for k in ("TP", "FP", "FN")
    )
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    return [precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0]


def run_factloom(pages: Sequence[Page]) -> list[str]:
    """The lines of `factloom statements` for the pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.jsonl"
        lines = (json.dumps({"id": p.id, "text": p.text}, ensure_ascii=False) for p in pages)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "factloom", "statements", str(path)]
        output = output_of(command)
    return output.splitlines()


def read_predictions(
    lines: Iterable[str], pages: Iterable[Page], statuses: Sequence[str]
) -> tuple[dict[str, list[Fact]], int]:
    """Facts by document from statements, and how many statements do not fit the laid out text."""
    texts, mappings = {p.id: p.text for p in pages}, read_mappings()
    predicted: dict[str, list[Fact]] = defaultdict(list)
    astray = 0
    for line in filter(str.strip, lines):
        record = json.loads(line)
        if record["polarity"] == "affirmed" and record["status"] in statuses:
            if _fits(record, texts[record["document"]]):
                predicted[record["document"]] += facts_of(record, mappings)
            else:
                astray += 1
    return predicted, astray


def _fits(record: dict[str, Any], text: str) -> bool:
    parts = [part for part in (record["subject"], record.get("object")) if part]
    return all(text[part["start"] : part["end"]] == part["text"] for part in parts)


def main(arguments: Sequence[str]) -> None:
    """KnowledgeNet, folds 1-3, without training: span overlap and span exact."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench knowledgenet", description=main.__doc__)
    parser.add_argument("--folds", default="1,2,3", help="folds apart by commas (1,2,3)")
    parser.add_argument("--predictions", type=Path, metavar="FILE.jsonl", help="statements written before")
    parser.add_argument("--write-input", type=Path, metavar="FILE.jsonl", help="only write the documents")
    parser.add_argument("--statuses", default=",".join(STATUSES), help="statuses that count as predicted")
    options = parser.parse_args(arguments)
    lines = shared("bench/knowledgenet/folds1-3.jsonl").read_text(encoding="utf-8").splitlines()
    pages = list(read_pages(lines, map(int, options.folds.split(","))))
    if options.write_input:
        documents = [json.dumps({"id": p.id, "text": p.text}, ensure_ascii=False) for p in pages]
        options.write_input.write_text("\n".join(documents) + "\n", encoding="utf-8")
        return
    written = options.predictions
    found = written.read_text(encoding="utf-8").splitlines() if written else run_factloom(pages)
    predicted, astray = read_predictions(found, pages, options.statuses.split(","))
    print_figures(pages, predicted)
    print(f"{astray} statements left out: their offsets are not those of the laid out text")


def print_figures(pages: Sequence[Page], predicted: dict[str, list[Fact]]) -> None:
    """Print precision, recall and F1 by property and over all, for overlapping and for exact spans."""
    overlap, exact = (score(pages, predicted, exact=e) for e in (False, True))
    rows: list[list[object]] = []
    for name in (*sorted({p for p, _ in overlap}), None):
        gold = sum(n for (p, kind), n in overlap.items() if kind in ("TP", "FN") and name in (None, p))
        rows.append([name or "all", gold, *figures(overlap, name), *figures(exact, name)])
    head = ["KnowledgeNet", "gold", "P overlap", "R overlap", "F1 overlap", "P exact", "R exact", "F1 exact"]
    print(table(head, rows))
