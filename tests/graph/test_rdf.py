"""The RDF model: what is a plain triple and what is not, the way there and back, and the bytes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_sample import (
    AGENT,
    BLOCKS,
    BYTEDANCE,
    DOCUMENT,
    DOUBAO,
    REUTERS,
    RIVALS,
    STATEMENTS,
    WECHAT,
    read_words,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import graphs

from factloom.graph import rdf
from factloom.graph.merge import merge
from factloom.graph.rdf import write_turtle
from factloom.graph.rdf_read import read_contents
from factloom.graph.settings import POLICIES
from factloom.graph.store import native
from factloom.graph.vocabulary import prefixes
from factloom.ontology.errors import InputError, UnknownNameError, UsageError
from factloom.ontology.records import Literal, Modality, Polarity, Statement, Status


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_statements_come_back_as_they_went(graph: tuple) -> None:
    documents, statements = graph
    found_documents, found = rdf.read(rdf.triples(documents, statements))
    assert found == merge(statements)
    assert found_documents == tuple(sorted((replace(d, text="") for d in documents), key=lambda d: d.id))


@given(graphs(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_turtle_comes_back_as_it_went_and_does_not_depend_on_order(
    graph: tuple, shuffler: random.Random
) -> None:
    documents, statements = graph
    data = rdf.turtle(rdf.triples(documents, statements))
    assert rdf.read(ox.parse(data, format=ox.RdfFormat.TURTLE))[1] == merge(statements)
    shuffled = list(statements)
    shuffler.shuffle(shuffled)
    assert rdf.turtle(rdf.triples(documents[::-1], shuffled)) == data


def ask(path: Path, query: str) -> bool:
    store = ox.Store()
    store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return bool(store.query(query, prefixes=prefixes()))


def test_only_what_is_stated_is_a_plain_triple(turtle_file: Path) -> None:
    assert ask(turtle_file, "ASK { id:WeChat fl:blocks id:Doubao-agent }")
    assert ask(turtle_file, "ASK { id:ByteDance fl:hasUsers 140000000 }")
    assert not ask(turtle_file, "ASK { id:Tesla fl:acquires id:DeepSeek }")
    assert not ask(turtle_file, "ASK { id:ByteDance fl:acquires id:Acme-1 }")
    assert ask(
        turtle_file, "ASK { [] rdf:subject id:Tesla ; rdf:object id:DeepSeek ; fl:status fl:Reported }"
    )


@pytest.mark.parametrize(
    ("policy", "asserted"),
    [
        ("stated", {Status.STATED}),
        ("reported", {Status.STATED, Status.REPORTED}),
        ("all", {Status.STATED, Status.REPORTED, Status.PLANNED, Status.POSSIBLE, Status.CONDITIONAL}),
    ],
)
def test_a_policy_asserts_its_statuses_and_never_a_denial(policy: str, asserted: set[Status]) -> None:
    assert POLICIES[policy] == asserted
    cases = {
        Status.STATED: {},
        Status.REPORTED: {"attributed_to": REUTERS},
        Status.PLANNED: {"modality": Modality.PLANNED},
        Status.POSSIBLE: {"modality": Modality.POSSIBLE},
        Status.CONDITIONAL: {"modality": Modality.CONDITIONAL},
        Status.DENIED: {"polarity": Polarity.NEGATED},
    }
    sentence = "WeChat blocks the Doubao agent."
    for status, changes in cases.items():
        evidence = read_words(sentence, ("WeChat", "blocks", "Doubao agent"), **changes)
        statement = Statement(WECHAT, BLOCKS, AGENT, (evidence,))
        graph = rdf.triples([DOCUMENT], [statement], settings=rdf.Settings(policy=policy))
        plain = ox.Triple(ox.NamedNode(WECHAT.iri), ox.NamedNode(BLOCKS.iri), ox.NamedNode(AGENT.iri))
        assert (plain in graph) == (status in asserted), status


def test_the_model_is_that_of_the_design(turtle_file: Path) -> None:
    assert ask(
        turtle_file,
        """ASK {
            ?st a rdf:Statement, fl:Statement ; rdf:subject id:ByteDance ; rdf:predicate fl:hasUsers ;
                rdf:object 140000000 ; fl:status fl:Stated ; fl:confidence 0.9 ; fl:unit "monthly users" ;
                fl:approximation "over" ; fl:originalText "over 140 million" ; fl:evidence ?ev ;
                fl:qualifier ?q .
            ?q fl:role "time" ; fl:value "2023"^^xsd:gYear .
            ?ev a fl:Evidence ; prov:wasQuotedFrom doc:d7 ; nif:sentence ?sentence ; nif:beginIndex 138 ;
                nif:endIndex 161 ; fl:confidence 0.9 ; fl:polarity fl:Affirmed ; fl:modality fl:Actual ;
                fl:time "2023"^^xsd:gYear ; fl:rule "verb" ; fl:qualifier ?q ;
                fl:step "1. coreference: It → ByteDance" , "2. mapping: have users → fl:hasUsers" ;
                fl:subjectMention <https://w3id.org/factloom/id/document/d7#char=138,140> .
            ?sentence a nif:Sentence ; nif:referenceContext doc:d7 ; nif:beginIndex 138 ; nif:endIndex 187 ;
                nif:anchorOf "It has over 140 million monthly users since 2023."@en .
            doc:d7 a fl:Document ; dcterms:title "A tale of agents"@en ; dcterms:source "news/d7.txt" ;
                dcterms:date "2026-01-05"^^xsd:date ; dcterms:language "en" .
            <https://w3id.org/factloom/id/relation/rival> rdfs:subPropertyOf fl:openRelation ;
                rdfs:label "rival"@en .
            id:WeChat a fl:SoftwareProduct ; rdfs:label "WeChat"@en ; skos:altLabel "Weixin"@en .
            ?said fl:attributedTo id:Reuters .
        }""",
    )


@given(graphs())
@settings(max_examples=20, deadline=None)
def test_no_blank_nodes_and_each_triple_once(graph: tuple) -> None:
    found = rdf.triples(*graph)
    assert len(found) == len(set(found))
    assert not any(isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode) for t in found)


def test_a_base_and_a_run_come_back(tmp_path: Path) -> None:
    chosen = rdf.Settings(base="https://example.org/kg/", policy="reported", version="0.1.0", model="sm")
    write_turtle(tmp_path / "graph.ttl", [DOCUMENT], STATEMENTS, settings=chosen)
    contents = read_contents(tmp_path)
    assert contents.settings == chosen
    write_turtle(tmp_path / "again.ttl", contents.documents, contents.statements, settings=contents.settings)
    assert (tmp_path / "again.ttl").read_bytes() == (tmp_path / "graph.ttl").read_bytes()


@pytest.mark.parametrize("base", ["no iri", "https://example.org/kg", "https://example.org/kg#"])
def test_a_base_that_cannot_carry_instances_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="base"):
        rdf.Settings(base=base)


def test_an_unknown_policy_names_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"'some'.*all, reported, stated"):
        rdf.Settings(policy="some")


def test_documents_whose_ids_look_alike_stay_apart() -> None:
    names = ["a b", "a-b", "a/b", "A b", "", "日本", "C", "C++"]
    assert len({rdf.document_iri(name) for name in names}) == len(names)
    assert rdf.document_iri("a-b").endswith("document/a-b")


def test_the_engine_changes_no_number_that_was_written(turtle_file: Path) -> None:
    store = ox.Store()
    store.load(path=str(turtle_file), format=ox.RdfFormat.TURTLE)
    assert {str(quad.triple) for quad in store} == {str(t) for t in rdf.triples([DOCUMENT], STATEMENTS)}


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from graph_sample import DOCUMENT, STATEMENTS\n"
        "from factloom.graph.rdf import write_turtle\n"
        "write_turtle(Path(sys.argv[2]), [DOCUMENT], STATEMENTS)\n"
    )
    for seed in "12":
        here = str(Path(__file__).parents[1])
        command = [sys.executable, "-c", script, here, str(tmp_path / f"{seed}.ttl")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert (tmp_path / "1.ttl").read_bytes() == (tmp_path / "2.ttl").read_bytes()


def test_writing_and_reading_import_neither_rdflib_nor_networkx() -> None:
    script = (
        "import sys, factloom.graph.rdf, factloom.graph.queries, factloom.graph.explain\n"
        "sys.exit(bool({'rdflib', 'networkx', 'numpy', 'pyshacl'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_file_that_is_no_rdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("id:Tesla a fl:Company .")
    with pytest.raises(InputError, match=r"graph\.ttl: not RDF"):
        rdf.read(path)


def test_a_statement_that_lacks_a_part_is_named(turtle_file: Path) -> None:
    text = turtle_file.read_text()
    turtle_file.write_text(text.replace("fl:rule", "fl:role"))
    with pytest.raises(InputError, match=r"has no <.*rule>"):
        rdf.read(turtle_file)


def test_a_failed_write_leaves_the_old_file_and_no_other(turtle_file: Path) -> None:
    before = turtle_file.read_bytes()
    bad = replace(STATEMENTS[0], subject=replace(WECHAT, iri="no iri"))
    with pytest.raises(ValueError, match="IRI"):
        write_turtle(turtle_file, [DOCUMENT], [bad])
    assert turtle_file.read_bytes() == before
    assert [p.name for p in turtle_file.parent.iterdir()] == ["graph.ttl"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        write_turtle(tmp_path / "none" / "graph.ttl", [], [])
    with pytest.raises(UsageError, match="no such file or folder"):
        rdf.read(tmp_path / "none")
    with pytest.raises(UsageError, match=r"no graph\.ttl in"):
        rdf.read(tmp_path)


FOREIGN = """
@prefix ex: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:a a ex:Person ; rdfs:label "Ann" ; ex:knows ex:b , [ rdfs:label "nobody" ] ; ex:age 7 .
"""


def test_a_foreign_graph_gives_no_statements_but_its_plain_triples(tmp_path: Path) -> None:
    path = tmp_path / "foreign.ttl"
    path.write_text(FOREIGN)
    assert rdf.read(path) == ((), ())
    plain = rdf.plain_triples(path)
    assert plain.labels["http://example.org/a"] == "Ann"
    assert plain.classes == {"http://example.org/a": "http://example.org/Person"}
    assert ("http://example.org/a", "http://example.org/knows", "http://example.org/b") in plain.edges
    age = Literal("7", "http://www.w3.org/2001/XMLSchema#integer", "7")
    assert ("http://example.org/a", "http://example.org/age", age) in plain.edges
    assert len(plain.edges) == 3


def test_the_plain_triples_of_our_own_graph_leave_the_statement_nodes_out(turtle_file: Path) -> None:
    plain = rdf.plain_triples(turtle_file)
    assert {edge[0] for edge in plain.edges} == {WECHAT.iri, BYTEDANCE.iri, DOUBAO.iri}
    assert plain.labels[RIVALS.iri] == "rival"
    assert plain.classes[WECHAT.iri].endswith("#SoftwareProduct")


def many(count: int) -> list[Statement]:
    """Statements in one sentence each, some twenty-eight triples a statement."""
    sentence = "WeChat blocks the Doubao agent."
    evidence = read_words(sentence, ("WeChat", "blocks", "Doubao agent"))
    return [
        Statement(replace(WECHAT, iri=f"{WECHAT.iri}-{i}"), BLOCKS, AGENT, (evidence,)) for i in range(count)
    ]


def test_sorting_what_a_file_holds_gives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    write_turtle(path, [DOCUMENT], many(100))
    unsorted = reversed(list(native(path)))
    assert rdf.turtle(rdf.in_order(quad.triple for quad in unsorted)) == path.read_bytes()


def test_the_ontology_declares_every_term_of_the_model_that_is_written() -> None:
    from factloom.graph import vocabulary
    from factloom.ontology.namespaces import FL, RDFS
    from factloom.ontology.parse import read_index
    from factloom.ontology.schema import CORE

    groups = (value for value in vars(vocabulary).values() if isinstance(value, dict))
    names = {value for value in vars(vocabulary).values() if isinstance(value, str)}
    names.update(value for group in groups for value in group.values() if isinstance(value, str))
    written = {name for name in names if name.startswith(FL) and name != FL}
    index = read_index([CORE])
    assert len(written) > 40
    assert {n for n in written if not {RDFS + "label", RDFS + "comment"} <= index.get(n, {}).keys()} == set()


def test_mentions_are_declared_as_what_they_are() -> None:
    from factloom.graph.vocabulary import MENTION, PART_MENTION
    from factloom.ontology.namespaces import OWL, RDF
    from factloom.ontology.parse import read_index
    from factloom.ontology.schema import CORE

    index = read_index([CORE])
    for name in (MENTION, *PART_MENTION.values()):
        assert ox.NamedNode(OWL + "ObjectProperty") in index[name][RDF + "type"]
