"""Verbal clauses: who does what to whom, active and passive, with prepositional arguments."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause, Complement
from factloom.extract.lexicon import is_person_noun, supersense, verb_of
from factloom.extract.phrases import conjuncts
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import noun_complements
from factloom.extract.rules.naming import given_name
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

_LIGHT = words(
    """
    make take have give do hold pay reach play launch begin conduct carry undertake bring put get raise
    draw win gain receive offer keep
    """
)
# Prepositions that rarely open the argument a verb is about.
_ADJUNCT = words(
    """
    during after before since until despite without by amid throughout because within according instead
    except besides following
    """
)
# Nouns that make an idiom with their preposition: "enter into force", "come to an end".
_IDIOM_NOUNS = frozenset(
    {"force", "effect", "place", "account", "end", "power", "question", "charge", "fact", "row"}
)
_OPINION = frozenset({"call", "consider", "deem", "find", "dub", "think", "label", "brand", "term"})
_TURNING = frozenset({"take", "leave", "keep", "turn", "hold", "set", "get", "drive"})
_STYLING = frozenset({"name", "vote", "rank", "rate", "declare", "judge", "make", "render", "proclaim"})
_RECIPROCAL = words(
    "merge marry meet divorce partner compete collaborate clash cooperate ally separate compete"
)
_GOVERNING = words(
    """
    order ask tell let make get have cause want need require urge advise request press push direct command
    expect inform remind assure warn show help aid enable allow encourage persuade convince compel oblige
    """
)
_TELLING = frozenset({"tell", "inform", "remind", "assure", "warn"})
_TIMES = frozenset({"DATE", "TIME"})


def verb(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A verb with its subject and object, or with the preposition that carries its object."""
    for clause in found:
        if clause.subject is None or clause.copular or clause.subject.dep == "expl":
            continue
        if given_name(clause) is not None:
            continue  # `naming` reads it
        if _reciprocal(clause):
            yield from _each_other(sentence, clause)
        elif clause.passive:
            yield from _passive(sentence, clause)
        elif clause.objects:
            yield from _transitive(sentence, clause)
        elif clause.preps or any(t.ent in ("PERCENT", "DATE") for t in clause.times):
            yield from _intransitive(sentence, clause)


def _reciprocal(clause: Clause) -> bool:
    """Two subjects do to each other what a reciprocal verb says: "Microsoft and OpenAI merged"."""
    alone = not clause.objects and all(p.marker != "with" for p in clause.preps)
    pair = clause.subject is not None and len(list(conjuncts(clause.subject))) == 2
    return alone and pair and not clause.passive and clause.head.lemma in _RECIPROCAL


def _each_other(sentence: Sentence, clause: Clause) -> Iterator[Proposition]:
    assert clause.subject is not None
    one, other = conjuncts(clause.subject)
    pattern = clause.lemma if clause.lemma in ("marry", "meet", "divorce") else f"{clause.lemma} with"
    proposition = _proposition(
        "reciprocal verb", sentence, clause, one, other, pattern, _words(clause), clause.preps
    )
    proposition.alone = True
    yield proposition


def _transitive(sentence: Sentence, clause: Clause) -> Iterator[Proposition]:
    assert clause.subject is not None
    if _judges(clause):
        return
    if _only_governs(clause) or (clause.dative is not None and clause.dative.norm == "it"):
        return  # "gave it a go"
    for target in clause.objects:
        if clause.head.lemma in _RESULTING and _result_behind(sentence, target):
            continue  # "left him paralysed"
        if clause.head.lemma == "leave" and clause.subject.pos == "NOUN" and _has(clause, "with"):
            continue  # "falling sales left the firm with debts"
        if clause.head.lemma == "protest" and target.child("poss") is not None:
            continue  # "protested her innocence": affirmed it
        light = _light_verb(clause, target)
        if light is None and (_says_little(clause, target) or _denies(clause, target)):
            continue
        if light is not None:
            noun, complement = light
            yield _proposition(
                "light verb",
                sentence,
                clause,
                clause.subject,
                complement.head,
                f"{clause.lemma} {noun.lemma} {complement.marker}",
                (clause.head, noun, complement.prep),
                clause.preps,
            )
            continue
        arguments = clause.preps
        if clause.dative is not None and _is_money(target) and clause.head.lemma not in _HANDING:
            # "fined Meta $5 million"
            target, arguments = clause.dative, [Complement("for", target, target), *arguments]
        elif clause.dative is not None:
            arguments = [Complement("to", clause.dative, clause.dative), *arguments]
        rule = _rule_name("verb and object", clause)
        yield _proposition(
            rule, sentence, clause, clause.subject, target, clause.lemma, _words(clause), arguments
        )


def _is_money(token: Token) -> bool:
    """Whether the amount is money, by the recogniser or by its currency."""
    return token.ent == "MONEY" or (token.lemma in _CURRENCIES and token.child("nummod") is not None)


_HANDING = words("give pay offer lend loan award grant donate owe send hand promise guarantee leave wire")
_CURRENCIES = words(
    "euro dollar pound yen franc rupee krone krona peso ruble rouble yuan won shilling real crown"
)


def _judges(clause: Clause) -> bool:
    """Saying or making a thing so is no deed done to it: "called it a lesson", "named it one of the best"."""
    noun = clause.complement
    if noun is None or noun.dep != "oprd":
        return False
    office = (is_person_noun(noun.lemma.lower()) or noun.pos == "PROPN") and not _graded(noun)
    turned = noun.pos == "ADJ" and clause.head.lemma in _TURNING  # "took the chain private"
    return clause.head.lemma in _OPINION or turned or (clause.head.lemma in _STYLING and not office)


def _graded(noun: Token) -> bool:
    """A rank is a judgement and no office: "the best coach", "the world's 54th most respected leader"."""
    told = noun.kids("amod", "compound", "advmod")
    adverbs = [a for c in told for a in c.kids("advmod")]
    return any(c.tag in ("JJS", "RBS") or c.norm.endswith(("-best", "-largest")) for c in (*told, *adverbs))


def _only_governs(clause: Clause) -> bool:
    """What was ordered or told is the fact, not whom: "ordered the ministry to pay", "told the BBC that"."""
    target = clause.objects[0]
    told = clause.head.lemma in _TELLING and bool(clause.clausal)  # '"He needs it," she told the radio'
    somebody = clause.head.lemma in ("force", "prompt", "lead") and target.pos == "NOUN"
    return told or (
        (somebody or clause.head.lemma in _GOVERNING) and any(c.i > target.i for c in clause.clausal)
    )


def _light_verb(clause: Clause, target: Token) -> tuple[Token, Complement] | None:
    """The noun carries the meaning, its preposition the object: "made a decision about taxes"."""
    deed = verb_of(target.lemma) is not None or (clause.head.lemma == "keep" and target.lemma in _KEPT)
    if clause.head.lemma not in _LIGHT or not deed or target.child("poss", "conj"):
        return None
    for complement in [*noun_complements(target), *clause.preps]:
        if (
            complement.marker not in _ADJUNCT
            and complement.prep.i > clause.head.i
            and complement.head.ent not in _TIMES
            and complement.head.pos != "VERB"
        ):
            return target, complement
    return None


_KEPT = frozenset({"eye", "tab", "pace", "faith", "company"})
_RESULTING = frozenset({"leave", "keep", "make", "render", "get", "set", "send", "prove", "drive"})


def _has(clause: Clause, marker: str) -> bool:
    return any(p.marker == marker and p.prep.i > clause.head.i for p in clause.preps)


def _result_behind(sentence: Sentence, target: Token) -> bool:
    """Whether the state it was brought into stands right behind the object."""
    end = max(t.i for t in target.subtree() if t.i <= target.i) + 1
    following = sentence.tokens[end] if end < len(sentence.tokens) else None
    return following is not None and (
        following.tag in ("JJ", "VBN", "VBG") or following.norm in ("away", "apart")
    )


def _says_little(clause: Clause, target: Token) -> bool:
    """A light verb with a bare deed: "took a decision", "made an attempt"; what it is about is not said."""
    if clause.head.lemma not in _LIGHTEST or target.pos != "NOUN" or verb_of(target.lemma) is None:
        return False
    told = [c for c in target.kids(*_WHAT_TELLS) if c is not clause.head]
    about = [p for p in clause.preps if p.head.ent not in _TIMES]
    return not told and not about and supersense(target.lemma) in _DEED_SENSES


def _denies(clause: Clause, target: Token) -> bool:
    """Denying a deed that is not told says nothing: "denied any involvement", "denied the accusation"."""
    return clause.head.lemma == "deny" and target.pos == "NOUN" and target.child("prep", "poss") is None


_WHAT_TELLS = ("poss", "compound", "amod", "prep", "nummod", "relcl", "acl", "conj")
_LIGHTEST = frozenset({"make", "take", "have"})
_DEED_SENSES = frozenset({"act", "communication", "cognition"})


def _passive(sentence: Sentence, clause: Clause) -> Iterator[Proposition]:
    assert clause.subject is not None
    if _judges(clause):
        return
    if clause.agent is not None:
        rule = _rule_name("passive with agent", clause)
        target, arguments = clause.subject, clause.preps
        if clause.objects:  # "She was awarded the medal by the society": the subject is who got it
            target = clause.objects[0]
            arguments = [Complement("to", clause.subject, clause.subject), *arguments]
        yield _proposition(
            rule, sentence, clause, clause.agent, target, clause.lemma, _words(clause), arguments
        )
        if not clause.objects:
            return
    if clause.objects:  # "was awarded the prize", "is called Doubao"
        target = clause.objects[0]
        yield _proposition(
            "passive with object",
            sentence,
            clause,
            clause.subject,
            target,
            _passive_words(clause),
            _words(clause),
            clause.preps,
            form=Form.PASSIVE,
        )
        return
    yield from _prepositional(
        "passive with preposition", sentence, clause, _passive_words(clause), Form.PASSIVE
    )


def _passive_words(clause: Clause) -> str:
    particle = f" {clause.particle.norm}" if clause.particle else ""
    return f"be {clause.head.norm}{particle}"


def _intransitive(sentence: Sentence, clause: Clause) -> Iterator[Proposition]:
    if clause.head.lemma == "say" and clause.clausal:
        return  # what was said is the fact, not where
    what = any(c.norm == "what" and c.tag == "WP" for c in clause.head.children)
    if clause.head.lemma in ("make", "have") or what:
        return  # the object was not found, or is not told: "what users do with it"
    if clause.head.lemma == "become" or (clause.complement is not None and clause.head.lemma in _LINKING):
        return  # what it became is the fact: "became unpopular in Gaza"
    change = next((t for t in clause.times if t.ent in ("PERCENT", "MONEY")), None)
    if change is not None and clause.subject is not None:  # "rose 1.2% in Amsterdam"
        rest = [p for p in clause.preps if p.head is not change]
        yield _proposition(
            "verb and amount", sentence, clause, clause.subject, change, clause.lemma, _words(clause), rest
        )
        return
    rule = _rule_name("verb and preposition", clause)
    yield from _prepositional(rule, sentence, clause, clause.lemma, Form.VERB)


_LINKING = words("remain stay seem appear look sound feel prove turn grow get go fall keep")


def _prepositional(
    rule: str, sentence: Sentence, clause: Clause, words: str, form: Form
) -> Iterator[Proposition]:
    """The argument a verb is about becomes the object; the others stay arguments."""
    assert clause.subject is not None
    main = _main_preposition(clause)
    if main is not None:
        target, marker, relation = main.head, main.marker, (*_words(clause), main.prep)
    else:  # "She died February 9, 2016": a date needs no preposition
        days = (t for t in clause.times if t.ent == "DATE" and t.pos == "PROPN" and t.i > clause.head.i)
        date = next(days, None)
        if date is None:
            return
        target, marker, relation = date, "on", _words(clause)
    rest = [p for p in clause.preps if p is not main]
    pattern = f"{words} {marker}"
    yield _proposition(rule, sentence, clause, clause.subject, target, pattern, relation, rest, form=form)


def _main_preposition(clause: Clause) -> Complement | None:
    """Which prepositional argument is the object: a goal before a source, a thing before a time."""
    ranked = [
        p
        for p in clause.preps
        if p.head.pos != "VERB" and (p.prep.i >= clause.head.i or _fronted(p)) and p.marker != "than"
    ]
    if not ranked:
        return None
    best = min(ranked, key=lambda p: (_rank(p), p.head.i))
    return best if _rank(best) < 4 else None


def _fronted(complement: Complement) -> bool:
    """A relative pronoun or adverb takes its preposition to the front: "in which", "where"."""
    return complement.prep.norm == "where" or any(c.tag in ("WDT", "WP") for c in complement.prep.children)


def _rank(complement: Complement) -> int:
    if complement.marker.split()[0] in _ADJUNCT or complement.marker in ("due to", "as part of", "such as"):
        return 4
    if complement.head.ent in _TIMES:
        return 3
    if complement.marker == "from":
        return 2
    return (
        0 if complement.marker in ("to", "into", "with", "on", "against", "for", "of", "as", "about") else 1
    )


def _words(clause: Clause) -> tuple[Token, ...]:
    return (clause.head, clause.particle) if clause.particle else (clause.head,)


def _rule_name(plain: str, clause: Clause) -> str:
    names = {
        "relative": "relative clause",
        "participle": "participle",
        "controlled": "control",
        "shared": "coordination",
    }
    return f"{plain}, {names[clause.subject_via]}" if clause.subject_via in names else plain


def _proposition(
    rule: str,
    sentence: Sentence,
    clause: Clause,
    subject: Token,
    target: Token,
    pattern: str,
    relation: tuple[Token, ...],
    arguments: list[Complement],
    form: Form = Form.VERB,
) -> Proposition:
    words = tuple(sorted(relation, key=lambda t: t.i))
    return Proposition(
        rule,
        form,
        sentence,
        subject,
        target,
        pattern,
        words,
        tuple(a for a in arguments if a.head is not target),
        tuple(clause.times),
    ).with_status(clause)
