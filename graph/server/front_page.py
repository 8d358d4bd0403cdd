"""The page at `/`: the one that a build wrote beside the graph, or one made for a lone Turtle file.

The page carries a policy of its own, by the hashes of its scripts. It is served with that policy as a header,
widened by the style sheet of the bar that leads to the server's other pages.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n?')
_BODY = re.compile(r"<body[^>]*>")
_BAR = (
    '<link rel="stylesheet" href="/static/bar.css">'
    '<nav class="served" aria-label="Parts"><a href="/" aria-current="page">Graph</a>'
    '<a href="/documents">Documents</a><a href="/query">SPARQL</a></nav>'
)


def served(html: str) -> tuple[str, str] | None:
    """The page with its bar, and its policy; None for a page without one, which is none of ours."""
    found = _POLICY.search(html)
    if not found:
        return None
    policy = found[1].replace("&#39;", "'").replace("&quot;", '"')
    directives = [part.strip() for part in policy.split(";") if part.strip()]
    widened = [d + " 'self'" if d.startswith("style-src ") else d for d in directives]
    html = _POLICY.sub("", html, count=1)
    return _BODY.sub(lambda body: body[0] + _BAR, html, count=1), "; ".join(
        [*widened, "frame-ancestors 'none'"]
    )


def page_beside(graph: Path) -> Path:
    """Where the page of a graph is when a build wrote it."""
    return graph.with_suffix(".html")


async def make_page(graph: Path, target: Path) -> bool:
    """Make the page of a graph in a process of its own; false when it has none, as RDF of another origin."""
    command = [sys.executable, "-m", "factloom", "page", str(graph), "-o", str(target)]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    return await process.wait() == 0
