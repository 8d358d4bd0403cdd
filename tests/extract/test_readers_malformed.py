"""Broken and hostile files: each is named with a remedy, within bounds, and the rest is built."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path, PurePath

import malformed
import pytest

from factloom.extract.readers import guard
from factloom.extract.readers.base import Raw
from factloom.ontology.errors import InputError

# Runs the command line with a bound on its memory, as the guard's children run within theirs.
_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
from factloom.cli import main
sys.argv[0] = "factloom"
try:
    main()
finally:
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("peak", peak >> 10, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], str]:
    """The folder of a build over all files, the patterns by name, and what went to standard error."""
    folder = tmp_path_factory.mktemp("bad")
    patterns = malformed.write_all(folder)
    output = tmp_path_factory.mktemp("out")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _LIMITED, "build", str(folder), "-o", str(output)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 1, done.stderr
    return output, patterns, done.stderr


def problems_by_name(output: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for problem in json.loads((output / "report.json").read_text())["problems"]:
        name = next((p for p in PurePath(problem["source"]).parts if p.split(":")[0] in NAMES), "")
        found.setdefault(name.split(":")[0], []).append(problem)
    return found


NAMES = {
    *malformed.FILES,
    *(f"{name}.txt" for name in ("pipe", "zero", "nowhere", "self", "socket")),
    "example.org",
}


def test_there_are_more_than_fifty_of_them() -> None:
    assert len(malformed.FILES) > 75


def test_each_is_named_with_a_remedy(built: tuple[Path, dict[str, str], str]) -> None:
    output, patterns, _ = built
    found = problems_by_name(output)
    # Pages of web archives are told by their addresses.
    found["cut.warc"] = found["cut.warc.gz"] = found.pop("example.org")
    assert len(found["cut.warc"]) == 2
    silent = [
        name
        for name, pattern in patterns.items()
        if not any(re.search(pattern, p["reason"]) and p["remedy"] for p in found.get(name, []))
    ]
    assert not silent


def test_the_rest_is_built(built: tuple[Path, dict[str, str], str]) -> None:
    output, _, _ = built
    lines = [json.loads(line) for line in (output / "statements.jsonl").read_text().splitlines()]
    documents = {line["document"] for line in lines}
    assert {"good.txt", "good.pdf", "good.docx", "good.zip/../../escape"} <= documents
    assert {line.get("locator") for line in lines if line["document"] == "good.pdf"} == {"page 1"}


def test_nothing_is_unpacked_to_disk(built: tuple[Path, dict[str, str], str]) -> None:
    output, _, _ = built
    assert not list(output.parent.rglob("escape*"))


def test_memory_stays_within_bounds(built: tuple[Path, dict[str, str], str]) -> None:
    _, _, errors = built
    (peak,) = re.findall(r"^peak (\d+)$", errors, re.MULTILINE)
    assert int(peak) < 2_000  # MiB


class TestGuard:
    """What stops a parser that hangs or dies; the next file is read by a new one."""

    def raw(self, data: bytes = b"{\\rtf1 Words.}") -> Raw:
        return Raw("a", "a.rtf", io.BytesIO(data), 1000)

    @pytest.fixture(autouse=True)
    def fresh(self) -> None:
        guard.close()

    def child(self, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
        monkeypatch.setattr(guard, "COMMAND", (sys.executable, "-c", program))

    def test_a_parser_that_hangs_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.child(monkeypatch, "import sys; sys.stdin.buffer.read()")
        monkeypatch.setattr(guard, "SECONDS", 0.2)
        with pytest.raises(InputError, match=r"takes more than .* seconds"):
            list(guard.read("rtf", self.raw()))

    @pytest.mark.parametrize("program", ["raise SystemExit(3)", "import os; os.abort()"])
    def test_a_parser_that_dies_is_told(self, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
        self.child(monkeypatch, program)
        with pytest.raises(InputError, match="breaks the program"):
            list(guard.read("rtf", self.raw(b"x" * 1_000_000)))

    def test_the_next_file_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as patched:
            self.child(patched, "raise SystemExit(3)")
            with pytest.raises(InputError):
                list(guard.read("rtf", self.raw()))
        assert list(guard.read("rtf", self.raw()))

    def test_one_child_reads_many_files_and_one_refusal_does_not_end_it(self) -> None:
        list(guard.read("rtf", self.raw()))
        (first,) = guard._idle
        with pytest.raises(InputError, match="no RTF"):
            list(guard.read("rtf", self.raw(b"no")))
        list(guard.read("rtf", self.raw()))
        assert guard._idle == [first]

    def test_a_reader_left_in_the_middle_is_ended(self) -> None:
        found = guard.read("rtf", self.raw())
        next(found)
        found.close()  # type: ignore[attr-defined]
        assert not guard._idle
