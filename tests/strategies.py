"""Hypothesis strategies for the records: documents, entities, and statements read from their sentences."""

from __future__ import annotations

from hypothesis import strategies as st

from factloom.ontology.namespaces import BASE, FL, XSD
from factloom.ontology.records import (
    Document,
    Entity,
    Evidence,
    Literal,
    Match,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    Relation,
    Span,
    Statement,
)

# What entities are in authority files is decided when all is merged, so it goes by the IRI.
MATCHES = {
    BASE + "a": (
        Match("http://example.org/m1", True, "its label"),
        Match("http://example.org/m2", False, ""),
    ),
    BASE + "c": (Match("http://example.org/m3", False, "its alias 'x'"),),
}
# Any character but surrogates, which no UTF-8 file can hold.
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
# What a reader of documents leaves in a text: no control characters but line feed and tab.
clean_texts = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", include_characters="\n\t"
    ),
    max_size=12,
)
_names = st.sampled_from(["A", "B-2", "Ünal", "東京", "O'Neil", "<script>", "x&y", 'say "no"', "back\\slash"])
_kinds = st.sampled_from([FL + "Thing", FL + "Company", FL + "Person"])


@st.composite
def entities(draw: st.DrawFn, words: st.SearchStrategy[str] = texts) -> Entity:
    """Few IRIs and many labels, so that versions of one entity meet."""
    iri = BASE + draw(st.sampled_from(["a", "b", "c", "d"]))
    aliases = draw(st.lists(words, max_size=3, unique=True))
    return Entity(
        iri, draw(st.one_of(_names, words)), draw(_kinds), tuple(sorted(aliases)), MATCHES.get(iri, ())
    )


@st.composite
def literals(draw: st.DrawFn, words: st.SearchStrategy[str] = texts) -> Literal:
    """Values in canonical form, as the records ask."""
    value, datatype = draw(
        st.one_of(
            st.integers(-(10**12), 10**12).map(lambda n: (str(n), "integer")),
            st.sampled_from(
                [("6.9", "decimal"), ("0.5", "decimal"), ("2023", "gYear"), ("2023-04", "gYearMonth")]
            ),
            st.dates().map(lambda d: (d.isoformat(), "date")),
            words.map(lambda text: (text, "string")),
        )
    )
    unit = draw(st.none() | st.sampled_from(["USD", "monthly users", "%"]))
    return Literal(
        value, XSD + datatype, draw(words), unit, draw(st.none() | st.sampled_from(["over", "about"]))
    )


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    """Mapped ones of the ontology and open ones made of words."""
    if draw(st.booleans()):
        return Relation(
            FL + draw(st.sampled_from(["blocks", "acquires"])), draw(st.sampled_from(["blocks", "buys"]))
        )
    name = draw(st.sampled_from(["compete-with", "über", "24-7"]))
    return Relation(f"{BASE}relation/{name}", name.replace("-", " "), mapped=False)


@st.composite
def documents(draw: st.DrawFn, words: st.SearchStrategy[str] = texts) -> Document:
    """A document of one to three sentences, with an id that may need escaping."""
    identifier = draw(st.sampled_from(["d1", "d 2", "d-2", "sub/d3.md", "日本"]))
    return Document(
        id=identifier,
        text=draw(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)),
        title=draw(words),
        source=draw(words),
        language=draw(st.sampled_from(["en", "en-GB", "de", "not a tag!"])),
        date=draw(st.none() | st.sampled_from(["2026-01-05", "2026", "2026-01", "spring"])),
    )


@st.composite
def spans(draw: st.DrawFn, within: Span) -> Span:
    start = draw(st.integers(within.start, within.end))
    return Span(start, draw(st.integers(start, within.end)))


@st.composite
def mentions(draw: st.DrawFn, document: Document, within: Span, kind: str = "name") -> Mention:
    """Words inside a sentence, as written; now and then of another kind, or with text of their own."""
    span = draw(spans(within))
    text = document.text[span.start : span.end]
    if draw(st.integers(0, 9)) == 0:
        return Mention(
            document.id, span, draw(texts_like(document)), draw(st.sampled_from(["nominal", "pronoun"]))
        )
    return Mention(document.id, span, text, kind)


def texts_like(document: Document) -> st.SearchStrategy[str]:
    return st.sampled_from([document.text, "", "else"])


@st.composite
def evidence(draw: st.DrawFn, document: Document, words: st.SearchStrategy[str] = texts) -> Evidence:
    """One reading of a sentence of `document`."""
    sentence = draw(spans(Span(0, len(document.text))))
    values = st.one_of(entities(words), literals(words))
    roles = st.sampled_from(["time", "place", "with"])
    return Evidence(
        document_id=document.id,
        span=draw(spans(sentence)),
        sentence=sentence,
        sentence_text=document.text[sentence.start : sentence.end],
        subject=draw(mentions(document, sentence)),
        relation=draw(mentions(document, sentence, "relation")),
        object=draw(mentions(document, sentence)),
        rule=draw(st.sampled_from(["verb", "passive_agent"])),
        confidence=draw(st.floats(0, 1, allow_nan=False)),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        attributed_to=draw(st.none() | entities(words)),
        time=draw(st.none() | st.sampled_from(["2026-01-05", "2026-01", "2026", "last spring"])),
        qualifiers=tuple(
            draw(st.lists(st.builds(Qualifier, roles, values, mentions(document, sentence)), max_size=2))
        ),
        steps=tuple(draw(st.lists(words, max_size=3))),
        locator=draw(st.none() | st.sampled_from(["page 3", "chapter 1: The dam"])),
    )


@st.composite
def graphs(
    draw: st.DrawFn, words: st.SearchStrategy[str] = texts, max_size: int = 6
) -> tuple[tuple[Document, ...], tuple[Statement, ...]]:
    """Documents with distinct ids, and statements read from them, neither merged nor sorted."""
    docs = draw(st.lists(documents(words), min_size=1, max_size=3, unique_by=lambda d: d.id))
    found = st.sampled_from(docs).flatmap(lambda d: evidence(d, words))
    statements = st.builds(
        Statement,
        entities(words),
        relations(),
        st.one_of(entities(words), literals(words)),
        st.lists(found, min_size=1, max_size=3).map(tuple),
    )
    return tuple(docs), tuple(draw(st.lists(statements, max_size=max_size)))
