"""A proposition: what one construction of one sentence says, before anybody knows who is meant.

Rules give these from clauses and noun phrases; `extract.mapping` turns them into statements once
`extract.coreference` has told what each argument refers to. Arguments are head tokens; their
coordination is still whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factloom.extract.clauses import Clause, Complement
from factloom.extract.tokens import Sentence, Token
from factloom.ontology.records import Modality, Polarity


class Form(StrEnum):
    """How the pattern of a proposition is to be read."""

    VERB = "verb"  # subject verbs object: "acquire", "compete with"
    PASSIVE = "passive"  # subject is verbed without an agent: "be found in"
    NOUN = "noun"  # subject's noun of object: "acquisition of"
    ROLE = "role"  # subject is the noun of object: "chief executive of"
    KIND = "kind"  # subject is a noun; the object is that noun
    OWNER = "owner"  # subject's object: Tencent's WeChat
    VALUE = "value"  # the subject's noun is the object: the population of Iceland is 380,000
    ALIAS = "alias"  # subject and object name one thing
    PLACE = "place"  # subject is of the place the adjective names: a Chinese startup
    LIFE = "life"  # the subject was born, or died, on the date that the object stands in
    HAVE = "have"  # subject has the object: a giant with 140 million users


@dataclass(slots=True, eq=False)
class Proposition:
    """Subject and object heads, the words of the relation, and what the sentence commits to.

    `pattern` is in lemmas ("shut down", "compete with", "ceo of"); `relation` are its tokens;
    `rule` names the construction. `seconded` tells whether a second parser's
    attachments give the same, where it was asked.
    """

    rule: str
    form: Form
    sentence: Sentence
    subject: Token
    object: Token
    pattern: str
    relation: tuple[Token, ...]
    arguments: tuple[Complement, ...] = ()
    times: tuple[Token, ...] = ()
    clause: Clause | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    speaker: Token | None = None
    hearsay: str | None = None
    alone: bool = False
    seconded: bool = True

    @property
    def doubtful(self) -> bool:
        """Whether it is an apposition that another parser does not see: "shot by Ann Lee, the film won"."""
        return not self.seconded and self.rule.startswith("apposition")

    def with_status(self, clause: Clause | None) -> Proposition:
        """The same proposition committed to as far as the clause is (for constructions inside it)."""
        if clause is not None:
            self.polarity, self.modality = clause.polarity, clause.modality
            self.speaker, self.hearsay, self.clause = clause.speaker, clause.hearsay, clause
        return self

    def presupposed(self, clause: Clause | None) -> Proposition:
        """The same, for a modifier that stands whatever the clause around it does; the speaker stays."""
        if clause is not None:
            self.speaker, self.hearsay, self.clause = clause.speaker, clause.hearsay, clause
        return self
