"""The page itself: pyvis's network, our template, everything inlined under a strict policy.

Takes the same records as `factloom.graph.page`; gives HTML text. The script of vis-network comes
from the installed pyvis; styles and scripts are allowed by their SHA-256 alone, so nothing else can
run or load, whatever a document says. Strings from documents are only in JSON blocks, where `<` is
escaped, and reach the page as text nodes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.graph.page.columns import Silences
from factloom.graph.page.layout import layout
from factloom.graph.page.lean_pyvis import network_class, vis_network_script
from factloom.graph.page.pack import Nodes, gather, pack
from factloom.graph.page.sparql import Rdf, blocks
from factloom.graph.page.topics import topics
from factloom.ontology.records import Document, Statement

HERE = Path(__file__).parent
# The order in which the scripts are joined: each may use what stands before it.
SCRIPTS = (
    "base", "data", "state", "visible", "shapes", "labels", "lines", "layer", "stage", "facts", "panel",
    "filters", "search", "table", "articles", "engine", "editor", "shelf", "sparql", "files", "main",
)  # fmt: skip
# Up to ALL_LIVE nodes each is a live one of vis-network; beyond it the LIVE most important ones.
ALL_LIVE, LIVE = 1000, 300
# From this many nodes on, the page names topics.
TOPICS_FROM = 60
# A data block larger than this many characters is compressed.
PLAIN = 1_000_000

_LINE = 22


def render(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    title: str = "Knowledge graph",
    class_labels: Mapping[str, str] | None = None,
    rdf: Rdf | None = None,
    silences: Silences | None = None,
) -> str:
    """The page as HTML text; see `write_page`."""
    nodes, columns = gather(documents, statements)
    sizes = _radii(nodes)
    places = layout(nodes.pairs, _boxes(nodes, sizes))
    data = pack(nodes, columns, class_labels=class_labels, silences=silences)
    data["title"] = title
    data["nodes"]["x"] = _rounded(places[:, 0])
    data["nodes"]["y"] = _rounded(places[:, 1])
    data["nodes"]["size"] = _rounded(sizes)
    data["nodes"]["topic"] = topics(nodes.drawn, nodes.pairs) if nodes.drawn >= TOPICS_FROM else []
    carried = blocks(rdf) if rdf else None
    if rdf and not carried:
        data["tooLarge"] = True
    return _html(_network(nodes, places, sizes, data), data, title, carried)


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [int(v) if v == int(v) else v for v in np.round(values, 1).tolist()]


def _radii(nodes: Nodes) -> NDArray[np.float64]:
    """Pixels: 6 to 19 in a small graph by the number of facts, smaller in a large one."""
    shrink = min(1.0, (150 / max(nodes.drawn, 1)) ** 0.3)
    sizes = np.minimum(5.5 * shrink + 2.1 * np.sqrt(nodes.facts.astype(np.float64)), 19.0) * shrink
    sizes[len(nodes.entities) :] = 3.0
    return np.asarray(sizes[: nodes.drawn], dtype=np.float64)


def _boxes(nodes: Nodes, sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Width and height of each node with its label under it, in pixels."""
    boxes = np.empty((nodes.drawn, 2))
    for i in range(nodes.drawn):
        length = min(len(nodes.label(i)), 2 * _LINE)
        lines = 1 if length <= _LINE else 2
        boxes[i] = max(2 * sizes[i], length / lines * 7.0) + 12.0, 2 * sizes[i] + 16.0 * lines + 8.0
    return boxes


def _network(
    nodes: Nodes, places: NDArray[np.float64], sizes: NDArray[np.float64], data: Mapping[str, Any]
) -> Any:
    """pyvis's network of the nodes that are live when the page opens, and the lines among them."""
    net = network_class()(directed=True, cdn_resources="in_line")
    net.options = {"physics": {"enabled": False}}
    live = nodes.drawn if nodes.drawn <= ALL_LIVE else LIVE
    for i in range(live):
        look = data["classes"][data["nodes"]["kind"][i]]
        x, y = round(float(places[i, 0]), 1), round(float(places[i, 1]), 1)
        net.add_node(
            i,
            label=nodes.label(i)[:80],
            shape=look["shape"],
            color=look["colour"],
            x=x,
            y=y,
            size=float(sizes[i]),
        )
    for a, b in nodes.pairs[nodes.pairs[:, 1] < live].tolist():
        net.add_edge(a, b)
    return net


def _html(
    net: Any, data: Mapping[str, Any], title: str, carried: tuple[dict[str, Any], dict[str, Any]] | None
) -> str:
    """`carried` are the blocks that answer SPARQL: the graph and the engine."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    boot = (HERE / "js" / "boot.js").read_text(encoding="utf-8")
    scripts = (vis_network_script().rpartition("//# sourceMappingURL")[0], own_script())
    net.templateEnv = _environment()
    net.path = "template.html"
    net.templateEnv.globals.update(
        title=title,
        style=style,
        boot=boot,
        scripts=_json([_packed(script) for script in scripts]),
        policy=_policy(style, (boot, *scripts), sparql=carried is not None),
        data=_block(data),
        rdf=_json(carried[0]) if carried else None,
        engine=_json(carried[1]) if carried else None,
        network=lambda nodes, edges: _block({"nodes": nodes, "edges": [[e["from"], e["to"]] for e in edges]}),
    )
    return str(net.generate_html(name="graph.html"))


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(HERE), autoescape=True, keep_trailing_newline=True)


def own_script() -> str:
    """The page's own scripts joined into one function, so that they leave no global names."""
    parts = [(HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"


def _policy(style: str, scripts: Sequence[str], *, sparql: bool) -> str:
    """Nothing loads, connects or runs but the style and the scripts with these hashes.

    With SPARQL, WebAssembly may be compiled too (no `eval`), in a thread made of the page's own text.
    """
    allowed = " ".join(_hash(script) for script in scripts)
    engine = (" 'wasm-unsafe-eval'", "worker-src blob:; ") if sparql else ("", "")
    return (
        f"default-src 'none'; script-src {allowed}{engine[0]}; {engine[1]}style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _block(data: Any) -> Any:
    """`data` as JSON that can't end its script element; compressed (gzip, base64) when large."""
    text = _json(data)
    if len(text) <= PLAIN:
        return text
    return _json(_packed(text))


def _packed(text: str) -> str:
    packed = gzip.compress(text.encode(errors="replace"), compresslevel=9, mtime=0)
    return base64.b64encode(packed).decode()


def _json(data: Any) -> Any:
    from markupsafe import Markup

    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
