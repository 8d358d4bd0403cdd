"""The whole lesson: ontology and examples in, a model and counts out.

Joins parsing, scenes, labelling and training. What the examples hold but their texts don't is counted and
teaches nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from factloom.extract import language, reading
from factloom.extract.learn.conventions import normal
from factloom.extract.learn.examples import Example, Fact
from factloom.extract.learn.labelling import Labelled, Labeller
from factloom.extract.learn.model import Model
from factloom.extract.learn.told import Told, told_by
from factloom.extract.learn.training import train
from factloom.ontology.errors import UsageError
from factloom.ontology.records import Document
from factloom.ontology.schema import RelationTerm, Schema

_HEARD = 3  # readings by words that the examples must belie before such readings are left out
_SHOWN = 160  # characters of an example kept with the model


@dataclass(slots=True)
class Lesson:
    """A model, how many facts were told and how many were found in their texts, and unknown relations."""

    model: Model
    told: int
    found: int
    unknown: Counter[str] = field(default_factory=Counter)


def learn(
    schema: Schema,
    examples: Sequence[Example],
    *,
    model: str = language.DEFAULT_MODEL,
    workers: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> Lesson:
    """Learn the relations of the user's ontology from examples; `tell` takes lines of progress.

    Raises `UsageError` when no example holds a relation of the ontology in its text.
    """
    terms = [schema.relations[iri] for iri in sorted(schema.own)]
    labeller = Labeller(_names(terms), len(terms))
    unknown = Counter(f.relation for e in examples for f in e.facts if labeller.number(f.relation) is None)
    totals = np.zeros(len(terms), np.int32)
    for example in examples:
        for fact in example.facts:
            number = labeller.number(fact.relation)
            if number is not None:
                totals[number] += 1
    tell(f"{len(examples)} texts, {int(totals.sum())} triples of {int((totals > 0).sum())} relations")
    told = told_by(_known(e, terms, labeller) for e in examples)
    told.relations = tuple(t.label for t in terms)
    labelled = list(_labelled(schema, examples, labeller, told, terms, model, workers))
    found = sum(len(true) for _, here in labelled for true in here.true.values())
    if not found:
        raise UsageError(
            "no example holds a triple of this ontology with both ends in its text; relations are"
            " named by IRI, local name or label"
        )
    tell(f"{found} places hold a triple")
    result = train(labelled, [t.iri for t in terms], totals, tell)
    result.told = told
    result.silent = _misread(labelled, examples, labeller)
    result.examples = [(e.id, _short(e.text)) for e in examples]
    _keep_used(result)
    return Lesson(result, int(totals.sum()), found, unknown)


def _names(terms: Iterable[RelationTerm]) -> dict[str, int]:
    """The numbers of relations by IRI, and by label and local name in normal form."""
    names: dict[str, int] = {}
    for number, term in enumerate(terms):
        names[term.iri] = number
    for number, term in enumerate(terms):
        local = term.iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
        for name in (term.label, local, *term.alt_labels):
            names.setdefault(normal(name), number)
    return names


def _known(example: Example, terms: Sequence[RelationTerm], labeller: Labeller) -> list[tuple[str, Fact]]:
    """The facts of an example whose relations are the ontology's, with these relations' labels."""
    numbered = ((labeller.number(fact.relation), fact) for fact in example.facts)
    return [(terms[n].label, fact) for n, fact in numbered if n is not None]


def _labelled(
    schema: Schema,
    examples: Sequence[Example],
    labeller: Labeller,
    told: Told,
    terms: Sequence[RelationTerm],
    model: str,
    workers: int,
) -> Iterable[tuple[int, Labelled]]:
    parsed = language.parse((e.text for e in examples), model=model, workers=workers)
    for number, (example, sentences) in enumerate(zip(examples, parsed, strict=True)):
        document = Document(example.id, example.text, "", "")
        others = told.apart_from(_known(example, terms, labeller))
        scenes = list(reading.scenes(document, sentences, schema, others))
        for labelled in labeller.label(example, scenes):
            yield number, labelled


def _misread(
    labelled: Iterable[tuple[int, Labelled]], examples: Sequence[Example], labeller: Labeller
) -> tuple[str, ...]:
    """The relations that words alone read in texts where the examples, which tell all, tell none."""
    right, wrong = Counter[str](), Counter[str]()
    for number, one in labelled:
        example = examples[number]
        told = {labeller.number(fact.relation) for fact in example.facts}
        whole = all(scope.relations is None for scope in example.scopes)
        for iri in {iri for found in one.scene.read.values() for iri in found} if whole else ():
            (right if labeller.number(iri) in told else wrong)[iri] += 1
    return tuple(iri for iri in sorted(wrong) if wrong[iri] >= _HEARD and right[iri] * 10 < wrong[iri])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _keep_used(model: Model) -> None:
    """Drop the texts of examples that stand behind no feature."""
    used = sorted({e for found in model.behind.values() for e, _, _ in found.values()})
    place = {e: n for n, e in enumerate(used)}
    model.examples = [model.examples[e] for e in used]
    model.behind = {
        iri: {f: (place[e], held, met) for f, (e, held, met) in found.items()}
        for iri, found in model.behind.items()
    }
