"""The ledger of silent sentences: every sentence is accounted for, and can be looked up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import factloom

from factloom import build_graph
from factloom.extract.language import parse
from factloom.ledger import look_up
from factloom.ontology.errors import UsageError

TEXT = """A NEW DAM IN THE DESERT

Intel competed with AMD. What a night! Who owns Nordlys?

Nordlys makes cables. It rained.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    (folder / "note.txt").write_text(TEXT, encoding="utf-8")
    build_graph([folder / "note.txt"], folder / "out")
    return folder / "out"


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_sentence_gives_a_statement_or_a_reason(built: Path) -> None:
    gave = {row["sentence"]["text"] for row in rows(built / "statements.jsonl")}
    silent = {row["sentence"]["text"]: row["reasons"] for row in rows(built / "drops.jsonl")}
    (sentences,) = parse([TEXT])
    assert {s.text for s in sentences} == gave | set(silent)
    assert gave.isdisjoint(silent)
    assert all(silent.values())
    report = json.loads((built / "report.json").read_text("utf-8"))
    assert (report["sentences"], report["silent_sentences"]) == (len(sentences), len(silent))


def test_a_sentence_is_found_by_words_and_by_place(built: Path) -> None:
    (by_words,) = look_up(built, "what  a NIGHT")
    start = TEXT.index("What a night!")
    assert by_words in look_up(built, f"note:{start}") == look_up(built, f"note:{start + 5}")
    assert by_words.reasons and not by_words.statements
    (spoken,) = look_up(built, "competed with")
    assert spoken.statements[0]["subject"]["label"] == "Intel" and not spoken.reasons


def test_the_command(built: Path) -> None:
    ran = factloom("explain", built, "--sentence", "who owns")
    assert (ran.code, ran.out.splitlines()[0]) == (0, '"Who owns Nordlys?"')
    assert "gave nothing: subject not resolved" in ran.out
    assert (
        "gave: Intel — competes with → AMD   stated" in factloom("explain", built, "--sentence", "Intel").out
    )
    assert factloom("explain", built).code == 2
    assert factloom("explain", built, "Intel", "--sentence", "x").code == 2


@pytest.mark.parametrize("sentence", ["no such words", "note:100000", "other:1"])
def test_what_is_not_there_is_told(built: Path, sentence: str) -> None:
    with pytest.raises(UsageError, match="no sentence with"):
        look_up(built, sentence)
    with pytest.raises(UsageError, match=r"no statements\.jsonl in"):
        look_up(built / "cache", sentence)


def test_the_log_tells_what_happened(built: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    note = built.parent / "note.txt"
    assert factloom("build", note, tmp_path / "none.txt", "-o", tmp_path / "out", "--log", log).code == 1
    events = rows(log)
    assert events[0]["event"] == "build" or events[0]["level"] == "WARNING"
    assert [e["event"] for e in events][-1] == "done"
    assert {e["stage"] for e in events if e["event"] == "stage"} >= {
        "documents",
        "reading",
        "joining",
        "turtle",
    }
    (problem,) = (e for e in events if e["event"] == "problem")
    assert (problem["level"], problem["reason"]) == ("WARNING", "does not exist")
    assert factloom("build", note, "-o", tmp_path / "out", "--log", tmp_path).code == 2
