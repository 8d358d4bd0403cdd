"""What a clause commits its author to: polarity, modality and speaker, kept apart from the words.

Takes the clauses of a sentence and sets those three fields, from the clause's own auxiliaries,
negations and adverbs, and from the clauses that govern it. Scope follows the factuality profiles of
FactBank (Saurí & Pustejovsky 2009); what governing words do is told by `extract.governors`.
Nothing here looks at names or at the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable

from factloom.extract import factuality
from factloom.extract.clauses import FINITE, Clause, content_clause, noun_complements
from factloom.extract.factuality import SPEECH
from factloom.extract.governors import UNNAMED, flip, govern, has_to, outcome, weaken
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Modality, Polarity

__all__ = ["SPEECH", "settle"]


def settle(sentence: Sentence, found: Iterable[Clause]) -> None:
    """Set polarity, modality and speaker of every clause, governing clauses first."""
    question = sentence.text.rstrip("\"'”’ )").endswith("?")
    for clause in sorted(found, key=_depth):
        _inherit(clause)
        _own(clause)
        _conditional(clause)
        if question and _in_question(clause):
            clause.modality = Modality.QUESTIONED
    for clause in found:
        _said_of_all(clause)


def _depth(clause: Clause) -> int:
    depth = 0
    while clause.parent is not None:
        clause, depth = clause.parent, depth + 1
    return depth


def _in_question(clause: Clause) -> bool:
    return clause.modality is Modality.ACTUAL and clause.kind not in ("relcl", "acl")


def _said_of_all(clause: Clause) -> None:
    """The source behind coordinated verbs is that of all: "bought Nikon and sold Sony, according to X"."""
    last = any(p.marker == "according to" and p.prep.i > clause.head.i for p in clause.preps)
    while last and clause.kind == "conj" and clause.subject_via == "shared" and clause.parent is not None:
        first = clause.parent
        if first.speaker is None and first.hearsay is None:
            first.speaker = clause.speaker
        clause = first


# ------------------------------------------------------------------ from the governing clause


def _inherit(clause: Clause) -> None:
    if _condition_clause(clause):
        weaken(clause, Modality.CONDITIONAL)
        return
    if content_clause(clause.head):
        clause.hearsay = UNNAMED
        return
    parent = clause.parent
    if parent is None:
        if clause.kind in ("acl", "ROOT") and has_to(clause.head):
            weaken(clause, Modality.PLANNED)  # "hopes to win", headlines: "Toyota to build plant"
        return
    clause.speaker, clause.hearsay = parent.speaker, parent.hearsay
    if clause.kind == "relcl" and has_to(clause.head) and clause.head.child("mark") is not None:
        weaken(clause, Modality.PLANNED)  # "cleared the way for Intel to buy Altera"
        return
    if clause.kind == "relcl" or (clause.kind == "acl" and clause.head.tag != "VB"):
        # A modifier of a noun is presupposed, whatever happens to the clause around it.
        if parent.modality in (Modality.CONDITIONAL, Modality.QUESTIONED):
            clause.modality = parent.modality
        elif _unmade(clause, parent):
            weaken(clause, Modality.POSSIBLE if parent.modality is Modality.ACTUAL else parent.modality)
        return
    if clause.kind == "conj":
        _inherit_conjunct(clause, parent)
    elif clause.kind in ("xcomp", "ccomp", "pcomp", "csubj", "dep", "parataxis", "acl"):
        clause.modality = parent.modality
        govern(clause, parent)
    elif clause.kind == "advcl":
        _adverbial(clause, parent)


def _unmade(clause: Clause, parent: Clause) -> bool:
    """Whether the noun stands for nothing yet: "wants a plant that makes chips", "has no plant that …"."""
    noun = clause.head.head
    wished = noun in parent.objects and parent.head.lemma in _WISHING and not parent.passive
    reached = wished or parent.polarity is Polarity.NEGATED or parent.modality in _NOT_YET
    some = any(c.dep == "det" and c.norm in ("a", "an", "any", "no") for c in noun.children)
    now = clause.head.tag in ("VBZ", "VBP") or any(
        a.tag in ("VBZ", "VBP") for a in clause.head.kids("aux", "auxpass")
    )
    return reached and some and now and noun is not parent.subject and clause.kind == "relcl"


_WISHING = frozenset({"want", "need", "seek", "lack", "require", "demand", "propose", "plan", "envisage"})
_NOT_YET = frozenset({Modality.POSSIBLE, Modality.PLANNED, Modality.OBLIGATORY, Modality.COUNTERFACTUAL})


def _condition_clause(clause: Clause) -> bool:
    """What is asked for or hoped, not what is: "on the condition that turbines are made in Europe"."""
    mark = clause.head.child("mark")
    noun = clause.head.head.lemma
    return (
        clause.kind in ("acl", "relcl") and mark is not None and mark.norm == "that" and noun in _CONDITIONS
    )


_CONDITIONS = frozenset({"condition", "proviso", "assumption", "premise", "provision", "requirement", "hope"})


def _inherit_conjunct(clause: Clause, parent: Clause) -> None:
    """A second verb shares modality and negation as far as it has no subject or auxiliary of its own."""
    own_auxiliary = clause.head.child("aux") is not None
    own_subject = clause.subject_via == "own" and clause.subject is not None
    governed = parent.kind in ("ccomp", "xcomp")
    if not own_subject and not own_auxiliary:
        clause.modality = parent.modality
        clause.permission = parent.permission
        if parent.polarity is Polarity.NEGATED and not _contrast(clause.head) and not _stands(clause, parent):
            clause.polarity = Polarity.NEGATED
    elif governed or (not own_auxiliary and parent.modality is Modality.CONDITIONAL):
        clause.modality = parent.modality


def _stands(clause: Clause, parent: Clause) -> bool:
    """A finite verb behind "and" is out of reach of what negates the first: "never served time and died in
    Munich", "did not resign and stayed"."""
    first, second = parent.head, clause.head
    if second.tag not in FINITE or not any(c.norm == "and" for c in first.kids("cc")):
        return False
    adverb = any(c.norm == "never" for c in first.children) and bool(parent.objects or parent.preps)
    return first.tag not in FINITE or adverb


def _contrast(head: Token) -> bool:
    """The second half of "not X but Y" stands."""
    return any(c.norm == "but" for c in head.head.kids("cc"))


def _adverbial(clause: Clause, parent: Clause) -> None:
    mark = clause.head.child("mark")
    if has_to(clause.head) and (clause.head.tag == "VB" or clause.passive):
        clause.modality = parent.modality
        if outcome(clause, parent):
            return
        weaken(clause, Modality.PLANNED)
        if parent.head.lemma in factuality.FAILING | factuality.PLANNING:
            govern(clause, parent)
    elif mark is None or mark.norm == "that":
        clause.modality = parent.modality
        if _trailing_participle(clause, parent):
            clause.polarity = parent.polarity
    elif mark.norm in ("before", "until", "once") and parent.modality is not Modality.ACTUAL:
        weaken(clause, Modality.PLANNED)  # "must approve the deal before Visa acquires Plaid"
    elif mark.norm in factuality.PRESUPPOSING_MARKS:
        clause.modality = Modality.ACTUAL


def _trailing_participle(clause: Clause, parent: Clause) -> bool:
    """A result ("forcing rivals to respond") is denied with its main verb.

    A participle before it ("Founded in 1998, Google did not …") is presupposed.
    """
    participle = clause.head.tag in ("VBG", "VBN") and clause.subject_via == "controlled"
    return participle and clause.head.i > parent.head.i


# ------------------------------------------------------------------ from the clause's own words


def _own(clause: Clause) -> None:
    head = clause.head
    if _negation(clause):
        flip(clause)
    for child in head.children:
        if child.dep == "aux":
            _auxiliary(clause, child)
        elif child.dep in ("advmod", "neg") and child.pos == "ADV":
            _adverb(clause, child)
    for prep in clause.preps:
        if prep.marker == "according to":
            clause.speaker = prep.head
        elif prep.marker == "in" and prep.head.norm == "words":
            clause.speaker = next(
                (c.head for c in noun_complements(prep.head) if c.marker == "of"), clause.speaker
            )
    _parenthetical(clause)


def _negation(clause: Clause) -> bool:
    """Whether the clause's own words negate it (an odd number of negators)."""
    count = sum(_negates(child) for child in clause.head.children)
    return (count + any(negative_phrase(a) for a in _own_arguments(clause))) % 2 == 1


def _negates(child: Token) -> bool:
    if child.dep == "neg" or (child.dep == "advmod" and child.norm in factuality.NEGATORS):
        return not _not_only(child)
    no_longer = child.dep == "advmod" and child.norm == "longer" and child.child("neg", "det") is not None
    return no_longer or (child.dep == "preconj" and child.norm == "neither")


def _own_arguments(clause: Clause) -> list[Token]:
    """The arguments whose negation is the clause's; not a subject that only governs it from outside."""
    found = (
        clause.subject,
        clause.complement,
        clause.agent,
        *clause.objects,
        *(p.head for p in clause.preps),
    )
    foreign = clause.subject if clause.subject_via not in ("own", "shared") else None
    return [a for a in found if a is not None and a is not foreign]


def _not_only(neg: Token) -> bool:
    """The "not" of "not only", "not just" denies nothing."""
    behind = [c.norm for c in neg.head.children if neg.i < c.i <= neg.i + 2]
    inside = [c.norm for c in neg.children]
    return any(n in ("only", "just", "merely", "simply") for n in behind) or any(
        n in ("only", "just") for n in inside
    )


def negative_phrase(head: Token) -> bool:
    """Whether the phrase denies: "no company", "nobody", "none of the firms", "neither bank"."""
    if head.norm in factuality.NO_DETERMINERS and head.pos in ("PRON", "NOUN", "DET"):
        return True
    return any(
        c.dep in ("det", "neg", "preconj", "cc") and c.norm in ("no", "neither") and c.i < head.i
        for c in head.children
    )


def _auxiliary(clause: Clause, aux: Token) -> None:
    word = aux.norm
    if word in factuality.POSSIBLE_AUX:
        if clause.polarity is Polarity.NEGATED and word in ("can", "could", "ca"):
            return
        weaken(clause, Modality.POSSIBLE)
    elif word in factuality.OBLIGATORY_AUX:
        weaken(clause, Modality.OBLIGATORY)
    elif word in ("will", "'ll", "’ll", "wo"):
        weaken(clause, Modality.PLANNED)
    elif word in ("would", "'d", "’d") and aux.tag == "MD":
        if clause.speaker is not None or clause.hearsay is not None:
            weaken(clause, Modality.PLANNED)  # "said that it would build": the future seen from the past
            return
        perfect = any(a.lemma == "have" for a in clause.head.kids("aux"))
        weaken(clause, Modality.COUNTERFACTUAL if perfect else Modality.CONDITIONAL)


def _adverb(clause: Clause, adverb: Token) -> None:
    if adverb.norm in factuality.POSSIBLE_ADVERBS:
        weaken(clause, Modality.POSSIBLE)
    elif adverb.norm in factuality.HEARSAY_ADVERBS:
        clause.hearsay = UNNAMED
    elif adverb.norm in factuality.NEAR_ADVERBS and adverb.i == clause.head.i - 1:
        weaken(clause, Modality.COUNTERFACTUAL)


def _parenthetical(clause: Clause) -> None:
    """A speech clause set inside names the speaker: "Boeing, analysts say, lost money"."""
    for child in clause.head.children:
        if child.dep in ("parataxis", "ccomp", "advcl", "dep") and child.lemma in SPEECH:
            by = child.child("agent")
            if by is not None and child.tag == "VBN" and child.child("nsubjpass") is None:
                clause.speaker = by.child("pobj") or clause.speaker  # "as reported by Nikkei"
                continue
            mark = child.child("mark")
            speaker = child.child("nsubj")
            objects = child.child("dobj", "ccomp", "xcomp")
            if speaker is not None and objects is None and (mark is None or mark.norm == "as"):
                clause.speaker = speaker


def _conditional(clause: Clause) -> None:
    """An if-clause is not stated, nor is what hangs on it."""
    mark = clause.head.child("mark")
    if mark is not None and mark.norm in factuality.IF_MARKS and clause.kind in _CONDITIONAL_KINDS:
        weaken(clause, Modality.CONDITIONAL)
    if _be_it(clause):
        weaken(clause, Modality.POSSIBLE)
    if clause.modality in (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE):
        if any(_condition(child) for child in clause.head.kids("advcl", "prep")):
            clause.modality = Modality.CONDITIONAL


_CONDITIONAL_KINDS = frozenset({"advcl", "ccomp", "conj", "pcomp", "dep", "csubj", "csubjpass"})


def _condition(child: Token) -> bool:
    """Whether the adjunct is a condition: "if Intel wins", "should Intel win"; "even if" is none."""
    mark = child.child("mark")
    if mark is not None and mark.norm in ("if", "unless") and not _even_if(mark):
        return True
    return child.dep == "advcl" and _fronted(child)


def _fronted(verb: Token) -> bool:
    """The auxiliary comes first: "Should Intel win, …", "Had Sony bought it, …"."""
    aux, subject = verb.child("aux"), verb.child("nsubj", "nsubjpass")
    if aux is None or subject is None:
        return False
    return aux.norm in ("should", "had", "were") and aux.i < subject.i


def _be_it(clause: Clause) -> bool:
    """A bare "be" before its subject leaves open which: "a text, be it a letter or a book"."""
    head = clause.head
    return head.tag == "VB" and head.norm == "be" and clause.subject is not None and clause.subject.i > head.i


def _even_if(mark: Token) -> bool:
    return any(c.norm == "even" for c in (*mark.children, *mark.head.kids("advmod")))
