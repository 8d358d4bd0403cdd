"""What an argument refers to: names, pronouns, possessives, definite descriptions.

Takes heads in reading order with the document's `Names`; gives the nodes they stand for, or nothing
when it is unsure (a statement with an unresolved argument does not enter the graph). Joins what
`extract.discourse` remembers with what `extract.pronouns` and `extract.descriptions` choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factloom.extract.clauses import Clause
from factloom.extract.descriptions import Descriptions
from factloom.extract.discourse import Discourse, Resolved
from factloom.extract.entities import Node
from factloom.extract.mentions import NAMING_WORDS, Reference, describe
from factloom.extract.names import Names
from factloom.extract.phrases import conjuncts
from factloom.extract.pronouns import ARGUMENTS, SINGULAR, Pronouns
from factloom.extract.propositions import Form, Proposition
from factloom.extract.roles import role_tokens
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Modality, Polarity
from factloom.ontology.schema import Schema


class Resolver:
    """Answers for heads of one document; feed the sentences in order with `enter`."""

    def __init__(self, names: Names, schema: Schema, document_id: str) -> None:
        self._discourse = Discourse(names, schema, document_id)
        self._pronouns = Pronouns(self._discourse, self.one)
        self._descriptions = Descriptions(self._discourse, self.one)
        self._cache: dict[Token, list[Resolved]] = {}

    def enter(self, sentence: Sentence, found: Iterable[Clause]) -> None:
        """Take in a sentence: its names and arguments become candidates for what follows."""
        self._discourse.enter(sentence, found)
        for token in sentence.tokens:
            if token.dep in ARGUMENTS and (token.norm in SINGULAR or _singular_noun(token)):
                for resolved in self.one(token) or []:
                    if not resolved.lost and (resolved.step or resolved.node.kind == "nominal"):
                        self._discourse.add(resolved.node, token)

    def resolve(self, head: Token) -> list[Resolved]:
        """The nodes of this head and its conjuncts; parts that can't be told are left out."""
        return [resolved for part in _affirmed(conjuncts(head)) for resolved in self.one(part) or []]

    def one(self, head: Token) -> list[Resolved] | None:
        """The nodes of this head alone (a plural pronoun may stand for several)."""
        if not self._discourse.entered(head):  # a speaker named behind the quotation
            reference = describe(head)
            return self._name(head, reference) if reference.kind == "name" else None
        if head not in self._cache:
            self._cache[head] = self._find(head) or []
        return self._cache[head] or None

    def _find(self, head: Token) -> list[Resolved] | None:
        reference = describe(head)
        if reference.kind == "name":
            return self._name(head, reference)
        if reference.kind == "pronoun":
            return self._pronouns.resolve(head)
        if reference.kind == "nominal":
            return self._descriptions.resolve(head, reference)
        return None

    def _name(self, head: Token, reference: Reference) -> list[Resolved] | None:
        node = self._discourse.names.node(head)
        if node is None or any(r.lemma in NAMING_WORDS for r in role_tokens(head)):
            return None
        step = "" if node.label == reference.name else _alias(reference.name or head.text, node)
        return [Resolved(node, reference.tokens, step)]

    def describes(self, proposition: Proposition) -> None:
        """Remember which name a describing noun speaks of ("a Chinese startup" → DeepSeek)."""
        p = proposition
        if p.doubtful:
            return
        if p.form is Form.KIND and p.polarity is Polarity.AFFIRMED and p.modality is Modality.ACTUAL:
            for noun in conjuncts(p.object):
                self._discourse.described.setdefault(noun, p.subject)
            node = self._discourse.names.node(p.subject)
            if node is not None:
                self._discourse.comes_from(node, p.object)

    def described(self, noun: Token) -> Token | None:
        """What a describing noun was said of, by `describes`."""
        return self._discourse.described.get(noun)

    def clause_of(self, token: Token) -> Clause | None:
        """The clause that this predicate heads."""
        return self._discourse.clauses.get(token)

    def clause_around(self, token: Token) -> Clause | None:
        """The innermost clause that the token stands in."""
        return self._discourse.clause(token)

    @property
    def document_id(self) -> str:
        """The id of the document that is read."""
        return self._discourse.document_id

    def tied(self, node: Node) -> bool:
        """Whether the node is a name, or a description tied to one ("Doubao's agent")."""
        return self._discourse.tied(node)

    def topic(self, node: Node) -> bool:
        """Whether the document opens with it, as its topic: "The company was founded in 1999. …"."""
        return node in self._discourse.topics

    def concept(self, label: str, head: Token | None) -> Node:
        """The node of a kind of thing, shared by all that are of this kind."""
        return self._discourse.concept(label, head)

    def place(self, label: str, head: Token) -> Node:
        """The node of a place known by its adjective ("Chinese" → China)."""
        return self._discourse.names.place(label, head)


def _alias(name: str, node: Node) -> str:
    """Why a name is another: the note of the step that joined them."""
    why = next((n for n in node.notes if repr(name) in n), "").removeprefix("alias: ")
    return f"alias: {name!r} is {node.label!r}" + (f": {why}" if why else "")


def _singular_noun(token: Token) -> bool:
    return token.pos == "NOUN" and token.tag == "NN" and token.child("det", "poss") is not None


def _affirmed(heads: Iterable[Token]) -> Iterator[Token]:
    """The conjuncts without what "not X but Y" sets aside."""
    for head in heads:
        aside = any(c.norm == "not" for c in head.kids("neg", "preconj", "advmod", "det"))
        if not (aside and any(c.norm == "but" for c in head.kids("cc"))):
            yield head
