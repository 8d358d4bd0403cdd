"""Words that change what a clause commits to: its own negations and adverbs, and the words that govern it.

Closed lists after the factuality profiles of FactBank (Saurí & Pustejovsky 2009); `extract.status`
and `extract.governors` tell what each of them does.
"""

from __future__ import annotations

from factloom.extract.wordlists import words

NEGATORS = words(
    """
    not n't n’t never no neither nor nowhere hardly scarcely barely rarely seldom
    """
)
NO_DETERMINERS = frozenset({"no", "neither", "none", "nobody", "nothing"})
# Verbs after which the infinitive or gerund did not happen.
FAILING = words(
    """
    fail refuse decline neglect forget omit cease refrain abstain avoid reject prevent stop prohibit ban
    forbid block bar cancel abandon scrap drop rule
    """
)
DENYING = words("deny dispute reject refute disclaim rebut contradict disprove")
DOUBTING = frozenset(["doubt", "question", "wonder", "ask", "inquire"])
# Verbs after which the infinitive is meant, wished or prepared, not done.
PLANNING = words(
    """
    plan intend aim want hope seek try attempt agree expect consider threaten promise vow prepare wish
    propose decide offer pledge commit mean schedule set arrange aspire strive struggle work apply bid
    ask urge tell order instruct request require oblige demand need call press push encourage invite advise
    persuade recommend warn challenge vote campaign look move opt volunteer undertake choose elect
    hire recruit appoint select send task design train hesitate long yearn race slate poise due ready
    """
)
ENABLING = words(
    """
    allow let enable permit authorize entitle license empower equip qualify
    """
)
SEEMING = frozenset(["seem", "appear", "tend", "look", "happen"])
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
    protest counter retort lament moan worry object grumble swear
    """
)
# Verbs that take their complement for granted; its truth is the author's own word.
FACTIVE = words(
    """
    know realize discover find show prove demonstrate see learn remember notice mean ensure recognize
    establish determine regret celebrate illustrate highlight
    """
)
# Verbs by which things, too, hint at something.
# Verbs by which a thing explains what the author takes as given.
EXPLAINING = frozenset({"explain", "mean", "recall", "note", "confirm", "reveal"})
# Verbs of what is only thought up.
IMAGINING = frozenset({"dream", "imagine", "pretend", "fantasize", "wish", "daydream"})
# Verbs that look ahead, also in the passive: "is expected to buy".
FORESEEING = frozenset({"expect", "project", "forecast", "predict", "anticipate"})
HINTING = words("suggest indicate imply hint signal mean")
FACTIVE_ADJECTIVES = words(
    """
    clear true certain evident obvious known sure apparent proud glad aware undeniable
    """
)
DENYING_ADJECTIVES = words("false untrue impossible unable unwilling wrong reluctant unlikely")
POSSIBLE_AUX = frozenset(["may", "might", "can", "could", "ca"])
OBLIGATORY_AUX = frozenset(["must", "should", "ought", "shall", "need"])
POSSIBLE_ADVERBS = words(
    """
    possibly perhaps maybe probably likely presumably potentially conceivably apparently seemingly
    arguably supposedly
    """
)
HEARSAY_ADVERBS = frozenset(["reportedly", "allegedly", "purportedly", "rumoredly"])
NEAR_ADVERBS = frozenset(["almost", "nearly"])
IF_MARKS = frozenset(["if", "unless", "whether", "lest"])
PLAN_NOUNS = words(
    """
    plan intention goal aim attempt bid effort proposal offer hope wish decision desire order ambition
    promise pledge threat deal agreement opportunity chance ability right need request call pressure
    campaign permission option move push drive project
    """
)
# A gerund behind these is open unless its governor takes it for granted ("fined for polluting the river").
OPEN_PREPOSITIONS = frozenset({"for", "of", "on", "at", "to", "about"})
SETTLED_GOVERNORS = words(
    """
    reputation praise criticize fine thank know blame sue award history credit arrest convict honor
    honour celebrate apologize famous note remember jail sentence
    """
)
# Verbs whose subject commits itself to what it says.
CONFIRMING = words("confirm reveal disclose acknowledge admit concede announce")
# Verbs whose "of" or "for" holds a charge, which is the subject's word.
ACCUSING = words("accuse suspect charge acquit deny guilty")
# Verbs whose preposition leads to what is aimed at or spoken of.
TURNING = words("shift move switch focus concentrate work insist think talk")
# Prepositions that tell when: "worked at Citi before joining Shell".
WHEN = words("after before since until till while upon when")
# Nouns whose infinitive did not happen.
FAILURE_NOUNS = words("failure refusal inability")
# Verbs after which "to become" tells what came of it.
OUTCOME = words("leave resign retire quit depart return rise grow go emerge survive live")
# Conjunctions whose clause is taken for granted.
PRESUPPOSING_MARKS = words("though although because since as while after before once")
