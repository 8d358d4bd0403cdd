"""Fixtures of this room."""

from __future__ import annotations

from pathlib import Path

import pytest
from graph_sample import DOCUMENT, STATEMENTS

from factloom.graph.rdf import write_turtle


@pytest.fixture
def turtle_file(tmp_path: Path) -> Path:
    """The small graph in a file as a build writes it."""
    path = tmp_path / "graph.ttl"
    write_turtle(path, [DOCUMENT], STATEMENTS)
    return path
