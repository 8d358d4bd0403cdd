"""How a graph is written: the IRI before its instances, what counts as fact, and what read the documents."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from factloom.ontology.errors import UnknownNameError, UsageError
from factloom.ontology.namespaces import BASE
from factloom.ontology.records import Status

# Which statuses become plain triples. A denial says that the triple is not so: no policy asserts it.
POLICIES: dict[str, frozenset[Status]] = {
    "stated": frozenset({Status.STATED}),
    "reported": frozenset({Status.STATED, Status.REPORTED}),
    "all": frozenset(Status) - {Status.DENIED},
}

DEFAULT_POLICY = "stated"


def _check_base(base: str) -> None:
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise UsageError(f"base {base!r} is no absolute IRI: {error}") from None
    if base[-1] != "/" or "#" in base:
        # Documents hang their characters on their IRI by a fragment, so the base can't have one.
        raise UsageError(f"base {base!r} must end in / and hold no #")


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """A correction by hand that is in a graph: what it says, the file it stands in, who made it ("" when
    that is not told), and the IRIs of the entities it is about (sorted)."""

    text: str
    source: str
    by: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a graph is written: the IRI before every instance, what becomes a plain triple, and what made it.

    `policy` is a name in `POLICIES`; `version` is factloom's and `model` the pipeline's, both optional;
    `corrections` are those that were done (sorted).
    """

    base: str = BASE
    policy: str = DEFAULT_POLICY
    version: str | None = None
    model: str | None = None
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            raise UnknownNameError("policy", self.policy, POLICIES)
        _check_base(self.base)


DEFAULT_SETTINGS = Settings()
