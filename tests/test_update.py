"""Changes of a corpus: any sequence of them comes to the bytes of a build from scratch."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from command_line import factloom

from factloom.build import FILES, Options, build_graph
from factloom.ontology.errors import UsageError
from factloom.update import update_graph

# Names and aliases run across the documents, two share a name, one file holds several records.
TEXTS = {
    "fund.txt": [
        "The International Monetary Fund (IMF) warned Kenya. Anna Berg leads the IMF.",
        "The International Monetary Fund praised Kenya. It is based in Washington.",
    ],
    "news.md": ["# News\n\nThe IMF did not sue Peru. Kenya thanked the IMF.", "The IMF may sue Peru."],
    "news.txt": ["Fjordtech acquired Nordlys in 2019. Nordlys makes cables.", "Fjordtech sold Nordlys."],
    "wire.jsonl": [
        '{"id": "w1", "text": "Reuters said that Fjordtech bought Solwind."}\n'
        '{"id": "w2", "text": "A plant opened. The plant employs 300 people."}\n',
        '{"id": "w2", "text": "A plant closed. Solwind owned the plant."}\n',
    ],
    "empty.txt": ["", "Oslo Bank hired Eva Berg."],
}


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    for name, versions in TEXTS.items():
        Path("docs", name).write_text(versions[0], encoding="utf-8")
    return tmp_path


def from_scratch(names: list[str], **options: object) -> dict[str, bytes]:
    shutil.rmtree("scratch", ignore_errors=True)
    build_graph([f"docs/{name}" for name in names], "scratch", options=Options(**options))
    return contents(Path("scratch"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes_is_a_build_from_scratch(corpus: Path, seed: int) -> None:
    chance = random.Random(seed)
    there = chance.sample(sorted(TEXTS), 2)
    build_graph([f"docs/{name}" for name in there], "out")
    for _ in range(4):
        absent = [name for name in TEXTS if name not in there]
        add = chance.sample(absent, chance.randint(0, len(absent)))
        remove = chance.sample(there, chance.randint(0, len(there) - (not add)))
        replace = chance.sample(
            [n for n in there if n not in remove], chance.randint(0, 1) * (len(remove) < len(there))
        )
        for name in replace:
            Path("docs", name).write_text(chance.choice(TEXTS[name]), encoding="utf-8")
        there = sorted({*there, *add} - {*remove})
        update_graph(
            "out",
            add=[f"docs/{name}" for name in add],
            replace=[f"docs/{name}" for name in replace],
            remove=[f"docs/{name}" for name in remove],
        )
        assert contents(Path("out")) == from_scratch(there)


def test_the_files_of_before_are_not_needed(corpus: Path) -> None:
    build_graph(["docs/fund.txt"], "out")
    whole = from_scratch(["fund.txt", "news.txt"])
    Path("docs/fund.txt").unlink()
    built = update_graph("out", add=["docs/news.txt"])
    assert contents(Path("out")) == whole
    assert built.report["documents_read"] == 1
    assert {d.id for d in built.documents if d.text} == {"fund", "news"}


def test_a_document_is_removed_by_its_id(corpus: Path) -> None:
    build_graph(["docs/fund.txt", "docs/wire.jsonl"], "out")
    built = update_graph("out", remove=["w1", "fund"])
    assert [d.id for d in built.documents] == ["w2"]
    assert built.report["documents_read"] == 0
    again = build_graph(["docs/fund.txt", "docs/wire.jsonl"], "out")
    assert [d.id for d in again.documents] == ["fund", "w1", "w2"]


def test_options_of_the_build_are_kept(corpus: Path) -> None:
    options = {"policy": "all", "base": "https://example.org/kg/"}
    build_graph(["docs/news.md"], "out", options=Options(**options))
    update_graph("out", add=["docs/news.txt"])
    assert contents(Path("out")) == from_scratch(["news.md", "news.txt"], **options)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"remove": ["fnud"]}, "near are: fund"),
        ({"replace": ["docs/news.txt"]}, "is not in the graph"),
        ({"remove": ["fund"]}, "nothing would be left"),
        ({"add": ["docs/nowhere.txt"]}, "no such source"),
    ],
)
def test_wrong_changes_are_told_and_change_nothing(
    corpus: Path, change: dict[str, list[str]], told: str
) -> None:
    build_graph(["docs/fund.txt"], "out")
    before = contents(Path("out"))
    with pytest.raises(UsageError, match=told):
        update_graph("out", **change)
    assert contents(Path("out")) == before
    assert [d.id for d in update_graph("out").documents] == ["fund"]


def test_a_folder_without_a_build_is_told(corpus: Path) -> None:
    with pytest.raises(UsageError, match="build it first"):
        update_graph("nowhere")
    assert not Path("nowhere").exists()
    build_graph(["docs"], "part", options=Options(limit=1))
    with pytest.raises(UsageError, match="part of its documents"):
        update_graph("part")


def test_the_command(corpus: Path) -> None:
    build_graph(["docs/fund.txt"], "out")
    ran = factloom("update", "out", "--add", "docs/news.txt", "--add", "docs/wire.jsonl", "--remove", "fund")
    assert ran.code == 0, ran.err
    assert "3 documents" in ran.err
    assert factloom("update", "out").code == 0
    assert factloom("update", "out", "--remove", "fund").code == 2


# --- What is read again, and what is not


def read_again(*names: str, **options: object) -> int:
    built = build_graph([f"docs/{n}" for n in names], "out", options=Options(**options))
    return int(built.report["documents_read"])


def test_only_what_changed_is_read_again(corpus: Path) -> None:
    assert read_again("fund.txt", "wire.jsonl") == 3
    assert read_again("fund.txt", "wire.jsonl") == 0
    Path("docs/fund.txt").write_text(TEXTS["fund.txt"][1], encoding="utf-8")
    assert read_again("fund.txt", "wire.jsonl") == 1
    assert contents(Path("out")) == from_scratch(["fund.txt", "wire.jsonl"])
    assert read_again("fund.txt", "wire.jsonl", base="https://example.org/kg/") == 3
    assert read_again("fund.txt", "wire.jsonl", base="https://example.org/kg/", policy="all") == 0
    assert read_again("fund.txt", base="https://example.org/kg/", fresh=True) == 1


def test_an_ontology_that_changes_is_read_with(corpus: Path) -> None:
    ontology = Path("mine.ttl")
    ontology.write_text("<urn:x:A> a <http://www.w3.org/2002/07/owl#Class> .\n", encoding="utf-8")
    assert read_again("fund.txt", ontologies=(ontology,)) == 1
    assert read_again("fund.txt", ontologies=(ontology,)) == 0
    ontology.write_text("<urn:x:B> a <http://www.w3.org/2002/07/owl#Class> .\n", encoding="utf-8")
    assert read_again("fund.txt", ontologies=(ontology,)) == 1


def test_a_damaged_cache_is_told_and_made_anew(corpus: Path) -> None:
    build_graph(["docs/fund.txt"], "out")
    whole = contents(Path("out"))
    Path("out/cache/readings.sqlite").write_bytes(b"no database at all" * 100)
    ran = factloom("build", "docs/fund.txt", "-o", "out")
    assert (ran.code, "--fresh" in ran.err) == (2, True)
    assert factloom("build", "docs/fund.txt", "-o", "out", "--fresh").code == 0
    assert contents(Path("out")) == whole


def test_one_process_at_a_time(corpus: Path) -> None:
    from factloom.corpus.cache import open_cache

    build_graph(["docs/fund.txt"], "out")
    with open_cache(Path("out")):
        ran = factloom("build", "docs/fund.txt", "-o", "out")
    assert (ran.code, "another process" in ran.err) == (2, True)


def test_a_part_of_the_corpus(corpus: Path) -> None:
    ids = [d.id for d in build_graph(["docs"], "out").documents]
    first = build_graph(["docs"], "out", options=Options(limit=2))
    some = build_graph(["docs"], "other", options=Options(sample=2))
    assert [d.id for d in first.documents] == ids[:2]
    assert len(some.documents) == 2
    assert {d.id for d in build_graph(["docs"], "out", options=Options(sample=2)).documents} == {
        d.id for d in some.documents
    }
    assert first.report["documents_read"] == 0


def test_a_dry_run_writes_nothing(corpus: Path) -> None:
    ran = factloom("build", "docs/fund.txt", "docs/wire.jsonl", "-o", "out", "--dry-run")
    assert ran.out.splitlines() == [
        "read  fund  docs/fund.txt",
        "read  w1  docs/wire.jsonl:1",
        "read  w2  docs/wire.jsonl:2",
    ]
    assert not Path("out").exists()
    build_graph(["docs/fund.txt"], "out")
    before = {p: p.stat().st_mtime_ns for p in Path("out").glob("*.*")}
    ran = factloom("build", "docs/fund.txt", "docs/news.txt", "-o", "out", "--dry-run")
    assert ran.out.splitlines() == ["kept  fund  docs/fund.txt", "read  news  docs/news.txt"]
    assert {p: p.stat().st_mtime_ns for p in Path("out").glob("*.*")} == before


@pytest.mark.slow
def test_any_number_of_workers_gives_the_same_bytes(corpus: Path) -> None:
    names = ["fund.txt", "news.md", "news.txt", "wire.jsonl"]
    build_graph([f"docs/{n}" for n in names], "out", options=Options(workers=2))
    assert contents(Path("out")) == from_scratch(names)
