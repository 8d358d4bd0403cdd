"""Explanations show where a statement was read and by what steps; unknown names get near ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graph_sample import ACME, BYTEDANCE, DEEPSEEK, STATEMENTS, TESLA, WECHAT, read_words

from factloom.graph.explain import NotFoundError, explain, marked, render
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Mention, Span, Statement


def said(*names: str) -> list[tuple[str, str]]:
    return [(e.statement.subject.label, e.statement.relation.label) for e in explain(STATEMENTS, *names)]


def test_a_subject_alone_is_met_at_both_ends() -> None:
    assert said("Doubao agent") == [("WeChat", "blocks")]
    assert said("Tesla") == [("Tesla", "acquires")] * 2


@pytest.mark.parametrize("name", ["wechat", "WEIXIN", "weixin", WECHAT.iri, " WeChat "])
def test_label_alias_and_iri_name_the_same_thing(name: str) -> None:
    assert said(name) == [("WeChat", "blocks")]


@pytest.mark.parametrize("relation", ["acquires", "ACQUIRES", "https://w3id.org/factloom/ontology#acquires"])
def test_a_relation_and_an_object_narrow_it(relation: str) -> None:
    assert said("ByteDance", relation) == [("ByteDance", "acquires")]
    assert said("ByteDance", relation, 'a "quote"') == [("ByteDance", "acquires")]


@pytest.mark.parametrize("value", ["140000000", "over 140 million", "over 140000000 monthly users"])
def test_an_object_may_be_a_value(value: str) -> None:
    assert said("ByteDance", "hasUsers", value) == [("ByteDance", "hasUsers")]


def test_an_unknown_name_gets_near_ones() -> None:
    with pytest.raises(NotFoundError, match=r"no entity 'Tessla' in the graph; near: 'Tesla'"):
        explain(STATEMENTS, "Tessla")
    with pytest.raises(NotFoundError, match=r"no entity 'byte' in the graph; near: 'ByteDance'"):
        explain(STATEMENTS, "byte")
    with pytest.raises(NotFoundError, match=r"no relation 'block'.*'blocks'"):
        explain(STATEMENTS, "Tesla", "block")
    with pytest.raises(NotFoundError, match="none is near"):
        explain(STATEMENTS, "Tesla", "acquires", "zzzz")
    with pytest.raises(NotFoundError, match="none is near"):
        explain([], "")


def test_known_names_that_nothing_joins_are_no_unknown_names() -> None:
    with pytest.raises(UsageError, match="no statement says 'Tesla blocks'") as caught:
        explain(STATEMENTS, "Tesla", "blocks")
    assert not isinstance(caught.value, NotFoundError)


def test_the_words_are_marked() -> None:
    (found,) = explain(STATEMENTS, "WeChat")
    assert found.sentence == "[WeChat] [blocks] the [Doubao agent]."


def test_words_that_overlap_share_a_mark_and_words_elsewhere_have_none() -> None:
    evidence = read_words("Tesla did not acquire DeepSeek.", ("Tesla", "acquire", "acquire DeepSeek"))
    assert marked(evidence) == "[Tesla] did not [acquire DeepSeek]."
    heading = Mention("d7", Span(0, 6), "WeChat", "name")
    assert marked(replace(evidence, subject=heading)) == "Tesla did not [acquire DeepSeek]."


def test_the_page_of_the_source_is_told_where_it_is_known() -> None:
    evidence = replace(STATEMENTS[0].evidence[0], locator="page 3")
    statement = replace(STATEMENTS[0], evidence=(evidence,))
    assert "document: d7, page 3, characters" in render(explain([statement], statement.subject.label))


def test_the_text_tells_everything_that_is_known() -> None:
    text = render(explain(STATEMENTS, "ByteDance", "hasUsers"))
    for part in (
        "ByteDance — hasUsers → over 140000000 monthly users   stated, confidence 0.90",
        '"[It] [has] over [140 million] monthly users since 2023."',
        "document: d7, characters 138 to 161",
        "read by: verb, confidence 0.90",
        "status: stated (affirmed, actual)",
        'time: 2023 ("2023")',
        "step 1: coreference: It → ByteDance",
        "step 2: mapping: have users → fl:hasUsers",
    ):
        assert part in text
    text = render(explain(STATEMENTS, "Tesla"))
    assert "said by: Reuters" in text
    assert "status: denied (negated, actual)" in text
    assert text.count("Tesla — acquires → DeepSeek") == 1


def test_a_sentence_cannot_drive_the_terminal() -> None:
    evidence = replace(STATEMENTS[1].evidence[0], sentence_text="\x1b[31mTesla acquired\nDeepSeek")
    text = render(explain([Statement(TESLA, STATEMENTS[1].relation, DEEPSEEK, (evidence,))], "Tesla"))
    assert "\x1b" not in text


def test_nothing_depends_on_the_order() -> None:
    assert explain(STATEMENTS[::-1], ACME.label) == explain(STATEMENTS, ACME.label)
    assert BYTEDANCE.label in render(explain(STATEMENTS, ACME.label))
