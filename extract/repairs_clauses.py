"""Repairs between clauses: what a semicolon parts, a main verb under a relative clause, names around "and".

The same kind of functions as in `extract.repairs`, which lists them all in their order.
"""

from __future__ import annotations

from factloom.extract.clauses import FINITE, SUBJECT
from factloom.extract.factuality import SPEECH
from factloom.extract.inflection import past_lemma
from factloom.extract.lexicon import is_person_noun, is_verb
from factloom.extract.tokens import Sentence, Token


def clause_before_semicolon(sentence: Sentence) -> bool:
    """Let a clause stand by itself before a semicolon: "Walsh wrote the songs; Brennan wrote the lyrics"."""
    done = False
    for token in sentence.tokens:
        if token.dep not in ("ccomp", "advcl", "dep", "parataxis") or token.head.i < token.i:
            continue
        between = sentence.tokens[token.i + 1 : token.head.i]
        parted = any(t.text == ";" and t.head in (token, token.head) for t in between)
        if parted and finite(token) and token.child("mark") is None:
            token.uproot()
            done = True
    return done


def main_verb_beside_relative(sentence: Sentence) -> bool:
    """Free the main verb: "Valdoris, whose biggest drug loses protection, had been looking for deals"."""
    root = next(iter(sentence.roots), None)
    if root is None or root.pos not in ("NOUN", "PROPN"):
        return False
    for relative in root.kids("relcl"):
        for verb in relative.kids("conj"):
            bare = verb.child("nsubj", "nsubjpass", "mark") is None and finite(verb)
            linked = any(c.i < verb.i for c in relative.kids("cc"))
            first = min(t.i for t in verb.subtree())
            if bare and not linked and sentence.tokens[first - 1].norm == ",":
                _lead(verb, root)
                return True
    return False


def _lead(verb: Token, noun: Token) -> None:
    verb.uproot()
    for child in list(noun.children):
        if child.i > verb.i:
            child.reattach(verb, child.dep)
    noun.reattach(verb, "nsubjpass" if verb.child("auxpass") is not None else "nsubj")


def name_torn_by_conjunction(sentence: Sentence) -> bool:
    """Keep two names apart in "cited Radiohead and Van Morrison", where one became half of the other."""
    done = False
    for first in sentence.tokens:
        if first.dep not in ("nmod", "compound"):
            continue
        last = first.head
        half = next((c for c in first.kids("conj") if c.i == last.i - 1), None)
        if half is None or not (half.pos == last.pos == "PROPN"):
            continue
        if first.pos != "PROPN" or not half.ent_begin or last.ent_begin or half.ent != last.ent:
            continue
        _part(first, half, last)
        done = True
    return done


def _part(first: Token, half: Token, last: Token) -> None:
    """Give the place of `last` to `first`, and make `last` its conjunct with `half` inside its name."""
    head, dep = last.head, last.dep
    if head is last:
        first.uproot()
    else:
        first.reattach(head, dep)
    last.reattach(first, "conj")
    half.reattach(last, "compound")


def one_of_behind_object(sentence: Sentence) -> bool:
    """Say it of the object: "named Northlight one of the best albums" counts no Northlights."""
    done = False
    for token in sentence.tokens:
        thing = token.head
        behind = token.dep == "nummod" and token.i > thing.i and token.child("prep") is not None
        if behind and token.norm == "one" and thing.dep == "dobj" and thing.head.pos == "VERB":
            done |= token.reattach(thing.head, "oprd")
    return done


def main_verb_read_as_adjective(sentence: Sentence) -> bool:
    """Make a verb of the root that has subject and object: "DeepSeek V3.2 impressed experts"."""
    done = False
    for root in sentence.roots:
        if root.pos != "ADJ" or not root.norm.endswith("ed") or not is_verb(past_lemma(root.norm)):
            continue
        if root.child("nsubj") is not None and root.child("dobj") is not None:
            root.pos, root.tag, root.lemma, done = "VERB", "VBD", past_lemma(root.norm), True
    return done


def finite(verb: Token) -> bool:
    """Whether the verb is finite or has a finite auxiliary, and serves no other verb."""
    if verb.dep in ("aux", "auxpass"):
        return False
    return any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in (verb, *verb.kids("aux", "auxpass")))


def gapped_clause(sentence: Sentence) -> bool:
    """The second half lacks its verb: "Paris hosted the 1924 Games and Tokyo the 1964 Games".

    A conjunct of the object that carries an apposition without a comma is a subject with its object;
    the verb is repeated in a copy of the token at the conjunction.
    """
    for token in sentence.tokens:
        if token.dep not in ("conj", "appos") or token.head.dep not in ("dobj", "pobj", "attr"):
            continue
        gap = token.child("appos")
        verb = next((a for a in token.ancestors() if a.pos == "VERB"), None)
        if gap is None or verb is None or token.pos != "PROPN" or verb.child("nsubj") is None:
            continue
        left = min(t.i for t in gap.subtree())
        link = next((c for c in token.head.kids("cc") if c.i < token.i), None)
        if link is None or sentence.tokens[left - 1].norm in (",", "(") or left <= token.i:
            continue
        _fill_gap(verb, token, gap, link)
        return True
    return False


def _fill_gap(verb: Token, subject: Token, target: Token, link: Token) -> None:
    """Turn the conjunction's token into the head of the second clause, wearing the verb's words."""
    link.lemma, link.pos, link.tag, link.norm, link.text = verb.lemma, "VERB", verb.tag, verb.norm, verb.text
    link.reattach(verb, "conj")
    subject.reattach(link, "nsubj")
    target.reattach(link, "dobj")


def for_read_as_preposition(sentence: Sentence) -> bool:
    """A "For" that opens a clause gives back its subject: "For the banks are far more worried"."""
    opening = sentence.tokens[0]
    if opening.text != "For" or opening.dep != "prep":
        return False
    verb, noun = opening.head, opening.child("pobj")
    if noun is None or verb.dep != "ROOT" or not finite(verb) or verb.child(*SUBJECT, "expl") is not None:
        return False
    first = min([verb.i, *(c.i for c in verb.kids("aux", "auxpass"))])
    if max(t.i for t in opening.subtree()) != first - 1 or verb.child("attr") is not None:
        return False
    opening.dep, opening.pos = "mark", "SCONJ"
    return noun.reattach(verb, "nsubjpass" if verb.child("auxpass") is not None else "nsubj")


def participle_of_coordinated_thing(sentence: Sentence) -> bool:
    """What there is, is kept, and keeps nothing: "There are wolves and hybrids kept as pets"."""
    for root in sentence.roots:
        verb, thing = root.child("conj"), root.child("attr")
        if root.child("expl") is None or thing is None or verb is None or verb.tag != "VBD":
            continue
        noun, link = verb.child("nsubj"), root.child("cc")
        bare = verb.child("dobj", "aux", "acomp", "attr", "xcomp", "ccomp") is None and verb.child(
            "prep", "agent"
        )
        if noun is None or link is None or not bare or noun.pos == "PRON" or not noun.i < verb.i:
            continue
        if any(t.text == "," for t in sentence.tokens[link.i - 1 : verb.i]):
            continue
        noun.reattach(thing, "conj")
        link.reattach(thing, "cc")
        verb.tag = "VBN"
        return verb.reattach(noun, "acl")
    return False


def participle_behind_agent(sentence: Sentence) -> bool:
    """It tells of the doer it follows: "was killed by a missile, launched from a drone"."""
    done = False
    for verb in sentence.tokens[3:]:
        main = verb.head
        if verb.dep not in ("advcl", "acl") or verb.tag != "VBN" or verb.child(*SUBJECT, "mark", "aux"):
            continue
        agent = main.child("agent")
        noun = agent.child("pobj") if agent is not None else None
        if noun is None or sentence.tokens[verb.i - 1].text != "," or noun.child("conj") is not None:
            continue
        if max(t.i for t in noun.subtree() if t.i < verb.i - 1) == verb.i - 2:
            done |= verb.reattach(noun, "acl")
    return done


def office_before_name(sentence: Sentence) -> bool:
    """Part an office with "of" from the name behind it: "member of parliament Peter Roe"."""
    done = False
    for noun in sentence.tokens[2:]:
        name, prep = noun.head, sentence.tokens[noun.i - 1]
        if noun.dep != "compound" or name.pos != "PROPN" or prep.norm != "of":
            continue
        place = noun.ent == "GPE" and name.ent == "PERSON"  # "the president of Warsaw Jan Roe"
        if noun.pos != "NOUN" and not place:
            continue
        office = prep.head
        if name.head is not prep or name.dep != "pobj" or not is_person_noun(office.lemma.lower()):
            continue
        if office.i != prep.i - 1 or office.tag != "NN" or noun.norm in ("state", "party"):
            continue
        if name.reattach(office, "appos"):
            done |= noun.reattach(prep, "pobj")
    return done


def passives_in_a_row(sentence: Sentence) -> bool:
    """One thing is told by a row of passives: "was made by Nex, published by Zen, and released for Mac"."""
    done = False
    for verb in sentence.tokens[3:]:
        if verb.dep != "acl" or verb.tag != "VBN" or verb.child("agent") is None:
            continue
        main = next((a for a in verb.ancestors() if a.child("auxpass") is not None), None)
        agent = main.child("agent") if main is not None else None
        last = main.child("conj") if main is not None else None
        if main is None or agent is None or last is None or verb.head not in agent.subtree():
            continue
        if sentence.tokens[verb.i - 1].text != "," or last.i < verb.i or last.child(*SUBJECT, "dobj", "aux"):
            continue
        if verb.reattach(main, "conj"):
            last.tag, done = "VBN" if last.tag == "VBD" else last.tag, True
    return done


def headline_participle(sentence: Sentence) -> bool:
    """Make a passive of a past form without an object in a headline, which tells the past in the present
    tense: "Lund banned in doping case"."""
    root, last = next(iter(sentence.roots), None), sentence.tokens[-1]
    if root is None or root.tag not in ("VBD", "VBN") or not root.norm.endswith("ed") or last.pos == "PUNCT":
        return False
    subject = root.child("nsubj")
    told = root.child("dobj", "attr", "acomp", "ccomp", "xcomp", "oprd", "dative", "prt", "aux", "auxpass")
    if subject is None or told is not None or len(sentence.tokens) > _LONGEST_HEADLINE:
        return False
    root.tag, subject.dep = "VBN", "nsubjpass"
    return True


_LONGEST_HEADLINE = 12


def speaker_behind_what_is_said(sentence: Sentence) -> bool:
    """What stands before a last clause of speech is what is said: "Norvik has left Oslo, a person with
    knowledge of the matter said Tuesday"."""
    root = next(iter(sentence.roots), None)
    if root is None or root.pos not in ("VERB", "AUX") or root.child("cc") is not None:
        return False
    for verb in root.kids("conj", "dep", "parataxis"):
        if verb.lemma not in _SAYING or verb.tag not in FINITE or verb.i < root.i:
            continue
        if verb.child("dobj", "ccomp", "xcomp", "cc", "conj", "mark") is not None:
            continue
        subject = verb.child("nsubj") or _noun_phrase_before(verb, sentence)
        behind = [t for t in sentence.tokens[verb.i + 1 :] if t.pos != "PUNCT"]
        if subject is None or any(t.ent not in ("DATE", "TIME") and t.pos != "ADP" for t in behind):
            continue
        if sentence.tokens[min(t.i for t in subject.subtree()) - 1].norm != ",":
            continue
        verb.uproot()
        subject.reattach(verb, "nsubj")
        return root.reattach(verb, "ccomp")
    return False


_SAYING = SPEECH | {"show", "reveal"}


def _noun_phrase_before(verb: Token, sentence: Sentence) -> Token | None:
    """The apposition that ends where the verb begins: "E. Lund, a court document filed on Monday showed"."""
    for noun in sentence.tokens[: verb.i]:
        if noun.dep == "appos" and noun.pos == "NOUN" and max(t.i for t in noun.subtree()) == verb.i - 1:
            return noun
    return None
