"""The job of `factloom learn`: ontology and example files in, a folder with what was learnt out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from factloom.extract.learn.annotate import annotated
from factloom.extract.learn.examples import Example, read_examples
from factloom.extract.learn.model import save
from factloom.extract.learn.teach import Lesson, learn
from factloom.extract.wording import worded
from factloom.graph.files import write_whole
from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.parse import LEARNT_ONTOLOGY
from factloom.ontology.schema import load_schema


def learn_ontology(
    ontologies: Sequence[Path],
    files: Sequence[Path],
    directory: Path,
    *,
    model: str,
    workers: int = 1,
    threshold: float | None = None,
    tell: Callable[[str], None],
    on_problem: Callable[[Problem], None],
) -> Lesson:
    """Learn from the example files and write ontology.ttl, learnt.tsv and learnt.json into `directory`.

    `threshold` in [0, 1] overrules the thresholds of best F1. Raises `UsageError` when there is nothing to
    learn from, `OntologyError` and `InputError` when a file can't be read.
    """
    schema = worded(load_schema(*ontologies, only=True))  # what words read of its relations is a sign
    if not schema.own:
        raise UsageError(f"{', '.join(map(str, ontologies))}: no relation to learn")
    examples: list[Example] = []
    for path in files:
        examples += read_examples(path, on_problem)
    lesson = learn(schema, examples, model=model, workers=workers, tell=tell)
    if threshold is not None:
        lesson.model.thresholds[:] = threshold
    directory.mkdir(parents=True, exist_ok=True)
    save(lesson.model, directory)
    write_whole(directory / LEARNT_ONTOLOGY, annotated(ontologies, lesson.model))
    _sum_up(lesson, directory, tell)
    return lesson


def _sum_up(lesson: Lesson, directory: Path, tell: Callable[[str], None]) -> None:
    model = lesson.model
    for name, count in lesson.unknown.most_common(5):
        tell(f"not in the ontology: relation {name!r} of {count} triples; they teach nothing")
    tell(f"{lesson.found} of {lesson.told} triples have both ends in their text; the others teach nothing")
    for number, iri in enumerate(model.relations):
        told = model.report[str(number)]
        if iri in model.learnt and told["precision"] is not None:
            figures = f"precision {told['precision']:.2f}  recall {told['recall']:.2f}"
            tell(f"{told['examples']:6} examples  {figures}  {iri}")
    tell(f"learnt: {directory / LEARNT_ONTOLOGY}")
