"""The model that lies beside an ontology, if `factloom learn` wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from factloom.extract.learn.model import FACTS, WEIGHTS, Model, load
from factloom.ontology.errors import UsageError
from factloom.ontology.parse import ontology_file
from factloom.ontology.schema import Schema


def lesson_files(ontologies: Iterable[Path]) -> list[Path]:
    """The files that the ontologies stand for: each itself, and what was learnt beside it."""
    found: list[Path] = []
    for path in map(ontology_file, ontologies):
        found.append(path)
        found += [p for p in (path.parent / FACTS, path.parent / WEIGHTS) if p.is_file()]
    return found


def load_learnt(ontologies: Iterable[Path], schema: Schema) -> Model | None:
    """What was learnt for these ontologies; the thresholds are the ontology's own `lex:minConfidence`.

    Raises `UsageError` when two of them were learnt: weights of different lessons can't be compared.
    """
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in ontologies)
    taught = [folder for folder in folders if (folder / FACTS).is_file()]
    if len(taught) > 1:
        raise UsageError(
            f"{taught[0]} and {taught[1]} were learnt apart; learn them together,"
            " with --ontology twice and one -o DIR"
        )
    if not taught:
        return None
    least = {iri: t.min_confidence for iri, t in schema.relations.items() if t.min_confidence is not None}
    return load(taught[0]).with_thresholds(least)
