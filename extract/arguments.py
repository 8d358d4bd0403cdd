"""The arguments of a clause as the surface view words them: slots of tokens, each with its role.

Takes a chain of clauses (a predicate and the infinitives it controls), gives lists of slots: objects and
complements first, then what else hangs on the predicates, in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause, Complement
from factloom.extract.phrases import conjuncts, phrase
from factloom.extract.status import SPEECH
from factloom.extract.tokens import Token

Slot = tuple[str, list[Token]]
# Roles of slots that do not open with a preposition.
BARE = frozenset({"object", "complement", "clause", "time", "purpose", "manner"})
# Roles of slots that stay whole, whatever hangs on their head.
_WHOLE = BARE - {"object", "complement"}
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_QUESTION_TAGS = frozenset({"WRB", "WP", "WDT"})


def alternatives(chain: list[Clause]) -> Iterator[list[Slot]]:
    """The arguments of a chain of predicates, once for each coordinated object."""
    last = chain[-1]
    core = last.objects[0] if last.objects else last.complement
    for head in conjuncts(core) if core is not None else [None]:
        given = _core(chain, core, head)
        slots = [split for slot in [*given, *_rest(chain, bare=not given)] for split in _split(slot)]
        if slots:
            first, *rest = slots
            yield [first, *(part for slot in rest for part in _parts(slot))]


def _parts(slot: Slot) -> list[Slot]:
    """A prepositional argument once for each noun coordinated in it: "during the war and the crisis"."""
    role, tokens = slot
    inside = set(tokens)
    head = next((t for t in tokens if t.dep == "pobj" and t.head in inside and t.pos in _NOUNS), None)
    heads = [t for t in conjuncts(head) if t in inside] if head is not None else []
    if role in BARE or head is None or len(heads) < 2:
        return [slot]
    governed = set(head.subtree())
    marker = [t for t in tokens if t not in governed]
    if any(t.i > head.i for t in marker):
        return [slot]
    return [(role, [*marker, *(t for t in phrase(h, conjuncts=False) if t in inside)]) for h in heads]


def leading(role: str, words: list[Token], verb: Token) -> int:
    """How many words of the first argument join the relation: "taught at", "said that"."""
    if role == "clause":
        return int(words[0].norm == "that" and words[0].dep == "mark" and len(words) > 1)
    if role in BARE or words[0].pos != "ADP" or words[0].i < verb.i:
        return 0
    count = 1 if role == "agent" else len(role.split())
    return count if len(words) > count else 0


def _core(chain: list[Clause], core: Token | None, head: Token | None) -> list[Slot]:
    """Objects, complements and what is said; `head` stands for the coordinated `core`."""
    last = chain[-1]
    slots: list[Slot] = [("object", phrase(c.dative)) for c in chain if c.dative is not None]
    if core is not None and head is not None:
        slots.append(("object" if last.objects else "complement", phrase(head, conjuncts=False)))
    slots += [("object", phrase(o)) for o in last.objects[1:]]
    if last.objects and last.complement is not None:
        slots.append(("complement", phrase(last.complement)))
    slots += [("clause", phrase(c, drop=())) for c in last.clausal if _said(c, last.head)]
    return [slot for slot in slots if slot[1]]


def _said(clause: Token, verb: Token) -> bool:
    """Whether a finite clause is what the verb says or knows, not a sentence run into the next one."""
    return clause.dep == "ccomp" and (clause.i > verb.i or verb.lemma in SPEECH)


def _rest(chain: list[Clause], *, bare: bool) -> list[Slot]:
    """The further arguments in reading order, those before the verb last; `bare`: there is no core."""
    last = chain[-1]
    heads = [c.head for c in chain]
    slots: list[Slot] = [(p.marker, _marked(p)) for c in chain for p in c.preps]
    if last.agent is not None:
        by = last.head.child("agent")
        slots.append(("agent", [*([by] if by else []), *phrase(last.agent)]))
    slots += [("time", phrase(t)) for c in chain for t in c.times]
    slots += [("purpose", phrase(t, drop=())) for h in heads for t in _infinitives(h, last) if t not in heads]
    alone = bare and not slots
    slots += [("manner", phrase(t)) for h in heads for t in h.kids("advmod") if _places(t, h, alone=alone)]
    slots = [slot for slot in slots if slot[1]]
    slots.sort(key=lambda slot: (slot[1][0].i < last.head.i, slot[1][0].i))
    return slots


def _infinitives(verb: Token, last: Clause) -> Iterator[Token]:
    """What an action is for ("to study Mars") and what an object is made to do ("let users order")."""
    for child in verb.kids("advcl", "xcomp"):
        if child.i < verb.i:
            continue
        governed = child.dep == "xcomp" and bool(last.objects)
        purpose = child.tag == "VB" and child.child("aux") is not None and child.child("mark") is None
        if governed or (purpose and child.dep == "advcl"):
            yield child


def _places(adverb: Token, verb: Token, *, alone: bool) -> bool:
    """Whether an adverb is an argument: a phrase ("back to duty"), apart from its verb, or all there is."""
    if adverb.pos == "SCONJ" or adverb.tag in _QUESTION_TAGS:
        return False
    if adverb.i > verb.i:
        return alone or bool(adverb.children) or adverb.i > verb.i + 1
    return bool(adverb.children) and adverb.i < verb.i - 1


def _split(slot: Slot) -> Iterator[Slot]:
    """The argument without the prepositional phrases behind its noun, then each of them."""
    role, tokens = slot
    inside = set(tokens)
    body = tokens if role in BARE else tokens[len(role.split()) :]
    head = next((t for t in body if t.head not in inside or t.head not in body), None)
    taken: set[Token] = set()
    trailing: list[Slot] = []
    if head is not None and role not in _WHOLE:
        for prep in head.kids("prep"):
            words = [t for t in tokens if t in set(prep.subtree())]
            if prep in inside and prep.i > head.i and prep.norm != "of" and len(words) > 1:
                taken.update(words)
                trailing.append((prep.norm, words))
    yield role, [t for t in tokens if t not in taken]
    yield from trailing


def _marked(complement: Complement) -> list[Token]:
    prep, markers = complement.prep, complement.marker.split()
    before = [prep, *prep.kids("pcomp", "fixed"), *prep.ancestors()]
    preps = sorted((t for t in before if t.norm in markers), key=lambda t: t.i)[: len(markers)]
    words = [t for t in phrase(complement.head) if t not in preps]
    return [*preps, *words]
