"""The `tracker` command: which instance, which exit status, and one line on stderr for what went
wrong.

The commands live beside this file.
"""

from __future__ import annotations

import atexit
import gc
import sys
from pathlib import Path
from typing import IO, Any

import click

from tracker import __version__
from tracker.config import WrongSetting

from . import collected


class CommandProblem(click.ClickException):
    """A problem in the input, said in one line with what to do: exit status 1.

    (Usage, or no instance: 2.)
    """

    exit_code = 1

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(" ".join(self.format_message().split()), err=True)


class Tracker(click.Group):
    """Imports the module of a command when it is called.

    Errors are one line on stderr. What the record refuses ends with 1, a wrong setting or a missing
    instance with 2.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(collected.MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return collected.load(name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """As click does, without importing what the commands need."""
        width = formatter.width - 6 - max(map(len, collected.SUMMARIES))
        summaries = [
            (name, click.Command(name, help=summary).get_short_help_str(width))
            for name, summary in collected.SUMMARIES.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(summaries)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except WrongSetting as wrong:
            click.echo(" ".join(str(wrong).split()), err=True)
            context.exit(2)
        except (click.ClickException, click.exceptions.Exit, click.exceptions.Abort):
            raise
        except Exception as wrong:
            from . import failures  # imported where it is needed: it knows the database's errors

            problem = failures.sentence_of(wrong)
            if problem is None:
                raise
            raise CommandProblem(problem) from wrong


@click.group(cls=Tracker, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--instance",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="TRACKER_INSTANCE",
    default=Path("instance"),
    help="The folder of this installation's data. Default: ./instance, or TRACKER_INSTANCE.",
)
@click.version_option(__version__, prog_name="tracker")
@click.pass_context
def tracker(context: click.Context, instance: Path) -> None:
    """Did what our convention adopted lead anywhere? The record of its items, and its reports."""
    context.obj = instance


NEW_OBJECTS = 50_000
"""After so many new objects the garbage collector looks at them; Python's own number is 700. What
a command loads stays until it ends, and was looked at again and again: 0.36 of 8 seconds of the
demonstration.
"""


def main() -> None:
    """The console script."""
    gc.set_threshold(NEW_OBJECTS)
    # Else the collector looks at all that was loaded, several times, as the interpreter ends: a
    # third of a short command. What has to be closed is closed by then.
    atexit.register(gc.freeze)
    try:
        left = tracker.main(prog_name="tracker", standalone_mode=False)  # however it was started
    except click.exceptions.Abort:
        click.echo("Interrupted; nothing was changed.", err=True)
        sys.exit(1)
    except click.UsageError as wrong:
        hint = f" Try `{wrong.ctx.command_path} --help`." if wrong.ctx else ""
        sentence = (
            "Say which command."
            if isinstance(wrong, click.exceptions.NoArgsIsHelpError)
            else wrong.format_message()
        )
        click.echo(" ".join((sentence + hint).split()), err=True)
        sys.exit(2)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    sys.exit(left if isinstance(left, int) else 0)
