"""Repairs of where a name begins and ends: abbreviations in brackets, letters and fields behind it.

The same kind of functions as in `extract.repairs`, which lists them all in their order.
"""

from __future__ import annotations

from factloom.extract.lexicon import is_given_name, senses
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

# What honours and degrees put behind a person's name.
LETTERS = words(
    """
    obe cbe mbe kbe dbe gbe bem cb kcb gcb cmg kcmg gcmg cvo kcvo lvo mvo qc kc sc frs frse fba fsa freng rn
    raf ra rsa phd ph.d. ph.d md m.d. dphil dsc llb llm mba jd esq esq. dso mc dfc gc vc cpa kt pc ac ao am
    rcn nz onz cnzm cc
    """
)
_LINKS = frozenset({"of", "and", "for", "the", "in", "on", "&", "de", "to"})


def letters_behind_name(sentence: Sentence) -> bool:
    """Honours and degrees are no apposition: what is said behind "John Ray, FRS," is said of John Ray."""
    done = False
    for token in sentence.tokens[2:]:
        if not _letters(token, sentence) or not token.text[:1].isupper() or token.text.istitle():
            continue
        before = sentence.tokens[token.i - 1]
        name = _name_before(sentence, token.i - 2 if before.text == "," else token.i - 1)
        if name is None or name is token or (before.text != "," and token.dep != "appos"):
            continue
        if token in name.ancestors() and not _take_place(name, token):
            continue
        for child in [c for c in token.children if c is not name]:
            child.reattach(name, child.dep)
        token.reattach(name, "dep")
        token.pos, token.ent, token.ent_begin = "X", "", False
        done = True
    return done


def _letters(token: Token, sentence: Sentence) -> bool:
    """Known letters, or others of an order's between a comma and a bracket: "Jan Roe, OSB (1915 – 1981)"."""
    if token.norm in LETTERS:
        return True
    around = [t.text for t in sentence.tokens[token.i - 1 : token.i + 2]]
    return len(around) == 3 and around[::2] == [",", "("] and token.text.isupper() and len(token.text) <= 4


def _take_place(name: Token, token: Token) -> bool:
    """Give the name the place that the letters behind it have in the tree."""
    dep, head = token.dep, token.head
    if head is token:
        name.uproot()
        return token.reattach(name, "dep")
    return name.reattach(head, dep)


def _name_before(sentence: Sentence, i: int) -> Token | None:
    """The last word of a person's name that ends at `i`, other letters behind it passed over."""
    while i > 1 and sentence.tokens[i].norm in LETTERS:
        i -= 2 if sentence.tokens[i - 1].text == "," else 1
    last = sentence.tokens[i]
    if i < 1 or last.pos != "PROPN" or not sentence.tokens[i - 1].text[:1].isupper():
        return None
    first = i
    while first and sentence.tokens[first - 1].pos == "PROPN":
        first -= 1
    person = last.ent == "PERSON" or is_given_name(sentence.tokens[first].text)
    return last if person and first < i else None


def spelled_out_in_brackets(sentence: Sentence) -> bool:
    """The words whose initials stand in brackets behind them are one name: "Tigers of Tamil Eelam (LTTE)".

    Initials are those of words with a capital; small words between count nothing (the rule of Schwartz &
    Hearst 2003 for abbreviations, for capitals alone).
    """
    done = False
    tokens = sentence.tokens
    for i in range(2, len(tokens) - 2):
        if tokens[i].text != "(" or tokens[i + 2].text != ")":
            continue
        short = tokens[i + 1].text.replace(".", "")
        span = _spelled(tokens, i, short) if short.isupper() and 2 <= len(short) <= 8 else []
        if len(span) > 1 and _one_phrase(span):
            label = next((t.ent for t in span if t.ent in ("ORG", "GPE", "FAC", "EVENT", "LAW")), "ORG")
            for token in span:
                token.ent, token.ent_begin = label, token is span[0]
                if token.text[:1].isupper():
                    token.pos, token.tag = "PROPN", token.tag if token.tag.startswith("NNP") else "NNP"
            done = True
    return done


def _spelled(tokens: list[Token], end: int, short: str) -> list[Token]:
    """The words before `end` that begin with the letters of `short`, in their order; none if they don't."""
    wanted = list(short)
    i = end - 1
    while i >= 0 and wanted:
        word = tokens[i]
        if word.text[:1] == wanted[-1]:
            wanted.pop()
        elif word.norm not in _LINKS and word.text not in ("-", "–", ","):
            return []
        i -= 1
    return tokens[i + 1 : end] if not wanted else []


def _one_phrase(span: list[Token]) -> bool:
    """Whether the words hang together under one of them."""
    inside = set(span)
    return sum(t.head not in inside or t.head is t for t in span) == 1


_FIELD_HEADS = words(
    """
    hospital institute ministry department museum school centre center journal faculty college commission
    committee society association bureau office council agency academy foundation laboratory library
    university board fund federation union conference chamber
    """
)


def fields_in_name(sentence: Sentence) -> bool:
    """What a body is for goes on behind "and": "the National Hospital for Neurology and Neurosurgery"."""
    done = False
    for prep in sentence.tokens[1:-3]:
        if prep.norm not in ("for", "of", "on"):
            continue
        head = sentence.tokens[prep.i - 1]
        if head.norm not in _FIELD_HEADS or head.pos != "PROPN" or not head.text.istitle():
            continue
        end = _fields_end(sentence.tokens, prep.i + 1)
        if end is None:
            continue
        span = sentence.tokens[prep.i : end + 1]
        whole = set(span)
        first = span[1]
        if not prep.reattach(head, "prep") and prep.head is not head:
            continue
        if first.head not in (prep, *whole) and not first.reattach(prep, "pobj"):
            continue
        for token in span[2:]:
            outside = [c for c in token.children if c not in whole]
            for child in outside:
                child.reattach(_top(head), child.dep)
            if token.head not in whole:
                token.reattach(first, "cc" if token.norm == "and" else "conj")
        start = head
        while (
            start.i
            and (before := sentence.tokens[start.i - 1]).pos == "PROPN"
            and before.head in (head, start)
        ):
            start = before
        for token in sentence.tokens[start.i : end + 1]:
            token.ent, token.ent_begin = "ORG", token is start
        done = True
    return done


def _top(head: Token) -> Token:
    while head.dep in ("compound", "nmod") and head.head.i > head.i:
        head = head.head
    return head


def _fields_end(tokens: list[Token], i: int) -> int | None:
    """Where "Neurology and Neurosurgery", "Food, Rural Affairs and Fisheries" ends; None where no "and" is.

    Fields are capitalised common nouns; a name behind "and" is another body's.
    """
    linked, last = False, None
    while i < len(tokens):
        word = tokens[i]
        if _field(word):
            last = i
        elif word.norm in ("and", "&") and last == i - 1 and not linked:
            linked = True
        elif not (word.text == "," and last == i - 1 and not linked):
            break
        i += 1
    return last if linked and last is not None and tokens[last - 1].norm != "," and last == i - 1 else None


def _field(word: Token) -> bool:
    """A capitalised common noun or adjective for a field: "Neurology", "Rural", "Affairs"."""
    if not word.text.istitle() or word.ent in ("GPE", "NORP", "LOC"):
        return False
    found = senses(word.norm) or senses(word.norm.removesuffix("s"))
    return word.tag == "JJ" if not found else not _FIELDS.isdisjoint(found[:3])


_FIELDS = frozenset({"cognition", "act", "state", "communication", "phenomenon", "process", "body"})
