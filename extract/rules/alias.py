"""Second names in brackets: "the World Health Organization (WHO)"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.mentions import name_tokens
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import is_name
from factloom.extract.tokens import Sentence, Token


def parenthetical_alias(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A name directly followed by another name alone in brackets: both name one thing."""
    tokens = sentence.tokens
    for i in range(1, len(tokens) - 2):
        if tokens[i].text == "(" and tokens[i + 2].text == ")" and _short_name(tokens[i + 1].text):
            long = tokens[i - 1]
            while long.dep in ("compound", "case") and long.head.i < i:
                long = long.head
            long = _whole(long)
            if is_name(long):
                yield Proposition(
                    "parenthetical alias", Form.ALIAS, sentence, long, tokens[i + 1], "(", (tokens[i],)
                )


def maiden_name(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """Who somebody was before: "Trinity Fatu (née McCray; born 1987)"."""
    tokens = sentence.tokens
    for i in range(1, len(tokens) - 2):
        if (
            tokens[i].text != "("
            or tokens[i + 1].norm not in ("née", "nee", "né")
            or tokens[i + 2].pos != "PROPN"
        ):
            continue
        name = tokens[i + 2]
        while name.dep in ("compound", "nmod") and name.head.i == name.i + 1 and name.head.pos == "PROPN":
            name = name.head
        if is_name(tokens[i - 1]):
            yield Proposition(
                "maiden name", Form.ALIAS, sentence, _whole(tokens[i - 1]), name, "née", (tokens[i + 1],)
            )


def _whole(end: Token) -> Token:
    """The head of the name that ends with this word: Authority, for "Housing Authority of New Orleans"."""
    for above in end.ancestors():
        if is_name(above) and end in name_tokens(above):
            return above
        if above.pos == "VERB":
            break
    return end


def _short_name(text: str) -> bool:
    return len(text) >= 2 and sum(c.isupper() for c in text) >= 2
