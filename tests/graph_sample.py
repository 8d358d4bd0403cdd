"""A small graph with a case of each kind, for tests that need one."""

from __future__ import annotations

from dataclasses import replace

from factloom.ontology.namespaces import BASE, FL, XSD
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    Relation,
    Span,
    Statement,
)

TEXT = (
    "WeChat blocks the Doubao agent. Reuters said that Tesla acquired DeepSeek. "
    "Tesla did not acquire DeepSeek. ByteDance may buy <b>Acme</b>. "
    "It has over 140 million monthly users since 2023. Doubao rivals 'Acme'."
)
DOCUMENT = Document("d7", TEXT, "A tale of agents", "news/d7.txt", "en", "2026-01-05")


def entity(label: str, kind: str = "Company", *aliases: str) -> Entity:
    """An entity named by its label."""
    return Entity(BASE + label.replace(" ", "-"), label, FL + kind, aliases)


WECHAT = entity("WeChat", "SoftwareProduct", "Weixin")
AGENT = entity("Doubao agent", "SoftwareProduct")
TESLA, DEEPSEEK, BYTEDANCE, REUTERS = map(entity, ("Tesla", "DeepSeek", "ByteDance", "Reuters"))
ACME = Entity(BASE + "Acme-1", "<b>Acme</b>", FL + "Company", ('A "quote"', "back\\slash'"))
DOUBAO = entity("Doubao", "SoftwareProduct")
USERS = Literal("140000000", XSD + "integer", "over 140 million", "monthly users", "over")
BLOCKS, ACQUIRES, HAS_USERS = (Relation(FL + n, n) for n in ("blocks", "acquires", "hasUsers"))
RIVALS = Relation(BASE + "relation/rival", "rival", mapped=False)


def mention(words: str, kind: str = "name", *, within: Span) -> Mention:
    """The first such words of the document inside a sentence."""
    start = TEXT.index(words, within.start)
    return Mention(DOCUMENT.id, Span(start, start + len(words)), words, kind)


def read_words(sentence: str, parts: tuple[str, str, str], **more: object) -> Evidence:
    """Evidence of the sentence that holds the three parts, in the order of subject, relation, object."""
    start = TEXT.index(sentence)
    place = Span(start, start + len(sentence))
    subject, relation, target = (mention(words, within=place) for words in parts)
    plain = Evidence(
        DOCUMENT.id,
        Span(subject.span.start, max(target.span.end, relation.span.end)),
        place,
        sentence,
        subject,
        replace(relation, kind="relation"),
        target,
        "verb",
        0.9,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def _users() -> Evidence:
    words = "It has over 140 million monthly users since 2023."
    since = mention("2023", "literal", within=Span(TEXT.index(words), len(TEXT)))
    return read_words(
        words,
        ("It", "has", "140 million"),
        time="2023",
        steps=("coreference: It → ByteDance", "mapping: have users → fl:hasUsers"),
        qualifiers=(Qualifier("time", Literal("2023", XSD + "gYear", "2023"), since),),
    )


STATEMENTS = (
    Statement(
        WECHAT,
        BLOCKS,
        AGENT,
        (read_words("WeChat blocks the Doubao agent.", ("WeChat", "blocks", "Doubao agent")),),
    ),
    Statement(
        TESLA,
        ACQUIRES,
        DEEPSEEK,
        (
            read_words(
                "Reuters said that Tesla acquired DeepSeek.",
                ("Tesla", "acquired", "DeepSeek"),
                attributed_to=REUTERS,
                confidence=0.8,
            ),
            read_words(
                "Tesla did not acquire DeepSeek.",
                ("Tesla", "acquire", "DeepSeek"),
                polarity=Polarity.NEGATED,
            ),
        ),
    ),
    Statement(
        BYTEDANCE,
        ACQUIRES,
        ACME,
        (
            read_words(
                "ByteDance may buy <b>Acme</b>.",
                ("ByteDance", "buy", "<b>Acme</b>"),
                modality=Modality.POSSIBLE,
            ),
        ),
    ),
    Statement(BYTEDANCE, HAS_USERS, USERS, (_users(),)),
    Statement(DOUBAO, RIVALS, ACME, (read_words("Doubao rivals 'Acme'.", ("Doubao", "rivals", "Acme")),)),
)
