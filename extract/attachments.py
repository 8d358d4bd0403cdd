"""Repairs of attachments: what a relative clause, a name or a role word belongs to.

Each takes a `Sentence`, changes its tokens in place and returns whether it did anything, as the repairs
of `extract.repairs`, which lists them.
"""

from __future__ import annotations

from factloom.extract.lexicon import is_person_noun, is_verb
from factloom.extract.tokens import Sentence

_GIVING = frozenset("give offer sell send lend award show tell teach grant hand pay promise owe call".split())


def that_behind_name(sentence: Sentence) -> bool:
    """Attach "that" to the noun that a name only completes: "a tributary of the Elbe that flows north".

    A close relative clause tells one thing from others, and a name needs no telling apart.
    """
    done = False
    for verb in sentence.tokens:
        name = verb.head
        if verb.dep != "relcl" or name.pos != "PROPN" or name.dep != "pobj" or name.kids("conj"):
            continue
        subject = verb.child("nsubj", "nsubjpass")
        noun = name.head.head
        close = subject is not None and subject.norm == "that" and sentence.tokens[subject.i - 1].text != ","
        if close and name.head.dep == "prep" and noun.pos == "NOUN":
            done |= verb.reattach(noun, "relcl")
    return done


def kind_and_name_as_two_objects(sentence: Sentence) -> bool:
    """Make one object of a kind and the name behind it: "bought the podcast studio Gimlet Media"."""
    done = False
    for verb in sentence.tokens:
        objects = verb.kids("dobj", "dative")
        if len(objects) != 2 or verb.lemma in _GIVING:
            continue
        noun, name = objects
        if noun.pos == "NOUN" and noun.tag == "NN" and name.pos == "PROPN":
            if min(t.i for t in name.subtree()) == noun.i + 1:
                done |= name.reattach(noun, "appos")
    return done


def role_in_capitals(sentence: Sentence) -> bool:
    """Make a noun of a role written in capitals that names nobody: "an economist, CEO of Naftogaz"."""
    done = False
    for token in sentence.tokens:
        alone = token.dep not in ("compound", "nmod") and not token.kids("compound")
        if token.pos == "PROPN" and token.text.isupper() and alone and is_person_noun(token.norm):
            following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
            if len(token.text) > 1 and (following is None or following.pos != "PROPN"):
                token.pos, token.tag, token.lemma, token.ent, done = "NOUN", "NN", token.text, "", True
    return done


def score_read_as_number(sentence: Sentence) -> bool:
    """Set the score of a game apart from the loser's name: "beat Atlético Madrid 3-1"."""
    done = False
    for token in sentence.tokens[:-2]:
        dash, other = sentence.tokens[token.i + 1], sentence.tokens[token.i + 2]
        if not (token.text.isdigit() and dash.text in ("-", "–") and other.text.isdigit()):
            continue
        if token.head.pos != "PROPN" or len(token.text) > 3 or token.i == 0:
            continue
        verb = next((a for a in token.ancestors() if a.pos == "VERB"), None)
        if verb is not None and token.head.i == token.i - 1:
            for part in (token, dash, other):
                part.ent = ""
                done |= part.reattach(verb, "punct")
    return done


def person_behind_firm(sentence: Sentence) -> bool:
    """Set a person beside the role, not the firm: "the chief executive of Nokia, Anna Berg, visited Rome"."""
    done = False
    for person in sentence.tokens:
        firm = person.head
        if person.dep != "appos" or person.ent != "PERSON" or firm.dep != "pobj" or firm.ent == "PERSON":
            continue
        role = firm.head.head
        if firm.pos == "PROPN" and role.pos == "NOUN" and is_person_noun(role.lemma.lower()):
            done |= person.reattach(role, "appos")
    return done


def name_read_as_verb(sentence: Sentence) -> bool:
    """Make a name of a capitalised "verb" that no lexicon knows: "Spotify chairman Maria Lopez resigned"."""
    done = False
    for token in sentence.tokens[:-1]:
        unknown = token.pos == "VERB" and token.text[:1].isupper() and not is_verb(token.norm)
        if not unknown or not token.ent or token.tag not in ("VB", "VBP") or is_verb(token.lemma.lower()):
            continue
        following = sentence.tokens[token.i + 1]
        token.pos, token.tag, token.lemma, done = "PROPN", "NNP", token.text, True
        if token.dep == "advcl" and following.pos in ("NOUN", "PROPN") and not token.children:
            name = following.head if following.dep in ("compound", "nmod") else following
            token.reattach(name, "compound")
    return done
