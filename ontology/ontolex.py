"""OntoLex-Lemon lexicons as annotations: what lexical entries say of a class or relation, as lex: patterns.

Takes the index of ontology files and changes it in place. A class gets the written forms of its entries as
`lex:noun`; a relation the verbs among its entries as `lex:verb`, its adjectives as a `lex:verb` with "be",
and its nouns as `lex:nounRoleInverse` ("author": the object is the author of the subject). A noun that ends
in a preposition says it the other way round, as in the lex: annotations ("capital of", `lex:nounRole`).
An entry reaches its term by `ontolex:sense` and `ontolex:reference`, by `ontolex:denotes`, or their inverses
(Cimiano, McCrae and Buitelaar, "Lexicon Model for Ontologies", W3C community report, 2016). Syntactic frames
are not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from factloom.ontology.namespaces import LEX, OWL, RDF
from factloom.ontology.parse import Index, Node, key_of

ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
_FORMS = ("canonicalForm", "otherForm", "lexicalForm")
_VERBS = ("verb", "Verb", "phrasalVerb")
_ADJECTIVES = (
    "adjective",
    "Adjective",
    "participle",
    "adjectivePhrase",
    "participleAdjective",
    "pastParticiple",
)
_PREPOSITIONS = frozenset(
    "in at on for with to from as by of about into through under near after against within during".split()
)


def add_lexicon(index: Index) -> None:
    """Write the patterns of all lexical entries of the index at the terms that they mean."""
    for entry, terms in _meanings(index).items():
        for term in dict.fromkeys(terms):
            if entry in index and term in index:
                _annotate(index, term, index[entry])


def _meanings(index: Index) -> dict[str, list[str]]:
    """Lexical entry → the terms that it means, told from its side or from theirs."""
    meant: defaultdict[str, list[str]] = defaultdict(list)
    senses: list[tuple[str, str]] = []  # entry, sense
    of_sense: defaultdict[str, list[str]] = defaultdict(list)
    for key, node in index.items():
        senses += [(key, sense) for sense in _keys(node, "sense")]
        senses += [(entry, key) for entry in _keys(node, "isSenseOf")]
        of_sense[key] += _keys(node, "reference")
        for sense in _keys(node, "isReferenceOf"):
            of_sense[sense].append(key)
        for entry in _keys(node, "isDenotedBy"):
            meant[entry].append(key)
        if denoted := _keys(node, "denotes"):
            meant[key] += denoted
    for entry, sense in senses:
        meant[entry] += of_sense[sense]
    return meant


def _annotate(index: Index, term: str, entry: Node) -> None:
    types = {key_of(t) for t in index.get(term, {}).get(RDF + "type", ())}
    relation = any(t.endswith("Property") for t in types)
    if not relation and OWL + "Class" not in types and not any(t.endswith("#Class") for t in types):
        return
    part = _part_of_speech(entry)
    for form in _written(index, entry, inflected=not relation):
        predicate, pattern = _pattern(form.value.lower(), part) if relation else ("noun", form.value.lower())
        said = index[term].setdefault(LEX + predicate, [])
        literal = ox.Literal(pattern, language=form.language) if form.language else ox.Literal(pattern)
        if literal not in said:
            said.append(literal)


def _pattern(form: str, part: str) -> tuple[str, str]:
    """The lex: annotation of a relation, and its pattern, that a written form comes to."""
    *head, last = form.split()
    if part in _VERBS:
        return "verb", form
    if part in _ADJECTIVES:
        return "verb", f"be {form}"
    return ("nounRole", form) if head and last in _PREPOSITIONS else ("nounRoleInverse", f"{form} of")


def _part_of_speech(entry: Node) -> str:
    """The last part of the IRI of any …partOfSpeech: LexInfo's "verb", "noun", "adjective"."""
    said = (term for key, terms in entry.items() if key.lower().endswith("partofspeech") for term in terms)
    return next((key_of(t).replace("#", "/").rsplit("/", 1)[-1] for t in said), "noun")


def _written(index: Index, entry: Node, *, inflected: bool) -> Iterator[ox.Literal]:
    """The written forms; of a relation's entry the canonical one alone, the reader knows inflections."""
    for name in _FORMS if inflected else _FORMS[:1]:
        for form in _keys(entry, name):
            said = index.get(form, {}).get(ONTOLEX + "writtenRep", ())
            yield from (term for term in said if isinstance(term, ox.Literal))


def _keys(node: Node, name: str) -> list[str]:
    return [key_of(term) for term in node.get(ONTOLEX + name, ())]
