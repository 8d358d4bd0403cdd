"""Relation labels in readable English from lemmas: "compete with" → "competes with"."""

from __future__ import annotations

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def third_person(pattern: str) -> str:
    """The pattern with its first word, a verb lemma, in the third person singular."""
    verb, _, rest = pattern.partition(" ")
    return f"{_inflect(verb)} {rest}".strip()


def _inflect(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"
