"""Which thing of an authority file an entity is: by name, kind and context, and when nothing is said."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from factloom.extract.authority import Thing, normal, things_called
from factloom.extract.matching import context_words, is_linkable, match_of
from factloom.ontology.errors import FactloomError, UsageError
from factloom.ontology.namespaces import CONCEPT, FL, THING, WD
from factloom.ontology.records import Entity
from factloom.ontology.schema import Schema, load_schema

SKOS_FILE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://example.org/> .
ex:insulin a skos:Concept ; skos:prefLabel "insulin"@en, "Insulin"@de ; skos:altLabel "humulin"@en ;
    skos:definition "A hormone that lowers the sugar in the blood."@en ; skos:broader ex:hormone .
ex:hormone a skos:Concept ; skos:prefLabel "hormone"@en .
ex:nameless a skos:Concept .
"""
DUMP_LINE = {
    "id": "Q95",
    "labels": {"en": {"language": "en", "value": "Google"}},
    "aliases": {"en": [{"language": "en", "value": "Google LLC"}]},
    "descriptions": {"en": {"language": "en", "value": "American technology company"}},
    "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q4830453"}}}}, {"mainsnak": {}}]},
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def company(label: str, *aliases: str) -> Entity:
    return Entity("http://example.org/id/x", label, FL + "Company", aliases)


FIRM = Thing("http://e.org/1", "Mercury", (), "American maker of boats and engines", ("company",))
PLANET = Thing("http://e.org/2", "Mercury", (), "planet closest to the Sun", ("planet",))
LABEL = Thing("http://e.org/3", "Mercury", (), "record label that publishes music", ("company",))
CITY = Thing("http://e.org/4", "Mercury", (), "a town in Norland")


class TestNames:
    @pytest.mark.parametrize(
        ("name", "plain"),
        [
            ("The Harbour-Rail Company", "harbour rail"),
            ("Nestlé S.A.", "nestle s a"),
            ("Acme, Inc.", "acme"),
            ("The", "the"),
            ("AT&T", "at t"),
        ],
    )
    def test_normal(self, name: str, plain: str) -> None:
        assert normal(name) == plain

    def test_names_and_kinds_are_looked_up_and_described_things_are_not(self) -> None:
        assert is_linkable(company("Acme"))
        assert is_linkable(Entity("http://e.org/k", "insulin", CONCEPT))
        assert not is_linkable(Entity("http://e.org/p", "plant", FL + "Place"))


class TestFiles:
    def test_wikidata_as_dumped_and_plain_lines(self, tmp_path: Path) -> None:
        plain = {"id": "Q4830453", "label": "business", "types": "kind"}
        lines = ["[", json.dumps(DUMP_LINE) + ",", json.dumps(plain), json.dumps({"id": "Q0"}), "]"]
        path = tmp_path / "slice.json.gz"
        path.write_bytes(gzip.compress("\n".join(lines).encode()))
        found = things_called({"google", "nothing"}, [path])
        types = (WD + "Q4830453", "business")
        description = "American technology company"
        assert found == {"google": (Thing(WD + "Q95", "Google", ("Google LLC",), description, types),)}

    def test_skos(self, tmp_path: Path) -> None:
        path = tmp_path / "words.ttl"
        path.write_text(SKOS_FILE)
        (insulin,) = things_called({"humulin"}, [path])["humulin"]
        assert (insulin.label, insulin.aliases) == ("insulin", ("humulin",))
        assert insulin.types == ("http://example.org/hormone", "hormone")
        assert insulin.description.startswith("A hormone")

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.jsonl", "{"), ("a.jsonl", "[1]"), ("a.jsonl", '{"label": "x"}'), ("a.ttl", "x"), ("a.txt", "x")],
    )
    def test_what_is_no_such_file_is_told_in_one_line(self, tmp_path: Path, name: str, content: str) -> None:
        (tmp_path / name).write_text(content)
        with pytest.raises(FactloomError) as caught:
            things_called({"x"}, [tmp_path / name])
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot read"):
            things_called({"x"}, [tmp_path / "none.jsonl"])


class TestMatching:
    def match(
        self, schema: Schema, entity: Entity, *things: Thing, context: str = ""
    ) -> tuple[str, bool] | None:
        found = match_of(entity, things, context_words(context), schema)
        return (found.iri[-1], found.exact) if found else None

    def test_the_only_one_of_the_name_and_kind_is_sure(self, schema: Schema) -> None:
        assert self.match(schema, company("Mercury"), FIRM) == ("1", True)

    def test_one_of_another_kind_is_left_out(self, schema: Schema) -> None:
        assert self.match(schema, company("Mercury"), CITY) is None
        person = Entity("http://e.org/p", "Mercury", FL + "Person")
        assert self.match(schema, person, FIRM) is None

    def test_one_of_an_unknown_kind_is_likely_until_words_are_shared(self, schema: Schema) -> None:
        vague = Entity("http://e.org/t", "Mercury", THING)
        assert self.match(schema, vague, PLANET) == ("2", False)
        near = "The planet Mercury moves around the Sun."
        assert self.match(schema, vague, PLANET, context=near) == ("2", True)

    def test_of_two_alike_nothing_is_said(self, schema: Schema) -> None:
        assert self.match(schema, company("Mercury"), FIRM, LABEL) is None
        both = "Mercury sold boats and music."
        assert self.match(schema, company("Mercury"), FIRM, LABEL, context=both) is None

    def test_of_two_the_context_decides(self, schema: Schema) -> None:
        boats = "Mercury makes engines for boats."
        assert self.match(schema, company("Mercury"), FIRM, LABEL, context=boats) == ("1", True)
        music = "Mercury publishes the music of the band on its label."
        assert self.match(schema, company("Mercury"), FIRM, LABEL, context=music) == ("3", True)
        assert self.match(schema, company("Mercury"), FIRM, LABEL, context="It sold a boat.") == ("1", False)

    def test_the_order_of_things_changes_nothing(self, schema: Schema) -> None:
        boats = "Mercury makes engines for boats."
        for things in ((FIRM, LABEL, CITY), (CITY, LABEL, FIRM)):
            assert self.match(schema, company("Mercury"), *things, context=boats) == ("1", True)

    def test_wikidatas_own_classes_are_known(self, schema: Schema) -> None:
        human = Thing("http://e.org/5", "Mercury", (), "", (WD + "Q5",))
        assert self.match(schema, Entity("http://e.org/p", "Mercury", FL + "Person"), human) == ("5", True)
        assert self.match(schema, company("Mercury"), human) is None

    def test_another_name_alone_is_less_sure(self, schema: Schema) -> None:
        thing = Thing("http://e.org/6", "Mercury Marine", ("Mercury",), "", ("company",))
        assert self.match(schema, company("Mercury"), thing) == ("6", False)
        found = match_of(company("Mercury"), [thing], set(), schema)
        assert found is not None
        assert found.why == "its other name 'Mercury'; of a fitting kind"
