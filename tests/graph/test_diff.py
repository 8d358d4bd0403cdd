"""Differences between two builds: what changed, why, and that a patch makes one graph of the other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from graph_sample import DOCUMENT, STATEMENTS

from factloom.cli import cli
from factloom.graph.diff import Cause, Change, Kind, diff, render_diff
from factloom.graph.rdf import write_turtle
from factloom.ontology.errors import InputError, UnknownNameError, UsageError
from factloom.ontology.records import Document, Evidence, Polarity, Span, Statement

BLOCKS, ACQUIRES, MAY_BUY, USERS, RIVALS = STATEMENTS


def built(folder: Path, statements: tuple[Statement, ...], *documents: Document) -> Path:
    folder.mkdir()
    write_turtle(folder / "graph.ttl", documents or (DOCUMENT,), statements)
    return folder


def with_evidence(statement: Statement, **changes: object) -> Statement:
    (evidence,) = statement.evidence
    return replace(statement, evidence=(replace(evidence, **changes),))  # type: ignore[arg-type]


def moved(evidence: Evidence, by: int) -> Evidence:
    """The same words further on, as after an insertion before them."""

    def later(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    parts = {n: getattr(evidence, n) for n in ("subject", "relation", "object")}
    mentions = {n: replace(m, span=later(m.span)) for n, m in parts.items()}
    return replace(evidence, span=later(evidence.span), sentence=later(evidence.sentence), **mentions)


def changes(tmp_path: Path, before: tuple[Statement, ...], after: tuple[Statement, ...]) -> list[Change]:
    return diff(built(tmp_path / "a", before), built(tmp_path / "b", after))


def test_equal_graphs_do_not_differ(tmp_path: Path) -> None:
    first, second = built(tmp_path / "a", STATEMENTS), built(tmp_path / "b", STATEMENTS[::-1])
    assert diff(first, second) == []
    assert render_diff(first, second) == "no differences\n"
    assert json.loads(render_diff(first, second, format="json")) == {"changes": []}
    assert render_diff(first, second, format="patch") == "TX .\nTC .\n"


def test_a_flip_of_status_comes_first_and_is_a_changed_reading(tmp_path: Path) -> None:
    denied = with_evidence(RIVALS, polarity=Polarity.NEGATED)
    found = changes(tmp_path, (ACQUIRES, RIVALS), (BLOCKS, denied))
    assert [c.kind for c in found] == [Kind.STATUS, Kind.ADDED, Kind.REMOVED]
    flip = found[0]
    assert flip.causes == (Cause.READING,)
    text = render_diff(tmp_path / "a", tmp_path / "b").splitlines()
    assert text[0] == "1 with another status, 1 added, 1 removed"
    assert text[1] == "status: Doubao — rival → <b>Acme</b> (stated → denied; changed reading)"
    assert text[2:4] == [
        "    - stated: \"Doubao rivals 'Acme'.\" (d7)",
        "    + denied: \"Doubao rivals 'Acme'.\" (d7)",
    ]


def test_a_sentence_in_a_gap_was_unread_and_one_after_the_last_is_new(tmp_path: Path) -> None:
    found = changes(tmp_path, (BLOCKS, USERS), (BLOCKS, MAY_BUY, USERS, RIVALS))
    assert [(c.kind, c.causes) for c in found] == [
        (Kind.ADDED, (Cause.READING,)),
        (Kind.ADDED, (Cause.TEXT,)),
    ]


def test_words_that_moved_are_a_changed_text(tmp_path: Path) -> None:
    later = replace(BLOCKS, evidence=tuple(moved(e, 5) for e in BLOCKS.evidence))
    (change,) = changes(tmp_path, (BLOCKS, RIVALS), (later, RIVALS))
    assert (change.kind, change.causes) == (Kind.EVIDENCE, (Cause.TEXT,))


def test_documents_that_came_and_went_are_the_cause(tmp_path: Path) -> None:
    other = replace(DOCUMENT, id="d8")
    elsewhere = replace(BLOCKS, evidence=tuple(_of(e, "d8") for e in BLOCKS.evidence))
    first = built(tmp_path / "a", (BLOCKS,))
    second = built(tmp_path / "b", (BLOCKS, elsewhere), DOCUMENT, other)
    assert [(c.kind, c.causes) for c in diff(first, second)] == [(Kind.EVIDENCE, (Cause.NEW_DOCUMENT,))]
    assert [(c.kind, c.causes) for c in diff(second, first)] == [(Kind.EVIDENCE, (Cause.REMOVED_DOCUMENT,))]


def _of(evidence: Evidence, document: str) -> Evidence:
    parts = {
        n: replace(getattr(evidence, n), document_id=document) for n in ("subject", "relation", "object")
    }
    return replace(evidence, document_id=document, **parts)


def test_json_has_both_states_and_the_places(tmp_path: Path) -> None:
    first, second = built(tmp_path / "a", (BLOCKS,)), built(tmp_path / "b", (BLOCKS, USERS))
    (change,) = json.loads(render_diff(first, second, format="json"))["changes"]
    assert (change["kind"], change["before"], change["gone"]) == ("added", None, [])
    assert change["object"]["value"] == "140000000"
    assert change["come"][0]["document"] == "d7"


def test_a_patch_makes_the_second_of_the_first(tmp_path: Path) -> None:
    first = built(tmp_path / "a", STATEMENTS[:3])
    second = built(tmp_path / "b", STATEMENTS[1:])
    lines = {str(q) for q in ox.parse(path=str(first / "graph.ttl"))}
    for line in render_diff(first, second, format="patch").splitlines()[1:-1]:
        (quad,) = ox.parse(line[2:], format=ox.RdfFormat.N_TRIPLES)
        assert (str(quad) in lines) is (line[0] == "D")
        (lines.remove if line[0] == "D" else lines.add)(str(quad))
    assert lines == {str(q) for q in ox.parse(path=str(second / "graph.ttl"))}


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    folder = built(tmp_path / "a", STATEMENTS)
    with pytest.raises(UnknownNameError, match="json, patch, text"):
        render_diff(folder, folder, format="yaml")
    with pytest.raises(UsageError, match="no such file"):
        render_diff(folder, tmp_path / "none")
    (tmp_path / "bad.ttl").write_text("<a> <b>")
    with pytest.raises(InputError, match="not RDF"):
        render_diff(folder, tmp_path / "bad.ttl", format="patch")


def test_the_command_line_shows_differences(tmp_path: Path) -> None:
    first, second = built(tmp_path / "a", (BLOCKS,)), built(tmp_path / "b", (BLOCKS, RIVALS))
    result = CliRunner().invoke(cli, ["diff", str(first), str(second)])
    assert result.exit_code == 0
    assert result.output.startswith("1 added\nadded: Doubao — rival → <b>Acme</b> (stated; changed text)\n")
