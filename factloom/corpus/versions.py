"""What a reading depends on besides the document, as one hash: rules, ontologies, model, libraries."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from factloom.ontology.errors import ModelError, UsageError
from factloom.ontology.records import Document

# Their numerics and tables decide what a parser sees.
_LIBRARIES = ("spacy", "thinc", "blis", "numpy")
_NO_SOURCE = (".pyc", "__pycache__")


def reading_version(*, model: str, ontologies: Iterable[Path], rest: Iterable[str]) -> str:
    """A hash of everything but the document that decides what is read in it.

    The sources and data of the packages that read, the content of the ontologies, the model by its
    version or, if it is a folder, by its files, the libraries by version, and `rest`, the other options.
    """
    content = hashlib.sha256("\n".join((*rest, _package("factloom.extract"))).encode())
    content.update(_package("factloom.ontology").encode())
    for path in ontologies:
        content.update(_file(path))
    content.update(_model(model).encode())
    content.update(" ".join(version(name) for name in _LIBRARIES).encode())
    return content.hexdigest()[:32]


def readers_version() -> str:
    """A hash of what decides how a file becomes text."""
    return _package("factloom.extract.readers")


def fingerprint(document: Document, reading: str) -> str:
    """The key of a document's reading: its content with the version of what reads it; not where it lies."""
    parts = (document.id, document.text, document.title, document.language, document.date, document.locators)
    return hashlib.sha256(f"{reading}\n{parts!r}".encode(errors="surrogatepass")).hexdigest()[:32]


@functools.cache
def _package(name: str) -> str:
    content = hashlib.sha256()
    for path, item in sorted(_below(files(name), "")):
        content.update(path.encode() + b"\0" + hashlib.sha256(item.read_bytes()).digest())
    return content.hexdigest()


def _file(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def _below(folder: Traversable, place: str) -> Iterable[tuple[str, Traversable]]:
    for item in folder.iterdir():
        path = f"{place}/{item.name}"
        if item.name.endswith(_NO_SOURCE):
            continue
        if item.is_dir():
            yield from _below(item, path)
        else:
            yield path, item


def _model(name: str) -> str:
    """The version of an installed pipeline, or a hash of a folder's files."""
    folder = Path(name)
    if folder.is_dir():
        content = hashlib.sha256()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            content.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
        return content.hexdigest()
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        raise ModelError(
            f"spaCy pipeline {name!r} is not installed; install it or name another with --model"
        ) from None
