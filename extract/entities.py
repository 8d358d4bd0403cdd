"""Who is who in one document: names gathered, variants of one name joined, classes voted.

Takes the repaired sentences and what rules say about kinds and aliases; gives a `Names` table that
tells for every name head the node it belongs to. A node's class is voted over the whole document:
NER labels, describing nouns, gazetteers, given names; single votes of a small model are noise.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from factloom.extract.lexicon import gender_of, is_a, is_country, place_kind, place_of, supersense
from factloom.extract.mentions import describe, is_name_head, name_tokens
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT, FL, THING
from factloom.ontology.schema import Schema

PERSON, ORGANIZATION, COMPANY, COUNTRY, PLACE = (
    FL + "Person",
    FL + "Organization",
    FL + "Company",
    FL + "Country",
    FL + "Place",
)
# NER votes count together as one: a small model repeats its mistakes at every mention.
_NER_WEIGHT, _NOUN_WEIGHT, _GAZETTEER_WEIGHT, _SUFFIX_WEIGHT, _GIVEN_NAME_WEIGHT = 1.5, 3.0, 5.0, 4.0, 1.5
_CORPORATE = re.compile(
    r",?\s+(inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|nv|se|holdings|group)\.?$", re.I
)
_VERSION = re.compile(r"\s(v?\d+(\.\d+)*[a-z]?|[IVX]{2,})$", re.I)
_CAMEL = re.compile(r"[a-z][A-Z]")
_FAMILY_PREFIX = re.compile(r"\b(Ma?c|De|La|Le|Van|Von|Fitz|O')[A-Z]")
_SHAPE_WEIGHT = 1.5
SIGNATURE_WEIGHT, _GUESS_WEIGHT = 1.6, 0.5
# Classes that a name wears openly ("Atlantic Cup", "Nobel Prize"); a firm may be called anything ("Brightwell Semiconductor").
_TOLD_BY_NAME = (FL + "Event", FL + "Award", FL + "Law")
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "conj", "ROOT", "attr"})
_ORGANIZATION_NOUNS = words(
    """
    united rovers athletic wanderers fc university college school institute academy ministry department agency commission committee council
    bank fund association federation union party court parliament congress senate army navy club society
    foundation organization organisation corporation company group times post news press laboratory
    laboratories bureau
    """
)


@dataclass(slots=True, eq=False)
class Node:
    """One thing of a document: its label, the forms it was met under, and the votes for its class.

    `kind` is name, nominal or concept; `ner` counts the recogniser's classes, `votes` weighs all other
    evidence; `nouns` are the lemmas that describe it; `first` is the
    character where it is first met; `gender` is m, f or None; `scope` is the document's id for a
    nominal that means nothing outside of it.
    """

    label: str
    kind: str = "name"
    forms: Counter[str] = field(default_factory=Counter)
    votes: Counter[str] = field(default_factory=Counter)
    ner: Counter[str] = field(default_factory=Counter)
    nouns: Counter[str] = field(default_factory=Counter)
    first: int = 0
    plural: bool = False
    gender: str | None = None
    scope: str | None = None
    notes: list[str] = field(default_factory=list)
    merged: Node | None = None

    def final(self) -> Node:
        """The node that this one was joined to, or itself."""
        return self.merged.final() if self.merged is not None else self

    def best(self, schema: Schema) -> str:
        """The class with the most votes, descendants counting for their ancestors; `fl:Thing` without votes."""
        total = sum(self.ner.values())
        votes = Counter(self.votes)
        for iri, count in self.ner.items():
            votes[iri] += _NER_WEIGHT * count / total  # type: ignore[assignment]
        return vote(votes, schema)


def vote(votes: Counter[str], schema: Schema) -> str:
    """The winning class: the strongest branch first, then its most specific member with support.

    A class supports its ancestors; among the classes compatible with the branch the deepest one with
    at least a third of the branch's votes wins, ties by IRI.
    """
    if not votes:
        return THING
    best = min(votes, key=lambda iri: (-_support(iri, votes, schema), iri))
    under = [iri for iri in votes if schema.is_a(iri, best) and votes[iri] >= votes[best] / 3]
    return min(under, key=lambda iri: (-len(schema.ancestors(iri)), -votes[iri], iri), default=best)


def _support(iri: str, votes: Counter[str], schema: Schema) -> float:
    """Votes for the class, for what lies under it, and half of what lies above it."""
    total = 0.0
    for other, weight in votes.items():
        if schema.is_a(other, iri):
            total += weight
        elif schema.is_a(iri, other):
            total += weight * 0.9
    return total


class Names:
    """The names of a document. Build with `gather`, then `join`; `node(token)` answers for name heads."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._by_text: dict[str, Node] = {}
        self._by_token: dict[Token, Node] = {}

    def gather(self, sentences: Sequence[Sentence]) -> None:
        """Collect every name of the sentences with its NER votes."""
        for sentence in sentences:
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
            self._gazetteer(node, words)
        node.forms[name] += 1
        label = head.ent or next((t.ent for t in words if t.ent), "")
        for found in (label, _conjunct_label(head)):
            iri = self._schema.class_of_ner(found) if found else None
            if iri == PERSON and _CAMEL.search(name) and not _FAMILY_PREFIX.search(name):
                iri = ORGANIZATION  # no person is written OpenAI
            acronym = name.isupper() and len(name) <= 4 and not is_country(name) and place_kind(name) is None
            if iri is not None and not (acronym and self._schema.is_a(iri, PLACE)):  # "AI" is no place
                node.ner[iri] += 1
        for word in words:
            self._by_token[word] = node
        self._by_token[head] = node

    def _gazetteer(self, node: Node, words: list[Token]) -> None:
        name = node.label
        listed = self._schema.names.get(name.casefold()) if self._schema.names else None
        if listed is not None:
            node.votes[listed.kind] += 3 * _GAZETTEER_WEIGHT  # type: ignore[assignment]
        if is_country(name):
            node.votes[COUNTRY] += _GAZETTEER_WEIGHT  # type: ignore[assignment]
        elif (kind := place_kind(name)) is not None:
            iri = self._schema.class_of_noun(kind) or PLACE
            node.votes[iri] += 1.5  # type: ignore[assignment]
        if _CORPORATE.search(name):
            node.votes[COMPANY] += _SUFFIX_WEIGHT  # type: ignore[assignment]
        noun_class = self._noun_in_name(words)
        if noun_class is not None:
            strong = any(self._schema.is_a(noun_class, iri) for iri in (ORGANIZATION, PLACE, *_TOLD_BY_NAME))
            node.votes[noun_class] += _SUFFIX_WEIGHT if strong else 1  # type: ignore[assignment]
        shape = self._shape(name)
        if shape is not None:
            node.votes[shape] += _SHAPE_WEIGHT  # type: ignore[assignment]
        gender = gender_of(plain(words[0].text)) if len(words) >= 2 else None
        if gender is not None and noun_class is None:
            node.votes[PERSON] += _GIVEN_NAME_WEIGHT  # type: ignore[assignment]
            node.gender = gender

    def _shape(self, name: str) -> str | None:
        """What the letters tell: a version number makes a product."""
        return FL + "Product" if _VERSION.search(name) else None

    def _noun_in_name(self, words: list[Token]) -> str | None:
        """ "Harvard University", "Ministry of Finance": the name says its class."""
        if len(words) < 2:
            return None
        for i, word in enumerate(words[:-1]):
            if (
                words[i + 1].norm in ("of", "in", "for")
                and (iri := self._schema.class_of_noun(word.norm)) is not None
            ):
                return iri
        for word in (words[-1], words[0]):
            if word.norm in _ORGANIZATION_NOUNS and (word is words[-1] or words[1].norm == "of"):
                return self._schema.class_of_noun(word.norm) or ORGANIZATION
        return self._schema.class_of_noun(words[-1].norm) if words[-1].text.istitle() else None

    def node(self, token: Token) -> Node | None:
        """The node of the name that this token belongs to."""
        node = self._by_token.get(token)
        return node.final() if node is not None else None

    def place(self, label: str, token: Token) -> Node:
        """The node of a country or region met only through its adjective."""
        node = self._by_text.get(label)
        if node is None:
            node = self._by_text[label] = Node(label, first=token.start)
            self._gazetteer(node, [token])
            node.votes[COUNTRY if is_country(label) else PLACE] += _GAZETTEER_WEIGHT  # type: ignore[assignment]
        return node.final()

    def nodes(self) -> list[Node]:
        """All nodes that stand for themselves, in order of first mention."""
        return sorted(
            (n for n in self._by_text.values() if n.merged is None), key=lambda n: (n.first, n.label)
        )

    def describe(self, token: Token, noun: str, *, weight: float = _NOUN_WEIGHT) -> None:
        """A noun said of a name ("a startup", "president") votes for its class."""
        node = self.node(token)
        if node is None:
            return
        last = noun.split()[-1]
        node.gender = node.gender or ("m" if is_a(last, "male") else "f" if is_a(last, "female") else None)
        node.nouns[last] += 1
        node.nouns[noun] += 1
        iri = self._schema.class_of_noun(noun) or self._schema.class_of_noun(noun.split()[-1])
        if iri is not None and iri != CONCEPT:
            node.votes[iri] += weight  # type: ignore[assignment]

    def demand(self, token: Token, wanted: tuple[str, ...]) -> None:
        """What a construction asks of a name: one class fully; of several the first, where nothing else fits."""
        node = self.node(token)
        if node is None or not wanted or wanted[0] not in self._schema.classes:
            return
        kind = node.best(self._schema)
        fits = kind == THING or any(self._schema.is_a(kind, w) or self._schema.is_a(w, kind) for w in wanted)
        if len(wanted) == 1 or not fits:
            node.votes[wanted[0]] += SIGNATURE_WEIGHT  # type: ignore[assignment]
        elif not token.ent:
            node.votes[wanted[0]] += _GUESS_WEIGHT  # type: ignore[assignment]

    def support(self, token: Token, iri: str, weight: float) -> None:
        """What a relation or an agreement demands of the name votes for its class."""
        node = self.node(token)
        if node is not None and iri in self._schema.classes:
            node.votes[iri] += weight  # type: ignore[assignment]

    def merge(self, one: Node, other: Node, why: str) -> None:
        """Join two nodes; the one with the fuller label stays."""
        one, other = one.final(), other.final()
        if one is other:
            return
        keep, gone = sorted(
            (one, other), key=lambda n: (-len(n.label.split()), -len(n.label), n.first, n.label)
        )
        keep.forms.update(gone.forms)
        keep.votes.update(gone.votes)
        if not keep.ner or keep.label == gone.label:
            keep.ner.update(gone.ner)  # otherwise the fuller form's recognition is the better one
        keep.nouns.update(gone.nouns)
        keep.first = min(keep.first, gone.first)
        keep.gender = keep.gender or gone.gender
        keep.notes.append(why)
        gone.merged = keep

    def _family_names(self) -> None:
        """A last word that also stands alone as a name makes the whole a person's: "Emeka Nwosu … Nwosu"."""
        single = {n.label for n in self.nodes() if len(n.label.split()) == 1}
        for node in self.nodes():
            words = node.label.split()
            if 2 <= len(words) <= 3 and words[-1] in single and words[0] not in single:
                if not place_kind(node.label) and not any(w.casefold() in _ORGANIZATION_NOUNS for w in words):
                    node.votes[PERSON] += _GIVEN_NAME_WEIGHT  # type: ignore[assignment]

    def join(self) -> None:
        """Join the variants of one name: case, "the", corporate endings, initials, last names."""
        self._family_names()
        for pair in (_same_letters, _acronym, _last_name, _corporate_short, _first_word):
            nodes = self.nodes()
            index = _index(nodes)
            for node in nodes:
                for other in pair(node, index, self._schema):
                    self.merge(
                        node,
                        other,
                        f"alias: {node.label!r} and {other.label!r} are one name ({pair.__doc__})",
                    )


def _first_word(node: Node, index: _Index, schema: Schema) -> list[Node]:
    """first word of an organization's name"""
    if len(node.label.split()) != 1 or is_country(node.label):
        return []
    place = place_kind(node.label) is not None and schema.is_a(node.best(schema), PLACE)
    found = [
        o
        for o in index.get("^" + node.label.casefold(), [])
        if o is not node and len(o.label.split()) >= 2 and not any(c.isdigit() for c in o.label)
    ]
    organizations = [o for o in found if schema.is_a(o.best(schema), ORGANIZATION)]
    others = [o for o in found if o not in organizations]
    clear = len(organizations) == 1 and all(schema.is_a(o.best(schema), FL + "Product") for o in others)
    met_before = not place_kind(node.label) or organizations[:1] and organizations[0].first < node.first
    return organizations if clear and met_before and not (place and node.ner) else []


def plain(word: str) -> str:
    """The word without accents, for look-up in lists of names."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _conjunct_label(head: Token) -> str:
    """The recogniser's label of the name that this one is coordinated with, when it has none itself."""
    return head.head.ent if head.dep == "conj" and is_name_head(head.head) else ""


def retag_names(sentences: Sequence[Sentence]) -> None:
    """A capitalised word that is a proper noun elsewhere, or that no lexicon knows, is a name ("Reyes had worked")."""
    proper = {t.text for s in sentences for t in s.tokens if t.pos == "PROPN" and t.text[:1].isupper()}
    for sentence in sentences:
        for token in sentence.tokens:
            if token.pos in ("NOUN", "ADJ", "X", "INTJ", "ADV") and token.dep in _ARGUMENTS:
                known = token.text in proper and token.child("det", "poss", "amod") is None
                unknown = token.text[:1].isupper() and token.tag != "NNS" and not is_common(token)
                if (known or unknown) and len(token.text) > 2 and not place_of(token.norm):
                    token.pos, token.tag, token.lemma = "PROPN", "NNP", token.text


def is_common(token: Token) -> bool:
    """Whether the lexicon knows the word as a common noun."""
    return supersense(token.norm) is not None or supersense(token.lemma.lower()) is not None


def _heads_name(token: Token) -> bool:
    """Not a part of a longer name: a compound whose name ends before the token it modifies counts."""
    if token.dep in ("compound", "nmod", "amod", "nummod", "punct", "cc") and token.head.i > token.i:
        head = token
        while head.dep in ("compound", "nmod", "amod", "nummod", "punct", "cc") and head.head.i > head.i:
            head = head.head
            if is_name_head(head) and token in name_tokens(head):
                return False
    return True


_Index = dict[str, list[Node]]


def _index(nodes: list[Node]) -> _Index:
    """Blocking: only nodes that share a key are ever compared, so the cost stays near linear."""
    index: _Index = {}
    for node in nodes:
        for key in sorted(
            {
                letters(node.label),
                node.label.split()[-1].casefold(),
                _initials(node.label),
                letters(_CORPORATE.sub("", node.label)),
                "^" + node.label.split()[0].casefold(),
            }
        ):
            index.setdefault(key, []).append(node)
    return index


def letters(name: str) -> str:
    """The name's letters and digits alone, lower-cased, without a leading "the"."""
    return re.sub(r"[^\w]+", "", re.sub(r"^the\s+", "", name, flags=re.I)).casefold()


def _initials(name: str) -> str:
    words = [w for w in re.split(r"[\s-]+", name) if w and w.casefold() not in ("the", "and", "for", "&")]
    capital = [w[0] for w in words if w[0].isupper()]
    return "." + "".join(capital).casefold() if len(capital) >= 2 else "."


def _same_letters(node: Node, index: _Index, schema: Schema) -> list[Node]:
    """same letters"""
    return [
        o
        for o in index.get(letters(node.label), [])
        if o is not node and letters(o.label) == letters(node.label)
    ]


def _acronym(node: Node, index: _Index, schema: Schema) -> list[Node]:
    """initials"""
    label = node.label.replace(".", "")
    if not (2 <= len(label) <= 6 and label.isupper() and label.isalpha()):
        return []
    found = [o for o in index.get("." + label.casefold(), []) if o is not node and len(o.label.split()) >= 2]
    return found if len(found) == 1 and found[0].best(schema) != PERSON else []


def _last_name(node: Node, index: _Index, schema: Schema) -> list[Node]:
    """last name"""
    if len(node.label.split()) != 1:
        return []
    found = [
        o
        for o in index.get(node.label.casefold(), [])
        if o is not node
        and len(o.label.split()) >= 2
        and _names_person(o, schema)
        and o.label.split()[-1] == node.label
    ]
    earlier = [o for o in found if o.first < node.first]
    return found if len(found) == 1 else sorted(earlier, key=lambda o: o.first)[:1]


def _names_person(node: Node, schema: Schema) -> bool:
    return schema.is_a(node.best(schema), PERSON)


def _corporate_short(node: Node, index: _Index, schema: Schema) -> list[Node]:
    """corporate ending"""
    if not _CORPORATE.search(node.label):
        return []
    short = letters(_CORPORATE.sub("", node.label))
    return [o for o in index.get(short, []) if o is not node and letters(o.label) == short]
