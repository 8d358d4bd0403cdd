"""The house's plan: packages, links, data files, bans and the version say the same everywhere."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOMS = ("extract", "graph", "ontology")


@pytest.fixture(scope="session")
def project(root: Path) -> dict[str, Any]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def folders(root: Path) -> Iterator[tuple[str, Path]]:
    """(package name, folder) of everything with an __init__.py in the front door and the rooms."""
    for top in ("factloom", *ROOMS):
        for init in sorted((root / top).rglob("__init__.py")):
            relative = init.parent.relative_to(root)
            through_a_link = len(relative.parts) > 1 and (root / Path(*relative.parts[:2])).is_symlink()
            if not through_a_link:
                name = ".".join(relative.parts if top == "factloom" else ("factloom", *relative.parts))
                yield name, init.parent


def data_files(root: Path) -> Iterator[tuple[str, Path]]:
    """(nearest package, file) of every file of the rooms that is not Python."""
    packages = {folder: name for name, folder in folders(root)}
    for file in sorted(f for room in ROOMS for f in (root / room).rglob("*") if f.is_file()):
        hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
        if file.suffix not in (".py", ".pyc") and not hidden:
            owner = next(folder for folder in file.parents if folder in packages)
            yield packages[owner], file.relative_to(owner)


def test_the_packages_are_the_folders(root: Path, project: dict[str, Any]) -> None:
    assert sorted(project["tool"]["setuptools"]["packages"]) == sorted(name for name, _ in folders(root))


def test_every_package_is_found_where_it_lies(root: Path, project: dict[str, Any]) -> None:
    mapped = project["tool"]["setuptools"]["package-dir"]
    for name, folder in folders(root):
        known = next(m for m in sorted(mapped, key=len, reverse=True) if f"{name}.".startswith(f"{m}."))
        assert root / mapped[known] / Path(*name.removeprefix(known).strip(".").split(".")) == folder


def test_data_files_are_packed(root: Path, project: dict[str, Any]) -> None:
    patterns = project["tool"]["setuptools"]["package-data"]
    left_out = [
        f"{package}: {file}"
        for package, file in data_files(root)
        if not any(_matches(file, pattern) for pattern in patterns.get(package, ()))
    ]
    assert left_out == []


def _matches(file: Path, pattern: str) -> bool:
    """As setuptools reads a pattern: * stays within a folder, ** crosses folders."""
    within = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.fullmatch(within, file.as_posix()) is not None


@pytest.mark.parametrize(
    ("pattern", "packed"), [("data/*", True), ("*", False), ("**/*", True), ("*.rq", False)]
)
def test_patterns_are_read_as_setuptools_does(pattern: str, packed: bool) -> None:
    assert _matches(Path("data/nouns.tsv"), pattern) is packed


@pytest.mark.parametrize("room", ROOMS)
def test_the_front_door_links_to_each_room(root: Path, room: str) -> None:
    link = root / "factloom" / room
    assert link.is_symlink()
    assert link.readlink() == Path("..", room)
    assert (link / "__init__.py").is_file()


@pytest.mark.parametrize("room", ROOMS)
def test_bare_room_names_are_banned(project: dict[str, Any], room: str) -> None:
    lint = project["tool"]["ruff"]["lint"]
    assert lint["flake8-tidy-imports"]["banned-api"][room]["msg"] == f"import it as factloom.{room}"
    assert {"TID", "TID2", "TID251"} & set(lint["select"])


def test_the_rooms_have_a_contract(project: dict[str, Any]) -> None:
    layers = [
        tuple(c["layers"]) for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    ]
    assert any(
        "factloom.extract | factloom.graph" in ours and ours[-1] == "factloom.ontology" for ours in layers
    )


def test_the_version_is_written_once(root: Path, project: dict[str, Any]) -> None:
    version = project["project"]["version"]
    assert importlib.metadata.version("factloom") == version
    literal = re.compile(rf"""["']{re.escape(version)}["']""")
    written = [
        p for _, folder in folders(root) for p in folder.glob("*.py") if literal.search(p.read_text("utf-8"))
    ]
    assert written == []


def test_every_dependency_is_locked(root: Path, project: dict[str, Any]) -> None:
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    locked = {package["name"] for package in lock["package"]}
    named = [re.split(r"[\s<>=!~\[;]", d)[0].lower() for d in project["project"]["dependencies"]]
    assert [name for name in named if name not in locked] == []
