"""The demo documents: all are read, nothing but the article is kept, and their words are our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factloom.extract.readers.sources import read_sources
from factloom.ontology.errors import Problem
from factloom.ontology.records import Document

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def seeds() -> list[Document]:
    problems: list[Problem] = []
    documents = list(read_sources([str(ROOT / "seeds")], on_problem=problems.append))
    assert problems == []
    return documents


def test_they_are_many_in_every_format(seeds: list[Document]) -> None:
    suffixes = {path.suffix for path in (ROOT / "seeds").iterdir()}
    assert {".txt", ".md", ".html", ".jsonl"} <= suffixes
    assert len(seeds) >= 20
    assert {d.language for d in seeds} == {"en"}


def test_each_has_a_title_and_every_report_a_date(seeds: list[Document]) -> None:
    assert all(d.title and not d.title.endswith(".") for d in seeds)
    undated = {d.id for d in seeds if d.date is None}
    assert undated == {"hoover-dam", "insulin", "marie-curie", "montreal-protocol", "voyager"}


def test_pages_are_read_without_their_surroundings(seeds: list[Document]) -> None:
    surroundings = ("cookie", "subscribe", "privacy", "imprint", "recipes", "half the price", "great read")
    assert not [(d.id, w) for d in seeds for w in surroundings if w in d.text.lower()]


def test_no_phrase_of_the_first_article_is_repeated(seeds: list[Document]) -> None:
    if not ARTICLE.is_dir():
        pytest.skip("the article that the project started from is not beside this checkout")
    article = " ".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLE.glob("*.txt")))
    shared = _phrases(article, 6) & _phrases("\n".join(d.text for d in seeds), 6)
    assert shared == set()


def _phrases(text: str, length: int) -> set[str]:
    """Every run of `length` words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
