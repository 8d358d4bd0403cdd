"""Joins what the rules read in a sentence with what `extract.worded` reads by words and kinds alone.

Takes the drafts of both for one sentence; gives those that stay. Where both speak of the same ends or the
same words, the rules' reading is kept, unless its subject is only described and the other's is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from factloom.extract.coreference import Resolver
from factloom.extract.drafts import Draft
from factloom.extract.entities import Node
from factloom.ontology.schema import RelationTerm


def joined(by_rules: Sequence[Draft], by_words: Iterable[Draft], resolver: Resolver) -> list[Draft]:
    """What rules read, and what words alone tell besides: a named end is better than a described one."""
    loose = list(by_words)
    by_rules = [d for d in by_rules if not _relation(d) or (resolver.tied(d.subject) and not _idle(d))]
    named = {(_relation(d), d.object_tokens) for d in loose}
    kept = [d for d in by_rules if d.subject.kind == "name" or (_relation(d), d.object_tokens) not in named]
    known = {(_relation(d), t) for d in kept for t in d.object_tokens}
    pairs = {frozenset((*d.subject_tokens[-1:], *d.object_tokens[-1:])) for d in kept if _relation(d)}
    read = {(_relation(d), d.subject) for d in kept}
    for d in loose:
        if (_relation(d), d.subject) in read and not _coordinated(d, kept):
            continue
        pair = frozenset((*d.subject_tokens[-1:], *d.object_tokens[-1:]))
        if pair not in pairs and not any((_relation(d), t) in known for t in d.object_tokens):
            kept.append(d)
    return kept


def _idle(draft: Draft) -> bool:
    """A common noun behind "be in" and the like is mostly an idiom: "was in office"."""
    short = draft.proposition.pattern.startswith("be ") and draft.proposition.pattern.count(" ") == 1
    return short and isinstance(draft.object, Node) and draft.object.kind != "name"


def _coordinated(draft: Draft, kept: Iterable[Draft]) -> bool:
    """Whether the object stands beside one that a rule has read: "in Paris and London"."""
    heads = {t for d in kept if _relation(d) == _relation(draft) for t in d.object_tokens}
    return any(t.dep == "conj" and t.head in heads for t in draft.object_tokens)


def _relation(draft: Draft) -> str:
    return draft.relation.iri if isinstance(draft.relation, RelationTerm) else ""
