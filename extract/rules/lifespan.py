"""The dates of a life in brackets behind a name: "Elizabeth Cavendish (12 April 1901 – 3 June 1978)"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import clause_at, is_name
from factloom.extract.tokens import Sentence, Token

_DASHES = frozenset({"-", "–", "—"})
_BORN = frozenset({"born", "b.", "b", "*"})
_DIED = frozenset({"died", "d.", "d", "†"})
_LONGEST = 24  # tokens between the brackets


def lifespan(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A person's name and, right behind it in brackets, two dates with a dash, or one after "born"."""
    for opening in sentence.tokens[1:]:
        if opening.text != "(" or not is_name(name := sentence.tokens[opening.i - 1]):
            continue
        if name.ent not in ("PERSON", ""):
            continue
        inside = _bracketed(sentence, opening)
        for pattern, date in _dates(inside):
            yield Proposition(
                "dates of a life", Form.LIFE, sentence, _head(name), date, pattern, (opening,)
            ).presupposed(clause_at(name, found))


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
        if left is not None and right is not None:
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
    years = [t for t in tokens if len(t.text) == 4 and t.text.isdigit() and "1000" <= t.text <= "2100"]
    return years[0] if len(years) == 1 else None


def _year_range(text: str) -> bool:
    return len(text) == 9 and text[4] in _DASHES and text[:4].isdigit() and text[5:].isdigit()
