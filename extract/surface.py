"""The surface view (`--open`): open information extraction in the text's own words.

Takes clauses, gives `Extraction`s: subject, relation, object and further arguments, n-ary, with
polarity, modality and speaker. No coreference, no ontology, coordination of arguments left whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.clauses import Clause, Complement, clauses
from factloom.extract.mentions import close_apposition, is_name_head, name_tokens, role_tokens
from factloom.extract.phrases import phrase, text
from factloom.extract.status import settle
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one slot; `role` tells which. `start` and `end` are characters of the document."""

    role: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """One n-ary surface statement of a sentence; `confidence` is a probability."""

    subject: Part
    relation: Part
    object: Part | None
    arguments: tuple[Part, ...]
    polarity: Polarity
    modality: Modality
    attributed_to: str | None
    rule: str
    confidence: float


_Slot = tuple[str, list[Token]]
_BE = "is"


def extractions(sentence: Sentence) -> Iterator[Extraction]:
    """The surface statements of a sentence, in reading order."""
    found = clauses(sentence)
    settle(sentence, found)
    subjects = {c.head: c for c in found}
    for clause in found:
        yield from _clause(clause, found)
    yield from _appositions(sentence, subjects)


def _clause(clause: Clause, found: list[Clause]) -> Iterator[Extraction]:
    chain = _chain(clause, found)
    if chain is None or clause.subject is None:
        return
    slots = _slots(chain)
    if not slots:
        return
    (role, words), rest = slots[0], slots[1:]
    markers = _leading(role, words, chain[-1].head)
    relation = [*_relation(chain), *words[:markers]]
    subject = _described(clause, found)
    yield Extraction(
        _part("subject", phrase(subject)),
        _part("relation", relation),
        _part(role, words[markers:]),
        tuple(_part(*slot) for slot in rest),
        clause.polarity,
        clause.modality,
        clause.speaker.text if clause.speaker else clause.hearsay,
        "clause",
        0.5,
    )


def _leading(role: str, words: list[Token], verb: Token) -> int:
    """How many prepositions open the first argument: they join the relation ("taught at")."""
    if role in ("object", "complement", "clause", "time") or words[0].pos != "ADP" or words[0].i < verb.i:
        return 0
    count = 1 if role == "agent" else len(role.split())
    return count if len(words) > count else 0


def _described(clause: Clause, found: list[Clause]) -> Token:
    """ "X is a footballer who plays …": the relative clause speaks of X."""
    subject = clause.subject
    assert subject is not None
    if clause.subject_via == "relative" and subject.dep == "attr":
        outer = next((c for c in found if c.complement is subject), None)
        if outer is not None and outer.subject is not None and outer.subject.dep != "expl":
            return outer.subject
    return subject


def _chain(clause: Clause, found: list[Clause]) -> list[Clause] | None:
    """The clause with the infinitives it controls ("plans to open"); None when it is inside such a chain."""
    parent = clause.parent
    if (
        clause.kind == "xcomp"
        and parent is not None
        and clause.subject is parent.subject
        and not parent.objects
    ):
        return None
    chain = [clause]
    while not chain[-1].objects:
        last = chain[-1]
        inner = [c for c in found if c.parent is last and c.kind == "xcomp" and c.subject is clause.subject]
        if len(inner) != 1:
            break
        chain.append(inner[0])
    return chain


def _slots(chain: list[Clause]) -> list[_Slot]:
    """The arguments of a chain of predicates: objects and complements first, the rest in reading order."""
    last = chain[-1]
    core: list[_Slot] = [("object", phrase(c.dative)) for c in chain if c.dative is not None]
    core += [("object", phrase(o)) for o in last.objects]
    if last.complement is not None:
        core.append(("complement", phrase(last.complement)))
    core += [("clause", phrase(c, drop=())) for c in last.clausal if c.dep == "ccomp"]
    rest: list[_Slot] = [(p.marker, _marked(p)) for c in chain for p in c.preps if p.head.dep != "pcomp"]
    if last.agent is not None:
        by = last.head.child("agent")
        rest.append(("agent", [*([by] if by else []), *phrase(last.agent)]))
    rest += [("time", phrase(t)) for c in chain for t in c.times]
    rest = [slot for slot in rest if slot[1]]
    after = last.head.i
    rest.sort(key=lambda slot: (slot[1][0].i < after, slot[1][0].i))
    return [slot for slot in core if slot[1]] + rest


def _relation(chain: list[Clause]) -> list[Token]:
    tokens: list[Token] = []
    for clause in chain:
        head = clause.head
        if (
            clause.kind == "conj"
            and clause.passive
            and head.child("auxpass") is None
            and clause.parent is not None
        ):
            tokens += clause.parent.head.kids("aux", "auxpass")
        tokens += [
            c for c in head.children if c.dep in ("aux", "auxpass", "neg", "prt") or _close_adverb(c, head)
        ]
        tokens.append(head)
    return sorted(tokens, key=lambda t: t.i)


def _close_adverb(token: Token, verb: Token) -> bool:
    """ "was first mentioned", "strictly maintain": an adverb right beside its verb."""
    return token.dep == "advmod" and abs(token.i - verb.i) == 1 and not token.children


def _marked(complement: Complement) -> list[Token]:
    words = phrase(complement.head)
    markers = complement.marker.split()
    preps = [t for t in (complement.prep, *complement.prep.ancestors()) if t.norm in markers][: len(markers)]
    return sorted({*preps, *words}, key=lambda t: t.i)


def _appositions(sentence: Sentence, found: dict[Token, Clause]) -> Iterator[Extraction]:
    """ "X, a Y" and "president X" say that X is Y, without a word for "is"."""
    for token in sentence.tokens:
        if token.dep == "appos" and token.pos in ("NOUN", "PROPN") and close_apposition(token) is None:
            head = token.head
            one, other = (token, head) if is_name_head(token) and not is_name_head(head) else (head, token)
            yield _being(phrase(one), phrase(other, conjuncts=False), token)
        elif is_name_head(token) and token.dep not in ("compound", "nmod") and role_tokens(token):
            yield _being(name_tokens(token), role_tokens(token), token)


def _being(one: list[Token], other: list[Token], at: Token) -> Extraction:
    part = Part("relation", _BE, at.start, at.start)
    return Extraction(
        _part("subject", one),
        part,
        _part("object", other),
        (),
        Polarity.AFFIRMED,
        Modality.ACTUAL,
        None,
        "apposition",
        0.5,
    )


def _part(role: str, tokens: list[Token]) -> Part:
    return Part(role, text(tokens), tokens[0].start, tokens[-1].end)
