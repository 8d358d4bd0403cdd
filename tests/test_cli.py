"""The command line: exit codes 0, 1 and 2, results on standard output alone, one line for each mistake."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from command_line import Ran, factloom

from factloom import cli
from factloom.commands import query, shared
from factloom.extract import language
from factloom.graph.exporters import EXPORTERS
from factloom.graph.queries import FORMATS

TEXT = (
    "Anna Berg founded Fjordtech in Oslo in 2015. Fjordtech acquired Solwind. "
    "Fjordtech did not acquire Nordlys. Fjordtech plans to buy Havbris.\n"
)
EVERYTHING = "SELECT ?s ?o { ?s fl:acquires ?o }"


@pytest.fixture(scope="module")
def note(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(note: Path) -> Path:
    ran = factloom("build", note, "-o", note.parent / "out")
    assert (ran.code, ran.out) == (0, "")
    return note.parent / "out"


def process(*arguments: object, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "factloom", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=120,
    )


def assert_refused(ran: Ran, *words: str) -> None:
    """Exit code 2 and one line on standard error that has these words."""
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("factloom: ") and ran.err.count("\n") == 1
    assert [word for word in words if word not in ran.err] == []


# --- What the commands do


def test_build_writes_four_files_and_a_summary(built: Path, note: Path) -> None:
    assert {p.name for p in built.iterdir()} >= {"graph.ttl", "graph.html", "statements.jsonl", "report.json"}
    again = factloom("build", note, "-o", built.parent / "again")
    assert "1 document, " in again.err and "graph.html" in again.err
    report = json.loads((built / "report.json").read_text(encoding="utf-8"))
    assert report["documents"] == 1 and report["problems"] == []
    assert sum(report["by_status"].values()) == report["statements"]


def test_statements_are_json_lines_by_contract(note: Path) -> None:
    ran = factloom("statements", note)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0 and ran.err == ""
    row = next(r for r in rows if r["object"].get("label") == "Solwind")
    fields = "document sentence subject relation object arguments polarity modality attributed_to status time"
    assert {*fields.split(), "confidence", "rule"} <= set(row)
    assert (row["polarity"], row["modality"], row["status"]) == ("affirmed", "actual", "stated")
    assert row["relation"]["iri"].endswith("#acquires")
    for part in ("sentence", "subject", "relation", "object"):
        assert TEXT[row[part]["start"] : row[part]["end"]] == row[part]["text"]


def test_statements_open_keeps_the_words(note: Path) -> None:
    rows = [json.loads(line) for line in factloom("statements", note, "--open").out.splitlines()]
    assert rows and all("iri" not in row["relation"] and "iri" not in row["subject"] for row in rows)
    assert any(row["polarity"] == "negated" for row in rows)


def test_statements_reads_standard_input() -> None:
    ran = factloom("statements", "-", stdin=b"Intel competed with AMD.")
    assert ran.code == 0 and json.loads(ran.out.splitlines()[0])["subject"]["label"] == "Intel"


def test_query_in_each_format(built: Path) -> None:
    table = factloom("query", built, EVERYTHING)
    assert (table.code, table.err) == (0, "") and "Solwind" in table.out
    assert "Nordlys" not in table.out and "Havbris" not in table.out
    assert factloom("query", built, EVERYTHING, "--format", "csv").out.startswith("s,o")
    answer = json.loads(factloom("query", built, EVERYTHING, "--format", "json").out)
    assert len(answer["results"]["bindings"]) == 1
    turtle = factloom("query", built, "DESCRIBE id:Solwind", "--format", "turtle")
    assert "@prefix" in turtle.out
    assert factloom("query", built / "graph.ttl", "ASK { id:Fjordtech fl:acquires ?x }").out == "yes\n"


def test_query_from_a_file(built: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.rq"
    file.write_text(EVERYTHING, encoding="utf-8")
    assert factloom("query", built, file).out == factloom("query", built, EVERYTHING).out


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_export_prints_where(built: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"exported-{form}"
    ran = factloom("export", built, form, "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, f"{target}\n", "")
    assert target.stat().st_size > 0


def test_page_is_written_again(built: Path, tmp_path: Path) -> None:
    ran = factloom("page", built, "-o", tmp_path / "again.html")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'again.html'}\n")
    assert "Solwind" in (tmp_path / "again.html").read_text(encoding="utf-8")


def test_explain_shows_the_sentence(built: Path) -> None:
    ran = factloom("explain", built, "Fjordtech", "acquires", "Nordlys")
    assert ran.code == 0 and "denied" in ran.out and "did not" in ran.out
    assert factloom("explain", built, "fjordtech").out.count("—") > 2


def test_check_ends_with_1_when_something_is_at_fault(built: Path, tmp_path: Path) -> None:
    broken = tmp_path / "graph.ttl"
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    node = next(p for p in re.split(r"(?m)^(?=\S)", text) if p.startswith("st:") and "fl:Denied" in p)
    part = {p: re.search(rf"rdf:{p} (\S+)", node)[1] for p in ("subject", "predicate", "object")}
    broken.write_text(f"{text}\n{part['subject']} {part['predicate']} {part['object']} .\n", encoding="utf-8")
    ran = factloom("check", broken)
    assert ran.code == 1 and "violation" in ran.out and "did not acquire" in ran.out


def test_check_of_a_sound_graph(built: Path) -> None:
    ran = factloom("check", built)
    assert (ran.code, ran.out) == (0, "no findings\n")


# --- Inputs that can't be read


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_a_folder_with_bad_files(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin1.txt").write_bytes(
        "Café Zürich eröffnete früh. José zahlte für Äpfel.\n".encode("latin-1")
    )
    (folder / "picture.txt").write_bytes(_png())
    (folder / "huge.txt").write_bytes(b"lorem ipsum " * (5_000_000 // 12))
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    ran = factloom("build", folder, "-o", tmp_path / "out")
    assert ran.code == 1
    assert factloom("query", tmp_path / "out", "ASK { id:Fjordtech fl:acquires id:Solwind }").out == "yes\n"
    problems = json.loads((tmp_path / "out/report.json").read_text(encoding="utf-8"))["problems"]
    named = {Path(problem["source"].split(",")[0]).name.split(":")[0] for problem in problems}
    assert named == {"empty.txt", "latin1.txt", "picture.txt", "huge.txt"}
    assert all(problem["reason"] and problem["remedy"] for problem in problems)
    lines = [line for line in ran.err.splitlines() if line.startswith("problem: ")]
    assert len(lines) == len(problems)
    assert all(any(p["remedy"] in line for line in lines) for p in problems)
    assert factloom("statements", folder / "empty.txt", folder / "good.txt").code == 1


# --- Wrong use


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nonsense"], ["unknown command 'nonsense'", "build, check"]),
        (["build"], ["SOURCES", "factloom build --help"]),
        (["build", "NOTE"], ["--output"]),
        (["build", "NOTE", "-o", "x", "--frobnicate"], ["--frobnicate"]),
        (["build", "absent.txt", "-o", "x"], ["'absent.txt'"]),
        (["build", "NOTE", "-o", "x", "--model", "no_such_model"], ["'no_such_model'", "--model"]),
        (["build", "NOTE", "-o", "x", "--store", "tape"], ["'tape'", "memory", "oxigraph"]),
        (["build", "NOTE", "-o", "x", "--assert", "denied"], ["'denied'", "stated"]),
        (["build", "NOTE", "-o", "x", "--base", "here"], ["'here'", "IRI"]),
        (["build", "NOTE", "-o", "x", "--workers", "0"], ["0", "--workers"]),
        (["build", "NOTE", "-o", "x", "--ontology", "absent.ttl"], ["absent.ttl"]),
        (["build", "NOTE", "-o", "x", "--ontology", "NOTE"], ["note.txt", ".ttl"]),
        (["build", "NOTE", "-o", "NOTE"], ["note.txt"]),
        (["statements", "absent.txt"], ["'absent.txt'"]),
        (["query", "OUT", "SELECT ?a { ?a fl:owns }"], ["line 1", "column"]),
        (["query", "OUT", "SELECT ?a { ?a ex:owns ?b }"], ["ex:"]),
        (["query", "OUT", "DELETE WHERE { ?a ?b ?c }"], ["DELETE", "SELECT"]),
        (["query", "OUT", "ASK { ?a ?b ?c }", "--format", "docx"], ["'docx'", "csv, json, jsonld, ntriples"]),
        (["query", "OUT", "absent.rq"], ["absent.rq"]),
        (["query", "absent", "ASK { ?a ?b ?c }"], ["absent"]),
        (["query", "EMPTY", "ASK { ?a ?b ?c }"], ["graph.ttl"]),
        (["query", "NOTE", "ASK { ?a ?b ?c }"], ["note.txt"]),
        (["export", "OUT", "xls"], ["'xls'", "graphml"]),
        (["export", "absent", "csv"], ["absent"]),
        (["export", "OUT", "graphml", "-o", "no/such/folder/x"], ["no/such/folder"]),
        (["page", "absent"], ["absent"]),
        (["explain", "OUT", "Nobody At All"], ["'Nobody At All'"]),
        (["explain", "OUT", "Fjordtec"], ["'Fjordtech'"]),
        (["check", "absent"], ["absent"]),
    ],
    ids=lambda value: " ".join(value)[:60],
)
def test_wrong_use_is_one_line(
    built: Path,
    note: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    places = {"NOTE": str(note), "OUT": str(built), "EMPTY": str(tmp_path)}
    assert_refused(factloom(*(places.get(a, a) for a in arguments)), *words)


def test_a_query_file_that_is_no_text(built: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.rq").write_bytes(b"\xff\xfeASK")
    assert_refused(factloom("query", built, tmp_path / "broken.rq"), "broken.rq", "UTF-8")


# --- Help


def test_without_a_command_the_help_is_shown() -> None:
    assert factloom("--help").code == 0
    assert all(name in factloom("--help").out for name in cli.cli.commands)


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_help_of_each_command_has_an_example(name: str) -> None:
    ran = factloom(name, "--help")
    assert ran.code == 0
    assert re.search(
        rf"^  .*factloom {name} \S", ran.out.split("Options:")[0].split("\n", 1)[1], re.MULTILINE
    )


def test_names_given_early_are_the_real_ones() -> None:
    """The command line knows them without importing the rooms."""
    assert shared.DEFAULT_MODEL == language.DEFAULT_MODEL
    assert set(query.QUERY_FORMATS) == set(FORMATS)
    assert all(name in factloom("export", "--help").out for name in EXPORTERS)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['factloom', 'build', '--help']\n"
        "from factloom.cli import main\n"
        "main()\n"
        "heavy = {'spacy', 'rdflib', 'networkx', 'numpy', 'pyvis', 'pyoxigraph'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


# --- As real processes


def test_as_a_process(tmp_path: Path) -> None:
    done = process("build", "-", "-o", "out", stdin=TEXT, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "") and "1 document" in done.stderr
    done = process("query", "out", "ASK {", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    done = process("--version")
    assert re.fullmatch(r"factloom \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_reader_that_leaves_early_is_no_mistake(built: Path, tmp_path: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    line = f'"{sys.executable}" -m factloom query "{built}" "{query}" | head -n 1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.stderr == "" and done.stdout.splitlines()[-1] == "0"
