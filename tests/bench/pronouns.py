"""Pronouns of KnowledgeNet: whom they stand for, against the URIs of its facts.

Takes the facts whose subject or object is a pronoun with a URI that a name in the same document carries
too. A pronoun is right when what it is resolved to is met under that name, wrong when it is something else,
and open when the reader abstains. Precision is right among resolved ones, recall right among all.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from factloom.extract import reading
from factloom.extract.entities import Node
from factloom.extract.language import parse
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Document
from factloom.ontology.schema import Schema, load_schema

from .data import shared
from .knowledgenet import Page, read_pages
from .report import table

PRONOUNS = {
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
}
_GROUP = {word: group for group, words in PRONOUNS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun's place in a laid out page, and the places of the names of what it stands for."""

    start: int
    word: str
    names: tuple[tuple[int, int], ...]


def anaphors(page: Page) -> list[Anaphor]:
    """The pronouns of a page whose URI some name of the page has, in reading order."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for passage in page.passages:
        for fact in passage.facts:
            for uri, place in ((fact.subject_uri, fact.subject), (fact.object_uri, fact.object)):
                if uri:
                    places[uri].add(place)
    found: dict[int, Anaphor] = {}
    for spans in places.values():
        names = tuple(sorted(s for s in spans if page.text[slice(*s)].lower() not in _GROUP))
        for start, end in spans:
            word = page.text[start:end].lower()
            if word in _GROUP and names:
                found[start] = Anaphor(start, word, names)
    return [found[start] for start in sorted(found)]


def judged(
    page: Page, sentences: list[Sentence], schema: Schema, counts: Counter[tuple[str, str]]
) -> list[tuple[Anaphor, str]]:
    """Counts each pronoun of the page as right, wrong or open; the wrong ones with what was taken for it."""
    document = Document(page.id, page.text, "", page.id)
    nodes = {t.start: (t, n) for t, n in reading.references(document, sentences, schema)}
    wrong = []
    for anaphor in anaphors(page):
        _, taken = nodes.get(anaphor.start, (None, ()))
        right = _named(anaphor, nodes.values())
        if not right:
            continue  # the reader sees no name there, so nothing tells whom it took
        verdict = "open" if not taken else "right" if right & set(taken) else "wrong"
        counts[_GROUP[anaphor.word], verdict] += 1
        if verdict == "wrong":
            wrong.append((anaphor, ", ".join(n.label for n in taken)))
    return wrong


def _named(anaphor: Anaphor, nodes: Iterable[tuple[Token, tuple[Node, ...]]]) -> set[Node]:
    """The nodes of the names that stand where the gold names do."""
    return {
        node
        for token, found in nodes
        if token.pos != "PRON" and any(s <= token.start < e for s, e in anaphor.names)
        for node in found
    }


def rows(counts: Counter[tuple[str, str]]) -> list[list[Any]]:
    """Right, wrong and open by pronoun and in all, with precision and recall."""
    found: list[list[Any]] = []
    for group in (*PRONOUNS, "all"):
        n = {
            v: sum(c for (g, verdict), c in counts.items() if verdict == v and group in (g, "all"))
            for v in ("right", "wrong", "open")
        }
        resolved, total = n["right"] + n["wrong"], sum(n.values())
        found.append([group, *n.values(), n["right"] / max(resolved, 1), n["right"] / max(total, 1)])
    return found


def main(arguments: Sequence[str]) -> None:
    """Pronouns of KnowledgeNet folds 1-3 against the URIs of what they stand for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench pronouns", description=main.__doc__)
    parser.add_argument("--wrong", action="store_true", help="print every wrong one with its text")
    options = parser.parse_args(arguments)
    lines = shared("bench/knowledgenet/folds1-3.jsonl").read_text(encoding="utf-8").splitlines()
    pages = [p for p in read_pages(lines, (1, 2, 3)) if anaphors(p)]
    schema, counts = load_schema(), Counter[tuple[str, str]]()
    for page, sentences in zip(pages, parse(p.text for p in pages), strict=True):
        for anaphor, taken in judged(page, sentences, schema, counts):
            if options.wrong:
                near = page.text[max(0, anaphor.start - 300) : anaphor.start + 60].replace("\n", " ")
                print(f"{anaphor.word} -> {taken}\n    {near}")
    print(table(["pronouns", "right", "wrong", "open", "precision", "recall"], rows(counts)))
