"""Statements over the nodes of one document, before they have IRIs, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from factloom.extract.entities import Node
from factloom.extract.propositions import Proposition
from factloom.extract.tokens import Token
from factloom.ontology.records import Literal, Modality, Polarity
from factloom.ontology.schema import RelationTerm


@dataclass(slots=True, eq=False)
class Draft:
    """A statement over nodes of one document.

    `learnt` tells that a learnt model read it.
    `relation` is an ontology term or the words of an open relation; `subject_tokens` and
    `object_tokens` are the words read; `qualifiers` pair a role with a node or literal and its words.
    """

    proposition: Proposition
    subject: Node
    relation: RelationTerm | str
    object: Node | Literal
    subject_tokens: tuple[Token, ...]
    object_tokens: tuple[Token, ...]
    qualifiers: list[tuple[str, Node | Literal, tuple[Token, ...]]] = field(default_factory=list)
    speaker: Node | None = None
    time: str | None = None
    steps: list[str] = field(default_factory=list)
    confidence: float = 0.5
    modality: Modality = Modality.ACTUAL
    polarity: Polarity = Polarity.AFFIRMED
    learnt: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """What did not become a statement: a proposition with the rule that read it, or a whole sentence.

    `rule` is "" where no rule read anything; `kind` is the reason without the words at hand, for
    counting; `start` and `end` are the sentence's, in characters of the document.
    """

    rule: str
    kind: str
    reason: str
    start: int
    end: int


def temporal(literal: Literal) -> bool:
    """Whether the literal is a date, a month, a year or a time."""
    return literal.datatype.endswith(("date", "gYear", "gYearMonth", "gMonth", "gMonthDay", "dateTime"))


def counted(literal: Literal) -> bool:
    """Whether it is money, a percentage or a counted quantity."""
    return not temporal(literal) and literal.unit is not None
