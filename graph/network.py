"""The graph as a networkx `MultiDiGraph`, and the measures taken on it.

Takes statements; gives nodes with label, class and aliases, edges with relation, status, confidence and the
number of places where they were read. Every measure gives the same numbers for the same graph, whatever
the hash seed. networkx and numpy are imported when a function needs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from factloom.graph.merge import merge
from factloom.graph.tables import edge_rows, node_rows
from factloom.ontology.records import Statement, Status

# networkx has no types; a MultiDiGraph whose nodes are IRIs (of values, "value:" and a hash).
Network = Any

STATED = frozenset({Status.STATED})


def to_networkx(statements: Iterable[Statement], *, statuses: Collection[Status] = STATED) -> Network:
    """A `networkx.MultiDiGraph` of the statements with these statuses, by default what is stated as fact.

    Nodes, keyed by IRI, carry `label`, `kind`, `aliases` (a tuple), `value` and `unit`; edges, keyed by
    the statement's hash, `relation`, `label`, `status`, `confidence`, `evidence` and `denials`
    (counts), `documents` and `sentences` (tuples). Only entities at an end of an edge are nodes.
    """
    import networkx as nx

    kept = [s for s in merge(statements) if s.status in statuses]
    edges = edge_rows(kept)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    network = nx.MultiDiGraph()
    for node in node_rows(kept):
        if node.id in ends:
            network.add_node(
                node.id,
                label=node.label,
                kind=node.kind,
                aliases=node.aliases,
                value=node.value,
                unit=node.unit,
            )
    for edge in edges:
        network.add_edge(
            edge.source,
            edge.target,
            key=edge.id,
            relation=edge.relation,
            label=edge.label,
            status=edge.status,
            confidence=edge.confidence,
            evidence=edge.evidence,
            denials=edge.denials,
            documents=edge.documents,
            sentences=edge.sentences,
        )
    return network


def degree(network: Network) -> dict[str, int]:
    """The number of edges at each node, both directions; a loop counts twice."""
    return {node: int(count) for node, count in sorted(network.degree())}


def pagerank(
    network: Network, *, damping: float = 0.85, tolerance: float = 1e-10, rounds: int = 200
) -> dict[str, float]:
    """PageRank of each node, summing to 1 (Brin and Page 1998), by power iteration.

    Parallel edges count as often as they are. `damping` in [0, 1); stops when the sum of changes is
    below `tolerance` or after `rounds`. The same numbers as `networkx.pagerank`, without SciPy.
    """
    import numpy as np

    nodes = sorted(network)
    if not nodes:
        return {}
    place = {node: index for index, node in enumerate(nodes)}
    ends = np.array([(place[s], place[t]) for s, t in sorted(network.edges())], dtype=np.intp).reshape(-1, 2)
    outgoing = np.bincount(ends[:, 0], minlength=len(nodes)).astype(float)
    share = np.divide(1.0, outgoing, out=np.zeros_like(outgoing), where=outgoing > 0)
    rank = np.full(len(nodes), 1.0 / len(nodes))
    for _ in range(rounds):
        flow = np.bincount(ends[:, 1], weights=(rank * share)[ends[:, 0]], minlength=len(nodes))
        # What stands at nodes without outgoing edges goes to all alike.
        new = damping * (flow + rank[outgoing == 0].sum() / len(nodes)) + (1 - damping) / len(nodes)
        change = np.abs(new - rank).sum()
        rank = new
        if change < tolerance:
            break
    return {node: float(rank[place[node]]) for node in nodes}


def communities(network: Network, *, seed: int = 0, resolution: float = 1.0) -> list[tuple[str, ...]]:
    """Groups of nodes that are joined more to each other than to the rest (Louvain, Blondel et al. 2008).

    Largest first, then by first member; members sorted. Edge directions are ignored, parallel edges add
    up. A `resolution` above 1 gives more and smaller groups.
    """
    import networkx as nx

    nodes = sorted(network)
    place = {node: index for index, node in enumerate(nodes)}
    # Numbers hash alike everywhere and strings do not: the order inside networkx's sets must not vary.
    plain = nx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    for source, target in sorted(network.edges()):
        first, second = place[source], place[target]
        weight = plain.get_edge_data(first, second, {"weight": 0})["weight"]
        plain.add_edge(first, second, weight=weight + 1)
    found = nx.community.louvain_communities(plain, seed=seed, resolution=resolution)
    groups = [tuple(nodes[index] for index in sorted(group)) for group in found]
    return sorted(groups, key=lambda group: (-len(group), group))
