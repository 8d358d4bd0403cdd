"""What a construction demands of the names in it: votes for their classes, before anything is resolved.

Takes propositions whose subject or object is a name; the relations that their words may mean tell
the class of either end where they agree ("coach of X": a team), and agreement tells groups from
persons ("Kingsmere have signed"). Weak votes each; they settle what a small recogniser gets wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from factloom.extract.entities import ORGANIZATION, PERSON, SIGNATURE_WEIGHT
from factloom.extract.mentions import is_name_head
from factloom.extract.names import Names
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Token
from factloom.ontology.namespaces import FL, THING
from factloom.ontology.schema import RelationTerm, Schema

_AGREEMENT_WEIGHT = 2.5
_UNTELLING = frozenset({THING, FL + "Agent"})


def demand(names: Names, p: Proposition, schema: Schema) -> None:
    """Add the votes of one proposition."""
    straight, inverse = _preferred(*_terms(p, schema), schema)
    _vote(names, p.subject, _common([*(t.domain for t in straight), *(t.range for t in inverse)]))
    _vote(names, p.object, _common([*(t.range for t in straight), *(t.domain for t in inverse)]))
    if p.form is Form.ROLE and _officer(p):
        names.correct(p.object, ORGANIZATION, _AGREEMENT_WEIGHT, wrong=PERSON)
        node = names.node(p.object)
        if node is not None and schema.is_a(node.best(schema), ORGANIZATION):
            names.support(p.object, ORGANIZATION, SIGNATURE_WEIGHT)
    if p.form is Form.VERB and _plural_agreement(p):
        names.support(p.subject, ORGANIZATION, _AGREEMENT_WEIGHT)
    elif p.form is Form.VERB and _owns_as_thing(p):
        names.correct(p.subject, ORGANIZATION, _AGREEMENT_WEIGHT, wrong=PERSON)
    elif p.form is Form.LIFE and len(p.relation) > 1:  # "born", "death", two days: more than a bracket
        names.support(p.subject, PERSON, _AGREEMENT_WEIGHT)


_OFFICERS = frozenset("officer president chairman chairwoman ceo cto cfo director analyst engineer".split())


def _officer(p: Proposition) -> bool:
    """Whether it is an office that nobody has with a person: "chief technology officer for Halden"."""
    *noun, marker = p.pattern.split()
    return bool(noun) and noun[-1] in _OFFICERS and marker in ("of", "for", "at", "with")


def _terms(p: Proposition, schema: Schema) -> tuple[Iterable[RelationTerm], Iterable[RelationTerm]]:
    if p.form in (Form.VERB, Form.PASSIVE):
        return schema.relations_by_verb.get(p.pattern, ()), schema.relations_by_verb_inverse.get(
            p.pattern, ()
        )
    if p.form is Form.ROLE:
        straight = schema.relations_by_noun_role.get(p.pattern, ())
        return straight, schema.relations_by_noun_role_inverse.get(p.pattern, ())
    if p.form is Form.NOUN:
        return schema.relations_by_noun.get(p.pattern, ()), ()
    return (), ()


def _preferred(
    straight: Iterable[RelationTerm], inverse: Iterable[RelationTerm], schema: Schema
) -> tuple[list[RelationTerm], list[RelationTerm]]:
    """Where the user's ontology says something with these words, its classes are the ones demanded."""
    one, other = list(straight), list(inverse)
    own = [t for t in one if t.iri in schema.own], [t for t in other if t.iri in schema.own]
    return own if own[0] or own[1] else (one, other)


def _common(classes: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The classes that the readings of the words ask for, in order; none when one of them takes anything."""
    wanted = tuple(dict.fromkeys(iri for options in classes for iri in options))
    return () if set(wanted) & _UNTELLING else wanted


def _vote(names: Names, head: Token, wanted: tuple[str, ...]) -> None:
    for token in conjuncts(head):
        if is_name_head(token):
            names.demand(token, wanted)


def _plural_agreement(p: Proposition) -> bool:
    """A singular name with a plural verb is a collective: "Kingsmere play", "the band have split"."""
    clause = p.clause
    if clause is None or clause.subject is not p.subject or clause.subject_via != "own":
        return False
    if (
        not is_name_head(p.subject)
        or p.subject.ent not in ("PERSON", "")
        or p.subject.child("conj") is not None
    ):
        return False
    finite = next(
        (a for a in clause.head.kids("aux", "auxpass") if a.tag in ("VBP", "VBZ", "VBD", "MD")), clause.head
    )
    return finite.tag == "VBP" and finite.norm not in ("'ve", "’ve", "'re")


def _owns_as_thing(p: Proposition) -> bool:
    """No person has "its": "Halvorsen sold its cruise business"."""
    clause = p.clause
    if clause is None or clause.subject is not p.subject or clause.subject_via not in ("own", "shared"):
        return False
    return is_name_head(p.subject) and any(c.norm == "its" for c in p.object.kids("poss"))
