"""Graphs to try the page on: a small world in the news, and grown graphs of any size."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from factloom.ontology.ids import entity_iri, relation_iri
from factloom.ontology.namespaces import BASE, FL, XSD
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Mention,
    Modality,
    Polarity,
    Relation,
    Span,
    Statement,
)

KINDS = {
    "Company": ["Halden Robotics", "Norrvik Bank", "Sable Motors", "Ostara Chips", "Lumen Post", "Fjordline", "Tarn Capital", "Kestrel Cloud", "Meridian Foods"],
    "Organization": ["Port Workers Union"],
    "GovernmentBody": ["Competition Authority", "Ministry of Transport"],
    "Person": ["Ida Falk", "Jonas Reyes", "Mara Lindqvist", "Tomas Oyelaran", "Priya Anand"],
    "Product": ["Otter", "Sable One", "Kestrel Core"],
    "AIModel": ["Halden Brain 2"],
    "Device": ["OC-9 chip"],
    "City": ["Bergvik", "Osthaven", "Lindmoor"],
    "Country": ["Norland"],
    "Facility": ["Osthaven Port", "Lindmoor Works"],
    "Technology": ["sparse attention", "lidar"],
    "Event": ["Northern Robotics Fair", "autumn strike"],
    "Concept": ["warehouse robots", "driverless lorries", "port automation"],
    "Law": ["Port Safety Act"],
    "Field": ["robotics"],
}  # fmt: skip
KIND_OF = {label: kind for kind, labels in KINDS.items() for label in labels}
ALIASES = {"Halden Robotics": ("Halden", "the robot maker"), "Competition Authority": ("NCA",)}
CLASS_LABELS = {
    FL + "Company": "company",
    FL + "GovernmentBody": "government body",
    FL + "AIModel": "AI model",
}

# A sentence, then its facts: subject, relation, object, and how it is said ("" for stated).
NEWS: list[tuple[str, str, str, list[tuple[str, list[tuple[str, ...]]]]]] = [
    ("halden-otter", "Halden Robotics puts the Otter to work", "2026-03-02", [
        ("Halden Robotics released the Otter, a warehouse robot, on Monday.", [("Halden Robotics", "releases", "Otter"), ("Otter", "type of", "warehouse robots")]),
        ("The Otter runs on Halden Brain 2, a model that Halden trained in Bergvik.", [("Otter", "uses", "Halden Brain 2"), ("Halden Robotics", "develops", "Halden Brain 2"), ("Halden Robotics", "located in", "Bergvik")]),
        ("Halden Brain 2 uses sparse attention and sees with lidar.", [("Halden Brain 2", "uses", "sparse attention"), ("Halden Brain 2", "uses", "lidar")]),
        ("Ida Falk, who founded Halden Robotics in 2015, still leads it.", [("Ida Falk", "founded", "Halden Robotics"), ("Ida Falk", "leads", "Halden Robotics")]),
        ("The company says it has over 4,200 robots at work in nine ports.", [("Halden Robotics", "has robots", "=over 4,200 robots|4200|robots", "reported:Halden Robotics")]),
        ("Halden showed the robot at the Northern Robotics Fair.", [("Halden Robotics", "takes part in", "Northern Robotics Fair")]),
        ("Each Otter carries an OC-9 chip made by Ostara Chips.", [("Otter", "uses", "OC-9 chip"), ("Ostara Chips", "produces", "OC-9 chip")]),
    ]),
    ("bank-deal", "Norrvik Bank weighs a stake in Halden", "2026-03-09", [
        ("Norrvik Bank plans to buy a third of Halden Robotics, two people close to the talks said.", [("Norrvik Bank", "invests in", "Halden Robotics", "planned")]),
        ("Tarn Capital already owns 12 percent of the robot maker.", [("Tarn Capital", "invests in", "Halden Robotics")]),
        ("Jonas Reyes, who leads Norrvik Bank, denied that a price had been agreed.", [("Jonas Reyes", "leads", "Norrvik Bank"), ("Jonas Reyes", "agreed", "=a price|a price|", "denied")]),
        ("Tarn Capital is not selling its holding to Norrvik Bank, it said.", [("Tarn Capital", "sells to", "Norrvik Bank", "denied")]),
        ("The Competition Authority may block the purchase by Norrvik Bank.", [("Competition Authority", "blocks", "Norrvik Bank", "possible")]),
        ("Norrvik Bank is based in Osthaven, the second city of Norland.", [("Norrvik Bank", "located in", "Osthaven"), ("Osthaven", "located in", "Norland")]),
        ("Norrvik Bank also lends to Fjordline and to Meridian Foods.", [("Norrvik Bank", "lends to", "Fjordline"), ("Norrvik Bank", "lends to", "Meridian Foods")]),
        ("The bank has 2.1 million customers.", [("Norrvik Bank", "has customers", "=2.1 million customers|2100000|customers")]),
    ]),
    ("port-strike", "Union says robots are behind the autumn strike", "2026-03-14", [
        ("The Port Workers Union opposes port automation at Osthaven Port.", [("Port Workers Union", "opposes", "port automation"), ("Port Workers Union", "works at", "Osthaven Port")]),
        ("Fjordline operates Osthaven Port and uses the Otter there.", [("Fjordline", "operates", "Osthaven Port"), ("Fjordline", "uses", "Otter"), ("Osthaven Port", "located in", "Osthaven")]),
        ("Mara Lindqvist, who leads the Port Workers Union, said that Fjordline broke the Port Safety Act.", [("Mara Lindqvist", "leads", "Port Workers Union"), ("Fjordline", "violates", "Port Safety Act", "reported:Mara Lindqvist")]),
        ("Fjordline did not break the Port Safety Act, its lawyers answered.", [("Fjordline", "violates", "Port Safety Act", "denied")]),
        ("The Ministry of Transport wrote the Port Safety Act.", [("Ministry of Transport", "wrote", "Port Safety Act")]),
        ("The autumn strike closed Osthaven Port for eleven days.", [("autumn strike", "closed", "Osthaven Port"), ("Port Workers Union", "organised", "autumn strike")]),
        ("If the talks fail, the Port Workers Union will sue Fjordline.", [("Port Workers Union", "sues", "Fjordline", "conditional")]),
    ]),
    ("sable-lorries", "Sable Motors and Halden part ways over driverless lorries", "2026-03-21", [
        ("Sable Motors develops the Sable One, one of the first driverless lorries.", [("Sable Motors", "develops", "Sable One"), ("Sable One", "type of", "driverless lorries")]),
        ("Sable Motors competes with Halden Robotics in robotics.", [("Sable Motors", "competes with", "Halden Robotics"), ("Halden Robotics", "works in", "robotics")]),
        ("Halden Robotics blocked Sable Motors from Halden Brain 2 in February.", [("Halden Robotics", "blocks", "Sable Motors"), ("Sable Motors", "lost access to", "Halden Brain 2")]),
        ("The Sable One is built at Lindmoor Works in Lindmoor.", [("Sable One", "built at", "Lindmoor Works"), ("Lindmoor Works", "located in", "Lindmoor")]),
        ("Tomas Oyelaran, the founder of Sable Motors, owns Lindmoor Works.", [("Tomas Oyelaran", "founded", "Sable Motors"), ("Tomas Oyelaran", "owns", "Lindmoor Works")]),
        ("Sable Motors buys the OC-9 chip from Ostara Chips.", [("Sable Motors", "buys", "OC-9 chip"), ("Ostara Chips", "supplies", "Sable Motors")]),
        ("Kestrel Cloud hosts Kestrel Core, on which Sable Motors trains.", [("Kestrel Cloud", "develops", "Kestrel Core"), ("Sable Motors", "uses", "Kestrel Core")]),
        ("Priya Anand leads Kestrel Cloud and sits on the board of Sable Motors.", [("Priya Anand", "leads", "Kestrel Cloud"), ("Priya Anand", "director of", "Sable Motors")]),
        ("Sable Motors will open a plant in Bergvik next year.", [("Sable Motors", "located in", "Bergvik", "planned")]),
        ("Lumen Post reported that Sable Motors is for sale.", [("Lumen Post", "reports on", "Sable Motors")]),
    ]),
    ("lumen-profile", "The quiet owner of Lindmoor Works", "2026-04-01", [
        ("Tomas Oyelaran was born in Lindmoor.", [("Tomas Oyelaran", "born in", "Lindmoor")]),
        ("He founded Sable Motors there in 2011.", [("Tomas Oyelaran", "founded", "Sable Motors")]),
        ("Lindmoor Works employs 640 people.", [("Lindmoor Works", "employs", "=640 people|640|people")]),
        ("Lindmoor and Bergvik are cities in Norland.", [("Lindmoor", "located in", "Norland"), ("Bergvik", "located in", "Norland")]),
        ("According to Lumen Post, Tarn Capital wants to acquire Ostara Chips.", [("Tarn Capital", "acquires", "Ostara Chips", "planned:Lumen Post")]),
        ("Meridian Foods uses the Otter in its cold store in Lindmoor.", [("Meridian Foods", "uses", "Otter"), ("Meridian Foods", "located in", "Lindmoor")]),
    ]),
]  # fmt: skip

_MODALITY = {"planned": Modality.PLANNED, "possible": Modality.POSSIBLE, "conditional": Modality.CONDITIONAL}


def entity(label: str, kind: str | None = None) -> Entity:
    kind = kind or KIND_OF.get(label, "Thing")
    return Entity(entity_iri(BASE, label), label, FL + kind, ALIASES.get(label, ()))


def relation(label: str) -> Relation:
    return Relation(relation_iri(BASE, label), label)


def _value(words: str) -> Literal:
    text, value, unit = words[1:].split("|")
    datatype = XSD + ("integer" if value.isdigit() else "string")
    return Literal(value, datatype, text, unit or None, "over" if text.startswith("over") else None)


def _mention(document: str, start: int, sentence: str, words: str, kind: str) -> Mention:
    for tried in (words, words.split()[0], words.split()[-1], words[:4]):
        at = sentence.find(tried)
        if at >= 0:
            return Mention(document, Span(start + at, start + at + len(tried)), tried, kind)
    return Mention(document, Span(start, start + 3), sentence[:3], kind)


def _evidence(document: str, start: int, sentence: str, fact: tuple[str, ...], confidence: float) -> Evidence:
    subject, verb, target, *said = fact
    status, _, speaker = (said[0] if said else "").partition(":")
    words = target[1:].split("|")[0] if target.startswith("=") else target
    span = Span(start, start + len(sentence))
    return Evidence(
        document_id=document,
        span=span,
        sentence=span,
        sentence_text=sentence,
        subject=_mention(document, start, sentence, subject, "name"),
        relation=_mention(document, start, sentence, verb, "relation"),
        object=_mention(document, start, sentence, words, "name"),
        rule="verb with subject and object",
        confidence=confidence,
        polarity=Polarity.NEGATED if status == "denied" else Polarity.AFFIRMED,
        modality=_MODALITY.get(status, Modality.ACTUAL),
        attributed_to=entity(speaker) if speaker else None,
        steps=(f"“{sentence.split()[0]}” stands for {subject}", f"“{verb}” is the relation {verb}"),
    )


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """Statements with equal keys become one, their evidence side by side."""
    held: dict[object, Statement] = {}
    for s in statements:
        first = held.get(s.key)
        together = (
            s if first is None else Statement(s.subject, s.relation, s.object, (*first.evidence, *s.evidence))
        )
        held[s.key] = together
    return list(held.values())


def news() -> tuple[list[Document], list[Statement]]:
    """About forty entities, five documents, every status, and values."""
    documents, statements, rng = [], [], random.Random(3)
    for name, title, date, sentences in NEWS:
        text = "\n\n".join(" ".join(s for s, _ in sentences[i : i + 3]) for i in range(0, len(sentences), 3))
        text += "\n\nNothing further was known at the time of writing."
        documents.append(Document(name, text, title, f"{name}.txt", date=date))
        for sentence, facts in sentences:
            start = text.index(sentence)
            for fact in facts:
                target = _value(fact[2]) if fact[2].startswith("=") else entity(fact[2])
                proof = _evidence(name, start, sentence, fact, round(rng.uniform(0.62, 0.97), 2))
                statements.append(Statement(entity(fact[0]), relation(fact[1]), target, (proof,)))
    return documents, merged(statements)


_SYLLABLES = [
    "Al",
    "Bel",
    "Cor",
    "Dan",
    "El",
    "Far",
    "Gen",
    "Hol",
    "Ir",
    "Jan",
    "Kor",
    "Lum",
    "Mar",
    "Nor",
    "Os",
    "Pel",
]
_ENDS = [
    "dra",
    "gate",
    "line",
    "mark",
    "nix",
    "ro",
    "soft",
    "stone",
    "ton",
    "via",
    "wave",
    "works",
    "yard",
    "zen",
]
_TAILS = {"Company": ["Inc", "AG", "Systems", "Group"], "Person": ["Chen", "Okafor", "Smith", "Ivanova"], "Product": ["One", "Mini", "X2"], "City": ["City", "Bay"], "Event": ["Summit", "Hearing"], "Technology": ["Protocol"], "Concept": ["market", "policy"]}  # fmt: skip
_VERBS = [
    "releases",
    "owns",
    "acquires",
    "partners with",
    "located in",
    "works for",
    "founded",
    "blocks",
    "invests in",
]


def _names(n: int, rng: random.Random) -> Iterator[Entity]:
    seen: set[str] = set()
    kinds = list(_TAILS)
    while len(seen) < n:
        kind = rng.choices(kinds, weights=[30, 20, 16, 10, 6, 8, 6])[0]
        label = f"{rng.choice(_SYLLABLES)}{rng.choice(_ENDS)} {rng.choice(_TAILS[kind])}"
        label = f"{label} {len(seen)}" if label in seen else label
        seen.add(label)
        yield entity(label, kind)


def grown(n: int, *, lines: float = 2.5, seed: int = 5) -> tuple[list[Document], list[Statement]]:
    """A graph of `n` entities grown by preferential attachment in topics, `lines` facts for each entity."""
    rng = random.Random(seed)
    names = list(_names(n, rng))
    topics = max(1, n // 350)
    ends: list[list[int]] = [[] for _ in range(topics)]
    texts: dict[str, list[str]] = {}
    lengths: dict[str, int] = {}
    statements = []
    for i in range(1, n):
        topic = i % topics
        for _ in range(int(lines) + (rng.random() < lines % 1)):
            pool = ends[topic] if ends[topic] and rng.random() < 0.94 else ends[rng.randrange(topics)]
            j = rng.choice(pool) if pool and rng.random() < 0.9 else rng.randrange(i)
            if i == j:
                continue
            document = f"topic{topic:02}-{rng.randrange(1 + n // (20 * topics)):03}"
            subject, target, verb = names[i], names[j], rng.choice(_VERBS)
            sentence = f"{subject.label} {verb} {target.label}, it was said on day {rng.randrange(400)}."
            start = lengths.get(document, 0)
            said = rng.choices(["", "planned", "denied"], weights=[90, 6, 4])[0]
            proof = _evidence(
                document,
                start,
                sentence,
                (subject.label, verb, target.label, said),
                rng.randrange(55, 99) / 100,
            )
            statements.append(Statement(subject, relation(verb), target, (proof,)))
            texts.setdefault(document, []).append(sentence)
            lengths[document] = start + len(sentence) + 1
            ends[topic] += [i, j]
    documents = [
        Document(name, " ".join(parts), name, f"{name}.txt", date="2026-01-02")
        for name, parts in texts.items()
    ]
    return documents, merged(statements)
