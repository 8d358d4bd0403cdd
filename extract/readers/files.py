"""From what the user names (files, folders, globs, "-") to a list of inputs with unique names.

The list doesn't depend on the order of the sources, of the file system or of time. Opening and reading
is left to `sources`.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from factloom.extract.readers import READERS, Reader, known_suffixes, reader_of_name, stem
from factloom.extract.readers.cleaning import clean_line
from factloom.extract.readers.opening import NO_DOCUMENTS
from factloom.ontology.errors import Problem, UsageError

STDIN = "-"
# Says what is wrong in what was read of the documents around it; never a document itself.
CORRECTIONS = "corrections.yaml"
_GLOB_MARKS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Found:
    """An input: the id it suggests, the path as shown to people, the path to open (None is standard
    input), and its reader; `content` is the SHA-256 of its bytes in hexadecimal where that is known."""

    name: str
    source: str
    path: Path | None
    reader: Reader
    content: str | None = None


def find_files(sources: Sequence[str], *, on_problem: Callable[[Problem], None]) -> list[Found]:
    """The inputs behind `sources`, each once, sorted by name, the names unique.

    A source that is missing and a file of an unknown kind go to `on_problem`. Raises `UsageError` when
    there is no source at all or none of them exists.
    """
    return with_unique_names(behind_sources(sources, on_problem=on_problem), on_problem)


def behind_sources(sources: Sequence[str], *, on_problem: Callable[[Problem], None]) -> list[Found]:
    """As `find_files`, with the names as each input suggests them, which several may share."""
    found: dict[str, Found] = {}
    missing = []
    for source in sorted(set(sources)):
        inputs = _behind(source, on_problem)
        if inputs is None:
            missing.append(source)
        for item in inputs or ():
            found.setdefault("-" if item.path is None else os.path.realpath(item.path), item)
    if len(missing) == len(set(sources)):
        names = ", ".join(repr(_shown(m)) for m in missing) or "none was named"
        raise UsageError(f"no such source: {names}; name files, folders, globs or - for standard input")
    for source in missing:
        on_problem(Problem(_shown(source), "does not exist", "check the path"))
    return in_order(found.values())


def in_order(inputs: Iterable[Found]) -> list[Found]:
    """Inputs in the order in which they are read."""
    return sorted(inputs, key=lambda f: (f.name, f.source))


def _behind(source: str, on_problem: Callable[[Problem], None]) -> Iterable[Found] | None:
    """The inputs of one source; None when there is no such thing."""
    path = Path(source)
    if source == STDIN:
        return [Found("stdin", STDIN, None, READERS["text"])]
    if path.is_dir():
        return _in_folder(path, path, on_problem)
    if path.exists():
        return _as_input(path, path.parent, on_problem, named=True)
    matches = sorted(_glob(source))
    root = _root_of_glob(source)
    return [item for match in matches for item in _matched(Path(match), root, on_problem)] or None


def _glob(pattern: str) -> list[str]:
    if not _GLOB_MARKS & set(pattern):
        return []
    return glob.glob(pattern, recursive=True)  # noqa: PTH207 (`Path.glob` takes no absolute pattern)


def _matched(path: Path, root: Path, on_problem: Callable[[Problem], None]) -> Iterable[Found]:
    if path.is_dir():
        return _in_folder(path, root, on_problem)
    return _as_input(path, root, on_problem)


def _root_of_glob(pattern: str) -> Path:
    """The folder above the first part that has a wildcard."""
    parts = Path(pattern).parts
    fixed = next((i for i, part in enumerate(parts) if _GLOB_MARKS & set(part)), len(parts))
    return Path(*parts[:fixed])


def corrections_in(folder: Path) -> list[Path]:
    """The files of corrections in a folder and all below, hidden folders left out."""
    found: list[Path] = []
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(here, name) for name in files if name == CORRECTIONS]
    return found


def _in_folder(folder: Path, root: Path, on_problem: Callable[[Problem], None]) -> list[Found]:
    """Every document below `folder`, hidden files and folders left out."""

    def unreadable(error: OSError) -> None:
        place = _shown(str(error.filename or folder))
        on_problem(Problem(place, f"can't be listed ({error.strerror})", "check its permissions"))

    inputs: list[Found] = []
    for here, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            inputs += _as_input(Path(here, name), root, on_problem)
    if not inputs:
        on_problem(Problem(_shown(str(folder)), "holds no documents", f"documents end in {known_suffixes()}"))
    return inputs


def _as_input(
    path: Path, root: Path, on_problem: Callable[[Problem], None], *, named: bool = False
) -> Iterator[Found]:
    """The file as an input; nothing for a kind that no reader claims, which is a problem unless the file
    plainly isn't a document and was not `named` by the user."""
    reader = reader_of_name(path.name)
    if path.name == CORRECTIONS and not named:
        return
    if reader is None:
        if named or path.suffix.lower() not in NO_DOCUMENTS:
            remedy = f"convert it to one of {known_suffixes()}"
            on_problem(Problem(_shown(path.as_posix()), f"files of kind {path.suffix} are not read", remedy))
    elif named or path.is_file():
        name = clean_line(_shown(stem(path.relative_to(root).as_posix())))
        yield Found(name or "document", _shown(path.as_posix()), path, reader)
    else:
        on_problem(Problem(_shown(path.as_posix()), "is not a regular file", "remove it or mend the link"))


def _shown(path: str) -> str:
    """The path in characters that can be printed and stored, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


def with_unique_names(inputs: list[Found], on_problem: Callable[[Problem], None]) -> list[Found]:
    """Inputs that share a name keep their suffix ("report.md"), and a hash of their content if that is
    not enough. Of inputs with one name and the same content the first is taken, the others named."""
    inputs = _rename_shared(inputs, lambda f: f.path.name if f.path else f.name, last_part=True)
    inputs = _rename_shared(inputs, lambda f: f"{f.name}-{_content_hash(f)}", last_part=False)
    unique: dict[str, Found] = {}
    for item in inputs:
        first = unique.setdefault(item.name, item)
        if first is not item:
            on_problem(Problem(item.source, f"has the same content as {first.source}", "remove one of them"))
    return list(unique.values())


def _rename_shared(inputs: list[Found], rename: Callable[[Found], str], *, last_part: bool) -> list[Found]:
    """`rename` the inputs whose name is not theirs alone; `last_part` keeps the folders of the name."""
    count = Counter(f.name for f in inputs)

    def renamed(item: Found) -> Found:
        folders = item.name.rpartition("/")[0] + "/" if last_part and "/" in item.name else ""
        return replace(item, name=folders + clean_line(_shown(rename(item))))

    return [f if count[f.name] == 1 else renamed(f) for f in inputs]


def _content_hash(item: Found) -> str:
    """Eight hexadecimal digits of SHA-256; of nothing when the file can't be opened."""
    if item.content is not None:
        return item.content[:8]
    try:
        with (item.path or Path(os.devnull)).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:8]
    except OSError:
        return "unreadable"
