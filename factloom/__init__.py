"""factloom reads documents into a knowledge graph in which every edge can show the sentence it came from.

The names below are the public interface; `build_graph` is the whole program in one call.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factloom.build import Build, Options, build_graph
    from factloom.graph.store import open_graph
    from factloom.ontology.records import Document, Entity, Evidence, Literal, Statement
    from factloom.paging import show
    from factloom.update import update_graph

__version__ = version("factloom")
__all__ = [
    "Build",
    "Document",
    "Entity",
    "Evidence",
    "Literal",
    "Options",
    "Statement",
    "build_graph",
    "open_graph",
    "show",
    "update_graph",
]

_HOMES = {
    "Build": "factloom.build",
    "Options": "factloom.build",
    "build_graph": "factloom.build",
    "open_graph": "factloom.graph.store",
    "show": "factloom.paging",
    "update_graph": "factloom.update",
    "Document": "factloom.ontology.records",
    "Entity": "factloom.ontology.records",
    "Evidence": "factloom.ontology.records",
    "Literal": "factloom.ontology.records",
    "Statement": "factloom.ontology.records",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import factloom` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'factloom' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
