"""Appositions: "Tim Cook, the chief executive of Apple", "the chief executive of Ford, Jim Farley"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.lexicon import is_group_noun, is_person_noun
from factloom.extract.propositions import Form, Proposition
from factloom.extract.roles import close_apposition
from factloom.extract.rules.common import clause_at, is_name
from factloom.extract.rules.copula import nominal
from factloom.extract.tokens import Sentence, Token

_ONCE = frozenset({"once", "formerly", "previously", "originally", "initially", "then", "later"})


def apposition(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A noun phrase set beside another names or describes the same thing."""
    for token in sentence.tokens:
        if token.dep != "appos" or token.pos not in ("NOUN", "PROPN") or _bracketed(token, sentence):
            continue
        if is_name(token) and close_apposition(token) is not None:  # "chatbot Doubao": a premodifier
            continue
        if any(p.i < token.i for p in token.kids("prep")):
            continue  # "a generation of scientists, among them Robert Ballard"
        if _participle(token, sentence):
            continue
        head, noun = token.head, token
        if is_name(noun) and not is_name(head):
            head, noun = noun, head  # "Ford's chief, Jim Farley": the name is the subject
        if (
            is_name(noun)
            or not (is_name(head) or _is_person(head))
            or _listed(token)
            or _past(token, sentence)
        ):
            continue
        if _another(noun) or _behind_verb(token, noun):
            continue
        yield from nominal(sentence, clause_at(token.head, found), head, noun, "apposition", presupposed=True)
        if noun is token.head:
            yield from _release(sentence, found, noun, token)


def _is_person(head: Token) -> bool:
    """A pronoun that only a person goes by: "She was born in Milford, the daughter of Louis Roe"."""
    return head.norm in ("he", "she")


def _release(sentence: Sentence, found: list[Clause], noun: Token, name: Token) -> Iterator[Proposition]:
    """The possessor's noun is the name: "DeepSeek's latest release, DeepSeek V3.2"."""
    possessor = noun.child("poss")
    if possessor is not None:
        yield Proposition(
            "possessive with apposition", Form.NOUN, sentence, possessor, name, f"{noun.lemma} of", (noun,)
        ).presupposed(clause_at(noun, found))


def _another(noun: Token) -> bool:
    """A noun with its own name is the next of a list: "Bolt, the Sterling group and the Tata group"."""
    named = any(c.pos == "PROPN" and c.ent != "NORP" for c in noun.kids("compound"))
    return (
        named
        and noun.tag == "NN"
        and is_group_noun(noun.lemma)
        and any(c.norm == "the" for c in noun.kids("det"))
    )


def _behind_verb(token: Token, noun: Token) -> bool:
    """Whether a verb parts the two, and no person is told of: "Burke is known for X, the trial of Y"."""
    first = token.head
    parted = first.dep in ("nsubj", "nsubjpass") and first.i < first.head.i < token.i
    return parted and not is_person_noun(noun.lemma.lower())


def _participle(token: Token, sentence: Sentence) -> bool:
    """A participle with its object was read as a noun phrase: "capsized in Manila Bay, spilling fuel"."""
    first = sentence.tokens[min(t.i for t in token.subtree())]
    return first.tag == "VBG" and first.head is token and token.pos == "NOUN"


def _past(token: Token, sentence: Sentence) -> bool:
    """What something was, it need not be: "Nokia, once the largest maker of phones"."""
    start = min(t.i for t in token.subtree())
    near = {t.norm for t in sentence.tokens[max(0, start - 1) : token.i]}
    return bool(near & _ONCE)


def _bracketed(token: Token, sentence: Sentence) -> bool:
    return (
        token.i > 0
        and any(c.text == "(" for c in token.head.kids("punct") if c.i < token.i)
        and (sentence.tokens[min(t.i for t in token.subtree()) - 1].text == "(")
    )


def _listed(token: Token) -> bool:
    """An apposition that is really an item of a list: it shares a conjunction with its head."""
    return token.child("cc") is None and any(c.i > token.i for c in token.head.kids("conj"))
