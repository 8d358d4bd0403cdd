"""Writing files whole or not at all, one or several together, and finding a graph on disk; knows no RDF."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from factloom.ontology.errors import UsageError

GRAPH_FILE = "graph.ttl"
# Names the files that are about to take their places together, a line each.
_SWITCH = ".switch"
log = logging.getLogger(__name__)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name `path` only if the block ends well.

    Raises `UsageError` when the folder does not exist or `path` is a folder.
    """
    if not path.parent.is_dir():
        raise UsageError(f"cannot write {path}: no folder {path.parent}")
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder")
    part = _part_of(path)
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


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


@contextmanager
def replacing_all(directory: Path, names: Sequence[str]) -> Iterator[dict[str, Path]]:
    """Paths beside some files of a folder to write to; all take their names if the block ends well.

    A process that is killed between two of the renames leaves a note, by which `settle` does the rest.
    """
    settle(directory)
    parts = {name: _part_of(directory / name) for name in names}
    try:
        yield parts
        for part in parts.values():
            with part.open("rb") as file:
                os.fsync(file.fileno())
        write_whole(directory / _SWITCH, "\n".join(names).encode())
        settle(directory)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def settle(directory: Path) -> None:
    """End what `replacing_all` had begun when its process was killed, so that all files are of one build.

    Where the folder can't be written it stays as it is, and the log says so.
    """
    note = directory / _SWITCH
    try:
        names = note.read_text(encoding="utf-8").splitlines()
        for path in (directory / Path(name).name for name in names):
            with suppress(FileNotFoundError):  # It has its place already.
                _part_of(path).replace(path)
        note.unlink(missing_ok=True)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("the files of %s are of two builds; build again (%s)", directory, error.strerror)


def graph_file(path: str | os.PathLike[str]) -> Path:
    """The graph meant by `path`: the file itself, or `graph.ttl` in a folder that a build wrote.

    Raises `UsageError` when there is none.
    """
    place = Path(path)
    if place.is_file():
        return place
    settle(place)
    if (place / GRAPH_FILE).is_file():
        return place / GRAPH_FILE
    if place.is_dir():
        raise UsageError(f"no {GRAPH_FILE} in {place}; name a folder that `factloom build` wrote, or a file")
    raise UsageError(f"no such file or folder: {place}")
