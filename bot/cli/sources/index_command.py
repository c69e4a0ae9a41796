"""`quoth index`: what is read from the articles, and what is not."""

from bot.cli.terminal.options import Json, Seeds


def index(*, json: Json = False, seeds: Seeds = None) -> None:
    """Read the articles and say what was found in them, and every problem.

    Nothing has to be indexed beforehand. Of many articles an index is kept
    in the data folder, and made anew when one of them has changed.

    [bold]Examples[/bold]

      quoth index
      quoth index --seeds ~/articles --json
    """
    from bot.cli.sources.run import show_index  # noqa: PLC0415 - the help comes at once: it does without what is behind

    show_index(seeds, json=json)
