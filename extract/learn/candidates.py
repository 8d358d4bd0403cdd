"""What a learnt relation may hold between: the stretches of a sentence that could be a subject or an object.

Takes a parsed sentence; gives `Candidate`s in reading order, one for each head word, with every way to draw
its boundaries (recognised name, name by its capitals, noun phrase with and without its determiner, title in
quotes, place with the place behind the comma). Which way fits a relation is learnt from the examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from factloom.extract.learn.shortened import shortened
from factloom.extract.learn.told import PRONOUNS, Told
from factloom.extract.learn.variant import Variant
from factloom.extract.literals import FoundLiteral
from factloom.extract.mentions import is_name_head, name_tokens
from factloom.extract.phrases import phrase
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

_INSIDE = words("of the and & - – for de la le von van der den al bin del da di du in on to a 's ’s at with")
_VALUES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_NO_NAMES = frozenset({"PRON", "DET", "ADP", "SCONJ", "ADV"})
_QUOTES = {'"': '"', "“": "”", "``": "''", "'": "'", "‘": "’"}
_LONGEST = 14  # tokens of a candidate; longer stretches are clauses


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A head word with its variants, the most likely first; `kind` is pronoun, value, name or noun."""

    sentence: Sentence
    head: Token
    kind: str
    variants: tuple[Variant, ...]

    def tokens(self, variant: Variant | None = None) -> tuple[Token, ...]:
        """The tokens of a variant, by default the first."""
        return (variant or self.variants[0]).tokens(self.sentence.tokens)

    def stretch(self, variant: Variant) -> tuple[Token, ...]:
        """The tokens from the first to the last of a variant, those left out too."""
        return tuple(self.sentence.tokens[variant.start : variant.end])

    def name(self, variant: Variant) -> str:
        """What the words of a variant say."""
        return variant.name(self.sentence.tokens)


def find_candidates(
    sentence: Sentence, literals: Mapping[Token, FoundLiteral], told: Told | None = None
) -> list[Candidate]:
    """The candidates of the sentence by the place of their heads; `told` are the names of the examples."""
    groups: dict[Token, dict[tuple[int, int], Variant]] = {}
    known = told.spans(sentence) if told is not None else {}
    for variant in _variants(sentence, literals, known):
        variant = _before_bracket(sentence, variant)
        if 0 < variant.end - variant.start <= _LONGEST:
            head = _head(sentence.tokens, variant.start, variant.end)
            place = variant.start, variant.end
            if place in known:
                variant = replace(variant, told=known[place])
            groups.setdefault(head, {}).setdefault(place, variant)
    return [_candidate(sentence, h, tuple(groups[h].values())) for h in sorted(groups, key=lambda t: t.i)]


def _candidate(sentence: Sentence, head: Token, variants: tuple[Variant, ...]) -> Candidate:
    kind = _kind(head)
    if kind == "name":
        places = {(v.start, v.end) for v in variants}
        shorter = shortened(sentence, variants)
        variants += tuple(v for v in shorter if not v.whole or (v.start, v.end) not in places)
    return Candidate(sentence, head, kind, variants)


def _before_bracket(sentence: Sentence, variant: Variant) -> Variant:
    """The variant without a bracket that opens inside it and what follows."""
    for token in sentence.tokens[variant.start + 1 : variant.end]:
        if token.text in ("(", "["):
            return Variant(variant.start, token.i, variant.source)
    return variant


def _kind(head: Token) -> str:
    if _is_pronoun(head):
        return "pronoun"
    if head.ent in _VALUES or head.pos == "NUM" or any(c.isdigit() for c in head.text):
        return "value"
    return "name" if head.pos == "PROPN" or head.ent or head.text[:1].isupper() else "noun"


def _is_pronoun(token: Token) -> bool:
    """Whether the word stands for a thing told elsewhere; "that" does so before its relative clause."""
    return token.norm in PRONOUNS or (token.norm == "that" and token.tag == "WDT")


def _head(tokens: list[Token], start: int, end: int) -> Token:
    """The token of the stretch whose governor is outside; the last one when there are several."""
    found = tokens[end - 1]
    for token in tokens[start:end]:
        if token.pos != "PUNCT" and (token.head is token or not start <= token.head.i < end):
            return token
    return found


def _variants(
    sentence: Sentence, literals: Mapping[Token, FoundLiteral], known: Iterable[tuple[int, int]]
) -> Iterator[Variant]:
    yield from _opening(sentence)
    yield from _entities(sentence)
    yield from _values(sentence, literals)
    yield from _words(sentence)
    yield from _quoted(sentence)
    yield from _capitals(sentence)
    yield from _topic(sentence)
    yield from _places(sentence)
    yield from (Variant(start, end, "told") for start, end in known)


_OPENERS = ("PROPN", "NOUN", "NUM", "ADJ", "X", "DET")
_JOINTS = (",", '"', ":", "!", "/", "-", "–", "'", "’")


def _opening(sentence: Sentence) -> Iterator[Variant]:
    """The name a sentence opens with: capitals with small words, commas and colons, up to verb or bracket."""
    tokens = sentence.tokens
    end = capitals = 0
    for token in tokens[:_LONGEST]:
        capital = token.text[:1].isupper() or token.text[:1].isdigit()
        if not (capital or (token.i and (token.norm in _INSIDE or token.text in _JOINTS))):
            break
        capitals += capital and token.norm not in ("the", "a", "an")
        end = token.i + 1
    if end == len(tokens) or not capitals or tokens[0].pos not in _OPENERS or tokens[0].ent in _VALUES:
        return
    if tokens[end].pos in ("AUX", "VERB") or tokens[end].text in ("(", "["):
        start = 1 if end > 2 and tokens[0].norm in ("a", "an") else 0
        if tokens[end - 1].norm not in _INSIDE and tokens[end - 1].text not in _JOINTS:
            yield Variant(start, end, "opening")


def _entities(sentence: Sentence) -> Iterator[Variant]:
    """What the recogniser found, without article and genitive; a value also as it stands."""
    for start, end in _entity_spans(sentence):
        first, last = start, end
        while last - first > 1 and sentence.tokens[last - 1].norm in ("'s", "’s", "'", "’"):
            last -= 1
        if last - first > 1 and sentence.tokens[first].norm in ("the", "a", "an"):
            yield Variant(first + 1, last, "entity")
            yield Variant(first, last, "entity with article")
        else:
            yield Variant(first, last, "entity")


def _entity_spans(sentence: Sentence) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for token in sentence.tokens:
        if not token.ent:
            continue
        if spans and not token.ent_begin and spans[-1][1] == token.i:
            spans[-1] = (spans[-1][0], token.i + 1)
        else:
            spans.append((token.i, token.i + 1))
    return spans


def _values(sentence: Sentence, literals: Mapping[Token, FoundLiteral]) -> Iterator[Variant]:
    for token in sentence.tokens:
        found = literals.get(token)
        if found is not None and found.start == token.i:
            yield Variant(found.start, found.end, "value")
        if token.pos == "NUM" or token.text[:1].isdigit():
            yield Variant(token.i, token.i + 1, "number")


def _words(sentence: Sentence) -> Iterator[Variant]:
    for token in sentence.tokens:
        if _is_pronoun(token):
            yield Variant(token.i, token.i + 1, "pronoun")
        elif is_name_head(token):
            if _is_splinter(sentence, token):
                continue
            name = name_tokens(token)
            yield Variant(name[0].i, name[-1].i + 1, "name")
            yield from _phrases(token)
        elif token.pos in ("NOUN", "PROPN") and any(c.isalnum() for c in token.text):
            yield from _phrases(token)
        elif token.pos == "ADJ" and (token.ent or token.text[:1].isupper()):
            yield Variant(token.i, token.i + 1, "adjective")


def _is_splinter(sentence: Sentence, token: Token) -> bool:
    """A word inside a name that is none by itself: a first name before the last, "of", "von"."""
    if token.norm in _INSIDE:
        return True
    if token.dep not in ("compound", "nmod") or token.head.i <= token.i:
        return False
    between = sentence.tokens[token.i + 1 : token.head.i + 1]
    return bool(token.ent) and all(t.ent == token.ent and not t.ent_begin for t in between)


_NARROW = ("relcl", "acl", "appos", "parataxis", "advcl", "ccomp", "prep", "conj", "cc", "preconj")


def _phrases(head: Token) -> Iterator[Variant]:
    """The noun phrase: without and with its determiner, the bare noun, and with its prepositions."""
    if head.dep in ("compound", "nmod") and head.head.i == head.i + 1 and not head.children:
        if head.pos == "NOUN":
            yield Variant(head.i, head.i + 1, "word")
        return
    narrow = phrase(head, drop=_NARROW, conjuncts=False)
    if narrow and narrow[-1].i - narrow[0].i < _LONGEST:
        first = narrow[0].i
        bare = next((t.i for t in narrow if t.dep not in ("det", "poss", "case") and t.i <= head.i), head.i)
        start = max([bare, *(t.i + 1 for t in narrow if t.dep in ("det", "poss", "case") and t.i < head.i)])
        yield Variant(start, narrow[-1].i + 1, "phrase")
        if first < start:
            yield Variant(first, narrow[-1].i + 1, "phrase with determiner")
    yield Variant(head.i, head.i + 1, "word")
    compounds = [c.i for c in head.kids("compound") if c.i < head.i]
    if compounds:
        yield Variant(min(compounds), head.i + 1, "compound")
    prep = head.child("prep")
    if prep is not None and prep.norm in ("of", "for", "in"):
        wide = phrase(head, drop=("relcl", "acl", "appos", "parataxis", "advcl", "ccomp", "conj", "cc"))
        start = next((t.i for t in wide if t.dep != "det"), head.i)
        yield Variant(start, wide[-1].i + 1, "phrase with preposition")


def _quoted(sentence: Sentence) -> Iterator[Variant]:
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        close = _QUOTES.get(tokens[i].text)
        if close is not None:
            end = next((t.i for t in tokens[i + 1 : i + _LONGEST] if t.text == close), None)
            if end is not None and end > i + 1:
                yield Variant(i + 1, end, "quoted")
                i = end
        i += 1


def _capitals(sentence: Sentence) -> Iterator[Variant]:
    """Runs of capitalised words and numbers: strict, and with the small words of titles inside."""
    for joined in (False, True):
        start: int | None = None
        last = 0
        for token in [*sentence.tokens, None]:
            capital = token is not None and (token.text[:1].isupper() or token.text[:1].isdigit())
            if token is not None and capital:
                if start is None:
                    if token.i == 0 and token.pos in _NO_NAMES and not joined:
                        continue
                    start = token.i
                last = token.i + 1
            elif start is not None:
                small = token is not None and (
                    token.norm in _INSIDE or token.text in (":", "!", ".", "/", "-")
                )
                if joined and small:
                    continue
                run = sentence.tokens[start:last]
                opener = len(run) == 1 and run[0].i == 0 and run[0].pos in _NO_NAMES
                if any(t.text[:1].isupper() for t in run) and not opener:
                    yield Variant(start, last, "title" if joined else "capitals")
                start = None


def _topic(sentence: Sentence) -> Iterator[Variant]:
    """What the sentence opens with, up to a bracket, a comma or its first finite verb."""
    tokens = sentence.tokens
    first = 1 if tokens and tokens[0].text in ('"', "“", "'", "``") else 0
    if first >= len(tokens) or tokens[first].pos not in ("DET", "PROPN", "NOUN", "NUM", "ADJ", "X"):
        return
    for token in tokens[first + 1 : first + _LONGEST]:
        if token.text in ("(", ",", "[", "–", "—") or token.pos in ("AUX", "VERB"):
            end = token.i - 1 if tokens[token.i - 1].text in ('"', "”", "'", "''") else token.i
            yield Variant(first, end, "topic")
            if tokens[first].norm in ("the", "a", "an"):
                yield Variant(first + 1, end, "topic without article")
            if token.pos not in ("VERB",):
                return


def _places(sentence: Sentence) -> Iterator[Variant]:
    """A name with what follows behind commas: "Tirstrup, Denmark"."""
    spans = _entity_spans(sentence)
    tokens = sentence.tokens
    for i, (start, end) in enumerate(spans[:-1]):
        stop = end
        for after, after_end in spans[i + 1 : i + 3]:
            if after != stop + 1 or tokens[stop].text != ",":
                break
            stop = after_end
            yield Variant(start, stop, "with place")
