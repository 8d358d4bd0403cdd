"""The networkx view and its measures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from graph_sample import ACME, AGENT, BYTEDANCE, DEEPSEEK, STATEMENTS, TESLA, WECHAT
from hypothesis import given, settings
from strategies import graphs

from factloom.graph.merge import merge
from factloom.graph.network import communities, degree, pagerank, to_networkx
from factloom.graph.tables import value_id
from factloom.ontology.ids import statement_id
from factloom.ontology.records import Literal, Status


def test_only_facts_are_edges_unless_asked() -> None:
    facts = to_networkx(STATEMENTS)
    assert {d["status"] for _, _, d in facts.edges(data=True)} == {"stated"}
    assert not facts.has_node(TESLA.iri)
    everything = to_networkx(STATEMENTS, statuses=frozenset(Status))
    assert everything.number_of_edges() == len(STATEMENTS)
    (told,) = everything.get_edge_data(TESLA.iri, DEEPSEEK.iri).values()
    assert (told["status"], told["label"], told["evidence"], told["denials"]) == (
        "reported",
        "acquires (reported)",
        2,
        1,
    )


def test_nodes_and_edges_carry_what_the_statements_say() -> None:
    network = to_networkx(STATEMENTS)
    assert isinstance(network, nx.MultiDiGraph)
    node = network.nodes[WECHAT.iri]
    assert (node["label"], node["aliases"]) == ("WeChat", ("Weixin",))
    assert node["kind"].endswith("#SoftwareProduct")
    edge = network.edges[WECHAT.iri, AGENT.iri, statement_id(STATEMENTS[0].key)]
    assert edge["relation"].endswith("#blocks")
    assert edge["confidence"] == 0.9
    assert edge["sentences"] == ("WeChat blocks the Doubao agent.",)
    users = STATEMENTS[3].object
    assert isinstance(users, Literal)
    value = network.nodes[value_id(users)]
    assert (value["value"], value["unit"]) == ("140000000", "monthly users")


@given(graphs())
@settings(max_examples=20, deadline=None)
def test_there_is_an_edge_for_each_statement(graph: tuple) -> None:
    merged = merge(graph[1])
    network = to_networkx(graph[1], statuses=frozenset(Status))
    assert {key for _, _, key in network.edges(keys=True)} == {statement_id(s.key) for s in merged}
    assert list(network) == list(to_networkx(graph[1][::-1], statuses=frozenset(Status)))


def test_degree_counts_both_directions() -> None:
    assert degree(to_networkx(STATEMENTS))[BYTEDANCE.iri] == 1
    assert degree(to_networkx(STATEMENTS, statuses=frozenset(Status)))[ACME.iri] == 2


def sample(edges: list[tuple[str, str]]) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    network.add_edges_from(edges)
    return network


def test_pagerank_of_a_case_done_by_hand() -> None:
    # Two nodes point at each other and a third at one of them: with damping d, c = (1-d)/3, and
    # a = c + d*(b + c), b = c + d*a.
    rank = pagerank(sample([("a", "b"), ("b", "a"), ("c", "a")]), damping=0.5)
    c = 1 / 6
    a = (c + 0.5 * c + 0.5 * c) / (1 - 0.25)
    assert rank["c"] == pytest.approx(c)
    assert rank["a"] == pytest.approx(a)
    assert rank["b"] == pytest.approx(c + 0.5 * a)


def test_pagerank_sums_to_one_with_dead_ends_parallel_edges_and_loops() -> None:
    rank = pagerank(sample([("a", "b"), ("a", "b"), ("a", "c"), ("c", "c")]))
    assert sum(rank.values()) == pytest.approx(1)
    assert rank["b"] > rank["a"]
    assert pagerank(nx.MultiDiGraph()) == {}
    lonely = nx.MultiDiGraph()
    lonely.add_nodes_from("ab")
    assert pagerank(lonely) == {"a": 0.5, "b": 0.5}


def test_pagerank_solves_its_equation() -> None:
    network = nx.gnm_random_graph(60, 240, seed=3, directed=True)
    steps = nx.to_numpy_array(network)
    outgoing = steps.sum(axis=1, keepdims=True)
    steps = np.where(outgoing > 0, steps / np.where(outgoing > 0, outgoing, 1), 1 / 60)
    expected = np.linalg.solve(np.eye(60) - 0.85 * steps.T, np.full(60, 0.15 / 60))
    found = pagerank(nx.MultiDiGraph(network))
    assert [found[node] for node in network] == pytest.approx(expected.tolist(), abs=1e-8)


def test_communities_find_planted_groups_largest_first() -> None:
    first = [(a, b) for a in "abcde" for b in "abcde" if a < b]
    second = [(a, b) for a in "wxyz" for b in "wxyz" if a < b]
    assert communities(sample([*second, *first, ("e", "w")])) == [tuple("abcde"), tuple("wxyz")]
    assert communities(nx.MultiDiGraph()) == []


def test_communities_do_not_depend_on_the_hash_seed() -> None:
    script = (
        "import networkx as nx; from factloom.graph.network import communities\n"
        "g = nx.relabel_nodes(nx.gnm_random_graph(80, 200, seed=1, directed=True), str)\n"
        "print(communities(nx.MultiDiGraph(g)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parent,
        ).stdout
        for seed in "123"
    }
    assert len(outputs) == 1
