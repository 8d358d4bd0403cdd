"""The lexicon against words whose senses, verbs, places and sexes are common knowledge."""

from __future__ import annotations

import pytest

from factloom.extract import lexicon

# Member states of the United Nations with the words for their people, and Taiwan, Kosovo and Palestine.
COUNTRIES = """
Afghanistan: afghan
Albania: albanian
Algeria: algerian
Andorra: andorran
Angola: angolan
Antigua and Barbuda: antiguan
Argentina: argentine, argentinian
Armenia: armenian
Australia: australian
Austria: austrian
Azerbaijan: azerbaijani
Bahamas: bahamian
Bahrain: bahraini
Bangladesh: bangladeshi
Barbados: barbadian
Belarus: belarusian
Belgium: belgian
Belize: belizean
Benin: beninese
Bhutan: bhutanese
Bolivia: bolivian
Bosnia and Herzegovina: bosnian
Botswana: botswanan
Brazil: brazilian
Brunei: bruneian
Bulgaria: bulgarian
Burkina Faso: burkinabe
Burundi: burundian
Cambodia: cambodian
Cameroon: cameroonian
Canada: canadian
Cape Verde: cape verdean
Central African Republic: central african
Chad: chadian
Chile: chilean
China: chinese
Colombia: colombian
Comoros: comorian
Republic of the Congo:
Democratic Republic of the Congo: congolese
Costa Rica: costa rican
Croatia: croatian
Cuba: cuban
Cyprus: cypriot
Czech Republic: czech
Denmark: danish
Djibouti: djiboutian
Dominica:
Dominican Republic: dominican
East Timor: timorese
Ecuador: ecuadorian
Egypt: egyptian
El Salvador: salvadoran
Equatorial Guinea: equatoguinean
Eritrea: eritrean
Estonia: estonian
Eswatini: swazi
Ethiopia: ethiopian
Fiji: fijian
Finland: finnish
France: french
Gabon: gabonese
Gambia: gambian
Georgia: georgian
Germany: german
Ghana: ghanaian
Greece: greek
Grenada: grenadian
Guatemala: guatemalan
Guinea: guinean
Guinea-Bissau: bissau-guinean
Guyana: guyanese
Haiti: haitian
Honduras: honduran
Hungary: hungarian
Iceland: icelandic
India: indian
Indonesia: indonesian
Iran: iranian
Iraq: iraqi
Ireland: irish
Israel: israeli
Italy: italian
Ivory Coast: ivorian
Jamaica: jamaican
Japan: japanese
Jordan: jordanian
Kazakhstan: kazakh
Kenya: kenyan
Kiribati:
Kuwait: kuwaiti
Kyrgyzstan: kyrgyz
Laos: laotian
Latvia: latvian
Lebanon: lebanese
Lesotho:
Liberia: liberian
Libya: libyan
Liechtenstein: liechtensteiner
Lithuania: lithuanian
Luxembourg: luxembourgish
Madagascar: malagasy
Malawi: malawian
Malaysia: malaysian
Maldives: maldivian
Mali: malian
Malta: maltese
Marshall Islands: marshallese
Mauritania: mauritanian
Mauritius: mauritian
Mexico: mexican
Micronesia: micronesian
Moldova: moldovan
Monaco: monegasque
Mongolia: mongolian
Montenegro: montenegrin
Morocco: moroccan
Mozambique: mozambican
Myanmar: burmese
Namibia: namibian
Nauru: nauruan
Nepal: nepalese, nepali
Netherlands: dutch
New Zealand: new zealander
Nicaragua: nicaraguan
Niger: nigerien
Nigeria: nigerian
North Korea: north korean
North Macedonia: macedonian
Norway: norwegian
Oman: omani
Pakistan: pakistani
Palau: palauan
Panama: panamanian
Papua New Guinea: papua new guinean
Paraguay: paraguayan
Peru: peruvian
Philippines: philippine, filipino
Poland: polish
Portugal: portuguese
Qatar: qatari
Romania: romanian
Russia: russian
Rwanda: rwandan
Saint Kitts and Nevis: kittitian
Saint Lucia: saint lucian
Saint Vincent and the Grenadines: vincentian
Samoa: samoan
San Marino: sammarinese
Sao Tome and Principe: sao tomean
Saudi Arabia: saudi
Senegal: senegalese
Serbia: serbian
Seychelles: seychellois
Sierra Leone: sierra leonean
Singapore: singaporean
Slovakia: slovak
Slovenia: slovenian
Solomon Islands: solomon islander
Somalia: somali
South Africa: south african
South Korea: south korean
South Sudan: south sudanese
Spain: spanish
Sri Lanka: sri lankan
Sudan: sudanese
Suriname: surinamese
Sweden: swedish
Switzerland: swiss
Syria: syrian
Tajikistan: tajik
Tanzania: tanzanian
Thailand: thai
Togo: togolese
Tonga: tongan
Trinidad and Tobago: trinidadian
Tunisia: tunisian
Turkey: turkish
Turkmenistan: turkmen
Tuvalu: tuvaluan
Uganda: ugandan
Ukraine: ukrainian
United Arab Emirates: emirati
United Kingdom: british
United States: american
Uruguay: uruguayan
Uzbekistan: uzbek
Vanuatu: vanuatuan
Vatican City: vatican
Venezuela: venezuelan
Vietnam: vietnamese
Yemen: yemeni
Zambia: zambian
Zimbabwe: zimbabwean
Taiwan: taiwanese
Kosovo: kosovan, kosovar
Palestine: palestinian
"""


def countries() -> dict[str, list[str]]:
    rows = (line.split(": ") for line in COUNTRIES.replace(":\n", ": \n").strip().splitlines())
    return {name: [d for d in people.split(", ") if d] for name, people in rows}


@pytest.mark.parametrize(
    ("noun", "sense"),
    [
        ("spokesman", "person"),
        ("president", "person"),
        ("company", "group"),
        ("startup", "group"),
        ("city", "location"),
        ("chatbot", "communication"),
        ("smartphone", "artifact"),
        ("acquisition", "act"),
        ("year", "time"),
        ("litre", "quantity"),
    ],
)
def test_supersense(noun: str, sense: str) -> None:
    assert lexicon.supersense(noun) == sense


def test_senses_are_ordered_by_frequency() -> None:
    assert lexicon.senses("bank")[:2] == ("object", "group")
    assert lexicon.senses("country") == ("group", "location")


def test_unknown_words_have_no_answer() -> None:
    assert lexicon.supersense("zzxq") is None
    assert lexicon.senses("zzxq") == ()
    assert not lexicon.is_person_noun("zzxq")
    assert lexicon.verb_of("zzxq") is None
    assert lexicon.nouns_of("zzxq") == ()
    assert lexicon.synonyms("zzxq") == ()
    assert lexicon.place_of("zzxq") is None
    assert lexicon.place_kind("zzxq") is None
    assert lexicon.gender_of("zzxq") is None


def test_an_unknown_compound_means_what_its_last_part_means() -> None:
    assert lexicon.is_person_noun("hedge-fund manager")
    assert lexicon.agent_verb("co-founder") == "found"
    assert lexicon.is_group_noun("bicyclemaker")
    assert lexicon.agent_verb("bicyclemaker") == "make"


@pytest.mark.parametrize(
    ("noun", "person", "group", "place"),
    [
        ("analyst", True, False, False),
        ("giant", True, True, False),
        ("company", False, True, False),
        ("committee", False, True, False),
        ("city", False, False, True),
        ("region", False, False, True),
        ("country", False, True, True),
        ("bridge", False, False, False),
        ("app", False, False, False),
    ],
)
def test_leading_senses(noun: str, person: bool, group: bool, place: bool) -> None:
    found = (lexicon.is_person_noun(noun), lexicon.is_group_noun(noun), lexicon.is_place_noun(noun))
    assert found == (person, group, place)


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("actress", "female"),
        ("brother", "male"),
        ("startup", "company"),
        ("ministry", "building"),
        ("university", "structure"),
        ("app", "software"),
        ("truck", "vehicle"),
        ("novel", "creative work"),
        ("newspaper", "publication"),
        ("tournament", "contest"),
        ("diabetes", "disease"),
        ("antibiotic", "medicine"),
        ("horse", "animal"),
        ("lake", "body of water"),
        ("planet", "celestial body"),
        ("dollar", "money"),
        ("town", "city"),
        ("physics", "discipline"),
    ],
)
def test_is_a(noun: str, kind: str) -> None:
    assert lexicon.is_a(noun, kind)
    assert kind in lexicon.classes(noun)


def test_is_a_refuses_an_unknown_class() -> None:
    with pytest.raises(ValueError, match="'gadget' is not a class"):
        lexicon.is_a("phone", "gadget")


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("acquisition", "acquire"),
        ("performance", "perform"),
        ("focus", "focus"),
        ("release", "release"),
        ("launch", "launch"),
        ("decision", "decide"),
        ("investment", "invest"),
        ("sale", "sell"),
        ("growth", "grow"),
        ("death", "die"),
        ("founding", "found"),
        ("takeover", "take over"),
        ("table", None),
        ("company", None),
        ("driver", None),
        ("population", None),
        ("year", None),
    ],
)
def test_verb_of(noun: str, verb: str | None) -> None:
    assert lexicon.verb_of(noun) == verb


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("founder", "found"),
        ("maker", "make"),
        ("owner", "own"),
        ("developer", "develop"),
        ("director", "direct"),
        ("author", "author"),
        ("analyst", "analyze"),
        ("successor", "succeed"),
        ("employee", None),
        ("mother", None),
        ("bank", None),
        ("city", None),
    ],
)
def test_agent_verb(noun: str, verb: str | None) -> None:
    assert lexicon.agent_verb(noun) == verb


def test_verbs() -> None:
    assert "acquisition" in lexicon.nouns_of("acquire")
    assert lexicon.nouns_of("sell")[0] == "sale"
    assert "purchase" in lexicon.synonyms("buy")
    assert lexicon.is_verb("acquire")
    assert lexicon.is_verb("take over")
    assert not lexicon.is_verb("table lamp")


def test_every_nominalisation_leads_back() -> None:
    for verb in ("acquire", "invest", "sell", "launch"):
        assert all(lexicon.verb_of(noun) == verb for noun in lexicon.nouns_of(verb))


@pytest.mark.parametrize("name", countries())
def test_countries(name: str) -> None:
    assert lexicon.is_country(name)
    assert lexicon.place_name(name) == name
    assert {adjective: lexicon.place_of(adjective) for adjective in countries()[name]} == dict.fromkeys(
        countries()[name], name
    )


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Californian", "California"),
        ("european", "Europe"),
        ("Parisian", "Paris"),
        ("Frenchman", "France"),
        ("Scottish", "Scotland"),
        ("african", "Africa"),
        ("asian", "Asia"),
        ("Texan", "Texas"),
        ("happy", None),
    ],
)
def test_place_of(word: str, place: str | None) -> None:
    assert lexicon.place_of(word) == place


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Europe", "continent"),
        ("Paris", "city"),
        ("California", "state"),
        ("Nile", "river"),
        ("Georgia", "country"),
        ("Everest", "mountain"),
        ("Pacific", "ocean"),
        ("Mars", "star"),
        ("Tesla", None),
    ],
)
def test_place_kind(name: str, kind: str | None) -> None:
    assert lexicon.place_kind(name) == kind


def test_other_names_of_countries() -> None:
    assert lexicon.place_name("USA") == "United States"
    assert lexicon.place_name("Holland") == "Netherlands"
    assert lexicon.is_country("US")
    assert not lexicon.is_country("us")
    assert not lexicon.is_country("Uzbek")
    assert "state" in lexicon.place_kinds("Georgia")


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Mary", "f"), ("Tim", "m"), ("Ursula", "f"), ("Vladimir", "m"), ("Taylor", None), ("Doubao", None)],
)
def test_gender_of(name: str, gender: str | None) -> None:
    assert lexicon.gender_of(name) == gender


def test_given_names() -> None:
    assert lexicon.is_given_name("Taylor")
    assert not lexicon.is_given_name("Doubao")


def test_the_table_of_classes_is_that_of_the_code() -> None:
    lines = (lexicon._DATA / "classes.tsv").read_text("utf-8").splitlines()
    names = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert set(names) == set(lexicon.CLASSES)


@pytest.mark.parametrize("file", ["nouns", "verbs", "places", "demonyms", "given_names"])
def test_data_are_sorted_and_each_word_stands_once(file: str) -> None:
    lines = lexicon._lines(file)
    words = [line.split("\t")[0] for line in lines]
    assert lines == sorted(lines)
    assert len(set(words)) == len(words)


def test_the_licence_of_wordnet_stands_beside_the_data() -> None:
    assert "Princeton University" in (lexicon._DATA / "WORDNET_LICENSE").read_text("utf-8")


def test_common_words_are_no_people() -> None:
    assert lexicon.place_of("pole") is None
    assert lexicon.place_of("Pole") == "Poland"
    assert lexicon.place_of("us") is None
    assert lexicon.place_of("polish") == "Poland"


@pytest.mark.parametrize("name", ["Warsaw", "Brussels", "Florence", "Beirut", "Frankfurt", "Normandy"])
def test_places_keep_their_english_names(name: str) -> None:
    assert lexicon.place_name(name) == name
