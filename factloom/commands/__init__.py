"""The commands of the command line: one command, one small module, one line in `COMMANDS`.

A module holds the options of its command and calls into the rooms; heavy imports wait inside the
functions, so that `--help` is quick.
"""

from __future__ import annotations

import click

from factloom.commands import (
    build,
    check,
    diff,
    explain,
    export,
    infer,
    learn,
    ontology,
    page,
    query,
    serve,
    statements,
    update,
)

# In the order of use, which `--help` keeps.
COMMANDS: tuple[click.Command, ...] = (
    build.build,
    update.update,
    statements.statements,
    query.query,
    export.export,
    page.page,
    explain.explain,
    learn.learn,
    check.check,
    infer.infer,
    ontology.ontology,
    diff.diff,
    serve.serve,
)
