"""The manual is the test: commands, snippets and queries of README.md and docs/ run as they stand there.

A `text` or `turtle` block after another block shows its result: each line of it must occur in the real one,
blanks aside; `…` stands for what is left out.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pytest
from command_line import factloom

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
# Run by continuous integration from the checkout; they install or test everything.
LEFT_TO_CI = {"make demo", "make test"}
# `check` ends with 1 when it found something, as it does in documents that disagree.
MAY_END_WITH_1 = ("factloom check",)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: language, text, first line, and the result shown after it."""

    page: str
    line: int
    language: str
    text: str
    shown: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}:{self.language}"


_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_RESULTS = ("text", "turtle")


def blocks(path: Path) -> Iterator[Block]:
    text = path.read_text(encoding="utf-8")
    found = list(_FENCE.finditer(text))
    for block, following in zip_longest(found, found[1:]):
        if block[1] in _RESULTS:
            continue
        shown = following[2] if following and following[1] in _RESULTS else ""
        line = text.count("\n", 0, block.start()) + 1
        yield Block(path.name, line, block[1], block[2], shown)


BLOCKS = [block for page in PAGES for block in blocks(page)]


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def as_it_stands(text: str) -> str:
    return " ".join(text.split())


def missing(shown: str, real: str) -> list[str]:
    """The shown lines that the real result lacks; the pieces around a `…` must follow one another."""
    lines = [as_it_stands(line) for line in real.splitlines()]
    wanted = [[as_it_stands(part) for part in line.split("…")] for line in shown.splitlines()]
    patterns = [re.compile(".*".join(map(re.escape, parts))) for parts in wanted if any(parts)]
    return [p.pattern for p in patterns if not any(p.fullmatch(line) for line in lines)]


@pytest.fixture(autouse=True)
def in_the_folder(seeds_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(seeds_build)


def run_line(line: str) -> str:
    """The standard output of a command; in this process where it is factloom alone, else by a shell."""
    words = shlex.split(line, comments=True)
    if words[0] == "factloom" and not {"|", ">", "<", "&&"} & set(words):
        ran = factloom(*words[1:])
        code, out, err = ran.code, ran.out, ran.err
    else:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PATH": path},
            timeout=120,
        )
        code, out, err = done.returncode, done.stdout, done.stderr
    assert code == 0 or (code == 1 and line.startswith(MAY_END_WITH_1)), f"{line}: {code}: {err}"
    return out


@pytest.mark.parametrize("block", of("sh"), ids=str)
def test_commands_run(block: Block) -> None:
    lines = [line for line in block.text.splitlines() if line.strip() and not line.startswith("#")]
    out = ""
    for line in lines:
        command = line.split("  #")[0].strip()
        if command in LEFT_TO_CI:
            assert f"\n{command.split()[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
        elif command != "factloom build seeds -o out":  # It made this folder.
            out += run_line(command)
    if block.page == "README.md" and "explain" in block.text:
        return  # Its result is shown apart, for one of the commands.
    assert missing(block.shown, out) == []


def test_explain_is_shown_as_it_is() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = next(m[2] for m in _FENCE.finditer(page) if m[1] == "text" and m[2].startswith("WeChat"))
    assert missing(shown, run_line("factloom explain out WeChat blocks")) == []


@pytest.mark.parametrize("block", of("sparql"), ids=str)
def test_queries_find_what_is_shown(block: Block) -> None:
    form = "turtle" if block.text.startswith(("CONSTRUCT", "DESCRIBE")) else "table"
    ran = factloom("query", "out", block.text, "--format", form)
    assert ran.code == 0, ran.err
    assert not ran.out.endswith("(0 rows)\n") and ran.out.strip() not in ("no", "")
    assert missing(block.shown, ran.out) == []


@pytest.mark.parametrize("block", of("python"), ids=str)
def test_snippets_run(block: Block) -> None:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(block.text, str(block), "exec"), {"__name__": "snippet"})
    assert out.getvalue()
    assert missing(block.shown, out.getvalue()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [t.split("#")[0] for t in re.findall(r"\]\(([^)]+)\)", text) if not t.startswith("http")]
    assert [t for t in targets if t and not (page.parent / t).exists()] == []


def test_each_status_has_its_sentence(seeds_build: Path) -> None:

    rows = [
        json.loads(line) for line in (seeds_build / "out/statements.jsonl").read_text("utf-8").splitlines()
    ]
    read = {(row["status"], as_it_stands(row["sentence"]["text"])) for row in rows}
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.findall(
        r"^\| (stated|reported|planned|possible|conditional|denied) \| (.+?) \|", page, re.MULTILINE
    )
    assert len(table) == 6
    assert [entry for entry in table if entry not in read] == []


def test_every_command_and_format_is_told() -> None:
    from factloom.cli import cli
    from factloom.graph.exporters import EXPORTERS

    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands if f"factloom {name}" not in page] == []
    assert [name for name in EXPORTERS if not re.search(rf"\b{name}\b", page)] == []


def test_the_page_is_short_and_the_picture_small() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 250
    assert (ROOT / "docs/demo.png").stat().st_size < 300_000
