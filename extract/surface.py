"""The surface view (`--open`): open information extraction in the text's own words.

Takes clauses, gives `Extraction`s: subject, relation, object and further arguments, n-ary, with
polarity, modality and speaker. No coreference, no ontology, coordination left whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.clauses import Clause, Complement, clauses
from factloom.extract.phrases import phrase, text
from factloom.extract.status import settle
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one slot; `role` tells which."""

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


def extractions(sentence: Sentence) -> Iterator[Extraction]:
    """The surface statements of a sentence, in reading order."""
    found = clauses(sentence)
    settle(sentence, found)
    for clause in found:
        yield from _clause(clause, found)


def _clause(clause: Clause, found: list[Clause]) -> Iterator[Extraction]:
    merged = _chain(clause, found)
    if merged is None or clause.subject is None:
        return
    last = merged[-1]
    subject = phrase(clause.subject)
    relation = _relation_tokens(merged)
    arguments: list[tuple[str, list[Token]]] = []
    for c in merged:
        if c.dative is not None:
            arguments.append(("dative", phrase(c.dative)))
    for o in last.objects:
        arguments.append(("object", phrase(o)))
    if last.complement is not None:
        arguments.append(("complement", phrase(last.complement)))
    if last.agent is not None:
        prep = next((p for p in last.head.kids("agent")), None)
        arguments.append(("agent", ([prep] if prep else []) + phrase(last.agent)))
    for c in merged:
        for p in c.preps:
            if p.head.dep != "pcomp":
                arguments.append((p.marker, _marked(p)))
        for t in c.times:
            arguments.append(("time", phrase(t)))
    for child in last.clausal:
        if child.dep == "ccomp":
            arguments.append(("clause", phrase(child, drop=())))
    arguments = [(r, a) for r, a in arguments if a]
    if not arguments:
        return
    arguments.sort(
        key=lambda a: (a[1][0].i < last.head.i, a[0] not in ("object", "complement", "dative"), a[1][0].i)
    )
    first, rest = arguments[0], arguments[1:]
    yield Extraction(
        _part("subject", subject),
        _part("relation", relation),
        _part(*first),
        tuple(_part(*r) for r in rest),
        clause.polarity,
        clause.modality,
        clause.speaker.text if clause.speaker else clause.hearsay,
        "clause",
        0.5,
    )


def _chain(clause: Clause, found: list[Clause]) -> list[Clause] | None:
    """The clause with the infinitives it controls ("plans to open"); None when it is inside such a chain."""
    if clause.kind == "xcomp" and clause.parent is not None and clause.subject is clause.parent.subject:
        return None
    chain = [clause]
    while True:
        inner = [
            c for c in found if c.parent is chain[-1] and c.kind == "xcomp" and c.subject is clause.subject
        ]
        if len(inner) != 1 or chain[-1].objects:
            return chain
        chain.append(inner[0])


def _relation_tokens(chain: list[Clause]) -> list[Token]:
    tokens: list[Token] = []
    for clause in chain:
        head = clause.head
        tokens += [c for c in head.children if c.dep in ("aux", "auxpass", "neg", "prt")]
        tokens.append(head)
    return sorted(tokens, key=lambda t: t.i)


def _marked(complement: Complement) -> list[Token]:
    words = phrase(complement.head)
    prep = [t for t in complement.prep.ancestors() if t.pos == "ADP" and t.norm in complement.marker]
    return sorted({complement.prep, *prep, *words}, key=lambda t: t.i)


def _part(role: str, tokens: list[Token]) -> Part:
    return Part(role, text(tokens), tokens[0].start, tokens[-1].end)
