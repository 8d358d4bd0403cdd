"""Fixtures of the server's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_sample import DOCUMENT, STATEMENTS
from server_client import Server, serving

from factloom.graph.page import write_page
from factloom.graph.rdf import write_turtle


@pytest.fixture(scope="session")
def build_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph with its page, in a folder as a build leaves it."""
    folder = tmp_path_factory.mktemp("build")
    write_turtle(folder / "graph.ttl", [DOCUMENT], STATEMENTS)
    write_page(folder / "graph.html", [DOCUMENT], STATEMENTS)
    return folder


@pytest.fixture(scope="session")
def server(build_folder: Path) -> Iterator[Server]:
    """A server of the small graph with tight limits, shared by all tests."""
    with serving(build_folder, "--timeout", "1", "--memory", "128", "--rows", "500") as running:
        yield running
