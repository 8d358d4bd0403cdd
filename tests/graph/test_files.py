"""Files that take their names together: whatever was killed in between, a command sees those of one build."""

from __future__ import annotations

from pathlib import Path

import pytest

from factloom.graph.files import graph_file, replacing_all, settle

NAMES = ("graph.ttl", "graph.html", "statements.jsonl")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(folder.iterdir())}


def write(folder: Path, words: str) -> None:
    with replacing_all(folder, NAMES) as parts:
        for path in parts.values():
            path.write_text(words)


@pytest.mark.parametrize("renames", range(len(NAMES) + 1))
def test_a_switch_that_was_killed_is_ended_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    write(tmp_path, "old")
    replace, done = Path.replace, 0

    def killed_after_some(self: Path, target: Path) -> Path:
        nonlocal done
        if target.name in NAMES:
            if done == renames:
                raise KeyboardInterrupt
            done += 1
        return replace(self, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", killed_after_some)
        # A killed process clears nothing away.
        patched.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        write(tmp_path, "new")
        raise KeyboardInterrupt
    assert [(tmp_path / name).read_text() for name in NAMES].count("new") == renames
    assert graph_file(tmp_path) == tmp_path / "graph.ttl"
    assert contents(tmp_path) == dict.fromkeys(sorted(NAMES), "new")


def test_what_fails_before_the_switch_leaves_all_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, "old")
    with pytest.raises(ValueError), replacing_all(tmp_path, NAMES) as parts:
        parts["graph.ttl"].write_text("new")
        raise ValueError
    assert contents(tmp_path) == dict.fromkeys(sorted(NAMES), "old")


def test_a_note_leads_to_no_other_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / ".secret.part").write_text("part")
    (inner / ".switch").write_text("../secret")
    settle(inner)
    assert contents(tmp_path / "inner") == {}
    assert (tmp_path / ".secret.part").exists()
