"""The label of a description: the words that tell one thing from others, with its owner named.

Takes the head of a noun phrase; gives the words kept ("the former head of the plant in Lyon" loses
its article) with possessors and inner descriptions replaced by the names they stand for.
"""

from __future__ import annotations

from factloom.extract.discourse import Discourse, Resolve
from factloom.extract.lexicon import supersense
from factloom.extract.mentions import NUMBERED, is_name_head
from factloom.extract.phrases import phrase, text
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import CONCEPT

_TELLING = frozenset({"at", "from", "in", "with", "for", "on", "against", "near"})
_CLAUSES = ("relcl", "acl", "appos", "parataxis", "advcl", "ccomp", "neg")
_POINTING = frozenset({"this", "that", "these", "those"})
_KEPT_MARKS = frozenset({"-", "–", "%", "$", "&", "/", "+"})


def place_behind_of(head: Token) -> Token | None:
    """The name of the place that a noun for places only introduces: "the port city of Chimbote"."""
    if head.lemma.lower() not in _PLACES or head.child("poss") is not None:
        return None
    if any(c.tag in ("JJS", "JJR") or c.norm in _CHIEF or c.ent == "ORDINAL" for c in head.children):
        return None  # "the second-largest city of Portugal" lies in Portugal
    if any(t.tag in ("JJS", "RBS") or t.norm.endswith("est") for c in head.kids("amod") for t in c.subtree()):
        return None
    prep = next((p for p in head.kids("prep") if p.norm == "of" and p.i == head.i + 1), None)
    name = prep.child("pobj") if prep is not None else None
    return name if name is not None and is_name_head(name) and name.ent not in ("PERSON", "ORG") else None


_CHIEF = frozenset({"capital", "main", "only", "other", "a", "an", "one"})
_PLACES = words(
    """
    city town village municipality province state region county district borough suburb island peninsula
    prefecture canton commune hamlet parish territory
    """
)


def is_thin(head: Token, *, late: bool = False) -> bool:
    """Whether the words are a countable noun alone for what is done, said or thought: "a decision".

    `late` in a document other indefinite things say no more: "a buyer", "a decree".
    """
    before = [c for c in head.children if c.i < head.i and c.dep not in ("punct", "predet")]
    bare = len(before) == 1 and before[0].norm in ("a", "an", "the", "another") and head.tag == "NN"
    senses = _DEEDS | _SOME if late and bare and before[0].norm != "the" else _DEEDS
    return bare and len(identifying(head)) == 2 and supersense(head.lemma.lower()) in senses


_SOME = frozenset({"communication", "possession", "person", "event", "process"})
_DEEDS = frozenset({"act", "cognition", "attribute", "state", "relation", "motive", "feeling", "time"})


def identifying(head: Token) -> list[Token]:
    """The words that identify: premodifiers, "of …"; other prepositions become arguments, not label."""
    preps = head.kids("prep")
    last = next((i for i, prep in enumerate(preps) if not _identifies(prep)), len(preps))
    # Behind one that is left out none is kept: no "end from the Gaza Strip" of an end to attacks from there.
    gone = {t for prep in preps[last:] for t in prep.subtree()}
    gone |= {t for time in head.kids("npadvmod") if time.ent in ("DATE", "TIME") for t in time.subtree()}
    return [t for t in phrase(head, conjuncts=False, drop=_CLAUSES) if t not in gone]


def _identifies(prep: Token) -> bool:
    return prep.child("pcomp") is None and (prep.norm == "of" or _names_home(prep))


def _names_home(prep: Token) -> bool:
    """A name behind a preposition tells which: "lawyers at Osei & Partners", "shares in Rhonetal"."""
    inner = prep.child("pobj")
    if inner is not None:
        inner = place_behind_of(inner) or inner
    return (
        prep.norm in _TELLING
        and inner is not None
        and is_name_head(inner)
        and all(is_name_head(c) for c in inner.kids("conj"))
    )


def label(head: Token, discourse: Discourse, one: Resolve) -> str | None:
    """The identifying words without determiners, the possessor named; None when the possessor is unknown."""
    kept = [t for t in identifying(head) if not (t.dep in ("det", "predet") and t.head is head)]
    possessor = head.child("poss")
    if possessor is not None:
        return _possessed(possessor, kept, one)
    while kept and (kept[0].dep in ("det", "predet") or kept[0].tag == "WRB" or kept[0].norm == "yet"):
        if len(kept) > 1 and kept[1].text in ("-", "–"):
            break  # "all-time record"
        kept = kept[1:]
    if kept and kept[-1].pos == "ADP":
        return None  # "an area of": what it is of is missing
    if any(t.tag in ("PRP", "PRP$") or (t.dep == "det" and t.norm in _POINTING) for t in kept):
        return None  # "the owner of this song" means nothing elsewhere
    return _of_name(head, kept, discourse, one) or _with_inner(head, kept, one)


def _possessed(possessor: Token, kept: list[Token], one: Resolve) -> str | None:
    owner = one(possessor)
    taken = set(possessor.subtree())
    rest = [t for t in kept if t not in taken]
    if rest and rest[0].tag == "DT":
        return None  # "Gustav V's the 1890s and cigar room": no phrase at all
    if (
        not owner
        or not rest
        or owner[0].lost
        or (owner[0].vague and not owner[0].step)
        or len({o.node for o in owner}) > 1
    ):
        return None  # "their own chips" are not the first one's
    name = owner[0].node.label
    if name.endswith("'s"):
        return f"{name} {_clean(rest)}"
    ending = "'" if name.endswith("s") and owner[0].node.plural else "'s"
    return f"{name}{ending} {_clean(rest)}"


def _of_name(head: Token, kept: list[Token], discourse: Discourse, one: Resolve) -> str | None:
    """One label for a thing and whose it is: "the agent of Doubao" is "Doubao's agent"."""
    prep = next((p for p in head.kids("prep") if p.norm == "of"), None)
    owner = prep.child("pobj") if prep is not None else None
    if prep is None or owner is None or not is_name_head(owner) or owner.child("conj") is not None:
        return None
    iri = discourse.class_of(head, head.lemma.lower())
    found = one(owner)
    if iri is None or iri == CONCEPT or not found:
        return None
    inside = set(prep.subtree())
    return f"{found[0].node.label}'s {_clean([t for t in kept if t not in inside])}"


def _with_inner(head: Token, kept: list[Token], one: Resolve) -> str:
    """The words, an inner description replaced by the name it stands for: "owner of the startup"."""
    for prep in head.kids("prep"):
        inner = prep.child("pobj")
        if prep.norm != "of" or inner is None or inner not in kept or not _definite_noun(inner):
            continue
        found = one(inner)
        if found and found[0].node.kind == "name":
            replaced = set(inner.subtree())
            return f"{_clean([t for t in kept if t not in replaced])} {found[0].node.label}"
    return _clean(kept)


def _definite_noun(token: Token) -> bool:
    definite = any(c.norm in ("the", "this", "that") for c in token.kids("det"))
    return definite and token.pos == "NOUN" and token.tag == "NN"


def _clean(tokens: list[Token]) -> str:
    """The words with single spaces, without punctuation but for what joins or measures."""
    kept = [t for t in tokens if t.dep != "punct" or t.text in _KEPT_MARKS]
    return " ".join(text(kept).split()).strip(" ,;:\"“”'")


def names_something(head: Token) -> bool:
    """Whether the label names something that ties it to what is known: "Doubao's agent", "OpenAI staff"."""
    return any(t is not head and t.pos == "PROPN" and t.ent not in NUMBERED for t in identifying(head))
