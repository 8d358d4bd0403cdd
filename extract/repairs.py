"""Repairs of parses that a small model is known to get wrong, each named after its construction.

Every repair takes a `Sentence` and changes its tokens in place, returning whether it did anything.
They run in the order of `REPAIRS`, before clauses are built. A repair looks at word classes and
attachments, never at particular names.
"""

from __future__ import annotations

from collections.abc import Callable

from factloom.extract import (
    attachments,
    repairs_bounds,
    repairs_clauses,
    repairs_names,
    repairs_nouns,
    repairs_verbs,
)
from factloom.extract.inflection import past_lemma
from factloom.extract.lexicon import is_person_noun, is_verb
from factloom.extract.titles import title_of_work
from factloom.extract.tokens import Sentence, Token
from factloom.extract.variants import PARTICLES
from factloom.extract.wordlists import words

Repair = Callable[[Sentence], bool]
_GERUND_VERBS = words(
    """
    start begin stop continue keep quit finish avoid consider deny admit enjoy like love hate prefer mind
    risk suggest recommend propose delay postpone miss practice resist go come spend discuss involve
    mean regret remember forget try imagine resume cease dislike favor favour advocate justify support
    """
)
_VOWELS = "aeiou"
_PREFIXES = frozenset({"co", "ex", "vice", "non", "pre", "anti", "self", "multi", "semi"})
_SPEECH_LIKE = words("say think believe know claim hope report tell")


def relative_clause_swallows_main_verb(sentence: Sentence) -> bool:
    """The verb under the relative clause is the main verb: "The phone that Nokia makes sells well"."""
    root = next(iter(sentence.roots), None)
    if root is None or root.pos not in ("NOUN", "PROPN"):
        return False
    for relative in root.kids("relcl", "acl"):
        main = relative.child("ccomp", "dep")
        if main is None or main.tag not in ("VBZ", "VBD", "VBP") or main.child("nsubj", "mark") is not None:
            continue
        if main.i <= relative.i or relative.lemma in _SPEECH_LIKE:
            continue
        _make_root(main, root)
        return True
    return False


def _make_root(verb: Token, former: Token) -> None:
    """Make `verb` the root and the former root its subject."""
    verb.uproot()
    for child in list(former.children):
        if child.i > verb.i:
            child.reattach(verb, child.dep if child.dep in ("punct", "prep", "advmod", "advcl") else "dep")
    former.reattach(verb, "nsubj")


def finite_verb_read_as_modifier(sentence: Sentence) -> bool:
    """A sentence without a verb gets the -ed word between two noun phrases as its verb.

    "Microsoft's acquisition of LinkedIn surprised investors".
    """
    root = next(iter(sentence.roots), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or any(_finite(t) for t in sentence.tokens):
        return False
    for token in sentence.tokens[1:]:
        previous = sentence.tokens[token.i - 1]
        edible = (
            token.tag in ("JJ", "VBN", "VBD") and token.norm.endswith("ed") and token.dep in ("amod", "acl")
        )
        if not edible or (previous.pos not in ("NOUN", "PROPN") and previous.norm != ","):
            continue
        return _promote(token, root)
    return False


def _finite(token: Token) -> bool:
    if token.tag in ("VBZ", "VBP", "VBD", "MD") and token.pos in ("VERB", "AUX"):
        return token.dep not in ("amod", "compound")
    return False


def _promote(token: Token, root: Token) -> bool:
    noun = token.head
    if token.dep == "amod":
        chain = noun
        while chain is not root and chain.head is not chain and chain.i > token.i:
            if chain.head.i < token.i:
                break
            chain = chain.head
        if chain is root or (noun is root and root.i > token.i):
            return False
        anchor = noun.head
        token.uproot()
        for child in [*noun.children, *token.children]:
            if (
                child.i < token.i
                and child.dep in ("npadvmod", "compound", "nmod", "amod")
                and child.pos == "PROPN"
            ):
                child.reattach(anchor, "pobj" if anchor.pos == "ADP" else "compound")
        noun.reattach(token, "dobj")
    else:
        token.uproot()
    token.pos, token.tag = "VERB", "VBD"
    token.lemma = past_lemma(token.norm)
    for child in list(root.children):
        if child.i > token.i:
            child.reattach(token, child.dep)
    return root.reattach(token, "nsubj")


def place_object_read_as_adverb(sentence: Sentence) -> bool:
    """A name without a preposition right behind a verb is its object: "Tim Cook visited Berlin"."""
    done = False
    for token in sentence.tokens:
        if token.dep != "npadvmod" or token.pos != "PROPN" or token.ent in ("DATE", "TIME"):
            continue
        verb = token.head
        if (
            verb.pos == "VERB"
            and token.i > verb.i
            and verb.child("dobj", "auxpass", "ccomp", "xcomp", "prep") is None
        ):
            left = min(t.i for t in token.subtree())
            if left == verb.i + 1:
                token.dep = "dobj"
                done = True
    return done


def of_without_object(sentence: Sentence) -> bool:
    """A bare "of" takes the noun phrase behind it: "the model of the Chinese startup DeepSeek"."""
    done = False
    for prep in sentence.tokens[:-1]:
        if prep.norm != "of" or prep.dep != "prep" or prep.children:
            continue
        following = [
            t for t in sentence.tokens[prep.i + 1 :] if t.dep == "appos" and t.head is prep.head.head
        ]
        noun = next((t for t in following if min(s.i for s in t.subtree()) == prep.i + 1), None)
        if noun is not None and noun.reattach(prep, "pobj"):
            for name in noun.kids("dobj"):
                name.dep = "appos"
            done = True
    return done


def name_read_as_complement(sentence: Sentence) -> bool:
    """Make a name behind a verb its object, where the parser read a complement: "Nokia sued Spotify"."""
    done = False
    for token in sentence.tokens:
        verb = token.head
        if token.dep not in ("xcomp", "acomp", "oprd", "ccomp", "advmod") or token.pos != "PROPN":
            continue
        bare = (
            verb.pos == "VERB"
            and verb.child("dobj", "auxpass") is None
            and token.child("nsubj", "aux", "mark") is None
        )
        if bare and min(t.i for t in token.subtree()) == verb.i + 1:
            token.dep, done = "dobj", True
    return done


def verb_between_names(sentence: Sentence) -> bool:
    """Make "funded" the verb of "Siemens funded Nokia", where the parser read one name with modifiers."""
    root = next(iter(sentence.roots), None)
    if root is None or root.pos != "PROPN" or any(_finite(t) for t in sentence.tokens):
        return False
    verb = next((c for c in root.kids("amod") if c.i < root.i and _past(c)), None)
    before = sentence.tokens[verb.i - 1] if verb is not None and verb.i else None
    while before is not None and before.dep in ("conj", "compound") and before.head.i < before.i:
        before = before.head
    if verb is None or before is None or before.pos != "PROPN" or before.head not in (root, verb):
        return False
    verb.uproot()
    verb.pos, verb.tag, verb.lemma = "VERB", "VBD", past_lemma(verb.norm)
    for child in list(root.children):
        if child.i < verb.i or child.dep == "punct":
            child.reattach(verb, child.dep)
    before.reattach(verb, "nsubj")
    return root.reattach(verb, "dobj")


def _past(token: Token) -> bool:
    """A past form that the lexicon knows as a verb, whatever the parser made of it."""
    if token.tag in ("VBN", "VBD"):
        return True
    return token.tag == "JJ" and token.norm.endswith("ed") and is_verb(past_lemma(token.norm))


def which_behind_person(sentence: Sentence) -> bool:
    """Attach "which" to a thing: "a song performed by Dolly Parton, which gave her a hit"."""
    done = False
    for verb in sentence.tokens:
        name = verb.head
        subject = verb.child("nsubj", "nsubjpass")
        if verb.dep != "relcl" or subject is None or subject.norm != "which" or name.ent != "PERSON":
            continue
        noun = next(
            (a for a in name.ancestors() if a.pos == "NOUN" and not is_person_noun(a.lemma.lower())), None
        )
        if noun is not None:
            done |= verb.reattach(noun, "relcl")
    return done


def participle_before_object(sentence: Sentence) -> bool:
    """Make "backing" a modifier in "provided backing vocals": few verbs govern a gerund."""
    done = False
    for token in sentence.tokens:
        verb, noun = token.head, token.child("dobj")
        if token.dep != "xcomp" or token.tag != "VBG" or noun is None or verb.lemma in _GERUND_VERBS:
            continue
        if (
            verb.pos == "VERB"
            and token.i == verb.i + 1
            and noun.i == token.i + 1
            and verb.child("dobj") is None
        ):
            noun.reattach(verb, "dobj")
            token.reattach(noun, "amod")
            token.pos, done = "ADJ", True
    return done


def hyphen_prefix(sentence: Sentence) -> bool:
    """A prefix that the tokenizer cut off gives its place to the noun behind: "his co-founder"."""
    done = False
    for token in sentence.tokens[:-2]:
        hyphen, noun = sentence.tokens[token.i + 1], sentence.tokens[token.i + 2]
        if token.norm not in _PREFIXES or hyphen.text != "-" or noun.pos not in ("NOUN", "PROPN", "VERB"):
            continue
        if noun.head is token:
            _swap(token, noun)
        elif token.head is not noun:
            for child in list(token.children):
                child.reattach(noun, child.dep)
            token.reattach(noun, "compound")
        hyphen.reattach(noun, "punct")
        done = True
        noun.lemma = f"{token.norm}-{noun.lemma}"
    return done


def _swap(prefix: Token, noun: Token) -> None:
    """Give the prefix's place in the tree to the noun."""
    head, dep = prefix.head, prefix.dep
    if head is prefix:
        noun.uproot()
    else:
        noun.reattach(head, dep)
    for child in list(prefix.children):
        child.reattach(noun, child.dep)
    prefix.reattach(noun, "compound")


def lemma_of_another_verb(sentence: Sentence) -> bool:
    """Give "hopes" and "hoped" to hope, not hop, which would make hops and hopped; "did found" to found."""
    done = False
    for token in sentence.tokens:
        if token.pos != "VERB":
            continue
        lemma = _right_lemma(token)
        if lemma != token.lemma:
            token.lemma, done = lemma, True
    return done


def _right_lemma(token: Token) -> str:
    if token.tag == "VB" and token.norm == "found":
        return "found"
    stem = token.lemma
    forms = {f"{stem}es", f"{stem}ed", f"{stem}ing"}
    vowels = [c in _VOWELS for c in stem]
    doubling = vowels[-3:] == [False, True, False] and sum(vowels) == 1 and stem[-1] not in "wxy"
    return f"{stem}e" if doubling and token.norm in forms and is_verb(f"{stem}e") else stem


REPAIRS: dict[str, Repair] = {
    "title of work": title_of_work,
    "letters behind name": repairs_bounds.letters_behind_name,
    "spelled out in brackets": repairs_bounds.spelled_out_in_brackets,
    "fields in name": repairs_bounds.fields_in_name,
    "speaker behind what is said": repairs_clauses.speaker_behind_what_is_said,
    "headline participle": repairs_clauses.headline_participle,
    "ampersand in name": repairs_names.ampersand_in_name,
    "person behind field": repairs_names.person_behind_field,
    "name with particles": repairs_names.name_with_particles,
    "name behind kind": repairs_names.name_behind_kind,
    "main verb before apposition": repairs_verbs.main_verb_before_apposition,
    "first verb read as participle": repairs_verbs.first_verb_read_as_participle,
    "subject read as verb": repairs_verbs.subject_read_as_verb,
    "participle without hyphen": repairs_verbs.participle_without_hyphen,
    "relative without main clause": repairs_verbs.relative_without_main_clause,
    "country behind city": repairs_verbs.country_behind_city,
    "relative clause swallows main verb": relative_clause_swallows_main_verb,
    "finite verb read as modifier": finite_verb_read_as_modifier,
    "place object read as adverb": place_object_read_as_adverb,
    "of without object": of_without_object,
    "name read as complement": name_read_as_complement,
    "which behind person": which_behind_person,
    "participle before object": participle_before_object,
    "verb between names": verb_between_names,
    "lemma of another verb": lemma_of_another_verb,
    "who after of-phrase": attachments.who_after_of_phrase,
    "plural noun for coordinated verb": repairs_nouns.plural_noun_for_coordinated_verb,
    "participle inside name phrase": repairs_nouns.participle_inside_name_phrase,
    "post beside its place": repairs_nouns.post_beside_its_place,
    "unit read as modifier": repairs_nouns.unit_read_as_modifier,
    "noun read as infinitive": repairs_nouns.noun_read_as_infinitive,
    "main verb read as adjective": repairs_clauses.main_verb_read_as_adjective,
    "clause before semicolon": repairs_clauses.clause_before_semicolon,
    "main verb beside relative": repairs_clauses.main_verb_beside_relative,
    "name torn by conjunction": repairs_clauses.name_torn_by_conjunction,
    "one of, behind an object": repairs_clauses.one_of_behind_object,
    "subject behind semicolon": repairs_nouns.subject_behind_semicolon,
    "name split before its end": repairs_nouns.name_split_before_its_end,
    "role and name both subjects": repairs_nouns.role_and_name_both_subjects,
    "noun with inner preposition": repairs_nouns.noun_with_inner_preposition,
    "apposition behind relative": repairs_nouns.apposition_behind_relative,
    "birth behind parents": repairs_nouns.birth_behind_parents,
    "deed of the accused": attachments.deed_of_the_accused,
    "noun before its participle": repairs_verbs.noun_before_its_participle,
    "what it is made": repairs_verbs.what_it_is_made,
    "name behind definite": repairs_names.name_behind_definite,
    "participle behind place": repairs_names.participle_behind_place,
    "object behind a name": repairs_nouns.object_behind_a_name,
    "gapped clause": repairs_clauses.gapped_clause,
    "for read as preposition": repairs_clauses.for_read_as_preposition,
    "participle of coordinated thing": repairs_clauses.participle_of_coordinated_thing,
    "passives in a row": repairs_clauses.passives_in_a_row,
    "participle behind agent": repairs_clauses.participle_behind_agent,
    "office before name": repairs_clauses.office_before_name,
    "hyphen prefix": hyphen_prefix,
    "participial preposition": attachments.participial_preposition,
    "that behind name": attachments.that_behind_name,
    "person behind firm": attachments.person_behind_firm,
    "person behind place": attachments.person_behind_place,
    "office behind firm": attachments.office_behind_firm,
    "nickname inside name": repairs_names.nickname_inside_name,
    "date behind object": attachments.date_behind_object,
    "place behind date": attachments.place_behind_date,
    "coordinated subject as root": attachments.coordinated_subject_as_root,
    "clause read as subject": attachments.clause_read_as_subject,
    "which behind a list": attachments.which_behind_a_list,
    "name read as verb": attachments.name_read_as_verb,
    "kind and name as two objects": attachments.kind_and_name_as_two_objects,
    "role in capitals": attachments.role_in_capitals,
    "score read as number": attachments.score_read_as_number,
    "legal form behind comma": repairs_names.legal_form_behind_comma,
    "place behind bare object": repairs_names.place_behind_bare_object,
    "amount behind over": repairs_names.amount_behind_over,
    "medium behind report": repairs_names.medium_behind_report,
    "participle behind example": repairs_names.participle_behind_example,
    "main verb among participles": repairs_names.main_verb_among_participles,
}


# What a sentence must have for a repair to act, so that most repairs need not look at most sentences:
# labels or tags that must all be there, and words of which one must. A repair without an entry looks at all.
_NEEDS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "letters behind name": ((), repairs_bounds.LETTERS | {"("}),
    "spelled out in brackets": ((), frozenset("(")),
    "fields in name": ((), frozenset({"and", "&"})),
    "name with particles": ((), PARTICLES),
    "which behind person": (("relcl",), frozenset()),
    "participle before object": (("xcomp", "dobj"), frozenset()),
    "who after of-phrase": (("relcl",), frozenset({"who"})),
    "plural noun for coordinated verb": (("NNS", "conj"), frozenset()),
    "participle inside name phrase": (("pcomp",), frozenset()),
    "post beside its place": (("appos",), frozenset()),
    "noun read as infinitive": (("VB", "dobj"), frozenset({"to"})),
    "clause before semicolon": ((), frozenset(";")),
    "main verb beside relative": (("relcl", "conj"), frozenset()),
    "name torn by conjunction": (("conj",), frozenset()),
    "one of, behind an object": (("nummod", "dobj"), frozenset({"one"})),
    "subject behind semicolon": ((), frozenset(";")),
    "noun with inner preposition": ((), frozenset("-")),
    "apposition behind relative": (("appos",), frozenset()),
    "birth behind parents": ((), frozenset({"born"})),
    "deed of the accused": (("pcomp", "dobj"), frozenset()),
    "noun before its participle": (("VBG", "amod"), frozenset()),
    "what it is made": (("appos", "dobj"), frozenset()),
    "name behind definite": (("appos",), frozenset()),
    "participle behind place": (("acl",), frozenset()),
    "object behind a name": (("conj", "dobj"), frozenset()),
    "gapped clause": (("appos",), frozenset()),
    "for read as preposition": ((), frozenset({"for"})),
    "participle of coordinated thing": (("expl",), frozenset()),
    "passives in a row": (("agent", "acl", "conj"), frozenset()),
    "participle behind agent": (("agent",), frozenset()),
    "office before name": (("compound",), frozenset({"of"})),
    "hyphen prefix": ((), frozenset("-")),
    "participial preposition": ((), attachments.PARTICIPIAL),
    "that behind name": (("relcl",), frozenset({"that"})),
    "person behind firm": (("appos",), frozenset()),
    "person behind place": (("appos",), frozenset()),
    "office behind firm": (("appos",), frozenset()),
    "nickname inside name": ((), frozenset(marks[0] for marks in repairs_names.AROUND_NICKNAMES)),
    "which behind a list": (("relcl",), frozenset()),
    "score read as number": ((), frozenset("-–")),
    "amount behind over": ((), repairs_names.ABOUT),
    "medium behind report": (("relcl",), frozenset()),
    "speaker behind what is said": ((), frozenset(",")),
    "headline participle": (("nsubj",), frozenset()),
    "ampersand in name": (("cc", "conj"), frozenset("&")),
    "subject read as verb": (("VBZ", "nsubj"), frozenset()),
    "participle without hyphen": (("dobj",), repairs_verbs.JOINED),
    "participle behind example": (("acl",), frozenset()),
}


def repair(sentence: Sentence) -> tuple[str, ...]:
    """Apply every repair; the names of those that changed something."""
    done: list[str] = []
    signs = _signs(sentence)
    for name, function in REPAIRS.items():
        labels, words_ = _NEEDS.get(name, ((), frozenset()))
        if not signs.issuperset(labels) or (words_ and signs.isdisjoint(words_)):
            continue
        if function(sentence):
            done.append(name)
            signs = _signs(sentence)
    return tuple(done)


def _signs(sentence: Sentence) -> set[str]:
    """The labels, tags and words of a sentence."""
    signs = {t.dep for t in sentence.tokens}
    signs.update([t.tag for t in sentence.tokens])
    signs.update([t.norm for t in sentence.tokens])
    return signs
