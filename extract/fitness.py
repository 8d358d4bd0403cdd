"""What fits into the graph: roles of arguments, words that say nothing alone, amounts and their relations.

Plain judgements for `extract.mapping` over propositions, literals and what their ends stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from factloom.extract.discourse import Resolved
from factloom.extract.drafts import Draft, counted, temporal
from factloom.extract.entities import PERSON, PLACE, Node, at_odds
from factloom.extract.factuality import PLANNING, SPEECH
from factloom.extract.lexicon import hypernyms, is_person_noun, is_verb, supersense
from factloom.extract.literals import FoundLiteral
from factloom.extract.mentions import is_name_head
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import noun_complements
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import FL
from factloom.ontology.records import Literal
from factloom.ontology.schema import RelationTerm, Schema

ROLES = {
    **dict.fromkeys(("in", "at", "on", "near", "inside", "across", "outside"), "place"),
    **dict.fromkeys(("from", "out of"), "source"),
    **dict.fromkeys(("to", "into", "onto", "toward", "towards"), "target"),
    **dict.fromkeys(("by", "through", "via", "using"), "means"),
    **dict.fromkeys(("due to", "because of", "because", "owing to", "thanks to"), "reason"),
    **dict.fromkeys(("over", "about", "regarding"), "topic"),
    **dict.fromkeys(("during", "since", "until", "before", "after"), "time"),
    "for": "purpose",
    "alongside": "with",
}
_SOME = frozenset({"other", "some", "most", "all", "many", "such", "more", "few", "several"})
SIDE_REMARKS = frozenset({"according to", "such as", "like", "including", "than", "as well as"})
EMPTY = words(
    """
    thing way lot part one number kind type sort bit place post position role
    something anything nothing everything rest some all many more most other others much less world
    name word term title phrase ground
    """
)


# Nouns that say something only with what they are of: "is a maker".
PARTIAL = words(
    """
    rival competitor maker member part half native version result example home owner supporter opponent
    co-leader replacement equivalent head subsidiary unit arm division branch chief leader
    co-founder cofounder employee successor
    """
)
# Nouns that say what one is to another, and nothing alone: "his wife Anne", "her predecessor".
TOWARDS_SOMEBODY = words(
    """
    child son daughter father mother parent brother sister sibling twin wife husband spouse widow widower
    fiancé fiancée fiance fiancee partner grandson granddaughter grandfather grandmother grandchild
    grandparent uncle aunt nephew niece cousin stepson stepdaughter stepfather stepmother son-in-law
    daughter-in-law brother-in-law sister-in-law father-in-law mother-in-law ancestor descendant heir
    predecessor successor colleague friend girlfriend boyfriend classmate teammate contemporary namesake
    counterpart neighbor neighbour
    """
)


def is_said(relation: tuple[Token, ...]) -> bool:
    """Whether the lexicon knows the verb; a word read as one by mistake is none: "norths through"."""
    verb = next((t for t in relation if t.pos == "VERB"), None)
    return verb is None or "-" in verb.norm or is_verb(verb.lemma) or is_verb(verb.lemma.split("-")[-1])


def addressed(p: Proposition) -> bool:
    """Whether the object is only who was told: "told reporters", "informed employees that …"."""
    return p.form is Form.VERB and p.pattern in _TELLING and p.object.pos == "NOUN"


_TELLING = frozenset({"tell", "inform", "remind", "assure", "notify"})


def add_time(draft: Draft, found: FoundLiteral) -> None:
    draft.qualifiers.append(("time", found.literal, literal_words(draft.proposition, found)))
    draft.time = draft.time or found.literal.value


def pairs(
    p: Proposition, subjects: list[Resolved], objects: list[Resolved]
) -> Iterator[tuple[Resolved, Resolved]]:
    """Every subject with every object; with "respectively" the first with the first, and so on."""
    if len(subjects) == len(objects) > 1 and any(t.norm == "respectively" for t in p.sentence.tokens):
        yield from zip(subjects, objects, strict=True)
        return
    yield from ((subject, target) for subject in subjects for target in objects)


def literal_words(p: Proposition, found: FoundLiteral) -> tuple[Token, ...]:
    return tuple(p.sentence.tokens[found.start : found.end])


def end_of_range(literal: Literal, p: Proposition) -> Literal:
    """One end of "1769–1821" by itself, no longer as the end of a range."""
    if len(p.object.text) != 9:
        return replace(literal, approximation=None)
    year = p.object.text[5:] if p.pattern == "die on" else p.object.text[:4]
    return replace(literal, value=year, text=year, approximation=None)


_OF_MONEY = frozenset(FL + name for name in ("raises", "costs", "valuedAt", "profit", "revenue"))


def takes(term: RelationTerm, literal: Literal) -> bool:
    """Whether the relation's range and the literal are both dates, or both not; money counts no votes."""
    if term.iri in _OF_MONEY and literal.unit is not None and not literal.unit[:3].isupper():
        return False
    if term.label.lower().endswith("year") and literal.datatype.endswith("date"):
        return False
    return any(r.endswith(("date", "gYear", "gYearMonth")) for r in term.range) == temporal(literal)


def is_measured(literal: Literal) -> bool:
    """Money or a percentage, whose unit is no thing of its own."""
    return literal.unit is not None and (literal.unit.startswith("percent") or literal.unit[:3].isupper())


def counts_things(p: Proposition, literal: Literal) -> bool:
    """Whether the amount counts a noun that may be a thing of its own: "acquired three startups"."""
    return (
        counted(literal) and not is_measured(literal) and p.object.pos == "NOUN" and p.form is not Form.ROLE
    )


def open_amount(p: Proposition, literal: Literal) -> bool:
    """Whether the amount may be the object of an open relation: "lost 20%"."""
    bare = p.object.pos != "NOUN" or is_measured(literal)
    return counted(literal) and bare and p.form is not Form.ROLE


def generic(p: Proposition, subject: Resolved) -> bool:
    """A bare plural or mass noun with a simple present: "Cells contain DNA"."""
    if p.clause is None or subject.step:
        return False
    verb = p.clause.head
    if is_person_noun(p.subject.lemma.lower()) and verb.lemma in SPEECH | PLANNING:
        return False  # "lawyers expect": somebody, somewhere
    if verb.tag not in ("VBZ", "VBP") or verb.child("aux"):
        return False
    before = {c.norm for c in p.subject.children if c.i < p.subject.i}
    return p.subject.pos == "NOUN" and not before & _SOME


def somebody(p: Proposition, subject: Resolved) -> bool:
    """People of a kind and no more: "Astronomers used the Webb telescope"; who were they?"""
    bare = p.subject.tag == "NNS" and not any(
        c.dep not in ("punct", "relcl", "acl", "cc", "conj") for c in p.subject.children
    )
    late = p.sentence.index > 0  # a document's opening presents them
    return late and bare and subject.node.kind == "nominal" and is_person_noun(p.subject.lemma.lower())


LITTLE = frozenset({"little", "much", "more", "less", "most", "many", "few"})
_SHARES = frozenset({"percent", "%", "pct"})


def share_of_something(p: Proposition) -> bool:
    """A percentage of what has no name says nothing as a number: "owns 28 percent of its shares"."""
    whole = any(c.marker == "of" for c in noun_complements(p.object))
    return whole and p.object.norm in _SHARES


def share_of_name(p: Proposition) -> bool:
    """A percentage of something named is a thing, not a number: "owns 3 percent of Nvidia"."""
    whole = next((c.head for c in noun_complements(p.object) if c.marker == "of"), None)
    return whole is not None and is_name_head(whole) and p.object.norm in _SHARES


def told_apart_by(p: Proposition, subject: Resolved, target: Resolved) -> Resolved | None:
    """What a relative clause or participle stands behind, when it is described: "a tooth found in Siberia".

    In a document's first sentence such a clause presents what it describes.
    """
    if p.clause is None or p.clause.kind not in ("acl", "relcl"):
        return None
    passive = p.clause.passive and p.clause.agent is None
    told = passive or p.rule.startswith(("verb", "adjective", "copula"))
    described = subject if told else target
    if p.sentence.index == 0:
        return None
    return described if described.node.kind == "nominal" else None


_DEEDS = frozenset({"act", "event", "process", "time", "phenomenon", "possession"})


def no_person(node: Node, noun: Token, schema: Schema) -> bool:
    """Whether a person is said to be a thing or a deed: "after her divorce Munro …"."""
    word = noun.lemma.lower()
    if not schema.is_a(node.best(schema), PERSON) or is_person_noun(word):
        return False
    told = schema.class_of_noun(word)
    return supersense(word) in _DEEDS and not (told and schema.is_a(told, PERSON))


def kind_at_odds(node: Node, concept: str, schema: Schema) -> bool:
    """Whether nothing can be both: "It is a spacecraft" does not speak of Japan."""
    said = schema.class_of_noun(concept) or schema.class_of_noun(concept.split()[-1])
    return at_odds(node, said, schema)


def misread_relative(p: Proposition, target: Resolved, schema: Schema) -> bool:
    """Whether a relative clause says of a named place what is said of other things alone: "a project off
    the coast of New York, which is developed by Equinor".
    """
    if p.clause is None or p.clause.kind != "relcl" or target.node.kind != "name":
        return False
    return schema.is_a(target.node.best(schema), PLACE) and p.object is p.clause.head.head


# Words for what a noun is a kind of that may stand for it: doctorate, degree.
_KIN = 7


def said_with_noun(p: Proposition, known: Callable[[str], bool]) -> Proposition:
    """The ontology may say a relation with verb and noun: "hold stake in", "file lawsuit against".

    What the noun is a kind of will do: "received a doctorate from", by "receive degree from". `known` tells
    which patterns the ontology has.
    """
    if p.form is not Form.VERB or p.object.pos != "NOUN":
        return p
    noun = p.object.lemma.lower()
    for a in (*noun_complements(p.object), *p.arguments):
        patterns = (f"{p.pattern} {word} {a.marker}" for word in (noun, *hypernyms(noun)[:_KIN]))
        pattern = next(filter(known, patterns), None)
        if pattern is not None and a.head.pos not in ("VERB", "AUX") and a.prep.i > p.object.i:
            rest = tuple(b for b in p.arguments if b is not a)
            return replace(p, rule="light verb", object=a.head, pattern=pattern, arguments=rest)
    return p
