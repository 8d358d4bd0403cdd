"""What a reader sees: the page, the documents with their statements, the editor; and a graph that changes."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from command_line import factloom
from graph_sample import DOCUMENT, STATEMENTS, TEXT
from server_client import GOOD, Server, serving

from factloom.graph.rdf import document_iri, statement_iri, write_turtle

DENIED = STATEMENTS[1]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_the_front_is_the_page_of_the_build(server: Server, build_folder: Path) -> None:
    answer = server.request("/")
    assert answer.status == 200
    page = (build_folder / "graph.html").read_text(encoding="utf-8")
    assert page[page.index("<header") :] in answer.text
    policy = answer.headers["content-security-policy"]
    hashes = re.findall(r"'sha256-[^']+'", unescape(page[: page.index("<title>")]))
    assert hashes
    assert all(each in policy for each in hashes)
    assert 'href="/documents"' in answer.text


def test_documents_are_listed(server: Server) -> None:
    text = server.request("/documents").text
    assert "A tale of agents" in text
    assert "news/d7.txt" in text


def test_a_document_is_whole_and_marked(server: Server) -> None:
    answer = server.request(f"/document?iri={quote(document_iri('d7'))}")
    assert answer.status == 200
    body = re.search(r'<div class="text" dir="auto">(.*?)</div>', answer.text, re.DOTALL)
    assert body
    assert plain(body[1]) == TEXT
    marks = re.findall(r'<mark id="s\d+"><a href="#r(\d+)">(.*?)</a></mark>', body[1])
    assert unescape(marks[0][1]) == "WeChat blocks the Doubao agent."
    assert len(marks) == 6
    assert "<b>Acme</b>" not in body[1]  # The text's own angle brackets are text.
    assert quote(statement_iri(DENIED), safe="/") in answer.text
    assert "reported" in answer.text


def test_a_statement_shows_its_sentences(server: Server) -> None:
    answer = server.request(f"/statement?iri={quote(statement_iri(DENIED))}")
    text = plain(answer.text)
    assert "Reuters said that Tesla acquired DeepSeek." in text
    assert "Tesla did not acquire DeepSeek." in text
    assert "according to Reuters" in text
    assert "negated" in text
    assert '<mark class="relation" title="relation">acquired</mark>' in answer.text


@pytest.mark.parametrize("iri", ["http://example.org/none", "no iri", "", "x:y> } INSERT", "x:<script>"])
@pytest.mark.parametrize("path", ["/document", "/statement"])
def test_what_is_not_there_is_told(server: Server, path: str, iri: str) -> None:
    answer = server.request(f"{path}?iri={quote(iri)}")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


def test_the_editor_and_all_that_it_loads_come_from_here(server: Server) -> None:
    page = server.request("/query")
    assert page.status == 200
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert all(link.startswith(("/", "data:")) for link in links)
    for link in links:
        if link.startswith(("/static", "/vendored")):
            answer = server.request(link)
            assert answer.status == 200
            assert answer.headers["content-type"].split(";")[0] in ("text/css", "text/javascript")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/none", "/vendored/x", "/vendored/../app.py"])
def test_no_other_file_is_served(server: Server, path: str) -> None:
    assert server.request(path).status == 404


def test_named_queries(server: Server) -> None:
    names = [query["name"] for query in json.loads(server.request("/shelf").body)]
    assert "about" in names
    text = server.request("/shelf/about?entity=wechat").text
    assert "PREFIX nif:" in text
    assert b"WeChat blocks the Doubao agent." in server.post({"query": text}).body
    assert server.request("/shelf/about?entity=Wechatt").status == 400
    assert "WeChat" in server.request("/shelf/about?entity=Wechatt").text
    assert server.request("/shelf/none").status == 400


def test_a_lone_file_gets_a_page_and_excerpts(turtle_file: Path) -> None:
    with serving(turtle_file) as server:
        assert "WeChat" in server.request("/").text
        text = server.request(f"/document?iri={quote(document_iri('d7'))}").text
        assert "Only the sentences" in text
        assert "WeChat blocks the Doubao agent." in text


def test_a_graph_of_another_origin_has_the_editor(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text("<http://e.org/a> <http://e.org/b> 1 .")
    with serving(path) as server:
        assert server.request("/query").status == 200
        assert "true" in server.get("ASK { ?s <http://e.org/b> 1 }").text
        assert server.request("/documents").status == 200


def test_a_graph_that_is_built_again_is_served_anew(turtle_file: Path) -> None:
    with serving(turtle_file) as server:
        assert server.is_well()
        write_turtle(turtle_file, [DOCUMENT], STATEMENTS[1:])
        assert b"false" in server.get(GOOD).body
        shutil.copy(turtle_file, turtle_file.with_name("kept"))
        turtle_file.write_text("<a> <b>")  # Not RDF: what was loaded goes on answering.
        assert b"false" in server.get(GOOD).body
        turtle_file.unlink()
        assert server.get(GOOD).status == 200


def test_the_process_that_holds_the_graph_is_started_again(turtle_file: Path) -> None:
    import os
    import signal

    from server_client import family

    with serving(turtle_file) as server:
        assert server.is_well()
        os.kill(family(server.process.pid)[1], signal.SIGKILL)
        assert any(server.get(GOOD).status == 200 for _ in range(100))


def test_wrong_use_is_one_line(tmp_path: Path, server: Server) -> None:
    cases: list[tuple[Any, ...]] = [
        ("serve", tmp_path / "none"),
        ("serve", tmp_path),
        ("serve", server.process.args[4], "--port", server.port),  # type: ignore[index]
    ]
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>")
    cases.append(("serve", broken, "--port", "0"))
    for arguments in cases:
        ran = factloom(*arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), ran
