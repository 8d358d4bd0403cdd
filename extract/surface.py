"""The surface view (`--open`): open information extraction in the text's own words.

Takes clauses, gives `Extraction`s: subject, relation, object and further arguments, n-ary, with
polarity, modality and speaker. No coreference, no ontology.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factloom.extract.calibration import clause_features, confidence
from factloom.extract.clauses import Clause, Complement, clauses
from factloom.extract.mentions import close_apposition, is_name_head, name_tokens, role_tokens
from factloom.extract.phrases import conjuncts, phrase, text
from factloom.extract.status import SPEECH, settle
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
_BE, _BE_IN = "is", "is in"
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "MONEY"})


def extractions(sentence: Sentence) -> Iterator[Extraction]:
    """The surface statements of a sentence, in reading order.

    Coordinated subjects and coordinated objects give one statement each; a prepositional phrase that
    trails a noun stands as an argument of its own (but "of" stays with its noun).
    """
    for extraction, _ in with_features(sentence):
        yield extraction


def with_features(sentence: Sentence) -> Iterator[tuple[Extraction, tuple[str, ...]]]:
    """The surface statements with the features that their confidence comes from."""
    found = clauses(sentence)
    settle(sentence, found)
    for clause in found:
        yield from _clause(clause, found)
    for extraction in _appositions(sentence):
        yield extraction, _APPOSITION


_APPOSITION = ("apposition",)


def _clause(clause: Clause, found: list[Clause]) -> Iterator[tuple[Extraction, tuple[str, ...]]]:
    chain = _chain(clause, found)
    if chain is None or clause.subject is None or _existential(clause):
        return
    subjects = [phrase(t, conjuncts=False) for t in conjuncts(_described(clause, found))]
    for slots in _alternatives(chain):
        (role, first), rest = slots[0], slots[1:]
        markers = _leading(role, first, chain[-1].head)
        relation = [*_relation(chain), *first[:markers]]
        for subject in filter(None, subjects):
            features = tuple(clause_features(clause, subject, role, len(rest), len(chain)))
            extraction = Extraction(
                _part("subject", subject),
                _part("relation", relation),
                _part(role, first[markers:]),
                tuple(_part(*slot) for slot in rest),
                clause.polarity,
                clause.modality,
                clause.speaker.text if clause.speaker else clause.hearsay,
                "clause",
                confidence(features),
            )
            yield extraction, features


def _existential(clause: Clause) -> bool:
    """A clause with "there" has no subject to take from elsewhere."""
    return clause.head.child("expl") is not None and clause.subject_via != "own"


def _alternatives(chain: list[Clause]) -> Iterator[list[_Slot]]:
    """The arguments of a chain of predicates, once for each coordinated object."""
    last = chain[-1]
    core = last.objects[0] if last.objects else last.complement
    for head in conjuncts(core) if core is not None else [None]:
        slots = [split for slot in _slots(chain, core, head) for split in _split(slot)]
        if slots:
            yield slots


def _leading(role: str, words: list[Token], verb: Token) -> int:
    """How many prepositions open the first argument: they join the relation ("taught at")."""
    if role in _CORE_ROLES or words[0].pos != "ADP" or words[0].i < verb.i:
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


def _slots(chain: list[Clause], core: Token | None, head: Token | None) -> list[_Slot]:
    """Objects and complements first, the rest in reading order; `head` stands for the coordinated `core`."""
    last = chain[-1]
    slots: list[_Slot] = [("object", phrase(c.dative)) for c in chain if c.dative is not None]
    if core is not None and head is not None:
        slots.append(("object" if last.objects else "complement", phrase(head, conjuncts=False)))
    slots += [("object", phrase(o)) for o in last.objects[1:]]
    if last.objects and last.complement is not None:
        slots.append(("complement", phrase(last.complement)))
    slots += [
        ("clause", phrase(c, drop=())) for c in last.clausal if c.dep == "ccomp" and _said(c, last.head)
    ]
    rest: list[_Slot] = [(p.marker, _marked(p)) for c in chain for p in c.preps if p.head.dep != "pcomp"]
    if last.agent is not None:
        by = last.head.child("agent")
        rest.append(("agent", [*([by] if by else []), *phrase(last.agent)]))
    rest += [("time", phrase(t)) for c in chain for t in c.times]
    rest = [slot for slot in rest if slot[1]]
    rest.sort(key=lambda slot: (slot[1][0].i < last.head.i, slot[1][0].i))
    return [slot for slot in slots if slot[1]] + rest


def _said(clause: Token, verb: Token) -> bool:
    """Whether a finite clause is what the verb says or knows, not a sentence run into the next one."""
    return clause.i > verb.i or verb.lemma in SPEECH


def _split(slot: _Slot) -> Iterator[_Slot]:
    """The argument without the prepositional phrases behind its noun, then each of them."""
    role, tokens = slot
    inside = set(tokens)
    body = tokens if role in _CORE_ROLES else tokens[len(role.split()) :]
    head = next((t for t in body if t.head not in inside or t.head not in body), None)
    taken: set[Token] = set()
    trailing: list[_Slot] = []
    if head is not None and role not in ("clause", "time"):
        for prep in head.kids("prep"):
            words = [t for t in tokens if t in set(prep.subtree())]
            if prep in inside and prep.i > head.i and prep.norm != "of" and len(words) > 1:
                taken.update(words)
                trailing.append((prep.norm, words))
    yield role, [t for t in tokens if t not in taken]
    yield from trailing


_CORE_ROLES = ("object", "complement", "clause", "time")


def _relation(chain: list[Clause]) -> list[Token]:
    tokens: list[Token] = []
    for clause in chain:
        head = clause.head
        if clause is not chain[-1] and clause.complement is not None:
            adjective = clause.complement  # "is necessary to climb"
            tokens += [adjective, *(c for c in adjective.kids("advmod", "neg") if not c.children)]
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


def _appositions(sentence: Sentence) -> Iterator[Extraction]:
    """ "X, a Y" and "president X" say that X is Y, without a word for "is"."""
    for token in sentence.tokens:
        if token.dep == "appos" and token.pos in ("NOUN", "PROPN") and close_apposition(token) is None:
            head = token.head
            one, other = (token, head) if is_name_head(token) and not is_name_head(head) else (head, token)
            relation = _BE_IN if _place(head) and _place(token) else _BE
            if head.ent not in _TIMES:
                yield _being(phrase(one), relation, phrase(other, conjuncts=False), token)
        elif is_name_head(token) and token.dep not in ("compound", "nmod") and role_tokens(token):
            yield _being(name_tokens(token), _BE, role_tokens(token), token)


def _place(token: Token) -> bool:
    return token.ent in ("GPE", "LOC") and is_name_head(token)


def _being(one: list[Token], words: str, other: list[Token], at: Token) -> Extraction:
    part = Part("relation", words, at.start, at.start)
    return Extraction(
        _part("subject", one),
        part,
        _part("object", other),
        (),
        Polarity.AFFIRMED,
        Modality.ACTUAL,
        None,
        "apposition",
        confidence(_APPOSITION),
    )


def _part(role: str, tokens: list[Token]) -> Part:
    return Part(role, text(tokens), tokens[0].start, tokens[-1].end)
