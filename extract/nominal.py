"""What noun phrases say without a verb, for the surface view: appositions, titles, prepositions, infinitives.

Takes a sentence, gives `Being`s: "X, a Y" says that X is Y, "workshops from Ohio" that they are from Ohio.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.mentions import is_name_head, name_tokens
from factloom.extract.phrases import phrase
from factloom.extract.roles import close_apposition, role_tokens
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

_MEASURES = frozenset({"DATE", "TIME", "CARDINAL", "MONEY"})
_PLACES = frozenset({"GPE", "LOC"})
# Prepositions that tell where a thing is, or whence; "of", "to", "for", "with" rather fill a noun's own
# places ("need for", "answer to"), and "in" does so too often unless a name stands before it.
_PREDICATIVE = words(
    """
    from between by as like including under against outside over within through throughout behind above
    below near inside around beyond since during until before after among
    """
)


@dataclass(frozen=True, slots=True)
class Being:
    """`one` is `relation` `other`; `relation` holds the words in between, none for an apposition.

    `kind` names the construction; `at` is the token it hangs on; `inside` tells that a place lies in another.
    """

    kind: str
    one: list[Token]
    relation: list[Token]
    other: list[Token]
    at: Token
    inside: bool = False


def beings(sentence: Sentence) -> Iterator[Being]:
    """What the noun phrases of a sentence say, in reading order."""
    for token in sentence.tokens:
        for being in _of(token):
            if being.one and being.other:
                yield being


def _of(token: Token) -> Iterator[Being]:
    if token.dep == "appos" and token.pos in ("NOUN", "PROPN", "NUM") and close_apposition(token) is None:
        yield from _apposed(token)
    elif is_name_head(token) and token.dep not in ("compound", "nmod"):
        yield Being("title", name_tokens(token), [], role_tokens(token), token)
    elif token.dep == "prep" and token.i > token.head.i and token.head.pos in ("NOUN", "PROPN"):
        yield from _related(token)
    elif token.dep == "acl" and token.tag == "VB" and token.head.pos == "NOUN":
        yield from _intended(token)


def _apposed(token: Token) -> Iterator[Being]:
    """ "X, a Y" says that X is Y; "Hoboken, New Jersey" that one place is in the other."""
    head = token.head
    if head.ent in _MEASURES:
        return
    one, other = (token, head) if is_name_head(token) and not is_name_head(head) else (head, token)
    inside = _place(head) and _place(token)
    yield Being("apposition", phrase(one), [], phrase(other, conjuncts=False), token, inside)


def _place(token: Token) -> bool:
    return token.ent in _PLACES and is_name_head(token)


def _related(prep: Token) -> Iterator[Being]:
    """ "painters from Canada", "the border between A and B"."""
    noun = prep.head
    if prep.norm in _PREDICATIVE or (prep.norm == "in" and noun.pos == "PROPN"):
        behind = set(prep.subtree())
        one = [t for t in phrase(noun) if t not in behind]
        if any(t.norm in ("no", "neither") for t in one):
            return  # "no firm from Ohio" says of no firm that it is from there
        for governed in prep.kids("pobj"):
            yield Being("preposition", one, [prep], phrase(governed), prep)


def _intended(verb: Token) -> Iterator[Being]:
    """ "attempts to regain the throne": what a plan, a chance or an attempt is."""
    behind = phrase(verb, drop=())
    if len(behind) > 2 and behind[0].norm == "to":
        yield Being("infinitive", phrase(verb.head), behind[:2], behind[2:], verb)
