"""A place in the core ontology for classes of a user's ontology that name no parent there.

Takes a schema; gives its classes, those without a core ancestor hung under the core class that their label
names: by the core's own nouns ("film production company"), else by what the lexicon knows of the label's
last word ("taxidermist" is a person). The core is what the recogniser and the rules type names with.
"""

from __future__ import annotations

from dataclasses import replace

from factloom.extract import lexicon
from factloom.ontology.namespaces import CONCEPT, FL
from factloom.ontology.schema import ClassTerm, Schema, reworded
from factloom.ontology.terms import spaced

# Classes of the lexicon → names of the core, the more telling first.
_CORE = {
    "country": "Country",
    "city": "City",
    "company": "Company",
    "school": "EducationalInstitution",
    "party": "PoliticalParty",
    "team": "SportsTeam",
    "military unit": "ArmedForce",
    "body of water": "NaturalFeature",
    "mountain": "NaturalFeature",
    "island": "NaturalFeature",
    "organization": "Organization",
    "language": "Language",
    "award": "Award",
    "war": "Conflict",
    "contest": "Competition",
    "creative work": "CreativeWork",
    "software": "SoftwareProduct",
    "vehicle": "Vehicle",
    "device": "Device",
    "facility": "Facility",
    "building": "Facility",
    "structure": "Facility",
    "ethnic group": "Group",
    "person": "Person",
    "law": "Law",
    "location": "Place",
    "region": "Place",
    "product": "Product",
    "event": "Event",
    "discipline": "Field",
    "position": "Role",
}
_HEADS = {
    **dict.fromkeys(("work", "publication", "song", "album"), "CreativeWork"),
    **dict.fromkeys(("transportation", "transport", "vessel", "aircraft"), "Vehicle"),
}


def placed(schema: Schema) -> tuple[ClassTerm, ...]:
    """The classes of the schema, in their order, each own one with a parent in the core where one can be
    told.
    """
    core = _core(schema)
    return tuple(_placed(term, schema, core) for term in schema.classes.values())


def _core(schema: Schema) -> Schema:
    """The core's classes alone, so that no label of the user's answers for its own place."""
    terms = (term for term in schema.classes.values() if term.iri.startswith(FL))
    kept = (replace(t, parents=tuple(p for p in t.parents if p.startswith(FL))) for t in terms)
    return reworded(schema, kept, ())


def _placed(term: ClassTerm, schema: Schema, core: Schema) -> ClassTerm:
    if term.iri.startswith(FL) or any(iri.startswith(FL) for iri in schema.ancestors(term.iri)):
        return term
    parent = core_class(spaced(term.label).lower(), core)
    if parent is None or parent == term.iri:
        return term
    return replace(term, parents=(*term.parents, parent))


def core_class(label: str, core: Schema) -> str | None:
    """The class of `core` that members of a so named class belong to; None when nothing tells."""
    head = label.split()[-1] if label else ""
    if head in _HEADS:
        return FL + _HEADS[head]
    found = core.class_of_noun(label)
    if found is not None:
        return None if found == CONCEPT else found
    kinds = lexicon.classes(label) or lexicon.classes(head)
    for kind, name in _CORE.items():
        if kind in kinds and FL + name in core.classes:
            return FL + name
    return None
