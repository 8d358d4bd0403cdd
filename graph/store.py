"""Where a graph is queried: rdflib's API over Oxigraph, in memory or on disk, or over rdflib alone.

Takes a Turtle file (or the folder of a build) and gives an `rdflib.Graph`. Loading is native: pyoxigraph's
bulk loader for its stores. `native` gives the Oxigraph store behind a graph, for work that must be fast.
rdflib is imported only when a graph is opened.

What to know of a graph over Oxigraph: `len(graph)` scans it, and a plain literal comes back as `xsd:string`,
which rdflib holds unequal to `Literal("x")`; compare `str()`s, or use the store `rdflib`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from tqdm import tqdm

from factloom.graph import remote
from factloom.graph.files import graph_file, write_whole
from factloom.graph.rdf_read import parse_file
from factloom.graph.vocabulary import prefixes
from factloom.ontology.errors import InputError, UnknownNameError, UsageError
from factloom.ontology.namespaces import BASE, XSD

if TYPE_CHECKING:
    import rdflib

STORE_FOLDER = "store"
# What a build can keep its graph in, besides an endpoint.
KEPT = ("memory", "oxigraph")
_DATA = "data"
# Names the content that was loaded; written last, so a store without it is not whole.
_MARKER = "loaded"


def open_graph(path: str | os.PathLike[str], *, store: str = "memory") -> rdflib.Graph:
    """The graph in a Turtle file, or in the folder of a build, as an `rdflib.Graph`.

    `store` is a name in `STORES`: `memory` (Oxigraph in memory), `rdflib` (rdflib's own memory), or
    `oxigraph`, a store on disk in the folder `store` beside the graph, loaded the first time and again
    when the file has changed; one process at a time can hold it open. Or it is the address of an endpoint
    (`factloom.graph.remote`), where the graph is published. Raises `UnknownNameError` for another name,
    `UsageError` for a missing graph, `InputError` for a file that is no RDF.
    """
    if remote.is_address(store):
        return _bound_to(graph_file(path), remote.open_remote(graph_file(path), store))
    if store not in STORES:
        raise UnknownNameError("store", store, STORES)
    return STORES[store](graph_file(path))


def check_kept(store: str) -> None:
    """Raises `UnknownNameError` for a name that is not in `KEPT`, `UsageError` for a wrong address."""
    if remote.is_address(store):
        remote.endpoint(store)
    elif store not in KEPT:
        raise UnknownNameError("store", store, KEPT)


def keep(store: str, path: Path) -> bool:
    """What a build does for its store once the Turtle file is written: fill the one on disk, or publish it.

    Gives whether there was something to do; a store in memory asks for nothing. Raises as `fill_store` and
    `factloom.graph.remote.publish`.
    """
    if remote.is_address(store):
        with tqdm(desc="publishing", unit=" triples", disable=None) as bar:
            remote.publish(path, remote.endpoint(store), on_progress=partial(_show, bar))
        return True
    if store == "oxigraph":
        fill_store(path.parent / STORE_FOLDER, path)
        return True
    return False


def _show(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def _bound_to(path: Path, graph: rdflib.Graph) -> rdflib.Graph:
    return _bind(graph, file_prefixes(path))


def native(source: str | os.PathLike[str] | rdflib.Graph) -> ox.Store:
    """The Oxigraph store behind a graph, or a new one in memory loaded from a file or from another graph.

    Its default graph holds the triples.
    """
    if isinstance(source, (str, os.PathLike)):
        return load(graph_file(source))
    inner = getattr(source.store, "_inner", None)
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    if isinstance(inner, ox.Store) and source.identifier == DATASET_DEFAULT_GRAPH_ID:
        return inner
    copy = ox.Store()
    copy.load(source.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    return copy


def load(path: Path, *, store: ox.Store | None = None) -> ox.Store:
    """Load a file natively into `store`, or a new one in memory. Raises `InputError` if it is no RDF."""
    target = ox.Store() if store is None else store
    known = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
    try:
        target.bulk_load(path=str(path), format=known or ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise InputError(str(path), f"not RDF: {error}", "name a Turtle file") from None
    return target


def file_prefixes(path: Path) -> dict[str, str]:
    """Factloom's prefixes with those that the head of a Turtle file declares."""
    parser = parse_file(path)
    try:
        next(parser, None)
    except SyntaxError as error:
        raise InputError(str(path), f"not RDF: {error}", "name a Turtle file") from None
    declared = parser.prefixes
    return {**prefixes(declared.get("id", BASE)), **declared}


def _over_oxigraph(inner: ox.Store, names: dict[str, str]) -> rdflib.Graph:
    from oxrdflib import OxigraphStore
    from rdflib import Graph
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    # The default graph, not a named one: that is where files are loaded and where queries look.
    graph = Graph(OxigraphStore(store=inner), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    return _bind(graph, names)


def _bind(graph: rdflib.Graph, names: dict[str, str]) -> rdflib.Graph:
    for prefix, namespace in names.items():
        graph.bind(prefix, namespace)
    return graph


def _memory(path: Path) -> rdflib.Graph:
    return _over_oxigraph(load(path), file_prefixes(path))


def _rdflib(path: Path) -> rdflib.Graph:
    """Parsed natively, then added term by term: for work in pure Python (pySHACL, owlrl, isomorphism)."""
    return memory_copy(load(path), names=file_prefixes(path))


def memory_copy(store: ox.Store, *, names: dict[str, str]) -> rdflib.Graph:
    """The default graph of an Oxigraph store in rdflib's own memory, with plain literals plain."""
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    convert = _converter()
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return _bind(graph, names)


def _converter() -> Callable[[Any], Any]:
    """From pyoxigraph's terms to rdflib's; each IRI is made once."""
    from rdflib import BNode, Literal, URIRef

    nodes: dict[str, URIRef] = {}

    def node(name: str) -> URIRef:
        found = nodes.get(name)
        if found is None:
            found = nodes[name] = URIRef(name)
        return found

    def convert(term: Any) -> Any:
        if isinstance(term, ox.NamedNode):
            return node(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(term.value)
        if isinstance(term, ox.Literal):
            if term.language or term.datatype.value == XSD + "string":
                return Literal(term.value, lang=term.language)
            return Literal(term.value, datatype=node(term.datatype.value), normalize=False)
        raise UsageError("the store 'rdflib' holds no triple terms (RDF 1.2); use 'memory' or 'oxigraph'")

    return convert


def fill_store(folder: Path, path: Path) -> None:
    """Load a Turtle file into the Oxigraph store on disk in `folder`, in place of what the store held.

    Does nothing when the store already holds this very content; a load that was cut short counts as none.
    Raises `UsageError` when the folder can't be written or another process holds the store.
    """
    marker = folder / _MARKER
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        if marker.is_file() and marker.read_text() == content:
            return
        (folder / _DATA).mkdir(parents=True, exist_ok=True)
        # Opened before anything is undone: this fails while another process holds the store.
        inner = ox.Store(str(folder / _DATA))
        marker.unlink(missing_ok=True)
        inner.clear()
        load(path, store=inner)
        inner.flush()
        write_whole(marker, content.encode())
    except OSError as error:
        raise _unusable(folder, error) from None


def _oxigraph(path: Path) -> rdflib.Graph:
    folder = path.parent / STORE_FOLDER
    fill_store(folder, path)
    try:
        return _over_oxigraph(ox.Store(str(folder / _DATA)), file_prefixes(path))
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot use the store {folder}, which one process at a time can open: {error}")


# One name, one function from a file to a graph.
STORES: dict[str, Callable[[Path], rdflib.Graph]] = {
    "memory": _memory,
    "rdflib": _rdflib,
    "oxigraph": _oxigraph,
}
