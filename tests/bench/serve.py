"""The server under attack: what each attack gets, how soon the next good query is answered, and the memory.

Starts `factloom serve` with its usual limits on a grown graph. Each attack is sent by several clients at
once; a good query is timed while they run and after they have ended. Memory is that of the server and all its
processes while they run, each page counted once (proportional set size).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.server_client import Server, family, serving

from .report import table
from .store import made

CROSS = " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(4))
Attack = Callable[[Server], int]


def asks(query: str) -> Attack:
    """A query by POST; gives the status."""
    return lambda server: server.post({"query": query}).status


ATTACKS: dict[str, Attack] = {
    "good query": asks("ASK { ?s ?p ?o }"),
    "FROM a file": asks("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    "SERVICE": asks("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    "LOAD": asks("LOAD <file:///etc/passwd>"),
    "update": lambda server: server.post({"update": "CLEAR ALL"}).status,
    "another origin": lambda server: server.post({"query": "ASK {}"}, Origin="http://evil.example").status,
    "rebound name": lambda server: server.get("ASK {}", Host="evil.example").status,
    "cross product": asks(f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"),
    "ORDER BY bomb": asks(f"SELECT * {{ {CROSS} }} ORDER BY ?c3 ?c2"),
    "streaming dump": asks(f"SELECT * {{ {CROSS} }}"),
    "deep nesting": asks("ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"),
    "long union": asks("ASK { " + " UNION ".join(["{ ?a ?b ?c }"] * 8000) + " }"),
    "malformed UTF-8": lambda server: server.post(b"ASK \xff", "application/sparql-query").status,
}


def memory(server: Server) -> float:
    """MB of the server's processes, shared pages counted once."""
    return sum(map(_proportional, family(server.process.pid))) / 1024


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def timed(server: Server) -> float:
    """Seconds until a good query is answered."""
    began = time.perf_counter()
    assert server.get("ASK { ?s ?p ?o }").status == 200
    return time.perf_counter() - began


def row(server: Server, name: str, attack: Attack, clients: int) -> list[object]:
    """Statuses, seconds of a good query during and after, peak memory."""
    done = threading.Event()
    during: list[float] = []
    peaks = [memory(server)]
    with ThreadPoolExecutor(clients) as pool:
        answers = [pool.submit(attack, server) for _ in range(clients)]
        while not all(answer.done() for answer in answers):
            during.append(timed(server))
            peaks.append(memory(server))
            done.wait(0.2)
    statuses = Counter(answer.result() for answer in answers)
    said = " ".join(f"{count}×{status}" for status, count in sorted(statuses.items()))
    return [name, said, max(during, default=0.0), timed(server), round(max(peaks))]


def main(arguments: Sequence[str]) -> int:
    """Statuses, seconds of good queries and memory for each attack."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench serve", description=main.__doc__)
    parser.add_argument("--triples", type=int, default=100_000, metavar="N", help="about so many (100000)")
    parser.add_argument("--clients", type=int, default=4, metavar="N", help="at once for each attack (4)")
    parser.add_argument("--timeout", default="10", metavar="SECONDS", help="the server's limit (10)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder), options.triples)
        with serving(path, "--timeout", options.timeout) as server:
            rows = [row(server, name, attack, options.clients) for name, attack in ATTACKS.items()]
            rows.append(row(server, "200 clients", ATTACKS["good query"], 200))
    print(table(["attack", "answers", "good query during, s", "after, s", "peak MB"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
