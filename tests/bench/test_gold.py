"""The scorer of readings by gold parses: its reader of CoNLL-U, what it bears out, what its weights do."""

from __future__ import annotations

import pytest

from factloom.extract.clauses import clauses
from factloom.extract.language import parse
from factloom.extract.rules import propositions
from factloom.extract.surety import surety, verbal

from .gold import fitted, judged, kept, read_gold, rows

# Two verbs with one subject, as annotators share it; the second sentence's object hangs elsewhere.
CONLLU = """\
# text = Nokia sued Sony and bought Nikon.
1\tNokia\tNokia\tPROPN\tNNP\t_\t2\tnsubj\t2:nsubj|5:nsubj\t_
2\tsued\tsue\tVERB\tVBD\t_\t0\troot\t0:root\t_
3\tSony\tSony\tPROPN\tNNP\t_\t2\tobj\t2:obj\t_
4\tand\tand\tCCONJ\tCC\t_\t5\tcc\t5:cc\t_
5\tbought\tbuy\tVERB\tVBD\t_\t2\tconj\t2:conj:and\t_
6\tNikon\tNikon\tPROPN\tNNP\t_\t5\tobj\t5:obj\t_
7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t2:punct\t_

# text = Intel praised Cisco.
1\tIntel\tIntel\tPROPN\tNNP\t_\t2\tnsubj\t2:nsubj\t_
2\tpraised\tpraise\tVERB\tVBD\t_\t0\troot\t0:root\t_
3\tCisco\tCisco\tPROPN\tNNP\t_\t1\tdep\t1:dep\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t2:punct\t_
"""


def test_conllu_is_read_by_offsets_and_enhanced_edges() -> None:
    first, second = read_gold(CONLLU.splitlines(keepends=True))
    assert first.starts[first.text.index("bought")] == 5
    assert first.edges[5, 1] == {"nsubj"}
    assert second.edges[1, 3] == {"dep"}


@pytest.mark.model
def test_what_gold_bears_out() -> None:
    results = list(judged(list(read_gold(CONLLU.splitlines(keepends=True)))))
    told = {(p.subject.text, p.pattern, p.object.text): right for p, right in results}
    assert told == {
        ("Nokia", "sue", "Sony"): True,
        ("Nokia", "buy", "Nikon"): True,
        ("Intel", "praise", "Cisco"): False,
    }
    assert rows(results)[-1] == ["all", 3, 2, 2 / 3]
    assert kept(results)[0] == [0.0, 1.0, 2 / 3]


@pytest.mark.model
def test_weights_are_of_features_met_often() -> None:
    results = list(judged(list(read_gold(CONLLU.splitlines(keepends=True))))) * 30
    weights = fitted(results)
    assert weights.keys() > {"always", "subject shared", "words 0"}
    assert weights["words 1"] > weights["words 0"]  # the reading that was wrong has four words


@pytest.mark.model
def test_a_plain_clause_is_surer_than_a_tangled_one() -> None:
    tangled = "Prices, experts in Oslo and, traders say, fell, hitting Nokia - after Sony - with Nikon."
    (sentences,) = parse([tangled])
    plain = [surety(p) for p, _ in judged(list(read_gold(CONLLU.splitlines(keepends=True))))]
    unsure = [surety(p) for s in sentences for p in filter(verbal, propositions(s, clauses(s)))]
    assert unsure
    assert max(unsure) < min(plain)
