"""Repairs of attachments: what a relative clause, a name or a role word belongs to.

Each takes a `Sentence`, changes its tokens in place and returns whether it did anything, as the repairs
of `extract.repairs`, which lists them.
"""

from __future__ import annotations

from factloom.extract.clauses import OBJECT_DOES
from factloom.extract.factuality import SPEECH
from factloom.extract.lexicon import hypernyms, is_a, is_person_noun, is_verb, supersense
from factloom.extract.phrases import PLACES
from factloom.extract.tokens import Sentence, Token

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
        objects = verb.kids("dobj", "dative") if len(verb.children) > 1 else []
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
        if token.pos != "PROPN" or not token.text.isupper() or token.dep in ("compound", "nmod"):
            continue
        if not token.kids("compound") and is_person_noun(token.norm):
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


def person_behind_place(sentence: Sentence) -> bool:
    """A person beside the subject: "She was born in Milford, the daughter of Louis Roe"; no place is one."""
    done = False
    for noun in sentence.tokens:
        if noun.dep == "appos" and noun.pos == "NOUN" and is_a(noun.lemma.lower(), "person"):
            subject = _person_before(noun)
            done |= subject is not None and noun.reattach(subject, "appos")
    return done


def _person_before(noun: Token) -> Token | None:
    """The personal subject of the clause in which the noun stands behind a place."""
    place = noun.head
    while place.dep in ("appos", "conj", "nmod", "compound") and place.ent in PLACES:
        place = place.head
    verb = place.head.head
    if noun.head.ent not in PLACES or place.ent not in PLACES or place.dep != "pobj" or verb.pos != "VERB":
        return None
    while verb.dep == "conj" and verb.child("nsubj", "nsubjpass") is None:
        verb = verb.head
    subject = verb.child("nsubj", "nsubjpass")
    personal = subject is not None and (subject.ent == "PERSON" or subject.norm in ("he", "she"))
    return subject if personal else None


def office_behind_firm(sentence: Sentence) -> bool:
    """Set an office beside the other, not its firm: "chairman of Bolt, director of Gap"."""
    done = False
    for noun in sentence.tokens:
        first = noun.head.head.head
        if noun.dep == "appos" and noun.head.dep == "pobj" and noun.head.head.norm == "of" and _office(noun):
            done |= _office(first) and noun.child("det") is None and noun.reattach(first, "appos")
    return done


_OFFICES = frozenset({"administrator", "executive", "head", "presiding officer"})


def _office(noun: Token) -> bool:
    return noun.pos == "NOUN" and not _OFFICES.isdisjoint(hypernyms(noun.lemma.lower()))


def name_read_as_verb(sentence: Sentence) -> bool:
    """Make a name of a capitalised "verb" that no lexicon knows: "Spotify chairman Maria Lopez resigned"."""
    done = False
    for token in sentence.tokens[:-1]:
        if _gerund_in_name(token, sentence):
            token.pos, token.tag, token.lemma = "PROPN", "NNP", token.text
            name = sentence.tokens[token.i + 1]
            while name.dep in ("compound", "nmod") and name.head.i > name.i:
                name = name.head
            done |= _name_takes_place(token, name)
            continue
        unknown = token.pos == "VERB" and token.text[:1].isupper() and not is_verb(token.norm)
        if not unknown or not token.ent or token.tag not in ("VB", "VBP") or is_verb(token.lemma.lower()):
            continue
        following = sentence.tokens[token.i + 1]
        token.pos, token.tag, token.lemma, done = "PROPN", "NNP", token.text, True
        if token.dep == "advcl" and following.pos in ("NOUN", "PROPN") and not token.children:
            name = following.head if following.dep in ("compound", "nmod") else following
            token.reattach(name, "compound")
    return done


def _gerund_in_name(token: Token, sentence: Sentence) -> bool:
    """Whether a capital within the sentence makes a name of a gerund: "signed to Endearing Records"."""
    if token.tag != "VBG" or token.pos != "VERB" or not token.text.istitle() or token.i == 0:
        return False
    before, following = sentence.tokens[token.i - 1], sentence.tokens[token.i + 1]
    name = following.pos == "PROPN" and following.text[:1].isupper() and not following.ent_begin
    return name and before.text[:1].islower()


def _name_takes_place(token: Token, name: Token) -> bool:
    """Make the gerund part of the name, which takes its place under the preposition or verb."""
    head = token.head
    if name.head is token and head is not token:
        name.reattach(head, "pobj" if head.pos == "ADP" else "dobj")
        for child in list(token.children):
            child.reattach(name, child.dep)
    return token.reattach(name, "compound")


def date_behind_object(sentence: Sentence) -> bool:
    """Give a date behind an object to the verb: "sued Spotify in 2015"; a name needs no date.

    A noun for an event may have a date of its own ("remembers the war in 1940").
    """
    done = False
    for prep in sentence.tokens:
        if prep.dep != "prep" or prep.norm not in _WHEN:
            continue
        thing, date = prep.head, prep.child("pobj")
        if date is None or date.ent != "DATE":
            continue
        verb = thing.head
        dated = thing.dep == "dobj" and verb.pos == "VERB" and prep.i > thing.i
        named = thing.pos == "PROPN" or supersense(thing.lemma.lower()) in _LASTING
        if dated and named and thing.child("relcl", "acl") is None:
            done |= prep.reattach(verb, "prep")
    return done


def place_behind_date(sentence: Sentence) -> bool:
    """Give a place behind a date to the verb: "was born on 7 September 1925 in Cardiff"; days are nowhere."""
    done = False
    for prep in sentence.tokens:
        if prep.dep != "prep" or prep.head.ent != "DATE":
            continue
        place, date = prep.child("pobj"), prep.head
        if place is None or place.ent not in PLACES:
            continue
        verb = next((a for a in date.ancestors() if a.ent != "DATE" and a.dep != "prep"), None)
        if verb is not None and verb.pos == "VERB":
            done |= prep.reattach(verb, "prep")
    return done


_WHEN = frozenset({"in", "on", "since", "until", "during", "by", "from"})
_LASTING = frozenset({"artifact", "group", "person", "possession", "object", "location", "substance"})


def coordinated_subject_as_root(sentence: Sentence) -> bool:
    """Make two subjects of "Spotify and Toyota sued Nokia", where the first name was read as a clause."""
    root = next(iter(sentence.roots), None)
    verb = root.child("conj") if root is not None else None
    if root is None or verb is None or root.pos != "PROPN" or verb.pos != "VERB":
        return False
    second, link = verb.child("nsubj"), root.child("cc")
    if second is None or link is None or second.pos != "PROPN" or second.i > verb.i or link.norm != "and":
        return False
    if min(t.i for t in second.subtree()) != link.i + 1:
        return False
    verb.uproot()
    for child in list(root.children):
        if child.i > verb.i:
            child.reattach(verb, child.dep)
    root.reattach(verb, "nsubj")
    return second.reattach(root, "conj")


def clause_read_as_subject(sentence: Sentence) -> bool:
    """Make a clause of "Siemens funded Nokia" before "Reuters said" or "and opened a factory"."""
    for target in sentence.tokens:
        if target.dep != "nsubj" or target.pos != "PROPN":
            continue
        outer, verb = target.head, next((c for c in target.kids("amod") if c.tag in ("VBN", "VBD")), None)
        if verb is None or verb.i == 0:
            continue
        before = sentence.tokens[verb.i - 1]
        if before.pos != "PROPN" or before.head not in (target, verb) or before.dep == "compound":
            continue
        link = target.child("cc")
        speaker = next((s for s in outer.kids("nsubj") if s.i > target.i), None)
        if speaker is not None and outer.lemma in SPEECH:
            verb.reattach(outer, "ccomp")
        elif link is not None and target.child("conj") is None and outer.head is outer:
            verb.uproot()
            outer.reattach(verb, "conj")
            link.reattach(verb, "cc")
        else:
            continue
        verb.pos, verb.tag = "VERB", "VBD"
        before.reattach(verb, "nsubj")
        return target.reattach(verb, "dobj")
    return False


def who_after_of_phrase(sentence: Sentence) -> bool:
    """Attach "who" to the person: "the chief executive of Renault, who joined Kering"."""
    done = False
    for verb in sentence.tokens:
        name = verb.head
        if verb.dep != "relcl" or name.dep != "pobj" or name.head.norm not in ("of", "at", "for"):
            continue
        subject = verb.child("nsubj", "nsubjpass")
        noun = name.head.head
        if (
            subject is not None
            and subject.norm == "who"
            and name.ent != "PERSON"
            and is_person_noun(noun.lemma.lower())
        ):
            done |= verb.reattach(noun, "relcl")
    return done


PARTICIPIAL = frozenset({"including", "according", "following", "regarding", "excluding"})


def participial_preposition(sentence: Sentence) -> bool:
    """Words like "including" and "according" are prepositions where the parser attaches them as such."""
    done = False
    for token in sentence.tokens:
        if token.norm in PARTICIPIAL and token.dep == "prep":
            done |= token.pos != "ADP"
            token.pos = "ADP"
    return done


def which_behind_a_list(sentence: Sentence) -> bool:
    """Attach "which was" to the last thing of a list: "in Algiers and Ecstasy, which was made by Machatý"."""
    done = False
    for verb in sentence.tokens:
        noun, subject = verb.head, verb.child("nsubj", "nsubjpass")
        if verb.dep != "relcl" or subject is None or subject.norm not in ("which", "who", "that"):
            continue
        finite = next((a for a in verb.kids("aux", "auxpass") if a.tag in ("VBZ", "VBP", "VBD")), verb)
        if finite.tag != "VBZ" and finite.norm != "was":
            continue
        before = sentence.tokens[subject.i - 2] if subject.i >= 2 else subject
        if noun.pos == "VERB" and before.pos in ("NOUN", "PROPN") and verb not in before.ancestors():
            noun = before if before.dep != "compound" else before.head
        last = noun
        while (further := next((c for c in last.kids("conj") if c.i < subject.i), None)) is not None:
            last = further
        if last is not verb.head:
            done |= verb.reattach(last, "relcl")
    return done


def deed_of_the_accused(sentence: Sentence) -> bool:
    """What somebody is accused of hangs on the verb: "accused the biggest firms of covering it up"."""
    done = False
    for prep in sentence.tokens:
        noun = prep.head
        deed = prep.child("pcomp") if prep.dep == "prep" and prep.norm in ("of", "for", "from") else None
        if deed is None or deed.tag != "VBG" or noun.dep != "dobj" or noun.head.pos != "VERB":
            continue
        if noun.head.lemma in OBJECT_DOES:
            done |= prep.reattach(noun.head, "prep")
    return done
