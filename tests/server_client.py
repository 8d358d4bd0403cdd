"""A server in a process of its own, as a user starts it, and a client of it; no tests here."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

GOOD = "ASK { ?s fl:blocks ?o }"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case) and body of an answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its process and port."""

    process: subprocess.Popen[str]
    port: int
    host: str = "127.0.0.1"

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def request(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """One request; header names are given with underscores."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, query: str, **headers: str) -> Answer:
        """A query by GET."""
        return self.request(f"/sparql?query={quote(query)}", **headers)

    def post(self, fields: Mapping[str, str] | bytes, kind: str = FORM, **headers: str) -> Answer:
        """A form, or another body by its kind."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return self.request("/sparql", method="POST", body=body, Content_Type=kind, **headers)

    def is_well(self) -> bool:
        """Whether it answers a good query."""
        answer = self.get(GOOD)
        return answer.status == 200 and b"true" in answer.body

    def megabytes(self) -> int:
        """Resident memory of the server and all that it started; what they share counts for each."""
        return sum(map(_resident, family(self.process.pid)))


def family(process: int) -> list[int]:
    """A process and its descendants."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(member for child in children for member in family(int(child)))]


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


@contextmanager
def serving(source: Path, *options: str) -> Iterator[Server]:
    """`factloom serve` on a free port, until the block ends; then it must end well."""
    command = [sys.executable, "-m", "factloom", "serve", str(source), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://([\d.]+):(\d+)/", line)
        try:
            assert found, line + process.stderr.read()
            yield Server(process, int(found[2]), "127.0.0.1" if found[1] == "0.0.0.0" else found[1])
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        assert process.returncode == 0, errors
        assert errors == "", errors
