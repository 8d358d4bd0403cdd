"""The names that examples tell, and of which relations they are ends there.

Where such a name stands in a text, it is a candidate whatever the recogniser makes of it ("killed in action",
"green politics"), and that it was told as an end of a relation speaks for the relation. An example must not
speak for itself: what it alone tells is not known when it is read to learn from (`Told.apart_from`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factloom.extract.learn.conventions import normal
from factloom.extract.learn.examples import Fact
from factloom.extract.tokens import Sentence
from factloom.extract.wordlists import words

# Words that stand for other things at every place.
PRONOUNS = words(
    """
    i me my myself he him his himself she her hers herself it its itself they them their theirs
    we us our ourselves who whose which where whom
    """
)
_POINTING = words("this that these those one ones other others another")
_LONGEST = 14  # tokens
_OFTEN = 3  # examples
_BRACKET = re.compile(r"[\s_]*\([^()]*\)")
_Counts = dict[str, dict[str, int]]


@dataclass(slots=True, eq=False)
class Told:
    """How many examples tell a name in a role, and two names together.

    `roles`: a name in normal form → "subject of birth place" → examples; `pairs`: the normal forms of subject
    and object, a blank between → relation → examples. `less` is what is taken off. `relations` are the names
    of relations by number, `accents` the told names by their normal forms without accents.
    """

    roles: _Counts = field(default_factory=dict)
    pairs: _Counts = field(default_factory=dict)
    less: Told | None = None
    relations: tuple[str, ...] = ()
    accents: dict[str, str] = field(default_factory=dict)

    def apart_from(self, facts: Iterable[tuple[str, Fact]]) -> Told:
        """The same without what one example tells: pairs of a relation's name and a fact."""
        return Told(self.roles, self.pairs, told_by([facts]), self.relations, self.accents)

    def signs(self, name: str) -> list[str]:
        """The roles of a name, those of several examples also as "often"."""
        return list(_signs(self.roles.get(name), self.less.roles.get(name) if self.less else None))

    def together(self, subject: str, target: str) -> list[str]:
        """The relations two names are told to have."""
        key = f"{subject} {target}"
        return list(_signs(self.pairs.get(key), self.less.pairs.get(key) if self.less else None))

    def counts(self, subjects: Sequence[str], targets: Sequence[str], relation: int) -> tuple[int, int, int]:
        """How many other examples tell the subject, the object and both of the relation, 3 at most."""
        label = self.relations[relation] if self.relations else ""
        pairs = [f"{one} {other}" for one in subjects for other in targets]
        return (
            self._most(subjects, f"subject of {label}"),
            self._most(targets, f"object of {label}"),
            self._most(pairs, label, together=True),
        )

    def _most(self, names: Iterable[str], sign: str, *, together: bool = False) -> int:
        def count(told: Told | None, name: str) -> int:
            known = told and (told.pairs if together else told.roles)
            return known.get(name, {}).get(sign, 0) if known else 0

        return min(_OFTEN, max((count(self, n) - count(self.less, n) for n in names), default=0))

    def spans(self, sentence: Sentence) -> dict[tuple[int, int], str]:
        """The stretches (tokens, half-open) that are told names, with their normal forms."""
        if not self.roles:
            return {}
        found: dict[tuple[int, int], str] = {}
        said = [normal(t.text) for t in sentence.tokens]
        for start, first in enumerate(said):
            if not first:
                continue
            name = ""
            for end, more in enumerate(said[start : start + _LONGEST], start=start + 1):
                name += more
                if more and name in self.roles and self.signs(name):
                    found[start, end] = name
        return found

    def record(self) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "relations": self.relations,
            "accents": self.accents,
            "roles": _sorted(self.roles),
            "pairs": _sorted(self.pairs),
        }


def _signs(counts: Mapping[str, int] | None, less: Mapping[str, int] | None) -> Iterator[str]:
    for sign, count in (counts or {}).items():
        left = count - (less or {}).get(sign, 0)
        if left > 0:
            yield sign
        if left >= _OFTEN:
            yield f"{sign}, often"


def _sorted(counts: _Counts) -> _Counts:
    return {name: dict(sorted(found.items())) for name, found in sorted(counts.items())}


def told_by(examples: Iterable[Iterable[tuple[str, Fact]]]) -> Told:
    """What examples tell, each a list of facts with the names of their relations."""
    roles: dict[str, Counter[str]] = {}
    pairs: dict[str, Counter[str]] = {}
    accents: dict[str, str] = {}
    for facts in examples:
        found: set[tuple[str, str]] = set()
        together: set[tuple[str, str]] = set()
        for relation, fact in facts:
            subjects, objects = surfaces(fact.subject.text), surfaces(fact.object.text)
            found |= {(name, f"subject of {relation}") for name in subjects}
            found |= {(name, f"object of {relation}") for name in objects}
            for end in (fact.subject, fact.object):
                if plain(end.text) != end.text:
                    accents.setdefault(normal(plain(end.text)), end.text.replace("_", " "))
            together |= {(f"{one} {other}", relation) for one in subjects for other in objects}
        for name, role in sorted(found):
            roles.setdefault(name, Counter())[role] += 1
        for key, relation in sorted(together):
            pairs.setdefault(key, Counter())[relation] += 1
    told = Told({k: dict(v) for k, v in roles.items()}, {k: dict(v) for k, v in pairs.items()})
    told.accents = accents
    return told


def surfaces(name: str) -> list[str]:
    """The normal forms under which a name may stand in a text: without brackets, without accents."""
    text = name.replace("_", " ").strip('" ')
    if text.lower() in PRONOUNS | _POINTING or not any(c.isalpha() for c in text):
        return []
    forms = [text, _BRACKET.sub("", text)]
    forms += [plain(form) for form in forms]
    return list(dict.fromkeys(form for form in map(normal, forms) if len(form) > 1))


def short_forms(name: str) -> set[str]:
    """The normal forms of what may stand for a name that is not there itself.

    Besides `surfaces`: without the place behind the comma, without the article, "and" for "&", without the
    last word ("Danish language" → "Danish"), initials, "US" for "United States".
    """
    text = plain(name.replace("_", " ").strip('" '))
    forms = {text, _BRACKET.sub("", text)}
    forms |= {form.split(",")[0] for form in forms}
    forms |= {form.removeprefix("The ") for form in forms}
    forms |= {form.replace("&", "and") for form in forms}
    forms |= {form.replace("United States", short) for form in forms for short in ("US", "USA")}
    forms |= {form.rsplit(" ", 1)[0] for form in forms}
    forms |= {"".join(w[0] for w in form.split() if w[:1].isupper()) for form in forms if " " in form}
    return {form for form in map(normal, forms) if len(form) > 1} | set(surfaces(name))


def plain(text: str) -> str:
    """The text without the accents of its letters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c))
