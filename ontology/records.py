"""The records that every room speaks: documents, mentions, entities, statements and their evidence.

Plain frozen data. Producers (`factloom.extract`) yield `Statement`s, consumers (`factloom.graph`) take them.
A statement has two identities: its `key`, what is said, and each evidence's place, where it was read.
All offsets count characters (code points) of `Document.text`, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class Polarity(StrEnum):
    """Whether the words affirm the relation or negate it."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Modality(StrEnum):
    """How the words place the relation among what is, may be, is meant or must be."""

    ACTUAL = "actual"
    POSSIBLE = "possible"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    OBLIGATORY = "obligatory"
    COUNTERFACTUAL = "counterfactual"
    QUESTIONED = "questioned"


class Status(StrEnum):
    """What a document's author commits to; only `STATED` becomes a plain triple by default."""

    STATED = "stated"
    REPORTED = "reported"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    DENIED = "denied"


# Which status a statement shows when its evidences differ: the first one present.
STATUS_ORDER: tuple[Status, ...] = tuple(Status)

_STATUS_OF_MODALITY = {
    Modality.POSSIBLE: Status.POSSIBLE,
    Modality.PLANNED: Status.PLANNED,
    Modality.CONDITIONAL: Status.CONDITIONAL,
    Modality.OBLIGATORY: Status.POSSIBLE,
    Modality.COUNTERFACTUAL: Status.DENIED,
    Modality.QUESTIONED: Status.POSSIBLE,
}


def status_of(polarity: Polarity, modality: Modality, *, reported: bool) -> Status:
    """The status of words with this polarity and modality; `reported` when somebody else is the speaker."""
    if polarity is Polarity.NEGATED:
        return Status.DENIED
    if modality is not Modality.ACTUAL:
        return _STATUS_OF_MODALITY[modality]
    return Status.REPORTED if reported else Status.STATED


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open) of a document's text; 0 ≤ start ≤ end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} is not 0 <= start <= end")


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """Where in the source the text stands from character `start` on, in words for people ("page 3")."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata.

    `id` is unique in a build and readable (from the file's name or the record's own id).
    `source` is the path or address it came from; `date` an ISO 8601 date or None;
    `language` a BCP 47 tag; `locators` tell the pages or chapters of the source, by rising `start`,
    each up to the next one.
    """

    id: str
    text: str
    title: str
    source: str
    language: str = "en"
    date: str | None = None
    locators: tuple[Locator, ...] = ()

    def locator(self, offset: int) -> str | None:
        """The name of the page or chapter that character `offset` of the text stands on, if known."""
        found = bisect_right(self.locators, offset, key=lambda place: place.start)
        return self.locators[found - 1].name if found else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words as read. `kind` is one of name, nominal, pronoun, relation, literal."""

    document_id: str
    span: Span
    text: str
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A thing of an authority file (Wikidata, a thesaurus) that an entity is: surely (`exact`) or likely,
    and `why` in words."""

    iri: str
    exact: bool
    why: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A node: `iri`, its label, the IRI of its class, the other names it was met under (sorted), and what
    it is in authority files, if it was looked up there."""

    iri: str
    label: str
    kind: str
    aliases: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: canonical lexical form, datatype IRI, unit in words, how exact, and the original text.

    `approximation` is the word kept from the text (over, about, up to, …) or None.
    """

    value: str
    datatype: str
    text: str
    unit: str | None = None
    approximation: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A property. `mapped` is false for an open relation, minted from the words of the text."""

    iri: str
    label: str
    mapped: bool = True


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A further argument of a statement: `role` (time, place, source, target, instrument, reason,
    amount, topic, manner, with, as, …), its value, and the words it was read from."""

    role: str
    value: Entity | Literal
    mention: Mention


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where a statement was read, and how.

    `span` covers the words that carry the statement, `sentence` the whole sentence and
    `sentence_text` its characters; `subject`, `relation` and `object` are the words read for each
    part (inside the sentence). `confidence` is a probability in [0, 1]. `attributed_to` is the
    speaker when the author reports somebody's words. `time` is an ISO 8601 date, month or year.
    `steps` say in order why the words came to mean this: coreference, alias, mapping. `locator` is the
    page or chapter of the source where the sentence begins ("page 3"), where the source has such.
    """

    document_id: str
    span: Span
    sentence: Span
    sentence_text: str
    subject: Mention
    relation: Mention
    object: Mention
    rule: str
    confidence: float
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    attributed_to: Entity | None = None
    time: str | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    steps: tuple[str, ...] = ()
    locator: str | None = None

    @property
    def status(self) -> Status:
        """What the document's author commits to by these words."""
        return status_of(self.polarity, self.modality, reported=self.attributed_to is not None)


Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, relation, object, and at least one evidence. Equal keys say the same thing."""

    subject: Entity
    relation: Relation
    object: Entity | Literal
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a statement needs evidence")

    @property
    def key(self) -> Key:
        """What is said: subject, relation, object (IRI, or value with datatype and unit)."""
        if isinstance(self.object, Literal):
            target = (self.object.value, self.object.datatype, self.object.unit or "")
        else:
            target = (self.object.iri, "", "")
        return (self.subject.iri, self.relation.iri, *target)

    @property
    def status(self) -> Status:
        """The strongest status among the evidence, in `STATUS_ORDER`."""
        return min((e.status for e in self.evidence), key=STATUS_ORDER.index)

    @property
    def confidence(self) -> float:
        """Noisy-or of the evidence that carries the status, one per document and sentence text."""
        status = self.status
        best: dict[tuple[str, str], float] = {}
        for e in self.evidence:
            if e.status is status:
                place = (e.document_id, e.sentence_text)
                best[place] = max(best.get(place, 0.0), e.confidence)
        doubt = 1.0
        for value in sorted(best.values()):
            doubt *= 1.0 - value
        return round(1.0 - doubt, 4)

    @property
    def qualifiers(self) -> tuple[Qualifier, ...]:
        """Every qualifier of the evidence once, in a fixed order."""
        unique = {(q.role, _value_key(q.value)): q for e in reversed(self.evidence) for q in e.qualifiers}
        return tuple(unique[k] for k in sorted(unique))


def _value_key(value: Entity | Literal) -> tuple[str, str]:
    return (value.iri, "") if isinstance(value, Entity) else (value.value, value.unit or "")
