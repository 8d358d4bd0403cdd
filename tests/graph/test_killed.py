"""Killed at random points, an export or a store leaves nothing half made under the name of what is whole.

FACTLOOM_KILLS in the environment says how often (60); a store is filled a fifth as often.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from graph_sample import DOCUMENT, STATEMENTS, WECHAT

from factloom.graph.exporters import EXPORTERS, export
from factloom.graph.rdf import write_turtle
from factloom.graph.store import fill_store, native, open_graph
from factloom.ontology.records import Statement

KILLS = int(os.environ.get("FACTLOOM_KILLS", "60"))
# So many statements that a write takes some milliseconds.
MANY = tuple(
    Statement(replace(WECHAT, iri=f"{WECHAT.iri}-{number}"), s.relation, s.object, s.evidence)
    for number in range(40)
    for s in STATEMENTS
)


def killed(work: Callable[[], object], after: float) -> bool:
    """Do the work again and again in a process, and kill it so many seconds after it began."""
    begun, tell = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # The copy does nothing but the work.
        child = os.fork()
    if child == 0:
        try:
            os.write(tell, b"!")
            while True:
                work()
        finally:
            os._exit(1)
    os.read(begun, 1)
    select.select([], [], [], after)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    os.close(begun)
    os.close(tell)
    return os.WIFSIGNALED(status)


def files(folder: Path) -> dict[str, bytes]:
    """Every file that has a name of its own, and not that of a part."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".part"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.slow
def test_an_export_is_whole_or_absent(tmp_path: Path) -> None:
    rng = random.Random(5)
    whole, here = tmp_path / "whole", tmp_path / "here"
    whole.mkdir()
    for name, exporter in EXPORTERS.items():
        export([DOCUMENT], MANY, name, whole / f"{name}{exporter.suffix}")
    expected = files(whole)
    seen: set[str] = set()
    for number in range(KILLS):
        name = list(EXPORTERS)[number % len(EXPORTERS)]
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        target = here / f"{name}{EXPORTERS[name].suffix}"
        if number % 2:  # Half of them write over an export that is there.
            export([DOCUMENT], MANY, name, target)
        before = set(files(here))
        assert killed(
            lambda name=name, target=target: export([DOCUMENT], MANY, name, target), rng.uniform(0, 0.1)
        )
        found = files(here)
        assert before <= set(found)
        assert all(expected[file] == data for file, data in found.items())
        seen |= {file for file in found if file not in before}
    assert seen  # Some were killed late enough to have written something.


@pytest.mark.slow
def test_the_store_on_disk_opens_and_is_whole(tmp_path: Path) -> None:
    rng = random.Random(6)
    path = tmp_path / "graph.ttl"
    versions = MANY, MANY[:80]
    for number in range(KILLS // 5):
        write_turtle(path, [DOCUMENT], versions[number % 2])
        assert killed(lambda: fill_store(tmp_path / "store", path), rng.uniform(0, 0.1))
        graph = open_graph(path, store="oxigraph")
        assert {str(quad) for quad in native(graph)} == {str(quad) for quad in native(path)}
        graph.close()
        del graph
