"""The benchmark of reading speed: its large ontology can be read in words, the time is of work done."""

from __future__ import annotations

import json
from pathlib import Path

from factloom.build import Options, read_schema
from factloom.extract.wording import wordless
from factloom.ontology.records import Document

from .ontologies import cpu_seconds, large


def test_the_large_ontology_is_looked_for_in_texts(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text(json.dumps(large(70)), encoding="utf-8")
    options = Options(ontologies=(path,))
    schema = read_schema(options)
    assert len(schema.own) == 70
    assert not any(wordless(schema.relations[iri]) for iri in schema.own)
    documents = [Document("d", "Anna Berg directed a film.", title="d", source="d")]
    assert cpu_seconds(documents, schema, options) > 0
