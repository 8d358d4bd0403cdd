"""Every error a user can meet, one class per remedy; all derive from `FactloomError`.

A message names the thing, the value that was given and what is allowed, on one line.
Problems found inside data are returned as `Problem` records with their place; they are not raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class FactloomError(Exception):
    """Base of all errors raised on purpose; its text is one line made for the user."""


class UsageError(FactloomError):
    """A wrong option, name or path: the caller changes the call."""


class UnknownNameError(UsageError):
    """A name that no registry knows; the message lists the known ones."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"unknown {what} {name!r}; known: {', '.join(sorted(known))}")


class OntologyError(FactloomError):
    """An ontology file that can't be used: the user mends the file."""


class QueryError(FactloomError):
    """A SPARQL query that can't be run: the user mends the query."""


class ModelError(FactloomError):
    """A spaCy pipeline that can't be loaded or lacks a component: install or name another."""


class InputError(FactloomError):
    """A document that can't be read; carries the place and the remedy."""

    def __init__(self, source: str, reason: str, remedy: str) -> None:
        super().__init__(f"{source}: {reason}; {remedy}")
        self.problem = Problem(source=source, reason=reason, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read: where (`source`, a path with a line if known), why, and what to do."""

    source: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}; {self.remedy}"
