"""How far a mention is from the place that a pattern asks for: by the tie of its head to the cue's word."""

from __future__ import annotations

from factloom.extract.attachment import DOER, DONE, IS, OF, tie
from factloom.extract.cues import Slot
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words

_STEP = 0.25  # for each edge of the tree beyond the first
_MISPLACED = 1.2
# Verbs that only place their subject; others put what they tell there.
_LYING = words("be locate located situate situated lie stand find found base based site remain")


def slot_cost(token: Token, slot: Slot, head: Token) -> float | None:
    """From 0 (right there) up; None when the mention of this head can't be meant."""
    if slot.kind == IS and token.dep == "pobj" and token.head.head.norm == "one":
        token = token.head.head  # "One of the leaders of Israel is …"
    t = tie(token, head)
    extra = _STEP * max(0, t.steps - 1)
    if slot.kind == "up":
        return _located(token, head)
    if t.kind == slot.kind and (not slot.marker or t.marker == slot.marker or slot.kind == OF):
        return extra
    if slot.kind == OF and t.kind == "prep":
        return extra if t.marker in (slot.marker, "of", "for") else extra + 0.5
    if slot.kind == "prep" and t.kind == OF and slot.marker == "of":
        return extra
    if slot.kind == "prep" and t.kind == "prep":
        return None  # the other prepositions that may stand here are patterns of their own
    if slot.kind == "prep" and t.kind == "near" and t.marker == "":
        return extra + 0.6
    if {slot.kind, t.kind} == {DOER, DONE} or t.kind == "far" or slot.kind == IS or t.kind == IS:
        return None if t.steps > 4 else extra + _MISPLACED
    return extra + _MISPLACED


def _located(prep: Token, head: Token) -> float | None:
    """What a preposition locates: the noun before it, or the subject of "be" and of verbs of lying
    somewhere.
    """
    governor = prep.head
    if governor is head:
        return 0.1
    if governor.dep in ("attr", "appos") and (governor.head is head or head.head is governor.head):
        return 0.3
    lying = governor.lemma in _LYING or governor.norm in _LYING
    subject = governor.child("nsubj", "nsubjpass")
    if lying and (subject is head or governor.head is head):
        return 0.1
    return None
