"""The page as text: one file, nothing foreign in it, the same bytes every time, every string escaped."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import page_samples
import pytest

from factloom.graph.page import columns, render, write_page
from factloom.graph.page.layout import components, layout, stress
from factloom.graph.page.looks import looks
from factloom.graph.page.pack import gather, nodes_of, pack, pagerank, words
from factloom.graph.page.topics import topics
from factloom.ontology.errors import UsageError
from factloom.ontology.namespaces import FL
from factloom.ontology.records import Document, Status


class Page(HTMLParser):
    """The elements of a page, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and data.strip():
            self.texts.append((*self.tags[-1], data))

    def block(self, name: str) -> Any:
        """The JSON block with this id."""
        text = next(t for tag, a, t in self.texts if tag == "script" and a.get("id") == name)
        value = json.loads(text)
        return json.loads(gzip.decompress(base64.b64decode(value))) if isinstance(value, str) else value


@pytest.fixture(scope="module")
def html() -> str:
    documents, statements = page_samples.news()
    return render(documents, statements, title="Ports", class_labels=page_samples.CLASS_LABELS)


def test_the_page_loads_nothing(html: str) -> None:
    page = Page(html)
    assert [a for _, a in page.tags if "src" in a or "href" in a] == []
    assert not {"link", "iframe", "object", "base"} & {tag for tag, _ in page.tags}


def test_the_policy_allows_the_scripts_of_the_page_and_nothing_else(html: str) -> None:
    page = Page(html)
    policy = next(a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    runs = [t for tag, a, t in page.texts if tag == "style" or a.get("type") is None]
    runs += [gzip.decompress(base64.b64decode(packed)).decode() for packed in page.block("scripts")]
    hashes = [base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in runs]
    assert len(hashes) == 5
    assert sorted(re.findall(r"'sha256-([^']+)'", policy)) == sorted(hashes)


def test_no_handler_or_style_is_written_into_elements(html: str) -> None:
    attributes = {name for _, a in Page(html).tags for name in a}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_the_network_is_pyvis_s_and_the_data_is_whole(html: str) -> None:
    documents, statements = page_samples.news()
    page = Page(html)
    network, data = page.block("network"), page.block("data")
    assert len(network["nodes"]) == len(network["first"]["nodes"]["x"])
    assert {"id", "label", "shape", "color", "x", "y", "size"} <= set(network["nodes"][0])
    assert len(data["facts"]["s"]) == len(statements)
    assert sum(data["facts"]["evidence"]) == sum(len(s.evidence) for s in statements)
    assert [d["id"] for d in data["documents"]] == [d.id for d in documents]
    assert data["title"] == "Ports"
    labels = {c["label"] for c in network["first"]["classes"]}
    assert {"government body", "AI model", "facility", "value"} <= labels


def cut(data: Any) -> list[str]:
    """The sentences of packed data, cut from the documents' texts as the page does it."""
    out, before = [], (-1, 0)
    columns = (data["sentences"][name] for name in ("document", "gap", "length"))
    for document, gap, length in zip(*columns, strict=True):
        start = gap + (before[1] if before[0] == document else 0)
        before = (document, start + length)
        text = data["documents"][document]["text"].encode("utf-16-le")
        out.append(text[2 * start : 2 * (start + length)].decode("utf-16-le"))
    return out


def test_every_sentence_can_be_cut_from_its_document(html: str) -> None:
    _, statements = page_samples.news()
    data = Page(html).block("data")
    assert data["sentences"]["text"] == []
    said = sorted(e.sentence_text for s in statements for e in s.evidence)
    sentences = cut(data)
    read = accumulate(data["evidence"]["sentence"])
    assert sorted(sentences[i] for i in read) == said


def test_facts_stand_in_the_order_in_which_they_are_read(html: str) -> None:
    data = Page(html).block("data")
    rows = list(accumulate(data["facts"]["evidence"], initial=0))[:-1]
    read = list(accumulate(data["evidence"]["sentence"]))
    assert [read[row] for row in rows] == sorted(read[row] for row in rows)


def test_what_is_too_much_is_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    documents, statements = page_samples.news()
    monkeypatch.setattr(columns, "TEXT_BUDGET", len(documents[0].text))
    monkeypatch.setattr(columns, "SENTENCE_BUDGET", 300)
    data = pack(*gather(documents, statements))
    assert ["text" in d for d in data["documents"]] == [True, False, False, False, False]
    kept = [text for text in data["sentences"]["text"] if text]
    assert 0 < sum(map(len, kept)) <= 300
    assert data["leftOut"] == {"texts": 4, "sentences": len(data["sentences"]["text"]) - len(kept)}


def test_a_page_has_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import page_samples;"
        "from factloom.graph.page import write_page;"
        "write_page(sys.argv[2], *page_samples.grown(300), title='x')"
    )
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        env = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(path)], check=True, env=env
        )
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_pyvis_is_imported_without_ipython_and_networkx() -> None:
    code = (
        "import sys; from factloom.graph.page.lean_pyvis import network_class; network_class()();"
        "assert not {'IPython', 'networkx', 'IPython.display'} & set(sys.modules);"
        "import pyvis.network, networkx; assert pyvis.network.nx.Graph is networkx.Graph"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)


HOSTILE = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>"


def test_markup_in_documents_stays_text() -> None:
    documents, statements = hostile(HOSTILE)
    page = Page(render(documents, statements, title=HOSTILE))
    plain = Page(render(*page_samples.news(), title="Ports"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    data = page.block("data")
    assert HOSTILE in data["nodes"]["label"]
    assert data["documents"][0]["title"] == HOSTILE


def hostile(name: str) -> tuple[list[Document], list[Any]]:
    """A fact about something with this name, in a document of this title."""
    text = f"😀 {name} uses Otter 😀."
    fact = (name, "uses", "Otter")
    proof = page_samples.evidence("d", 0, text, fact, 0.9)
    subject, target = page_samples.entity(name, "Company"), page_samples.entity("Otter")
    statement = page_samples.Statement(subject, page_samples.relation("uses"), target, (proof,))
    return [Document("d", text, name, "d.txt")], [statement]


def test_offsets_count_as_a_browser_counts() -> None:
    documents, statements = hostile("𝔄𝔅 Werke")
    data = pack(*gather(documents, statements))
    start, length = data["evidence"]["marks"][:2]
    units = documents[0].text.encode("utf-16-le")
    assert units[2 * start : 2 * (start + length)].decode("utf-16-le") == "𝔄𝔅 Werke"
    assert data["sentences"]["length"] == [len(units) // 2]


def test_a_document_that_is_not_at_hand_is_named_and_its_sentences_carried() -> None:
    _, statements = page_samples.news()
    data = pack(*gather([], statements))
    assert data["documents"][0] == {"id": "halden-otter", "title": "halden-otter"}
    assert len(data["sentences"]["text"]) == len(data["sentences"]["gap"])


def test_an_empty_graph_has_a_page() -> None:
    page = Page(render([], [], title="Nothing"))
    network = page.block("network")
    assert network["nodes"] == network["edges"] == network["first"]["far"] == []


def test_a_large_graph_is_compressed_and_only_its_head_is_live() -> None:
    documents, statements = page_samples.grown(1500, lines=3)
    html = render(documents, statements)
    network = Page(html).block("network")
    assert len(network["first"]["nodes"]["x"]) > 1000
    assert len(network["nodes"]) == 300
    assert [n["id"] for n in network["nodes"]] == list(range(300))


def test_a_page_without_a_title_is_called_after_what_it_is_about() -> None:
    title = Page(render(*page_samples.news())).block("data")["title"]
    named = title.removesuffix(" and more").split(", ")
    assert len(named) == 3
    assert not {page_samples.KIND_OF[name] for name in named} & {"Concept", "Field"}
    assert Page(render([], [])).block("data")["title"] == "Knowledge graph"


def test_the_first_frame_has_what_is_stated() -> None:
    documents, statements = page_samples.news()
    first = Page(render(documents, statements)).block("network")["first"]
    stated = [s for s in statements if any(e.status is Status.STATED for e in s.evidence)]
    assert sum(first["weight"]) == len(stated) == 51
    nodes = nodes_of(statements)
    ends = {tuple(e) for s, e in zip(statements, nodes.ends.tolist(), strict=True) if s in stated}
    hidden = set(range(nodes.drawn)) - {node for pair in ends for node in pair}
    assert set(first["nodes"]["hidden"]) == hidden
    assert first["way"].count(3) == sum((b, a) in ends for a, b in ends if a < b) > 0
    said = {word for ways in first["said"] for way in ways for word in way}
    assert said == {s.relation.label for s in stated}


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    documents, statements = page_samples.news()
    write_page(tmp_path / "graph.html", documents, statements, title="Überblick")
    assert "<title>Überblick</title>" in (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]
    with pytest.raises(UsageError, match="no folder"):
        write_page(tmp_path / "none" / "graph.html", documents, statements)


def test_classes_differ_in_colour_or_shape() -> None:
    classes = [FL + name for name in ("Company", "Person", "City", "Thing", *(f"Kind{i}" for i in range(30)))]
    given = looks(classes)
    assert len(set(given)) == len(given)
    assert looks(classes[:3]) == given[:3]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("GovernmentBody", "government body"),
        ("AIModel", "AI model"),
        ("person", "person"),
        ("NATOMember", "NATO member"),
        ("Q42", "q42"),
        ("", "thing"),
    ],
)
def test_a_class_without_a_label_is_named_from_its_iri(name: str, said: str) -> None:
    assert words(name) == said


def test_pagerank_follows_the_lines() -> None:
    rank = pagerank(4, np.array([[0, 1], [0, 2], [0, 3]]))
    assert rank.sum() == pytest.approx(1.0, abs=1e-3)
    assert rank[0] > 2 * rank[1]
    assert rank[1] == pytest.approx(rank[3])


def test_boxes_of_a_small_graph_do_not_overlap() -> None:
    _, statements = page_samples.news()
    nodes = nodes_of(statements)
    sizes = np.tile([90.0, 36.0], (nodes.drawn, 1))
    places = layout(nodes.pairs, sizes)
    apart = np.abs(places[:, None] - places[None])
    over = (apart + 1.0 < (sizes[:, None] + sizes[None]) / 2).all(axis=2)
    assert over.sum() == len(places)  # each with itself alone


@pytest.mark.parametrize("n", [0, 1, 2, 3, 40, 400])
def test_any_number_of_single_nodes_gets_places(n: int) -> None:
    places = layout(np.zeros((0, 2), dtype=np.int64), np.tile([60.0, 30.0], (n, 1)))
    assert places.shape == (n, 2)
    assert np.isfinite(places).all()
    assert len({tuple(p) for p in places.round(3).tolist()}) == n


def test_a_path_is_laid_out_straight() -> None:
    steps = np.abs(np.subtract.outer(np.arange(6.0), np.arange(6.0)))
    places = stress(steps)
    ends = float(np.hypot(*(places[0] - places[5])))
    assert ends == pytest.approx(5.0, rel=0.05)


def test_components_are_told_apart() -> None:
    parts = components(6, np.array([[0, 1], [1, 2], [4, 5]]))
    assert [p.tolist() for p in parts] == [[0, 1, 2], [4, 5], [3]]


def test_topics_are_the_groups_that_were_planted() -> None:
    rng = np.random.default_rng(1)
    inside = [(g * 20 + a, g * 20 + b) for g in range(4) for a, b in rng.integers(0, 20, (90, 2)).tolist()]
    between = [(g * 20, ((g + 1) % 4) * 20) for g in range(4)]
    pairs = np.array([(a, b) for a, b in [*inside, *between] if a != b])
    found = topics(84, pairs)
    assert [len({found[i] for i in range(g * 20, g * 20 + 20)}) for g in range(4)] == [1, 1, 1, 1]
    assert len(set(found[:80])) == 4
    assert set(found[80:]) == {-1}
    assert topics(84, pairs) == found


def test_a_graph_without_lines_has_no_topics() -> None:
    assert topics(3, np.zeros((0, 2), dtype=np.int64)) == [-1, -1, -1]


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    documents = [Document("d", "Text.", "half \ud83d", "d.txt")]
    write_page(tmp_path / "graph.html", documents, [], title="half \ud83d")
    assert "half ?" in (tmp_path / "graph.html").read_text(encoding="utf-8")
