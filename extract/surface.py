"""The surface view (`--open`): open information extraction in the text's own words.

Takes clauses and noun phrases, gives `Extraction`s: subject, relation, object and further arguments, n-ary,
with polarity, modality and speaker. No coreference, no ontology. Where the text has no verb, as in an
apposition, the relation is "be", which has no tense, at a span without characters or at the preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from factloom.extract.arguments import alternatives, leading
from factloom.extract.calibration import clause_features, confidence, length_features
from factloom.extract.clauses import Clause, clauses
from factloom.extract.nominal import Being, beings
from factloom.extract.phrases import conjuncts, phrase, quoted, text
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


_Found = tuple[Extraction, tuple[str, ...]]
# How far from its governor an infinitive or gerund may stand to share one relation with it, in words.
_NEAR = 4
_JOINED = frozenset({"pcomp", "advcl", "acl", "xcomp"})


def extractions(sentence: Sentence) -> Iterator[Extraction]:
    """The surface statements of a sentence, in reading order, those of noun phrases last.

    Coordinated subjects and coordinated objects give one statement each; a prepositional phrase that
    trails a noun stands as an argument of its own (but "of" stays with its noun).
    """
    for extraction, _ in with_features(sentence):
        yield extraction


def with_features(sentence: Sentence) -> Iterator[_Found]:
    """The surface statements with the features that their confidence comes from."""
    found = clauses(sentence)
    settle(sentence, found)
    for clause in found:
        yield from _clause(clause, found, sentence)
    for being in beings(sentence):
        yield _being(being, sentence)


def _clause(clause: Clause, found: list[Clause], sentence: Sentence) -> Iterator[_Found]:
    chain = _chain(clause, found)
    if chain is None or clause.subject is None or _existential(clause) or _gerund(clause):
        return
    subjects = [phrase(t, conjuncts=False) for t in conjuncts(_described(clause, found))]
    subjects = [words for words in subjects if words and not _unresolved(words)]
    for slots in alternatives(chain):
        (role, first), rest = slots[0], slots[1:]
        markers = leading(role, first, chain[-1].head)
        words = _relation(chain)
        relation = _joined(clause, [t for t in words if t not in first] or words, sentence)
        if relation[0].tag == "TO":
            return  # "to study Mars" by itself states nothing; it is an argument of the verb above
        for subject in subjects:
            parts = tuple(_part(*slot, sentence) for slot in ((role, first[markers:]), *rest))
            whom = _part("subject", subject, sentence)
            features = (
                *clause_features(clause, subject, [part.role for part in parts], len(chain)),
                *length_features(sentence, whom.text, [part.text for part in parts]),
            )
            extraction = Extraction(
                whom,
                _finite(clause, _part("relation", [*relation, *first[:markers]])),
                parts[0],
                parts[1:],
                clause.polarity,
                clause.modality,
                clause.speaker.text if clause.speaker else clause.hearsay,
                "clause",
                confidence(features),
            )
            yield extraction, features


def _unresolved(subject: list[Token]) -> bool:
    """A relative pronoun that found no antecedent: nobody can tell what the statement is about."""
    return len(subject) == 1 and subject[0].tag in ("WDT", "WP")


def _gerund(clause: Clause) -> bool:
    """A gerund behind a preposition without a subject of its own: an argument of the verb above it."""
    return clause.kind == "pcomp" and clause.subject_via != "own"


def _existential(clause: Clause) -> bool:
    """A clause with "there" has no subject to take from elsewhere."""
    return clause.head.child("expl") is not None and clause.subject_via != "own"


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


def _finite(clause: Clause, relation: Part) -> Part:
    """An adverbial participle with "be": "with each club be reserving …", "Google be founded in"."""
    head = clause.head
    if clause.kind not in ("advcl", "pcomp") or head.child("aux", "auxpass") is not None:
        return relation
    absolute = head.tag == "VBG" and clause.subject_via == "own"
    return replace(relation, text=f"be {relation.text}") if absolute or head.tag == "VBN" else relation


def _close_adverb(token: Token, verb: Token) -> bool:
    """ "was first mentioned", "strictly maintain": an adverb right beside its verb."""
    return token.dep == "advmod" and abs(token.i - verb.i) == 1 and not token.children


def _joined(clause: Clause, relation: list[Token], sentence: Sentence) -> list[Token]:
    """The relation with that of the verb whose subject it shares: "describes the need for understanding"."""
    parent = clause.parent
    if parent is None or clause.kind not in _JOINED or clause.subject_via != "controlled":
        return relation
    if clause.subject is not parent.subject or parent.head.i > clause.head.i:
        return relation
    between = sentence.tokens[parent.head.i + 1 : relation[0].i]
    if len(between) > _NEAR or any(t.text in _BREAKS for t in between):
        return relation
    return sorted({*_relation([parent]), *between, *relation}, key=lambda t: t.i)


_BREAKS = frozenset({",", ";", ":", "-", "--", "—", "–"})


def _being(found: Being, sentence: Sentence) -> _Found:
    one, other = _part("subject", found.one, sentence), _part("object", found.other, sentence)
    features = (f"nominal {found.kind}", *length_features(sentence, one.text, [other.text]))
    words = ["be", *(t.text for t in found.relation), *(["in"] if found.inside else [])]
    start, end = (
        (found.relation[0].start, found.relation[-1].end) if found.relation else (found.at.start,) * 2
    )
    extraction = Extraction(
        one,
        Part("relation", " ".join(words), start, end),
        other,
        (),
        Polarity.AFFIRMED,
        Modality.ACTUAL,
        None,
        found.kind,
        confidence(features),
    )
    return extraction, features


def _part(role: str, tokens: list[Token], sentence: Sentence | None = None) -> Part:
    words = _tidy(quoted(tokens, sentence) if sentence is not None else tokens)
    return Part(role, text(words), min(t.start for t in words), max(t.end for t in words))


def _tidy(tokens: list[Token]) -> list[Token]:
    """Without the commas of what was left out: "a firm, | which makes phones, | in Rome"."""
    kept = []
    for k, token in enumerate(tokens):
        before, after = tokens[max(k - 1, 0)], tokens[min(k + 1, len(tokens) - 1)]
        if token.text != "," or (before.i + 1 == token.i == after.i - 1):
            kept.append(token)
    return kept or tokens
