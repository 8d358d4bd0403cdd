"""What a clause commits its author to: polarity, modality and speaker, kept apart from the words.

Takes the clauses of a sentence and sets those three fields, from the clause's own auxiliaries,
negations and adverbs, and from the clauses that govern it. Scope follows the factuality profiles of
FactBank (Saurí & Pustejovsky 2009): a governing verb implies, denies, plans, reports or hedges
what it governs. Nothing here looks at names or at the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable

from factloom.extract.clauses import CLAIM_NOUNS, Clause, content_clause
from factloom.extract.lexicon import is_group_noun, is_person_noun, supersense
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words
from factloom.ontology.records import Modality, Polarity

UNNAMED = "unnamed sources"

NEGATORS = words(
    """
    not n't n’t never no neither nor nowhere hardly scarcely barely rarely seldom
    """
)
NO_DETERMINERS = frozenset({"no", "neither", "none", "nobody", "nothing"})
# Verbs after which the infinitive or gerund did not happen.
_FAILING = words(
    """
    fail refuse decline neglect forget omit cease refrain abstain avoid reject prevent stop prohibit ban
    forbid block bar cancel abandon scrap drop rule
    """
)
_DENYING = words("deny dispute reject refute disclaim rebut contradict disprove")
_DOUBTING = frozenset(["doubt", "question", "wonder", "ask", "inquire"])
# Verbs after which the infinitive is meant, wished or prepared, not done.
_PLANNING = words(
    """
    plan intend aim want hope seek try attempt agree expect consider threaten promise vow prepare wish
    propose decide offer pledge commit mean schedule set arrange aspire strive struggle work apply bid
    ask urge tell order instruct request require demand need call press push encourage invite advise
    persuade recommend warn challenge vote campaign look move opt volunteer undertake choose elect
    design train hesitate long yearn race slate poise due ready
    """
)
_ENABLING = words(
    """
    allow let enable permit authorize entitle license empower equip qualify
    """
)
_SEEMING = frozenset(["seem", "appear", "tend", "look", "happen"])
# Verbs whose complement is somebody's word or thought, not the author's.
SPEECH = words(
    """
    say report claim state tell argue believe think suggest estimate announce add note explain write
    insist maintain assert allege contend declare warn predict forecast expect speculate assume suspect
    fear hope guess imagine consider feel conclude acknowledge admit concede testify reply respond
    answer comment observe mention remark stress emphasize indicate imply hint complain boast promise
    vow propose recommend reckon describe charge accuse cite quote understand hear read rumor publish
    confirm reveal disclose disagree agree joke shout whisper caution reiterate repeat affirm advise
    inform notify post tweet blog signal project recall suppose regard deem view hypothesize theorize
    """
)
# Verbs that take their complement for granted; its truth is the author's own word.
_FACTIVE = words(
    """
    know realize discover find show prove demonstrate see learn remember notice mean ensure recognize
    establish determine regret celebrate illustrate highlight
    """
)
# Verbs by which things, too, hint at something.
_HINTING = words("suggest indicate imply hint signal mean")
_FACTIVE_ADJECTIVES = words(
    """
    clear true certain evident obvious known sure apparent proud glad aware undeniable
    """
)
_DENYING_ADJECTIVES = words("false untrue impossible unable unwilling wrong reluctant unlikely")
_POSSIBLE_AUX = frozenset(["may", "might", "can", "could", "ca"])
_OBLIGATORY_AUX = frozenset(["must", "should", "ought", "shall", "need"])
_POSSIBLE_ADVERBS = words(
    """
    possibly perhaps maybe probably likely presumably potentially conceivably apparently seemingly
    arguably supposedly
    """
)
_HEARSAY_ADVERBS = frozenset(["reportedly", "allegedly", "purportedly", "rumoredly"])
_NEAR_ADVERBS = frozenset(["almost", "nearly"])
_IF_MARKS = frozenset(["if", "unless", "whether", "lest"])
_PLAN_NOUNS = words(
    """
    plan intention goal aim attempt bid effort proposal offer hope wish decision desire order ambition
    promise pledge threat deal agreement opportunity chance ability right need request call pressure
    campaign permission option move push drive project
    """
)


def settle(sentence: Sentence, found: Iterable[Clause]) -> None:
    """Set polarity, modality and speaker of every clause, governing clauses first."""
    question = sentence.text.rstrip("\"'”’ )").endswith("?")
    for clause in sorted(found, key=_depth):
        _inherit(clause)
        _own(clause)
        _conditional(clause)
        if question and _in_question(clause):
            clause.modality = Modality.QUESTIONED


def _depth(clause: Clause) -> int:
    depth = 0
    while clause.parent is not None:
        clause, depth = clause.parent, depth + 1
    return depth


def _in_question(clause: Clause) -> bool:
    return clause.modality is Modality.ACTUAL and clause.kind not in ("relcl", "acl")


def flip(clause: Clause) -> None:
    """Negate a clause; two negations affirm."""
    affirmed = clause.polarity is Polarity.AFFIRMED
    clause.polarity = Polarity.NEGATED if affirmed else Polarity.AFFIRMED


def _weaken(clause: Clause, modality: Modality) -> None:
    if clause.modality is Modality.ACTUAL:
        clause.modality = modality


# A gerund behind these is open unless its governor takes it for granted ("fined for polluting the river").
_OPEN_PREPOSITIONS = frozenset({"for", "of", "on", "at", "to", "about"})
_SETTLED_GOVERNORS = words(
    """
    reputation praise criticize fine thank know blame sue award history credit arrest convict honor
    honour celebrate apologize famous note remember jail sentence
    """
)

# ------------------------------------------------------------------ from the governing clause


def _inherit(clause: Clause) -> None:
    if content_clause(clause.head):
        clause.hearsay = UNNAMED
        return
    parent = clause.parent
    if parent is None:
        return
    clause.speaker, clause.hearsay = parent.speaker, parent.hearsay
    if clause.kind == "relcl" or (clause.kind == "acl" and clause.head.tag != "VB"):
        # A modifier of a noun is presupposed, whatever happens to the clause around it.
        if parent.modality in (Modality.CONDITIONAL, Modality.QUESTIONED):
            clause.modality = parent.modality
        return
    if clause.kind == "conj":
        _inherit_conjunct(clause, parent)
    elif clause.kind in ("xcomp", "ccomp", "pcomp", "csubj", "dep", "parataxis", "acl"):
        clause.modality = parent.modality
        _governed(clause, parent)
    elif clause.kind == "advcl":
        _adverbial(clause, parent)


def _inherit_conjunct(clause: Clause, parent: Clause) -> None:
    own_auxiliary = clause.head.child("aux") is not None
    own_subject = clause.subject_via == "own" and clause.subject is not None
    if not own_subject and not own_auxiliary:
        clause.modality = parent.modality
        clause.permission = parent.permission
        if parent.polarity is Polarity.NEGATED and not _contrast(clause.head):
            clause.polarity = Polarity.NEGATED
    elif not own_auxiliary or parent.kind in ("ccomp", "xcomp"):
        if parent.kind in ("ccomp", "xcomp") or parent.modality is Modality.CONDITIONAL:
            clause.modality = parent.modality


def _contrast(head: Token) -> bool:
    """ "not X but Y": the second half stands."""
    return any(c.norm == "but" for c in head.head.kids("cc"))


def _adverbial(clause: Clause, parent: Clause) -> None:
    mark = clause.head.child("mark")
    purpose = clause.head.tag == "VB" and any(a.norm == "to" for a in clause.head.kids("aux"))
    if purpose:
        clause.modality = parent.modality
        _weaken(clause, Modality.PLANNED)
        if parent.head.lemma in _FAILING or parent.head.lemma in _PLANNING:
            _governed(clause, parent)
    elif mark is None or mark.norm in ("that",):
        clause.modality = parent.modality
        if clause.head.tag in ("VBG", "VBN") and clause.subject_via == "controlled":
            # "Founded in 1998, Google did not …": a participle is presupposed, not negated with its main verb;
            # a result ("forcing rivals to respond") shares what its main verb shares.
            trailing = clause.head.i > parent.head.i
            clause.polarity = parent.polarity if trailing else clause.polarity
    elif mark.norm in ("though", "although", "because", "since", "as", "while", "after", "before", "once"):
        clause.modality = Modality.ACTUAL


def _governed(clause: Clause, parent: Clause) -> None:
    """What the governing predicate does to its complement."""
    if clause.kind == "acl":
        _governed_by_noun(clause)
        return
    if clause.kind == "pcomp":
        _governed_by_preposition(clause, parent)
        return
    if clause.kind == "ccomp" and any(
        c.norm in ("why", "how", "where", "when") for c in clause.head.kids("advmod")
    ):
        clause.modality = Modality.ACTUAL  # "explain why it has left" takes the leaving for granted
        return
    verb, bare = parent.head.lemma, clause.kind == "xcomp" or clause.head.child("mark") is None
    infinitive = (clause.head.tag in ("VB", "VBG") and clause.head.child("aux", "auxpass") is None) or _to(
        clause.head
    )
    if (
        parent.polarity is Polarity.NEGATED
        and not (verb in SPEECH and not infinitive)
        and verb not in _FACTIVE
    ):
        clause.polarity = Polarity.NEGATED
    if verb in _DENYING:
        flip(clause)
        clause.speaker = parent.subject or clause.speaker
    elif verb in _FAILING and infinitive and verb != "rule":
        flip(clause)
    elif verb in _DOUBTING and not infinitive:
        _weaken(clause, Modality.POSSIBLE)
        clause.speaker = parent.subject or clause.speaker
    elif verb in _ENABLING and infinitive:
        clause.permission = parent.head
        _weaken(clause, Modality.POSSIBLE)
    elif infinitive and (verb in _PLANNING or verb in SPEECH) and not (verb == "try" and not bare):
        _infinitive_of_speech(clause, parent)
    elif verb in _SEEMING and infinitive:
        _weaken(clause, Modality.POSSIBLE)
    elif verb in SPEECH:
        _reported(clause, parent)
    elif verb == "be" and parent.complement is not None:
        _governed_by_adjective(clause, parent.complement)
    elif verb == "go" and parent.head.tag == "VBG" and infinitive:
        _weaken(clause, Modality.PLANNED)
    elif verb in ("have",) and infinitive and _to(clause.head):
        _weaken(clause, Modality.OBLIGATORY)


def _to(head: Token) -> bool:
    return any(a.norm == "to" for a in head.kids("aux"))


def _infinitive_of_speech(clause: Clause, parent: Clause) -> None:
    """ "plans to open" is planned; "is said to have opened", "claims to own" are somebody's word."""
    if parent.head.lemma in _PLANNING and not (parent.passive and parent.head.lemma in SPEECH):
        _weaken(clause, Modality.PLANNED)
        return
    if parent.passive:
        clause.hearsay = UNNAMED
    else:
        clause.speaker = parent.subject or clause.speaker


def _reported(clause: Clause, parent: Clause) -> None:
    if parent.head.lemma in ("confirm", "reveal", "disclose", "acknowledge", "admit", "concede", "announce"):
        clause.speaker = parent.subject or clause.speaker
        if parent.polarity is Polarity.NEGATED:
            _weaken(clause, Modality.POSSIBLE)
        return
    if (
        parent.subject is not None
        and parent.subject_via == "own"
        and not _speaks(parent.subject)
        and not parent.passive
    ):
        if parent.head.lemma in _HINTING:
            _weaken(clause, Modality.POSSIBLE)
        return
    if parent.passive and parent.agent is None:
        clause.hearsay = UNNAMED
    else:
        clause.speaker = parent.agent or parent.subject or clause.speaker
        if clause.speaker is None:
            clause.hearsay = UNNAMED
    if parent.polarity is Polarity.NEGATED:
        _weaken(clause, Modality.POSSIBLE)


def _speaks(subject: Token | None) -> bool:
    """Whether the subject can have a voice: a name, a person, a group, a text; not "this path"."""
    if subject is None:
        return False
    noun = subject.lemma.lower()
    return (
        subject.pos in ("PROPN", "PRON")
        or is_person_noun(noun)
        or is_group_noun(noun)
        or (supersense(noun) == "communication")
    )


def _governed_by_adjective(clause: Clause, adjective: Token) -> None:
    word = adjective.norm
    if word in _DENYING_ADJECTIVES:
        flip(clause)
    elif word in _FACTIVE_ADJECTIVES:
        return
    elif adjective.pos in ("ADJ", "VERB") and clause.kind in ("ccomp", "xcomp"):
        _weaken(clause, Modality.PLANNED if _to(clause.head) else Modality.POSSIBLE)


def _governed_by_noun(clause: Clause) -> None:
    noun = clause.head.head.lemma
    if _to(clause.head):
        _weaken(clause, Modality.PLANNED)
    if noun == "failure" or noun == "refusal" or noun == "inability":
        flip(clause)
        clause.modality = clause.parent.modality if clause.parent else Modality.ACTUAL


def _replaces(prep: Token) -> bool:
    """ "without buying", "instead of buying": what follows did not happen."""
    return prep.norm in ("without", "instead") or any(c.norm == "instead" for c in prep.children)


def _governed_by_preposition(clause: Clause, parent: Clause) -> None:
    prep = clause.head.head
    governor = prep.head
    if (
        _replaces(prep)
        or (prep.norm == "of" and governor.norm == "instead")
        or prep.norm == "than"
        or (governor.lemma in _FAILING and prep.norm in ("from", "against", "to"))
    ):
        flip(clause)
    elif prep.norm in _OPEN_PREPOSITIONS and (
        prep.norm == "for" or governor.lemma in _PLAN_NOUNS | _PLANNING | CLAIM_NOUNS
    ):
        if governor.lemma not in _SETTLED_GOVERNORS:
            _weaken(clause, Modality.POSSIBLE)
    elif governor.lemma in ("accuse", "suspect", "charge", "acquit", "deny"):
        clause.speaker = parent.subject if not parent.passive else clause.speaker
        clause.hearsay = None if clause.speaker else UNNAMED
    elif governor.lemma in (
        "shift",
        "move",
        "switch",
        "focus",
        "concentrate",
        "work",
        "insist",
        "think",
        "talk",
    ):
        _weaken(clause, Modality.POSSIBLE)


# ------------------------------------------------------------------ from the clause's own words


def _own(clause: Clause) -> None:
    head = clause.head
    if _negation(clause):
        flip(clause)
    for child in head.children:
        if child.dep == "aux":
            _auxiliary(clause, child)
        elif child.dep in ("advmod", "neg") and child.pos == "ADV":
            _adverb(clause, child)
    for prep in clause.preps:
        if prep.marker == "according to":
            clause.speaker = prep.head
    _parenthetical(clause)


def _negation(clause: Clause) -> bool:
    """Whether the clause's own words negate it (an odd number of negators)."""
    count = 0
    for child in clause.head.children:
        if child.dep == "neg" or (child.dep == "advmod" and child.norm in NEGATORS):
            count += not _not_only(child)
        elif (child.dep == "advmod" and child.norm == "longer" and child.child("neg", "det") is not None) or (
            child.dep == "preconj" and child.norm == "neither"
        ):
            count += 1
    arguments = [
        clause.subject,
        clause.complement,
        clause.agent,
        *clause.objects,
        *(p.head for p in clause.preps),
    ]
    own = [
        a
        for a in arguments
        if a is not None and (a is not clause.subject or clause.subject_via in ("own", "shared"))
    ]
    return (count + any(negative_phrase(a) for a in own)) % 2 == 1


def _not_only(neg: Token) -> bool:
    following = [c for c in neg.head.children if c.i > neg.i]
    return any(c.norm in ("only", "just", "merely", "simply") and c.i <= neg.i + 2 for c in following) or any(
        c.norm in ("only", "just") for c in neg.children
    )


def negative_phrase(head: Token) -> bool:
    """ "no company", "nobody", "none of the firms", "neither bank"."""
    if head.norm in NO_DETERMINERS and head.pos in ("PRON", "NOUN", "DET"):
        return True
    return any(
        c.dep in ("det", "neg", "preconj", "cc") and c.norm in ("no", "neither") and c.i < head.i
        for c in head.children
    )


def _auxiliary(clause: Clause, aux: Token) -> None:
    word = aux.norm
    if word in _POSSIBLE_AUX:
        if clause.polarity is Polarity.NEGATED and word in ("can", "could", "ca"):
            return
        _weaken(clause, Modality.POSSIBLE)
    elif word in _OBLIGATORY_AUX:
        _weaken(clause, Modality.OBLIGATORY)
    elif word in ("will", "'ll", "’ll", "wo"):
        _weaken(clause, Modality.PLANNED)
    elif word in ("would", "'d", "’d") and aux.tag == "MD":
        if clause.speaker is not None or clause.hearsay is not None:
            _weaken(clause, Modality.PLANNED)  # "said that it would build": the future seen from the past
            return
        perfect = any(a.lemma == "have" for a in clause.head.kids("aux"))
        _weaken(clause, Modality.COUNTERFACTUAL if perfect else Modality.CONDITIONAL)


def _adverb(clause: Clause, adverb: Token) -> None:
    if adverb.norm in _POSSIBLE_ADVERBS:
        _weaken(clause, Modality.POSSIBLE)
    elif adverb.norm in _HEARSAY_ADVERBS:
        clause.hearsay = UNNAMED
    elif adverb.norm in _NEAR_ADVERBS and adverb.i == clause.head.i - 1:
        _weaken(clause, Modality.COUNTERFACTUAL)


def _parenthetical(clause: Clause) -> None:
    """ "Boeing, analysts say, lost money": a speech clause set inside."""
    for child in clause.head.children:
        if child.dep in ("parataxis", "ccomp", "advcl", "dep") and child.lemma in SPEECH:
            mark = child.child("mark")
            speaker = child.child("nsubj")
            objects = child.child("dobj", "ccomp", "xcomp")
            if speaker is not None and objects is None and (mark is None or mark.norm == "as"):
                clause.speaker = speaker


def _conditional(clause: Clause) -> None:
    """An if-clause is not stated, nor is what hangs on it."""
    mark = clause.head.child("mark")
    if (
        mark is not None
        and mark.norm in _IF_MARKS
        and clause.kind in ("advcl", "ccomp", "conj", "pcomp", "dep", "csubj", "csubjpass")
    ):
        _weaken(clause, Modality.CONDITIONAL)
    for child in clause.head.kids("advcl", "prep"):
        inner = child.child("mark")
        inverted = child.dep == "advcl" and child.child("aux") is not None and _fronted(child)
        if (inner is not None and inner.norm in ("if", "unless") and not _even_if(inner)) or inverted:
            if clause.modality in (Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE):
                clause.modality = Modality.CONDITIONAL


def _fronted(verb: Token) -> bool:
    """ "Should Intel win, …", "Had Sony bought it, …": the auxiliary comes first."""
    aux, subject = verb.child("aux"), verb.child("nsubj", "nsubjpass")
    return (
        aux is not None
        and subject is not None
        and aux.norm in ("should", "had", "were")
        and aux.i < subject.i
    )


def _even_if(mark: Token) -> bool:
    return any(c.norm == "even" for c in mark.children) or any(
        c.norm == "even" for c in mark.head.kids("advmod")
    )
