"""The IRIs that more than one room needs, as plain strings."""

from __future__ import annotations

FL = "https://w3id.org/factloom/ontology#"
LEX = "https://w3id.org/factloom/lex#"
BASE = "https://w3id.org/factloom/id/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
DCTERMS = "http://purl.org/dc/terms/"
WD = "http://www.wikidata.org/entity/"

# The class of a thing whose class could not be told, and of a kind of thing (startup, app).
THING = FL + "Thing"
CONCEPT = FL + "Concept"
# The parent of every relation minted from words.
OPEN_RELATION = FL + "openRelation"
