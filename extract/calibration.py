"""How sure a surface statement is: a linear probability model over features of its reading.

Takes the clause behind an extraction; gives features, and from their weights a probability. The
weights lie in `data/surface_confidence.tsv` (feature, weight); `python -m tests.bench calibrate`
fits them anew by ridge regression, so that the mean is the share of words that crowd-made tuples confirm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from factloom.extract.clauses import Clause
from factloom.extract.tokens import Sentence, Token
from factloom.extract.weights import read_weights
from factloom.ontology.records import Modality

_KINDS = frozenset({"ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp"})
_SLOTS = frozenset({"object", "complement", "clause", "time", "agent", "purpose", "manner"})
_COMMON = _SLOTS | frozenset({"in", "on", "at", "by", "for", "with", "from", "to", "as"})
_PERSONS = frozenset({"he", "she", "i", "we", "you"})
_LONG_SUBJECT = 8
# Lengths are counted in steps up to a last one, so that few examples suffice.
_SUBJECT_STEPS, _OBJECT_STEPS, _ARGUMENT_STEPS, _SENTENCE_STEPS = 6, 8, 4, 6
ALWAYS = "always"
LOWEST, HIGHEST = 0.05, 0.85


def clause_features(clause: Clause, subject: list[Token], roles: Sequence[str], chain: int) -> Iterator[str]:
    """What tells how sure a clause's extraction is.

    `roles` are those of its arguments (at least one), `chain` counts its predicates (at least one).
    """
    kind = f"kind {clause.kind if clause.kind in _KINDS else 'other'}"
    via, form = f"subject {clause.subject_via}", f"form {clause.head.tag}"
    argument = f"argument {roles[0] if roles[0] in _SLOTS else 'preposition'}"
    yield from ("clause", kind, via, form, argument)
    yield from (f"{kind}, {via}", f"{kind}, {argument}", f"{kind}, {form}", f"{via}, {argument}")
    yield from (f"further {role if role in _COMMON else 'other'}" for role in roles[1:])
    if clause.modality is not Modality.ACTUAL:
        yield f"modality {clause.modality}"
    if len(subject) == 1 and subject[0].pos == "PRON":
        yield "personal pronoun" if subject[0].norm in _PERSONS else "other pronoun"
    if len(subject) > _LONG_SUBJECT:
        yield "long subject"
    if chain > 1:
        yield "chain"
    if clause.passive:
        yield "passive"
    if clause.copular:
        yield "copula"


def length_features(sentence: Sentence, subject: str, objects: Sequence[str]) -> Iterator[str]:
    """How long the sentence and the slots are; `objects` are the texts of all arguments, the first first."""
    yield f"sentence length {min(len(sentence.tokens) // 8, _SENTENCE_STEPS)}"
    yield f"subject length {min(len(subject.split()), _SUBJECT_STEPS)}"
    yield f"object length {min(len(objects[0].split()) // 2, _OBJECT_STEPS)}"
    yield f"arguments {min(len(objects) - 1, _ARGUMENT_STEPS)}"


def weights() -> dict[str, float]:
    """The weight of every feature."""
    return read_weights("surface_confidence")


def confidence(features: Iterable[str], known: Mapping[str, float] | None = None) -> float:
    """The probability of an extraction with these features, in [0.05, 0.85]; unknown ones weigh nothing.

    `known` are weights to use instead of the package's.
    """
    known = weights() if known is None else known
    total = known.get(ALWAYS, 0.0) + sum(known.get(f, 0.0) for f in features)
    return round(min(max(total, LOWEST), HIGHEST), 3)
