"""Parses by hand, in one line: `Apple/PROPN/NNP/nsubj/1 opened~open/VERB/VBD/ROOT/1 …`.

A word is text, coarse and fine part of speech, dependency and the index of its head; a lemma other than the
lower-cased word follows `~`, an entity label `#`. Words are joined by single spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from factloom.extract.tokens import Sentence, Token


def tree(line: str) -> Sentence:
    """The sentence of such a line."""
    return build([_fields(word) for word in line.split()])


def build(rows: Iterable[tuple[str, str, str, str, str, int, str]]) -> Sentence:
    """A sentence of rows: text, lemma, part of speech, tag, dependency, head, entity label."""
    tokens: list[Token] = []
    heads: list[int] = []
    start = 0
    for i, (text, lemma, pos, tag, dep, head, ent) in enumerate(rows):
        begins = bool(ent) and not (tokens and tokens[-1].ent == ent)
        end = start + len(text)
        tokens.append(Token(i, text, text.lower(), lemma, pos, tag, dep, start, end, ent, begins))
        heads.append(head)
        start = end + 1
    for token, head in zip(tokens, heads, strict=True):
        token.head = tokens[head]
        if token.head is not token:
            token.head.children.append(token)
    text = " ".join(t.text for t in tokens)
    return Sentence(tokens, 0, len(text), text)


def _fields(word: str) -> tuple[str, str, str, str, str, int, str]:
    word, _, ent = word.partition("#")
    text, pos, tag, dep, head = word.rsplit("/", 4)
    text, _, lemma = text.partition("~")
    return text, lemma or (text if pos == "PROPN" else text.lower()), pos, tag, dep, int(head), ent


def is_forest(sentence: Sentence) -> bool:
    """Whether heads and children agree, children are in reading order, and no token is above itself."""
    size = len(sentence.tokens)
    for token in sentence.tokens:
        if len(list(islice(token.ancestors(), size))) == size:
            return False
        if token.head is not token and token not in token.head.children:
            return False
        if any(c.head is not token for c in token.children):
            return False
        if [c.i for c in token.children] != sorted({c.i for c in token.children}):
            return False
    return True
