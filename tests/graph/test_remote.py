"""A graph at a remote endpoint: the real Oxigraph server on this machine, a fickle one, addresses."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import rdflib
from graph_sample import DOCUMENT, STATEMENTS, WECHAT

from factloom.graph import remote
from factloom.graph.rdf import triples, write_turtle
from factloom.graph.remote import EndpointError, Published, endpoint, publish
from factloom.graph.store import keep, open_graph
from factloom.ontology.errors import UsageError

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
ALL = {str(triple) for triple in triples([DOCUMENT], STATEMENTS)}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small batches, so that there are many; no credentials of the machine's own."""
    monkeypatch.setattr(remote, "BATCH", 20)
    monkeypatch.setattr(remote, "TRIES", 2)
    for name in ("USER", "PASSWORD", "TOKEN", "GRAPH", "QUERY"):
        monkeypatch.delenv(f"FACTLOOM_STORE_{name}", raising=False)


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    """The address of a running Oxigraph server, empty at first."""
    if not OXIGRAPH.exists():
        pytest.skip("no oxigraph server in this environment")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        while "Listening" not in (line := server.stderr.readline()):
            assert line, "the server has ended"
        yield f"http://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(params=["update", "store"])
def address(oxigraph: str, request: pytest.FixtureRequest) -> str:
    """The server's address of updates, and of the Graph Store Protocol; its graph is empty."""
    body = b"DROP SILENT ALL; INSERT DATA { <x:others> <x:are> <x:kept> }"
    headers = {"Content-Type": "application/sparql-update"}
    urlopen(Request(f"{oxigraph}/update", body, headers), timeout=10).close()
    return f"{oxigraph}/{request.param}"


def lines(address: str) -> set[str]:
    with remote.Client(endpoint(address)) as client:
        return client.lines()


class TestOxigraph:
    def test_is_brought_up_to_date(self, address: str, turtle_file: Path) -> None:
        told: list[tuple[int, int]] = []
        published = publish(
            turtle_file, endpoint(address), on_progress=lambda done, total: told.append((done, total))
        )
        assert published == Published(len(ALL), 0, len(ALL))
        assert lines(address) == ALL
        assert told[-1] == (len(ALL), len(ALL))
        assert len(told) == -(-len(ALL) // 20)

    def test_gets_the_difference_alone(self, address: str, turtle_file: Path) -> None:
        publish(turtle_file, endpoint(address))
        assert publish(turtle_file, endpoint(address)) == Published(0, 0, len(ALL))
        write_turtle(turtle_file, [DOCUMENT], STATEMENTS[1:])
        rest = {str(triple) for triple in triples([DOCUMENT], STATEMENTS[1:])}
        assert publish(turtle_file, endpoint(address)) == Published(0, len(ALL - rest), len(rest))
        assert lines(address) == rest

    def test_keeps_other_graphs(self, address: str, turtle_file: Path) -> None:
        publish(turtle_file, endpoint(address))
        store = address.rpartition("/")[0] + "/query?query=ASK%20%7B%20%3Cx%3Aothers%3E%20%3Fp%20%3Fo%20%7D"
        with urlopen(Request(store, headers={"Accept": "text/csv"}), timeout=10) as answer:
            assert b"true" in answer.read()

    def test_goes_on_where_it_was_cut_short(self, address: str, turtle_file: Path) -> None:
        class StopError(Exception):
            pass

        def stop(done: int, total: int) -> None:
            if done >= 60:
                raise StopError

        with pytest.raises(StopError):
            publish(turtle_file, endpoint(address), on_progress=stop)
        assert len(lines(address)) == 60
        assert publish(turtle_file, endpoint(address)).added == len(ALL) - 60
        assert lines(address) == ALL

    def test_goes_into_the_graph_that_is_named(
        self, address: str, turtle_file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FACTLOOM_STORE_GRAPH", "http://example.org/news")
        publish(turtle_file, endpoint(address))
        assert len(lines(address)) == len(ALL)
        monkeypatch.delenv("FACTLOOM_STORE_GRAPH")
        assert lines(address) == set()

    def test_is_a_store_of_a_build(self, address: str, turtle_file: Path) -> None:
        keep(address, turtle_file)
        assert lines(address) == ALL


def test_a_graph_over_the_endpoint_answers_queries(oxigraph: str, turtle_file: Path) -> None:
    graph = open_graph(turtle_file, store=f"{oxigraph}/update")
    rows = graph.query("SELECT ?l { ?s fl:blocks ?o ; rdfs:label ?l }")
    assert [str(row.l) for row in rows] == ["WeChat"]
    blocks = rdflib.URIRef("https://w3id.org/factloom/ontology#blocks")
    assert [str(s) for s in graph.subjects(blocks, None)] == [WECHAT.iri]
    with pytest.raises(UsageError, match="takes no queries"):
        open_graph(turtle_file, store=f"{oxigraph}/store")


# --- A server that is busy, guarded, or something else


class Fickle(BaseHTTPRequestHandler):
    """Answers with the statuses of `answers` in turn, then 200 and an empty graph; notes what it was told."""

    answers: list[int]
    heard: list[tuple[str, str | None]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.heard.append((self.path, self.headers.get("Authorization")))
        status = self.answers.pop(0) if self.answers else 200
        self.send_response(status)
        self.send_header("Content-Type", "application/n-triples")
        if status == 302:
            self.send_header("Location", "http://example.org/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def fickle(*answers: int) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    handler = type("Handler", (Fickle,), {"answers": list(answers), "heard": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/update", handler.heard  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


def test_a_busy_server_is_asked_again(turtle_file: Path) -> None:
    with fickle(503, 200, 429, 502, 200) as (address, heard):
        assert publish(turtle_file, endpoint(address)).added == len(ALL)
        batches = -(-len(ALL) // 20)
        assert len(heard) == 1 + batches + 3


def test_a_server_that_stays_busy_is_told(turtle_file: Path) -> None:
    with fickle(*[503] * 50) as (address, _), pytest.raises(EndpointError, match="503"):
        publish(turtle_file, endpoint(address))


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "FACTLOOM_STORE_TOKEN"), (403, "may not write"), (404, "FACTLOOM_STORE_QUERY")],
)
def test_a_refusal_has_its_remedy(turtle_file: Path, status: int, reason: str) -> None:
    with fickle(status) as (address, _), pytest.raises(EndpointError, match=reason):
        publish(turtle_file, endpoint(address))


def test_nobody_is_led_elsewhere(turtle_file: Path) -> None:
    with fickle(302) as (address, heard), pytest.raises(EndpointError, match="302"):
        publish(turtle_file, endpoint(address))
    assert len(heard) == 1


def test_credentials_come_from_the_environment(turtle_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTLOOM_STORE_USER", "ann")
    monkeypatch.setenv("FACTLOOM_STORE_PASSWORD", "pw")
    with fickle() as (address, heard):
        publish(turtle_file, endpoint(address))
    assert {credentials for _, credentials in heard} == {"Basic YW5uOnB3"}
    monkeypatch.setenv("FACTLOOM_STORE_TOKEN", "t0ken")
    with fickle() as (address, heard):
        publish(turtle_file, endpoint(address))
    assert {credentials for _, credentials in heard} == {"Bearer t0ken"}


def test_nobody_listens(turtle_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(EndpointError, match=r"can't be reached: .*refused"):
        publish(turtle_file, endpoint(f"http://127.0.0.1:{port}/update"))


# --- Addresses


@pytest.mark.parametrize(
    ("address", "protocol", "read"),
    [
        ("https://h.example/update", "update", "https://h.example/query"),
        ("https://h.example/ds/update", "update", "https://h.example/ds/query"),
        ("https://h.example/repositories/r/statements", "update", "https://h.example/repositories/r"),
        ("https://h.example/sparql", "update", "https://h.example/sparql"),
        ("https://h.example/ds/data", "store", "https://h.example/ds/data"),
        ("http://localhost:7878/store", "store", "http://localhost:7878/store"),
        ("http://[::1]:7878/update", "update", "http://[::1]:7878/query"),
    ],
)
def test_what_an_address_means(address: str, protocol: str, read: str) -> None:
    place = endpoint(address, {})
    assert (place.write, place.protocol, place.read, place.graph) == (address, protocol, read, remote.GRAPH)


def test_the_environment_says_more() -> None:
    place = endpoint(
        "https://h.example/u", {"FACTLOOM_STORE_QUERY": "https://h.example/q", "FACTLOOM_STORE_GRAPH": "x:g"}
    )
    assert (place.read, place.graph) == ("https://h.example/q", "x:g")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://h.example/update", "not encrypted"),
        ("ftp://h.example/update", "no https address"),
        ("https:///update", "no https address"),
        ("https://ann:pw@h.example/update", "FACTLOOM_STORE_USER"),
    ],
)
def test_wrong_addresses(address: str, reason: str, tmp_path: Path) -> None:
    from command_line import factloom

    with pytest.raises(UsageError, match=reason):
        endpoint(address, {})
    ran = factloom("build", "-", "-o", tmp_path / "out", "--store", address)
    assert (ran.code, ran.err.count("\n"), reason in ran.err) == (2, 1, True)


def test_a_wrong_graph_is_told() -> None:
    with pytest.raises(UsageError, match="no absolute IRI"):
        endpoint("https://h.example/update", {"FACTLOOM_STORE_GRAPH": "no iri"})


# --- Virtuoso, where it is installed (apt-get install virtuoso-opensource)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="no virtuoso-t (Debian: virtuoso-opensource)")
def test_virtuoso(tmp_path: Path, turtle_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports.append(free.getsockname()[1])
    (tmp_path / "virtuoso.ini").write_text(
        f"[Database]\nDatabaseFile = {tmp_path}/virtuoso.db\nTransactionFile = {tmp_path}/virtuoso.trx\n"
        f"ErrorLogFile = {tmp_path}/virtuoso.log\nxa_persistent_file = {tmp_path}/virtuoso.pxa\n"
        f"[TempDatabase]\nDatabaseFile = {tmp_path}/temp.db\nTransactionFile = {tmp_path}/temp.trx\n"
        f"[Parameters]\nServerPort = 127.0.0.1:{ports[0]}\nNumberOfBuffers = 2000\nDirsAllowed = .\n"
        f"[HTTPServer]\nServerPort = 127.0.0.1:{ports[1]}\n[SPARQL]\nResultSetMaxRows = 1000000\n"
    )
    monkeypatch.setenv("FACTLOOM_STORE_USER", "dba")
    monkeypatch.setenv("FACTLOOM_STORE_PASSWORD", "dba")
    address = f"http://127.0.0.1:{ports[1]}/sparql-auth"
    command = ["virtuoso-t", "-f", "+configfile", "virtuoso.ini"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            while "Server online" not in (line := server.stderr.readline()):
                assert line, "the server has ended"
            published = publish(turtle_file, endpoint(address))
            assert published.added == len(ALL)
            assert len(lines(address)) == len(ALL)
            assert publish(turtle_file, endpoint(address)) == Published(0, 0, len(ALL))
        finally:
            server.terminate()
            server.stderr.close()
