"""Copular clauses: what something is, where it is, and how it compares."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.lexicon import is_group_noun, is_person_noun, supersense
from factloom.extract.mentions import name_tokens
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import is_name, noun_complements, of_complement, role_lemma
from factloom.extract.tokens import Sentence, Token


def copula(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A form of "be", "become" or "remain" with what the subject is: "Lyon is a city in France"."""
    for clause in found:
        if _appointed(clause):
            assert clause.subject is not None and clause.complement is not None
            yield from nominal(sentence, clause, clause.subject, clause.complement, "appointed")
        served = _served(clause)
        if served is not None and clause.subject is not None:
            yield from _serving(sentence, clause, clause.subject, served)
        if not clause.copular and clause.head.lemma not in ("become", "remain"):
            continue
        subject, complement = clause.subject, clause.complement
        if clause.head.child("expl") is not None:
            yield from _existential(sentence, clause)
        elif subject is None:
            if complement is not None and _place_first(clause):
                yield from _inverted(sentence, clause, complement)
        elif complement is None:
            yield from _located(sentence, clause, subject)
        elif clause.head.lemma == "become" and complement.tag == "NNPS":
            continue  # a title that is won: "became World Champions"
        elif complement.pos in ("NOUN", "PROPN", "PRON", "NUM"):
            yield from nominal(sentence, clause, subject, complement, "copula")
        elif complement.pos in ("ADJ", "VERB", "ADV", "ADP"):
            yield from _adjectival(sentence, clause, subject, complement)


# Passive verbs after which the subject is what the complement says.
_APPOINTING = frozenset(
    {"elect", "appoint", "name", "make", "crown", "choose", "select", "ordain", "declare", "install"}
)


def _appointed(clause: Clause) -> bool:
    """She is a fellow from then on: "was elected a fellow of the Royal Society"."""
    noun = clause.complement
    if noun is None or noun.dep != "oprd" or noun.pos != "NOUN" or clause.subject is None:
        return False
    # "was named after Poland, her country"
    namesake = any(p.marker in ("after", "for") for p in clause.preps)
    return clause.passive and clause.head.lemma in _APPOINTING and not namesake


def _served(clause: Clause) -> Token | None:
    """The office in "served as chairman of the board", the part in "operates as a subsidiary of Bolt"."""
    if clause.head.lemma not in (_JOINING if clause.objects else _SERVING):
        return None
    nouns = (p.head for p in clause.preps if p.marker == "as" and p.head.ent in ("", "ORG"))
    return next((n for n in nouns if _person(n) or is_group_noun(n.lemma.lower())), None)


def _serving(sentence: Sentence, clause: Clause, subject: Token, noun: Token) -> Iterator[Proposition]:
    """What the noun behind "as" is a role towards, or else whom one joined: "joined Bolt as CEO"."""
    ends = _towards(noun) or [(o, "of", (noun,)) for o in clause.objects[:1]]
    for owner, marker, words in ends:
        yield Proposition(
            "served, role", Form.ROLE, sentence, subject, owner, f"{role_lemma(noun)} {marker}", words
        ).with_status(clause)


_JOINING = frozenset({"join", "lead", "head", "run"})
_SERVING = frozenset("serve work act operate exist function continue form establish found create".split())
_NAMED = frozenset({"ORG", "EVENT", "WORK_OF_ART"})
# Prepositions that tie a role to what it is a role in; others add something else ("with", "than").
_ROLE_MARKERS = frozenset({"of", "in", "at", "for", "to", "on", "from"})


def nominal(
    sentence: Sentence,
    clause: Clause | None,
    subject: Token,
    noun: Token,
    rule: str,
    *,
    presupposed: bool = False,
) -> Iterator[Proposition]:
    """`subject` is `noun`: its kind, and the role the noun gives it towards what follows "of"."""

    def settle(p: Proposition) -> Proposition:
        p.alone = presupposed and noun.tag == "NN"  # "the poet Lord Byron and his wife Annabella"
        return p.presupposed(clause) if presupposed else p.with_status(clause)

    if is_name(noun) and not is_name(subject):  # "The chief executive of Ford is Jim Farley."
        if any(c.norm in ("a", "an") for c in noun.kids("det")):
            return  # "The school is an Academy"
        subject, noun = noun, subject
    if noun.pos == "NUM" or noun.ent in _MEASURES:
        yield from _value(sentence, clause, subject, noun)
        return
    noun = _one_of(noun)
    relation = (clause.head,) if clause is not None and not presupposed else (noun,)
    preps = () if clause is None or presupposed else tuple(clause.preps)
    others = [n for n in _further(noun) if n.tag == noun.tag == "NN" and not _names_somebody(n)]
    for role in (noun, *others):
        for owner, marker, words in _towards(role) or _shared(role, noun):
            pattern = f"{role_lemma(role)} {marker}"
            yield settle(
                Proposition(f"{rule}, role", Form.ROLE, sentence, subject, owner, pattern, words, preps)
            )
    for other in others:
        if not _relates(other):
            yield settle(Proposition(f"{rule}, kind", Form.KIND, sentence, subject, other, "be", relation))
    if not is_name(noun):
        yield settle(Proposition(f"{rule}, kind", Form.KIND, sentence, subject, noun, "be", relation))


def _further(noun: Token) -> list[Token]:
    """What else the noun phrase says: "a poet and critic", "an economist, head of Naftogaz"."""
    found = [n for n in conjuncts(noun) if n is not noun and n.pos == "NOUN"]
    for part in (noun, *found):
        found += [
            n
            for a in part.kids("appos")
            for n in conjuncts(a)
            if n.pos == "NOUN" and _person(n) and _person(noun)
        ]
    return list(dict.fromkeys(found))


def _person(noun: Token) -> bool:
    return is_person_noun(noun.lemma.lower())


def _names_somebody(noun: Token) -> bool:
    """Whether a name behind the noun says who that is: "the son of a baker and the actress Alla Roe"."""
    return any(is_name(c) and c.i > noun.i for c in noun.kids("appos", "compound", "nmod")) or (
        noun.dep in ("compound", "nmod") and is_name(noun.head)
    )


def _shared(role: Token, first: Token) -> list[tuple[Token, str, tuple[Token, ...]]]:
    """What the first of two roles is towards, where it stands behind both: "founder and CEO of Altiscale"."""
    return [x for x in _towards(first) if x[0].i > role.i > first.i] if role is not first else []


def _relates(noun: Token) -> bool:
    """Whether the noun has a possessor or complement that it is towards."""
    return bool(noun.kids("poss", "prep"))


_TIMES = frozenset(
    "history time year decade century age memory season relation addition terms order favor".split()
)
_MEASURES = frozenset({"MONEY", "PERCENT", "QUANTITY"})


def _one_of(noun: Token) -> Token:
    """The kind in "one of the suppliers of Tesla", "the second of four children"."""
    group = of_complement(noun)
    picks = noun.lemma == "one" or noun.ent == "ORDINAL"
    return group.head if picks and group is not None and group.head.pos == "NOUN" else noun


def _value(sentence: Sentence, clause: Clause | None, noun: Token, number: Token) -> Iterator[Proposition]:
    """What a noun of something amounts to: "The population of Iceland is 380,000"."""
    for owner, _, words in _towards(noun):
        pattern = f"{role_lemma(noun)} of"
        yield Proposition(
            "copula, value",
            Form.VALUE,
            sentence,
            owner,
            number,
            pattern,
            words,
            tuple(clause.preps) if clause is not None else (),
        ).with_status(clause)
        return


def _place_first(clause: Clause) -> bool:
    return clause.copular and bool(clause.preps) and clause.preps[0].prep.i < clause.head.i


def _inverted(sentence: Sentence, clause: Clause, complement: Token) -> Iterator[Proposition]:
    """The subject follows, the place comes first: "At one end of the spectrum is DeepSeek"."""
    place = clause.preps[0]
    yield Proposition(
        "inverted copula",
        Form.VERB,
        sentence,
        complement,
        place.head,
        f"be {place.marker}",
        (clause.head, place.prep),
    ).with_status(clause)


def _towards(noun: Token) -> list[tuple[Token, str, tuple[Token, ...]]]:
    """What a noun is a role towards, by preposition, possessor or name in front, with marker and words."""
    return list(_complements(noun))


def _complements(noun: Token) -> Iterator[tuple[Token, str, tuple[Token, ...]]]:
    inside = set(name_tokens(noun)) if is_name(noun) else set()
    of = of_complement(noun) is not None
    for complement in noun_complements(noun):
        if complement.head in inside:
            continue  # "University of Ibadan" is one name
        if complement.marker == "in" and complement.head.lemma in _TIMES:
            continue  # "the youngest leader in the country's history"
        if of and complement.marker in ("for", "on"):
            continue  # "a member of the council for trade" is no member for trade
        author = complement.marker == "by" and is_name(complement.head)
        if (complement.marker in _ROLE_MARKERS or author) and complement.head.pos != "VERB":
            yield complement.head, complement.marker, (noun, complement.prep)
    possessor = noun.child("poss")
    if possessor is not None:
        yield possessor, "of", (noun,)
    for name in noun.kids("compound", "nmod"):  # "a Tampa native", "a Labour Party politician"
        if noun.tag == "NNS" and noun.lemma in _KIN:
            continue  # "the Barclay twins" are no twins of Barclay
        place = name.ent in ("GPE", "LOC") and noun.lemma in ("native", "resident")
        if is_name(name) and name.i < noun.i and (place or (name.ent in _NAMED and _person(noun))):
            yield name, "of", (noun,)


_KIN = frozenset({"twin", "brother", "sister", "sibling", "cousin", "triplet"})


def _located(sentence: Sentence, clause: Clause, subject: Token) -> Iterator[Proposition]:
    for place in clause.preps:
        sense = supersense(subject.lemma.lower()) if subject.pos == "NOUN" else None
        most = any(c.tag == "JJS" for c in subject.kids("amod"))
        nowhere = sense in _NOWHERE or (most and sense in ("act", "event"))  # "the biggest jump was in Italy"
        if (
            place.prep.i > clause.head.i
            and place.head.pos != "VERB"
            and not (nowhere and place.marker == "in")
        ):
            yield Proposition(
                "copula and preposition",
                Form.VERB,
                sentence,
                subject,
                place.head,
                f"be {place.marker}",
                (clause.head, place.prep),
                tuple(p for p in clause.preps if p is not place),
                tuple(clause.times),
            ).with_status(clause)
            return


_RANKS = frozenset({"first", "second", "third", "last", "latest", "next", "only"})


def _adjectival(
    sentence: Sentence, clause: Clause, subject: Token, adjective: Token
) -> Iterator[Proposition]:
    """The preposition carries the object: "smaller than Mars", "responsible for safety"."""
    if adjective.norm in _RANKS and any(p.marker == "of" for p in noun_complements(adjective)):
        return  # "the first of the four to speak": what it is the first in lies further on
    targets = [*noun_complements(adjective), *(p for p in clause.preps if p.prep.i > adjective.i)]
    for complement in targets:
        if complement.head.pos != "VERB" and complement.marker not in (
            "than in",
            "as",
            "unlike",
            "like",
            "than" if adjective.tag != "JJR" else "",
        ):
            yield Proposition(
                "adjective and preposition",
                Form.VERB,
                sentence,
                subject,
                complement.head,
                f"be {adjective.norm} {complement.marker}",
                (clause.head, adjective, complement.prep),
            ).with_status(clause)
            return


# What is in no place, though there is much of it there: "There are strong hints in the country".
_NOWHERE = frozenset(
    {"communication", "cognition", "feeling", "state", "attribute", "motive", "relation", "phenomenon"}
)


def _existential(sentence: Sentence, clause: Clause) -> Iterator[Proposition]:
    """The states are in the union: "There are 27 states in the union"."""
    thing = clause.complement or (clause.objects[0] if clause.objects else None)
    if thing is None:
        return
    places = [
        c
        for c in [*noun_complements(thing), *clause.preps]
        if c.marker in ("in", "at", "on", "within", "between")
    ]
    if places and of_complement(thing) is None and supersense(thing.lemma.lower()) not in _NOWHERE:
        yield Proposition(
            "existential",
            Form.VERB,
            sentence,
            thing,
            places[0].head,
            f"be {places[0].marker}",
            (clause.head, places[0].prep),
        ).with_status(clause)
