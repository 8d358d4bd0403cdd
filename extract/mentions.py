"""Mentions: which words around a head are its name, and what kind of reference it is.

Takes head tokens of a parsed sentence; gives the tokens of the name, and a `Reference` that says
whether the words name something, stand for something named elsewhere, or describe it.
"""

from __future__ import annotations

from dataclasses import dataclass

from factloom.extract.lexicon import (
    is_a,
    is_given_name,
    is_person_noun,
    place_kind,
    place_of,
    supersense,
)
from factloom.extract.phrases import phrase, text
from factloom.extract.title_words import AWARDS, is_title_word, title_in_person
from factloom.extract.tokens import Token
from factloom.extract.wordlists import words

_PERSONAL = words(
    """
    he him his himself she her hers herself it its itself they them their theirs themselves
    """
)
# "the name Boulder Dam" speaks of the name, not of the dam.
NAMING_WORDS = frozenset(
    "name word term title phrase slogan label nickname inscription motto caption headline codename moniker"
    " pseudonym acronym surname forename byname sobriquet".split()
)
SPEAKING = words(
    """
    i me my mine myself we us our ours ourselves you your yours yourself yourselves one
    """
)
_DEMONSTRATIVE = frozenset(["this", "that", "these", "those"])
HONORIFICS = words(
    """
    mr mrs ms miss dr prof sir dame lord lady rev mr. mrs. ms. dr. prof. rev. gen. sen. rep. gov.
    """
)
# Nouns whose name goes on with "of" and another name: "the Isle of Man".
_OF_NAMES = frozenset(
    """
    isle gulf bay strait cape republic kingdom duchy sea university bank margraviate landgraviate principality
    electorate barony bishopric archbishopric emirate sultanate khanate caliphate earldom governorate
    archdiocese diocese battle siege treaty
    """.split()
)
# What is called after somebody with 's: "King's College".
_AFTER_OWNERS = words(
    """
    county college hospital cathedral park island stadium church square school university day
    party office department
    """
)
_MALE_TITLES = frozenset({"mr", "mr.", "sir", "lord"})
_FEMALE_TITLES = frozenset({"mrs", "ms", "miss", "mrs.", "ms.", "dame", "lady"})
_INDEFINITE = words(
    """
    a an some any another each every no several many few various numerous more most
    """
)
_DEFINITE = words("the this that these those such both")
_INSIDE_NAMES = words(
    """
    a an of the and & - – for de la le von van der den al bin del da di du und y 's ’s ' née nee né
    """
)
_ARTICLES_OF_NAMES = words("al el ar as ash ad an at az")
_WORK = "WORK_OF_ART"
NUMBERED = frozenset({"CARDINAL", "ORDINAL", "DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})


@dataclass(frozen=True, slots=True)
class Reference:
    """How a head refers: `kind` is name, pronoun, nominal or other.

    `tokens` are the words of the mention, `name` the name in normal form, `noun` the lemma of a
    describing noun. `definite` and `plural` are grammatical.
    """

    head: Token
    kind: str
    tokens: tuple[Token, ...]
    name: str | None = None
    noun: str | None = None
    definite: bool = False
    plural: bool = False


def describe(head: Token) -> Reference:
    """The reference that the phrase of this head makes."""
    pointing = head.pos == "DET" and head.norm in (*_DEMONSTRATIVE, "whose")
    if head.pos == "PRON" or head.norm in _PERSONAL or head.text == "I" or pointing:
        return Reference(
            head, "pronoun", (head,), plural=head.norm in ("they", "them", "their", "these", "those")
        )
    if is_name_head(head):
        tokens = tuple(name_tokens(head))
        return Reference(head, "name", tokens, name=name_text(tokens))
    if head.pos in ("NOUN", "PROPN", "NUM", "ADJ", "X", "SYM"):
        return _nominal(head)
    return Reference(head, "other", tuple(phrase(head)))


def _nominal(head: Token) -> Reference:
    first = next((c.norm for c in head.children if c.dep in ("det", "predet") and c.i < head.i), "")
    return Reference(
        head,
        "nominal",
        tuple(phrase(head, conjuncts=False)),
        noun=head.lemma.lower(),
        definite=first in _DEFINITE,
        plural=head.tag in ("NNS", "NNPS"),
    )


def is_name_head(token: Token) -> bool:
    """Whether the token heads a proper name, not a date, a quantity or an adjective of origin."""
    if token.ent in NUMBERED or _one_of_a_people(token):
        return False
    if _one_by(token) or (token.i == 0 and token.norm in _INDEFINITE):
        return False  # "Many of its businesses"
    if token.norm in HONORIFICS and token.dep in ("compound", "nmod") and token.head.i > token.i:
        return False
    if len(token.text) == 1 and token.text.islower() and not token.kids("compound"):
        return False
    if (token.text == "I" and not token.kids("compound")) or "://" in token.text:
        return False
    return token.pos == "PROPN" and any(c.isalpha() for c in token.text) and not is_title_word(token)


def _one_by(token: Token) -> bool:
    """A work or make told by who made it: "a Picasso", "an Airbus"; one of many is no name."""
    article = token.child("det")
    alone = article is not None and article.norm in ("a", "an") and article.i == token.i - 1
    return alone and token.dep in ("dobj", "pobj") and not token.kids("compound", "nmod", "appos", "prep")


def _one_of_a_people(token: Token) -> bool:
    """Somebody told by the people they belong to: "the 21-year-old Spaniard"; groups have names."""
    article = token.child("det")
    some = article is not None and article.norm in ("a", "an") and not is_given_name(token.text)
    told = token.ent == "NORP" or (some and is_a(token.norm, "person") and token.text.istitle())
    one = told and token.tag in ("NNP", "NN") and article is not None
    return one and token.child("compound", "nmod") is None and is_person_noun(token.norm)


def home_of(adjective: Token) -> str | None:
    """The place an adjective of place tells, read with the word it goes on from: "South Korean"."""
    head = adjective.head
    if any(c.i == adjective.i + 1 and c.text in ("-", "–") for c in (*adjective.children, *head.children)):
        return None  # "a Soviet-era airbase"
    for word in (*adjective.children, *head.children):
        if word.i == adjective.i - 1 and word.text[:1].isupper():
            both = place_of(f"{word.norm} {adjective.norm}")
            if both is not None:
                return both
    return place_of(adjective.norm)


def name_tokens(head: Token) -> list[Token]:
    """The words of the name, in reading order: compounds before, numbers behind, "of" parts that NER saw."""
    inside = {t.i: t for t in head.subtree()}
    start = end = head.i
    while start - 1 in inside and _joins_left(inside[start - 1], inside[start], head):
        start -= 1
    while end + 1 in inside and _joins_right(inside[end + 1], head, inside):
        end += 1
    last = inside[end]
    opened = end > head.i and last.dep in ("compound", "amod") and last.head.i == end + 1
    if opened and end + 1 in inside and is_person_noun(last.norm) and inside[end + 1].tag == "NNS":
        end += 1  # "the Board of Muslim clerics"
    tokens = [inside[i] for i in range(start, end + 1)]
    while tokens and (tokens[0].norm in _INSIDE_NAMES or tokens[0].norm in HONORIFICS) and len(tokens) > 1:
        if (
            tokens[0].norm in ("le", "la", "de", "van", "von", "al", "du", "da", "di")
            and tokens[0].text[:1].isupper()
        ):
            break
        if tokens[0].norm in _ARTICLES_OF_NAMES and tokens[1].text in ("-", "–") and not tokens[0].space:
            break  # "al-Ansari"
        article = tokens[0].text in ("The", "A", "An") and tokens[0].dep == "compound"
        if article and (tokens[0].i or head.ent == _WORK):
            break  # a title has its article: "The Royal Scam"
        tokens = tokens[1:]
    mark = inside.get(tokens[-1].i + 1)
    if mark is not None and mark.norm in ("'s", "’s") and head.dep in ("nsubj", "nsubjpass", "dobj"):
        return [*tokens, mark]  # "Moody's cut its rating"
    while len(tokens) > 1 and (
        tokens[-1].norm in ("'s", "’s", "'", "’", "the", "of", "and", "-", "&", "for")
    ):
        tokens = tokens[:-1]
    return tokens


# Groups that own nothing, though names have their 's.
OWNERS_IN_NAMES = words("people women men children workers farmers teachers veterans students")
_MANY = OWNERS_IN_NAMES | {"writers", "players", "ladies"}


def _many(token: Token) -> bool:
    """Whether a group that owns nothing is called so, or its 's: "the Women's World Cup"."""
    owner = token.head if token.dep == "case" else token
    return owner.norm in _MANY and owner.text.istitle()


def honorific_gender(head: Token, name: list[Token]) -> str | None:
    """m or f by the honorific right before the name: "Lord Byron", "Ms. Okafor"."""
    before = next((t.norm for t in head.subtree() if t.i == name[0].i - 1), "")
    first = name[0].norm if len(name) > 1 else ""
    for word in (before, first):
        if word in _MALE_TITLES or word in _FEMALE_TITLES:
            return "m" if word in _MALE_TITLES else "f"
    return None


def _joins_left(token: Token, first: Token, head: Token) -> bool:
    if token.dep in ("poss", "case") and head.norm in _AFTER_OWNERS and not first.ent_begin:
        return bool(token.ent) and token.ent == first.ent  # "Prince George's County"
    if token.dep in ("poss", "case") and first.ent and not first.ent_begin and _many(token):
        return token.ent == first.ent  # "the People's Daily"
    if token.dep in ("poss", "case") and head.norm in AWARDS and head.text.istitle():
        return token.pos in ("PROPN", "PART")  # "the Governor General's Award"
    if token.norm in HONORIFICS or token.dep in ("poss", "case", "appos", "relcl"):
        return False
    if token.dep in ("conj", "cc"):  # "Food and Drug Administration"
        return first.ent == "ORG" and not first.ent_begin and token.ent == first.ent
    if first.ent and not first.ent_begin:
        return token.ent == first.ent and not title_in_person(token)
    if head.ent == "PERSON" and first.ent_begin:
        return (
            token.pos == "PROPN"
            and (not token.ent or (token.ent == "GPE" and place_kind(token.text) is None))
            and not is_title_word(token)
            and not token.children
            and (token.text[:1].isupper() and token.dep == "compound" and token.ent not in ("ORG", "NORP"))
        )
    if token.ent in NUMBERED and token.pos != "PROPN":
        return _edition(token, first)
    if len(head.text) == 1 and head.text.islower() and token.pos in ("NUM", "SYM", "PUNCT"):
        return bool(token.ent)  # "K2-18 b"
    if _edition(token, first):
        return True
    hyphen = token.text in ("-", "–", "&") and token.dep in ("punct", "cc")
    proper = token.pos == "PROPN" or (
        token.pos in ("ADJ", "NOUN")
        and token.text[:1].isupper()
        and (token.i > 0 or not token.space or _opens_name(token) or _group_by_origin(token, first))
    )  # "High-Flyer" also where a sentence begins
    return (
        proper
        and token.dep in ("compound", "nmod", "amod", "nummod", "quantmod", "punct", "npadvmod")
        and not is_title_word(token)
        and not _adjective_of_place(token, first)
    ) or hyphen


# What no name's kind is: where a sentence opens with it, it is part of the name ("Popcorn Entertainments").
NO_KINDS = frozenset({"plant", "food", "body", "substance", "shape", "time", "attribute", "feeling", None})


def _opens_name(token: Token) -> bool:
    """Whether the first word of a sentence is no kind of what follows: "Fyns Hoved", "Popcorn Records"."""
    lemma = token.lemma.lower()
    return token.pos == "NOUN" and token.tag == "NN" and supersense(lemma) in NO_KINDS and not token.children


def _edition(token: Token, first: Token) -> bool:
    """A year before a capital letter tells one edition from another: "the 1924 Games"."""
    year = token.dep == "nummod" and len(token.norm) == 4 and token.norm.isdigit()
    return year and first.text[:1].isupper() and not is_given_name(first.text)  # "In 2004 Eva Lind married"


def _adjective_of_place(token: Token, first: Token) -> bool:
    """An adjective of origin that NER keeps apart is no part of the name: "Chinese DeepSeek".

    Before a noun in capitals it is: "the Iberian Cup", "the British Museum".
    """
    if _group_by_origin(token, first):
        return False
    apart = token.ent == "NORP" and not (first.ent and not first.ent_begin)
    kind = supersense(first.norm) or supersense(first.norm.removesuffix("s"))
    return apart and not (first.pos == "PROPN" and kind in _NAMED_KINDS)


def _group_by_origin(adjective: Token, group: Token) -> bool:
    """Part of a people is not the people: "Iraqi Shiites" are not all Shiites."""
    people = group.tag == "NNPS" and group.ent in ("NORP", "") and group.dep not in ("compound", "nmod")
    return people and adjective.head is group and place_of(adjective.norm) is not None


# What goes by an adjective of place and a noun in capitals.
_NAMED_KINDS = frozenset(
    "event act artifact group communication cognition state time attribute feeling object".split()
)
# Nobles are called by what they rule, kings and presidents by their own names.
_NOBLES = words(
    "duke duchess earl count countess baron baroness marquess viscount prince princess bishop archbishop"
)
# Heads whose names take "of" even where a word stands before them: "Supreme Court of Norway".
_INSTITUTIONS = words(
    """
    court university museum academy institute bank ministry department kingdom republic college school
    church society order house league union bishop archbishop duke prince chamber council committee board
    association federation institute office
    """
)


def _takes_of(head: Token, prep: Token) -> bool:
    """Whether the name goes on behind "of": "Treaty of Arnhem", "Duke of Brabant", "Isabella of Savoy"."""
    target = prep.child("pobj")
    if target is None or target.pos != "PROPN" or prep.i != head.i + 1:
        return False
    if head.pos != "PROPN" or not head.text[:1].isupper():
        return False
    word = head.norm
    if is_given_name(word) and supersense(word) is None:
        one = target.ent == "PERSON" and head.ent == "PERSON" and not target.ent_begin
        alone = not head.kids("compound") and (one or target.ent not in ("PERSON", "ORG"))
        return alone or place_kind(target.norm) is not None or target.ent in ("GPE", "LOC")
    if head.tag == "NNPS" and is_person_noun(word.removesuffix("s")):  # "The Guardians of the Flame"
        named = head.ent not in ("NORP", "PERSON") and target.ent not in ("GPE", "LOC", "NORP", "PERSON")
        return named and place_of(word) is None and head.text.istitle() and not head.kids("compound")
    if supersense(word) is None or (is_person_noun(word) and word not in _NOBLES):
        return False
    return word in _INSTITUTIONS or not any(c.dep == "compound" for c in head.children)


def _behind_of(token: Token, head: Token) -> bool:
    """Whether the token lies between the "of" of a name and the end of what it governs."""
    prep = next((c for c in head.kids("prep") if c.norm == "of"), None)
    if prep is None or token.i < prep.i or not _takes_of(head, prep):
        return False
    target = prep.child("pobj")
    assert target is not None
    return token.i <= target.i and all(
        t.pos == "PROPN" or t.norm in ("of", "the", "-", "–") for t in prep.subtree() if t.i <= target.i
    )


def _joins_right(token: Token, head: Token, inside: dict[int, Token]) -> bool:
    if _behind_of(token, head):
        return True
    following = inside.get(token.i + 1)
    if token.dep == "cc" and head.dep == "appos" and head.head.tag == "NNS" and head.head.i < head.i:
        return False  # "the flops Alexander and Catwoman"
    another = following is not None and following.norm == "the"
    if token.norm == "and" and another and (inside[token.i + 1].text == "The" or head.ent == "ORG"):
        return False  # "The Independent and The Times"
    if token.dep == "compound" and token.head is head:
        return True  # a title that was made one name
    if token.norm == "of" and head.norm in _OF_NAMES and token.i == head.i + 1:
        following = next((t for t in token.children if t.dep == "pobj"), None)
        return following is not None and following.pos == "PROPN" and following.i == token.i + 1
    if token.norm == "of" and not any(supersense(w) for w in (head.norm, head.norm.removesuffix("s"))):
        return False  # "Brightwell Semiconductor of Dresden": only a noun in the name takes "of" into it
    same_name = bool(token.ent) and not token.ent_begin and token.ent == inside[token.i - 1].ent
    if token.pos == "PROPN" and inside[token.i - 1].norm == "of" and token.i == head.i + 2:
        return head.norm in _OF_NAMES or same_name
    if token.pos == "ADP" and token.norm not in ("of", "for", "'s"):
        body = token.norm == "on" and head.norm in _ON_SUBJECTS
        return same_name and (body or (token.norm == "in" and is_a(head.norm, "award")))
    if token.pos == "PUNCT" and token.text not in ("-", "–", "&", ".", "/"):
        return False
    if token.text[:1] in "/[" and len(token.text) > 1:
        return False  # how the name is spoken: "Peter Agre /ˈɑːɡriː/"
    if same_name and token.dep not in ("relcl", "appos", "case") and token.norm not in ("'s", "’s"):
        return not _two_things(token, head)
    version = token.dep in ("nummod", "compound", "npadvmod", "appos", "amod") and any(
        c.isdigit() for c in token.text
    )
    return (
        token.i == head.i + 1
        and version
        and token.norm not in ("'s",)
        and token.ent not in ("DATE", "TIME", "MONEY")
    )


def _two_things(token: Token, head: Token) -> bool:
    """Whether "and" parts two of a kind that go by names of their own: two persons, two buildings."""
    if token.dep not in ("cc", "conj") or token.head is not head or token.norm == "&":
        return False
    first, second = head, token if token.dep == "conj" else head.child("conj")
    if head.ent not in _BY_THEMSELVES or second is None or any(c.norm == "&" for c in head.kids("cc")):
        return False
    return place_kind(f"{first.text} and {second.text}") is None


# What the recogniser may take two of for one: "Gudrun and Brunhild"; firms and works are called with "and".
_BY_THEMSELVES = frozenset({"PERSON", "FAC", "NORP", "PRODUCT"})


# Bodies whose names tell their subject behind "on": "the Council on Conflict Resolution".
_ON_SUBJECTS = frozenset("council committee commission conference convention panel board congress".split())


def name_text(tokens: tuple[Token, ...]) -> str:
    """The name with single spaces and straight apostrophes, without a trailing possessive or full stop."""
    words = text(list(tokens)).replace("’", "'").replace("\n", " ")
    words = " ".join(words.split())
    for ending in () if _called_so(tokens) else ("'s", "'"):
        words = words.removesuffix(ending)
    return words.strip(' ,;:"“”') or words


def _called_so(tokens: tuple[Token, ...]) -> bool:
    """Whether the 's is the name's own: nothing is possessed in "Moody's cut its rating"."""
    last = tokens[-1]
    return last.norm in ("'s", "’s") and last.head.dep in ("nsubj", "nsubjpass", "dobj")
