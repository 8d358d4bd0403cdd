"""Corrections by hand: what each kind does, that it survives, and that none does nothing in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import factloom

from factloom import Build, build_graph, open_graph, update_graph
from factloom.corrections.file import read_corrections
from factloom.graph.rdf import triples
from factloom.graph.rdf_read import read_contents
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Entity, Statement

DOCUMENTS = {
    "a": "Apple sued Samsung. John Smith founded Oslo Bank.",
    "b": "Orchard Computers hired Eva Berg. John Smith won a medal.",
    "c": "Fjordtech acquired Nordlys. Doubao is a chatbot.",
}
Builder = Callable[[str], Build]


@pytest.fixture
def correct(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builder:
    """Build the documents with some corrections beside them, by the path that survives: built before."""
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()
    for name, text in DOCUMENTS.items():
        Path("docs", f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    build_graph(["docs"], "out")

    def build(corrections: str) -> Build:
        Path("docs/corrections.yaml").write_text(corrections, encoding="utf-8")
        built = build_graph(["docs"], "out")
        assert built.report["documents_read"] == 0
        return built

    return build


def said_of(s: Statement) -> tuple[str, str, str]:
    target = s.object.label if isinstance(s.object, Entity) else s.object.value
    return (s.subject.label, s.relation.label, target)


def said(built: Build) -> set[tuple[str, str, str]]:
    return set(map(said_of, built.statements))


def documents_about(built: Build, name: str) -> set[str]:
    return {e.document_id for s in built.statements if name in str(said_of(s)) for e in s.evidence}


def steps(built: Build, label: str) -> set[str]:
    """The corrections told in the evidence of statements about an entity."""
    found = {
        step
        for s in built.statements
        for e in s.evidence
        for step in e.steps
        if label in (s.subject.label, getattr(s.object, "label", ""))
    }
    return {step for step in found if step.startswith("correction: ")}


def test_merged_names_are_one_entity(correct: Builder) -> None:
    built = correct(
        "merge:\n- into: Apple\n  names: [Orchard Computers]\n  because: the same company\n  by: Ana\n"
    )
    assert {("Apple", "sues", "Samsung"), ("Apple", "hires", "Eva Berg")} <= said(built)
    assert built.problems == ()
    (entity,) = {s.subject for s in built.statements if s.subject.label == "Apple"}
    assert "Orchard Computers" in entity.aliases
    assert steps(built, "Eva Berg") == {
        "correction: 'Orchard Computers' is 'Apple', because the same company"
    }


def test_a_split_name_is_two(correct: Builder) -> None:
    built = correct("split:\n- {name: John Smith, documents: [b], as: John Smith (athlete)}\n")
    assert ("John Smith (athlete)", "wins", "medal") in said(built)
    assert documents_about(built, "John Smith") == {"a", "b"}
    assert documents_about(built, "athlete") == {"b"}
    by_words = correct("split:\n- {name: Apple, words: [Apple], as: Apple Records}\n")
    assert ("Apple Records", "sues", "Samsung") in said(by_words)


def test_a_new_label_and_class(correct: Builder) -> None:
    built = correct(
        "rename:\n- {name: Doubao, to: Doubao AI}\nretype:\n- {name: Nordlys, type: Organization}\n"
    )
    renamed = next(s.subject for s in built.statements if s.subject.label == "Doubao AI")
    assert (renamed.iri.rsplit("/", 1)[-1], renamed.aliases) == ("Doubao", ("Doubao",))
    assert {s.object.kind.split("#")[-1] for s in built.statements if s.relation.label == "acquires"} == {
        "Organization"
    }
    assert steps(built, "Nordlys") == {"correction: 'Nordlys' is of class 'Organization'"}


def test_a_rejected_statement_stays_out(correct: Builder) -> None:
    assert ("Apple", "sues", "Samsung") in said(build_graph(["docs"], "out"))
    built = correct("reject:\n- {subject: Apple, relation: sues, because: a hoax}\n")
    assert ("Apple", "sues", "Samsung") not in said(built)
    rows = [json.loads(line) for line in Path("out/drops.jsonl").read_text("utf-8").splitlines()]
    reasons = {row["sentence"]["text"]: row["reasons"] for row in rows}
    assert reasons["Apple sued Samsung."] == ["correction: rejected: 'Apple' 'sues', because a hoax"]


def test_an_added_statement_shows_its_entry(correct: Builder) -> None:
    built = correct(
        "add:\n"
        "- {subject: Apple, relation: owns, object: Beats, object_type: Company, because: the register}\n"
        "- {subject: Fjordtech, relation: founded on, value: '2015', datatype: gYear}\n"
    )
    assert ("Apple", "owns", "Beats") in said(built)
    added = next(s for s in built.statements if s.relation.label == "owns")
    (evidence,) = added.evidence
    assert (evidence.document_id, evidence.rule, evidence.object.text) == (
        "corrections.yaml",
        "correction",
        "Beats",
    )
    assert evidence.sentence_text.startswith("{subject: Apple, relation: owns")
    assert any(
        s.subject.label == "Fjordtech" and getattr(s.object, "value", "") == "2015" for s in built.statements
    )


def test_later_kinds_see_what_earlier_ones_made(correct: Builder) -> None:
    built = correct(
        "reject:\n- {subject: Orchard Computers, object: Eva Berg}\n"
        "retype:\n- {name: John Smith (athlete), type: Person}\n"
        "split:\n- {name: John Smith, documents: [b], as: John Smith (athlete)}\n"
        "merge:\n- {into: Apple, names: Orchard Computers}\n"
    )
    assert built.problems == ()
    assert ("Apple", "hires", "Eva Berg") not in said(built)


def test_the_graph_shows_who_corrected_what(correct: Builder) -> None:
    built = correct("rename:\n- {name: Doubao, to: Doubao AI, by: Ana Li, because: its new name}\n")
    query = """SELECT ?who ?what ?file { id:Doubao prov:wasInfluencedBy ?c .
        ?c a fl:Correction ; rdfs:label ?what ; dcterms:source ?file .
        ?c prov:wasAttributedTo [ a prov:Agent ; rdfs:label ?who ] }"""
    (row,) = open_graph("out").query(query)
    assert [str(part) for part in row] == [
        "Ana Li",
        "'Doubao' is called 'Doubao AI', because its new name",
        "docs/corrections.yaml",
    ]
    contents = read_contents(built.turtle)
    (correction,) = contents.settings.corrections
    assert (correction.by, correction.about) == ("Ana Li", ("https://w3id.org/factloom/id/Doubao",))
    written = triples(contents.documents, contents.statements, settings=contents.settings)
    assert len(written) == len(open_graph("out"))
    ran = factloom("explain", "out", "Doubao AI")
    assert "correction: 'Doubao' is called 'Doubao AI', because its new name" in ran.out
    assert factloom("check", "out").out.count("Correction") == 0


# --- Nothing in silence


@pytest.mark.parametrize(
    ("corrections", "place", "told"),
    [
        ("merge:\n- {into: Apple, names: [Orchard Computer]}\n", 2, "near are: 'Orchard Computers'"),
        ("merge:\n- {into: Apple, names: [Apple]}\n", 2, "one entity already"),
        ("split:\n- {name: John Smith, documents: [bb], as: J. S.}\n", 2, "no document 'bb'"),
        ("# first\nrename:\n- {name: Dubao, to: Doubao AI}\n", 3, "near are: 'Doubao'"),
        ("retype:\n- {name: Doubao, type: Sofware}\n", 2, "no class 'Sofware'"),
        ("reject:\n- {subject: Apple, relation: acquires}\n", 2, "changes nothing"),
        ("reject:\n- {subject: Apple, object: Nobody}\n", 2, "no entity 'Nobody'"),
        ("split:\n- {name: Doubao, words: [the app], as: Other}\n", 2, "changes nothing"),
        ("add:\n- {subject: Aple, relation: owns, object: Samsung}\n", 2, "near are: 'Apple'"),
    ],
)
def test_what_does_nothing_is_told(correct: Builder, corrections: str, place: int, told: str) -> None:
    before = said(build_graph(["docs"], "out"))
    built = correct(corrections)
    (problem,) = built.problems
    assert problem.source == f"docs/corrections.yaml:{place}"
    assert told in str(problem)
    assert said(built) == before
    assert factloom("build", "docs", "-o", "out").code == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "merge:\n- {into: A, nmes: [B]}\n",
            "corrections.yaml:2: an entry of 'merge' knows no 'nmes'; known: be",
        ),
        ("merg:\n- {into: A}\n", "corrections.yaml:1: the file knows no 'merg'; known: add, merge"),
        ("rename:\n- {name: A}\n", "corrections.yaml:2: an entry of 'rename' needs to"),
        ("rename:\n  name: A\n", "corrections.yaml:2: 'rename' holds no list"),
        ("rename: [\n", "corrections.yaml:2: not YAML"),
        ("split:\n- {name: A, as: B}\n", "needs documents or words"),
        ("rename:\n- {name: [A, B], to: C}\n", "'name' needs one value"),
        ("- a\n", "the file is no mapping"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        read_corrections([path])


def test_an_empty_file_says_nothing(correct: Builder) -> None:
    assert correct("# none yet\n").problems == ()


def test_a_name_of_several_entities_is_told(correct: Builder) -> None:
    Path("docs/d.txt").write_text("A plant closed in Oslo. The plant hired Eva Berg.\n", encoding="utf-8")
    Path("docs/e.txt").write_text("A plant opened in Bergen. The plant hired Ada Lund.\n", encoding="utf-8")
    Path("docs/corrections.yaml").write_text("rename:\n- {name: plant, to: Works}\n", encoding="utf-8")
    built = build_graph(["docs"], "out")
    assert "fits 2 entities; name one by its IRI: https://" in str(built.problems[0])


# --- Over time


def test_corrections_survive_updates(correct: Builder) -> None:
    correct("merge:\n- {into: Apple, names: [Orchard Computers]}\nrename:\n- {name: Doubao, to: Doubao AI}\n")
    Path("d.txt").write_text("Orchard Computers sued Nordlys.\n", encoding="utf-8")
    built = update_graph("out", add=["d.txt"])
    assert ("Apple", "sues", "Nordlys") in said(built)
    gone = update_graph("out", remove=["c"])
    assert [p.source for p in gone.problems] == ["docs/corrections.yaml:4"]
    Path("docs/corrections.yaml").unlink()
    with pytest.raises(UsageError, match=r"cannot read the corrections docs/corrections\.yaml"):
        update_graph("out")


def test_corrections_by_option(correct: Builder) -> None:
    Path("mine.yaml").write_text("rename:\n- {name: Doubao, to: Doubao AI}\n", encoding="utf-8")
    ran = factloom("build", "docs", "-o", "out", "--corrections", "mine.yaml")
    assert ran.code == 0, ran.err
    assert "Doubao AI" in Path("out/graph.ttl").read_text("utf-8")
    assert factloom("build", "docs", "-o", "out", "--corrections", "none.yaml").code == 2
