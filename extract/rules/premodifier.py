"""What stands before a name: titles, roles, kinds: "French president Emmanuel Macron", "chatbot Doubao"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.lexicon import is_country, is_given_name, is_person_noun, place_of, supersense
from factloom.extract.mentions import NAMING_WORDS, OWNERS_IN_NAMES, home_of, name_tokens
from factloom.extract.propositions import Form, Proposition
from factloom.extract.roles import close_apposition, role_tokens
from factloom.extract.rules.common import FORMER, SUPPOSED, TITLE_WORDS, clause_at, is_name
from factloom.extract.tokens import Sentence, Token


def premodifier(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A role or kind right before a name belongs to the name; a place or firm before the role to both."""
    for token in sentence.tokens:
        if is_name(token) and token.dep not in ("compound", "nmod"):
            yield from _titles(sentence, found, token)
        if token.pos in ("NOUN", "PROPN"):
            yield from _demonyms(sentence, found, token)


def _titles(sentence: Sentence, found: list[Clause], name: Token) -> Iterator[Proposition]:
    roles = role_tokens(name)
    if not roles or (name.dep == "conj" and close_apposition(name) is not None):
        return
    if _role_of_another(name, roles):
        return
    clause = clause_at(name, found)
    noun = roles[-1]
    if not any(c.isupper() for t in name_tokens(name) for c in t.text):
        return  # "beef jerky"
    if (
        len(name_tokens(name)) == 1
        and not name.ent
        and is_person_noun(name.norm)
        and not is_given_name(name.norm)
    ):
        return  # "Deputy Assistant Secretary"
    if len(name_tokens(name)) == 1 and is_person_noun(name.norm) and name.norm in TITLE_WORDS:
        return  # "Governor General"
    before = {t.norm for t in name.subtree() if t.i < noun.i}
    if noun.lemma in NAMING_WORDS or before & SUPPOSED:
        return
    if len(noun.text) == 1 or noun.ent in ("DATE", "TIME") or supersense(noun.lemma.lower()) == "time":
        return  # "Last year MAB urged"
    alone = noun.tag not in ("NNS", "NNPS")  # "the poet Lord Byron and his wife Annabella"
    was = bool(before & FORMER) and not {t.norm for r in roles for t in r.children} & FORMER
    kind = Proposition("premodifier, kind", Form.KIND, sentence, name, noun, "be", tuple(roles), alone=alone)
    if not was:  # "the former Swedbank chief executive Ida Holm" is none any more
        yield kind.presupposed(clause)
    pattern = " ".join(
        t.lemma.lower() if t is noun and t.tag == "NNS" else t.norm
        for t in roles
        if t is noun or t.norm in TITLE_WORDS
    )
    if before & FORMER and not pattern.startswith(tuple(FORMER)):
        pattern = f"former {pattern}"
    for owner in _owners(name, roles):
        if owner.dep != "poss" and _home(owner, name):
            yield Proposition("demonym", Form.PLACE, sentence, name, owner, "be of", (owner,)).presupposed(
                clause
            )
            continue
        if owner.dep != "poss" and not _relational(noun, owner):
            continue  # "the AI company Anthropic" is no company of AI
        yield Proposition(
            "premodifier, role", Form.ROLE, sentence, name, owner, f"{pattern} of", tuple(roles), alone=alone
        ).presupposed(clause)


def _home(owner: Token, name: Token) -> bool:
    """Whether the owner tells where the name is from: "Sri Lankan President Chandrika Kumaratunga", and "US
    rival Grey Cotton", a firm there and no rival of the country.
    """
    if home_of(owner) is not None and place_of(owner.norm) is None:
        return True
    return name.ent != "PERSON" and is_country(owner.text) and not owner.children


def _role_of_another(name: Token, roles: list[Token]) -> bool:
    """The role stands before an earlier name of the list: "the poet Lord Byron and his wife Annabella"."""
    return name.dep == "conj" and roles[-1].i < name.head.i


def _relational(noun: Token, owner: Token) -> bool:
    """Whether a name right before the noun is what the noun is of: a person's role, a part of a firm."""
    lemma = noun.lemma.lower()
    return is_person_noun(noun.norm) or is_person_noun(lemma) or (lemma in _PARTS) or not owner.text.isupper()


_PARTS = frozenset({"subsidiary", "unit", "division", "brand", "spinoff", "affiliate", "arm", "daughter"})


def _owners(name: Token, roles: list[Token]) -> list[Token]:
    """Whose role or product it is: "Apple CEO Tim Cook", "its chatbot Doubao"."""
    inside = sorted({*roles, name}, key=lambda t: t.i)  # a set of tokens has no order of its own
    first = roles[0]
    owners = [
        c
        for t in inside
        for c in t.children
        if c.i < first.i and c.dep == "poss" and c.norm not in OWNERS_IN_NAMES  # "women's champion"
    ]
    if owners:
        return owners[-1:]
    taken = set(name_tokens(name)) | set(roles)
    before = [
        c
        for t in inside
        for c in t.children
        if c.i < first.i and c.dep in ("compound", "nmod") and c not in taken and (c.pos == "PROPN" or c.ent)
        if not (c.ent == "NORP" and place_of(c.norm))  # "the Chechen leader Ramzan Kadyrov"
        if c.norm not in TITLE_WORDS and (c.ent or supersense(c.norm) is None)  # "District Judge Ilston"
    ]
    return before[-1:]


def _demonyms(sentence: Sentence, found: list[Clause], noun: Token) -> Iterator[Proposition]:
    """The adjective names a country: "a Chinese startup", "French president"."""
    if is_name(noun) and noun.dep in ("compound", "nmod"):
        return
    inside = set(name_tokens(noun)) if is_name(noun) else set()
    before = noun.kids("amod", "compound")
    before += [c for b in before if b.pos == "NOUN" for c in b.kids("compound")]  # "UK sportswear firm"
    for adjective in before:
        if adjective in inside:
            continue
        if adjective.text[:1].isupper() and home_of(adjective) and adjective.child("conj", "advmod") is None:
            yield Proposition(
                "demonym", Form.PLACE, sentence, noun, adjective, "be of", (adjective,)
            ).presupposed(clause_at(noun, found))
