"""`quoth doctor`: what would fail, and what to do about it."""

import typer

from bot.cli.terminal.options import Json, Seeds


def doctor(*, json: Json = False, seeds: Seeds = None) -> None:
    """Check the settings, the articles, the log and the token, and say what would fail and what to do.

    Of the token only the shape is checked; it is never shown, and Discord
    is not asked.

    [bold]Exit status[/bold]

      0 all is well, 2 something would fail

    [bold]Examples[/bold]

      quoth doctor
      quoth doctor --json
    """
    from bot.cli.operate.doctor_run import examine  # noqa: PLC0415 - the help comes at once: it does without what is behind

    raise typer.Exit(examine(seeds, json=json))
