"""The names of the statement model in RDF, as plain strings, and the prefixes they are written with.

Takes the namespaces of `factloom.ontology`; gives the IRIs that the writer and the reader of graphs share.
Knows no RDF library, so that importing it costs nothing.
"""

from __future__ import annotations

from factloom.ontology import namespaces as ns
from factloom.ontology.records import Modality, Polarity, Span, Status

TYPE = ns.RDF + "type"
LABEL = ns.RDFS + "label"
ALT_LABEL = ns.SKOS + "altLabel"
SUB_PROPERTY_OF = ns.RDFS + "subPropertyOf"
PROPERTY = ns.RDF + "Property"

EXACT_MATCH = ns.SKOS + "exactMatch"
CLOSE_MATCH = ns.SKOS + "closeMatch"
MATCH_REASON = ns.FL + "matchReason"

RDF_STATEMENT = ns.RDF + "Statement"
STATEMENT = ns.FL + "Statement"
EVIDENCE = ns.FL + "Evidence"
DOCUMENT = ns.FL + "Document"
QUALIFIER_CLASS = ns.FL + "Qualifier"
SENTENCE_CLASS = ns.NIF + "Sentence"
ACTIVITY = ns.PROV + "Activity"
CORRECTION = ns.FL + "Correction"
CORRECTOR = ns.PROV + "Agent"
MODEL_CLASSES = frozenset(
    {
        RDF_STATEMENT,
        STATEMENT,
        EVIDENCE,
        DOCUMENT,
        QUALIFIER_CLASS,
        SENTENCE_CLASS,
        ACTIVITY,
        CORRECTION,
        CORRECTOR,
        PROPERTY,
    }
)

SUBJECT = ns.RDF + "subject"
PREDICATE = ns.RDF + "predicate"
OBJECT = ns.RDF + "object"
# RDF 1.2: what stands in place of the three parts.
REIFIES = ns.RDF + "reifies"
REIFICATION = (SUBJECT, PREDICATE, OBJECT)
STATUS = ns.FL + "status"
CONFIDENCE = ns.FL + "confidence"
HAS_EVIDENCE = ns.FL + "evidence"
HAS_QUALIFIER = ns.FL + "qualifier"

QUOTED_FROM = ns.PROV + "wasQuotedFrom"
GENERATED_BY = ns.PROV + "wasGeneratedBy"
INFLUENCED_BY = ns.PROV + "wasInfluencedBy"
MADE_BY = ns.PROV + "wasAttributedTo"
SENTENCE = ns.NIF + "sentence"
CONTEXT = ns.NIF + "referenceContext"
BEGIN = ns.NIF + "beginIndex"
END = ns.NIF + "endIndex"
ANCHOR = ns.NIF + "anchorOf"
POLARITY = ns.FL + "polarity"
MODALITY = ns.FL + "modality"
ATTRIBUTED_TO = ns.FL + "attributedTo"
TIME = ns.FL + "time"
RULE = ns.FL + "rule"
STEP = ns.FL + "step"
LOCATOR = ns.FL + "locator"
MENTION = ns.FL + "mention"
MENTION_KIND = ns.FL + "mentionKind"
# The three parts of a statement as read: where the words stand; their kind and text only where
# they can't be told from the sentence.
PART_MENTION = {part: f"{ns.FL}{part}Mention" for part in ("subject", "relation", "object")}
PART_KIND = {part: f"{ns.FL}{part}Kind" for part in PART_MENTION}
PART_TEXT = {part: f"{ns.FL}{part}Text" for part in PART_MENTION}
# The kind that a mention has unless the graph says otherwise.
USUAL_KIND = {"subject": "name", "relation": "relation", "object": "name"}

ROLE = ns.FL + "role"
VALUE = ns.FL + "value"
UNIT = ns.FL + "unit"
APPROXIMATION = ns.FL + "approximation"
ORIGINAL_TEXT = ns.FL + "originalText"

IDENTIFIER = ns.DCTERMS + "identifier"
TITLE = ns.DCTERMS + "title"
SOURCE = ns.DCTERMS + "source"
DATE = ns.DCTERMS + "date"
LANGUAGE = ns.DCTERMS + "language"
VERSION = ns.FL + "version"
MODEL = ns.FL + "model"
ASSERT_POLICY = ns.FL + "assertPolicy"

STATUS_IRI = {member: ns.FL + member.value.capitalize() for member in Status}
POLARITY_IRI = {member: ns.FL + member.value.capitalize() for member in Polarity}
MODALITY_IRI = {member: ns.FL + member.value.capitalize() for member in Modality}

# Folders of the instances under the base: statements, evidence, documents, qualifiers, open relations, runs.
FOLDERS = {
    "st": "statement/",
    "ev": "evidence/",
    "doc": "document/",
    "q": "qualifier/",
    "rel": "relation/",
    "run": "run/",
}


def prefixes(base: str = ns.BASE) -> dict[str, str]:
    """Prefix → namespace for instances under `base`, in the order a Turtle file shows them."""
    shared = {
        "dcterms": ns.DCTERMS,
        "fl": ns.FL,
        "nif": ns.NIF,
        "prov": ns.PROV,
        "rdf": ns.RDF,
        "rdfs": ns.RDFS,
        "schema": ns.SCHEMA,
        "skos": ns.SKOS,
        "xsd": ns.XSD,
    }
    return dict(sorted({**shared, "id": base, **{k: base + v for k, v in FOLDERS.items()}}.items()))


def words_at(span: Span, sentence: Span, text: str) -> str | None:
    """The characters of `span` within a sentence, or None where it reaches outside."""
    if span.start < sentence.start or span.end > sentence.start + len(text):
        return None
    return text[span.start - sentence.start : span.end - sentence.start]
