"""`factloom learn`: an ontology and examples in, the ontology with what the examples taught out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from factloom.commands import shared
from factloom.ontology.errors import Problem


@click.command()
@click.option(
    "--ontology",
    "ontologies",
    multiple=True,
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The ontology whose relations the examples hold; may be given several times.",
)
@click.option(
    "--examples",
    "files",
    multiple=True,
    required=True,
    metavar="FILE.jsonl",
    type=click.Path(path_type=Path),
    help="Texts with the triples they hold, one JSON object a line; may be given several times.",
)
@click.option(
    "-o",
    "--output",
    "directory",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to; made when missing.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0.0, 1.0),
    help="The least confidence of every relation; by default what gives the best F1 on the examples.",
)
@shared.model
@shared.workers
def learn(
    ontologies: tuple[Path, ...],
    files: tuple[Path, ...],
    directory: Path,
    threshold: float | None,
    model: str,
    workers: int,
) -> None:
    """Learn from example sentences how the relations of an ontology are said.

    The examples are JSON Lines: plain ones with text and triples (names, or text, start and end in
    characters), KnowledgeNet's, or Text2KGBench's. DIR is then an ontology for build and statements:
    DIR/ontology.ttl to read and edit (raise lex:minConfidence of a relation for precision, lower it for
    recall), DIR/learnt.tsv and DIR/learnt.json with the weights.

    \b
    {"text": "Ada was born in Kent.",
     "triples": [{"subject": "Ada", "relation": "birthPlace", "object": "Kent"}]}

    \b
    factloom learn --ontology mine.ttl --examples examples.jsonl -o learnt
    factloom statements report.txt --ontology learnt
    """
    from factloom.learning import learn_ontology

    problems: list[Problem] = []

    def report(problem: Problem) -> None:
        problems.append(problem)
        click.echo(f"not read: {problem}", err=True)

    learn_ontology(
        ontologies,
        files,
        directory,
        threshold=threshold,
        model=model,
        workers=workers,
        tell=_tell,
        on_problem=report,
    )
    if problems:
        raise SystemExit(1)


def _tell(line: str) -> None:
    click.echo(line, err=True)
    sys.stderr.flush()
