"""How sure a draft is: the prior of its rule, lowered by every uncertain step.

Takes a draft with its steps; gives a probability. What the words commit to is not judged here.
"""

from __future__ import annotations

from factloom.extract.drafts import Draft

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
}


def confidence(draft: Draft) -> float:
    """The rule's prior, lowered by every uncertain step; a probability from 0.05 to 0.99."""
    rule = draft.proposition.rule
    value = _PRIORS.get(rule, _PRIORS.get(rule.split(",")[0], 0.7))
    value -= 0.07 * sum(s.startswith("coreference") for s in draft.steps)
    value -= 0.05 * ("," in rule and rule not in _PRIORS)
    value -= 0.1 * isinstance(draft.relation, str)
    return round(min(max(value, 0.05), 0.99), 4)
