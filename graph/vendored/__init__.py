"""Files made by others that the page and the server carry, as listed in vendored.toml.

Takes the name of a package and of one of its files; gives the bytes, whole or as they are kept (gzip).
Fetching them is the work of `.ci/vendor.py`, which a change of the list needs and a build never does.
"""

from __future__ import annotations

import gzip
import tomllib
from dataclasses import dataclass
from pathlib import Path

from factloom.ontology.errors import UnknownNameError

HERE = Path(__file__).parent
LIST = HERE / "vendored.toml"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry: where it comes from, its licence, and the SHA-256 of each file kept."""

    name: str
    version: str
    integrity: str
    licence: str
    homepage: str
    used: str
    files: dict[str, str]


def packages(path: Path = LIST) -> dict[str, Package]:
    """The packages of a list by name, in its order."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["package"]
    known = (Package(**_without(row, "file"), files=_files(row)) for row in rows)
    return {package.name: package for package in known}


def packed(package: str, file: str) -> bytes:
    """A file as it is kept, compressed with gzip. Raises `UnknownNameError` for one that is not listed."""
    known = [f"{p.name}/{name}" for p in packages().values() for name in p.files]
    if f"{package}/{file}" not in known:
        raise UnknownNameError("vendored file", f"{package}/{file}", known)
    return place(package, file).read_bytes()


def whole(package: str, file: str) -> bytes:
    """A file as its makers published it; raises as `packed` does."""
    return gzip.decompress(packed(package, file))


def place(package: str, file: str) -> Path:
    """Where a file is kept."""
    return HERE / package / f"{file}.gz"


def _without(row: dict[str, object], key: str) -> dict[str, str]:
    return {name: str(value) for name, value in row.items() if name != key}


def _files(row: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    return {file["name"]: file["sha256"] for file in row["file"]}
