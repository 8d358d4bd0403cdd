"""Repairs of main verbs that the parser took for modifiers, and of what the sentence then loses.

The same kind of functions as in `extract.repairs`, which lists them all in their order.
"""

from __future__ import annotations

from factloom.extract.inflection import past_lemma
from factloom.extract.lexicon import place_kind
from factloom.extract.tokens import Sentence, Token


def _first(token: Token) -> int:
    return min(t.i for t in token.subtree())


def main_verb_before_apposition(sentence: Sentence) -> bool:
    """Free the main verb behind a relative clause: "Noboa, who studied business, defeated Luisa González"."""
    root = next(iter(sentence.roots), None)
    relative = root.child("relcl") if root is not None and root.pos in ("PROPN", "NOUN") else None
    if root is None or relative is None:
        return False
    for name in root.kids("appos"):
        if name.child("det", "poss") is not None:
            continue
        verb = next((c for c in name.kids("amod") if c.tag in ("VBN", "VBD")), None)
        if verb is None or name.pos not in ("PROPN", "NOUN") or verb.i != _first(name) or verb.i < relative.i:
            continue
        if sentence.tokens[verb.i - 1].norm != ",":
            continue
        verb.uproot()
        verb.pos, verb.tag, verb.lemma = "VERB", "VBD", past_lemma(verb.norm)
        for child in list(root.children):
            if child.i > verb.i and child is not name:
                child.reattach(verb, child.dep)
        root.reattach(verb, "nsubj")
        return name.reattach(verb, "dobj")
    return False


def first_verb_read_as_participle(sentence: Sentence) -> bool:
    """Make two verbs of one subject: "The president named Juan Vega minister and gave the ministry to …"."""
    root = next(iter(sentence.roots), None)
    subject = root.child("nsubj") if root is not None and root.pos == "VERB" else None
    if root is None or subject is None or subject.pos not in ("NOUN", "PROPN"):
        return False
    verb = next((v for v in subject.kids("acl") if v.tag == "VBN" and v.child("dobj", "oprd")), None)
    link = next((c for c in subject.kids("cc") if c.i == root.i - 1), None)
    if verb is None or link is None or verb.child("agent") is not None or verb.i > link.i:
        return False
    verb.uproot()
    verb.tag, verb.lemma = "VBD", past_lemma(verb.norm)
    link.reattach(verb, "cc")
    subject.reattach(verb, "nsubj")
    return root.reattach(verb, "conj")


def relative_without_main_clause(sentence: Sentence) -> bool:
    """A noun with a name behind it is the subject: "The oil tanker Terra Nova capsized in Manila Bay"."""
    root = next(iter(sentence.roots), None)
    verb = root.child("relcl") if root is not None and root.pos == "NOUN" and root.tag == "NN" else None
    name = verb.child("nsubj", "nsubjpass") if verb is not None else None
    if root is None or verb is None or name is None or name.pos != "PROPN" or _first(name) != root.i + 1:
        return False
    if verb.tag not in ("VBD", "VBZ") or verb.child("dobj", "mark") is not None:
        return False
    dep = name.dep
    verb.uproot()
    for child in [c for c in root.children if c.i > verb.i]:
        child.reattach(verb, child.dep)
    root.reattach(verb, dep)
    return name.reattach(root, "appos")


def country_behind_city(sentence: Sentence) -> bool:
    """Set a country or state beside the city before it: "a hub in Astana, Kazakhstan"."""
    done = False
    for place in sentence.tokens[2:]:
        comma, city = sentence.tokens[place.i - 1], sentence.tokens[place.i - 2]
        if place.dep != "appos" or comma.text != "," or place.head is city or city.pos != "PROPN":
            continue
        places = city.ent in ("GPE", "LOC") and place.ent in ("GPE", "LOC")
        if places and place_kind(place.text) in ("country", "state") and city.dep == "pobj":
            done |= place.head in city.ancestors() and place.reattach(city, "appos")
    return done


def noun_before_its_participle(sentence: Sentence) -> bool:
    """Part a noun from what its participle governs: "ran a business spanning hotels and railways"."""
    done = False
    for participle in sentence.tokens[2:]:
        thing, noun = participle.head, sentence.tokens[participle.i - 1]
        if participle.dep != "amod" or participle.tag != "VBG" or thing.i < participle.i:
            continue
        article = sentence.tokens[noun.i - 1]
        if noun.pos != "NOUN" or noun.head is not thing or noun.dep not in ("nmod", "compound"):
            continue
        if (
            thing.tag != "NNS"
            or article.dep != "det"
            or article.norm not in ("a", "an")
            or thing.head is thing
        ):
            continue
        if noun.reattach(thing.head, thing.dep):
            article.reattach(noun, "det")
            participle.reattach(noun, "acl")
            participle.pos = "VERB"
            done |= thing.reattach(participle, "dobj")
    return done


def what_it_is_made(sentence: Sentence) -> bool:
    """What something is made is no second name of it: "made low rates the centrepiece of a campaign"."""
    done = False
    for noun in sentence.tokens:
        thing = noun.head
        verb = thing.head
        if noun.dep != "appos" or thing.dep != "dobj" or verb.lemma not in _MAKING or noun.pos != "NOUN":
            continue
        before = sentence.tokens[_first(noun) - 1]
        if before.pos != "PUNCT" and noun.child("det") is not None:
            done |= noun.reattach(verb, "oprd")
    return done


_MAKING = frozenset({"make", "name", "appoint", "elect", "call", "declare", "dub", "label", "crown"})


def subject_read_as_verb(sentence: Sentence) -> bool:
    """Make a noun of a subject that was taken for a verb: "if reports that she fell are true"."""
    done = False
    for token in sentence.tokens:
        clause = token.child("ccomp")
        if token.tag != "VBZ" or token.dep not in ("nsubj", "nsubjpass") or token.head.i < token.i:
            continue
        if token.child("nsubj", "aux", "dobj") is not None or not token.norm.endswith("s"):
            continue
        token.pos, token.tag, token.lemma = "NOUN", "NNS", token.norm.removesuffix("s")
        if clause is not None:
            clause.dep = "acl"
        done = True
    return done


JOINED = frozenset(
    {"led", "backed", "owned", "based", "run", "funded", "built", "made", "trained", "controlled"}
)


def participle_without_hyphen(sentence: Sentence) -> bool:
    """Join name and participle to one modifier: "part of the US led war", which stands for "US-led"."""
    done = False
    for verb in sentence.tokens[1:]:
        name, noun = sentence.tokens[verb.i - 1], verb.child("dobj")
        if verb.norm not in JOINED or verb.dep not in ("advcl", "acl") or noun is None:
            continue
        bare = all(t.pos == "PUNCT" for t in sentence.tokens[verb.i + 1 : _first(noun)])
        if name.pos != "PROPN" or name.dep != "pobj" or not bare or verb.child("nsubj", "agent", "prep"):
            continue
        prep = name.head
        if noun.pos == "NOUN" and noun.child("det") is None and verb.reattach(prep, "dep"):
            noun.reattach(prep, "pobj")
            verb.reattach(noun, "amod")
            for determiner in name.kids("det"):
                determiner.reattach(noun, "det")
            verb.tag = "VBN"
            done |= name.reattach(verb, "npadvmod")
    return done
