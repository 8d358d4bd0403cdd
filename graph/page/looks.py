"""The colour and shape of each class, and how large a node is drawn.

Takes class IRIs in order of frequency; gives one colour and shape each, from Okabe and Ito's
palette for colour-blind readers. No two classes share both, up to 56 of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Okabe and Ito, "Color Universal Design" (2008), without black; yellow darkened to hold on white.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#C9B400", "#7F8793")
SHAPES = ("dot", "triangle", "square", "hexagon", "diamond", "star", "triangleDown")

# The same look in every graph for what is met most: a family shares a colour, its members differ in shape.
_FAMILIES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("Company", "", "Organization", "GovernmentBody", "NonProfit", "MediaOrganization", "ArmedForce")),
    (1, ("Group", "Person")),
    (2, ("SoftwareProduct", "Device", "Product", "AIModel", "Vehicle")),
    (3, ("City", "Region", "Facility", "Country", "Place")),
    (4, ("", "", "", "", "Technology")),
    (5, ("Competition", "Conflict", "", "", "", "Event")),
    (6, ("Role", "", "Field", "", "", "", "Concept")),
    (7, ("Thing", "", "", "", "", "", "CreativeWork")),
)
_KNOWN = {name: (colour, place) for colour, names in _FAMILIES for place, name in enumerate(names) if name}


@dataclass(frozen=True, slots=True)
class Look:
    """A fill colour `#RRGGBB` and the name of a vis-network shape."""

    colour: str
    shape: str


def looks(classes: Sequence[str]) -> list[Look]:
    """A look for each class IRI, in the same order; the classes come most frequent first."""
    taken = {_KNOWN[n] for iri in classes if (n := local_name(iri)) in _KNOWN}
    pairs = ((i % len(PALETTE), i % len(SHAPES)) for i in range(len(PALETTE) * len(SHAPES)))
    free = iter([pair for pair in pairs if pair not in taken])
    chosen = [_KNOWN.get(local_name(iri)) or next(free, (7, 0)) for iri in classes]
    return [Look(PALETTE[colour], SHAPES[shape]) for colour, shape in chosen]


def local_name(iri: str) -> str:
    """What follows the last `#` or `/` of an IRI."""
    return iri.rstrip("#/").rpartition("#")[2].rpartition("/")[2]
