"""Names that act as organizations do: a name the recogniser calls a place, which nobody else knows as one.

Takes propositions; votes for an organization where an unknown place does, undergoes or has what firms do
("Spotify hired", "sued Nokia", "Voltra's shares"). A place of the gazetteer keeps its class.
"""

from __future__ import annotations

from factloom.extract.entities import ORGANIZATION, PLACE, SIGNATURE_WEIGHT
from factloom.extract.lexicon import is_country, is_person_noun, place_kind
from factloom.extract.mentions import is_name_head
from factloom.extract.names import Names
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.schema import Schema

# What firms do and villages don't.
_DEEDS = words(
    """
    acquire announce appoint beat buy charge compete cut deny develop employ fire fund hire introduce invest
    launch lend license manufacture market merge offer outsell overtake own partner patent pay pledge poach
    produce publish purchase raise recall recruit release rename report say sell settle ship sign spend
    sponsor sue supply test train unveil upgrade
    """
)
# What is done to firms and not to villages.
_SUFFERED = words("acquire buy sue fund fine found sell back finance merge rename hire bankroll")
_TOWARDS = words("invest compete merge partner sign work negotiate")
_WITH_FIRMS = frozenset({"in", "with", "for", "against", "to"})
# What only a firm has.
_HOLDINGS = words(
    """
    share stock profit revenue earnings shareholder investor employee customer ceo founder cofounder
    subsidiary headquarters product app platform chatbot engineer spokesman spokeswoman spokesperson
    lawsuit acquisition merger takeover workforce staff rival competitor
    """
)


def acting(names: Names, p: Proposition, schema: Schema) -> None:
    """Add the votes of one proposition."""
    if p.form is Form.VERB:
        verb, _, marker = p.pattern.partition(" ")
        if verb in _DEEDS:
            _vote(names, p.subject, schema)
        if (verb in _SUFFERED and not marker) or (verb in _TOWARDS and marker in _WITH_FIRMS):
            _vote(names, p.object, schema)
    elif p.form is Form.OWNER and p.object.pos == "NOUN":
        noun = p.object.lemma.lower()
        if noun in _HOLDINGS or (is_person_noun(noun) and noun.endswith(("executive", "officer"))):
            _vote(names, p.subject, schema)


def _vote(names: Names, head: Token, schema: Schema) -> None:
    for token in conjuncts(head):
        node = names.node(token) if is_name_head(token) else None
        if node is None or not schema.is_a(node.best(schema), PLACE):
            continue
        if place_kind(node.label) is None and not is_country(node.label):
            names.support(token, ORGANIZATION, SIGNATURE_WEIGHT)
