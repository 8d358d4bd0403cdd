"""Forms of verbs: relation labels in readable English ("compete with" → "competes with"), participles,
lemmas.
"""

from __future__ import annotations

from factloom.extract.lexicon import is_verb

_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def third_person(pattern: str) -> str:
    """The pattern with its first word, a verb lemma, in the third person singular."""
    verb, _, rest = pattern.partition(" ")
    return f"{_inflect(verb)} {rest}".strip()


def _inflect(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


_IRREGULAR_PARTICIPLES = """
    be:been bear:born become:become begin:begun bind:bound blow:blown break:broken breed:bred
    bring:brought broadcast:broadcast build:built buy:bought catch:caught choose:chosen come:come
    cost:cost cut:cut deal:dealt do:done draw:drawn drive:driven eat:eaten fall:fallen feed:fed
    feel:felt fight:fought find:found fly:flown forbid:forbidden forget:forgotten freeze:frozen
    get:got give:given go:gone grow:grown have:had hear:heard hide:hidden hit:hit hold:held
    keep:kept know:known lay:laid lead:led leave:left lend:lent let:let lie:lain lose:lost make:made
    mean:meant meet:met overcome:overcome oversee:overseen pay:paid put:put read:read ride:ridden
    ring:rung rise:risen run:run say:said see:seen seek:sought sell:sold send:sent set:set
    shake:shaken shoot:shot show:shown shut:shut sing:sung sink:sunk sit:sat sleep:slept
    speak:spoken spend:spent split:split spread:spread stand:stood steal:stolen strike:struck
    swear:sworn swim:swum take:taken teach:taught tell:told think:thought throw:thrown
    understand:understood undertake:undertaken wear:worn win:won wind:wound withdraw:withdrawn
    write:written
"""
_PARTICIPLES = {pair.split(":")[0]: pair.split(":")[1] for pair in _IRREGULAR_PARTICIPLES.split()}
_LEMMAS = {participle: verb for verb, participle in _PARTICIPLES.items()}
_VOWELS = frozenset("aeiou")


def participle(verb: str) -> str:
    """The past participle of a verb lemma, a particle kept behind it: "set up" → "set up", "found" →
    "founded".
    """
    first, _, rest = verb.partition(" ")
    return f"{_PARTICIPLES.get(first) or _regular(first)} {rest}".strip()


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    short = len(verb) >= 3 and verb[-1] not in "wxyaeiou" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return verb + (verb[-1] if short and sum(c in _VOWELS for c in verb) == 1 else "") + "ed"


def verb_lemmas(word: str) -> tuple[str, ...]:
    """What the lemma of an inflected verb may be, likeliest first: "published" → publish, "plays" → play,
    playe…

    Nothing is looked up; the caller keeps what is a verb.
    """
    found: list[str] = [_LEMMAS[word]] if word in _LEMMAS else []
    for ending in ("ied", "ies"):
        if word.endswith(ending):
            found.append(word[:-3] + "y")
    for ending in ("ed", "es", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            found += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return tuple(dict.fromkeys(found))


def past_lemma(word: str) -> str:
    """The lemma of a regular past form, by the lexicon's verbs."""
    stem = word[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and is_verb(stem[:-1]):
        return stem[:-1]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return next((lemma for lemma in (word[:-1], stem) if is_verb(lemma)), stem)
