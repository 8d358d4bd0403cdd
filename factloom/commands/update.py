"""`factloom update`: documents added, replaced or removed, without reading the others again."""

from __future__ import annotations

from pathlib import Path

import click

from factloom.commands import building


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--add", multiple=True, metavar="SOURCE", help="A source to add; one that is there is read again."
)
@click.option(
    "--replace",
    multiple=True,
    metavar="SOURCE",
    help="A source that is there already and has changed.",
)
@click.option("--remove", multiple=True, metavar="ID|PATH", help="A document or an input to take out.")
@building.workers
@building.log
def update(
    directory: Path,
    add: tuple[str, ...],
    replace: tuple[str, ...],
    remove: tuple[str, ...],
    workers: int | None,
    log_file: Path | None,
) -> None:
    """Add, replace and remove documents of the graph in DIR; all else stays as it was read.

    The result is, byte for byte, that of a build from scratch with the same options. Without a change the
    files are written again, with the corrections as they are now.

    \b
    factloom update out --add monday/ --add tuesday.pdf
    factloom update out --replace report.txt --remove old-report
    """
    from factloom.update import update_graph

    with building.logged(log_file):
        built = update_graph(
            directory, add=add, replace=replace, remove=remove, workers=workers, watch=building.progress
        )
        building.finish(built)
