"""Spark gives the graph of one machine, byte for byte, also when a worker is killed while it reads.

Left out where pyspark or Java is absent (`pip install 'factloom[spark]'`, Java 17); with
FACTLOOM_REQUIRE_SPARK=1 in the environment, as in continuous integration, they fail instead.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from command_line import factloom

from factloom.build import Options, build_graph
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Document, Entity, Locator
from factloom.spark import session as sessions
from factloom.spark.rows import document_of, entity_of, finished_document, finished_row, form_of

LACKING = sessions.missing()
# Where Spark is required, as in continuous integration, the tests run and say what is missing.
REQUIRED = os.environ.get("FACTLOOM_REQUIRE_SPARK", "") not in ("", "0")
spark_only = pytest.mark.skipif(LACKING is not None and not REQUIRED, reason=LACKING or "")
FILES = ("graph.ttl", "statements.jsonl", "drops.jsonl")
TEXTS = {
    "one": "Brightwell Semiconductor acquired Aurelia Bio in 2023. Brightwell (BWS) employs 900 people.",
    "two": "Aurelia Bio said that BWS would not sell its plant in Westhaven.",
    "three": "Harbour Rail is a company. Ada Lind founded Harbour Rail in Norland in 1999.",
    "four": "Harbour-Rail bought Port Lines. Ada Lind did not comment.",
    "five": "Ada Lind, a Norwegian engineer, hired Tom Berg.",
    "six": "Ada Lind, a Canadian swimmer, won the race. Lind beat Eva Roe.",
    "seven": "Ada Lind praised Eva Roe.",
}


def write(folder: Path) -> Path:
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an ordinary build; the sources lie beside it."""
    place = tmp_path_factory.mktemp("single")
    build_graph([write(place / "texts")], place / "out", options=Options(sparql=False))
    return place / "out"


# The work is done in a process of its own: a session sets much in a process, and it can be ended.
PROGRAM = """
import json, sys
from factloom.extract.readers.sources import read_sources
from factloom.spark import nquads, read, statements
from factloom.spark.session import session
from factloom.spark.rows import finished_row

source, out, master = sys.argv[1:]
spark = session(master)
rows = [finished_row(d) for d in read_sources([source], on_problem=print)]
frame = spark.createDataFrame(rows, ", ".join(f"{name} string" for name in rows[0]))
found = read(frame)
statements(found).write.parquet(out + "/statements")
nquads(found).write.text(out + "/graph.nq")
lines = spark.read.parquet(out + "/statements").orderBy("line").select("line").collect()
with open(out + "/lines", "w") as file:
    file.writelines(row["line"] + "\\n" for row in lines)
spark.stop()
"""


@spark_only
@pytest.mark.slow
def test_a_dataframe_gives_the_statements_and_the_graph_of_one_machine(single: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(single.parent / "texts"), str(tmp_path), "local[2]"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    wanted = sorted((single / "statements.jsonl").read_text().splitlines())
    assert sorted((tmp_path / "lines").read_text().splitlines()) == wanted
    shards = sorted((tmp_path / "graph.nq").glob("*.txt"))
    quads = [line for shard in shards for line in shard.read_text().splitlines()]
    graph = ox.parse(path=str(single / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    assert sorted(quads) == sorted(f"{quad.triple} ." for quad in graph)


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A standalone master with two workers of one core each on loopback."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port, web = free_port(), free_port()
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }
    log = (tmp_path / "spark.log").open("wb")

    def start(name: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *options]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)

    master = f"spark://127.0.0.1:{port}"
    running = [start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(web))]
    for number in (1, 2):
        folder = str(tmp_path / f"work{number}")
        options = ("--cores", "1", "--memory", "2g", "--host", "127.0.0.1", "--webui-port", "0", "-d", folder)
        running.append(start("worker.Worker", *options, master))
    yield master, running[1:]
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    log.close()


def children(pid: int) -> list[int]:
    """The processes below one, by /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(entry.parent.name))
    return found + [below for child in found for below in children(child)]


@spark_only
@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes to kill in /proc")
def test_a_cluster_of_two_workers_with_one_killed_gives_the_same_bytes(
    single: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    master, workers = cluster
    program = "import sys; from factloom.cli import main; sys.argv[0] = 'factloom'; main()"
    texts, out = single.parent / "texts", tmp_path / "out"
    options = ["-o", str(out), "--no-sparql", "--engine", "spark", "--master", master]
    build = subprocess.Popen(
        [sys.executable, "-c", program, "build", str(texts), *options],
        stderr=subprocess.PIPE,
        env=os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"},
    )
    # An executor has a child that runs Python as soon as it has a task: then it is in the midst of reading.
    victim = None
    while build.poll() is None and victim is None:
        victim = next((worker for worker in workers if len(children(worker.pid)) > 1), None)
        time.sleep(0.1)
    assert victim is not None, "the build ended before a worker had begun"
    for process in [victim.pid, *children(victim.pid)]:
        with contextlib.suppress(ProcessLookupError):  # it may be at its end
            os.kill(process, signal.SIGKILL)
    _, errors = build.communicate(timeout=900)
    assert build.returncode == 0, errors[-3000:]
    for name in FILES:
        assert (out / name).read_bytes() == (single / name).read_bytes(), name


@spark_only
def test_the_engine_is_told_apart(tmp_path: Path) -> None:
    ran = factloom("build", str(tmp_path), "-o", str(tmp_path / "out"), "--master", "local[2]")
    assert ran.code == 2
    assert "--master is for --engine spark" in ran.err


def test_without_spark_the_message_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(UsageError, match=r"pip install 'factloom\[spark\]'"):
        sessions.session("local[2]")


class TestRows:
    def test_a_row_of_raw_text_is_cleaned_as_a_file_is(self) -> None:
        row = {"text": "Acme  acquired\u00ad Beta.\n\n\n- In March.", "id": 7, "date": "2025-03-04T08:00:00"}
        document = document_of(row)
        assert document == Document("7", "Acme acquired Beta.\n\nIn March.", "7", "7", "en", "2025-03-04")
        assert document_of({"text": " \n "}) is None

    def test_documents_and_entities_come_back(self) -> None:
        document = Document("d", "Text.", "T", "s", "en", None, (Locator(0, "page 1"),))
        assert finished_document(finished_row(document)) == document
        entity = Entity("http://e.org/a", "Ünal", "http://e.org/K", ("a", "b"))
        assert entity_of(form_of(entity)) == entity
