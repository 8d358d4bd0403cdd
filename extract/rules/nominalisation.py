"""Nominalisations: "Microsoft's acquisition of LinkedIn", "its performance on benchmarks"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause, Complement
from factloom.extract.lexicon import supersense, verb_of
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, noun_complements
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.records import Modality, Polarity

_INTENTIONS = words(
    """
    plan proposal offer bid attempt effort intention hope promise threat refusal failure
    """
)
_OPEN = words(
    """
    planned proposed possible potential intended pending future alleged rumored rumoured expected likely
    hypothetical would-be attempted
    """
)
# Verbs whose object has not come about.
_UNSETTLING = words(
    """
    block prevent reject cancel oppose propose deny consider plan seek discuss rule abandon halt
    """
)
# Verbs that tell of their subject that it did not come about.
_FALLING = frozenset(
    {"fail", "collapse", "stall", "block", "reject", "cancel", "abandon", "veto", "prohibit", "halt"}
)
_UNDONE = frozenset({"failed", "cancelled", "canceled", "abandoned", "aborted", "unsuccessful", "blocked"})


# First senses of nouns that name a deed; a model, an engine or a fund is a thing whatever verb it shares.
_DEEDS = frozenset(
    {"act", "event", "communication", "process", "state", "phenomenon", "possession", "feeling", None}
)


# Works are things, not the singing or playing of them.
_WORKS = frozenset({"single", "song", "record", "play", "film", "print", "painting", "drawing", "tune"})


def nominalisation(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A noun made of a verb, its doer as possessor or after "by", its object after a preposition."""
    for noun in sentence.tokens:
        if noun.pos != "NOUN" or verb_of(noun.lemma) is None or noun.dep == "compound":
            continue
        arguments = noun_complements(noun)
        doer = noun.child("poss") or _agent(arguments)
        if (
            doer is None
            or noun.lemma in _INTENTIONS
            or noun.lemma in _WORKS
            or supersense(noun.lemma) not in _DEEDS
        ):
            continue
        targets = _targets(arguments)
        if not targets:
            continue
        target = targets[0]
        included = [a.head for a in arguments if a.marker == "including"]
        for head in (target.head, *included):
            proposition = Proposition(
                "nominalisation",
                Form.NOUN,
                sentence,
                doer,
                head,
                f"{noun.lemma} {target.marker}",
                (noun, target.prep),
                tuple(a for a in arguments if a is not target),
            )
            yield _settled(proposition, noun, clause_at(noun, found))


def _agent(arguments: list[Complement]) -> Token | None:
    return next((a.head for a in arguments if a.marker == "by" and a.head.pos != "VERB"), None)


def _targets(arguments: list[Complement]) -> list[Complement]:
    usable = [
        a
        for a in arguments
        if a.marker not in ("by", "during", "after", "before", "due to", "including", "such as")
    ]
    things = [a for a in usable if a.head.ent not in ("DATE", "TIME")]  # "its largest deal in a decade"
    return [a for a in things if a.head.pos in ("NOUN", "PROPN", "PRON", "NUM")]


def _settled(proposition: Proposition, noun: Token, clause: Clause | None) -> Proposition:
    """A deed named by a noun is presupposed, unless its clause plans, hedges or denies it."""
    proposition.presupposed(clause)
    modifiers = {c.norm for c in noun.kids("amod", "compound")}
    if modifiers & _UNDONE:
        proposition.polarity = Polarity.NEGATED
    elif modifiers & _OPEN:
        proposition.modality = Modality.PLANNED
    if clause is not None and clause.subject is noun and clause.head.lemma in _FALLING:
        proposition.modality = Modality.PLANNED
    if clause is not None and clause.modality is not Modality.ACTUAL:
        proposition.modality = clause.modality
    if clause is not None and noun in clause.objects and clause.head.lemma in _UNSETTLING:
        proposition.modality = Modality.PLANNED
    return proposition
