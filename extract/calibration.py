"""How sure a surface statement is: a linear probability model over features of its reading.

Takes the clause behind an extraction; gives features, and from their weights a probability. The
weights lie in `data/surface_confidence.tsv` (feature, weight); `python -m tests.bench calibrate`
fits them anew by ridge regression on the share of words that crowd-made tuples confirm.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from importlib.resources import files

from factloom.extract.clauses import Clause
from factloom.extract.tokens import Token
from factloom.ontology.records import Modality

_KINDS = frozenset({"ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"})
_SLOTS = frozenset({"object", "complement", "clause", "time", "agent"})
_PERSONS = frozenset({"he", "she", "i", "we", "you"})
_LONG_SUBJECT = 8
LOWEST, HIGHEST = 0.05, 0.95


def clause_features(
    clause: Clause, subject: list[Token], role: str, arguments: int, chain: int
) -> Iterator[str]:
    """What tells how sure a clause's extraction is.

    `role` is the first argument's, `arguments` counts the further ones (≥ 0), `chain` the predicates (≥ 1).
    """
    yield "clause"
    yield f"kind {clause.kind if clause.kind in _KINDS else 'other'}"
    yield f"subject {clause.subject_via}"
    yield f"argument {role if role in _SLOTS else 'preposition'}"
    yield f"form {clause.head.tag}"
    if clause.modality is not Modality.ACTUAL:
        yield f"modality {clause.modality}"
    if len(subject) == 1 and subject[0].pos == "PRON":
        yield "personal pronoun" if subject[0].norm in _PERSONS else "other pronoun"
    if len(subject) > _LONG_SUBJECT:
        yield "long subject"
    if arguments >= 2:
        yield "many arguments"
    if chain > 1:
        yield "chain"
    if clause.passive:
        yield "passive"
    if clause.copular:
        yield "copula"


@functools.cache
def weights() -> dict[str, float]:
    """The weight of every feature."""
    text = (files("factloom.extract") / "data" / "surface_confidence.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}


def confidence(features: Iterable[str]) -> float:
    """The probability of an extraction with these features, in [0.05, 0.95]; unknown ones weigh nothing."""
    known = weights()
    return round(min(max(sum(known.get(f, 0.0) for f in features), LOWEST), HIGHEST), 3)
