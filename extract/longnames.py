"""Titles of works made whole: "McVeagh of the South Seas" is one name, whatever the parser makes of its
words.

Takes a parsed sentence, changes it in place: the words of a title become one proper name with one head. For
readers of an ontology of works; in other texts runs of capitals with small words between are more often
several names. A title is a stretch in quotation marks, or a run of capitalised words with articles,
prepositions and "and" between them, where no small word separates a place, a person or a firm that stands
for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from factloom.extract.lexicon import is_person_noun, place_kinds
from factloom.extract.mentions import name_tokens
from factloom.extract.names import Names
from factloom.extract.repairs_names import ARGUMENTS
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.namespaces import FL
from factloom.ontology.schema import Schema

WORK = FL + "CreativeWork"

_SMALL = words(
    """
    of the a an and in on to for with without from at by before after vs. vs v. & - – : ! ? ,
    ' 's ’s n't 'm 're
    di de la del della der des du von van y e da das dos el le les et
    """
)
_NEVER_LAST = words(
    """
    of the a an and in on to for with without from at by before after vs. vs v. & - – : ' , 's ’s
    di de la del della der des du von van y e da das dos el le les et
    """
)
_MONTHS = words(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    """
)
_APART = words("and in from at by , with on to for")
_OPEN = {'"': '"', "“": "”", "‘": "’", "''": "''", "``": "''"}
_STANDS_ALONE = frozenset({"GPE", "PERSON", "ORG", "NORP", "LOC", "FAC"})
_DATES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
_NO_NAMES = _DATES | {"", "CARDINAL", "ORDINAL"}
_OPENERS = frozenset({"ADP", "SCONJ", "ADV", "CCONJ", "PUNCT"})
MAX_WORDS = 12


def join_titles(sentence: Sentence, *, works: bool) -> int:
    """Make every title of the sentence one name; gives how many were joined.

    `works` tells whether a title without a recogniser's label is a work's.
    """
    count = 0
    done: set[Token] = set()
    for span in _opening(sentence, works=works):
        done.update(span)
        count += seat(span, _label(span, works=works))
    for span in (*_quoted(sentence), *_runs(sentence)):
        if done.isdisjoint(span):
            done.update(span)
            count += _join(span, _label(span, works=works))
    return count


def _opening(sentence: Sentence, *, works: bool) -> Iterator[list[Token]]:
    """The name that a text about one thing opens with: "Off the Ground is the ninth album".

    All that stands in capitals, with small words between, before a finite verb, a bracket or the comma of
    an apposition. A preposition opens a name only where nothing else can be the subject.
    """
    tokens = sentence.tokens
    start = 1 if tokens and tokens[0].text in _OPEN else 0
    stretch: list[Token] = []
    for token, following in pairwise(tokens[start : start + MAX_WORDS + 2]):
        numbered = not stretch and token.text.isdigit() and following.text == ":"
        if token.text == "," or (token.norm == "by" and following.ent == "PERSON"):
            break
        if not (_big(token) or numbered or (stretch and token.norm in _SMALL)):
            break
        stretch.append(token)
    end = start + len(stretch)
    if end < len(tokens) and _is_torn(stretch, works=works) and _tells_of(stretch, tokens[end:]):
        yield stretch


def _is_torn(stretch: list[Token], *, works: bool) -> bool:
    """Whether the words make one name that the parser may tear: with a number, or one of a work.

    A title before a person's name is no part of it.
    """
    names = [t for t in stretch if _big(t) and t.norm not in ("the", "a", "an")]
    if len(stretch) < 2 or not names or stretch[-1].norm in _NEVER_LAST:
        return False
    first, last = stretch[0], stretch[-1]
    if first.text[:1].isdigit() or (last.text.isdigit() and first.pos == "PROPN"):
        return len(names) > 1 and not (first.ent in _DATES and first.text.isdigit())
    if not works or any(t.ent in _DATES for t in stretch[1:2]):
        return False
    if all(t.pos in ("PROPN", "NUM") for t in stretch[1:]):
        titled = any(is_person_noun(t.norm) for t in names)
        return last.ent != "PERSON" and first.norm != "the" and not titled and not _is_name(stretch)
    tied = any(t.norm in ("and", "&", "in", "on", "to", ":") for t in stretch[1:])
    return last.ent != "PERSON" or first.ent == "PERSON" or tied


def _is_name(stretch: list[Token]) -> bool:
    """Whether one word heads all the others as its name."""
    heads = [t for t in stretch if t.head is t or t.head not in stretch]
    return len(heads) == 1 and len(name_tokens(heads[0])) == len(stretch)


def seat(span: list[Token], label: str) -> int:
    """Join the words to one name with the recogniser's `label`, whole as the name of a sentence's subject is;
    a verb that hangs below one of them becomes the root above it. Gives 1 when anything changed, else 0.
    """
    inside = set(span)
    root = next((t for t in span if t.head is t), None)
    verbs = [c for t in span for c in t.children if c not in inside and c.pos in ("VERB", "AUX")]
    if root is None or not verbs:
        return _join(span, label)
    verb = min(verbs, key=lambda t: (t.tag not in ("VBZ", "VBD", "VBP", "MD"), t.i))
    verb.uproot()
    joined = _join(span, label)
    head = next(t for t in span if t.head not in inside or t.head is t)
    passive = verb.child("auxpass") is not None
    head.reattach(verb, "nsubjpass" if passive else "nsubj")
    return joined


def _tells_of(stretch: list[Token], rest: list[Token]) -> bool:
    """Whether what follows speaks of the stretch as of one thing."""
    verb = rest[0]
    if stretch[0].pos in ("ADP", "SCONJ", "ADV", "PRON", "AUX", "VERB"):
        apart = any(t.ent in _STANDS_ALONE | _DATES for t in stretch)
        return not apart and len(stretch) > 2 and verb.norm in ("is", "was")
    if verb.text in ("(", "["):
        return True
    if verb.text == ",":
        return len(rest) > 1 and rest[1].norm in ("a", "an", "the", "also") and "and" not in _norms(stretch)
    finite = verb.pos in ("VERB", "AUX") and verb.tag in ("VBZ", "VBD", "VBP", "MD", "VBN")
    single = verb.tag == "VBZ" or verb.norm in ("is", "was", "has")
    return finite and (single or "and" not in _norms(stretch))


def _norms(tokens: list[Token]) -> set[str]:
    return {t.norm for t in tokens}


def _quoted(sentence: Sentence) -> Iterator[list[Token]]:
    """What stands in quotation marks and is mostly written with capitals."""
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        closing = _OPEN.get(tokens[i].text)
        window = range(i + 1, min(len(tokens), i + MAX_WORDS + 2))
        end = next((j for j in window if tokens[j].text == closing), None)
        if closing is None or end is None:
            i += 1
            continue
        inside = tokens[i + 1 : end]
        while inside and inside[-1].text in ",.;":
            inside.pop()
        big = [t for t in inside if t.text[:1].isupper() or t.text[:1].isdigit()]
        small = [t for t in inside if t.text[:1].islower() and t.norm not in _SMALL]
        if inside and big and len(big) > len(small) and inside[0] in big:
            yield inside
        i = end + 1


def _runs(sentence: Sentence) -> Iterator[list[Token]]:
    """Runs of capitalised words with small words between."""
    run: list[Token] = []
    for token in sentence.tokens:
        if _big(token) or (run and (token.norm in _SMALL or _inner_number(token, sentence))):
            run.append(token)
            continue
        yield from _titles(run)
        run = []
    yield from _titles(run)


def _big(token: Token) -> bool:
    if token.norm in _MONTHS:
        return False
    if token.text[:1].isdigit():
        return token.ent not in _DATES or _before_title(token)
    return token.text[:1].isupper()


def _before_title(number: Token) -> bool:
    """A year that opens a title: "1634: The Bavarian Crisis"."""
    return any(c.text == ":" and c.i == number.i + 1 for c in (*number.children, *number.head.children))


def _inner_number(token: Token, sentence: Sentence) -> bool:
    """A number inside a name: "1 Decembrie 1918 University"."""
    following = sentence.tokens[token.i + 1] if token.i + 1 < len(sentence.tokens) else None
    return token.text.isdigit() and following is not None and following.text[:1].isupper() and _big(following)


def _titles(run: list[Token]) -> Iterator[list[Token]]:
    """The run without small words at its ends, cut where one separates names that stand for themselves."""
    part: list[Token] = []
    for i, token in enumerate(run):
        if token.norm in _APART and not _big(token) and _separates(run, i):
            yield from _trimmed(part)
            part = []
        else:
            part.append(token)
    yield from _trimmed(part)


def _separates(run: list[Token], i: int) -> bool:
    """Whether a name stands right before or behind this small word that is one by itself."""
    before, following = run[i - 1] if i else None, run[i + 1] if i + 1 < len(run) else None
    if run[i].norm == ",":
        return True
    if run[i].norm == "and" and following is not None and following.text in ("the", "a", "an"):
        return False  # "James and the Giant Peach"
    if following is not None and following.ent in _STANDS_ALONE and following.ent_begin:
        return True
    return run[i].norm == "and" and before is not None and before.ent in _STANDS_ALONE


def _trimmed(part: list[Token]) -> Iterator[list[Token]]:
    while part and (part[-1].norm in _NEVER_LAST and not _big(part[-1])):
        part = part[:-1]
    while part and part[0].i == 0 and part[0].pos in _OPENERS and len(part) > 1:
        part = part[1:]
    while part and not _big(part[0]):
        part = part[1:]
    small = [t for t in part if not _big(t)]
    words_ = [t for t in part if _big(t)]
    odd = [t for t in words_ if t.pos not in ("PROPN", "NUM") and t.i > part[0].i]
    opened = bool(part) and (part[0].text[:1].isdigit() or (part[0].text in ("The", "A") and part[0].i > 0))
    if len(words_) >= 2 and len(part) <= MAX_WORDS and (small or odd or opened):
        yield part


def _join(span: list[Token], label: str) -> int:
    """One head, all else its compounds; a span that is one name already is left alone."""
    inside = set(span)
    heads = [t for t in span if t.head not in inside or t.head is t]
    if not heads:
        return 0
    head = next((t for t in heads if t.pos == "PROPN"), heads[0])
    if head.dep in ("compound", "nmod") and head.head in inside:
        return 0
    place = next((t for t in heads if t.dep in ARGUMENTS), head)
    if head.dep not in ARGUMENTS and place.head not in inside:
        head.reattach(place.head, place.dep)
    for token in heads:
        if token is not head:
            token.reattach(head, "compound")
    for token in span:
        outside = [c for c in token.children if c not in inside]
        if token is not head:
            for child in outside:
                child.reattach(head, child.dep)
            token.reattach(head, "compound")
        token.pos, token.tag = "PROPN", "NNP"
        token.ent, token.ent_begin = label, token is span[0]
    return 1


def _label(span: list[Token], *, works: bool) -> str:
    """The recogniser's label for the whole: a work's where small words tie it together, else the longest
    part's.
    """
    inner = {t.norm for t in span if not _big(t)} - {"of", "the", "and", "&", "-", "'s", "’s", "for"}
    labels = [t.ent for t in span if t.ent not in _NO_NAMES]
    if works and (inner or not labels):
        return "WORK_OF_ART"
    return max(dict.fromkeys(labels), key=labels.count, default="") if labels else ""


def keep_articles(sentences: Sequence[Sentence], names: Names, schema: Schema) -> None:
    """The article belongs to the name of a work or a band: "The Royal Scam"; not to a place or a firm's."""
    for sentence in sentences:
        for article, first in pairwise(sentence.tokens):
            node = names.node(first) if article.text == "The" and first.pos == "PROPN" else None
            if node is None or node.label.startswith("The ") or not node.label.startswith(first.text):
                continue
            if schema.is_a(node.best(schema), WORK):
                node.label = f"The {node.label}"


def join_states(sentence: Sentence) -> int:
    """A town or county with its state behind a comma is one place: "Adams County, Pennsylvania"."""
    count, tokens = 0, sentence.tokens
    for i in range(1, len(tokens) - 1):
        before, comma, after = tokens[i - 1], tokens[i], tokens[i + 1]
        if comma.text != "," or "state" not in place_kinds(after.text):
            continue
        if before.pos != "PROPN" or before.ent not in ("GPE", "LOC") or after.pos != "PROPN":
            continue
        first = i - 1
        while (
            first
            and tokens[first - 1].pos == "PROPN"
            and tokens[first - 1].ent == before.ent
            and not (tokens[first].ent_begin)
        ):
            first -= 1
        span = tokens[first : i + 2]
        count += _join(span, _label(span, works=False))
    return count
