"""Names of several parts that a parser tears: "Salt and Iron Quarterly is …", "Bruno the Badger".

Takes the sentences of a document; tells for each which stretches of words are one name, by what the sentence
shows beside its parse: a verb in the singular behind coordinated capitals, an article between two capitals
with nothing to part them, parts of a person's name that run on. What one sentence shows holds for the same
words in all others. `make_whole` then gives a stretch one head. Titles of works in quotation marks are left
to `extract.titles`, those that only a user's ontology of works lets one see to `extract.longnames`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from factloom.extract.lexicon import (
    is_a,
    is_given_name,
    is_person_noun,
    place_kind,
    supersense,
)
from factloom.extract.longnames import seat
from factloom.extract.mentions import HONORIFICS
from factloom.extract.repairs_names import LEGAL_FORMS
from factloom.extract.titles import WORK
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words


class Whole(NamedTuple):
    """A stretch of tokens, from `start` up to `end`, that is one name; `label` is what the recogniser would
    call it, None for what it calls all of its words.
    """

    start: int
    end: int
    label: str | None = None


_SMALL = words("of the and & - – for in on at to 's ’s ,")
_AND = frozenset({"and", "&"})
_QUOTES = frozenset({'"', "“", "``", "'", "‘"})
_LONGEST = 12
# Words for several things that take a singular verb one by one.
_EACH = words("each every either neither both no any all some what who whoever whatever")


def whole_names(sentences: Sequence[Sentence]) -> list[list[Whole]]:
    """For each sentence the stretches (start, end) of tokens that are one name, in reading order, apart."""
    found = [list(_spans(sentence)) for sentence in sentences]
    known = {
        tuple(t.text for t in sentence.tokens[a:b]): label
        for sentence, spans in zip(sentences, found, strict=True)
        for a, b, label in spans
        if label in _TOLD or any(t.text in _AND or t.text == "the" for t in sentence.tokens[a:b])
    }
    opened: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(known):
        opened.setdefault(name[0], []).append(name)
    return [
        _apart([*spans, *(Whole(a, b, known[name]) for a, b, name in _again(sentence, opened))])
        for sentence, spans in zip(sentences, found, strict=True)
    ]


def make_whole(sentence: Sentence, spans: Sequence[Whole]) -> int:
    """Give every stretch one head, all its words proper; the number of those that changed."""
    count = 0
    for start, end, given in spans:
        span = sentence.tokens[start:end]
        label = _label(span) if given is None else given
        count += seat(span, label)
        for token in span:  # one that has one head already keeps it, and becomes one entity
            token.ent, token.ent_begin = label, token is span[0]
    return count


def _label(span: list[Token]) -> str:
    """What the recogniser calls all words of the stretch but the small ones; nothing where it is torn."""
    labels = {t.ent for t in span if t.text[:1].isupper() and t.norm not in _SMALL}
    return labels.pop() if len(labels) == 1 else ""


def _apart(spans: list[Whole]) -> list[Whole]:
    """The spans in reading order, the longer one of two that overlap."""
    kept: list[Whole] = []
    for one in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.start)


def _again(
    sentence: Sentence, opened: Mapping[str, Sequence[tuple[str, ...]]]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where the sentence has the words of a known name; `opened` has the names by their first word."""
    texts = [t.text for t in sentence.tokens]
    for i, first in enumerate(texts):
        for name in opened.get(first, ()):
            if tuple(texts[i : i + len(name)]) == name:
                yield i, i + len(name), name


def _spans(sentence: Sentence) -> Iterator[Whole]:
    yield from _coordination_with_singular_verb(sentence)
    yield from _name_with_byname(sentence)
    yield from _titled_thing(sentence)
    yield from _opening_person(sentence)
    yield from _legal_form(sentence)
    yield from _seen_title(sentence)
    yield from _hyphenated(sentence)
    yield from _person_in_parts(sentence)
    yield from _possessed_person(sentence)


def _coordination_with_singular_verb(sentence: Sentence) -> Iterator[Whole]:
    """Coordinated capitals before a verb in the singular are one thing: "Fire and Stone Weekly is …"."""
    tokens = sentence.tokens
    start = 1 if tokens and tokens[0].text in _QUOTES else 0
    if start < len(tokens) and tokens[start].norm in ("the", "a", "an"):
        start += 1
    end = start
    while end < len(tokens) and (
        _capital(tokens[end]) or (end > start and tokens[end].text in _SMALL - {","})
    ):
        end += 1
    run = tokens[start:end]
    coordinated = any(t.text in _AND for t in run[1:-1])
    if not coordinated or len(run) > _LONGEST or not _capital(run[-1]) or run[0].norm in _EACH:
        return
    verb = _behind_brackets(tokens, end)
    if verb is not None and _singular(verb) and not all(_is_person(t) for t in run if _capital(t)):
        yield Whole(start, end)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos not in ("PRON", "DET", "SCONJ", "ADP", "CCONJ")


def _is_person(token: Token) -> bool:
    """Whether it looks like a part of somebody's name: two people with a verb in the singular are a slip."""
    return token.ent == "PERSON" or is_given_name(token.text)


def _behind_brackets(tokens: list[Token], i: int) -> Token | None:
    """The token at this place, or the one behind the brackets that open there."""
    if i < len(tokens) and tokens[i].text in _QUOTES | {"”", "''"}:
        i += 1
    if i < len(tokens) and tokens[i].text == "(":
        i = next((t.i + 1 for t in tokens[i:] if t.text == ")"), len(tokens))
    return tokens[i] if i < len(tokens) else None


def _singular(verb: Token) -> bool:
    return verb.pos in ("VERB", "AUX") and (verb.tag == "VBZ" or verb.norm in ("is", "was", "has"))


def _name_with_byname(sentence: Sentence) -> Iterator[Whole]:
    """A name with an article and a capital right behind it: "Bruno the Badger", "Olga the Wise"."""
    tokens = sentence.tokens
    for the in tokens[1:-1]:
        first, last = tokens[the.i - 1], tokens[the.i + 1]
        if the.text != "the" or first.pos != "PROPN" or not _capital(last):
            continue
        behind = tokens[last.i + 1] if last.i + 1 < len(tokens) else None
        more = behind is not None and behind.text[:1].isupper() and behind.pos == "PROPN"
        beside = last.head is first and last.dep == "appos" and last.kids("det") == [the]
        bare = last.pos in ("PROPN", "NOUN", "ADJ") and not last.kids("prep", "relcl", "appos")
        if beside and not more and bare:
            yield Whole(_from(first), last.i + 1)


def _from(name: Token) -> int:
    """Where the name begins whose last word this is."""
    parts = [c.i for c in name.kids("compound") if c.pos == "PROPN"]
    start = name.i
    while start - 1 in parts:
        start -= 1
    return start


_JOINTS = frozenset(
    {"-", "–", "y", "e", "i", "de", "del", "dos", "das", "da", "di", "la", "las", "los", "do"}
)


# What a sentence tells of a name outright, and holds for the document.
_TOLD = frozenset({"GPE", "PRODUCT"})


def _titled_thing(sentence: Sentence) -> Iterator[Whole]:
    """A title belongs to the name of a place or work: "General Acha is a town", "X: Y is a video game"."""
    tokens = sentence.tokens
    end = 0
    while end < len(tokens) and (_capital(tokens[end]) or (end and tokens[end].text == ":")):
        end += 1
    run, verb = tokens[:end], _behind_aside(tokens, end)
    if not 2 <= len(run) <= _LONGEST or run[-1].text == ":" or verb is None or verb.norm not in ("is", "was"):
        return
    kind = next((t for t in verb.kids("attr") if t.i > verb.i and t.pos == "NOUN"), None)
    if kind is None or all(t.pos != "PROPN" for t in run):
        return
    if is_person_noun(run[0].norm) and is_a(kind.lemma, "location"):
        yield Whole(0, end, "GPE")
    elif sum(t.text == ":" for t in run) == 1 and _is_made(kind):
        yield Whole(0, end, "PRODUCT")


def _is_made(kind: Token) -> bool:
    return any(is_a(kind.lemma, c) for c in ("creative work", "software")) or kind.lemma in _GAMES


_GAMES = frozenset({"game", "film", "series", "album", "show", "franchise"})


def _behind_aside(tokens: list[Token], i: int) -> Token | None:
    """The word behind a bracket, or behind what stands between two commas."""
    if i < len(tokens) and tokens[i].text == ",":
        close = next((t.i for t in tokens[i + 1 : i + 1 + _LONGEST] if t.text == ","), None)
        return tokens[close + 1] if close is not None and close + 1 < len(tokens) else None
    return _behind_brackets(tokens, i)


def _opening_person(sentence: Sentence) -> Iterator[Whole]:
    """The name that a life opens with, before the bracket of its dates: "Tomasz Seaman Orr (born …"."""
    tokens = sentence.tokens
    end = next((t.i for t in tokens[: _LONGEST + 1] if t.text == "("), 0)
    run = tokens[:end]
    if len(run) < 2 or end + 1 >= len(tokens) or not all(t.text[:1].isupper() for t in run):
        return
    inside = tokens[end + 1 :][:3]
    dated = any(t.ent == "DATE" or t.norm in ("born", "née", "né", "c.", "circa") for t in inside)
    named = run[-1].ent == "PERSON" and run[-1].pos == "PROPN" and all(t.head in run for t in run[:-1])
    first = run[0]
    told = not is_given_name(first.text) and (supersense(first.norm) is not None or first.norm in _TITLES)
    if dated and named and not told and all(t.pos in ("PROPN", "NOUN", "PUNCT") for t in run):
        yield Whole(0, end, "PERSON")


_TITLES = HONORIFICS | {"the", "a", "an"}
_LEGAL = LEGAL_FORMS | {"n.v.", "b.v.", "ag"}


def _legal_form(sentence: Sentence) -> Iterator[Whole]:
    """A firm's legal form behind a comma, where the parser parts it: "Halden USA, LLC was founded"."""
    tokens = sentence.tokens
    for form in tokens[2:]:
        comma, last = tokens[form.i - 1], tokens[form.i - 2]
        if form.norm not in _LEGAL or comma.text != "," or last.pos != "PROPN":
            continue
        start = last.i
        while start and tokens[start - 1].pos == "PROPN" and tokens[start - 1].text[:1].isupper():
            start -= 1
        if form.dep in ("nsubj", "nsubjpass", "ROOT", "dobj") and form.head is not last:
            yield Whole(start, form.i + 1, "ORG")


def _seen_title(sentence: Sentence) -> Iterator[Whole]:
    """A title that the recogniser sees as a whole, from its own article on: "the film A Cry from Below"."""
    tokens = sentence.tokens
    for first in tokens[1:-2]:
        if first.text not in ("A", "An", "The") or first.ent != WORK or not first.ent_begin:
            continue
        end = first.i + 1
        while end < len(tokens) and tokens[end].ent == WORK and not tokens[end].ent_begin:
            end += 1
        small = any(t.pos == "ADP" for t in tokens[first.i + 1 : end])
        if small and tokens[end - 1].text[:1].isupper() and end - first.i <= _LONGEST:
            yield Whole(first.i, end, WORK)


_INNER = words("al ul ut el ud us i e o de di da del la le a du sur en")


def _hyphenated(sentence: Sentence) -> Iterator[Whole]:
    """What hyphens tie without spaces: "Jamal-ud-Din", and a name with a small last part that the recogniser
    sees as one: "Blu-ray".
    """
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        j = i
        while j + 2 < len(tokens) and _glued(tokens[j], tokens[j + 1], tokens[j + 2]):
            j += 2
        run = tokens[i : j + 1]
        parts = run[::2]
        inner = len(parts) > 2 and all(t.norm in _INNER for t in parts[1:-1])
        seen = bool(run[0].ent) and run[0].ent_begin and all(t.ent == run[0].ent for t in run)
        closed = j + 1 == len(tokens) or tokens[j + 1].ent != run[0].ent or tokens[j + 1].ent_begin
        small = len(parts) == 2 and seen and closed and parts[1].text.islower() and parts[0].pos == "PROPN"
        named = inner and _capital(parts[0]) and _capital(parts[-1]) and not _continues(tokens, i)
        if named or small:
            yield Whole(i, j + 1)
        i = j + 1


def _glued(first: Token, hyphen: Token, last: Token) -> bool:
    return hyphen.text in ("-", "‑") and not first.space and not hyphen.space and last.text[:1].isalpha()


def _continues(tokens: list[Token], i: int) -> bool:
    """Whether the word goes on a name that begins before it."""
    return (bool(tokens[i].ent) and not tokens[i].ent_begin) or (i > 0 and tokens[i - 1].pos == "PROPN")


def _person_in_parts(sentence: Sentence) -> Iterator[Whole]:
    """A long name of a person in which the recogniser sees two, or one and loose ends.

    "Doña Ines Carmen Lucia Vega-Roldan y Prieto": parts that run on without a comma, one word heading all.
    """
    tokens, i = sentence.tokens, 0
    while i < len(tokens):
        j = i
        while j < len(tokens) and (_part(tokens[j]) or (j > i and tokens[j].text in _JOINTS)):
            j += 1
        while j > i and not _part(tokens[j - 1]):
            j -= 1
        run = tokens[i:j]
        if len(run) > 3 and _is_torn(run):
            yield Whole(i, j, "PERSON")
        i = max(j, i + 1)


def _part(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper() and token.ent in ("PERSON", "")


def _is_torn(run: list[Token]) -> bool:
    """Whether one word heads the run, persons stand at both ends, and the recogniser parts it between."""
    inside = set(run)
    heads = [t for t in run if t.head is t or t.head not in inside]
    people = run[0].ent == run[-1].ent == "PERSON"
    loose = any(t.ent_begin for t in run[1:]) or any(t.ent == "" for t in run[1:-1])
    tied = any(t.text in ("y", "e") or t.text in ("-", "–") for t in run) or len(run) > 4
    plain = not any(is_person_noun(t.norm) and not is_given_name(t.text) for t in run[1:])
    return len(heads) == 1 and heads[0] is run[-1] and people and loose and tied and plain


def _possessed_person(sentence: Sentence) -> Iterator[Whole]:
    """A common noun with a capital that has somebody with a capital is a title: "The Miller's Daughter"."""
    for noun in sentence.tokens[3:]:
        owner, mark = sentence.tokens[noun.i - 2], sentence.tokens[noun.i - 1]
        if mark.norm not in ("'s", "’s") or not noun.text.istitle() or not is_person_noun(_single(noun)):
            continue
        article = sentence.tokens[owner.i - 1]
        titled = article.i > 0 and article.text in ("The", "A", "An")
        if noun.pos not in ("NOUN", "PROPN") or not (titled or _common(owner)):
            continue
        if article.text in ("the", "a", "an", "his", "her", "their", "this"):
            continue  # "the Governor's Wife" stays what it is
        start = owner.i
        while start and _goes_on(sentence.tokens[start - 1]):
            start -= 1
        yield Whole(start, noun.i + 1, WORK)


def _common(owner: Token) -> bool:
    """Whether a word with a capital is a common noun by itself, and no person, firm or place."""
    if not owner.text.istitle() or owner.ent in ("PERSON", "ORG", "GPE") or is_given_name(owner.text):
        return False
    return supersense(owner.norm) is not None and place_kind(owner.text) is None


def _goes_on(word: Token) -> bool:
    return word.text[:1].isupper() and word.dep != "poss" and (word.i > 0 or word.text in ("The", "A", "An"))


def _single(noun: Token) -> str:
    """The lemma of a noun, also of one with a capital, of which the tagger gives none."""
    if noun.pos == "NOUN":
        return noun.lemma.lower()
    return noun.norm if supersense(noun.norm) else noun.norm.removesuffix("s")
