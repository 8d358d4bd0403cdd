"""From sources to the documents of a corpus, by way of the cache: an input is read once for its content.

Which inputs make the corpus is a list of `Member`s; names, and so the ids of documents, are worked out over
the whole list each time, as for a build from scratch.
"""

from __future__ import annotations

import hashlib
import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from factloom.corpus.cache import Cache, Member
from factloom.corpus.packing import pack
from factloom.corpus.versions import readers_version
from factloom.extract.readers import READERS
from factloom.extract.readers.base import Draft
from factloom.extract.readers.files import Found, behind_sources, in_order, with_unique_names
from factloom.extract.readers.sources import documents, drafts
from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.ids import digest
from factloom.ontology.records import Document

OnProblem = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document of a corpus comes from: a member by its number, and a draft of it by its number."""

    member: int
    draft: int


def members_of(
    sources: Sequence[str], *, on_problem: OnProblem, text_column: str | None = None
) -> list[Member]:
    """The inputs behind sources, with the hash of their content. Raises `UsageError` as `find_files`."""
    return [_member(item, text_column) for item in behind_sources(sources, on_problem=on_problem)]


def _member(item: Found, text_column: str | None) -> Member:
    reader = next(name for name, known in READERS.items() if known is item.reader)
    path = None if item.path is None else os.path.realpath(item.path)
    return Member(item.name, item.source, path, reader, _hash(item.path), text_column=text_column)


def _hash(path: Path | None) -> str | None:
    """None when there is nothing to open; reading it will tell why."""
    if path is None:
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def together(*groups: Iterable[Member]) -> list[Member]:
    """Members of several groups in the order of reading; of one path the last one counts."""
    by_path = {member.path or member.source: member for group in groups for member in group}
    place = {_found(member): member for member in by_path.values()}
    return [place[found] for found in in_order(place)]


def _found(member: Member) -> Found:
    path = None if member.path is None else Path(member.path)
    return Found(member.name, member.source, path, READERS[member.reader], member.content)


class Corpus:
    """The documents of some members, read through the cache as often as wanted."""

    def __init__(self, members: Sequence[Member], cache: Cache) -> None:
        self.members = list(members)
        self.inputs: list[str] = []
        self._cache = cache
        self._version = readers_version()

    def documents(self, *, on_problem: OnProblem) -> Iterator[tuple[Origin, Document]]:
        """Every document with its origin, in the order of reading; what can't be read goes to `on_problem`.

        Raises `UsageError` when an input that must be read again is gone.
        """
        by_found = {_found(member): n for n, member in enumerate(self.members)}
        names = {(f.source, f.path): n for f, n in by_found.items()}
        inputs = with_unique_names(list(by_found), on_problem)
        at = Origin(0, 0)

        def read(item: Found) -> Iterator[Draft | Problem]:
            nonlocal at
            number = names[item.source, item.path]
            for n, draft in self._drafts(item, self.members[number].text_column):
                if n not in self.members[number].left_out:
                    at = Origin(number, n)
                    yield draft

        for document in documents(inputs, read, on_problem=on_problem):
            yield at, document

    def _drafts(self, item: Found, column: str | None) -> Iterator[tuple[int, Draft | Problem]]:
        if item.path is None:
            yield from enumerate(self._standard_input(item))
        elif item.content is None:
            yield from enumerate(drafts(item, text_column=column))
        else:
            key = self._key(item, item.content, column)
            if not self._cache.has_input(key):
                if _hash(item.path) != item.content:
                    raise UsageError(f"{item.source} has changed or is gone; replace or remove it")
                self._cache.keep_input(key, drafts(item, text_column=column))
            self.inputs.append(key)
            yield from self._cache.drafts(key)

    def _standard_input(self, item: Found) -> Iterator[Draft | Problem]:
        """It can be read but once, so it is kept by what was read."""
        number = next(n for n, member in enumerate(self.members) if member.path is None)
        member = self.members[number]
        if member.content is None:
            found = list(drafts(item))
            member = replace(member, content=hashlib.sha256(pack(found)).hexdigest())
            self.members[number] = member
            self._cache.keep_input(self._key(item, str(member.content)), found)
        key = self._key(item, str(member.content))
        self.inputs.append(key)
        for _, draft in self._cache.drafts(key):
            yield draft

    def _key(self, item: Found, content: str, column: str | None = None) -> str:
        reader = next(name for name, known in READERS.items() if known is item.reader)
        parts = (self._version, reader, item.name, item.source, content, column or "")
        return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]


def chosen(
    documents: Callable[[OnProblem], Iterable[Document]],
    on_problem: OnProblem,
    *,
    limit: int | None,
    sample: int | None,
) -> Iterator[Document]:
    """All documents, the first ones (`limit`), or those whose ids have the smallest hashes (`sample`), which
    are the same ones each time; `documents` gives them all, as often as it is called."""
    if sample is not None:
        ids = (document.id for document in documents(lambda _: None))
        taken = set(heapq.nsmallest(sample, ids, key=lambda id_: (digest(id_), id_)))
        return (document for document in documents(on_problem) if document.id in taken)
    return islice(documents(on_problem), limit)
