"""The `tracker` command: which instance, which exit status, and one line on stderr for what went
wrong.

The commands live beside this file.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import IO, Any

import click

from tracker import __version__
from tracker.config import WrongSetting


class CommandProblem(click.ClickException):
    """A problem in the input, said in one line with what to do: exit status 1.

    (Usage, or no instance: 2.)
    """

    exit_code = 1

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(" ".join(self.format_message().split()), err=True)


class OneLine(click.Group):
    """Errors are one line on stderr.

    What the record refuses ends with 1, a wrong setting or a missing instance with 2.
    """

    def list_commands(self, context: click.Context) -> list[str]:
        self._gather()
        return super().list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Those of the installation are there; the others, and what they need, are loaded if one is
        asked for: a server starts without the import.
        """
        command = super().get_command(context, name)
        if command is None or isinstance(command, click.Group):
            self._gather()
            command = super().get_command(context, name)
        return command

    def _gather(self) -> None:
        from . import collected

        collected.add_to(self)

    def invoke(self, context: click.Context) -> Any:
        from sqlalchemy.exc import DatabaseError

        from tracker.formatting import refusal_sentences, trouble_words
        from tracker.rules.permissions import NotAllowed
        from tracker.rules.refusals import Refused
        from tracker.storage import StorageTrouble, trouble_of

        try:
            return super().invoke(context)
        except WrongSetting as wrong:
            click.echo(" ".join(str(wrong).split()), err=True)
            context.exit(2)
        except (Refused, NotAllowed) as no:
            raise CommandProblem(refusal_sentences.error_sentence(no)) from no
        except DatabaseError as wrong:
            trouble = trouble_of(wrong)
            if trouble is not None:
                raise CommandProblem(
                    f"{trouble_words.what(trouble)} What this command had not yet recorded "
                    "is not on record. `tracker doctor` says more."
                ) from wrong
            raise CommandProblem(
                f"The database cannot be used ({str(wrong.orig).strip().splitlines()[0]}). "
                "`tracker doctor` says more."
            ) from wrong
        except OSError as wrong:
            if trouble_of(wrong) is StorageTrouble.DISK_FULL:
                raise CommandProblem(
                    f"{trouble_words.what(StorageTrouble.DISK_FULL)} {wrong.filename or 'A file'} "
                    "could not be written."
                ) from wrong
            raise CommandProblem(
                f"{wrong.filename or 'A file'} cannot be used ({wrong.strerror or wrong}): see to "
                "its place and its rights."
            ) from wrong


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
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
    from . import collected

    gc.set_threshold(NEW_OBJECTS)
    collected.add_to(tracker, collected.MODULES[:1])
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
