"""Names that depend on content alone: IRIs of entities, relations, statements, evidence, documents.

No counters, clocks or random numbers: the same input gives the same identifiers on every machine.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from factloom.ontology.records import Evidence, Key

# RFC 3987 lets letters of any script stand in an IRI; of ASCII punctuation these need no escape in Turtle.
_PLAIN = "-_."


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits of SHA-256 over the parts, kept apart by a unit separator."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def slug(label: str) -> str:
    """A readable local name for a label.

    Letters, digits, hyphen, dot and underscore stay, white space and the possessive become one
    hyphen, anything else adds a hash so that two labels never share a name by accident
    ("C" and "C++"). Never empty.
    """
    text = " ".join(unicodedata.normalize("NFC", label).split())
    words = re.sub(r"['’]s?(?= )", "", text).replace(" ", "-")
    plain = "".join(c for c in words if c.isalnum() or c in _PLAIN).strip(_PLAIN)
    if len(plain) > 80:
        return f"{plain[:80].rstrip(_PLAIN)}-{digest(text)[:8]}"
    lossless = plain == words and plain
    return plain if lossless else "-".join(filter(None, (plain, digest(text)[:8])))


def entity_iri(base: str, label: str) -> str:
    """The IRI of the entity with this label under `base`."""
    return base + slug(label)


def relation_iri(base: str, label: str) -> str:
    """The IRI of an open relation made from words ("compete with" → `relation/compete-with`)."""
    return f"{base}relation/{slug(label)}"


def statement_id(key: Key) -> str:
    """Sixteen hexadecimal digits for what is said."""
    return digest(*key)


def evidence_id(key: Key, evidence: Evidence) -> str:
    """The statement's id with the place where it was read, unique within a graph."""
    place = digest(
        evidence.document_id,
        str(evidence.span.start),
        str(evidence.span.end),
        evidence.rule,
        evidence.polarity,
        evidence.modality,
        evidence.attributed_to.iri if evidence.attributed_to else "",
    )
    return f"{statement_id(key)}-{place[:8]}-{evidence.span.start}"
