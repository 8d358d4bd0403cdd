"""Titles of works, whose words are no words of the sentence: "Hey Jude", the play God Don't Live Here.

Takes a parsed sentence; makes one name of every title that quotation marks or a noun for a work tell,
with its parts attached to its last word. A parse that took a verb of the title for one of the sentence is
mended as far as that goes. What class the name has is voted on later, by the recogniser's label given here.
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.factuality import SPEECH
from factloom.extract.lexicon import is_a
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

WORK = "WORK_OF_ART"
_OPENING, _CLOSING = frozenset("\"“‘«'„") | {"``"}, frozenset("\"”’»'“") | {"''"}
_LONGEST = 12
# Short words that a title leaves in lower case.
_SMALL = words("a an the of in on at to for and or but nor from by with as into up is it n't 's ’s n’t 'm")
_WORKS = words("song single album track film movie novel play book poem opera musical series show sitcom")


def title_of_work(sentence: Sentence) -> bool:
    """Make one name of a title in quotation marks, or of one that follows a noun for a work."""
    done = False
    for start, end in list(_titles(sentence)):
        run = sentence.tokens[start:end]
        if not all(t.ent == WORK and t.pos == "PROPN" for t in run) or len({_top(t, run) for t in run}) > 1:
            done |= _join(sentence, run)
    return done


def _titles(sentence: Sentence) -> Iterator[tuple[int, int]]:
    taken = -1
    for token in sentence.tokens:
        if token.i < taken:
            continue
        span = _quoted(sentence, token) or _behind_work(sentence, token)
        if span is not None:
            taken = span[1]
            yield span


def _quoted(sentence: Sentence, mark: Token) -> tuple[int, int] | None:
    """The words between two quotation marks, when they are written as a title and are no speech."""
    if mark.text not in _OPENING:
        return None
    tokens = sentence.tokens[mark.i + 1 : mark.i + 2 + _LONGEST]
    length = next((n for n, t in enumerate(tokens) if t.text in _CLOSING), 0)
    inside = tokens[:length]
    while inside and inside[-1].text in (",", "."):
        inside = inside[:-1]
    if not inside or not _titled(inside) or _spoken(sentence, mark, mark.i + 1 + length):
        return None
    if len(inside) == 1 and not _work_before(sentence, mark.i):
        return None
    return mark.i + 1, mark.i + 1 + len(inside)


def _titled(tokens: list[Token]) -> bool:
    """Whether the words are capitalised as in a title; a sign that ends a sentence may close it."""
    parts = [t for t in tokens if t.text[:1].isalpha()]
    if not parts or (not tokens[0].text[:1].isupper() and not tokens[0].text[:1].isdigit()):
        return False
    return all(t.text[:1].isupper() or t.norm in _SMALL for t in parts) and parts[-1].text[:1].isupper()


def _spoken(sentence: Sentence, mark: Token, close: int) -> bool:
    """Whether a verb of saying stands beside the quotation."""
    near = sentence.tokens[max(0, mark.i - 2) : mark.i] + sentence.tokens[close + 1 : close + 4]
    return any(t.pos == "VERB" and t.lemma in SPEECH - {"write", "publish", "release"} for t in near)


def _work_before(sentence: Sentence, i: int) -> bool:
    before = sentence.tokens[i - 1] if i else None
    if before is not None and before.text == "," and i >= 2:
        before = sentence.tokens[i - 2]
    return before is not None and before.pos == "NOUN" and _is_work(before)


def _is_work(noun: Token) -> bool:
    lemma = noun.lemma.lower()
    return noun.tag == "NN" and (lemma in _WORKS or is_a(lemma, "creative work"))


def _behind_work(sentence: Sentence, noun: Token) -> tuple[int, int] | None:
    """Capitalised words behind a noun for a work, which a verb among them betrays: "a play, We Live"."""
    if noun.pos != "NOUN" or noun.i + 2 >= len(sentence.tokens):
        return None
    start = noun.i + 1 + (sentence.tokens[noun.i + 1].text == ",")
    first = sentence.tokens[start]
    if not (first.text[:1].isupper() or first.norm in _SMALL) or not _is_work(noun):
        return None
    end = start
    while end < len(sentence.tokens) and (
        sentence.tokens[end].text[:1].isupper() or sentence.tokens[end].norm in _SMALL
    ):
        end += 1
    while end > start and not sentence.tokens[end - 1].text[:1].isupper():
        end -= 1
    run = sentence.tokens[start:end]
    betrayed = any(t.pos in ("VERB", "AUX", "PRON", "PART") and t.text[:1].isupper() for t in run)
    closed = end == len(sentence.tokens) or sentence.tokens[end].pos in ("PUNCT", "CCONJ", "ADP")
    return (start, end) if len(run) >= 2 and betrayed and closed and _titled(run) else None


# ------------------------------------------------------------------ one name of many words


def _top(token: Token, run: list[Token]) -> Token:
    inside = set(run)
    while token.head is not token and token.head in inside:
        token = token.head
    return token


def _join(sentence: Sentence, run: list[Token]) -> bool:
    """Attach the words of the title to its last one, which takes the place the title has in the sentence."""
    inside = set(run)
    tops = list(dict.fromkeys(_top(t, run) for t in run))
    outer = next((t for t in tops if t.head is not t and t.head not in inside), None)
    place = (outer.head, outer.dep) if outer is not None else None
    left = [c for t in run for c in t.children if c not in inside]
    behind = {c for c in left if c.dep == "prep" and _closed_before(sentence, run, c)}
    root = next((t for t in tops if t.head is t), None)
    governor = _new_root(left, place) if root is not None else None
    if root is not None and governor is None:
        return False
    head = next((t for t in reversed(run) if t.text[:1].isalnum()), run[-1])
    work = _noun_before(sentence, run[0])
    if governor is not None:
        governor.uproot()
    head.uproot()
    for token in run:
        if token is not head:
            token.reattach(head, "compound")
    _settle(head, place, work, governor)
    for child in left:
        if child is not governor and child.head in inside:
            stays = child.dep in ("det", "poss", "prep", "punct", "cc", "conj", "amod", "case", "appos")
            verb = next((a for a in head.ancestors() if a.pos == "VERB"), None) if child in behind else None
            child.reattach(verb or (head if stays or governor is None else governor), child.dep)
    _rename(run)
    return True


def _closed_before(sentence: Sentence, run: list[Token], prep: Token) -> bool:
    """Whether a quotation mark stands between the title and what follows: it is no part of the name."""
    return any(t.text in _CLOSING for t in sentence.tokens[run[-1].i + 1 : prep.i])


def _new_root(left: list[Token], place: tuple[Token, str] | None) -> Token | None:
    """The verb outside of the title that the parser hung on a verb inside."""
    if place is not None:
        return next(iter([a for a in (place[0], *place[0].ancestors()) if a.head is a]), None)
    return next((c for c in left if c.pos in ("VERB", "AUX") and c.dep not in ("aux", "auxpass")), None)


def _noun_before(sentence: Sentence, first: Token) -> Token | None:
    i = first.i - 1
    while i > 0 and sentence.tokens[i].text in (",", *_OPENING):
        i -= 1
    return sentence.tokens[i] if i >= 0 and _work_before(sentence, i + 1) else None


def _settle(head: Token, place: tuple[Token, str] | None, work: Token | None, governor: Token | None) -> None:
    """Hang the title on the noun for the work before it, on what governed it, or on the new main verb."""
    if work is not None and (work.head is head or head not in work.subtree()):
        if work.head is not head and head.reattach(work, "appos"):
            return
    if place is not None and head.reattach(*place):
        return
    if governor is not None and governor is not head:
        head.reattach(governor, "dep")


def _rename(run: list[Token]) -> None:
    for n, token in enumerate(run):
        token.pos, token.tag, token.lemma = "PROPN", "NNP", token.text
        token.ent, token.ent_begin = WORK, n == 0
