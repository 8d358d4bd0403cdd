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
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factloom.graph.page.columns import Silences
from factloom.graph.page.first import first_frame
from factloom.graph.page.layout import layout
from factloom.graph.page.lean_pyvis import network_class, vis_network_script
from factloom.graph.page.looks import local_name
from factloom.graph.page.pack import Nodes, gather, pack
from factloom.graph.page.sparql import Rdf, blocks
from factloom.graph.page.topics import topics
from factloom.ontology.records import Document, Statement

HERE = Path(__file__).parent
# The order in which the scripts are joined: each may use what stands before it.
# The EARLY ones draw the first frame and stand in the file as they are, before the data.
EARLY = ("base", "world", "shapes", "labels", "lines", "layer", "scene", "first")
SCRIPTS = (
    "data", "state", "visible", "stage", "facts", "panel",
    "filters", "search", "table", "articles", "engine", "editor", "shelf", "sparql", "files", "main",
)  # fmt: skip
# Up to ALL_LIVE nodes each is a live one of vis-network; beyond it the LIVE most important ones.
ALL_LIVE, LIVE = 1000, 300
# From this many nodes on, the page names topics.
TOPICS_FROM = 60
# A page without a title is called after this many things, none of them of the general classes.
NAMED, LONGEST, GENERAL = 3, 40, frozenset({"Concept", "Role", "Field"})
# A data block larger than this many characters is compressed; one that the first frame waits for, later.
PLAIN, PLAIN_FIRST = 60_000, 160_000

_LINE = 22


def render(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    *,
    title: str = "",
    class_labels: Mapping[str, str] | None = None,
    rdf: Rdf | None = None,
    silences: Silences | None = None,
) -> str:
    """The page as HTML text; see `write_page`."""
    nodes, columns = gather(documents, statements)
    sizes = _radii(nodes)
    places = layout(nodes.pairs, _boxes(nodes, sizes))
    data = pack(nodes, columns, class_labels=class_labels, silences=silences)
    data["nodes"]["x"] = _rounded(places[:, 0])
    data["nodes"]["y"] = _rounded(places[:, 1])
    data["nodes"]["size"] = _rounded(sizes)
    data["nodes"]["topic"] = topics(nodes.drawn, nodes.pairs) if nodes.drawn >= TOPICS_FROM else []
    data["title"] = title = title or called(nodes, data["nodes"]["topic"])
    carried = blocks(rdf) if rdf else None
    live = nodes.drawn if nodes.drawn <= ALL_LIVE else LIVE
    net = _network(nodes, places, sizes, data, live)
    first = first_frame(data, nodes.pairs, drawn=nodes.drawn, live=live)
    return _html(net, first, data, title, carried)


def called(nodes: Nodes, topic: Sequence[int]) -> str:
    """What a graph is about: the most important named thing of each of the largest topics, up to `NAMED`.

    A graph without topics is called after its most important named things.
    """
    chosen: dict[int, str] = {}
    for number, entity in enumerate(nodes.entities):
        if local_name(entity.kind) not in GENERAL:
            chosen.setdefault(topic[number] if topic else number, short(entity.label))
    chosen.pop(-1, None)
    names = [chosen[number] for number in sorted(chosen)]
    more = " and more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more or "Knowledge graph"


def short(name: str) -> str:
    """A name of at most `LONGEST` characters."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


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
    nodes: Nodes, places: NDArray[np.float64], sizes: NDArray[np.float64], data: Mapping[str, Any], live: int
) -> Any:
    """pyvis's network of the first `live` nodes, those that are live when the page opens, and their lines."""
    net = network_class()(directed=True, cdn_resources="in_line")
    net.options = {"physics": {"enabled": False}}
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
    net: Any,
    first: Mapping[str, Any],
    data: Mapping[str, Any],
    title: str,
    carried: tuple[dict[str, Any], dict[str, Any]] | None,
) -> str:
    """`carried` are the blocks that answer SPARQL: the graph and the engine."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    early, boot = "'use strict';\n" + lean(joined(EARLY)), lean(joined(("boot",)))
    scripts = (vis_network_script().rpartition("//# sourceMappingURL")[0], own_script())
    net.templateEnv = _environment()
    net.path = "template.html"
    net.templateEnv.globals.update(
        title=title,
        style=style,
        early=early,
        boot=boot,
        scripts=_json([_packed(script) for script in scripts]),
        policy=_policy(style, (early, boot, *scripts), sparql=carried is not None),
        data=_block(data),
        rdf=_json(carried[0]) if carried else None,
        engine=_json(carried[1]) if carried else None,
        network=lambda nodes, edges: _block(
            {"nodes": nodes, "edges": [[e["from"], e["to"]] for e in edges], "first": first}, PLAIN_FIRST
        ),
    )
    return str(net.generate_html(name="graph.html"))


def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(HERE), autoescape=True, keep_trailing_newline=True)


def own_script() -> str:
    """The scripts that come after the first frame, joined into one function."""
    return "(() => {\n'use strict';\n" + joined(SCRIPTS) + "\n})();\n"


def joined(names: Sequence[str]) -> str:
    """The texts of some of the page's scripts, one after the other."""
    return "\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in names)


def lean(script: str) -> str:
    """A script without indents and comment lines, for what stands in the file uncompressed."""
    return re.sub(
        r"^[ \t]*(?://.*|/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/[ \t]*|)\n|^[ \t]+", "", script, flags=re.MULTILINE
    )


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


def _block(data: Any, plain: int = PLAIN) -> Any:
    """`data` as JSON that can't end its script element; gzip in base64 beyond `plain` characters."""
    text = _json(data)
    if len(text) <= plain:
        return text
    return _json(_packed(text))


def _packed(text: str) -> str:
    packed = gzip.compress(text.encode(errors="replace"), compresslevel=9, mtime=0)
    return base64.b64encode(packed).decode()


def _json(data: Any) -> Any:
    from markupsafe import Markup

    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
