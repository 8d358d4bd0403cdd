"""Where the words of a relation stand in a sentence: lexical patterns in, cues with the places of both ends
out.

A pattern of `RelationTerm` becomes a key word (the lemma of a verb or noun, a participle as written) with
what the subject and the object have to be to it. `Cues` finds the keys in a sentence. Who stands at the
ends is left to `extract.worded`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.attachment import DOER, DONE, IS, NEAR, OF
from factloom.extract.classified import kinds_of
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.schema import RelationTerm, Schema
from factloom.ontology.terms import spaced

_PREPOSITIONS = frozenset(
    "in at on for with to from as by of about into through under near after against within during around upon"
    " aboard outside via".split()
)
UNIT = "unit"
_COUNTING = frozenset({"number", "count", "of", "total", "size", "amount", "the", "has"})
# What a key can't be by itself: it says nothing.
_EMPTY = frozenset({"be", "have", "do", "take", "come", "go", "get", "hold", "make"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What an end has to be to the key: `kind` as in `extract.attachment`, "prep" with its `marker`."""

    kind: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern of a relation: the key, other words that must stand near it, and the slots of both ends."""

    term: RelationTerm
    pattern: str
    key: str
    others: tuple[str, ...]
    subject: Slot
    object: Slot
    verbal: bool

    @property
    def kin(self) -> bool:
        """Whether the key and the label are of one stem: "direct" and "director"."""
        return any(w[:4] == self.key[:4] for w in spaced(self.term.label).lower().split())


class Cues:
    """All cues of a schema's own relations, by key."""

    def __init__(self, schema: Schema) -> None:
        self.kinds = kinds_of(schema)
        self._by_key: defaultdict[str, list[Cue]] = defaultdict(list)
        of_kinds = {kind.term.iri for kind in self.kinds}
        known: set[tuple[object, ...]] = set()
        for iri in sorted(schema.own):
            for cue in _cues(schema.relations[iri]):
                # Of cues that ask for the same, the first is chosen anyway: thousands may end in one word.
                asked = _asked(cue)
                if asked not in known or iri in of_kinds:
                    known.add(asked)
                    self._by_key[cue.key].append(cue)

    def found(self, sentence: Sentence) -> Iterator[tuple[Token, Cue]]:
        """The cues of the sentence with the token of the key, in reading order."""
        for token in sentence.tokens:
            keys = dict.fromkeys((token.norm, token.lemma.lower()))
            for cue in (c for key in keys for c in self._by_key.get(key, ())):
                if _stands(token, cue, sentence):
                    yield token, cue


def _asked(cue: Cue) -> tuple[object, ...]:
    """All that tells one cue from another in a sentence."""
    t = cue.term
    ends = (t.domain, t.range, t.is_datatype, t.label.lower().endswith("year"))
    return (cue.key, cue.others, cue.subject, cue.object, cue.verbal, cue.kin, *ends)


def _stands(token: Token, cue: Cue, sentence: Sentence) -> bool:
    if cue.key in _PREPOSITIONS:
        return token.pos in ("ADP", "SCONJ")
    verbal = token.pos in ("VERB", "AUX") or token.tag in ("VBN", "VBG") or token.pos == "ADJ"
    if cue.verbal != verbal and not (cue.verbal and token.tag in ("VBN", "VBD")):
        return False
    near = {t.norm for t in sentence.tokens[max(0, token.i - 3) : token.i + 5]}
    near |= {t.lemma.lower() for t in sentence.tokens[max(0, token.i - 3) : token.i + 5]}
    return all(word in near for word in cue.others)


def _cues(term: RelationTerm) -> Iterator[Cue]:
    for pattern in term.verbs:
        yield from _verbal(term, pattern, inverse=False)
    for pattern in term.verb_inverses:
        yield from _verbal(term, pattern, inverse=True)
    for pattern in term.noun_roles:
        yield from _nominal(term, pattern, inverse=False)
    for pattern in term.noun_roles_inverse:
        yield from _nominal(term, pattern, inverse=True)
    for unit in term.units:
        named = tuple(
            w for w in spaced(term.label).lower().split() if w not in _COUNTING and w[:4] != unit[:4]
        )
        yield Cue(term, unit, unit, named, Slot(NEAR), Slot(UNIT), verbal=False)


def _verbal(term: RelationTerm, pattern: str, *, inverse: bool) -> Iterator[Cue]:
    parts = pattern.split()
    passive = parts[0] == "be" and len(parts) > 1
    marker = parts[-1] if len(parts) > 1 and parts[-1] in _PREPOSITIONS else ""
    middle = parts[passive : len(parts) - bool(marker)]
    others: tuple[str, ...] = ()
    first = Slot(DONE if passive else DOER)
    second = Slot("prep", marker) if marker else Slot(DONE)
    if not middle and marker:  # "be in": the preposition is all there is to see
        key, first = marker, Slot("up")
    elif middle:
        key = next((w for w in middle if w not in _EMPTY), middle[0])
        others = tuple(w for w in middle if w != key)
    else:
        return
    if key in _EMPTY and not others:
        return
    ends = (second, first) if inverse else (first, second)
    verbal = not (passive and len(middle) >= 1 and _is_noun(middle))
    if not verbal:  # "be member of"
        ends = (Slot("prep", marker), Slot(IS)) if inverse else (Slot(IS), Slot("prep", marker))
    yield Cue(term, pattern, key, others, *ends, verbal=verbal)


def _is_noun(middle: list[str]) -> bool:
    from factloom.extract import lexicon

    word = middle[-1]
    return (
        not word.endswith(("ed", "en", "wn"))
        and lexicon.supersense(word) is not None
        and not lexicon.is_verb(word)
    )


def _nominal(term: RelationTerm, pattern: str, *, inverse: bool) -> Iterator[Cue]:
    """ "founder of": the subject is it, the object stands behind "of"; inverse the other way round."""
    noun, _, marker = pattern.rpartition(" ")
    if not noun or noun in _EMPTY:
        return
    *others, key = noun.split()
    named, other = Slot(IS), Slot(OF, marker)
    ends = (other, named) if inverse else (named, other)
    yield Cue(term, pattern, key, tuple(others), *ends, verbal=False)
