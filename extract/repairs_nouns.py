"""Repairs around nouns: a verb read as a plural, a participle inside a name, a post beside its place.

The same kind of functions as in `extract.repairs`, which lists them all in their order.
"""

from __future__ import annotations

from factloom.extract.lexicon import is_a, is_person_noun, is_verb, supersense
from factloom.extract.repairs_clauses import finite
from factloom.extract.tokens import Sentence, Token


def plural_noun_for_coordinated_verb(sentence: Sentence) -> bool:
    """Read a verb in "has licensed the patent and plans to begin": no noun stands bare in its place."""
    done = False
    for token in sentence.tokens:
        if token.tag != "NNS" or token.dep != "conj" or token.head.pos not in ("VERB", "AUX"):
            continue
        bare = not any(c.i < token.i for c in token.children)
        governs = token.child("xcomp", "ccomp", "dobj") is not None or _infinitive(token) is not None
        if bare and governs and is_verb(token.lemma.lower()):
            token.pos, token.tag, token.lemma, done = "VERB", "VBZ", token.lemma.lower(), True
            infinitive = _infinitive(token)
            if infinitive is not None:
                infinitive.dep = "xcomp"
    return done


def _infinitive(noun: Token) -> Token | None:
    return next((c for c in noun.kids("acl", "relcl") if c.tag == "VB" and c.child("aux") is not None), None)


def participle_inside_name_phrase(sentence: Sentence) -> bool:
    """Give "of" its name in "a subsidiary of the Czech holding Moravia Group": "holding" holds nothing."""
    done = False
    for prep in sentence.tokens:
        place, participle = prep.child("pobj"), prep.child("pcomp")
        if prep.pos != "ADP" or place is None or participle is None or participle.i != place.i + 1:
            continue
        name = participle.child("dobj")
        close = name is not None and min(t.i for t in name.subtree()) == participle.i + 1
        if name is None or not close or name.pos != "PROPN" or place.ent not in ("NORP", "GPE"):
            continue
        name.reattach(prep, "pobj")
        for child in list(place.children):
            child.reattach(name, child.dep)
        place.reattach(name, "amod")
        participle.reattach(name, "compound")
        participle.pos, participle.tag, participle.lemma, done = "NOUN", "NN", participle.norm, True
    return done


def post_beside_its_place(sentence: Sentence) -> bool:
    """Set a post beside the role, not the place: "director of the observatory, a post she held"."""
    done = False
    for token in sentence.tokens:
        name = token.head
        if token.dep != "appos" or token.pos != "NOUN" or name.dep != "pobj" or name.pos != "PROPN":
            continue
        role = name.head.head
        if _names_post(token.lemma) and role.pos == "NOUN" and not _names_post(role.lemma):
            done |= token.reattach(role, "appos")
    return done


def _names_post(noun: str) -> bool:
    return noun in ("post", "position", "role", "job", "office", "title", "seat") or is_a(noun, "position")


def noun_read_as_infinitive(sentence: Sentence) -> bool:
    """Make a person's noun of a "verb" behind "to" that is none: "is married to actor Hywel Simons"."""
    done = False
    for noun in sentence.tokens[1:]:
        to, name = sentence.tokens[noun.i - 1], noun.child("dobj")
        if to.norm != "to" or noun.tag != "VB" or name is None or name.pos != "PROPN":
            continue
        word = noun.text.lower()
        if is_verb(word) or not is_person_noun(word) or not to.reattach(noun.head, "prep"):
            continue
        done = name.reattach(to, "pobj") and noun.reattach(name, "compound")
        to.pos, to.tag, noun.pos, noun.tag, noun.lemma = "ADP", "IN", "NOUN", "NN", word
    return done


def unit_read_as_modifier(sentence: Sentence) -> bool:
    """Keep the unit with its number in "at -1.9 degrees Celsius": the name behind it is the scale's."""
    done = False
    for unit in sentence.tokens:
        if unit.dep != "compound":
            continue
        number = next(
            (c for c in unit.kids("nummod", "compound") if c.text.lstrip("-−+.,")[:1].isdigit()), None
        )
        scale = unit.head
        if number is None or scale.pos != "PROPN" or scale.i != unit.i + 1:
            continue
        if unit.tag == "NNS" and scale.child("det") is None and scale.head is not scale:
            unit.reattach(scale.head, scale.dep)
            scale.reattach(unit, "npadvmod")
            number.dep, scale.pos, done = "nummod", "NOUN", True
    return done


def birth_behind_parents(sentence: Sentence) -> bool:
    """Born is the child, not the parents, in "born to Italian parents in Oslo in 1950"."""
    done = False
    for prep in sentence.tokens:
        parents = prep.head
        if prep.dep != "prep" or prep.norm not in ("in", "at", "on", "near") or parents.dep != "pobj":
            continue
        verb = parents.head.head
        if parents.head.norm in ("to", "into") and verb.norm == "born" and verb.tag == "VBN":
            done |= prep.reattach(verb, "prep")
    return done


def subject_behind_semicolon(sentence: Sentence) -> bool:
    """Make what stands behind a semicolon the subject there: "…; the first, Nordic Dawn, was delivered"."""
    done = False
    for token in sentence.tokens:
        if token.dep not in ("appos", "conj", "dep", "dobj") or token.pos not in ("NOUN", "PROPN"):
            continue
        stops = [t.i for t in sentence.tokens[token.head.i : token.i] if t.text == ";"]
        verb = next((t for t in sentence.tokens[token.i :] if t.pos in ("VERB", "AUX") and finite(t)), None)
        if not stops or verb is None or verb.child("nsubj", "nsubjpass", "expl") is not None:
            continue
        if verb.head.i < stops[-1] and verb.dep in ("conj", "ccomp", "parataxis", "dep"):
            passive = verb.child("auxpass") is not None
            if token.reattach(verb, "nsubjpass" if passive else "nsubj"):
                verb.dep, done = "conj", True
    return done


def role_and_name_both_subjects(sentence: Sentence) -> bool:
    """Set the name beside its role where the parser saw two subjects: "The writer Ana Kovel was born"."""
    done = False
    for verb in sentence.tokens:
        subjects = verb.kids("nsubj", "nsubjpass") if len(verb.children) > 1 else []
        if len(subjects) == 1 and subjects[0].pos == "PROPN":  # "The oil tanker Terra Nova capsized"
            before = [c for c in verb.kids("dobj", "npadvmod", "dep") if c.i < subjects[0].i]
            subjects = [*before[-1:], *subjects]
        if len(subjects) != 2:
            continue
        role, name = subjects
        kind = next((c for c in name.kids("amod", "compound") if c.i == role.i + 1 and c.pos == "NOUN"), None)
        if kind is not None and role.pos == "NOUN" and kind.text.islower() and not kind.children:
            kind.reattach(verb, role.dep)  # "sportswear firm Umbro"
            role.reattach(kind, "compound")
            for name_before in role.kids("compound", "amod"):
                name_before.reattach(kind, name_before.dep)
            role = kind
        first = min(t.i for t in name.subtree())
        if role.pos == "NOUN" and name.pos == "PROPN" and role.i == first - 1 and role.tag == "NN":
            done |= name.reattach(role, "appos")
    return done


def name_split_before_its_end(sentence: Sentence) -> bool:
    """Join a name whose first word the parser hung on the verb: "Willem IV married Isabella"."""
    done = False
    for token in sentence.tokens[:-1]:
        following = sentence.tokens[token.i + 1]
        split = token.dep in ("npadvmod", "advmod", "dep", "nsubj") and token.head is following.head
        whole = token.pos == following.pos == "PROPN" and token.ent and not following.ent_begin
        if (
            split
            and whole
            and token.ent == following.ent
            and not token.children
            and following.i < token.head.i
        ):
            done |= token.reattach(following, "compound")
    return done


def noun_with_inner_preposition(sentence: Sentence) -> bool:
    """Make one noun of "brother-in-law" and "editor-in-chief", which the tokenizer cut into five words."""
    done = False
    for noun in sentence.tokens[:-4]:
        first, prep, second, last = sentence.tokens[noun.i + 1 : noun.i + 5]
        hyphens = first.text == second.text == "-" and not (noun.space or first.space or prep.space)
        if not hyphens or prep.norm not in ("in", "at", "of") or noun.pos not in ("NOUN", "PROPN"):
            continue
        if last.norm not in ("law", "chief", "arms", "residence", "command"):
            continue
        for part in (last, prep, first, second):
            part.reattach(noun, "punct" if part.text == "-" else "compound")
            part.pos = "PUNCT" if part.text == "-" else "X"
        noun.lemma, done = f"{noun.lemma}-{prep.norm}-{last.norm}", True
    return done


def apposition_behind_relative(sentence: Sentence) -> bool:
    """Set a name beside the last noun of a relative clause: "DART, which hit a moon, Dimorphos, in 2022"."""
    done = False
    for name in sentence.tokens:
        if name.dep != "appos" or name.pos != "PROPN":
            continue
        first = min(t.i for t in name.subtree())
        relative = next((c for c in name.head.kids("relcl", "acl") if c.i < first), None)
        if relative is None or first < 2 or sentence.tokens[first - 1].norm != ",":
            continue
        noun = sentence.tokens[first - 2]
        if noun.pos == "NOUN" and noun.tag == "NN" and noun is not name.head and relative in noun.ancestors():
            done |= name.reattach(noun, "appos")
    return done


def object_behind_a_name(sentence: Sentence) -> bool:
    """A second object is none of the name before it: "a degree from Rice and a diploma from Yale"."""
    done = False
    for noun in sentence.tokens:
        name = noun.head
        if noun.dep != "conj" or noun.pos != "NOUN" or name.pos != "PROPN" or name.dep != "pobj":
            continue
        link = next((c for c in name.kids("cc") if c.i < noun.i), None)
        prep = name.head
        verb = prep.head if prep.head.pos == "VERB" else prep.head.head
        thing = verb.child("dobj") if verb.pos == "VERB" else None
        if link is None or thing is None or thing.pos != "NOUN" or not thing.i < name.i:
            continue
        told = (
            noun.child("det", "poss", "nummod") is not None
            and thing.child("det", "poss", "nummod") is not None
        )
        kin = supersense(noun.lemma.lower()) == supersense(thing.lemma.lower())
        if told and kin and noun.reattach(thing, "conj"):
            done |= link.reattach(thing, "cc")
    return done
