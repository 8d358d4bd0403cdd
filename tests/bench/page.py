"""The page against pyvis with fixed positions: first draw, frames a second while panning, size, making it.

Both are opened in the same Chromium in one run, from grown graphs of 2.5 facts an entity. First draw is the
time from navigation to the first filled shape on a canvas; frames are redraws of vis-network's canvas while
the pointer drags the ground for two seconds. Machines differ: read the ratios. Sizes are without
SPARQL, which adds the column beside; beyond 20,000 entities pyvis is left out, for it doesn't end.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from factloom.graph.page import write_page
from factloom.graph.page.layout import layout
from factloom.graph.page.lean_pyvis import network_class
from factloom.graph.page.pack import nodes_of
from factloom.graph.page.sparql import Rdf, blocks
from factloom.graph.rdf import write_turtle
from factloom.ontology.records import Document, Statement
from tests.graph.page_samples import grown

from .report import table

NAMES = ("chromium", "chromium-browser", "google-chrome")
SIZES = (50, 500, 2000, 20000, 100_000)
# Beyond these many entities pyvis is not tried, and the graph not carried for SPARQL.
PYVIS_ENDS, SPARQL_ENDS = 20_000, 10_000
# Counts redraws (vis-network clears its canvas before each) and notes the first shape that is filled.
WATCH = """
window.watched = { frames: 0, first: null };
const { clearRect, fill, drawImage } = CanvasRenderingContext2D.prototype;
const note = () => { watched.first ??= performance.now(); };
Object.assign(CanvasRenderingContext2D.prototype, {
  clearRect(...a) { watched.frames++; return clearRect.apply(this, a); },
  fill(...a) { note(); return fill.apply(this, a); },
  drawImage(...a) { note(); return drawImage.apply(this, a); },
});
"""


def plain_pyvis(path: Path, n: int) -> None:
    """pyvis as it comes, with our positions and without physics."""
    _, statements = grown(n)
    nodes = nodes_of(statements)
    places = layout(nodes.pairs, np.full((nodes.drawn, 2), 20.0)) * (n / 150) ** 0.5
    net = network_class()(directed=True, height="880px", cdn_resources="in_line")
    net.toggle_physics(False)
    # Not add_node and add_edge, which look through lists: at 20,000 nodes they take minutes.
    net.nodes = [
        {"id": i, "label": nodes.label(i), "shape": "dot", "x": float(x), "y": float(y)}
        for i, (x, y) in enumerate(places.tolist())
    ]
    net.edges = [
        {"from": a, "to": b, "label": s.relation.label, "arrows": "to"}
        for s, (a, b) in zip(statements, nodes.ends.tolist(), strict=True)
    ]
    path.write_text(net.generate_html(), encoding="utf-8")


def watched(browser: Any, path: Path, *, seconds: float = 2.0) -> tuple[float, float]:
    """Seconds to the first draw, and frames a second while panning."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(WATCH)
    page.goto(path.as_uri(), wait_until="commit")
    deadline = time.monotonic() + 120
    while page.evaluate("window.watched?.first ?? null") is None and time.monotonic() < deadline:
        time.sleep(0.05)
    first = page.evaluate("watched.first") / 1000
    page.wait_for_timeout(1500)
    page.mouse.move(300, 800)
    page.mouse.down()
    frames, began, step = page.evaluate("watched.frames"), time.monotonic(), 0
    while time.monotonic() - began < seconds:
        step += 1
        page.mouse.move(300 + 3 * step % 500, 800 - 2 * step % 300)
    rate = (page.evaluate("watched.frames") - frames) / (time.monotonic() - began)
    page.close()
    return float(first), rate


def measure(browser: Any, folder: Path, n: int) -> list[object]:
    """One row of the table for graphs of `n` entities."""
    documents, statements = grown(n)
    ours, theirs = folder / f"ours-{n}.html", folder / f"theirs-{n}.html"
    began = time.process_time()
    write_page(ours, documents, statements, title=f"{n} entities")
    made = time.process_time() - began
    first, frames = watched(browser, ours)
    sparql = sparql_kilobytes(folder, documents, statements) if n <= SPARQL_ENDS else "–"
    row = [n, round(made, 1), _kilobytes(ours), sparql]
    if n > PYVIS_ENDS:
        return [*row, "–", round(first, 2), "–", round(frames), "–", "–", "–"]
    plain_pyvis(theirs, n)
    their_first, their_frames = watched(browser, theirs)
    return [
        *row,
        _kilobytes(theirs),
        round(first, 2),
        round(their_first, 2),
        round(frames),
        round(their_frames, 1),
        round(their_first / first, 1),
        round(frames / max(their_frames, 0.1)),
    ]


def sparql_kilobytes(folder: Path, documents: Sequence[Document], statements: Sequence[Statement]) -> int:
    """What SPARQL adds to a page."""
    write_turtle(folder / "graph.ttl", documents, statements)
    return sum(len(str(block)) for block in blocks(Rdf.of(folder / "graph.ttl"))) // 1024


def _kilobytes(path: Path) -> int:
    return path.stat().st_size // 1024


def main(arguments: Sequence[str]) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.page", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="entities")
    options = parser.parse_args(arguments)
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print("no Chromium (apt-get install chromium)", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=flags)
        # The first page of a browser pays for fonts and caches.
        measure(browser, Path(folder), 50)
        rows = [measure(browser, Path(folder), n) for n in options.sizes]
        browser.close()
    head = [
        "entities",
        "made, CPU s",
        "kB",
        "SPARQL kB",
        "pyvis kB",
        "first draw s",
        "pyvis s",
        "frames/s",
        "pyvis",
    ]
    print(table([*head, "sooner ×", "frames ×"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
