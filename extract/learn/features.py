"""What the learner looks at: a candidate by itself, and two candidates of one sentence together.

Takes `Candidate`s; gives names of features (binary), readable as they are: "between > be born in". The kinds
of features are those of the literature on supervised relation extraction (Zhou et al., "Exploring Various
Knowledge in Relation Extraction", ACL 2005; Mintz et al., ACL 2009): words between and around, types of both
ends, the path through the parse, each also joined with the types. ">" marks that the subject comes first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from factloom.extract.learn.candidates import Candidate
from factloom.extract.lexicon import (
    agent_verb,
    classes,
    is_given_name,
    place_kind,
    place_of,
    supersense,
    verb_of,
)
from factloom.extract.tokens import Sentence, Token

_PATH = 6  # edges; longer paths say no more than the words between
_NEAR = 6  # words between two candidates that count in their order
_FAR = 25  # words between two candidates that count one by one
_COUNTS = frozenset({"DATE", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "TIME"})
_MODIFIERS = frozenset({"appos", "compound", "amod", "relcl", "acl", "poss", "prep", "nummod"})
_ON_TOP = frozenset({"prt", "neg", "auxpass", "attr", "acomp", "dobj", "oprd"})
_EMPTY = frozenset({"PUNCT", "DET"})
_DEEDS = frozenset({"NOUN", "VERB"})
_SORTS = frozenset({"person", "group", "location", "place", "organization"})
_PRONOUN = {
    **dict.fromkeys(("he", "him", "his", "himself"), "HE"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "SHE"),
    **dict.fromkeys(("it", "its", "itself"), "IT"),
    **dict.fromkeys(("they", "them", "their", "theirs"), "THEY"),
    **dict.fromkeys(("who", "whom", "whose"), "WHO"),
    **dict.fromkeys(("i", "me", "my", "myself", "we", "us", "our", "ourselves"), "I"),
    **dict.fromkeys(("which", "that"), "WHICH"),
    "where": "WHERE",
}


def lemma(token: Token) -> str:
    """The lemma; of a number only how many digits it has."""
    if token.ent in _COUNTS and token.pos == "NUM":
        return "#" * min(4, len(token.text))
    return token.lemma.lower()


@lru_cache(maxsize=8)
def _lemmas(sentence: Sentence) -> list[str]:
    """The lemmas of a sentence, which its many pairs share."""
    return list(map(lemma, sentence.tokens))


@lru_cache(maxsize=50_000)
def _verb(text: str) -> str:
    """The verb behind a noun (founder → found, acquisition → acquire), or the word itself."""
    return agent_verb(text) or verb_of(text) or text


@lru_cache(maxsize=20_000)
def _noun_classes(noun: str) -> tuple[str, ...]:
    sense = supersense(noun)
    return (*classes(noun), *([sense] if sense else ()))


def kind_of(c: Candidate) -> str:
    """The coarse type: the recogniser's label, a pronoun's number and gender, else the sort of noun."""
    if c.kind == "pronoun":
        return _PRONOUN.get(c.head.norm, "PRON")
    if c.variants[0].source == "opening" and c.head.ent in _COUNTS:
        return "name"
    found = c.head.ent or next((t.ent for t in c.tokens() if t.ent), "")
    if found:
        return found
    if c.kind == "noun":
        sorts = (name for name in _noun_classes(c.head.lemma.lower()) if name in _SORTS)
        return next((f"noun:{name}" for name in sorts), "noun")
    return c.kind


# ---------------------------------------------------------------------- one candidate


def candidate_features(c: Candidate) -> list[str]:
    """What a candidate shows by itself."""
    return [*_words_of(c), *_governors(c), *_neighbours(c), *_knowledge(c), *_hanging(c)]


def _words_of(c: Candidate) -> Iterator[str]:
    own = c.variants[0]
    span = c.tokens()
    yield from (f"kind {c.kind}", f"type {kind_of(c)}", f"dep {c.head.dep}", f"tag {c.head.tag}")
    yield from (f"source {own.source}", f"head {lemma(c.head)}", f"size {min(len(span), 5)}")
    yield from (f"word {lemma(t)}" for t in span)
    if len(span) > 1:
        yield f"text {' '.join(t.norm for t in span)}"
    place = "first" if own.start == 0 else "early" if own.start < 4 else "late"
    yield f"place {place}"
    yield f"sentence {min(c.sentence.index, 2)}"
    yield f"shape {''.join(map(_shape, span[:6]))}"


def _shape(token: Token) -> str:
    first = token.text[:1]
    return "X" if first.isupper() else "0" if first.isdigit() else "x" if first.isalpha() else "."


def _governors(c: Candidate) -> Iterator[str]:
    head, up = c.head, c.head.head
    if up is head:
        yield "governor none"
        return
    yield f"governor {head.dep} {lemma(up)}"
    yield f"governor {lemma(up)}"
    if head.dep == "pobj" and up.head is not up:
        yield f"governor {lemma(up.head)} {lemma(up)}"
        yield f"deed {_verb(lemma(up.head))} {lemma(up)}"


def _neighbours(c: Candidate) -> Iterator[str]:
    own, tokens = c.variants[0], c.sentence.tokens
    before = ["^", "^", *map(lemma, tokens[max(0, own.start - 3) : own.start])]
    after = [*map(lemma, tokens[own.end : own.end + 3]), "$", "$"]
    yield from (f"before {before[-1]}", f"after {after[0]}")
    yield from (f"before {before[-2]} {before[-1]}", f"after {after[0]} {after[1]}")
    yield from (f"near before {w}" for w in before[2:-1])
    yield from (f"near after {w}" for w in after[1:-2])


def _knowledge(c: Candidate) -> Iterator[str]:
    if c.kind == "pronoun":
        return
    span = c.tokens()
    text = " ".join(t.norm for t in span)
    if is_given_name(span[0].norm):
        yield "given name"
    place = place_kind(text)
    if place:
        yield f"known {place}"
    if place_of(text):
        yield "demonym"
    yield from (f"class {name}" for name in _noun_classes(c.head.lemma.lower()))


def _hanging(c: Candidate) -> Iterator[str]:
    own, head = c.variants[0], c.head
    for t in head.children:
        if t.dep in _MODIFIERS and not own.start <= t.i < own.end:
            yield f"modifier {t.dep} {lemma(t)}"
    if head.dep == "appos":
        yield f"apposition of {lemma(head.head)}"
    if head.dep == "conj":
        yield f"beside {head.head.dep} {lemma(head.head.head)}"


# ---------------------------------------------------------------------- two candidates


def pair_features(
    a: Candidate, b: Candidate, ends: tuple[str, str], between_types: Sequence[str]
) -> list[str]:
    """What subject `a` and object `b`, of the types `ends`, show together; other types stand between."""
    subject, target = ends
    types = f"{subject}>{target}"
    order = ">" if a.variants[0].start < b.variants[0].start else "<"
    found = [f"order {order}", f"types {types}", f"types {order} {types}"]
    found.append(f"between like object {min(between_types.count(target), 3)}")
    found.append(f"between like subject {min(between_types.count(subject), 3)}")
    found.append(f"between any {min(len(between_types), 5)}")
    found.extend(_between(a, b, order, types))
    found.extend(_through_parse(a.head, b.head, order, types))
    return found


def _between(a: Candidate, b: Candidate, order: str, types: str) -> list[str]:
    tokens, lemmas = a.sentence.tokens, _lemmas(a.sentence)
    first, second = a.variants[0], b.variants[0]
    if order == "<":
        first, second = second, first
    words = lemmas[first.end : second.start]
    found = [f"gap {order} {_step(len(words))}"]
    if len(words) <= _NEAR:
        said = " ".join(words)
        before = lemmas[first.start - 1] if first.start else "^"
        after = lemmas[second.end] if second.end < len(tokens) else "$"
        found += (f"between {order} {said}", f"between {order} {said} {types}")
        found.append(f"around {order} {before} [{said}] {after}")
    if words:
        found += (f"between first {order} {words[0]}", f"between first {order} {' '.join(words[:2])}")
        found += (f"between last {order} {words[-1]}", f"between last {order} {' '.join(words[-2:])}")
    if len(words) <= _FAR:
        found += _one_by_one(tokens[first.end : second.start], words, order, types)
    found += [f"left {order} {word}" for word in lemmas[max(0, first.start - 3) : first.start]]
    found += [f"right {order} {word}" for word in lemmas[second.end : second.end + 3]]
    return found


def _step(count: int) -> int:
    """A number of words, the large ones in three steps."""
    if count < 6:
        return count
    return 6 if count < 10 else 10 if count < 20 else 20


def _one_by_one(gap: Sequence[Token], lemmas: Sequence[str], order: str, types: str) -> list[str]:
    words: list[str] = []
    found: list[str] = []
    for token, said in zip(gap, lemmas, strict=True):
        if token.ent or token.pos in _EMPTY:
            continue
        words.append(said)
        found += (f"with {order} {said}", f"with {said} {types}")
        if token.pos in _DEEDS:
            found.append(f"deed {order} {_verb(said)}")
    found += [f"with {order} {one} {other}" for one, other in pairwise(words)]
    return found


def _through_parse(a: Token, b: Token, order: str, types: str) -> list[str]:
    way = path(a, b)
    if way is None:
        return ["path none"]
    up, top, down = way
    if len(up) + len(down) > _PATH:
        return ["path long"]
    ways = f"{'^'.join(t.dep for t in up)}|{'v'.join(t.dep for t in down)}"
    inner = [*up[1:], *([top] if up and down else []), *down[:-1]]
    lemmas = list(map(lemma, inner))
    said = " ".join(lemmas)
    deeds = " ".join(_verb(word) for t, word in zip(inner, lemmas, strict=True) if t.pos in _DEEDS)
    found = [f"ways {ways}", f"ways {ways} {types}", f"path {ways} {said}"]
    if not up:
        found.append("path down")
    if not down:
        found.append("path up")
    found += (f"path {said} {types}", f"path {order} {said}")
    found += (f"deeds {deeds} {types}", f"deeds {deeds} {ways}")
    for word in lemmas:
        found += (f"on path {word}", f"on path {word} {types}")
    for t in top.children:
        if t.dep in _ON_TOP and t not in up and t not in down:
            found.append(f"top {t.dep} {lemma(t)}")
    found.append(f"top {lemma(top)} {up[-1].dep if up else '-'} {down[0].dep if down else '-'}")
    return found


def path(a: Token, b: Token) -> tuple[list[Token], Token, list[Token]] | None:
    """The tokens from `a` up to the common governor, that governor, and those down to `b`."""
    upward, place = _upward(a)
    down: list[Token] = []
    token = b
    while token not in place:
        down.append(token)
        if token.head is token:
            return None
        token = token.head
    return upward[: place[token]], token, down[::-1]


@lru_cache(maxsize=256)
def _upward(token: Token) -> tuple[list[Token], dict[Token, int]]:
    """The token and what governs it up to the root, with the place of each."""
    up = [token, *token.ancestors()]
    return up, {t: i for i, t in enumerate(up)}


def path_between(a: Token, b: Token) -> list[Token]:
    """The tokens from `a` to `b` through the parse, both included; empty when no way leads there."""
    found = path(a, b)
    return [] if found is None else [*found[0], found[1], *found[2]]
