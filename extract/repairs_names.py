"""Repairs of names and of what stands right behind them: legal forms, places behind bare objects.

The same kind of functions as in `extract.repairs`, which lists them all in their order.
"""

from __future__ import annotations

from factloom.extract.factuality import SPEECH
from factloom.extract.lexicon import is_given_name, is_person_noun, supersense
from factloom.extract.tokens import Sentence, Token
from factloom.extract.variants import PARTICLES
from factloom.extract.wordlists import words

# Words that tell a firm's legal form, and no more.
LEGAL_FORMS = words("inc inc. ltd ltd. llc corp corp. plc l.p. lp llp s.a. gmbh")


def legal_form_behind_comma(sentence: Sentence) -> bool:
    """Keep "Inc." with the name before the comma: "PSA Airlines, Inc. and Piedmont Airlines, Inc."."""
    done = False
    for token in sentence.tokens[2:]:
        comma, name = sentence.tokens[token.i - 1], sentence.tokens[token.i - 2]
        if token.norm not in LEGAL_FORMS | {"co."} or comma.text != "," or name.pos != "PROPN":
            continue
        if token.head is name and token.dep in ("conj", "appos", "npadvmod", "nmod", "dep"):
            for child in token.kids("cc", "conj", "punct", "relcl", "appos"):
                child.reattach(name, child.dep)
            done |= token.reattach(name, "compound") and comma.reattach(name, "compound")
    return done


def nickname_inside_name(sentence: Sentence) -> bool:
    """Make one name of 'Robert J. "Bobby" Faulkner' and of 'William (Billy) Davidson'."""
    done = False
    for opening in sentence.tokens[1:-3]:
        nick, closing, last = sentence.tokens[opening.i + 1 : opening.i + 4]
        marks = opening.text + closing.text
        if marks not in AROUND_NICKNAMES or any(
            t.pos != "PROPN" or not t.text.istitle() for t in (nick, last)
        ):
            continue
        if marks == "()" and not is_given_name(nick.text):
            continue
        head = last.head if last.dep in ("compound", "nmod") and last.head.pos == "PROPN" else last
        inside = set(head.subtree())
        first = opening.i
        while first > 0 and _given(sentence.tokens[first - 1]) and sentence.tokens[first - 1] in inside:
            first -= 1
        whole = sentence.tokens[first : head.i + 1]
        if first < opening.i and is_given_name(whole[0].text) and inside.issuperset(whole):
            for token in whole:
                token.ent, token.ent_begin = "PERSON", token is whole[0]
            for part, dep in ((nick, "compound"), (opening, "punct"), (closing, "punct")):
                part.reattach(head, dep)
            done = True
    return done


AROUND_NICKNAMES = frozenset({'""', "“”", "''", "‘’", "()"})


def _given(token: Token) -> bool:
    return (
        token.pos == "PROPN" and token.text[:1].isupper() and token.norm not in ("mr.", "mrs.", "dr.", "ms.")
    )


def place_behind_bare_object(sentence: Sentence) -> bool:
    """The place belongs to the verb behind a bare object: "studied economics at Rice University"."""
    done = False
    for prep in sentence.tokens:
        noun = prep.head
        if prep.dep != "prep" or prep.norm not in ("in", "at") or noun.dep != "dobj" or noun.pos != "NOUN":
            continue
        name = prep.child("pobj")
        if name is None or name.pos != "PROPN" or len(noun.children) != 1 or noun.head.pos != "VERB":
            continue
        if prep.i == noun.i + 1 and (noun.tag == "NN" or noun.norm.endswith("ics")):
            done |= prep.reattach(noun.head, "prep")
    return done


def _finite_root(sentence: Sentence) -> Token | None:
    root = next(iter(sentence.roots), None)
    return root if root is not None and root.pos == "VERB" else None


def main_verb_among_participles(sentence: Sentence) -> bool:
    """Free the main verb that stands in a row of participles before a subordinate clause: "Helixa, once
    valued at $3 billion, filed for bankruptcy after X reported that …".
    """
    root = _finite_root(sentence)
    mark = root.child("mark") if root is not None else None
    if root is None or mark is None or mark.i > root.i:
        return False
    subjects = [s for s in root.kids("nsubj") if s.i < root.i]
    if len(subjects) != 2 or not subjects[0].i < mark.i < subjects[1].i:
        return False
    verbs = [v for v in subjects[0].kids("acl") if v.tag in ("VBN", "VBD") and v.i < mark.i]
    if len(verbs) < 2 or sentence.tokens[verbs[-1].i - 1].norm != "," or verbs[-1].child("agent") is not None:
        return False
    verb = verbs[-1]
    verb.uproot()
    verb.tag = "VBD"
    subjects[0].reattach(verb, "nsubj")
    return root.reattach(verb, "advcl")


ABOUT = frozenset({"over", "under", "around", "about"})


def amount_behind_over(sentence: Sentence) -> bool:
    """Make an object of the amount in "admit over 100,000 patients", which "over" only makes inexact."""
    done = False
    for prep in sentence.tokens:
        verb, amount = prep.head, prep.child("pobj")
        if prep.dep != "prep" or prep.norm not in ABOUT or amount is None or verb.pos != "VERB":
            continue
        number = amount.child("nummod")
        if number is None or prep.i != verb.i + 1 or number.i != prep.i + 1 or verb.child("dobj", "auxpass"):
            continue
        if amount.tag == "NNS" and amount.ent not in ("DATE", "TIME", "PERCENT", "MONEY"):
            if amount.reattach(verb, "dobj"):
                done |= prep.reattach(number, "quantmod")
    return done


def medium_behind_report(sentence: Sentence) -> bool:
    """Make a speaker of the paper named behind what it reports: "…, the journal Nature reported"."""
    done = False
    for verb in sentence.tokens:
        noun, name = verb.head, verb.child("nsubj")
        if verb.dep != "relcl" or name is None or name.pos != "PROPN" or noun.pos != "NOUN":
            continue
        first = min(t.i for t in name.subtree())
        close = first == noun.i + 1 and verb.i == name.i + 1 and verb.child("dobj", "ccomp") is None
        if not close or verb.lemma not in SPEECH or noun.dep not in ("npadvmod", "appos", "dep", "dobj"):
            continue
        main = next((a for a in reversed(list(noun.ancestors())) if a.pos == "VERB"), None)
        if main is not None and sentence.tokens[min(t.i for t in noun.subtree()) - 1].norm == ",":
            verb.reattach(main, "parataxis")
            done |= noun.reattach(verb, "nsubj") and name.reattach(noun, "appos")
    return done


def participle_behind_example(sentence: Sentence) -> bool:
    """The participle tells of the example it follows: "planets such as Kepler-22b, found in 2011"."""
    done = False
    for verb in sentence.tokens:
        noun = verb.head
        if (
            verb.dep != "acl"
            or verb.tag != "VBN"
            or noun.tag != "NNS"
            or sentence.tokens[verb.i - 1].norm != ","
        ):
            continue
        for prep in noun.kids("prep"):
            name = prep.child("pobj") if prep.norm in ("as", "like", "including") else None
            if name is not None and name.pos == "PROPN" and not name.kids("conj") and name.i == verb.i - 2:
                done |= verb.reattach(name, "acl")
    return done


# Where a name stands for somebody or something by itself.
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "attr", "poss"})


def name_with_particles(sentence: Sentence) -> bool:
    """Make one name of "Dolf van den Brink" and "Van den Brink", whatever the small words were read as."""
    done = False
    for span in _particle_names(sentence):
        last = span[-1]
        inside = set(span)
        if all(t in last.subtree() for t in span) and all(t.pos == "PROPN" for t in span[:-1]):
            continue
        outer = next(t for t in span if t.head not in inside or t.head is t)
        deps = [outer.dep, *(t.dep for t in span)]
        dep = next((d for d in deps if d in ARGUMENTS), "nsubj")
        head = outer.head
        if head is outer and outer is not last and last.head.dep == "ccomp" and last.head.head is outer:
            last.head.uproot()  # the particle was read as the main verb
        elif outer is not last:
            if head is outer or not last.reattach(head, dep):
                continue
        for token in span[:-1]:
            for child in [c for c in token.children if c not in inside]:
                child.reattach(last, child.dep)
            token.reattach(last, "compound")
        for token in span:
            token.pos, token.tag = "PROPN", "NNP"
            token.ent, token.ent_begin = "PERSON", token is span[0]
        done = True
    return done


def _particle_names(sentence: Sentence) -> list[list[Token]]:
    """Runs of a capitalised word, particles and a capitalised word; a capitalised particle may open one."""
    found: list[list[Token]] = []
    tokens, i = sentence.tokens, 0
    while i < len(tokens) - 1:
        j = i + 1
        while j < len(tokens) and (tokens[j].text in PARTICLES or _capital_particle(tokens, j)):
            j += 1
        opens = tokens[i].pos == "PROPN" and tokens[i].text[:1].isupper()
        opens = opens and tokens[i].norm not in _ARTICLES  # "Das Haus von der Heide"
        closes = j < len(tokens) and j > i + 1 and (tokens[j].pos == "PROPN" or tokens[j].text.istitle())
        closes = closes and tokens[j].text[:1].isupper()  # "Naomi van As"
        if opens and closes and any(t.text in _DUTCH for t in tokens[i + 1 : j]):
            while i and tokens[i - 1].dep == "compound" and tokens[i - 1].head is tokens[i]:
                i -= 1
            found.append(tokens[i : j + 1])
        i = j
    return found


def _capital_particle(tokens: list[Token], j: int) -> bool:
    """A particle with a capital before another one: "Nick Van den Brul"."""
    return tokens[j].norm in _DUTCH and j + 1 < len(tokens) and tokens[j + 1].text in PARTICLES


_ARTICLES = frozenset({"das", "der", "die", "den", "le", "la", "les", "il"})
# Particles that are no words of English and stand in names of people alone.
_DUTCH = frozenset({"van", "von", "den", "der", "ten", "ter", "bin", "ibn", "zu", "della"})


def name_behind_kind(sentence: Sentence) -> bool:
    """Set a name beside the noun right before it: "the local arm of the yoghurt maker Danone"."""
    done = False
    for name in sentence.tokens[1:]:
        if name.dep not in ("npadvmod", "oprd", "dep", "appos") or name.pos != "PROPN":
            continue
        first = min(t.i for t in name.subtree())
        noun = sentence.tokens[first - 1] if first else name
        if name.head is noun or name.ent in ("DATE", "TIME"):
            continue
        kind = (
            noun.pos == "NOUN" and noun.tag == "NN" and noun.dep in ("pobj", "dobj", "nsubj", "conj", "appos")
        )
        if (
            kind
            and name.head in noun.ancestors()
            and supersense(noun.lemma) in ("person", "group", "artifact")
        ):
            done |= name.reattach(noun, "appos")
    return done


def name_behind_definite(sentence: Sentence) -> bool:
    """A name behind "the track from the album," is the track: the album is known, and has its own."""
    done = False
    for name in sentence.tokens:
        known = name.head
        if name.dep != "appos" or name.pos != "PROPN" or known.dep != "pobj" or known.pos != "NOUN":
            continue
        thing = known.head.head
        definite = any(c.norm in ("the", "this", "that") for c in known.kids("det"))
        if (
            not definite
            or thing.pos != "NOUN"
            or thing.tag != "NN"
            or thing.dep not in ("nsubj", "nsubjpass")
        ):
            continue
        if known.tag != "NN" or is_person_noun(thing.lemma) or is_person_noun(known.lemma):
            continue
        first = min(t.i for t in name.subtree())
        if first and any(t.text == "," for t in sentence.tokens[known.i + 1 : first]):
            done |= name.reattach(thing, "appos")
    return done


def participle_behind_place(sentence: Sentence) -> bool:
    """The place does not lie in its own town: "is a school in the United States, located in Ojai"."""
    done = False
    for verb in sentence.tokens:
        place = verb.head
        if (
            verb.dep != "acl"
            or verb.tag != "VBN"
            or verb.lemma not in _SITED
            or place.ent not in ("GPE", "LOC")
        ):
            continue
        noun = place.head.head
        if place.dep == "pobj" and noun.dep == "attr" and sentence.tokens[verb.i - 1].text == ",":
            done |= verb.reattach(noun, "acl")
    return done


_SITED = frozenset({"locate", "situate", "base", "headquarter", "site"})


def ampersand_in_name(sentence: Sentence) -> bool:
    """Make one name of two that "&" joins: the firms "Finch & Lowe" and "Marsh & Sons"."""
    done = False
    for mark in sentence.tokens[1:-1]:
        first, second = mark.head, sentence.tokens[mark.i - 1]
        if mark.text != "&" or mark.dep != "cc" or first is not second or first.pos != "PROPN":
            continue
        last = next((c for c in first.kids("conj") if min(t.i for t in c.subtree()) == mark.i + 1), None)
        if last is None or last.pos != "PROPN" or first.dep == "compound":
            continue
        root = first.head is first
        last.uproot()
        if not root:
            last.reattach(first.head, first.dep)
        for child in [c for c in first.children if c is not mark]:
            child.reattach(last, child.dep)
        done |= first.reattach(last, "compound") and mark.reattach(last, "punct")
        for token in sentence.tokens[first.i : last.i + 1]:
            token.ent, token.ent_begin = "ORG", False
        begin = min([first.i, *(c.i for c in last.kids("compound"))])
        for token in sentence.tokens[begin : first.i + 1]:
            token.ent, token.ent_begin = "ORG", token.i == begin
    return done


def person_behind_field(sentence: Sentence) -> bool:
    """Set a person beside the post whose field stands before the name: "spokesman for trade Ann Lee said"."""
    done = False
    for prep in sentence.tokens:
        post, name = prep.head, prep.child("pobj")
        if prep.norm not in ("for", "of") or name is None or name.pos != "PROPN" or post.pos != "NOUN":
            continue
        field, *given = name.kids("compound", "amod") or [name]
        if field.i != prep.i + 1 or field.pos != "NOUN" or field.text[:1].isupper():
            continue
        person = bool(given) and is_given_name(given[0].text)
        if person and is_person_noun(post.lemma) and not is_person_noun(field.lemma):
            done |= field.reattach(prep, "pobj") and name.reattach(post, "appos")
    return done
