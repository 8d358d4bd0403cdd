"""The names of one document: gathered from its sentences, joined when they are variants of one.

Takes the repaired sentences and what rules say about kinds and aliases; gives a `Names` table that
tells for every name head the node it belongs to. What a node's class is, is voted in
`extract.entities`; which two names are one, is told by `extract.variants`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from factloom.extract.entities import COMPANY, COUNTRY, ORGANIZATION, PERSON, PLACE, SIGNATURE_WEIGHT, Node
from factloom.extract.lexicon import (
    gender_of,
    is_a,
    is_country,
    is_person_noun,
    place_kind,
    senses,
    supersense,
)
from factloom.extract.mentions import describe, honorific_gender, is_name_head, name_tokens
from factloom.extract.tokens import Sentence, Token
from factloom.extract.variants import VARIANTS, blocks, has_corporate_ending
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.schema import Schema

# How much each kind of evidence weighs in the vote for a name's class.
_NOUN_WEIGHT, _GAZETTEER_WEIGHT, _SUFFIX_WEIGHT, _GIVEN_NAME_WEIGHT = 4.5, 5.0, 4.0, 1.5
_TORN_NOUN_WEIGHT, _FAMILY_NAME_WEIGHT = 1.0, 2.0
_PLACE_WEIGHT, _SHAPE_WEIGHT, _GUESS_WEIGHT, _TITLE_WEIGHT = 1.5, 1.5, 0.5, 3.0
_VERSION = re.compile(r"\s(v?\d+(\.\d+)*[a-z]?|[IVX]{2,})$", re.I)
_CAMEL = re.compile(r"[a-z][A-Z]")
_FAMILY_PREFIX = re.compile(r"\b(Ma?c|De|La|Le|Van|Von|Fitz|O')[A-Z]")
# Classes that a name wears openly ("Atlantic Cup", "Nobel Prize"); a firm may be called anything
# ("Brightwell Semiconductor").
_TOLD_BY_NAME = (FL + "Event", FL + "Award", FL + "Law")
_INSIDE = frozenset({"compound", "nmod", "amod", "nummod", "punct", "cc"})
_ORGANIZATION_NOUNS = words(
    """
    united rovers athletic wanderers fc university college school institute academy ministry department
    agency commission committee council bank fund association federation union party court parliament
    congress senate army navy club society foundation organization organisation corporation company
    group times post news press laboratory laboratories bureau therapeutics pharmaceuticals biosciences
    technologies industries partners capital ventures airlines airways solutions studios records pictures
    entertainment insurance holdings
    """
)


# What is of these kinds is no organization, person or place, whatever the recogniser says.
_NATURAL = frozenset({"substance", "animal", "plant", "food", "body", "phenomenon", "shape", "object"})
# Nouns for persons by their form that are as often said of a firm, a country or a product.
_DOERS = words(
    """
    miner shareholder stakeholder owner maker supplier carrier operator producer investor lender partner rival
    member sponsor player competitor buyer seller bidder holder provider developer publisher distributor
    builder designer brewer insurer trader exporter importer refiner processor pioneer champion employer
    backer user
    customer client host neighbor neighbour opponent donor contractor creditor landlord tenant successor
    predecessor counterpart namesake twin challenger winner loser contender favorite favourite runner-up
    """
)


class Names:
    """The names of a document. Build with `gather`, then `join`; `node(token)` answers for name heads."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._by_text: dict[str, Node] = {}
        self._by_token: dict[Token, Node] = {}
        self._heads: set[Token] = set()

    # ------------------------------------------------------------------ gathering

    def gather(self, sentences: Sequence[Sentence]) -> None:
        """Collect every name of the sentences with its NER votes.

        Running text comes first: a headline's short form is no first mention.
        """
        for sentence in sorted(sentences, key=_is_heading):
            covered: set[Token] = set()
            for token in sentence.tokens:
                if is_name_head(token) and token not in covered and _heads_name(token):
                    words = name_tokens(token)
                    covered.update(words)
                    self._add(token, words)

    def _add(self, head: Token, words: list[Token]) -> None:
        name = describe(head).name or head.text
        node = self._by_text.get(name)
        if node is None:
            node = self._by_text[name] = Node(name, first=words[0].start)
            self._judge(node, words)
        node.forms[name] += 1
        node.plural |= head.tag == "NNPS" and head.ent == "NORP"
        node.articled |= head.tag == "NNP" and any(c.norm == "the" for c in head.kids("det"))
        honorific = honorific_gender(head, words)
        if honorific is not None:
            node.gender = honorific
            node.support(PERSON, _GIVEN_NAME_WEIGHT if node.votes.get(PERSON) else _TITLE_WEIGHT)
        self._recognise(node, head.ent or next((t.ent for t in words if t.ent), ""))
        self._recognise(node, _conjunct_label(head))
        for word in words:
            self._by_token[word] = node
        self._by_token[head] = node
        self._heads.add(head)

    def _recognise(self, node: Node, label: str) -> None:
        """Count what the recogniser calls the name, unless its letters say otherwise."""
        name = node.label
        iri = self._schema.class_of_ner(label) if label else None
        camel = _CAMEL.search(name) and not _FAMILY_PREFIX.search(name)
        if camel and iri is not None and (iri == PERSON or self._schema.is_a(iri, PLACE)):
            iri = ORGANIZATION  # no person and no place is written OpenAI
        acronym = name.isupper() and len(name) <= 4 and not is_country(name) and place_kind(name) is None
        if iri is not None and not (acronym and self._schema.is_a(iri, PLACE)):  # "AI" is no place
            node.ner[iri] += 1

    # ------------------------------------------------------------------ what a name says by itself

    def _judge(self, node: Node, words: list[Token]) -> None:
        """Vote for the class by lists of names, by the name's own nouns and by its letters."""
        self._listed(node)
        if has_corporate_ending(node.label):
            node.support(COMPANY, _SUFFIX_WEIGHT)
        noun_class = self._noun_in_name(words)
        if noun_class is not None:
            strong = any(self._schema.is_a(noun_class, iri) for iri in (ORGANIZATION, PLACE, *_TOLD_BY_NAME))
            node.support(noun_class, _SUFFIX_WEIGHT if strong else 1.0)
        if _VERSION.search(node.label):
            node.support(FL + "Product", _SHAPE_WEIGHT)
        gender = gender_of(_plain(words[0].text)) if len(words) >= 2 else None
        if gender is not None and noun_class is None:
            node.support(PERSON, _GIVEN_NAME_WEIGHT)
            node.gender = gender

    def _listed(self, node: Node) -> None:
        """Vote by the user's own list of names, then by the gazetteer of places."""
        name = node.label
        listed = self._schema.names.get(name.casefold()) if self._schema.names else None
        if listed is not None:
            node.support(listed.kind, 3 * _GAZETTEER_WEIGHT)
        if is_country(name):
            node.support(COUNTRY, _GAZETTEER_WEIGHT)
        elif (kind := place_kind(name)) is not None:
            node.support(self._schema.class_of_noun(kind) or PLACE, _PLACE_WEIGHT)

    def _noun_in_name(self, words: list[Token]) -> str | None:
        """What the name says of its class: "Harvard University", "Ministry of Finance"."""
        if len(words) < 2:
            return None
        class_of_noun = self._schema.class_of_noun
        for word, following in pairwise(words):
            if following.norm in ("of", "in", "for") and (iri := class_of_noun(word.norm)) is not None:
                return iri
        for word in (words[-1], words[0]):
            if word.norm in _ORGANIZATION_NOUNS and (word is words[-1] or words[1].norm == "of"):
                return class_of_noun(word.norm) or ORGANIZATION
        last = words[-1]
        if not last.text.istitle():
            return None
        many = class_of_noun(last.norm.removesuffix("s")) if last.tag == "NNPS" else None
        told = any(many is not None and self._schema.is_a(many, iri) for iri in _TOLD_BY_NAME)
        return class_of_noun(last.norm) or (many if told else None)  # "the Harbour Song Festivals"

    # ------------------------------------------------------------------ asking

    def node(self, token: Token) -> Node | None:
        """The node of the name that this token belongs to."""
        node = self._by_token.get(token)
        return node.final() if node is not None else None

    def heads(self, token: Token) -> bool:
        """Whether the token heads a gathered name, so that each mention counts once."""
        return token in self._heads

    def place(self, label: str, token: Token) -> Node:
        """The node of a country or region met only through its adjective."""
        node = self._by_text.get(label)
        if node is None:
            node = self._by_text[label] = Node(label, first=token.start)
            self._judge(node, [token])
            node.support(COUNTRY if is_country(label) else PLACE, _GAZETTEER_WEIGHT)
        return node.final()

    def nodes(self) -> list[Node]:
        """All nodes that stand for themselves, in order of first mention."""
        return sorted(
            (n for n in self._by_text.values() if n.merged is None), key=lambda n: (n.first, n.label)
        )

    # ------------------------------------------------------------------ what the text says of a name

    def describe(self, token: Token, noun: str, *, past: bool = False) -> None:
        """A noun said of a name ("a startup", "president") votes for its class.

        By what somebody was in the `past` they are not resumed: "the president" is not the former one.
        """
        node = self.node(token)
        if node is None:
            return
        last = noun.split()[-1]
        node.gender = node.gender or ("m" if is_a(last, "male") else "f" if is_a(last, "female") else None)
        if not past:
            node.nouns[last] += 1
            node.nouns[noun] += 1
        iri = self._schema.class_of_noun(noun) or self._schema.class_of_noun(last)
        if iri is not None and iri != CONCEPT:
            # "his assistant, Maria Koller": an assistant may be a program or a person
            person = bool(node.votes.get(PERSON)) or bool(node.ner.get(PERSON))
            torn = person and "person" in senses(last)[:3] and self._schema.is_a(iri, FL + "Product")
            node.support(iri, _TORN_NOUN_WEIGHT if torn else _NOUN_WEIGHT)
        elif iri is None and is_person_noun(last) and not _company_does(noun):
            node.support(PERSON, _NOUN_WEIGHT)
        elif iri is None and supersense(last) in _NATURAL:
            node.ner.clear()  # "a protein called AFP-7": the recogniser's organization is none

    def demand(self, token: Token, wanted: tuple[str, ...]) -> None:
        """Vote for the class a construction asks of a name; of several the first, where none fits."""
        node = self.node(token)
        if node is None or not wanted or wanted[0] not in self._schema.classes:
            return
        kind = node.best(self._schema)
        if self._surely_place(node, wanted):
            return
        foreign = (
            self._schema.is_a(kind, PLACE) and place_kind(node.label) is None and not is_country(node.label)
        )
        fits = kind == THING or (
            not foreign and any(self._schema.is_a(kind, w) or self._schema.is_a(w, kind) for w in wanted)
        )
        if len(wanted) == 1 or not fits:
            # What a user's ontology asks for is meant: twice the weight of the core's.
            own = not wanted[0].startswith(FL)
            node.support(wanted[0], SIGNATURE_WEIGHT * (2 if own else 1))
        elif not token.ent:
            node.support(wanted[0], _GUESS_WEIGHT)

    def _surely_place(self, node: Node, wanted: tuple[str, ...]) -> bool:
        """Whether gazetteer and recogniser agree on a place, and no team, government or work is asked for."""
        known = place_kind(node.label) is not None or is_country(node.label)
        seen = bool(node.ner) and all(self._schema.is_a(iri, PLACE) for iri in node.ner)
        free = (ORGANIZATION, FL + "CreativeWork")  # teams and films are called like places
        return known and seen and not any(self._schema.is_a(w, iri) for w in wanted for iri in free)

    def support(self, token: Token, iri: str, weight: float) -> None:
        """What a relation or an agreement demands of the name votes for its class."""
        node = self.node(token)
        if node is not None and iri in self._schema.classes:
            node.support(iri, weight)

    def correct(self, token: Token, iri: str, weight: float, *, wrong: str) -> None:
        """Vote for the class if the name is taken for something of the class that is ruled out."""
        node = self.node(token)
        if node is not None and self._schema.is_a(node.best(self._schema), wrong):
            self.support(token, iri, weight)

    # ------------------------------------------------------------------ joining

    def merge(self, one: Node, other: Node, why: str) -> None:
        """Join two nodes; the one with the fuller label stays."""
        one, other = one.final(), other.final()
        if one is not other:
            keep, gone = sorted(
                (one, other), key=lambda n: (-len(n.label.split()), -len(n.label), n.first, n.label)
            )
            keep.absorb(gone, why)

    def join(self) -> None:
        """Join the variants of one name: case, "the", corporate endings, initials, last names."""
        self._family_names()
        for name, variants in VARIANTS.items():
            nodes = self.nodes()
            index = blocks(nodes)
            for node in nodes:
                for other in variants(node, index, self._schema):
                    why = f"alias: {node.label!r} and {other.label!r} are one name ({name})"
                    self.merge(node, other, why)

    def _family_names(self) -> None:
        """A last word that also stands alone as a name makes the whole a person's: "Emeka Nwosu … Nwosu"."""
        single = {n.label for n in self.nodes() if len(n.label.split()) == 1}
        for node in self.nodes():
            parts = node.label.split()
            if 2 <= len(parts) <= 3 and parts[-1] in single and parts[0] not in single:
                alone = self._by_text[parts[-1]].final()
                if any(self._schema.is_a(iri, ORGANIZATION) for iri in alone.votes):
                    continue  # "Universal released two films", "Vivendi Universal"
                if place_kind(parts[-1]) is not None:
                    continue  # "Western Ukraine … Ukraine"
                if not place_kind(node.label) and not any(w.casefold() in _ORGANIZATION_NOUNS for w in parts):
                    node.support(PERSON, _FAMILY_NAME_WEIGHT)


def _is_heading(sentence: Sentence) -> bool:
    """Whether the line ends without a stop."""
    return not sentence.text.rstrip("\"'”’) ").endswith((".", "!", "?", ":", ";", "…"))


def _company_does(noun: str) -> bool:
    """Whether a noun for a doer is said of firms and things as well: "miner", "shareholder", "successor"."""
    return noun.split()[-1] in _DOERS or noun.startswith(("market ", "industry ", "world ", "global "))


def _plain(word: str) -> str:
    """The word without accents, for look-up in lists of names."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _conjunct_label(head: Token) -> str:
    """The recogniser's label of the name that this one is coordinated with, when it has none itself."""
    return head.head.ent if head.dep == "conj" and is_name_head(head.head) else ""


def _heads_name(token: Token) -> bool:
    """Not a part of a longer name: a compound whose name ends before the token it modifies counts."""
    head = token
    while head.dep in _INSIDE and head.head.i > head.i:
        head = head.head
        if is_name_head(head) and token in name_tokens(head):
            return False
    return True
