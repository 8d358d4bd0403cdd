"""Clauses of a parsed sentence: a predicate with its subject, objects, complements and prepositions.

Takes a `Sentence`, gives `Clause`s in reading order with missing subjects and objects filled in from
coordination, control, relative pronouns and participles. What the clause commits to (polarity,
modality, speaker) is told by `extract.status`; which statements it makes, by `extract.rules`.
The dependency labels are the CLEAR labels of spaCy's English pipelines (Choi & Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.records import Modality, Polarity

SUBJECT = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_CLAUSAL = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis", "dep"}
)
# Verbs under these labels serve another word.
_SERVING = frozenset({"aux", "auxpass", "amod", "compound", "prep", "case"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# Verbs whose object, not subject, is the subject of the infinitive that follows (object control).
_OBJECT_CONTROL = words(
    """
    advise allow appoint ask authorize cause challenge choose command compel convince direct elect
    enable encourage expect force get have help hire hope instruct invite lead let make name need order
    permit persuade press prompt push recruit remind request require see select send task teach tell oblige
    train urge want warn watch
    """
)


# Verbs whose object does, or does not do, what follows "from", "of", "for": "accused Meta of copying".
OBJECT_DOES = words(
    """
    prevent stop keep ban bar block prohibit discourage dissuade accuse suspect convict acquit clear
    charge blame fine criticize praise thank sue punish forgive rescue save deter restrain excuse
    """
)


def _object_does(parent: Clause, prep: Token) -> bool:
    """Whether the object did what the preposition governs: "accused Meta of copying", "jailed him for …".

    People and firms are judged for their own deeds, whatever the verb of judging is.
    """
    if parent.head.lemma in OBJECT_DOES:
        return True
    return prep.norm == "for" and (parent.dative or parent.objects[0]).pos in ("PROPN", "PRON")


# Nouns whose that-clause is somebody's word.
CLAIM_NOUNS = words(
    """
    claim report rumor rumour allegation suggestion belief theory idea speculation assertion accusation
    statement warning prediction notion possibility view argument hypothesis suspicion doubt fear
    concern expectation
    """
)


# Phrases that tie sentences together and are no arguments: "for example", "as a result".
_CONNECTIVES = frozenset(
    {
        ("for", "example"), ("for", "instance"), ("in", "fact"), ("in", "addition"), ("in", "contrast"),
        ("as", "result"), ("in", "particular"), ("in", "general"), ("in", "turn"), ("in", "order"),
        ("of", "course"), ("on", "hand"), ("by", "contrast"), ("in", "conclusion"), ("at", "all"),
    }
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Complement:
    """A prepositional argument: its words ("due to") and the head of what it governs."""

    marker: str
    prep: Token
    head: Token


@dataclass(slots=True, eq=False)
class Clause:
    """One predicate with its arguments.

    `kind` is the dependency that ties it to its surroundings (ROOT, conj, xcomp, relcl, …);
    `subject_via` says where the subject comes from: own, shared, controlled, relative, participle.
    """

    head: Token
    kind: str
    parent: Clause | None = None
    subject: Token | None = None
    subject_via: str = "own"
    passive: bool = False
    objects: list[Token] = field(default_factory=list)
    dative: Token | None = None
    complement: Token | None = None
    clausal: list[Token] = field(default_factory=list)
    preps: list[Complement] = field(default_factory=list)
    agent: Token | None = None
    times: list[Token] = field(default_factory=list)
    particle: Token | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    speaker: Token | None = None
    hearsay: str | None = None
    permission: Token | None = None

    @property
    def caused(self) -> list[Token]:
        """Who is made or allowed to do what the clause governs: its objects, subjects of bare infinitives."""
        inner = [s for c in self.clausal if (s := c.child("nsubj")) is not None]
        return [*self.objects, *inner]

    @property
    def copular(self) -> bool:
        """Whether the predicate is a form of "be" with a complement."""
        return self.head.lemma == "be"

    @property
    def lemma(self) -> str:
        """The verb with its particle: "shut down"."""
        return f"{self.head.lemma} {self.particle.norm}" if self.particle else self.head.lemma


def clauses(sentence: Sentence) -> list[Clause]:
    """The clauses of the sentence, in reading order of their predicates."""
    found: dict[Token, Clause] = {}
    for head in _top_down(sentence):
        if is_predicate(head):
            found[head] = _clause(head, found)
    return sorted(found.values(), key=lambda c: c.head.i)


def _top_down(sentence: Sentence) -> Iterator[Token]:
    stack = list(reversed(sentence.roots))
    while stack:
        token = stack.pop()
        yield token
        stack.extend(reversed(token.children))


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause: a verb that is no auxiliary and no mere modifier."""
    if token.pos not in ("VERB", "AUX") or token.dep in _SERVING:
        return False
    if token.dep in _CLAUSAL:
        return token.tag != "VBG" or token.dep != "csubj" or bool(token.children)
    if token.dep == "conj":
        return is_predicate(_conjunct_head(token)) or bool(token.child(*SUBJECT, "dobj"))
    return bool(token.child(*SUBJECT))


def _conjunct_head(token: Token) -> Token:
    while token.dep == "conj":
        token = token.head
    return token


def _clause(head: Token, found: dict[Token, Clause]) -> Clause:
    parent = next((found[a] for a in head.ancestors() if a in found), None)
    clause = Clause(head, head.dep, parent)
    _own_arguments(clause)
    first = found.get(head.head) if head.dep == "conj" else None
    if first is not None:
        _share(first, clause)
    if head.dep == "relcl":
        _relative(clause)
    elif head.dep == "acl":
        _participle(clause)
    elif clause.subject is None and parent is not None:
        _controlled(clause, parent)
    return clause


def _own_arguments(clause: Clause) -> None:
    head = clause.head
    clause.passive = head.child("auxpass", "nsubjpass", "csubjpass") is not None
    clause.subject = head.child(*SUBJECT)
    clause.particle = head.child("prt")
    for child in head.children:
        if child.dep == "dobj":
            if not _direction(child):
                clause.objects.append(child)
            elif child.ent == "DATE":
                clause.times.append(child)
        elif child.dep == "dative" and child.pos != "ADP":
            clause.dative = child
        elif child.dep in ("attr", "acomp", "oprd") and clause.complement is None:
            clause.complement = child
        elif child.dep in ("ccomp", "xcomp"):
            clause.clausal.append(child)
        elif child.dep == "npadvmod" and child.i > 0:
            clause.times.append(child)
        elif child.dep in ("prep", "agent", "dative"):
            _prepositions(clause, child)
    if head.tag == "VBN" and clause.agent is not None and head.child("aux") is None:
        clause.passive = True


_DIRECTIONS = words(
    "north south east west northeast northwest southeast southwest inland upstream downstream"
)


def _direction(token: Token) -> bool:
    """Whether the word tells the way or how long, and no thing: "runs parallel", "played four years"."""
    if token.ent == "DATE" and token.lemma in _SPANS and token.head.lemma not in _SPENDING:
        return True
    bare = token.child("det", "poss", "nummod") is None
    return bare and (token.tag in ("JJ", "RB") or token.norm in _DIRECTIONS)


_SPANS = frozenset({"year", "month", "week", "day", "season", "decade", "hour"})
_SPENDING = frozenset(
    {"spend", "take", "last", "have", "mark", "celebrate", "serve", "lose", "need", "cover"}
)


def _prepositions(clause: Clause, prep: Token) -> None:
    for complement in complements(prep):
        if (complement.marker, complement.head.norm) in _CONNECTIVES:
            continue
        if complement.prep.dep == "agent" and complement.head.dep == "pobj":
            clause.agent = complement.head
        else:
            clause.preps.append(complement)


def complements(prep: Token, marker: str = "") -> Iterator[Complement]:
    """What a preposition governs, compound prepositions joined ("due to", "out of", "according to")."""
    words = f"{marker} {prep.norm}".strip()
    words = " ".join(
        [words, *(c.norm for c in prep.kids("pcomp", "fixed") if c.pos == "ADP" and not c.children)]
    )
    if prep.child("neg") is not None:
        return  # "sold it to Cisco, not to Juniper"
    for child in prep.children:
        if child.dep in ("pobj", "pcomp") and child.pos != "ADP":
            whole = child.child("prep") if words == "as" and child.norm == "part" else None
            yield from (
                complements(whole, "as part") if whole is not None else [Complement(words, prep, child)]
            )
        elif (
            child.dep in ("prep", "pcomp")
            and child.children
            and (child.pos == "ADP" or child.tag in ("IN", "TO"))
        ):
            yield from complements(
                child, "" if prep.child("pobj") is not None else words
            )  # from 1970 to 1985
        elif child.dep == "conj" and child.pos == "ADP":
            yield from complements(child)


def noun_complements(noun: Token) -> list[Complement]:
    """The prepositional arguments of a noun, in reading order."""
    return [c for prep in noun.kids("prep") for c in complements(prep)]


def _share(first: Clause, clause: Clause) -> None:
    """Verb coordination: the later verb takes the subject, voice and sometimes the object of the first."""
    if clause.subject is None and first.subject is not None:
        clause.subject, clause.subject_via = first.subject, "shared"
        bare = clause.head.child("aux", "auxpass") is None
        reduced = first.head.child("auxpass") is None  # "Born in Lagos and raised in Houston, …"
        if (
            first.passive
            and bare
            and clause.head.tag in ("VBN", "VBD" if reduced else "")
            and not clause.objects
        ):
            clause.passive = True
    if clause.agent is not None and first.passive and first.agent is None and not first.preps:
        first.agent = clause.agent  # "was developed and tested by Pfizer"
    near = clause.subject_via == "shared" and clause.head.i - first.head.i <= 3
    if near and first.passive and clause.passive and clause.preps and not _own(first) and not first.times:
        first.preps = list(clause.preps)  # "was born and raised in Utah"
    if near and first.head.lemma in _DWELLING and not first.passive and not _own(first):
        # "lives and works in Bonn"
        first.preps = [p for p in clause.preps if p.marker in ("in", "at", "near")]
    if clause.objects and near and _lacks_object(first):
        first.objects = list(clause.objects)


_DWELLING = frozenset({"live", "reside", "dwell"})
_INTRANSITIVE = frozenset(
    {"be", "come", "go", "arrive", "rise", "fall", "die", "sit", "stand", "live", "appear"}
)


def _lacks_object(first: Clause) -> bool:
    """Whether an active verb has nothing behind it: "designs and sells phones"."""
    return not _own(first) and not first.passive and first.head.lemma not in _INTRANSITIVE


def _own(clause: Clause) -> bool:
    """Whether the clause has anything but a subject."""
    return bool(clause.objects or clause.preps or clause.clausal or clause.complement or clause.agent)


def content_clause(head: Token) -> bool:
    """Whether the clause says what was claimed, complete in itself: "the rumor that Sony bought Nikon"."""
    noun = head.head
    if head.dep not in ("acl", "relcl") or noun.lemma not in CLAIM_NOUNS:
        return False
    subject = head.child(*SUBJECT)
    return subject is not None and subject.norm not in _RELATIVE


def _relative(clause: Clause) -> None:
    """A relative clause: the antecedent takes the place of the pronoun, or of the missing argument."""
    antecedent = clause.head.head
    if content_clause(clause.head):
        clause.objects = [o for o in clause.objects if o.norm not in _RELATIVE]
        return
    pronoun_used = False
    if clause.subject is not None and clause.subject.norm in _RELATIVE:
        clause.subject, clause.subject_via, pronoun_used = antecedent, "relative", True
    clause.objects = [antecedent if o.norm in _RELATIVE else o for o in clause.objects]
    pronoun_used |= antecedent in clause.objects
    if clause.complement is not None and clause.complement.norm in _RELATIVE:
        clause.complement, pronoun_used = antecedent, True
    for prep in clause.preps:
        if prep.head.norm in _RELATIVE:
            prep.head, pronoun_used = antecedent, True
    adverbs = _relative_adverbs(clause.head)
    if adverbs and adverbs[0].norm == "where":
        clause.preps.append(Complement("in", adverbs[0], antecedent))
    if pronoun_used or adverbs:
        return
    if _whose(clause) is not None:
        return
    if clause.subject is None:
        clause.subject, clause.subject_via = antecedent, "relative"
    elif not clause.objects and clause.complement is None and not clause.passive and not clause.clausal:
        stranded = [p for p in clause.head.kids("prep") if not p.children]
        if stranded:
            clause.preps.append(Complement(stranded[-1].norm, stranded[-1], antecedent))
        else:
            clause.objects.append(antecedent)


def _relative_adverbs(head: Token) -> list[Token]:
    return [c for c in head.kids("advmod") if c.norm in ("where", "when", "why", "how")]


def _whose(clause: Clause) -> Token | None:
    for argument in (clause.subject, *clause.objects):
        possessor = argument.child("poss") if argument is not None else None
        if possessor is not None and possessor.norm == "whose":
            return argument
    return None


def _participle(clause: Clause) -> None:
    """A participle or infinitive behind a noun: "the bridge built by Rome", "a firm making phones"."""
    noun = clause.head.head
    if clause.subject is not None:
        return
    if clause.head.tag == "VBN" or (clause.head.tag == "VBD" and clause.agent is not None):
        clause.passive = True
        clause.subject, clause.subject_via = noun, "participle"
    elif clause.head.tag == "VBG":
        clause.subject, clause.subject_via = noun, "participle"
    elif clause.parent is not None and noun in clause.parent.objects:
        clause.subject, clause.subject_via = clause.parent.subject, "controlled"


FINITE = frozenset({"VBD", "VBZ", "VBP"})


def _compares(head: Token) -> bool:
    mark = head.child("mark")
    return mark is not None and mark.norm in ("as", "than")


_TOPICS = frozenset({"about", "on", "regarding", "concerning"})
# Verbs whose object is seen doing what follows: "the video shows Lavigne in a car, driving off".
_SHOWING = frozenset({"show", "depict", "portray", "picture", "see", "film", "feature", "photograph"})


def _controlled(clause: Clause, parent: Clause) -> None:
    """A clause without a subject of its own takes the governing clause's (or its object)."""
    head = clause.head
    if (head.dep == "advcl" and head.tag == "VBG" and parent.head.lemma in _SHOWING and parent.objects) or (
        head.dep == "xcomp" and parent.head.lemma in _OBJECT_CONTROL and parent.objects and not parent.passive
    ):
        clause.subject, clause.subject_via = parent.objects[0], "controlled"
    elif head.dep in ("xcomp", "ccomp"):
        if head.dep == "xcomp" or head.tag in ("VB", "VBG"):
            clause.subject, clause.subject_via = parent.subject, "controlled"
    elif head.dep == "advcl" and head.tag in FINITE and _compares(head):
        return  # "as happened in May": what happened is the whole clause
    elif head.dep in ("advcl", "pcomp", "dep", "conj"):
        nominal = next(iter(head.ancestors())) if head.dep == "pcomp" else head
        judged = nominal.head.child("nsubj") if head.dep == "pcomp" and nominal.head.pos == "ADJ" else None
        if judged is not None:
            clause.subject = judged  # "found Victor Salas guilty of accepting money"
        elif head.dep == "pcomp" and nominal.head.pos == "NOUN" and nominal.norm in _TOPICS:
            return  # "lyrics about escaping": who escapes is not told
        elif head.dep == "pcomp" and nominal.head.pos == "NOUN" and nominal.head is not parent.head:
            noun = nominal.head
            clause.subject = noun.child("poss") or (parent.subject if noun in parent.objects else None)
        elif head.dep == "pcomp" and parent.objects and _object_does(parent, head.head):
            clause.subject = parent.dative or parent.objects[0]
        else:
            clause.subject = parent.subject
        clause.subject_via = "controlled"
        if head.tag == "VBN" and not clause.objects and head.child("aux") is None:
            clause.passive = True
