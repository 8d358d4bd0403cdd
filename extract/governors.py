"""What a governing word does to the clause it governs: implies, denies, plans, reports or hedges it.

Takes a clause with the clause above it and changes its polarity, modality and speaker; the words are
those of `extract.factuality`. What a clause says by its own words is told by `extract.status`.
"""

from __future__ import annotations

from factloom.extract import factuality
from factloom.extract.clauses import CLAIM_NOUNS, Clause
from factloom.extract.lexicon import is_group_noun, is_person_noun, supersense
from factloom.extract.tokens import Token
from factloom.ontology.records import Modality, Polarity

UNNAMED = "unnamed sources"


def flip(clause: Clause) -> None:
    """Negate a clause; two negations affirm."""
    affirmed = clause.polarity is Polarity.AFFIRMED
    clause.polarity = Polarity.NEGATED if affirmed else Polarity.AFFIRMED


def weaken(clause: Clause, modality: Modality) -> None:
    """Give a clause this modality unless it is less than actual already."""
    if clause.modality is Modality.ACTUAL:
        clause.modality = modality


def govern(clause: Clause, parent: Clause) -> None:
    """Settle what the governing predicate, noun or preposition does to its complement."""
    if clause.kind == "acl":
        _by_noun(clause)
    elif clause.kind == "pcomp":
        _by_preposition(clause, parent)
    elif clause.kind == "ccomp" and _indirect_question(clause.head):
        clause.modality = Modality.ACTUAL  # "explain why it has left" takes the leaving for granted
    else:
        _by_verb(clause, parent)


def _indirect_question(head: Token) -> bool:
    return any(c.norm in ("why", "how", "where", "when") for c in head.kids("advmod"))


def has_to(head: Token) -> bool:
    """Whether the verb is an infinitive with "to"."""
    return any(a.norm == "to" for a in head.kids("aux"))


# ------------------------------------------------------------------ verbs


def _by_verb(clause: Clause, parent: Clause) -> None:
    verb = parent.head.lemma
    infinitive = has_to(clause.head) or _bare_verb(clause.head)
    reports = verb in factuality.SPEECH and not infinitive
    if parent.polarity is Polarity.NEGATED and not reports and verb not in factuality.FACTIVE:
        clause.polarity = Polarity.NEGATED
    if verb in factuality.DENYING:
        flip(clause)
        clause.speaker = parent.subject or clause.speaker
    elif verb == "be" and parent.complement is not None:
        _by_adjective(clause, parent.complement)
    elif infinitive and _inside_phrase(clause, parent):
        weaken(clause, Modality.PLANNED)
    elif infinitive:
        _infinitive(clause, parent)
    elif verb in factuality.IMAGINING:
        weaken(clause, Modality.POSSIBLE)
    elif verb in factuality.DOUBTING:
        weaken(clause, Modality.POSSIBLE)
        clause.speaker = parent.subject or clause.speaker
    elif verb in factuality.SPEECH:
        _reported(clause, parent)
    elif _says_that(clause, parent) and verb not in factuality.FACTIVE:
        _attribute(clause, parent)


def _says_that(clause: Clause, parent: Clause) -> bool:
    """Whether somebody's verb governs a that-clause: it is their word, whatever the verb is."""
    mark = clause.head.child("mark")
    told = clause.kind == "ccomp" and mark is not None and mark.norm == "that"
    if any(a.norm in factuality.OBLIGATORY_AUX for a in clause.head.kids("aux")):
        return False  # laid down, not told: "ruled that Intel must stop"
    return told and parent.subject is not None and not parent.passive and _speaks(parent.subject)


def _inside_phrase(clause: Clause, parent: Clause) -> bool:
    """An infinitive that hangs inside a noun phrase tells what for: "a contract worth $2 to supply"."""
    governor = clause.head.head
    return governor is not parent.head and governor.dep == "amod"


def _bare_verb(head: Token) -> bool:
    """An infinitive without "to" or a gerund."""
    return head.tag in ("VB", "VBG") and head.child("aux", "auxpass") is None


def outcome(clause: Clause, parent: Clause) -> bool:
    """Whether the infinitive tells what came of it, not what was meant: "left to become chairman"."""
    return clause.head.lemma == "become" and parent.head.lemma in factuality.OUTCOME


def _infinitive(clause: Clause, parent: Clause) -> None:
    verb = parent.head.lemma
    bare = clause.kind == "xcomp" or clause.head.child("mark") is None
    if outcome(clause, parent):
        return
    if verb in factuality.FAILING and verb != "rule":
        flip(clause)
    elif verb in factuality.ENABLING:
        clause.permission = parent.head
        weaken(clause, Modality.POSSIBLE)
    elif verb in factuality.PLANNING | factuality.SPEECH and (verb != "try" or bare):
        _planned_or_said(clause, parent)
    elif verb in factuality.SEEMING:
        weaken(clause, Modality.POSSIBLE)
    elif verb == "go" and parent.head.tag == "VBG":
        weaken(clause, Modality.PLANNED)
    elif verb == "have" and has_to(clause.head):
        weaken(clause, Modality.OBLIGATORY)
    elif verb == "use":
        weaken(clause, Modality.PLANNED)  # what it is used for: "are used to train models"
    elif verb == "be" and has_to(clause.head):
        weaken(clause, Modality.PLANNED)  # "is to be launched"
    elif parent.objects and has_to(clause.head) and clause.subject is parent.subject:
        weaken(clause, Modality.PLANNED)  # what for: "carried orders to push them out"


def _planned_or_said(clause: Clause, parent: Clause) -> None:
    """What "plans to open" governs is planned; "is said to have opened", "claims to own" are a word."""
    verb = parent.head.lemma
    foreseen = verb in factuality.FORESEEING
    if foreseen or (verb in factuality.PLANNING and not (parent.passive and verb in factuality.SPEECH)):
        weaken(clause, Modality.PLANNED)
    elif parent.passive:
        clause.hearsay = UNNAMED
    else:
        clause.speaker = parent.subject or clause.speaker


def _reported(clause: Clause, parent: Clause) -> None:
    """Attribute a that-clause to who says it; what a thing shows is the author's own word."""
    verb = parent.head.lemma
    if verb in factuality.CONFIRMING:
        clause.speaker = parent.subject or clause.speaker
    elif _voiceless(parent) and verb in factuality.HINTING | factuality.EXPLAINING:
        if verb in factuality.HINTING:
            weaken(clause, Modality.POSSIBLE)
        return
    else:
        _attribute(clause, parent)
    if parent.polarity is Polarity.NEGATED:
        weaken(clause, Modality.POSSIBLE)


def _attribute(clause: Clause, parent: Clause) -> None:
    if parent.passive and parent.agent is None:
        clause.hearsay = UNNAMED
        return
    clause.speaker = parent.agent or parent.subject or clause.speaker
    if clause.speaker is None:
        clause.hearsay = UNNAMED


def _voiceless(parent: Clause) -> bool:
    """Whether the verb of saying has a subject of its own that can't speak: "this path suggests"."""
    if parent.subject is None or parent.subject_via != "own" or parent.passive:
        return False
    return not _speaks(parent.subject)


def _speaks(subject: Token) -> bool:
    """Whether the subject can have a voice: a name, a person, a group, a text; not "this path"."""
    noun = subject.lemma.lower()
    living = is_person_noun(noun) or is_group_noun(noun)
    return subject.pos in ("PROPN", "PRON") or living or supersense(noun) == "communication"


# ------------------------------------------------------------------ adjectives, nouns, prepositions


def _by_adjective(clause: Clause, adjective: Token) -> None:
    if adjective.norm in factuality.DENYING_ADJECTIVES:
        flip(clause)
    elif adjective.norm in factuality.FACTIVE_ADJECTIVES:
        return
    elif adjective.pos in ("ADJ", "VERB") and clause.kind in ("ccomp", "xcomp"):
        weaken(clause, Modality.PLANNED if has_to(clause.head) else Modality.POSSIBLE)


def _by_noun(clause: Clause) -> None:
    if has_to(clause.head):
        weaken(clause, Modality.PLANNED)
    if clause.head.head.lemma in factuality.FAILURE_NOUNS:
        flip(clause)
        clause.modality = clause.parent.modality if clause.parent else Modality.ACTUAL


def _by_preposition(clause: Clause, parent: Clause) -> None:
    prep = clause.head.head
    governor = prep.head.lemma
    if _replaces(prep) or (governor in factuality.FAILING and prep.norm in ("from", "against", "to")):
        flip(clause)
    elif _opens(prep):
        if governor not in factuality.SETTLED_GOVERNORS:
            weaken(clause, Modality.POSSIBLE)
    elif governor in factuality.ACCUSING:
        clause.speaker = parent.subject if not parent.passive else clause.speaker
        clause.hearsay = None if clause.speaker else UNNAMED
    elif governor in factuality.TURNING and prep.norm not in factuality.WHEN:
        weaken(clause, Modality.POSSIBLE)


def _replaces(prep: Token) -> bool:
    """What follows did not happen: "without buying", "instead of buying", "rather than buying"."""
    if prep.norm in ("without", "instead", "than") or any(c.norm == "instead" for c in prep.children):
        return True
    return prep.norm == "of" and prep.head.norm == "instead"


def _opens(prep: Token) -> bool:
    """What follows is open: "for buying", "plan of buying", "claim of having bought"."""
    if prep.norm == "for" or (prep.norm == "in" and prep.head.lemma == "interest"):
        return True  # "expressed interest in buying a stake"
    intending = factuality.PLAN_NOUNS | factuality.PLANNING | CLAIM_NOUNS
    return prep.norm in factuality.OPEN_PREPOSITIONS and prep.head.lemma in intending
