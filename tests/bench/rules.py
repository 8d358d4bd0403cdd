"""Confidences of the graph's statements against KnowledgeNet: a reliability table, and each rule's precision.

Takes the statements of folds 1-3 that stand for one of the 15 properties and whose passage was annotated in
full for it; a statement is right when its ends overlap those of a gold fact. What no property asks for is
not judged, so the figures are of the rules as far as these properties use them.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .data import shared
from .knowledgenet import Page, facts_of, read_mappings, read_pages, run_factloom, same
from .report import table

BINS = 10
Judged = tuple[str, float, bool]


def judged(rows: Iterable[Mapping[str, Any]], pages: Mapping[str, Page]) -> Iterator[Judged]:
    """Rule, confidence and whether it is right, of every plain statement that the annotation can judge."""
    mappings = read_mappings()
    for row in rows:
        if row["status"] != "stated":
            continue
        for fact in facts_of(dict(row), mappings):
            starts = (fact.subject[0], fact.object[0])
            for passage in pages[row["document"]].passages:
                inside = passage.start <= min(starts) and max(starts) < passage.end
                right = any(same(gold, fact, exact=False) for gold in passage.facts)
                if inside and (right or fact.property in passage.properties):
                    yield row["rule"], row["confidence"], right


def reliability(found: Iterable[Judged]) -> list[list[Any]]:
    """For each of ten bins: its lower end, how many, their mean confidence, the share that is right."""
    bins: dict[int, list[Judged]] = defaultdict(list)
    for one in found:
        bins[min(int(one[1] * BINS), BINS - 1)].append(one)
    return [
        [number / BINS, len(ones), sum(c for _, c, _ in ones) / len(ones), _share(ones)]
        for number, ones in sorted(bins.items())
    ]


def precisions(found: Iterable[Judged]) -> list[list[Any]]:
    """For each rule: how many were judged and the share that is right, most judged first."""
    rules: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        rules[one[0]].append(one)
    return [[rule, len(ones), _share(ones)] for rule, ones in sorted(rules.items(), key=_most)]


def _most(item: tuple[str, list[Judged]]) -> tuple[int, str]:
    return -len(item[1]), item[0]


def _share(ones: Sequence[Judged]) -> float:
    return sum(right for *_, right in ones) / len(ones)


def main(arguments: Sequence[str]) -> None:
    """Reliability of the graph's confidences and the precision of each rule, on KnowledgeNet folds 1-3."""
    argparse.ArgumentParser(prog="python -m tests.bench rules", description=main.__doc__).parse_args(
        arguments
    )
    lines = shared("bench/knowledgenet/folds1-3.jsonl").read_text(encoding="utf-8").splitlines()
    pages = list(read_pages(lines, (1, 2, 3)))
    found = list(judged(map(json.loads, run_factloom(pages)), {p.id: p for p in pages}))
    print(table(["confidence from", "judged", "mean", "right"], reliability(found)))
    print(table(["rule", "judged", "right"], precisions(found)))
