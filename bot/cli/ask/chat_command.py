"""`quoth chat`: the question desk as a chat in the terminal."""

import typer

from bot.cli.terminal.options import Limit, Seeds


def chat(*, limit: Limit = None, seeds: Seeds = None) -> None:
    """Ask one question after the other.

    A question may follow up the last one, such as "and in Iraq?" or "when
    was he killed?"; the line below the answer says with which of its words
    it was read. The arrow keys bring back earlier questions, Tab completes
    the names of sources.

    [bold]While you are there[/bold]

      /sources      the sources and their dates
      /from NAME    ask that source alone; /from by itself asks all again
      /new          forget the last question; the next stands by itself
      /help         these lines
      /quit         leave, as Ctrl-D does

    [bold]Examples[/bold]

      quoth chat
      quoth chat --seeds ~/articles
      echo "Who leads the group now?" | quoth chat
    """
    from bot.cli.ask.chat_run import chat_at_desk  # noqa: PLC0415 - the help comes at once: it does without what is behind
    from bot.cli.terminal.articles import answerer_for, settings_for  # noqa: PLC0415

    settings = settings_for(seeds=seeds, limit=limit)
    raise typer.Exit(chat_at_desk(settings, answerer_for(settings)))
