"""How sure a draft is: the prior of its rule, and the weights of what its reading looks like.

Takes a draft with its steps; gives a probability. The weights lie in `data/graph_confidence.tsv` (feature,
weight in logits); `python -m tests.bench rules --write` fits them by logistic regression with the priors as
offset, on statements that people's annotation can judge. A rule that it can't judge keeps its prior. What
the words commit to is not judged here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from factloom.extract.drafts import Draft
from factloom.extract.phrases import contiguous
from factloom.extract.surety import surety, verbal
from factloom.extract.tokens import Token
from factloom.extract.weights import read_weights

_PRIORS = {
    "verb and object": 0.9,
    "verb and amount": 0.85,
    "passive with agent": 0.9,
    "verb and preposition": 0.8,
    "passive with preposition": 0.85,
    "passive with object": 0.8,
    "light verb": 0.75,
    "copula, kind": 0.92,
    "copula, role": 0.88,
    "apposition, kind": 0.92,
    "apposition, role": 0.88,
    "premodifier, kind": 0.9,
    "premodifier, role": 0.85,
    "possessive": 0.75,
    "possessive with apposition": 0.85,
    "nominalisation": 0.75,
    "enumeration": 0.88,
    "with phrase": 0.85,
    "demonym": 0.85,
    "existential": 0.75,
    "copula and preposition": 0.8,
    "adjective and preposition": 0.75,
    "inverted copula": 0.7,
    "appointed, kind": 0.85,
    "appointed, role": 0.85,
}
_UNKNOWN_RULE = 0.7
ALWAYS = "always"
LOWEST, HIGHEST = 0.05, 0.99
# A relation of the text's own words was checked against no ontology.
_OPEN = -0.6
# Beside the attachments, names, antecedents and words may be wrong: four in five readings by hand were right.
_UNTYPED = -0.5
_STEPS = ("coreference", "alias", "apposition", "parse")
_PRONOUNS = frozenset({"he", "she", "it", "they", "his", "her", "its", "their", "him", "them"})
# Lengths are counted in steps up to a last one, so that few examples suffice.
_WORDS, _BETWEEN, _SENTENCE = (1, 5), (4, 5), (10, 5)


def confidence(draft: Draft) -> float:
    """The probability that a draft is right, from 0.05 to 0.99."""
    if isinstance(draft.relation, str) and verbal(draft.proposition):
        return _open_verbal(draft)
    subject, target = _run(draft.subject_tokens), _run(draft.object_tokens)
    first, second = sorted((subject, target), key=lambda run: run[0].i)
    found = features(
        draft.proposition.rule,
        draft.steps,
        [t.text for t in subject],
        len(target),
        between=max(second[0].i - first[-1].i - 1, 0),
        sentence=len(draft.proposition.sentence.tokens),
    )
    return probability(draft.proposition.rule, found, weights(), is_open=isinstance(draft.relation, str))


def _open_verbal(draft: Draft) -> float:
    """No ontology speaks for the ends of a verb's own relation: how sure the parse of them is, is all."""
    sure = surety(draft.proposition)
    kinds = {step.split(":")[0] for step in draft.steps}
    total = _logit(min(max(sure, LOWEST), HIGHEST)) + _UNTYPED
    total += sum(weights().get(f"step {kind}", 0.0) for kind in _STEPS if kind in kinds)
    return _bounded(total)


def _logit(p: float) -> float:
    return math.log(p / (1 - p))


def _bounded(total: float) -> float:
    return round(min(max(1 / (1 + math.exp(-total)), LOWEST), HIGHEST), 4)


def _run(tokens: tuple[Token, ...]) -> list[Token]:
    return contiguous(list(tokens))


def features(
    rule: str, steps: Iterable[str], subject: list[str], target: int, *, between: int, sentence: int
) -> Iterator[str]:
    """What tells how sure a reading is.

    `subject` are its tokens as written, `target` counts those of the object, `between` those from one to the
    other, `sentence` those of the sentence.
    """
    name, *ways = rule.split(", ")
    if f"{name}, {ways[0] if ways else ''}" in _PRIORS:
        name = f"{name}, {ways.pop(0)}"
    yield f"rule {name}"
    yield from (f"way {way}" for way in ways)
    kinds = {step.split(":")[0] for step in steps}
    yield from (f"step {kind}" for kind in _STEPS if kind in kinds)
    if len(subject) == 1 and subject[0].lower() in _PRONOUNS:
        yield "subject pronoun"
    yield f"subject length {_step(len(subject), *_WORDS)}"
    yield f"object length {_step(target, *_WORDS)}"
    yield f"between {_step(between, *_BETWEEN)}"
    yield f"sentence length {_step(sentence, *_SENTENCE)}"


def _step(number: int, width: int, last: int) -> int:
    return min(number // width, last)


def prior(rule: str) -> float:
    """How sure the rule is by itself; one with a way of its own by its first part."""
    return _PRIORS.get(rule, _PRIORS.get(rule.split(",")[0], _UNKNOWN_RULE))


def probability(
    rule: str, found: Iterable[str], known: Mapping[str, float], *, is_open: bool = False
) -> float:
    """The prior of the rule, moved by the weights of the features; unknown ones weigh nothing."""
    start = prior(rule)
    total = _logit(start) + known.get(ALWAYS, 0.0) + _OPEN * is_open
    return _bounded(total + sum(known.get(f, 0.0) for f in found))


def weights() -> dict[str, float]:
    """The weight of every feature."""
    return read_weights("graph_confidence")
