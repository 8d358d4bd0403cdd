"""Where an argument begins and ends: the head with what identifies it, without trailing clauses.

Takes head tokens, gives the tokens of their phrases, their conjuncts, and text. Shared by the
surface view (`--open`) and by the graph's labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factloom.extract.tokens import Sentence, Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X", "ADV"})
# What hangs on a noun without identifying it.
_CLAUSES = frozenset({"relcl", "acl", "appos", "parataxis", "advcl", "ccomp"})


def phrase(
    head: Token, *, drop: Iterable[str] = _CLAUSES, conjuncts: bool = True, keep: Iterable[Token] = ()
) -> list[Token]:
    """The tokens of the phrase of `head`, without children of the labels in `drop`, ends trimmed."""
    dropped, kept = frozenset(drop), frozenset(keep)
    tokens: list[Token] = []
    _collect(head, head, dropped, conjuncts, kept, tokens)
    tokens.sort(key=lambda t: t.i)
    return trim(tokens)


def _collect(
    token: Token,
    head: Token,
    dropped: frozenset[str],
    conjuncts: bool,
    kept: frozenset[Token],
    into: list[Token],
) -> None:
    into.append(token)
    for child in token.children:
        if child.dep in dropped and child not in kept and not _completes(child):
            continue
        if token is head and not conjuncts and child.dep in ("conj", "cc", "preconj"):
            continue
        if token is head and child.dep == "case":
            continue
        _collect(child, head, dropped, conjuncts, kept, into)


# The labels by which the recogniser tells places.
PLACES = frozenset({"GPE", "LOC", "FAC"})


def _completes(token: Token) -> bool:
    """Whether an apposition belongs to a place or date: "Austin, Texas", "December 31, 1963"."""
    if token.dep != "appos" or any(c.dep != "compound" and c.dep != "punct" for c in token.children):
        return False
    year = token.pos == "NUM" and token.ent == token.head.ent == "DATE"
    return year or (token.ent in PLACES and token.head.ent in PLACES and token.head.pos == "PROPN")


def trim(tokens: list[Token]) -> list[Token]:
    """Without punctuation and conjunctions at the ends (a bracket or quotation keeps its pair)."""
    start, end = 0, len(tokens)
    while start < end and _edge(tokens[start], tokens[start:end]):
        start += 1
    while start < end and _edge(tokens[end - 1], tokens[start:end]):
        end -= 1
    return tokens[start:end]


_PAIRS = {")": "(", "(": ")", "]": "[", "[": "]", "”": "“", "“": "”", "''": "``", "``": "''"}


def _edge(token: Token, tokens: list[Token]) -> bool:
    if token.dep == "punct" and token.pos == "PUNCT":
        partner = _PAIRS.get(token.text)
        if token.text == '"':
            return sum(t.text == '"' for t in tokens) % 2 == 1
        return partner is None or all(t.text != partner for t in tokens)
    return token.dep in ("cc", "preconj") and token.pos == "CCONJ"


_OPENING, _CLOSING = frozenset({"“", "``", "`", "‘", '"'}), frozenset({"”", "''", "'", "’", '"'})


def quoted(tokens: list[Token], sentence: Sentence) -> list[Token]:
    """The phrase with the quotation marks right around it, or with the one that it lacks at an end.

    A parser hangs the two marks of a quotation on different words, so that a phrase often has but one.
    """
    start, end = tokens[0].i, tokens[-1].i + 1
    first, last = start, end
    while first > 0 and _mark(sentence.tokens[first - 1], _OPENING):
        first -= 1
    while last < len(sentence.tokens) and _mark(sentence.tokens[last], _CLOSING):
        last += 1
    opened = any(_mark(t, _OPENING) for t in tokens)
    closed = any(_mark(t, _CLOSING) for t in tokens)
    before = sentence.tokens[first:start] if closed != opened or last > end else []
    after = sentence.tokens[end:last] if opened != closed or before else []
    return [*([] if opened else before), *tokens, *([] if closed else after)]


def _mark(token: Token, marks: frozenset[str]) -> bool:
    return token.text in marks and token.tag != "POS"


def conjuncts(head: Token) -> Iterator[Token]:
    """The head and its coordinated heads, in reading order: "trains, turbines and scanners"."""
    yield head
    for child in head.children:
        if child.dep == "conj" and child.pos in _NOMINAL:
            yield from conjuncts(child)


def text(tokens: list[Token]) -> str:
    """The words with their spaces, as the document has them where they are contiguous."""
    parts: list[str] = []
    for i, token in enumerate(tokens):
        parts.append(token.text)
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if following is not None and (token.space or following.i != token.i + 1):
            parts.append(" ")
    return "".join(parts)


def contiguous(tokens: list[Token]) -> list[Token]:
    """The longest prefix-and-suffix-closed run around the phrase: the tokens without gaps.

    Gaps arise where a dropped clause stood inside; the part with the most tokens is kept.
    """
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return max(runs, key=len) if runs else []


def span(tokens: list[Token]) -> tuple[int, int]:
    """Start and end, in characters of the document."""
    return tokens[0].start, tokens[-1].end


def span_text(sentence: Sentence, tokens: list[Token]) -> str:
    """The document's characters from the first to the last token."""
    return sentence.slice(*span(tokens))
