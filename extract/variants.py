"""Which names are variants of one name: "IBM Corp." and "IBM", "Emeka Nwosu" and "Nwosu".

Takes the nodes of a document's names, blocked by the keys that variants share; every rule gives the
nodes that a node is the same thing as. Joining them is the work of `extract.names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from factloom.extract.entities import ORGANIZATION, PERSON, PLACE, Node
from factloom.extract.lexicon import (
    is_country,
    is_given_name,
    is_group_noun,
    is_person_noun,
    place_kind,
    supersense,
)
from factloom.ontology.namespaces import FL, THING
from factloom.ontology.schema import Schema

Blocks = dict[str, list[Node]]
Variants = Callable[[Node, Blocks, Schema], list[Node]]
_CORPORATE = re.compile(
    r",?\s+(inc|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|nv|se|holdings|group)\.?$", re.I
)

_LEGAL = re.compile(
    r",?\s+(incorporated|inc|corp|corporation|ltd|limited|llc|plc|gmbh|ag|sa|s\.a|nv|n\.v|se|a/s|oyj?|ab|asa|spa"
    r"|s\.p\.a|pty|bv|b\.v|kk|kg)\.?$",
    re.I,
)
_THE, _NO_LETTERS = re.compile(r"^the\s+", re.I), re.compile(r"[^\w]+")


def blocks(nodes: Iterable[Node]) -> Blocks:
    """The nodes by each of their keys.

    Only nodes that share a key are compared (blocking), so the cost stays near linear.
    """
    index: Blocks = {}
    for node in nodes:
        for key in sorted(_keys(node.label)):
            index.setdefault(key, []).append(node)
    return index


def _keys(label: str) -> set[str]:
    """Letters, last word, ".initials", letters without a corporate ending, "^first word"."""
    parts = label.split()
    short = letters(_CORPORATE.sub("", label))
    more = {letters(" ".join(n)) for n in _by_nickname(label)}
    return more | {
        letters(label),
        _family(label).casefold(),
        _initials(label),
        short,
        "^" + parts[0].casefold(),
    }


_NICKNAMED = re.compile(r"^(\w[\w.-]*)\b.*[\"“'‘(](\w+)[\"”'’)] (\w[\w-]*)$")


def _by_nickname(label: str) -> tuple[tuple[str, str], ...]:
    """First and last, nickname and last name of a name told with both: 'Winton "Red" Lund'."""
    found = _NICKNAMED.match(label)
    return ((found[1], found[3]), (found[2], found[3])) if found else ()


def _nickname(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The person who is told with this nickname: "Red Lund" of 'Winton "Red" Lund'."""
    short = tuple(node.label.split())
    return [o for o in index.get(letters(node.label), []) if o is not node and short in _by_nickname(o.label)]


_NUMBERED = re.compile(r",?\s+(jr|sr|junior|senior|i{2,3}|iv|v|vi{0,3}|m\.?d|ph\.?d|esq)\.?$", re.I)


def _family(label: str) -> str:
    """The last word that is no number and no degree: "Marsh" of "Owen Marsh III"."""
    return (_NUMBERED.sub("", label) or label).split()[-1]


def letters(name: str) -> str:
    """The name's letters and digits alone, lower-cased, without a leading "the"."""
    together = name.replace(" ", "")
    if together.isalnum() and name[:4].casefold() != "the ":  # as most names are: five times as fast
        return together.casefold()
    return _NO_LETTERS.sub("", _THE.sub("", name)).casefold()


def _initials(name: str) -> str:
    words = [w for w in re.split(r"[\s-]+", name) if w and w.casefold() not in ("the", "and", "for", "&")]
    capital = [w[0] for w in words if w[0].isupper()]
    return "." + "".join(capital).casefold() if len(capital) >= 2 else "."


def without_legal_form(name: str) -> str:
    """The name without what tells its legal form: "Apple" for "Apple Inc."."""
    return _LEGAL.sub("", name) or name


def has_corporate_ending(name: str) -> bool:
    """Whether the name ends like a company's: "Inc.", "GmbH", "Holdings"."""
    return _CORPORATE.search(name) is not None


def _same_letters(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """Names that differ in case, spaces, punctuation or a leading "the" alone."""
    return [
        o
        for o in index.get(letters(node.label), [])
        if o is not node and letters(o.label) == letters(node.label) and not _told_by_article(node, o, schema)
    ]


def _told_by_article(one: Node, other: Node, schema: Schema) -> bool:
    """Whether two works differ in an article that belongs to one of them: a film "Harbour Lights" and a song
    "The Harbour Lights".
    """
    longer, shorter = sorted((one, other), key=lambda n: -len(n.label))
    works = all(schema.is_a(n.best(schema), FL + "CreativeWork") for n in (one, other))
    return (
        works
        and longer.label.startswith("The ")
        and longer.label[4:] == shorter.label
        and not shorter.articled
    )


def _acronym(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The one longer name that an acronym abbreviates; no person goes by initials."""
    label = node.label.replace(".", "")
    if not (2 <= len(label) <= 6 and label.isupper() and label.isalpha()):
        return []
    found = [o for o in index.get("." + label.casefold(), []) if o is not node and len(o.label.split()) >= 2]
    return found if len(found) == 1 and found[0].best(schema) != PERSON else []


def _last_name(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The person whose last name this is, met in full before: of several the one met first.

    A name that stands alone before any person is named in full is not theirs: Ericsson, the company, and
    its founder Lars Magnus Ericsson; a painter Krabbé and his father Maarten Krabbé.
    """
    if len(node.label.split()) != 1 or _used_as_firm(node, schema) or is_country(node.label):
        return []
    if node.articled:
        return []  # "the Telegraph"
    if node.label.endswith("s") and supersense(node.label[:-1].casefold()) == "person" and not node.gender:
        return []  # "Christians" are not the "Reformed Christians"
    found = [
        o
        for o in index.get(node.label.casefold(), [])
        if o is not node
        and len(o.label.split()) >= 2
        and " of " not in o.label  # "Duke of Brabant", "Isabella of Savoy"
        and _names_person(o, schema)
        and _family(o.label) == node.label
        and not all(is_person_noun(w.casefold()) for w in o.label.split())  # "Lieutenant Governor"
    ]
    earlier = [o for o in found if o.first <= node.first]
    return sorted(earlier, key=lambda o: o.first)[:1]


def _first_name(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The one person met in full before whose first name this is: "Thomas" of "Thomas Petre"."""
    if len(node.label.split()) != 1 or not is_given_name(node.label) or place_kind(node.label) is not None:
        return []
    if node.best(schema) not in (PERSON, THING) or any(not is_person_noun(n) for n in node.nouns):
        return []  # the language Ada is not Ada Lovelace
    found = [
        o
        for o in index.get("^" + node.label.casefold(), [])
        if o is not node and len(o.label.split()) >= 2 and _names_person(o, schema)
    ]
    return found if len(found) == 1 and found[0].first < node.first else []


# More than one verb's demand weighs.
_SURELY = 2.0


def _used_as_firm(node: Node, schema: Schema) -> bool:
    """Whether more than the recogniser's word makes it an organization: "Halvorsen sold its ships"."""
    told = sum(weight for iri, weight in node.votes.items() if schema.is_a(iri, ORGANIZATION))
    return told >= _SURELY and schema.is_a(node.best(schema), ORGANIZATION)


def _names_person(node: Node, schema: Schema) -> bool:
    return schema.is_a(node.best(schema), PERSON)


def _corporate_short(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The name without its corporate ending."""
    if not _CORPORATE.search(node.label):
        return []
    short = letters(_CORPORATE.sub("", node.label))
    return [o for o in index.get(short, []) if o is not node and letters(o.label) == short]


def _first_word(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The one organization whose name begins with this word: "Brightwell" of "Brightwell Semiconductor"."""
    if len(node.label.split()) != 1 or is_country(node.label) or _told_as_thing(node, schema):
        return []
    found = [
        o
        for o in index.get("^" + node.label.casefold(), [])
        if o is not node
        and len(o.label.split()) >= 2
        and not any(c.isdigit() for c in o.label)
        and not _branch(o.label)
        and not _made_by(o.label)
        and not (len(o.label.split()) == 3 and o.label.split()[1] == "and")  # "Kiruna and Malmberget"
        and o.label.split()[-1].casefold() not in _CALLED_AFTER
    ]
    found = [o for o in found if not _introduced_beside(node, o)]
    organizations = [o for o in found if schema.is_a(o.best(schema), ORGANIZATION)]
    others = [o for o in found if o not in organizations]
    clear = len(organizations) == 1 and all(schema.is_a(o.best(schema), FL + "Product") for o in others)
    return organizations if clear and not _rather_a_place(node, organizations[0], schema) else []


_BESIDE = 120  # characters


def _introduced_beside(node: Node, other: Node) -> bool:
    """Whether they are told of as two of a kind: "he left the band Vale North and founded the band Vale"."""
    return bool(node.nouns.keys() & other.nouns.keys()) and 0 < node.first - other.first < _BESIDE


# Bodies that are called after what they care for, and not by it: the "Blu-ray Association".
_CALLED_AFTER = frozenset("association council federation alliance consortium forum committee".split())


def _told_as_thing(node: Node, schema: Schema) -> bool:
    """Whether all kinds told of the name are of things that are no organization: a format, a hedgehog."""
    kinds = [schema.class_of_noun(n) for n in node.nouns]
    body = any(is_group_noun(n) for n in node.nouns)
    return bool(kinds) and not body and not any(k and schema.is_a(k, ORGANIZATION) for k in kinds)


PARTICLES = frozenset(
    "van von de den der del della di da dos la le ten ter bin ibn al el af av zu zur".split()
)


def _particle_name(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The person whose family name begins with a particle: "Van den Brink" of "Dolf van den Brink"."""
    label = node.label.casefold()
    if label.split()[0] not in PARTICLES or len(label.split()) < 2:
        return []
    found = [o for o in index.get(label.split()[-1], []) if o.label.casefold().endswith(" " + label)]
    return found if len(found) == 1 and _names_person(found[0], schema) else []


_RESUMED_BY = frozenset(
    """
    trust commission bank university council institute ministry court foundation agency association federation
    union committee fund museum authority corporation church league college academy society department
    """.split()
)


def _last_word(node: Node, index: Blocks, schema: Schema) -> list[Node]:
    """The one organization met before whose kind of body this is: "the Trust" of "Halden Hospitals Trust"."""
    word = node.label.casefold()
    if word not in _RESUMED_BY:
        return []
    found = [
        o
        for o in index.get(word, [])
        if o is not node and len(o.label.split()) >= 2 and o.first <= node.first
    ]
    return found if len(found) == 1 and schema.is_a(found[0].best(schema), ORGANIZATION) else []


_LOCAL = frozenset("school university college hospital church council museum airport library".split())
_DIRECTIONS = frozenset(
    "north south east west midwest northeast northwest southeast southwest international global".split()
)


def _made_by(name: str) -> bool:
    """Whether the name ends in what is said or done: a firm is not its "Open Specification Promise"."""
    last = name.split()[-1].casefold()
    if last.endswith(("s", "ing")) or last in _CALLED_SO:
        return False
    return len(name.split()) > 2 and supersense(last) in ("communication", "act", "event", "attribute")


_CALLED_SO = frozenset(
    "music software entertainment news press trade commerce design care insurance air".split()
)


def _branch(name: str) -> bool:
    """Whether the name's last words are a place: GTE Midwest and Nissan Europe are not the whole firm."""
    rest = name.split(maxsplit=1)[1]
    return place_kind(rest) is not None or rest.casefold() in _DIRECTIONS


def _rather_a_place(node: Node, organization: Node, schema: Schema) -> bool:
    """Whether the name is a place's: recognised as one, or met before the organization is."""
    recognised = bool(node.ner) and schema.is_a(node.best(schema), PLACE)
    if place_kind(node.label) is None:  # "Tottenham" of "Tottenham Grammar School"
        return recognised and organization.label.split()[-1].casefold() in _LOCAL
    return recognised or organization.first >= node.first


VARIANTS: dict[str, Variants] = {
    "same letters": _same_letters,
    "initials": _acronym,
    "last name": _last_name,
    "family name with a particle": _particle_name,
    "nickname": _nickname,
    "first name": _first_name,
    "corporate ending": _corporate_short,
    "first word of an organization's name": _first_word,
    "kind of an organization": _last_word,
}
