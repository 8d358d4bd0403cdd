"""Ontologies of other domains read their documents by labels, domains and ranges; no change of code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from command_line import factloom

from factloom.build import Options, read_schema, read_statements
from factloom.extract.readers.sources import read_sources
from factloom.ontologies import propose
from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.namespaces import FL
from factloom.ontology.records import Entity, Statement, Status

HERE = Path(__file__).with_name("ontologies")
Fact = tuple[str, str, str]


def statements(source: Path, ontology: Path, *, only: bool = True) -> list[Statement]:
    problems: list[Problem] = []
    options = Options(ontologies=(ontology,), only_ontology=only)
    documents = read_sources([str(source)], on_problem=problems.append)
    found = list(read_statements(documents, read_schema(options), options))
    assert not problems
    return found


def facts(found: Iterable[Statement], *statuses: Status) -> set[Fact]:
    return {
        (
            s.subject.label,
            s.relation.label,
            s.object.label if isinstance(s.object, Entity) else s.object.value,
        )
        for s in found
        if s.evidence[0].status in statuses
    }


def folded(fact: Fact) -> Fact:
    """A kind of thing is in lower case unless it opens a sentence."""
    return fact[0].casefold(), fact[1], fact[2].casefold()


def known(name: str) -> set[Fact]:
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return {(a, b, c) for a, b, c in (line.split("\t") for line in lines)}


@pytest.mark.parametrize(
    ("name", "file", "unstated"),
    [
        (
            "medicine",
            "medicine.ttl",
            {("Corvalin", "treats", "dengue"), ("Corvalin", "manufacturer", "Helix Laboratories")},
        ),
        (
            "football",
            "football.json",
            {
                ("Jonas Brandt", "memberOfSportsTeam", "Kingsmere Rovers"),
                ("Valmora United", "headCoach", "Alan Whitlock"),
            },
        ),
    ],
)
def test_an_ontology_of_another_domain(name: str, file: str, unstated: set[Fact]) -> None:
    """Nine of ten known facts, none that the document does not state; the denied and possible kept apart."""
    found = statements(HERE / f"{name}.txt", HERE / file)
    stated = facts(found, Status.STATED)
    right = {fact for fact in stated if folded(fact) in map(folded, known(name))}
    assert len(right) / len(stated) == 1.0, stated - known(name)
    assert len(right) / len(known(name)) >= 0.9, known(name) - stated
    assert unstated <= facts(found, Status.DENIED, Status.POSSIBLE)


def test_besides_the_core_the_users_terms_come_first() -> None:
    """Without --only-ontology the core reads the rest; the user's relation stands where both say the same."""
    source, ontology = HERE / "football.txt", HERE / "football.json"
    found = statements(source, ontology, only=False)
    labels = {s.relation.label for s in found}
    assert "birthPlace" in labels
    assert not any(s.relation.iri == FL + "bornIn" for s in found if s.subject.label == "Marta Oliveira")
    assert any(s.relation.iri.startswith(FL) or not s.relation.mapped for s in found)


def test_only_the_ontology_needs_one() -> None:
    """The option by itself would leave nothing to say."""
    with pytest.raises(UsageError, match="needs an --ontology"):
        read_schema(Options(only_ontology=True))


def test_a_proposed_ontology_reads_its_documents(tmp_path: Path) -> None:
    """Round trip: what is proposed, as it is, gives its own relations with the same documents."""
    source = tmp_path / "harvest.txt"
    source.write_text(
        "Melvar harvests Ostrine. Quenby harvests Ostrine. Torvald Quist is a diver.\n\n"
        "Ida Moro is a diver. Brennick is a diver.\n",
        encoding="utf-8",
    )
    first, second = tmp_path / "one.ttl", tmp_path / "two.ttl"
    unread: list[Problem] = []
    assert propose([str(source)], first, least=2, options=Options(), on_problem=unread.append) == (1, 1)
    propose([str(source)], second, least=2, options=Options(), on_problem=unread.append)
    assert not unread
    assert first.read_bytes() == second.read_bytes()
    text = first.read_text(encoding="utf-8")
    assert "# met 2 times" in text and "# “Melvar harvests Ostrine.”" in text and ":Diver a owl:Class" in text
    stated = facts(statements(source, first), Status.STATED)
    assert stated == {("Melvar", "harvest", "Ostrine"), ("Quenby", "harvest", "Ostrine")}


def test_sources_that_a_proposal_could_not_read_are_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "harvest.txt", tmp_path / "odd.pdf"
    good.write_text("Melvar harvests Ostrine. Quenby harvests Ostrine.\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7 broken")
    ran = factloom("ontology", "new", good, bad, "-o", tmp_path / "new.ttl")
    assert ran.code == 1
    assert "not read:" in ran.err and "odd.pdf" in ran.err
    assert "1 relations proposed" in ran.err and (tmp_path / "new.ttl").exists()
