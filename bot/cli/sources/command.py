"""`quoth sources`: the articles that are asked."""

from bot.cli.terminal.options import Json, Seeds


def sources(*, json: Json = False, seeds: Seeds = None) -> None:
    """List the sources: name, date, sentences, file.

    [bold]Examples[/bold]

      quoth sources
      quoth sources --seeds ~/articles --json
    """
    from bot.cli.sources.run import list_sources  # noqa: PLC0415 - the help comes at once: it does without what is behind

    list_sources(seeds, json=json)
