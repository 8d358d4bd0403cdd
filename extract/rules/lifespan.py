"""The dates of a life: in brackets behind a name, and of the nouns "birth" and "death".

"Elizabeth Cavendish (12 April 1901 – 3 June 1978)", "until his death in 1932", "the death of Eva on 3 May".
"""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.phrases import PLACES
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, is_name, noun_complements
from factloom.extract.tokens import Sentence, Token

_DASHES = frozenset({"-", "–", "—"})
_BORN = frozenset({"born", "b.", "b", "*"})
_DIED = frozenset({"died", "d.", "d", "†"})
_LONGEST = 24  # tokens between the brackets
_GROWN = 16  # years; wars are shorter
_SCHOOLED = 8  # years; those at a school or club are fewer: "alumni include Louis Deacon (1991-1995)"
_EVENTS = {"birth": "be born", "death": "die"}


def lifespan(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A person's name and, right behind it in brackets, two dates with a dash, or one after "born"."""
    for opening in sentence.tokens[1:]:
        if opening.text != "(" or not is_name(name := _name_before(sentence, opening)):
            continue
        inside = _bracketed(sentence, opening)
        sure = _of_a_person(inside)
        if name.ent not in ("PERSON", "") and not sure:
            continue
        words, clause = (opening, inside[0]) if sure else (opening,), clause_at(name, found)
        for pattern, date in _dates(inside):
            yield Proposition(
                "dates of a life", Form.LIFE, sentence, _head(name), date, pattern, words
            ).presupposed(clause)
        place = _birthplace(inside)
        if place is not None:
            yield Proposition(
                "dates of a life", Form.PASSIVE, sentence, _head(name), place, "be born in", words
            ).presupposed(clause)


def _name_before(sentence: Sentence, opening: Token) -> Token:
    """The token before the bracket, or the name it is the letters of: "Adam Roe, OBE (born 1950)"."""
    before = sentence.tokens[opening.i - 1]
    return before.head if before.pos == "X" and before.dep == "dep" else before


def _of_a_person(inside: list[Token]) -> bool:
    """Whether the brackets tell of a person whatever the recogniser took the name for: "born", or a whole day
    on either side of a dash with a grown-up's years between."""
    if inside and inside[0].norm in _BORN:
        return True
    years = [int(t.text) for t in inside if _is_year(t)]
    days = [t for t in inside if t.text.isdigit() and 0 < int(t.text) <= 31]
    dashes = [t for t in inside if t.text in _DASHES]
    return len(years) == len(days) == 2 and len(dashes) == 1 and years[1] - years[0] >= _GROWN


def _birthplace(inside: list[Token]) -> Token | None:
    """The place right behind "born", or behind a preposition after the date: "(born 4 May 1939 in Bonn)"."""
    if not inside or inside[0].norm not in _BORN:
        return None
    for token, before in zip(inside[1:], inside, strict=False):
        if token.norm in _BORN | _DIED or token.text in (";", *_DASHES):
            return None
        behind = before is inside[0] or before.norm in ("in", "at", "near")
        if behind and token.pos == "PROPN" and token.ent != "DATE":
            return _head(token)
    return None


def _bracketed(sentence: Sentence, opening: Token) -> list[Token]:
    rest = sentence.tokens[opening.i + 1 : opening.i + 1 + _LONGEST]
    end = next((k for k, t in enumerate(rest) if t.text == ")"), 0)
    return rest[:end]


def _head(name: Token) -> Token:
    """The head of the name that ends with this token."""
    while name.dep in ("compound", "flat", "nmod") and is_name(name.head) and abs(name.head.i - name.i) <= 3:
        name = name.head
    return name


def _dates(inside: list[Token]) -> Iterator[tuple[str, Token]]:
    """The last year of either side of the dash, or of what follows "born" and "died"."""
    dashes = [k for k, t in enumerate(inside) if t.text in _DASHES]
    if len(dashes) == 1 and not any(t.norm in _BORN | _DIED for t in inside):
        left, right = _year(inside[: dashes[0]]), _year(inside[dashes[0] + 1 :])
        if left is not None and right is not None and int(right.text) - int(left.text) >= _SCHOOLED:
            yield "be born on", left
            yield "die on", right
        return
    for words, pattern in ((_BORN, "be born on"), (_DIED, "die on")):
        start = next((k for k, t in enumerate(inside) if t.norm in words), None)
        if start is not None:
            behind = inside[start + 1 :]
            stop = next((k for k, t in enumerate(behind) if t.text == ";" or t.norm in _BORN | _DIED), None)
            year = _year(behind[:stop])
            if year is not None:
                yield pattern, year
    if len(inside) == 1 and _year_range(inside[0].text):
        yield "be born on", inside[0]
        yield "die on", inside[0]


def _year(tokens: list[Token]) -> Token | None:
    """The only year among the tokens: four digits from 1000 on."""
    years = [t for t in tokens if _is_year(t)]
    return years[0] if len(years) == 1 else None


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and "1000" <= token.text <= "2100"


def _year_range(text: str) -> bool:
    if not (len(text) == 9 and text[4] in _DASHES and text[:4].isdigit() and text[5:].isdigit()):
        return False
    return int(text[5:]) - int(text[:4]) >= _SCHOOLED


def life_event(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """When and where somebody was born or died, by a noun: "Eva's death in 1914", "her birth in Bonn"."""
    for noun in sentence.tokens:
        verb = _EVENTS.get(noun.lemma) if noun.pos == "NOUN" and noun.tag == "NN" else None
        arguments = noun_complements(noun) if verb is not None else []
        of = next((a.head for a in arguments if a.marker == "of"), None)
        who = noun.child("poss") or of
        if who is None or who.ent in PLACES:
            continue
        for a in arguments:
            if a.marker in ("in", "on", "at") and (a.head.ent == "DATE" or a.head.ent in PLACES):
                form = Form.LIFE if a.head.ent == "DATE" else Form.PASSIVE
                pattern = f"{verb} {'on' if form is Form.LIFE else a.marker}"
                event = Proposition("event of a life", form, sentence, who, a.head, pattern, (noun, a.prep))
                yield event.presupposed(clause_at(noun, found))
