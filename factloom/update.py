"""Changing the documents of a graph: what is added, replaced or removed, and all else as it was read.

The result is that of a build from scratch of the documents that are left, byte for byte.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from factloom.build import CHANGE, OPTIONS, PARTIAL, Build, run_build, with_found
from factloom.corpus.cache import Cache, Member, is_cached, open_cache
from factloom.corpus.inputs import Corpus, Origin, members_of, together
from factloom.corpus.run import Watch
from factloom.ontology.errors import Problem, UsageError
from factloom.options import Options, from_names


def update_graph(
    directory: str | Path,
    *,
    add: Sequence[str | Path] = (),
    replace: Sequence[str | Path] = (),
    remove: Sequence[str] = (),
    workers: int | None = 1,
    watch: Watch | None = None,
) -> Build:
    """Change the documents of the graph in `directory`; the result is that of a build from scratch.

    `add` are sources; one that is there already is read again. `replace` are sources of which every input
    must be there already. `remove` names documents by id, or inputs by path. All else is taken as it was
    at the last build, whose options are kept; the original files are not needed. Raises `UsageError` for a
    folder without a build's cache, and for what is named and not there.
    """
    place = Path(directory)
    if not is_cached(place):
        raise UsageError(f"no build to update in {place}; build it first: factloom build SOURCES -o {place}")
    problems: list[Problem] = []
    with open_cache(place) as cache:
        options = _options_of(cache, place)

        def members_behind(sources: Sequence[str | Path]) -> list[Member]:
            names = [str(source) for source in sources]
            if not names:
                return []
            return members_of(names, on_problem=problems.append, text_column=options.text_column)

        members = cache.members()
        request = repr([[str(s) for s in part] for part in (add, replace, remove)])
        # The same change again, after a stop near its end perhaps: what was to go may be gone already.
        repeated = cache.noted(CHANGE) == request
        fresh = members_behind(replace)
        _check_known(fresh, members)
        more = members_behind(add)
        members = together(_without(members, remove, cache, repeated=repeated), fresh, more)
        if not members:
            raise UsageError("nothing would be left; a graph needs at least one document")
        found = with_found(options.corrections, [str(s) for s in add])
        options = dataclasses.replace(options, corrections=found, workers=workers)
        return run_build(place, cache, members, options, problems, watch, request=request)


def _options_of(cache: Cache, place: Path) -> Options:
    """The options of the last build."""
    text = cache.noted(OPTIONS)
    if text is None:
        raise UsageError(f"the build in {place} was not finished; run it again before an update")
    if cache.noted(PARTIAL):
        raise UsageError(
            f"the build in {place} took a part of its documents; build the whole before an update"
        )
    return from_names(json.loads(text))


def _check_known(fresh: Sequence[Member], members: Sequence[Member]) -> None:
    known = {member.path for member in members}
    for member in fresh:
        if member.path not in known:
            raise UsageError(f"{member.source} is not in the graph, so it can't be replaced; add it")


def _without(
    members: Sequence[Member], names: Sequence[str], cache: Cache, *, repeated: bool
) -> list[Member]:
    """The members without some documents.

    Raises `UsageError` for a name that no document has, if the change is not `repeated`.
    """
    if not names:
        return list(members)
    documents = Corpus(members, cache).documents(on_problem=lambda _: None)
    ids = {document.id: origin for origin, document in documents}
    gone: set[Origin] = set()
    for name in names:
        found = _named(name, ids, members)
        if not found and not repeated:
            near = difflib.get_close_matches(name, list(ids), n=5, cutoff=0.5)
            raise UsageError(f"no document {name!r} in the graph{_offer(near)}")
        gone.update(found)
    left = Counter(origin.member for origin in {*ids.values()} - gone)
    kept = []
    for n, member in enumerate(members):
        if left[n] or not any(origin.member == n for origin in gone):
            out = (origin.draft for origin in gone if origin.member == n)
            kept.append(dataclasses.replace(member, left_out=tuple(sorted({*member.left_out, *out}))))
    return kept


def _named(name: str, ids: Mapping[str, Origin], members: Sequence[Member]) -> list[Origin]:
    """Where the documents come from that are meant by an id, or by the path of an input."""
    if name in ids:
        return [ids[name]]
    full = os.path.realpath(name)
    numbers = {n for n, member in enumerate(members) if name == member.source or full == member.path}
    return [origin for origin in ids.values() if origin.member in numbers] or [Origin(n, -1) for n in numbers]


def _offer(near: Sequence[str]) -> str:
    return f"; near are: {', '.join(near)}" if near else ""
