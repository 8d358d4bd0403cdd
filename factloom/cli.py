"""The front of the command line: the group of commands, and errors told in one line.

Exit codes: 0 done; 1 done, with inputs that could not be read; 2 wrong use, told in one line. The commands
themselves are in `factloom.commands`. Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from factloom.commands import COMMANDS
from factloom.ontology.errors import FactloomError, UnknownNameError


class _Commands(click.Group):
    """Lists commands in the order of use, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def get_command(self, ctx: click.Context, name: str) -> click.Command:
        if name not in self.commands:
            raise UnknownNameError("command", name, self.commands)
        return self.commands[name]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): nothing is wrong, and Python's own flush at
            # the end must not say so.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="factloom", message="%(prog)s %(version)s")
def cli() -> None:
    """Read documents into a knowledge graph in which every edge can show the sentence it came from.

    \b
    factloom build articles/ -o out        then open out/graph.html
    factloom explain out "Doubao"          why the graph says what it says
    factloom query out "SELECT ?s ?o { ?s fl:acquires ?o }"
    """


for _command in COMMANDS:
    cli.add_command(_command)


def main() -> None:
    """Run the command line; errors made for the user are one line and exit code 2."""
    try:
        cli.main(prog_name="factloom", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.UsageError as error:
        asked = f"; see {error.ctx.command_path} --help" if error.ctx else ""
        _fail(error.format_message().rstrip(".") + asked)
    except click.Abort:
        _fail("stopped", code=130)
    except FactloomError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'input or output'}: {error.strerror or error}")


def _fail(message: str, *, code: int = 2) -> None:
    click.echo(f"factloom: {' '.join(message.split())}", err=True)
    sys.exit(code)
