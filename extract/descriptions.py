"""What a describing noun phrase stands for: "the company", "a Chinese startup", "Doubao's agent".

Takes the head and the discourse so far; gives the node that the words resume, or a node of their own
labelled with the words that identify it. A description that says nothing by itself is marked vague.
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.discourse import WINDOW, Discourse, Resolve, Resolved, heading_words, origins_of
from factloom.extract.entities import COMPANY, ORGANIZATION, PERSON, PLACE, Node, at_odds
from factloom.extract.labels import identifying, is_thin, label, names_something, place_behind_of
from factloom.extract.lexicon import is_person_noun, supersense
from factloom.extract.mentions import NAMING_WORDS, Reference, is_name_head, name_tokens
from factloom.extract.phrases import conjuncts, text
from factloom.extract.roles import close_apposition
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT, FL, THING

_LOOSE = words(
    """
    new latest same former own current such recent entire whole
    """
)
# Nouns that stand for any person or organization; others ("the union", "the president") need to have
# been said of it.
_GENERIC = words(
    """
    man woman person boy girl organization organisation group institution body company firm corporation
    startup start-up business enterprise giant conglomerate multinational manufacturer
    """
)
# Nouns by which any name of their class is resumed.
_CLASS_NOUNS = words("university college school country nation city town river newspaper")
_VAGUE = words(
    """
    thing way lot part one number kind type sort bit case fact move approach step time day year month
    week moment end place post position role point result reason example matter issue question
    something anything everything nothing someone anyone everyone people others other another more
    """
)
# What a document may be about: a thing or a group, one of its kind.
_TOPICS = frozenset({"artifact", "group", "object", "location"})
# Adjectives that need something said before: "a similar case".
_RESUMING = frozenset({"similar", "such", "same", "other", "another", "latter", "former", "respective"})
_OPENING = 2  # sentences
# What a second sentence takes up rather than presents: "the research", "the device".
_TAKEN_UP = frozenset({"act", "cognition", "attribute", "state", "phenomenon"})
_ORDINALS = frozenset({"first", "second", "third", "last", "only", "sole"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those", "such"})


class Descriptions:
    """Answers for the describing nouns of one document; `one` resolves any other head."""

    def __init__(self, discourse: Discourse, one: Resolve) -> None:
        self._discourse = discourse
        self._one = one

    def resolve(self, head: Token, reference: Reference) -> list[Resolved] | None:
        """The node that the description stands for; None when nothing identifies it."""
        placed = self._place_named(head)
        if placed:
            return placed
        name = _apposed_name(head) or self._said_of(head)
        node = self._discourse.names.node(name) if name is not None else None
        if name is not None and node is not None:
            # The name stands in the same sentence, and shows more than what is said of it.
            close = close_apposition(name) is head  # "the chatbot Doubao"
            step = "" if close else f"apposition: {text(list(reference.tokens))!r} is {node.label!r}"
            return [Resolved(node, tuple(name_tokens(name)), step)]
        node = self._predicated(head) or self._resumed(head, reference)
        if node is not None:
            self._discourse.comes_from(node, head)
            step = f"coreference: {text(list(reference.tokens))!r} refers to {node.label!r}"
            known = self._discourse.tied(node) or node in self._discourse.topics or " " in node.label
            return [Resolved(node, reference.tokens, step, vague=not known)]
        return self._own_node(head, reference)

    def _place_named(self, head: Token) -> list[Resolved]:
        """The town itself in "the town of Casma", the states in "the states of Iowa and Missouri"."""
        name = place_behind_of(head)
        return [r for part in conjuncts(name) for r in self._one(part) or []] if name is not None else []

    def _said_of(self, head: Token) -> Token | None:
        """What the startup does, DeepSeek does: "DeepSeek, a startup that builds models"."""
        name = self._discourse.described.get(head)
        return name if name is not None and head.tag == "NN" and is_name_head(name) else None

    def _predicated(self, head: Token) -> Node | None:
        """The kind that a kind is said of: "Tuberculosis is a disease caused by bacteria"."""
        subject = self._discourse.described.get(head)
        if subject is None or subject is head or head.child("acl", "relcl") is None or is_name_head(subject):
            return None
        found = self._one(subject) if subject.pos in ("NOUN", "PRON") else None
        if not found or found[0].vague:
            return None
        said = self._discourse.class_of(head, head.lemma.lower())
        return None if at_odds(found[0].node, said, self._discourse.schema) else found[0].node

    # ------------------------------------------------------------------ resuming something said before

    def _resumed(self, head: Token, reference: Reference) -> Node | None:
        if not reference.definite or reference.plural or self._name_follows(head):
            return None
        noun = reference.noun or ""
        if _restricted(head) or _by_people_or_age(head):
            return self._epithet(head, noun)
        return self._described(head, noun)

    def _name_follows(self, head: Token) -> bool:
        """A name right behind the noun says what it is: "the title Commander of the Republic"."""
        tokens = self._discourse.sentences[head].tokens
        return head.i + 1 < len(tokens) and tokens[head.i + 1].pos == "PROPN"

    def _epithet(self, head: Token, noun: str) -> Node | None:
        """A description with adjectives may resume the last subject: "ByteDance … The social media company".

        Only the main subject of the sentence before is resumed, by a company, or by a person's people or
        age ("the 21-year-old Spaniard"), and only when nothing behind the noun tells it from others.
        """
        wanted = PERSON if _by_people_or_age(head) else self._discourse.class_of(head, noun)
        if _told_apart_behind(head) or wanted not in (COMPANY, PERSON):
            return None
        if wanted == PERSON and not _by_people_or_age(head):
            return None
        if head.dep not in ("nsubj", "nsubjpass", "poss"):
            return None
        before = self._discourse.sentences[head].index - 1
        last = [c.node for c in self._discourse.candidates if c.sentence == before and c.role == 4]
        wanted = PERSON if wanted == PERSON else ORGANIZATION
        kinds = [n for n in last if self._discourse.is_a(n, wanted) and self._same_origin(head, n)]
        return kinds[-1] if len(set(kinds)) == 1 else None

    def _described(self, head: Token, noun: str) -> Node | None:
        """The last thing that the noun fits, by what was said of it or by its class: "the company"."""
        ranked = list(self._ranked(head, noun))
        if not ranked:
            known = self._discourse.by_heading_word.get(noun)
            return known if known is not None and self._same_origin(head, known) else None
        return min(ranked, key=lambda item: item[0])[1]

    def _ranked(self, head: Token, noun: str) -> Iterator[tuple[tuple[int, int, int, int], Node]]:
        discourse = self._discourse
        wanted = discourse.class_of(head, noun)
        sentence, own = discourse.sentences[head], discourse.clause(head)
        for c in discourse.candidates:
            distance = sentence.index - c.sentence
            if distance > WINDOW or (distance == 0 and c.position >= head.i):
                continue
            if c.head.head is head or c.head in head.subtree() or (own is not None and c.head is own.subject):
                continue
            if _one_of_list(c.head) or _contrasted(head, c.head):
                continue
            fit = self._fit(c.node, noun, wanted)
            aside = fit == 1 and distance > 0 and c.role < 2  # "She joined from Tesco. … The company …"
            if fit and not aside and self._same_origin(head, c.node):
                unsure = int(fit == 1 and wanted == COMPANY and not discourse.is_a(c.node, COMPANY))
                yield (2 * (distance - fit) + (c.role < 2) + unsure, -c.role, distance, -c.position), c.node

    def _fit(self, node: Node, noun: str, wanted: str | None) -> int:
        """2 when the noun was said of the node or heads its name, 1 when its class fits, else 0."""
        if noun in node.nouns or noun in heading_words(node.label):
            return 2
        if wanted is None or wanted == CONCEPT or _another_work(node, noun):
            return 0
        kind = node.best(self._discourse.schema)
        if noun in ("group", "band") and self._discourse.is_a(node, FL + "EducationalInstitution"):
            return 0  # "while at Norfield College she joined the group"
        anaphoric = noun in _GENERIC or noun.endswith("maker")
        many = any(self._discourse.schema.is_a(wanted, iri) for iri in (PERSON, ORGANIZATION, PLACE))
        if kind == THING or (many and not (anaphoric or self._names_class(noun, wanted))):
            return 0
        if node.kind != "name":
            return 0
        return int(self._discourse.is_a(node, wanted) or (wanted == COMPANY and kind == ORGANIZATION))

    def _same_origin(self, head: Token, node: Node) -> bool:
        """Whether "the Swedish company" may be it: not one that has been told to be from elsewhere."""
        told = self._discourse.origins.get(node)
        here = origins_of(head)
        if here and not told and head.lemma.lower() in _OF_STATES:
            return any(place in node.label for place in here)  # "the Indian army" after the Karen Army
        if here and not told and self._discourse.is_a(node, PLACE):
            return node.label in here  # "the African country" after China
        return not told or not here or bool(told & here)

    def _names_class(self, noun: str, wanted: str) -> bool:
        """Whether the noun is the class's own name ("the country"), not one kind under it."""
        return noun in _CLASS_NOUNS or noun == self._discourse.schema.classes[wanted].label.casefold()

    # ------------------------------------------------------------------ a node of its own

    def _own_node(self, head: Token, reference: Reference) -> list[Resolved] | None:
        """A node labelled with the words that identify it; none for "this plan", which points elsewhere."""
        name = label(head, self._discourse, self._one)
        if name is None or not any(c.isalnum() for c in name):
            return None
        tied = self._tied(head)
        if any(c.norm in _DEMONSTRATIVE for c in head.kids("det")):
            return None
        noun = reference.noun or head.norm
        node = self._discourse.nominal(head, name, noun)
        if head.child("det", "nummod") is not None and not tied:
            node.scope = self._discourse.document_id  # "a plant" of one text is not "a plant" of another
        node.plural = reference.plural
        if tied:
            self._discourse.tie(node)
        topic = not tied and self._presented(head, reference)
        if topic:
            self._discourse.topics.add(node)
        index = self._discourse.sentences[head].index
        lost = self._unclear(head, reference, tied) or name.isdigit()
        vague = lost or (not topic and self._empty(head, reference, tied))
        told = any(c.tag != "VB" and not _loose_relative(c) for c in head.kids("relcl", "acl"))
        thin = not tied and (told or index > 0) and is_thin(head, late=index >= _OPENING)
        return [Resolved(node, reference.tokens, vague=vague, lost=lost, thin=thin)]

    def _empty(self, head: Token, reference: Reference, tied: bool) -> bool:
        """Whether the words say nothing by themselves."""
        if head.pos == "NUM" or head.ent == "ORDINAL":
            return True
        noun = reference.noun or head.norm
        return not tied and (noun in _VAGUE or (reference.definite and _bare(head)))

    def _unclear(self, head: Token, reference: Reference, tied: bool) -> bool:
        """Whether the words point to something that was not found, or to some of many."""
        if reference.definite and self._discourse.sentences[head].index > 0 and _lone_group(head):
            return True
        if tied:
            return False
        some = head.ent == "ORDINAL" or _loose_plural(head) or _compared(head)
        return some or self._lost(head, reference)

    def _presented(self, head: Token, reference: Reference) -> bool:
        """What a document opens with, as known, is its topic: "The company was founded in 1999. …"."""
        if self._discourse.sentences[head].index > 0 or not reference.definite or head.tag != "NN":
            return False
        if not _bare(head) or _restricted(head) or supersense(reference.noun or "") not in _TOPICS:
            return False
        clause = self._discourse.clause(head)
        if clause is None or clause.kind != "ROOT":
            return False
        return clause.subject is head or (clause.head.child("expl") is not None and head.dep == "pobj")

    def _lost(self, head: Token, reference: Reference) -> bool:
        """A definite description that nothing in it tells apart resumes something said before: "the bill",
        "a similar case". Where that was not found it says nothing; the opening of a document presents its
        things as known, with nothing before them.
        """
        if reference.definite and _by_origin(head) and self._discourse.sentences[head].index > 0:
            return not _told_apart(head)
        abstract = reference.definite and supersense(reference.noun or "") in _TAKEN_UP
        if self._discourse.sentences[head].index < (1 if abstract else _OPENING):
            return False
        if any(c.norm in _RESUMING for c in head.kids("amod", "det")):
            return True
        return reference.definite and not _told_apart(head)

    def _tied(self, head: Token) -> bool:
        """Whether a name inside the phrase, or its possessor, ties it to something known."""
        possessor = head.child("poss")
        owner = self._one(possessor) if possessor is not None else None
        return names_something(head) or (owner is not None and self._discourse.tied(owner[0].node))


def _one_of_list(name: Token) -> bool:
    """One of several names that one verb is said of: "The schools are Glen, Fairfield and Parkland"."""
    first = name
    while first.dep == "conj" and is_name_head(first.head):
        first = first.head
    return first.dep == "attr" and is_name_head(first) and any(is_name_head(c) for c in first.kids("conj"))


# Bodies that are told from others by their state.
_OF_STATES = words("army navy government parliament police court supreme ministry force embassy")
# Adjectives of which one denies the other.
_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("new next later current present", "old original former previous earlier first"),
        ("large big larger bigger major", "small smaller minor little"),
        ("upper northern north", "lower southern south"),
        ("eastern east", "western west"),
    )
)


def _contrasted(head: Token, other: Token) -> bool:
    """Whether an adjective tells the thing from the earlier one: "the new logo" after "its old logo"."""
    here, there = ({c.norm for c in t.kids("amod", "compound")} for t in (head, other))
    return any((here & a and there & b) or (here & b and there & a) for a, b in _OPPOSITES)


def _another_work(node: Node, noun: str) -> bool:
    """Whether works of another kind are told of the node: a song is not "the album"."""
    own = next((kind for kind in _WORKS if noun in kind), None)
    return own is not None and any(node.nouns.keys() & kind for kind in _WORKS if kind is not own)


# Words for works of one kind.
_WORKS = tuple(
    frozenset(kind.split())
    for kind in (
        "song single track", "album record", "film movie picture", "book novel novella", "poem", "play opera",
        "painting drawing portrait", "magazine newspaper journal", "episode", "series show programme program",
    )
)  # fmt: skip


def _compared(head: Token) -> bool:
    """More than what is not said: "larger planets", "a cheaper model"."""
    compared = [c for c in head.kids("amod") if c.tag == "JJR" and c.norm not in ("more", "less", "fewer")]
    return bool(compared) and not any(t.norm == "than" for t in head.subtree())


def _loose_plural(head: Token) -> bool:
    """Some of a kind, nobody knows which: "several clubs", "additional companies"."""
    told = [c for c in head.children if c.i < head.i and c.dep not in ("punct", "case", "cc", "predet")]
    told = [c for c in told if c.ent != "NORP" and c.norm not in _SIZES]
    loose = [c for c in told if c.norm in _SOME_OF_MANY]
    behind = any(t.i > head.i for t in identifying(head))
    return head.tag == "NNS" and bool(loose) and len(loose) == len(told) and not behind


_SIZES = words("new large big small major minor key local foreign western eastern important famous similar")
_SOME_OF_MANY = words(
    """
    several various additional other many numerous some certain different multiple further few
    countless
    """
)


def _by_people_or_age(head: Token) -> bool:
    """Whether the words tell of somebody's people or age: "the Serb", "the 36-year-old"."""
    return head.ent == "NORP" or (head.norm == "old" and head.child("npadvmod") is not None)


def _lone_group(head: Token) -> bool:
    """Whether nothing but its place is told of a group: "the London club"."""
    told = [c for c in head.kids("amod", "compound", "nmod") if c.i < head.i]
    place = bool(told) and all(c.ent == "GPE" for c in told) and head.tag == "NN"
    return place and supersense(head.lemma.lower()) == "group" and not _told_apart(head)


def _by_origin(head: Token) -> bool:
    """A noun with its people alone resumes somebody: "the Californian chipmaker", "the Serb"."""
    return head.ent == "NORP" or any(c.ent == "NORP" for c in head.kids("amod", "compound"))


def _bare(head: Token) -> bool:
    """The noun alone, determiners aside."""
    return len([t for t in identifying(head) if t.dep not in ("det", "predet")]) == 1


def _apposed_name(head: Token) -> Token | None:
    """The name set beside a singular noun without brackets: "the startup DeepSeek"."""
    if head.tag in ("NNS", "NNPS") or head.lemma in NAMING_WORDS:
        return None
    for child in head.kids("appos"):
        if is_name_head(child) and child.child("cc") is None and not child.kids("conj"):
            if not any(t.i < child.i and t.text == "(" for t in head.children):
                return child
    return None


def _restricted(head: Token) -> bool:
    """Whether modifiers tell this thing from others of its kind ("the largest company in France")."""
    for child in head.children:
        if child.dep in ("relcl", "acl") and not _loose_relative(child):
            return True
        if child.dep in ("prep", "poss", "nummod"):
            return True
        if child.dep in ("amod", "compound", "nmod") and child.norm not in _LOOSE and child.ent != "NORP":
            return True
    return False


def _told_apart(head: Token) -> bool:
    """Whether words around the noun say which one of its kind it is, by themselves."""
    if head.kids("poss", "nummod", "appos") or any(not _accompanies(p) for p in head.kids("prep")):
        return True
    if any(not _loose_relative(c) for c in head.kids("relcl", "acl")):
        return True
    return any(c.tag in ("JJS", "RBS") or c.norm in _ORDINALS for c in head.kids("amod", "compound"))


def _accompanies(prep: Token) -> bool:
    """Who comes along tells nothing apart: "flew to the area with her minister"."""
    inner = prep.child("pobj")
    return prep.norm == "with" and inner is not None and is_person_noun(inner.lemma.lower())


def _told_apart_behind(head: Token) -> bool:
    """Whether a preposition, a participle, a possessor, a number or a close relative clause restricts it."""
    if head.kids("prep", "poss", "nummod"):
        return True
    return any(not _loose_relative(c) for c in head.kids("relcl", "acl"))


def _loose_relative(relative: Token) -> bool:
    """Set off by a comma: it adds to the noun instead of telling it from others."""
    return any(c.norm == "," and c.i < relative.i for c in relative.head.kids("punct"))
