"""Names that the examples tell: found wherever they stand, never known by the example that is read alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import factloom, read_by, taught

from factloom.extract.learn.candidates import find_candidates
from factloom.extract.learn.examples import End, Fact
from factloom.extract.learn.told import Told, short_forms, surfaces, told_by

ONTOLOGY = """
@prefix : <https://example.org/fleet#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:fate a owl:ObjectProperty ; rdfs:label "fate" .
"""
SHIPS = "Orca|Narwhal|Beluga|Heron|Gannet|Cormorant|Puffin|Osprey|Kittiwake|Petrel|Fulmar|Skua".split("|")
LANGUAGES = ("Danish", "Dutch", "Frisian")
FATES = ("lost at sea", "broken up", "kept as a museum")


def _fact(subject: str, relation: str, target: str) -> tuple[str, Fact]:
    return relation, Fact(End(subject), relation, End(target))


def test_a_name_is_known_by_the_roles_of_its_examples() -> None:
    told = told_by(
        [[_fact("Ada", "home", "Kent")], [_fact("Bob", "home", "Kent")], [_fact("Kent", "in", "UK")]]
    )
    assert sorted(told.signs("kent")) == ["object of home", "subject of in"]
    assert told.together("ada", "kent") == ["home"]
    assert told.together("kent", "ada") == []


def test_an_example_does_not_speak_for_itself() -> None:
    own, other = [_fact("Ada", "home", "Kent")], [_fact("Bob", "home", "Kent")]
    told = told_by([own, other])
    assert told.apart_from(own).signs("ada") == []
    assert told.apart_from(own).signs("kent") == ["object of home"]
    assert told.apart_from(own).together("ada", "kent") == []
    assert told.signs("ada") == ["subject of home"]


def test_many_examples_are_told_apart_from_few() -> None:
    told = told_by([_fact(name, "home", "Kent")] for name in "Ada Bob Cy".split())
    assert told.signs("kent") == ["object of home", "object of home, often"]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Twilight_(band)", ["twilightband", "twilight"]),
        ('"Kornelije Kovač"', ["kornelijekovač", "kornelijekovac"]),
        ("him", []),
        ("1918-11-11", []),
    ],
)
def test_under_which_forms_a_name_may_stand(name: str, forms: list[str]) -> None:
    assert surfaces(name) == forms


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Danish_language", "danish"),
        ("Appleton,_Wisconsin", "appleton"),
        ("United_States_Air_Force", "usaf"),
        ("United_States", "usa"),
        ("George_Allen_&_Unwin", "georgeallenandunwin"),
        ("Lars_Løkke_Rasmussen_(politician)", "larsløkkerasmussen"),
    ],
)
def test_what_may_stand_for_a_name(name: str, form: str) -> None:
    assert form in short_forms(name)
    assert form not in short_forms("Elsewhere")


def test_counts_are_of_other_examples() -> None:
    own = [_fact("Ada", "home", "Kent")]
    told = told_by([own, [_fact("Bob", "home", "Kent")], [_fact("Ada", "home", "Kent")]])
    told.relations = ("home",)
    assert told.counts(["ada"], ["kent"], 0) == (2, 3, 2)
    assert told.apart_from(own).counts(["ada"], ["kent"], 0) == (1, 2, 1)
    assert told.counts(["cy"], ["kent"], 0) == (0, 3, 0)


@pytest.mark.model
def test_a_told_name_is_a_candidate_whatever_its_words_are() -> None:
    from factloom.extract import language

    ((sentence,),) = language.parse(["The Orca was lost at sea in May."])

    def names(told: Told) -> set[str]:
        found = find_candidates(sentence, {}, told)
        return {" ".join(t.text for t in c.tokens(v)) for c in found for v in c.variants}

    assert "lost at sea" not in names(Told())
    assert "lost at sea" in names(told_by([[_fact("Heron", "fate", "lost at sea")]]))


def _names(text: str) -> set[str]:
    from factloom.extract import language

    (sentences,) = language.parse([text])
    found = find_candidates(sentences[0], {})
    return {" ".join(t.text for t in c.tokens(v)) for c in found for v in c.variants}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "piece"),
    [
        ("Albert Hicks was an admiral of the navy.", "Albert Hicks", "Albert"),
        (
            "Diabetes, Obesity and Metabolism is a monthly journal.",
            "Diabetes , Obesity and Metabolism",
            "and",
        ),
        ("This game was released in 1995.", "game", "This"),
    ],
)
def test_names_are_candidates_as_a_whole(text: str, name: str, piece: str) -> None:
    found = _names(text)
    assert name in found
    assert piece not in found


@pytest.mark.model
def test_who_has_no_name_is_not_told_where_examples_tell_names(fleet: Path) -> None:
    text = b"It was lost at sea in 1931."
    assert factloom("statements", "-", "--ontology", fleet, "--only-ontology", stdin=text).out == ""


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What examples teach whose objects are no noun phrases."""
    rows: list[dict[str, Any]] = []
    for n, ship in enumerate(SHIPS):
        fate = FATES[n % 3]
        triple = {"subject": ship, "relation": "fate", "object": fate}
        rows.append({"text": f"The {ship} was {fate} in {1900 + n}.", "triples": [triple]})
        rows.append({"text": f"The {ship} was painted grey in {1880 + n}.", "triples": []})
        text = f"The crew of the {ship} fled. It was {fate} in {1900 + n}."
        rows.append({"text": text, "triples": [triple]})
    return taught(tmp_path_factory.mktemp("fleet"), ONTOLOGY, rows)


@pytest.mark.model
def test_a_told_object_is_read_in_new_sentences(fleet: Path) -> None:
    rows = read_by(fleet, "The Albatross was lost at sea in 1931.")
    assert [row["object"]["text"] for row in rows] == ["lost at sea"]


@pytest.mark.model
def test_an_object_is_called_what_the_examples_call_it(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for n, ship in enumerate(SHIPS):
        triple = {"subject": f"{ship}ö", "relation": "speech", "object": f"{LANGUAGES[n % 3]} language"}
        rows.append({"text": f"{ship}o speaks {LANGUAGES[n % 3]} at sea.", "triples": [triple]})
        rows.append({"text": f"{ship}o met {LANGUAGES[n % 3]} sailors at sea.", "triples": []})
    learnt = taught(tmp_path, ONTOLOGY.replace("fate", "speech"), rows)
    names = json.loads((learnt / "learnt.json").read_text(encoding="utf-8"))["names"]
    assert names == [{k.lower(): f"{k} language" for k in sorted(LANGUAGES)}]
    (row,) = read_by(learnt, "Orcao speaks Danish at sea.")
    assert (row["subject"]["label"], row["object"]["label"]) == ("Orcaö", "Danish language")
    assert (row["subject"]["text"], row["object"]["text"]) == ("Orcao", "Danish")


@pytest.mark.model
def test_what_was_told_can_be_read_in_the_file(fleet: Path) -> None:
    told = json.loads((fleet / "learnt.json").read_text(encoding="utf-8"))["told"]
    assert told["roles"]["lostatsea"] == {"object of fate": 8}
    assert told["pairs"]["orca lostatsea"] == {"fate": 2}


CREWS = ("Ada Lind", "Bo Frost", "Cy Hart", "Di Moss", "Ed Lake")


@pytest.mark.model
@pytest.mark.parametrize("belied", [True, False])
def test_words_that_the_examples_belie_are_not_read(tmp_path: Path, *, belied: bool) -> None:
    more = ':crew a owl:ObjectProperty ; rdfs:label "member of" .'
    rows: list[dict[str, Any]] = []
    for n, ship in enumerate(SHIPS):
        triple = {"subject": ship, "relation": "fate", "object": FATES[n % 3]}
        rows.append({"text": f"The {ship} was {FATES[n % 3]} in {1900 + n}.", "triples": [triple]})
    if belied:
        rows += ({"text": f"{name} is a member of Blue Fleet.", "triples": []} for name in CREWS[1:])
    learnt = taught(tmp_path, ONTOLOGY + more, rows)
    rows = read_by(learnt, "Ada Lind is a member of Blue Fleet.")
    assert [row["relation"]["label"] for row in rows] == ([] if belied else ["member of"])


@pytest.mark.model
def test_what_words_alone_read_is_a_sign(tmp_path: Path) -> None:
    from factloom.extract import language, reading
    from factloom.extract.wording import worded
    from factloom.ontology.records import Document
    from factloom.ontology.schema import load_schema

    more = ':crew a owl:ObjectProperty ; rdfs:label "member of" .'
    path = tmp_path / "fleet.ttl"
    path.write_text(ONTOLOGY + more, encoding="utf-8")
    text = "Ada Lind is a member of Blue Fleet."
    (parsed,) = language.parse([text])
    (scene,) = reading.scenes(Document("d", text, "", ""), parsed, worded(load_schema(path, only=True)))
    (pair,) = scene.read
    assert "read by words: crew" in scene.pair(*pair)
    assert "read by words: crew" not in scene.pair(*pair[::-1])
