"""What a pronoun stands for: "it", "his", "they", "itself", "those".

Takes the head and the discourse so far; gives the nodes of its antecedent, or nothing when none
stands out. Candidates are ranked by recency and grammatical role in the manner of Lappin & Leass
(1994) and Hobbs (1978), and filtered by number, gender, class and binding.
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import SUBJECT, Clause, complements
from factloom.extract.discourse import Candidate, Discourse, Resolve, Resolved
from factloom.extract.entities import ORGANIZATION, PERSON, Node
from factloom.extract.lexicon import is_person_noun
from factloom.extract.mentions import SPEAKING, is_name_head
from factloom.extract.phrases import conjuncts, phrase, text
from factloom.extract.rules.common import is_name
from factloom.extract.tokens import Token
from factloom.ontology.namespaces import THING

_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_THING = frozenset(["it", "its", "itself"])
SINGULAR = _MALE | _FEMALE | _THING
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj"})
_REFLEXIVE = frozenset(["itself", "himself", "herself", "themselves"])
_GROUP = frozenset(["they", "them", "their", "theirs"])
_UNSURE = 2  # sentences that a candidate seems further away when nothing but its look makes it a person
# A candidate with the key that ranks it: distance with doubts, then role and position, both negative.
_Ranked = tuple[tuple[int, int, int], Candidate]


class Pronouns:
    """Answers for the pronouns of one document; `one` resolves any other head."""

    def __init__(self, discourse: Discourse, one: Resolve) -> None:
        self._discourse = discourse
        self._one = one

    def resolve(self, head: Token) -> list[Resolved] | None:
        """The nodes that the pronoun stands for; None when that can't be told."""
        word = head.norm
        if word in SPEAKING or head not in self._discourse.sentences or self._in_title(head):
            return None
        if word in ("those", "these") and head.dep == "pobj":
            return self._those(head)
        if (word == "it" and _told_as_event(head)) or (head.tag == "PRP$" and head.dep in SUBJECT):
            return None  # "His is the latest case"
        found: list[Resolved] | None = None
        if word == "whose":
            relative = next((a for a in head.ancestors() if a.dep == "relcl"), None)
            found = self._one(relative.head) if relative is not None else None
        elif word in _REFLEXIVE:
            found = self._reflexive(head)
        elif word in SINGULAR:
            earlier = self._earlier(head)
            known = self._one(earlier) if earlier is not None else None
            same = earlier is not None and (word not in _THING or earlier.norm == "its")
            found = known if known or same else self._antecedent(head)
        elif word in _GROUP:
            found = self._group(head)
        return [self._referred(head, f.node) for f in found] if found else None

    def _in_title(self, head: Token) -> bool:
        """Whether its capital tells that the word is part of a title: "the film Away from Her"."""
        before = self._discourse.sentences[head].tokens[head.i - 1] if head.i else None
        return before is not None and head.text[:1].isupper() and before.text[-1:].isalpha()

    def _referred(self, head: Token, node: Node) -> Resolved:
        step = f"coreference: {head.text!r} refers to {node.label!r}"
        return Resolved(node, (head,), step, vague=not self._discourse.tied(node))

    def _reflexive(self, head: Token) -> list[Resolved] | None:
        """Principle A: a reflexive is the subject of its own clause."""
        clause = self._discourse.clause(head)
        if clause is None or clause.subject is None or clause.subject is head:
            return None
        return self._one(clause.subject)

    # ------------------------------------------------------------------ one antecedent

    def _earlier(self, head: Token) -> Token | None:
        """The same pronoun earlier in the sentence: it stands for the same thing, known or not."""
        kin = next(group for group in (_MALE, _FEMALE, _THING) if head.norm in group)
        before = self._discourse.sentences[head].tokens[: head.i]
        return next((t for t in reversed(before) if t.norm in kin and t.dep in ARGUMENTS), None)

    def _antecedent(self, head: Token) -> list[Resolved] | None:
        node = self._cataphora(head) or self._best(head)
        return [Resolved(node, (head,))] if node is not None else None

    def _cataphora(self, head: Token) -> Node | None:
        """A fronted adjunct looks forward to the subject: "By integrating its chatbot, ByteDance …"."""
        clause = self._discourse.clause(head)
        for governor in head.ancestors():
            outer = self._discourse.clauses.get(governor)
            if outer is None or outer.head.i <= head.i or (outer is clause and outer.kind == "ROOT"):
                continue
            node = self._subject_behind(outer, head)
            if node is not None:
                return node
        return self._subject_behind(clause, head) if clause is not None else None

    def _subject_behind(self, clause: Clause, head: Token) -> Node | None:
        """The clause's subject, if it is a name behind the pronoun and the pronoun suits it."""
        subject = clause.subject
        if subject is None or subject.i <= head.i or not is_name(subject) or head in subject.subtree():
            return None
        node = self._discourse.names.node(subject)
        return node if node is not None and self._fits(node, head.norm) else None

    def _best(self, head: Token) -> Node | None:
        """The candidate that ranks first; none for "it" where nothing stands out."""
        ranked = list(self._ranked(head))
        if not ranked:
            return None
        first, best = min(ranked, key=lambda item: item[0])
        if self._rival_thing(head, best) or self._somebody_else(head, best):
            return None
        if (
            head.norm == "it"
            and best.role < 4
            and any(
                c.role == 4 and c.sentence == best.sentence and c.node is not best.node for _, c in ranked
            )
        ):
            return None  # the main subject, which is only described, may be meant
        if head.norm in _THING and best.role < 3:
            rivals = any(key[:2] == first[:2] and c.node is not best.node for key, c in ranked)
            if rivals or (best.role < 2 and best.sentence != self._discourse.sentences[head].index):
                return None
        return best.node

    def _rival_thing(self, head: Token, best: Candidate) -> bool:
        """Whether "it" as an object may as well be a thing named by a noun in its sentence: "Reed called the
        vote a setback, while others welcomed it".
        """
        sentence = self._discourse.sentences[head]
        if head.norm == "it" and head.dep == "nsubjpass" and best.sentence == sentence.index - 1:
            return self._object_beside(best)
        if head.norm != "it" or head.dep not in ("dobj", "pobj") or best.sentence == sentence.index:
            return False
        before = sentence.tokens[: head.i]
        return any(
            t.tag == "NN" and t.dep in ("dobj", "nsubj") and t.child("det") is not None for t in before
        )

    def _somebody_else(self, head: Token, best: Candidate) -> bool:
        """Whether the sentence of the candidate is about a person who was not made out: "The new president
        praised Juan Vega. His party …".
        """
        if (
            head.norm not in _MALE | _FEMALE
            or best.role >= 3
            or best.sentence == self._discourse.sentences[head].index
        ):
            return False
        subjects = self._subjects(best.sentence, head)
        if not subjects:
            return False
        main = subjects[0]
        person = main.pos == "NOUN" and main.tag == "NN" and is_person_noun(main.lemma.lower())
        found = self._one(main) if person else None
        return person and (not found or found[0].vague or found[0].node.kind != "name")

    def _object_beside(self, best: Candidate) -> bool:
        """Whether another thing was dealt with there: "The academy awards the prize. It was given …"."""
        verb = best.head.head
        if best.head.dep != "nsubj" or verb.pos != "VERB":
            return False
        return any(o.tag == "NN" and o.child("det") is not None for o in verb.kids("dobj"))

    def _ranked(self, head: Token) -> Iterator[_Ranked]:
        sentence, own = self._discourse.sentences[head], self._discourse.clause(head)
        nearest = self._own_subject(head, own)
        for c in self._discourse.candidates:
            distance = sentence.index - c.sentence
            if distance > 2 or (distance == 0 and c.position >= head.i) or not self._fits(c.node, head.norm):
                continue
            if _predicated(c) or (distance == 0 and self._bound(head, c, own)):
                continue
            distant_description = c.node.kind != "name" and distance > 0
            unsure = int(head.norm in _MALE | _FEMALE and not _surely_person(c.node))
            unsure += head.norm in _MALE | _FEMALE and c.node.best(self._discourse.schema) == THING
            unsure += 2 * (distance > 0 and _one_of_several(c.head))
            unsure += int(head.norm in _MALE | _FEMALE and distance > 0 and c.role < 2)
            doubts = 2 * distant_description + _UNSURE * unsure
            if distance == 0 and c.node is nearest:
                doubts = -1
            yield (distance + doubts, -c.role, -c.position), c

    def _own_subject(self, head: Token, own: Clause | None) -> Node | None:
        """For a possessive the subject of its clause, which is most often the possessor: "hurt his ankle"."""
        if head.dep != "poss" or own is None or own.subject is None or own.subject.i > head.i:
            return None
        if next((a for a in head.ancestors() if a in (own.head, own.subject)), None) is own.subject:
            return None  # inside the subject: "his brother left"
        found = self._one(own.subject)
        return found[0].node if found else None

    def _bound(self, head: Token, candidate: Candidate, own: Clause | None) -> bool:
        """Binding: no name in the clause of a subject pronoun (principle C), no subject for an object
        (principle B), and a possessive is not what it possesses ("its chatbot Doubao") nor who has the
        role ("serving as its president").
        """
        if head.tag == "PRP$" or head.dep == "poss":
            holder = own is not None and own.subject is candidate.head and _role_of_subject(head)
            return holder or candidate.head in head.head.subtree()
        there = self._discourse.clause(candidate.head)
        if there is not None and there.subject is head:
            return True  # "Joining the Kabul River, it flows south"
        if own is None or own.subject is None:
            return False
        if head is own.subject:
            return there is own
        owner = candidate.head.dep == "poss" and candidate.head.head is own.subject
        within = own.subject in candidate.head.ancestors() and not owner  # "Orr's support led him to win"
        return candidate.head is own.subject or within

    def _fits(self, node: Node, word: str) -> bool:
        """Whether number, gender and class let the pronoun stand for the node."""
        kind = node.best(self._discourse.schema)
        person = self._discourse.schema.is_a(kind, PERSON)
        if word in _THING:
            return not person and not node.plural
        other = "f" if word in _MALE else "m"
        return (person or kind == THING) and node.gender != other

    # ------------------------------------------------------------------ several

    def _group(self, head: Token) -> list[Resolved] | None:
        """For "they": coordinated names, a plural subject, or an organisation, nearest first."""
        index = self._discourse.sentences[head].index
        own = self._discourse.clause(head)
        if head.dep == "poss" and own is not None and own.subject is not None and own.subject.tag == "NNS":
            return (
                self._one(own.subject) if own.subject.i < head.i else None
            )  # "shares rose to their highest"
        for distance in (0, 1):
            for other in self._subjects(index - distance, head):
                if own is not None and other is own.subject and head.dep != "poss":
                    continue
                parts = [t for t in conjuncts(other) if is_name_head(t)]
                if len(parts) >= 2:
                    return [r for t in parts for r in self._one(t) or []]
                if self._collective(other):
                    return self._one(other)
        return None

    def _collective(self, subject: Token) -> bool:
        """A plural noun, or the name of an organization."""
        if subject.tag in ("NNS", "NNPS") and subject.pos == "NOUN":
            return True
        node = self._discourse.names.node(subject) if is_name_head(subject) else None
        return node is not None and self._discourse.is_a(node, ORGANIZATION)

    def _subjects(self, index: int, head: Token) -> list[Token]:
        """The subjects of a sentence in reading order; in the pronoun's own, those before it."""
        sentences = self._discourse.sentences
        own = [c.subject for c in self._discourse.clauses.values() if c.subject_via == "own"]
        there = [s for s in own if s is not None and s in sentences and sentences[s].index == index]
        if index == sentences[head].index:
            there = [s for s in there if s.i < head.i]
        return sorted((s for s in there if s is not head), key=lambda t: t.i)

    # ------------------------------------------------------------------ "those"

    def _those(self, head: Token) -> list[Resolved] | None:
        """The noun before is repeated: "various benchmarks, including those used at X"."""
        noun = _noun_before(head)
        if noun is None or head.child("acl", "relcl", "prep") is None:
            return None
        rest = [t for t in phrase(head, drop=())[1:] if t.dep != "punct"]
        node = self._discourse.nominal(head, f"{noun.text} {text(rest)}", noun.lemma)
        return [Resolved(node, (head, *rest), f"coreference: 'those' refers to {noun.text!r}")]


def _noun_before(head: Token) -> Token | None:
    """The noun that governs "those", or the last plural that it governs in turn."""
    noun = next((a for a in head.ancestors() if a.pos == "NOUN"), None)
    if noun is None and head.head.head.dep == "prep":
        noun = head.head.head.child("pobj")
    if noun is None:
        return None
    for prep in noun.kids("prep"):
        for c in complements(prep):
            if c.head.tag == "NNS" and c.head.i < head.i:
                noun = c.head
    return noun


def _one_of_several(name: Token) -> bool:
    """One of several names, of which none stands out: "His sons, Peter, Jonas and Mathias, …"."""
    first = name
    while first.dep == "conj" and first.head is not first:
        first = first.head
    return len([t for t in conjuncts(first) if is_name_head(t)]) > 2


def _told_as_event(it: Token) -> bool:
    """Whether "it" is what happened: "It marks the first time that …", "It was the third victory"."""
    verb = it.head
    if it.dep == "nsubj" and verb.lemma == "be" and (_cleft(verb) or _put_off(verb)):
        return True
    told = verb.child("dobj", "attr")
    if it.dep != "nsubj" or told is None or verb.lemma not in ("mark", "be", "represent", "signal"):
        return False
    if verb.lemma == "be" and told.lemma in ("visit", "trip", "tour", "appearance", "attempt", "flight"):
        return told.child("poss") is None  # "It was the first visit to the island by a king"
    return told.lemma in ("time", "occasion", "victory", "defeat", "win", "loss")


def _cleft(verb: Token) -> bool:
    """Whether "it is" only sets something off: "It was on his advice that she left", "It was the board that
    said no".
    """
    told = verb.child("attr")
    if told is None:
        prep = verb.child("prep")
        clauses = verb.kids("ccomp", "advcl", "relcl")
        return prep is not None and any(c.i > prep.i and _that(c) for c in clauses)
    definite = any(c.norm == "the" for c in told.kids("det"))
    singled = any(c.tag in ("JJS", "RBS") or c.norm in _SINGLED for c in told.kids("amod"))
    return definite and not singled and any(_that(c) for t in told.subtree() for c in t.kids("relcl"))


def _put_off(verb: Token) -> bool:
    """Whether "it" only announces a clause with "that": "It is old news that the plant will close"."""
    told = verb.child("attr")
    if told is None or told.child("poss") is not None:
        return False
    clauses = [c for t in (told, verb) for c in t.kids("ccomp", "acl", "advcl", "csubj")]
    clauses = [c for c in clauses if c.i > told.i]
    if any(_whole_clause(c) for c in told.kids("relcl")):
        return True  # "It is an old adage that you follow the money"
    return any(m.norm == "that" or _for_to(m, c) for c in clauses for m in c.kids("mark"))


def _whole_clause(relative: Token) -> bool:
    """Whether "that" stands for no part of the clause: subject and object are there."""
    parts = [c for d in (("nsubj", "nsubjpass"), ("dobj",)) for c in relative.kids(*d)[:1]]
    that = any(c.norm == "that" and c.i < relative.i for c in relative.children)
    return that and len(parts) == 2 and all(c.norm not in ("that", "which", "who") for c in parts)


def _for_to(mark: Token, clause: Token) -> bool:
    """As in "It is a running joke for characters to garble his name"."""
    return mark.norm == "for" and any(c.tag == "TO" for c in clause.kids("aux"))


_SINGLED = frozenset({"first", "second", "third", "last", "only", "sole", "same", "latest", "next"})


def _that(clause: Token) -> bool:
    return any(c.norm in ("that", "who") for c in clause.kids("mark", "nsubj", "nsubjpass", "dobj"))


def _surely_person(node: Node) -> bool:
    """Whether more than the recogniser's word makes the node a person."""
    told = node.gender is not None or node.votes.get(PERSON, 0.0) > 0
    return told or any(is_person_noun(n) for n in node.nouns)


def _predicated(candidate: Candidate) -> bool:
    """Whether the mention tells what somebody is, and is nobody itself: "she is Vice President at Bolt"."""
    head = candidate.head
    if head.ent == "NORP" or head.dep == "oprd" or (head.dep == "pobj" and head.head.norm == "as"):
        return True  # "born a Methodist, she left"
    subject = head.head.child("nsubj") if head.dep == "attr" else None
    return subject is not None and (subject.pos in ("PROPN", "PRON") or candidate.node.kind != "name")


def _role_of_subject(pronoun: Token) -> bool:
    """Whether the possessed noun is a person's role that the clause gives its subject: "as its chairman"."""
    noun = pronoun.head
    given = noun.dep == "attr" or (noun.dep == "pobj" and noun.head.norm == "as")
    return given and is_person_noun(noun.lemma.lower())
