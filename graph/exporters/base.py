"""What every exporter is: a function that writes, and the suffix of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from factloom.graph.files import write_whole
from factloom.graph.settings import Settings
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Document, Statement

Write = Callable[[Sequence[Document], Iterable[Statement], Path, Settings], None]


@dataclass(frozen=True, slots=True)
class Exporter:
    """`write` takes documents, statements, a path and settings; `suffix` is empty for a folder."""

    write: Write
    suffix: str


def write_tables(path: Path, suffix: str, nodes: Callable[[], bytes], edges: Callable[[], bytes]) -> None:
    """Both tables into the folder `path`, or the edges alone where `path` names a file by its suffix."""
    if path.suffix.lower() == suffix:
        write_whole(path, edges())
        return
    if path.exists() and not path.is_dir():
        raise UsageError(f"cannot write {path}: it is a file; name a folder, or a file that ends in {suffix}")
    path.mkdir(exist_ok=True)
    write_whole(path / f"nodes{suffix}", nodes())
    write_whole(path / f"edges{suffix}", edges())
