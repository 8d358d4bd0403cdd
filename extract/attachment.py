"""How a mention hangs on a word of a sentence: as who does it, who it is done to, behind which preposition.

Takes two tokens of a dependency tree, gives a `Tie`. Looser than the clauses of `extract.clauses`: it
answers for any two words and says how far apart they are, so that a reader who knows what kinds of things
to expect can bridge what the parser attached wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass

from factloom.extract.tokens import Token

DOER, DONE, IS, OF, NEAR, FAR = "doer", "done", "is", "of", "near", "far"
_SUBJECTS = frozenset({"nsubj", "csubj"})
_COPULAS = frozenset({"be", "become", "remain"})


@dataclass(frozen=True, slots=True)
class Tie:
    """`kind` is one of the constants above, or "prep"; `marker` is the preposition; `steps` the edges
    between.
    """

    kind: str
    steps: int
    marker: str = ""


def tie(cue: Token, mention: Token) -> Tie:
    """How `mention` hangs on `cue`, the head of a verb, participle or noun."""
    path = _path(cue, mention)
    if path is None:
        return Tie(FAR, 99)
    up, down = path
    steps = len(up) + len(down)
    if not up:
        return _below(cue, down, steps)
    if not down:
        return _above(cue, up, steps)
    return _beside(cue, up, down, steps)


def _path(one: Token, other: Token) -> tuple[list[Token], list[Token]] | None:
    """The tokens from `one` up to the common governor, and from it down to `other`, ends without the
    governor.
    """
    above = [one, *one.ancestors()]
    chain = [other]
    while chain[-1] not in above:
        if chain[-1].head is chain[-1]:
            return None
        chain.append(chain[-1].head)
    meeting = chain.pop()
    return above[: above.index(meeting)], list(reversed(chain))


def _below(cue: Token, down: list[Token], steps: int) -> Tie:
    """The mention is governed by the cue: down[0] is the cue's child."""
    if not down:
        return Tie(NEAR, 0)
    child, rest = down[0], down[1:]
    while rest and rest[0].dep in ("conj", "appos"):
        rest, steps = rest[1:], steps - 1
    if child.dep in _SUBJECTS and not rest:
        return Tie(DONE if cue.child("auxpass") is not None else DOER, steps)
    if child.dep == "nsubjpass" and not rest:
        return Tie(DONE, steps)
    if child.dep in ("dobj", "oprd", "dative") and not rest and child.pos != "ADP":
        return Tie(DONE, steps)
    if child.dep in ("attr", "appos", "compound", "nmod") and not rest:
        return Tie(IS, steps)
    if child.dep == "poss":
        return Tie(OF, steps, "'s")
    if child.dep in ("agent", "prep", "dative") or child.pos == "ADP":
        return _prepositional(child, rest, steps)
    return Tie(NEAR, steps)


def _prepositional(prep: Token, rest: list[Token], steps: int) -> Tie:
    marker = prep.norm
    while rest and (rest[0].dep in ("prep", "pcomp") and rest[0].pos in ("ADP", "SCONJ")):
        marker, rest = rest[0].norm, rest[1:]
    if len(rest) == 1 and rest[0].dep in ("pobj", "pcomp", "npadvmod"):
        if marker == "by":
            return Tie(DOER, steps - 1)
        return Tie("prep", steps - 1, marker)
    inner = next((t for t in reversed(rest[:-1]) if t.pos == "ADP"), None)
    return Tie(NEAR if inner is None else "prep", steps, inner.norm if inner is not None else "")


def _above(cue: Token, up: list[Token], steps: int) -> Tie:
    """The mention governs the cue: the bridge *built*, the film *directed* by X, chief *of* X."""
    top = up[-1]
    chained = all(t.dep == "conj" for t in up[:-1])
    if chained and top.dep in ("acl", "relcl"):
        passive = cue.tag == "VBN" or cue.child("auxpass", "nsubjpass") is not None
        return Tie(DONE if passive else DOER, steps)
    if chained and top.dep in ("appos", "compound", "nmod", "amod"):
        return Tie(IS, steps)
    prep = next((t for t in up if t.pos == "ADP"), None)
    return Tie("up", steps, prep.norm if prep is not None else "")


def _beside(cue: Token, up: list[Token], down: list[Token], steps: int) -> Tie:
    """Both hang under a third word: a shared subject, a copula's two ends, a participle that opens the
    sentence.
    """
    chain, child = up[-1], down[0]
    governor = chain.head
    direct = len(down) == 1 or all(t.dep in ("conj", "appos") for t in down[1:])
    if not direct:
        return Tie(FAR, steps)
    subject = child.dep in ("nsubj", "nsubjpass")
    if subject and governor.lemma in _COPULAS and chain.dep in ("attr", "acomp", "prep"):
        alone = len(up) == 1 or all(t.dep in ("conj", "compound", "appos") for t in up[:-1])
        through = cue.dep in ("acl", "relcl") or alone
        if cue.pos == "VERB" and through:
            return Tie(DONE if cue.tag == "VBN" else DOER, steps - 1)
        return Tie(IS if alone else FAR, steps)
    if subject and chain.dep in ("advcl", "conj", "xcomp", "ccomp", "dep"):
        passive = cue.tag == "VBN" and (
            chain.dep != "conj" or governor.tag == "VBN" or cue.child("auxpass") is not None
        )
        return Tie(DONE if passive else DOER, steps - 1)
    return Tie(FAR, steps)
