"""What has been said so far in one document: the things later words may refer to.

Takes sentences with their clauses in reading order; keeps the candidates for references with their
prominence, the nodes of descriptions and kinds, and which clause a word stands in. Choosing among
the candidates is left to `extract.pronouns` and `extract.descriptions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factloom.extract.clauses import Clause
from factloom.extract.entities import PERSON, Node
from factloom.extract.factuality import SPEECH
from factloom.extract.lexicon import is_person_noun, place_of, senses, verb_of
from factloom.extract.mentions import is_name_head
from factloom.extract.names import Names
from factloom.extract.roles import compound_before
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.namespaces import CONCEPT, FL
from factloom.ontology.schema import Schema

WINDOW = 3  # sentences looked back for a description; pronouns look back two


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that later words may refer to.

    `sentence` and `position` are the indices of its sentence and of its head there; `role` is its
    prominence, from 0 (a modifier) to 4 (the main subject).
    """

    node: Node
    sentence: int
    position: int
    role: int
    head: Token


@dataclass(frozen=True, slots=True)
class Resolved:
    """A node with the words that stand for it and the step that led there ("" for a plain name).

    `vague` words say nothing by themselves; `lost` ones resume something that was not found; `thin` ones
    name a deed, a state or a thought and nothing that tells which: "a decision", "the method".
    """

    node: Node
    tokens: tuple[Token, ...]
    step: str = ""
    vague: bool = False
    lost: bool = False
    thin: bool = False


# The nodes of one head alone, None when it can't be told.
Resolve = Callable[[Token], list[Resolved] | None]


class Discourse:
    """The state of one document that all ways of referring share; feed the sentences with `enter`."""

    def __init__(self, names: Names, schema: Schema, document_id: str) -> None:
        self.names = names
        self.schema = schema
        self.document_id = document_id
        self.candidates: list[Candidate] = []
        self.described: dict[Token, Token] = {}
        self.by_heading_word: dict[str, Node] = {}
        self.sentences: dict[Token, Sentence] = {}
        self.clauses: dict[Token, Clause] = {}
        self._nominals: dict[str, Node] = {}
        self._concepts: dict[str, Node] = {}
        self._tied: set[Node] = set()
        self.topics: set[Node] = set()
        self.origins: dict[Node, set[str]] = {}

    def enter(self, sentence: Sentence, found: Iterable[Clause]) -> None:
        """Take in a sentence: its names become candidates, those too far back are forgotten."""
        self.clauses.update((clause.head, clause) for clause in found)
        self.sentences.update((token, sentence) for token in sentence.tokens)
        self.candidates = [c for c in self.candidates if sentence.index - c.sentence <= WINDOW]
        for token in sentence.tokens:
            node = self.names.node(token) if self.names.heads(token) else None
            if node is not None:
                self.add(node, token)
                self.by_heading_word.update(dict.fromkeys(heading_words(node.label), node))

    def entered(self, token: Token) -> bool:
        """Whether the sentence of the token was taken in."""
        return token in self.sentences

    def add(self, node: Node, token: Token) -> None:
        """Make the node a candidate, as the mention that this token heads."""
        self.candidates.append(Candidate(node, self.sentences[token].index, token.i, _role(token), token))

    def clause(self, token: Token) -> Clause | None:
        """The innermost clause that the token stands in."""
        if token in self.clauses:
            return self.clauses[token]
        return next((self.clauses[a] for a in token.ancestors() if a in self.clauses), None)

    def is_a(self, node: Node, iri: str) -> bool:
        """Whether the class that the node has by now lies under this one."""
        return self.schema.is_a(node.best(self.schema), iri)

    def comes_from(self, node: Node, noun: Token) -> None:
        """Remember the places that a noun said of the node tells of its origin."""
        places = origins_of(noun)
        if places:
            self.origins.setdefault(node, set()).update(places)

    def tie(self, node: Node) -> None:
        """Mark a description as tied to a name."""
        self._tied.add(node)

    def tied(self, node: Node) -> bool:
        """Whether the node is a name, or a description tied to one ("Doubao's agent")."""
        return node.kind == "name" or node in self._tied

    def concept(self, label: str, head: Token | None) -> Node:
        """The node of a kind of thing, shared by all that are of this kind."""
        node = self._concepts.get(label)
        if node is None:
            node = self._concepts[label] = Node(label, kind="concept", first=head.start if head else 0)
            node.support(CONCEPT)
        node.forms[label] += 1
        return node

    def nominal(self, head: Token, label: str, noun: str) -> Node:
        """The node of a description, one for each label; the noun tells its class."""
        node = self._nominals.get(label)
        if node is None:
            node = self._nominals[label] = Node(label, kind="nominal", first=head.start)
            node.support(self.class_of(head, noun) or CONCEPT)
        node.forms[label] += 1
        node.nouns[noun] += 1
        return node

    def class_of(self, head: Token, noun: str) -> str | None:
        """The class that a noun gives by itself, read with the compound before it ("social network")."""
        compound = compound_before(head)
        if compound is not None:
            iri = self.schema.class_of_noun(f"{compound.norm} {noun}")
            if iri is not None:
                return iri
        if _bare_singular(head) or _of_what(head):
            return CONCEPT
        iri = self.schema.class_of_noun(noun)
        if iri is not None and self.schema.is_a(iri, FL + "Product") and _deed_of(head, noun):
            return CONCEPT
        return iri or (PERSON if is_person_noun(noun) else None)


def origins_of(noun: Token) -> set[str]:
    """The places that the adjectives of a noun, or the noun itself, tell: "the Swedish company"."""
    words = [noun.norm, *(c.norm for c in noun.kids("amod", "compound", "nmod"))]
    return {place for w in words if (place := place_of(w)) is not None}


def heading_words(name: str) -> tuple[str, ...]:
    """The word by which a name is resumed: its last, or the one before "of" ("Ministry of Transport")."""
    parts = name.casefold().split()
    return (parts[parts.index("of") - 1],) if "of" in parts[1:-1] else (parts[-1],)


def _bare_singular(head: Token) -> bool:
    """A singular without determiner that is no subject is a mass or a role: "as chief executive"."""
    bare = head.tag == "NN" and head.child("det", "poss", "nummod") is None
    return bare and head.dep not in ("nsubj", "nsubjpass")


def _deed_of(head: Token, noun: str) -> bool:
    """Whether a noun for products tells what is done to something: "the release of the prisoners"."""
    deed = verb_of(noun) is not None and "act" in senses(noun)
    return deed and any(p.norm == "of" for p in head.kids("prep"))


_PAPERS = frozenset({"share", "stock", "bond", "profit", "revenue", "sale", "earnings"})


def _of_what(head: Token) -> bool:
    """A noun for places before "of" and a thing is none: "a state of emergency", "an area of research"."""
    if head.lemma.lower() not in ("state", "area", "region", "field", "island"):
        return False
    return any(c.pos == "NOUN" for p in head.kids("prep") if p.norm == "of" for c in p.kids("pobj"))


def _told_behind(verb: Token) -> bool:
    """Whether it is the main verb and one of speech, behind all that is said."""
    said = verb.child("ccomp")
    return verb.dep == "ROOT" and verb.lemma in SPEECH and said is not None and said.i < verb.i


def _role(token: Token) -> int:
    """Prominence: main subject, subject, object, other; a possessor counts as its noun."""
    while token.dep in ("conj", "appos") or (token.dep in ("compound", "nmod") and is_name_head(token.head)):
        token = token.head
    if token.dep in ("compound", "nmod"):
        return 0
    if token.dep == "ROOT" and token.pos == "PROPN":
        return 4  # a sentence whose verb was not found
    if token.dep in ("nsubj", "nsubjpass"):
        if _told_behind(token.head.head) and token.head.dep == "ccomp":
            return 4  # "The fire has spread, the fire service said": of the fire
        return 4 if token.head.dep == "ROOT" and not _told_behind(token.head) else 3
    if token.dep == "pobj" and token.head.head.lemma in _PAPERS:
        return min(2, _role(token.head.head))  # "Shares in Heineken rose"
    if token.dep == "poss":
        return 2 if _role(token.head) >= 3 else 1
    return 2 if token.dep in ("dobj", "attr", "dative", "agent") else 1
