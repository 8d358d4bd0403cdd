"""Writing a file whole or not at all, and finding a graph on disk; knows nothing of RDF."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factloom.ontology.errors import UsageError

GRAPH_FILE = "graph.ttl"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name `path` only if the block ends well.

    Raises `UsageError` when the folder does not exist or `path` is a folder.
    """
    if not path.parent.is_dir():
        raise UsageError(f"cannot write {path}: no folder {path.parent}")
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder")
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` beside `path`, flush it to the disk, then give it the name `path`."""
    with replacing(path) as part, part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def graph_file(path: str | os.PathLike[str]) -> Path:
    """The graph meant by `path`: the file itself, or `graph.ttl` in a folder that a build wrote.

    Raises `UsageError` when there is none.
    """
    place = Path(path)
    if place.is_file():
        return place
    if (place / GRAPH_FILE).is_file():
        return place / GRAPH_FILE
    if place.is_dir():
        raise UsageError(f"no {GRAPH_FILE} in {place}; name a folder that `factloom build` wrote, or a file")
    raise UsageError(f"no such file or folder: {place}")
