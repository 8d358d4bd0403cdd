"""Ways to say a relation, made from its name: a relation of an ontology in, lexical patterns out.

For relations that carry no lex: patterns of their own. A label is first looked up in `data/wordings.tsv`;
what is not there is taken apart by the general morphology of labels: "founded by", "based on", "director"
(agent noun: the object directs the subject), "capital of", "publication date", "place of birth", "number of
students", camel case. Verbs, agents and deeds come from the lexicon, further patterns from relations of the
core that are said with the same words. Classes without a place in the core get one by the lexicon. Which
reading of a sentence fits is left to `extract.lookup`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from factloom.extract import lexicon
from factloom.extract.classing import placed
from factloom.extract.entities import ORGANIZATION, PERSON, PLACE
from factloom.extract.inflection import participle, verb_lemmas
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import FL, XSD
from factloom.ontology.schema import RelationTerm, Schema, reworded
from factloom.ontology.terms import spaced

_TABLE = Path(__file__).parent / "data" / "wordings.tsv"
_DATES = (XSD + "date", XSD + "gYearMonth", XSD + "gYear")
_TIME_HEADS = words("date year time day month inception birthday")
_PLACE_HEADS = words("place location site city country town venue birthplace")
_MEASURES = words(
    """
    length height width depth diameter radius weight mass area speed velocity density temperature elevation
    altitude age cost budget price revenue income profit gross runtime duration period population distance
    capacity size magnitude power count number total
    """
)
_PREPOSITIONS = words("in at on for with to from as by of about into through under near after against")
_DETERMINERS = re.compile(r"\b(?:the|a|an|its|their|his|her)\s+")
_OPENING = re.compile(r"^(?:has|have|is|was|are|were|had|be)\s+(?=\w)")
_CLOSING = re.compile(r"\s+(?:name|title|id|identifier)$")
_DEFINED_BY = re.compile(r"\b(?:who|that|which)\s+(?:has |have |had |was |is )?(\w+)")


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns of one relation, as lex:verb, verbInverse, nounRole, nounRoleInverse and unit."""

    verbs: tuple[str, ...] = ()
    inverses: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    role_inverses: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def turned(self) -> Wording:
        """The same words for the relation read from its other end."""
        return Wording(self.inverses, self.verbs, self.role_inverses, self.roles, self.units)

    def __add__(self, other: Wording) -> Wording:
        return Wording(
            *(tuple(dict.fromkeys((*a, *b))) for a, b in zip(_parts(self), _parts(other), strict=True))
        )

    def __bool__(self) -> bool:
        return any(_parts(self))


def _parts(w: Wording) -> tuple[tuple[str, ...], ...]:
    return w.verbs, w.inverses, w.roles, w.role_inverses, w.units


def worded(schema: Schema) -> Schema:
    """The schema with words for every own relation that has none, and a place in the core for every own
    class.
    """
    if not schema.own:
        return schema
    classes = placed(schema)
    schema = reworded(schema, classes, schema.relations.values())
    return reworded(schema, classes, [_worded(term, schema) for term in schema.relations.values()])


def wordless(term: RelationTerm) -> bool:
    """Whether no pattern says how the relation is put in words."""
    return not (
        term.verbs
        or term.verb_inverses
        or term.nouns
        or term.noun_roles
        or term.noun_roles_inverse
        or term.units
        or term.possessive
    )


def _worded(term: RelationTerm, schema: Schema) -> RelationTerm:
    if term.iri not in schema.own:
        return term
    term = _valued(term, schema)
    if not wordless(term):
        return term
    w = wording(term, schema)
    return replace(
        term,
        verbs=w.verbs,
        verb_inverses=w.inverses,
        noun_roles=w.roles,
        noun_roles_inverse=w.role_inverses,
        units=w.units,
    )


def _valued(term: RelationTerm, schema: Schema) -> RelationTerm:
    """A range that is not said, from the label: dates for "start date", a quantity for "cost", a place."""
    labels = {schema.classes[iri].label.lower() for iri in term.range if iri in schema.classes}
    head = label_words(term.label).split()[-1:]
    if (labels and labels <= _TIME_HEADS) or (not term.range and set(head) & _TIME_HEADS):
        return replace(term, range=_DATES, is_datatype=True)
    if not term.range and set(head) & _MEASURES:
        return replace(term, is_datatype=True)
    places = set(label_words(term.label).split()) & (_PLACE_HEADS - {"country", "city"})
    return replace(term, range=(PLACE,)) if not term.range and places else term


def wording(term: RelationTerm, schema: Schema) -> Wording:
    """The patterns made from the label, the alternative labels and the comment of a relation."""
    found = Wording()
    for label in (term.label, *term.alt_labels):
        found += _of_label(label_words(label), term, schema)
    return found + _of_comment(term.comment)


def label_words(label: str) -> str:
    """A label as plain words: "hasLeaderName" → "leader", "isPartOf" → "part of"."""
    text = " ".join(spaced(label).lower().split())
    text = _OPENING.sub("", _DETERMINERS.sub("", text))
    return _CLOSING.sub("", text) or text


def _of_label(label: str, term: RelationTerm, schema: Schema) -> Wording:
    listed = _listed(label)
    if listed is not None:
        if label and label.split()[-1] not in _PREPOSITIONS:
            listed += Wording(role_inverses=(f"{label} of",))
        return listed.turned() if _from_the_doer(label, term, schema) else listed
    made = _made(label, term, schema)
    made = made.turned() if _from_the_doer(label, term, schema) else made
    return made + _from_core(made, schema)


def _from_the_doer(label: str, term: RelationTerm, schema: Schema) -> bool:
    """Whether the subject is the one that the label names: "director" with a person as domain and no person
    as range.
    """
    head = label.split()[-1] if label else ""
    if not lexicon.is_person_noun(head) or not term.domain:
        return False
    doers = (PERSON, ORGANIZATION)
    subject = any(schema.is_a(iri, d) for iri in term.domain for d in doers)
    target = not term.range or any(schema.is_a(iri, d) for iri in term.range for d in doers)
    return subject and not target and not term.is_datatype


# ---------------------------------------------------------------------- the table of frequent labels


def _listed(label: str) -> Wording | None:
    """The row of the table for the label, or for its last words where the row allows it."""
    exact, endings = _table()
    if label in exact:
        return exact[label]
    parts = label.split()
    for start in range(len(parts)):
        rest = " ".join(parts[start:])
        if rest in endings:
            return endings[rest]
    for end in range(len(parts) - 1, 0, -1):
        begin = " ".join(parts[:end])
        if begin + " *" in endings:
            return endings[begin + " *"]
    return None


@functools.cache
def _table() -> tuple[Mapping[str, Wording], Mapping[str, Wording]]:
    exact: dict[str, Wording] = {}
    endings: dict[str, Wording] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        labels, *columns = line.split("\t")
        row = Wording(*(tuple(filter(None, column.split(","))) for column in columns))
        for label in labels.split("|"):
            name = label.rstrip("*")
            exact.setdefault(label_words(name), row)
            if label.endswith("*"):
                endings.setdefault(name + (" *" if name.endswith((" of", "while")) else ""), row)
    return exact, endings


# ---------------------------------------------------------------------- morphology


def _made(label: str, term: RelationTerm, schema: Schema) -> Wording:
    parts = label.split()
    if not parts:
        return Wording()
    if len(parts) > 1 and parts[-1] in _PREPOSITIONS:
        return _with_preposition(parts)
    for marker in ("of", "for", "in"):
        if marker in parts[1:-1]:
            cut = parts.index(marker, 1)
            return _noun_of_noun(parts[:cut], marker, parts[cut + 1 :], term, schema)
    if parts[-1] in _TIME_HEADS | _PLACE_HEADS and len(parts) > 1:
        return _deed(parts[-2], parts[-1])
    if parts[-1] in _MEASURES or term.is_datatype:
        return _measured(parts)
    verb = next((v for v in verb_lemmas(parts[0]) if lexicon.is_verb(v)), None)
    if len(parts) == 1 and verb is not None and parts[0].endswith(("ed", "s", "ing")):
        passive = parts[0].endswith("ed")
        said = Wording(inverses=(verb,)) if passive else Wording(verbs=(verb,))
        return said if passive else said + _noun(parts)
    return _noun(parts)


def _with_preposition(parts: list[str]) -> Wording:
    """ "founded by" (the object does it), "based on", "plays for", "member of", "followed by"."""
    *head, marker = parts
    first = head[0]
    verb = next((v for v in verb_lemmas(first) if lexicon.is_verb(v)), None)
    if marker == "by" and verb is not None:
        return Wording(
            inverses=(verb, *lexicon.synonyms(verb)), role_inverses=tuple(f"{n} of" for n in _agents(verb))
        )
    if verb is not None and len(head) == 1:
        passive = f"be {first} {marker}"
        return (
            Wording(verbs=(passive,))
            if first.endswith("ed")
            else Wording(verbs=(f"{verb} {marker}", passive))
        )
    if lexicon.is_verb(first) and lexicon.supersense(first) is None:
        return Wording(verbs=(" ".join(parts),))
    phrase = " ".join(parts)
    doing = lexicon.agent_verb(head[-1])
    verbs = (f"be {phrase}", *((doing,) if doing and marker == "of" else ()))
    return Wording(verbs=verbs, roles=(phrase, f"{head[-1]} {marker}"))


def _noun_of_noun(
    left: list[str], marker: str, right: list[str], term: RelationTerm, schema: Schema
) -> Wording:
    """ "place of birth", "number of students", "mouth of the river", "coach of sports team"."""
    if left[-1] in _TIME_HEADS | _PLACE_HEADS and marker == "of":
        return _deed(right[-1], left[-1])
    if left[-1] in ("number", "count", "amount") or term.is_datatype:
        singular = right[-1].removesuffix("s")
        return Wording(
            units=(singular, right[-1]), role_inverses=(f"{' '.join([*left, marker, *right])} of",)
        )
    noun = " ".join(left)
    if _names_class(right, term.domain, schema) or (
        marker != "of" and not _names_class(right, term.range, schema)
    ):
        return Wording(role_inverses=(f"{noun} of",))
    doing = lexicon.agent_verb(left[-1])
    return Wording(roles=(f"{noun} {marker}", f"{left[-1]} {marker}"), verbs=(doing,) if doing else ())


def _names_class(label: list[str], ends: Iterable[str], schema: Schema) -> bool:
    """Whether words of a label name the class at one end of the relation, or one above it."""
    names = {
        schema.classes[a].label.lower()
        for iri in ends
        for a in (iri, *schema.ancestors(iri))
        if a in schema.classes
    }
    return bool({label[-1], " ".join(label)} & {w for name in names for w in (name, name.split()[-1])})


def _deed(noun: str, head: str) -> Wording:
    """What happened when or where: "publication date" → be published on, in; "birth place" → be born in."""
    verb = lexicon.verb_of(noun) or next((v for v in (noun, *verb_lemmas(noun)) if lexicon.is_verb(v)), None)
    if verb is None:
        return Wording(role_inverses=(f"{noun} {head} of",))
    markers = ("on", "in") if head in _TIME_HEADS else ("in", "at", "on")
    done = [f"be {participle(verb)} {m}" for m in markers]
    return Wording(verbs=(*done, *(f"{verb} {m}" for m in markers)), role_inverses=(f"{noun} {head} of",))


def _measured(parts: list[str]) -> Wording:
    """A quantity: "student count" counts students; "floor area" is the floor area of something."""
    phrase = " ".join(parts)
    if parts[-1] in ("count", "number", "total", "size") and len(parts) > 1:
        return Wording(units=(parts[-2].removesuffix("s"), parts[-2]), role_inverses=(f"{phrase} of",))
    return Wording(
        verbs=("be", "have") if parts[-1] in _MEASURES else (),
        role_inverses=tuple(dict.fromkeys((f"{phrase} of", f"{parts[-1]} of"))),
    )


def _noun(parts: list[str]) -> Wording:
    """The object is the subject's so-and-so; an agent noun says as well what the object does to the
    subject.
    """
    phrase, head = " ".join(parts), parts[-1]
    singular = head.removesuffix("s") if lexicon.supersense(head.removesuffix("s")) else head
    names = dict.fromkeys((f"{phrase} of", f"{singular} of", f"{head} of"))
    doing = lexicon.agent_verb(singular)
    done = lexicon.verb_of(singular) if doing is None else None
    inverses = (doing, *lexicon.synonyms(doing)) if doing else ()
    return Wording(verbs=(done,) if done else (), inverses=inverses, role_inverses=tuple(names))


def _agents(verb: str) -> Iterator[str]:
    """Nouns in -er and -or that name who does what the verb says: design → designer, direct → director."""
    stem = verb.removesuffix("e")
    for noun in (stem + "er", stem + "or"):
        if lexicon.agent_verb(noun) == verb:
            yield noun


def _of_comment(comment: str) -> Wording:
    """A definition says what the object does: "person who directed the film"."""
    found = _DEFINED_BY.search(comment.lower())
    if found is None:
        return Wording()
    verb = next((v for v in (*verb_lemmas(found[1]), found[1]) if lexicon.is_verb(v)), None)
    return Wording() if verb is None or verb in ("be", "have", "do", "make") else Wording(inverses=(verb,))


def _from_core(made: Wording, schema: Schema) -> Wording:
    """What else the core's relations say with the same words, in the same direction."""
    found = Wording()
    tables = (
        (made.roles, schema.relations_by_noun_role, False),
        (made.role_inverses, schema.relations_by_noun_role_inverse, False),
        (made.role_inverses, schema.relations_by_noun_role, True),
        (made.roles, schema.relations_by_noun_role_inverse, True),
    )
    for patterns, table, turned in tables:
        for term in (t for p in patterns for t in table.get(p, ()) if t.iri.startswith(FL)):
            said = Wording(term.verbs, term.verb_inverses, term.noun_roles, term.noun_roles_inverse)
            found += said.turned() if turned else said
    return found
