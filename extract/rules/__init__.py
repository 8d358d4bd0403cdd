"""The rules: one construction, one small file, one line in `RULES`.

A rule is a function from a sentence and its clauses to propositions, in reading order, without
state or I/O. Its docstring explains the construction; its name appears in every evidence it makes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Proposition
from factloom.extract.rules.alias import maiden_name, parenthetical_alias
from factloom.extract.rules.apposition import apposition
from factloom.extract.rules.copula import copula
from factloom.extract.rules.enumeration import enumeration
from factloom.extract.rules.lifespan import life_event, lifespan
from factloom.extract.rules.naming import naming
from factloom.extract.rules.nominalisation import nominalisation
from factloom.extract.rules.possessive import possessive
from factloom.extract.rules.premodifier import premodifier
from factloom.extract.rules.verb import verb
from factloom.extract.rules.withphrase import with_phrase
from factloom.extract.tokens import Sentence

Rule = Callable[[Sentence, list[Clause]], Iterator[Proposition]]

RULES: dict[str, Rule] = {
    "verb": verb,
    "copula": copula,
    "apposition": apposition,
    "premodifier": premodifier,
    "possessive": possessive,
    "nominalisation": nominalisation,
    "enumeration": enumeration,
    "with phrase": with_phrase,
    "parenthetical alias": parenthetical_alias,
    "maiden name": maiden_name,
    "dates of a life": lifespan,
    "event of a life": life_event,
    "naming": naming,
}


def propositions(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """Everything the rules read in a sentence, rule by rule."""
    for rule in RULES.values():
        yield from rule(sentence, found)
