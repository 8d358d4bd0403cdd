"""What something is called: "a protein called AFP-7", "Elizabeth Young, known as Lizzie"."""

from __future__ import annotations

from collections.abc import Iterator

from factloom.extract.clauses import Clause, complements
from factloom.extract.mentions import name_tokens
from factloom.extract.propositions import Form, Proposition
from factloom.extract.rules.common import is_name
from factloom.extract.tokens import Sentence, Token
from factloom.extract.wordlists import words

NAMING_VERBS = words("call name dub nickname title entitle christen codename code-name rename")


def naming(sentence: Sentence, found: list[Clause]) -> Iterator[Proposition]:
    """A participle of naming behind a noun or name: the noun is the kind of what bears the name."""
    for clause in found:
        name = given_name(clause)
        if name is None or clause.subject is None:
            continue
        bearer = clause.subject
        if is_name(bearer):
            yield Proposition("naming, alias", Form.ALIAS, sentence, bearer, name, "called", (clause.head,))
        elif clause.kind == "acl" and bearer.tag == "NN":
            yield Proposition(
                "naming, kind", Form.KIND, sentence, name, bearer, "be", (clause.head,)
            ).presupposed(clause)


def given_name(clause: Clause) -> Token | None:
    """The name that a passive of naming gives its subject, alone: "called X", "known as X"."""
    head = clause.head
    if not (clause.passive and head.tag == "VBN") or head.child("neg") is not None:
        return None
    if head.lemma in NAMING_VERBS:
        name = head.child("oprd", "dobj", "attr")
    elif head.lemma == "know":
        name = next((c.head for p in head.kids("prep") for c in complements(p) if c.marker == "as"), None)
    else:
        return None
    if name is None or not is_name(name) or name.kids("conj", "relcl"):
        return None
    inside = name_tokens(name)
    of = any(p.norm == "of" and p not in inside for p in name.kids("prep"))
    likened = name.child("det") is not None and of
    return None if likened else name  # "called the Indiana Jones of the art world"
