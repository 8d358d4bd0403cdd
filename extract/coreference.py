"""What an argument refers to: names, pronouns, possessives, definite descriptions.

Takes heads in reading order with the document's `Names`; gives the nodes they stand for, or nothing
when it is unsure (a statement with an unresolved argument does not enter the graph). Candidates are
ranked by recency and grammatical role in the manner of Lappin & Leass (1994) and Hobbs (1978), and
filtered by number, gender and class.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factloom.extract.clauses import Clause, complements
from factloom.extract.entities import COMPANY, ORGANIZATION, PERSON, Node
from factloom.extract.lexicon import is_person_noun
from factloom.extract.mentions import (
    NAMING_WORDS,
    SPEAKING,
    Reference,
    anchored,
    describe,
    is_name_head,
    name_tokens,
    role_tokens,
)
from factloom.extract.names import Names
from factloom.extract.phrases import conjuncts, phrase, text
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import is_name
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT, THING
from factloom.ontology.records import Modality, Polarity
from factloom.ontology.schema import Schema

_WINDOW = 3  # sentences looked back for a description; pronouns look back two
_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_THING = frozenset(["it", "its", "itself"])
_MANY = words("they them their theirs themselves these those both")
_SINGULAR_PRONOUNS = _MALE | _FEMALE | _THING
_TELLING = frozenset({"at", "from", "in", "with", "for", "on", "against", "near"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj"})
_REFLEXIVE = frozenset(["itself", "himself", "herself", "themselves"])
_LOOSE = words(
    """
    new latest same former own current other such first last next recent previous entire whole
    """
)
# Nouns that stand for any person or organization; others ("the union", "the president") need to have been said of it.
_GENERIC = words(
    """
    man woman person boy girl organization organisation group institution body
    """
)
_VAGUE = words(
    """
    thing way lot part one number kind type sort bit case fact move approach step time day year month
    week moment end place point result reason example matter issue question something anything
    everything nothing someone anyone everyone people others other another
    """
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that later words may refer to, with how prominent it is in its sentence."""

    node: Node
    sentence: int
    position: int
    role: int
    head: Token


@dataclass(frozen=True, slots=True)
class Resolved:
    """A node with the words that stand for it and the step that led there ("" for a plain name)."""

    node: Node
    tokens: tuple[Token, ...]
    step: str = ""
    vague: bool = False


class Resolver:
    """Answers for heads of one document; feed the sentences in order with `enter`."""

    def __init__(self, names: Names, schema: Schema, document_id: str) -> None:
        self._names = names
        self._schema = schema
        self._document_id = document_id
        self._candidates: list[Candidate] = []
        self._nominals: dict[str, Node] = {}
        self._concepts: dict[str, Node] = {}
        self._tied: set[Node] = set()
        self.described: dict[Token, Token] = {}
        self._by_last_word: dict[str, Node] = {}
        self._cache: dict[Token, list[Resolved]] = {}
        self._sentence: dict[Token, Sentence] = {}
        self._clauses: dict[Token, Clause] = {}

    def enter(self, sentence: Sentence, found: Iterable[Clause]) -> None:
        """Take in a sentence: its names and subjects become candidates for what follows."""
        for clause in found:
            self._clauses[clause.head] = clause
        for token in sentence.tokens:
            self._sentence[token] = sentence
        self._candidates = [c for c in self._candidates if sentence.index - c.sentence <= _WINDOW]
        seen: set[Node] = set()
        for token in sentence.tokens:
            if is_name_head(token):
                node = self._names.node(token)
                words = name_tokens(token)
                if node is None or (words[-1] is not token and words[0] is not token):
                    continue
                seen.add(node)
                self._candidates.append(Candidate(node, sentence.index, token.i, _role(token), token))
                self._by_last_word[node.label.casefold().split()[-1]] = node
        for token in sentence.tokens:
            if token.dep in _ARGUMENTS and (token.norm in _SINGULAR_PRONOUNS or _singular_noun(token)):
                for found in self.one(token) or []:
                    if found.step or found.node.kind == "nominal":
                        self._candidates.append(
                            Candidate(found.node, sentence.index, token.i, _role(token), token)
                        )

    def resolve(self, head: Token) -> list[Resolved]:
        """The nodes of this head and its conjuncts; empty when a part can't be told."""
        result: list[Resolved] = []
        for part in conjuncts(head):
            one = self.one(part)
            if one is None:
                continue
            result.extend(one)
        return result

    def one(self, head: Token) -> list[Resolved] | None:
        """The nodes of this head alone (a plural pronoun may stand for several)."""
        if head not in self._cache:
            self._cache[head] = self._find(head) or []
        return self._cache[head] or None

    def _find(self, head: Token) -> list[Resolved] | None:
        reference = describe(head)
        if reference.kind == "name":
            return self._name(head, reference)
        if reference.kind == "pronoun":
            return self._pronoun(head)
        if reference.kind == "nominal":
            return self._nominal(head, reference)
        return None

    def describes(self, proposition: Proposition) -> None:
        """Remember which name a describing noun speaks of ("a Chinese startup" → DeepSeek)."""
        p = proposition
        if p.form is Form.KIND and p.polarity is Polarity.AFFIRMED and p.modality is Modality.ACTUAL:
            self.described.setdefault(p.object, p.subject)

    def clause_of(self, token: Token) -> Clause | None:
        """The clause that this predicate heads."""
        return self._clauses.get(token)

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

    def place(self, label: str, head: Token) -> Node:
        """The node of a place known by its adjective ("Chinese" → China)."""
        return self._names.place(label, head)

    # -------------------------------------------------------------- names

    def _name(self, head: Token, reference: Reference) -> list[Resolved] | None:
        node = self._names.node(head)
        if node is None or any(r.lemma in NAMING_WORDS for r in role_tokens(head)):
            return None
        step = "" if node.label == reference.name else f"alias: {reference.name!r} is {node.label!r}"
        return [Resolved(node, reference.tokens, step)]

    # -------------------------------------------------------------- pronouns

    def _pronoun(self, head: Token) -> list[Resolved] | None:
        word = head.norm
        if word in SPEAKING or head not in self._sentence:
            return None
        if word in _REFLEXIVE:
            clause = self._clause_of(head)
            if clause is None or clause.subject is None or clause.subject is head:
                return None
            found = self.one(clause.subject)
        elif word in _MALE | _FEMALE | _THING:
            found = self._same_before(head) or self._antecedent(head)
        elif word in ("they", "them", "their", "theirs"):
            found = self._group(head)
        elif word in ("those", "these") and head.dep == "pobj":
            return self._those(head)
        else:
            return None
        if not found:
            return None
        return [self._referred(head, f.node) for f in found]

    def _referred(self, head: Token, node: Node) -> Resolved:
        step = f"coreference: {head.text!r} refers to {node.label!r}"
        return Resolved(node, (head,), step, vague=not self.tied(node))

    def _same_before(self, head: Token) -> list[Resolved] | None:
        """The same pronoun earlier in the sentence stands for the same thing, known or not."""
        kin = next(group for group in (_MALE, _FEMALE, _THING) if head.norm in group)
        earlier = [t for t in self._sentence[head].tokens[: head.i] if t.norm in kin and t.dep in _ARGUMENTS]
        return self.one(earlier[-1]) if earlier else None

    def _antecedent(self, head: Token) -> list[Resolved] | None:
        node = self._cataphora(head) or self._best(head, lambda c: self._agrees(c, head.norm))
        return [Resolved(node, (head,))] if node is not None else None

    def _cataphora(self, head: Token) -> Node | None:
        """ "By integrating its chatbot, ByteDance …": a fronted adjunct looks forward to the subject."""
        clause = self._clause_of(head)
        for governor in head.ancestors():
            outer = self._clauses.get(governor)
            if outer is None or outer.subject is None or (outer is clause and clause.kind == "ROOT"):
                continue
            if outer.subject.i > head.i and outer.head.i > head.i and is_name(outer.subject):
                node = self._names.node(outer.subject)
                if node is not None and self._fits(node, head.norm):
                    return node
        outer_clause = self._clauses.get(clause.head) if clause else None
        if (
            outer_clause
            and outer_clause.subject is not None
            and outer_clause.subject.i > head.i
            and is_name(outer_clause.subject)
        ):
            node = self._names.node(outer_clause.subject)
            if node is not None and self._fits(node, head.norm):
                return node
        return None

    def _best(self, head: Token, agrees: object) -> Node | None:
        sentence = self._sentence[head]
        ranked: list[tuple[tuple[int, int, int], Candidate]] = []
        own = self._clause_of(head)
        for c in self._candidates:
            distance = sentence.index - c.sentence
            if distance > 2 or (distance == 0 and c.position >= head.i) or not agrees(c):  # type: ignore[operator]
                continue
            if distance == 0 and self._bound(head, c, own):
                continue
            distant_description = 2 * (c.node.kind != "name" and distance > 0)
            doubt = distant_description + 3 * (
                head.norm in _MALE | _FEMALE and not self._surely_person(c.node)
            )
            ranked.append(((distance + doubt, -c.role, -c.position), c))
        if not ranked:
            return None
        ranked.sort(key=lambda item: item[0])
        best = ranked[0][1]
        if head.norm in _THING and best.role < 3:
            rivals = [c for key, c in ranked if key[:2] == ranked[0][0][:2] and c.node is not best.node]
            if rivals or (best.role < 2 and best.sentence != sentence.index):
                return None  # nothing stands out
        return best.node

    def _surely_person(self, node: Node) -> bool:
        """Whether more than the recogniser's word makes the node a person."""
        return (
            node.gender is not None
            or node.votes.get(PERSON, 0.0) > 0
            or any(is_person_noun(n) for n in node.nouns)
        )

    def _bound(self, head: Token, candidate: Candidate, own: Clause | None) -> bool:
        """Binding: a plain object pronoun is not the subject of its own clause (principle B), and a
        possessive is not what it possesses ("its chatbot Doubao")."""
        if head.tag == "PRP$" or head.dep == "poss":
            return candidate.head in head.head.subtree()
        if own is None or own.subject is None or head is own.subject:
            return False
        return candidate.head is own.subject

    def _agrees(self, candidate: Candidate, word: str) -> bool:
        return self._fits(candidate.node, word)

    def _fits(self, node: Node, word: str) -> bool:
        kind = node.best(self._schema)
        person = self._schema.is_a(kind, PERSON)
        if word in _THING:
            return not person and not node.plural
        if word in _MALE:
            return (person or kind == THING) and node.gender != "f"
        if word in _FEMALE:
            return (person or kind == THING) and node.gender != "m"
        return True

    def _group(self, head: Token) -> list[Resolved] | None:
        """ "they": coordinated names, a plural nominal subject, or an organisation, nearest first."""
        sentence = self._sentence[head]
        own = self._clause_of(head)
        for distance in (0, 1):
            for other in self._subjects(sentence.index - distance, head):
                if own is not None and other is own.subject and head.dep != "poss":
                    continue
                parts = [t for t in conjuncts(other) if is_name_head(t)]
                if len(parts) >= 2:
                    return [r for t in parts for r in self.one(t) or []]
                if other.tag in ("NNS", "NNPS") and other.pos == "NOUN":
                    return self.one(other)
                node = self._names.node(other) if is_name_head(other) else None
                if node is not None and self._schema.is_a(node.best(self._schema), ORGANIZATION):
                    return self.one(other)
        return None

    def _subjects(self, index: int, head: Token) -> list[Token]:
        subjects = [
            c.subject
            for c in self._clauses.values()
            if c.subject is not None
            and c.subject_via == "own"
            and self._sentence.get(c.subject) is not None
            and self._sentence[c.subject].index == index
            and c.subject is not head
        ]
        here = self._sentence[head]
        if index == here.index:
            subjects = [s for s in subjects if s.i < head.i]
        return sorted(subjects, key=lambda t: t.i)

    def _those(self, head: Token) -> list[Resolved] | None:
        """ "various benchmarks, including those used at X": "those" repeats the noun before."""
        noun = next((a for a in head.ancestors() if a.pos == "NOUN"), None)
        clause = head.child("acl", "relcl", "prep")
        if noun is None or clause is None or noun.pos != "NOUN":
            governed = head.head.head.child("pobj") if head.head.head.dep == "prep" else None
            noun = governed or noun
        if noun is None or clause is None:
            return None
        for prep in noun.kids("prep"):
            for c in complements(prep):
                if c.head.tag == "NNS" and c.head.i < head.i:
                    noun = c.head
        words = [t for t in phrase(head, drop=())[1:] if t.dep != "punct"]
        label = f"{noun.text} {text(words)}"
        return [
            self._describe_node(
                head, label, noun.lemma, (head, *words), f"coreference: 'those' refers to {noun.text!r}"
            )
        ]

    # -------------------------------------------------------------- descriptions

    def _nominal(self, head: Token, reference: Reference) -> list[Resolved] | None:
        name = _apposed_name(head) or self._said_of(head)
        if name is not None:
            node = self._names.node(name)
            if node is not None:
                return [
                    Resolved(
                        node,
                        reference.tokens,
                        f"apposition: {text(list(reference.tokens))!r} is {node.label!r}",
                    )
                ]
        if reference.definite and not reference.plural:
            node = self._epithet(head, reference) if _restricted(head) else self._described(head, reference)
            if node is not None:
                step = f"coreference: {text(list(reference.tokens))!r} refers to {node.label!r}"
                return [Resolved(node, reference.tokens, step)]
        return self._description(head, reference)

    def _said_of(self, head: Token) -> Token | None:
        """ "DeepSeek, a startup that builds models": what the startup does, DeepSeek does."""
        name = self.described.get(head)
        return name if name is not None and head.tag == "NN" and is_name_head(name) else None

    def _epithet(self, head: Token, reference: Reference) -> Node | None:
        """ "ByteDance … The social media company": a description with adjectives may resume the last subject.

        Only the main subject of the sentence before is resumed, only by a company, and only when nothing
        behind the noun tells it from others.
        """
        if head.kids("prep", "acl", "poss", "nummod") or any(
            not _loose_relative(c) for c in head.kids("relcl")
        ):
            return None
        if self._class_of(head, reference.noun or "") != COMPANY or head.dep not in (
            "nsubj",
            "nsubjpass",
            "poss",
        ):
            return None
        sentence = self._sentence[head]
        last = [c for c in self._candidates if sentence.index - c.sentence == 1 and c.role == 4]
        kinds = [c.node for c in last if self._schema.is_a(c.node.best(self._schema), ORGANIZATION)]
        return kinds[-1] if len(set(kinds)) == 1 else None

    def _described(self, head: Token, reference: Reference) -> Node | None:
        """ "the company": the last thing that the noun fits, by what was said of it or by its class."""
        noun = reference.noun or ""
        wanted = self._class_of(head, noun)
        sentence = self._sentence[head]
        own = self._clause_of(head)
        ranked: list[tuple[tuple[int, int, int, int], Node]] = []
        for c in self._candidates:
            distance = sentence.index - c.sentence
            if distance > _WINDOW or (distance == 0 and c.position >= head.i):
                continue
            if c.head.head is head or c.head in head.subtree() or (own is not None and c.head is own.subject):
                continue
            fit = self._fit(c.node, noun, wanted)
            if fit:
                ranked.append(((distance - fit, -c.role, distance, -c.position), c.node))
        ranked.sort(key=lambda item: item[0])
        return ranked[0][1] if ranked else self._by_last_word.get(noun)

    def _fit(self, node: Node, noun: str, wanted: str | None) -> int:
        """2 when the noun was said of the node or ends its name, 1 when its class fits, else 0."""
        if noun in node.nouns or node.label.casefold().split()[-1] == noun:
            return 2
        if wanted is None or wanted == CONCEPT:
            return 0
        kind = node.best(self._schema)
        if kind == THING or (wanted in (PERSON, ORGANIZATION) and noun not in _GENERIC):
            return 0
        return int(self._schema.is_a(kind, wanted) or (wanted == COMPANY and kind == ORGANIZATION))

    def _description(self, head: Token, reference: Reference) -> list[Resolved] | None:
        """A node of its own, labelled with the words that identify it."""
        noun = reference.noun or head.norm
        words = _identifying(head)
        label = self._label(head, words)
        if label is None or not any(c.isalnum() for c in label):
            return None
        owner = self.one(head.child("poss")) if head.child("poss") is not None else None  # type: ignore[arg-type]
        tied = anchored(head) or (owner is not None and self.tied(owner[0].node))
        bare = len([t for t in words if t.dep not in ("det", "predet")]) == 1
        vague = (
            head.pos == "NUM" or (noun in _VAGUE and not tied) or (reference.definite and bare and not tied)
        )
        demonstrative = any(c.norm in ("this", "that", "these", "those", "such") for c in head.kids("det"))
        if demonstrative:
            return None
        found = self._describe_node(head, label, noun, reference.tokens, "")
        article = head.child("det", "nummod") is not None
        if article and not tied:
            found.node.scope = self._document_id  # "a plant" of one text is not "a plant" of another
        found.node.plural = reference.plural
        if tied:
            self._tied.add(found.node)
        return [Resolved(found.node, found.tokens, found.step, vague)]

    def _describe_node(
        self, head: Token, label: str, noun: str, tokens: tuple[Token, ...], step: str
    ) -> Resolved:
        node = self._nominals.get(label)
        if node is None:
            node = self._nominals[label] = Node(label, kind="nominal", first=head.start)
            iri = self._class_of(head, noun)
            node.support(iri or CONCEPT)
        node.forms[label] += 1
        node.nouns[noun] += 1
        return Resolved(node, tokens, step)

    def _class_of(self, head: Token, noun: str) -> str | None:
        compound = next((c for c in reversed(head.kids("compound")) if c.i == head.i - 1), None)
        if compound is not None:
            iri = self._schema.class_of_noun(f"{compound.norm} {noun}")
            if iri is not None:
                return iri
        if (
            head.tag == "NN"
            and head.child("det", "poss", "nummod") is None
            and head.dep not in ("nsubj", "nsubjpass")
        ):
            return CONCEPT  # a bare singular is a mass or a role: "as chief executive"
        iri = self._schema.class_of_noun(noun)
        return iri or (PERSON if is_person_noun(noun) else None)

    def _label(self, head: Token, words: list[Token]) -> str | None:
        """The words with determiners dropped and the possessor named; None when the possessor is unknown."""
        kept = [t for t in words if not (t.dep in ("det", "predet") and t.head is head)]
        possessor = head.child("poss")
        if possessor is None:
            inner = [t for t in kept if t.tag == "PRP$"]
            return None if inner else self._of_name(head, kept) or self._with_inner(head, kept)
        owner = self.one(possessor)
        if not owner:
            return None
        taken = set(possessor.subtree())
        rest = [t for t in kept if t not in taken]
        label = owner[0].node.label
        ending = "'" if label.endswith("s") and owner[0].node.plural else "'s"
        return f"{label}{ending} {_clean(rest)}" if rest else None

    def _of_name(self, head: Token, kept: list[Token]) -> str | None:
        """ "the agent of Doubao" is "Doubao's agent": one label for a thing and whose it is."""
        prep = next((p for p in head.kids("prep") if p.norm == "of"), None)
        owner = prep.child("pobj") if prep is not None else None
        if prep is None or owner is None or not is_name_head(owner) or owner.child("conj") is not None:
            return None
        iri = self._class_of(head, head.lemma.lower())
        found = self.one(owner)
        if iri is None or iri == CONCEPT or not found:
            return None
        inside = set(prep.subtree())
        return f"{found[0].node.label}'s {_clean([t for t in kept if t not in inside])}"

    def _with_inner(self, head: Token, kept: list[Token]) -> str:
        """The words, with a description after "of" replaced by the name it stands for ("owner of the startup")."""
        for prep in head.kids("prep"):
            inner = prep.child("pobj")
            if prep.norm != "of" or inner is None or inner not in kept or not _definite_noun(inner):
                continue
            found = self.one(inner)
            if found and found[0].node.kind == "name" and found[0].step:
                words = set(inner.subtree())
                return f"{_clean([t for t in kept if t not in words])} {found[0].node.label}"
        return _clean(kept)

    def _clause_of(self, token: Token) -> Clause | None:
        if token in self._clauses:
            return self._clauses[token]
        return next((self._clauses[a] for a in token.ancestors() if a in self._clauses), None)


def _singular_noun(token: Token) -> bool:
    return token.pos == "NOUN" and token.tag == "NN" and token.child("det", "poss") is not None


def _definite_noun(token: Token) -> bool:
    return (
        token.pos == "NOUN"
        and token.tag == "NN"
        and any(c.norm in ("the", "this", "that") for c in token.kids("det"))
    )


def _role(token: Token) -> int:
    """Prominence: main subject, subject, object, other; a possessor counts as its noun."""
    while token.dep in ("conj", "appos") or (token.dep in ("compound", "nmod") and is_name_head(token.head)):
        token = token.head
    if token.dep in ("compound", "nmod"):
        return 0
    if token.dep in ("nsubj", "nsubjpass"):
        return 4 if token.head.dep == "ROOT" else 3
    if token.dep == "poss":
        return 2 if _role(token.head) >= 3 else 1
    return 2 if token.dep in ("dobj", "attr", "dative", "agent") else 1


def _apposed_name(head: Token) -> Token | None:
    for child in head.kids("appos"):
        if is_name_head(child) and child.child("cc") is None and not child.kids("conj"):
            before = [t for t in head.children if t.i < child.i and t.text == "("]
            if not before and head.tag not in ("NNS", "NNPS") and head.lemma not in NAMING_WORDS:
                return child
    return None


def _restricted(head: Token) -> bool:
    """Whether modifiers tell this thing from others of its kind ("the largest company in France")."""
    for child in head.children:
        if child.dep in ("prep", "relcl", "acl", "poss", "nummod"):
            return True
        if child.dep in ("amod", "compound", "nmod") and child.norm not in _LOOSE and not child.ent == "NORP":
            return True
    return False


def _loose_relative(relative: Token) -> bool:
    """Set off by a comma: it adds to the noun instead of telling it from others."""
    return any(c.norm == "," and c.i < relative.i for c in relative.head.kids("punct"))


def _identifying(head: Token) -> list[Token]:
    """The words that identify: premodifiers, "of …"; other prepositions become arguments, not label."""
    dropped = [c for c in head.kids("prep") if _clausal(c) or not (c.norm == "of" or _names_home(c))]
    kept = [
        t
        for t in phrase(
            head, conjuncts=False, drop=("relcl", "acl", "appos", "parataxis", "advcl", "ccomp", "neg")
        )
    ]
    gone = {t for c in dropped for t in c.subtree()}
    return [t for t in kept if t not in gone]


def _names_home(prep: Token) -> bool:
    """ "lawyers at Osei & Partners", "shares in Rhonetal": a name behind a preposition tells which."""
    inner = prep.child("pobj")
    return prep.norm in _TELLING and inner is not None and is_name_head(inner) and not inner.kids("conj")


def _clausal(prep: Token) -> bool:
    return prep.child("pcomp") is not None


def _clean(tokens: list[Token]) -> str:
    tokens = [t for t in tokens if t.dep != "punct" or t.text in ("-", "–", "%", "$", "'", "&", "/", "+")]
    return " ".join(text(tokens).split()).strip(" ,;:\"“”'")
