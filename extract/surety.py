"""How sure it is that a verb's subject and object hang where the parser hung them.

Takes a verbal proposition with its clause; gives the probability that annotators attach both likewise, by
what makes attachments hard: distance, commas, coordination and other verbs in between, how the subject was
found. The weights lie in `data/surety.tsv` (feature, weight in logits); `python -m tests.bench gold --write`
fits them by logistic regression on gold parses, where readings that the gold graph bears out count as right.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Token
from factloom.extract.weights import read_weights

# Under this a reading is left out.
LEAST = 0.5
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MARKS = frozenset('-–—:;()"“”')


def verbal(p: Proposition) -> bool:
    """Whether a verb and its clause carry the proposition, so that its surety can be told."""
    return p.form in (Form.VERB, Form.PASSIVE) and p.clause is not None and not p.clause.copular


# Asked by the mapper and again for the confidence of each draft, one proposition after another.
@functools.lru_cache(maxsize=1)
def surety(p: Proposition) -> float:
    """The probability, from 0 to 1, that subject and object of a verbal proposition are attached rightly."""
    known = read_weights("surety")
    total = known.get("always", 0.0) + sum(known.get(f, 0.0) for f in features(p))
    return 1 / (1 + math.exp(-total))


def features(p: Proposition) -> Iterator[str]:
    """What tells how sure the attachments of a verbal proposition are."""
    clause = p.clause
    assert clause is not None
    verb, tokens = clause.head, p.sentence.tokens
    yield "seconded" if p.seconded else "not seconded"
    yield f"rule {p.rule.split(',')[0]}"
    yield f"subject {clause.subject_via}"
    yield f"clause {clause.kind}"
    yield f"verb {verb.tag}"
    yield f"objects {min(len(clause.objects), 3)}"
    yield f"prepositions {min(len(clause.preps), 4)}"
    yield f"children {min(len(verb.children), 8)}"
    yield f"depth {min(sum(1 for _ in verb.ancestors()), 6)}"
    yield f"words {min(len(tokens) // 5, 10)}"
    yield from (f"has {dep}" for dep in ("dep", "appos", "parataxis") if any(t.dep == dep for t in tokens))
    yield from _end("subject", p.subject, verb, tokens)
    yield from _end("object", p.object, verb, tokens)
    if p.object.dep == "pobj":
        yield f"preposition {p.pattern.rsplit(' ', 1)[-1]}"
    yield from _verb(clause, verb, tokens)


def _verb(clause: Clause, verb: Token, tokens: list[Token]) -> Iterator[str]:
    following = tokens[verb.i + 1].pos if verb.i + 1 < len(tokens) else "end"
    yield f"behind verb {following}"
    if clause.passive:
        yield "passive"
    if clause.particle is not None:
        yield "particle"
    subjects = sum(c.dep in ("nsubj", "nsubjpass") for c in verb.children)
    yield f"subjects {min(subjects, 3)}"


def _end(name: str, token: Token, verb: Token, tokens: list[Token]) -> Iterator[str]:
    """What stands between the verb and one of its ends."""
    first, last = sorted((token.i, verb.i))
    between = tokens[first + 1 : last]
    yield f"{name} label {token.dep}"
    yield f"{name} class {token.pos}"
    yield f"{name} entity {token.ent or 'none'}"
    yield f"{name} {'before' if token.i < verb.i else 'behind'}"
    yield f"{name} far {min(int(2 * math.log2(last - first + 1)), 10)}"
    yield f"{name} commas {min(sum(t.text == ',' for t in between), 3)}"
    yield f"{name} verbs {min(sum(t.pos in _VERBS and t.dep not in _HELPING for t in between), 3)}"
    yield f"{name} nouns {min(sum(t.pos in _NOUNS for t in between), 4)}"
    if any(t.dep in ("conj", "cc") for t in between):
        yield f"{name} behind a list"
    if any(t.text in _MARKS for t in between):
        yield f"{name} behind a mark"


_HELPING = frozenset({"aux", "auxpass"})
