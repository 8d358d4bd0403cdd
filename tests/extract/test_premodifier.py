"""Whose role it is that stands before a name."""

from __future__ import annotations

from factloom.extract.rules.premodifier import premodifier
from tests.cases.trees import tree

# The parser hung one possessor on the name and one on its role.
LINE = (
    "Nokia/PROPN/NNP/poss/4 's/PART/POS/case/0 Lyft/PROPN/NNP/poss/3 chairman/NOUN/NN/compound/4"
    " Roe/PROPN/NNP/nsubj/5#PERSON sang~sing/VERB/VBD/ROOT/5"
)


def test_of_two_possessors_that_of_the_name_counts_every_time() -> None:
    """Tokens lie in memory where they happen to, so a set of them has a new order each time."""
    kept = []
    for _ in range(50):
        sentence = tree(LINE)
        kept.append(sentence)  # or all sentences would lie in the same place
        owners = [p.object.text for p in premodifier(sentence, []) if p.rule == "premodifier, role"]
        assert owners == ["Nokia"]
