"""Why a sentence gave no statement: one reason for every silent sentence of a document.

Takes the sentences with what was read in them; gives `Drop`s whose rule is "" and whose kind is one of
`KINDS`, for the sentences about which no rule and no step of the mapping has left word. Nothing is
changed here: silence is told, not repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factloom.extract.clauses import Clause
from factloom.extract.drafts import Drop
from factloom.extract.mentions import SPEAKING
from factloom.extract.propositions import Form, Proposition
from factloom.extract.tokens import Sentence

NO_WORDS, NO_VERB, QUESTION = "no words", "no verb", "question"
NO_SUBJECT, SPEAKER, INTRANSITIVE = (
    "verb without a subject",
    "writer or reader as subject",
    "nothing but a verb",
)
ALIAS, UNREAD = "only tells that two names are one", "no construction that a rule reads"
UNUSED = "read, but nothing that stands by itself"
KINDS = (NO_WORDS, NO_VERB, QUESTION, NO_SUBJECT, SPEAKER, INTRANSITIVE, ALIAS, UNREAD, UNUSED)


def silences(
    found: Iterable[tuple[Sentence, list[Clause], list[Proposition]]], told: Iterable[int]
) -> Iterator[Drop]:
    """A drop for every sentence whose start is not among `told`, the sentences already accounted for."""
    known = set(told)
    for sentence, own, read_here in found:
        if sentence.start not in known:
            kind = _reason(sentence, own, read_here)
            yield Drop("", kind, kind, sentence.start, sentence.end)


def _reason(sentence: Sentence, own: list[Clause], read_here: list[Proposition]) -> str:
    if not any(t.text[:1].isalpha() for t in sentence.tokens):
        return NO_WORDS
    if read_here and all(p.form is Form.ALIAS for p in read_here):
        return ALIAS
    if read_here:
        return UNUSED
    if sentence.text.rstrip("\"'”’ )").endswith("?"):
        return QUESTION
    if not own:
        return NO_VERB
    if all(c.subject is None for c in own):
        return NO_SUBJECT
    if all(c.subject is None or c.subject.norm in SPEAKING for c in own):
        return SPEAKER
    empty = not any(c.objects or c.preps or c.complement or c.agent for c in own)
    return INTRANSITIVE if empty else UNREAD
