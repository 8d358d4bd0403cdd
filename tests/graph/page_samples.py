"""Graphs to try the page on: a small world in the news, and grown graphs of any size."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

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
    "Company": [
        "Halden Robotics",
        "Norrvik Bank",
        "Sable Motors",
        "Ostara Chips",
        "Lumen Post",
        "Fjordline",
        "Tarn Capital",
        "Kestrel Cloud",
        "Meridian Foods",
    ],
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
}
KIND_OF = {label: kind for kind, labels in KINDS.items() for label in labels}
ALIASES = {"Halden Robotics": ("Halden", "the robot maker"), "Competition Authority": ("NCA",)}
CLASS_LABELS = {
    FL + "Company": "company",
    FL + "GovernmentBody": "government body",
    FL + "AIModel": "AI model",
}

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
    stems = [words, *(w[:-1] if w.endswith("s") else w for w in words.split() if len(w) > 2), words[:3]]
    for stem in stems:
        found = re.search(rf"\b{re.escape(stem)}\w*", sentence)
        if found:
            return Mention(document, Span(start + found.start(), start + found.end()), found[0], kind)
    return Mention(document, Span(start, start), "", kind)


def evidence(document: str, start: int, sentence: str, fact: tuple[str, ...], confidence: float) -> Evidence:
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


def _news() -> Iterator[tuple[str, str, str, list[tuple[str, list[tuple[str, ...]]]]]]:
    """Of each document in page_news.txt: name, title, date, and its sentences with their facts.

    A fact is: subject ; relation ; object ; how it is said (nothing for stated). A value opens with `=`.
    """
    lines = (Path(__file__).parent / "page_news.txt").read_text(encoding="utf-8").splitlines()
    for block in "\n".join(lines).removeprefix("# ").split("\n# "):
        head, *rows = block.split("\n")
        name, title, date = head.split(" | ")
        sentences: list[tuple[str, list[tuple[str, ...]]]] = []
        for row in rows:
            if row.startswith(" "):
                sentences[-1][1].append(tuple(row.strip().split(" ; ")))
            else:
                sentences.append((row, []))
        yield name, title, date, sentences


def news() -> tuple[list[Document], list[Statement]]:
    """About forty entities, five documents, every status, and values."""
    documents, statements, rng = [], [], random.Random(3)
    for name, title, date, sentences in _news():
        text = "\n\n".join(" ".join(s for s, _ in sentences[i : i + 3]) for i in range(0, len(sentences), 3))
        text += "\n\nNothing further was known at the time of writing."
        documents.append(Document(name, text, title, f"{name}.txt", date=date))
        for sentence, facts in sentences:
            start = text.index(sentence)
            for fact in facts:
                target = _value(fact[2]) if fact[2].startswith("=") else entity(fact[2])
                proof = evidence(name, start, sentence, fact, round(rng.uniform(0.62, 0.97), 2))
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
_TAILS = {
    "Company": ["Inc", "AG", "Systems", "Group"],
    "Person": ["Chen", "Okafor", "Smith", "Ivanova"],
    "Product": ["One", "Mini", "X2"],
    "City": ["City", "Bay"],
    "Event": ["Summit", "Hearing"],
    "Technology": ["Protocol"],
    "Concept": ["market", "policy"],
}
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
            proof = evidence(
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
