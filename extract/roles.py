"""What stands right before a name, or is said of it as one of many: titles, kinds and their modifiers.

Takes heads of names; gives the words of their role ("French [president] Macron") and the nouns that name
what they are one of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from factloom.extract.lexicon import place_of, supersense
from factloom.extract.mentions import HONORIFICS, NO_KINDS, is_name_head, name_tokens
from factloom.extract.title_words import KIN_OR_PARTICLE, is_title_word
from factloom.extract.tokens import Sentence, Token


def role_tokens(name: Token) -> list[Token]:
    """The title or kind right before a name: [president] in "French president Macron"."""
    tokens = name_tokens(name)
    close = close_apposition(name)
    if close is not None:
        return _role_with_modifiers(close)
    previous = {t.i: t for t in name.subtree()}
    roles: list[Token] = []
    i = tokens[0].i - 1
    while i in previous and _is_role_word(previous[i]):
        roles.insert(0, previous[i])
        i -= 1
    while roles and roles[-1].pos == "ADJ":
        roles.pop()
    return roles


def members(sentence: Sentence) -> Iterator[tuple[Token, str]]:
    """Name heads with the kind they are told to be one of: "Ida Holm was one of the first geologists"."""
    for one in sentence.tokens:
        if one.norm != "one" or one.dep != "attr" or one.child("neg") is not None:
            continue
        name = one.head.child("nsubj")
        prep = next((p for p in one.kids("prep") if p.norm == "of"), None)
        kind = prep.child("pobj") if prep is not None else None
        if name is not None and is_name_head(name) and kind is not None and kind.tag == "NNS":
            if one.head.child("neg", "aux") is None and not name.kids("conj"):
                yield name, kind.lemma.lower()


def compound_before(noun: Token) -> Token | None:
    """The compound that stands right before the noun: "media" in "social media company"."""
    return next((c for c in reversed(noun.kids("compound")) if c.i == noun.i - 1), None)


def close_apposition(name: Token) -> Token | None:
    """The noun that a name follows without a comma, when the parser made the name its apposition."""
    first = name_tokens(name)[0]
    if name.dep == "appos" and name.head.pos == "NOUN" and name.head.i == first.i - 1:
        asked = any(c.tag in ("WDT", "WP") for c in name.head.kids("det"))  # "what effect Lindvik will have"
        return None if asked else name.head
    if name.dep == "conj" and is_name_head(name.head):
        return close_apposition(name.head)
    return None


def _role_with_modifiers(noun: Token) -> list[Token]:
    compounds = [c for c in noun.kids("compound") if c.pos == "NOUN" and not c.ent]
    return [*compounds, noun]


def _is_word(noun: Token) -> bool:
    """Whether the lexicon knows the noun, or its ending tells a doer, as in new words."""
    lemma = noun.lemma.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", lemma) if not unicodedata.combining(c))
    known = any(supersense(w) is not None for w in (lemma, noun.norm, plain)) or "-" in noun.text
    return known or lemma.endswith(("er", "or", "ist", "ian", "ant", "man", "bot", "tech", "ship", "app"))


def _is_role_word(token: Token) -> bool:
    if token.dep not in ("compound", "nmod", "amod") or token.norm in HONORIFICS:
        return False
    if token.pos == "ADJ":
        return token.norm in ("chief", "prime", "vice", "deputy", "former") and not token.ent
    if token.norm in KIN_OR_PARTICLE or place_of(token.norm) is not None:
        return False  # "da Vinci", "American Catholics"
    if token.norm == "dear" or (token.pos == "NOUN" and not _is_word(token)):
        return False  # "Dear Ida", "Konzert für einen Freund"
    opens = token.i == 0 and not token.norm.endswith("ing") and supersense(token.norm) not in NO_KINDS
    common = token.text[:1].islower() or opens
    return (token.pos == "NOUN" and common) or is_title_word(token)
