"""`quoth chat`: the question desk as a chat in the terminal, line by line."""

from __future__ import annotations

import asyncio
import io
import sys
import time
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.app.answering import open_desk, refresh
from bot.cli.sources.sources import sentences_by_file
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Limit, Seeds
from bot.cli.terminal.prompt import Prompt
from bot.cli.terminal.reply_printer import show_reply
from bot.cli.terminal.source_lookup import find_source
from bot.cli.terminal.tables import show_sources
from bot.cli.terminal.terminal import Terminal
from bot.i18n import counted
from bot.services.article_watcher import new_problems, what_changed
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.core.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config.settings import Settings
    from bot.services.question_service import Desk
    from bot.services.receipts import PreviousTurn
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Article

PLACE = RequestOrigin(Surface.TERMINAL)
LOOKED = 1.0  # seconds for which a look at the articles holds: there may be tens of thousands
AFRESH = "Was it not meant as a follow-up? Say /new, and ask it again."
COMMANDS = {
    "/sources": "list the sources and their dates",
    "/from NAME": "ask only that source; /from alone goes back to all",
    "/new": "forget the last question; the next one starts afresh",
    "/help": "show these lines",
    "/quit": "leave, as Ctrl-D does",
}


def chat(*, limit: Limit = None, seeds: Seeds = None) -> None:
    """Ask one question after another.

    A question may follow up the last one, such as "and in Iraq?" or "when
    was he killed?"; the line below the answer says which of its words were
    taken over. The arrow keys bring back earlier questions, Tab completes
    the names of sources.

    [bold]In the chat[/bold]

      /sources      list the sources and their dates
      /from NAME    ask only that source; /from alone goes back to all
      /new          forget the last question; the next one starts afresh
      /help         show these lines
      /quit         leave, as Ctrl-D does

    [bold]Examples[/bold]

      quoth chat
      quoth chat --seeds ~/articles
      echo "Who leads the group now?" | quoth chat
    """
    settings = settings_for(seeds=seeds, limit=limit)
    chat_at_desk(settings, answerer_for(settings))


def chat_at_desk(settings: Settings, answerer: Answerer) -> None:
    """Answer each line of standard input until it ends, with a prompt where a person types."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        desk = runner.run(stack.enter_async_context(open_desk(settings, answerer)))
        try:
            Chat(settings, desk, runner).run()
        finally:
            runner.run(stack.aclose())


class Chat:
    """One chat: what was said, what the next question may follow up, and to which source it is narrowed."""

    def __init__(self, settings: Settings, desk: Desk, runner: asyncio.Runner) -> None:
        self.settings = settings
        self.desk = desk
        self.runner = runner
        self.terminal = Terminal()
        self.articles = desk.answerer.library.articles
        self.looked = time.monotonic()
        self.trouble = ""
        self.source: Article | None = None
        self.last: PreviousTurn | None = None
        self.has_followed = False
        self.asked = 0
        self.logged = 0

    def run(self) -> None:
        """Take one line after the other."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            for line in _lines_of_a_pipe():
                if not self.take(line):
                    return
            return
        sentences = len(self.desk.answerer.corpus.sentences)
        self.terminal.say(
            f"{counted(len(self.articles), 'source')}, {counted(sentences, 'sentence')}. "
            "Ask a question, or type /help. Ctrl-D leaves."
        )
        with Prompt(self.settings.data / "chat_history", list(COMMANDS), self._names) as prompt:
            while (typed := prompt.ask("\n? ")) is not None and self.take(typed):
                pass
        self.terminal.say(f"Goodbye. {self._logged()}")

    def take(self, line: str) -> bool:
        """Do what a line says; False where it is to leave."""
        words = line.strip()
        if not words:
            return True
        self._look_again()
        if words.startswith("/"):
            return self._obey(words)
        if self.asked and not sys.stdin.isatty():
            self.terminal.print()
        file = self.source.file if self.source else None
        receipt = self.runner.run(self.desk.ask(words, PLACE, follows=self.last, file=file))
        self.asked += 1
        self.logged += receipt.logged
        self.last = receipt.turn or self.last
        sources = None if self.source else len(self.articles)  # of one alone there is nothing to count
        show_reply(self.terminal, receipt.reply, sources=sources, id=receipt.id if receipt.logged else None)
        if receipt.reply.query.carried and not self.has_followed:
            self.has_followed = True
            self.terminal.say(AFRESH, "dim")
        return True

    def _names(self) -> list[str]:
        return [article.name for article in self.articles]

    def _look_again(self) -> None:
        """Answer from the articles as they are now, unless QUOTH_WATCH is 0; say on stderr what has changed."""
        if not self.settings.watch or time.monotonic() - self.looked < LOOKED:
            return
        terminal = Terminal(stderr=True)
        before = self.desk.answerer
        try:
            after, change = refresh(self.settings, before)
        except LibraryError as error:
            if str(error) != self.trouble:  # said once is enough
                terminal.say(f"The articles could not be read again, so the earlier ones are used: {error}")
            self.trouble = str(error)
            return
        finally:
            self.looked = time.monotonic()
        self.trouble = ""
        if any(change):
            terminal.say(what_changed(after, change))
        for problem in new_problems(before, after):
            terminal.say(problem)
        self.desk.answerer = after
        self.articles = after.library.articles
        if self.source and not after.corpus.sentences_in(self.source.file):
            terminal.say(
                f"“{self.source.name}” is gone, so all {counted(len(self.articles), 'source')} are asked again."
            )
            self.source = None

    def _obey(self, words: str) -> bool:
        command, _, name = words.partition(" ")
        match command:
            case "/quit" | "/exit":
                return False
            case "/help":
                for what, does in COMMANDS.items():
                    self.terminal.say(f"{what:<12}{does}")
            case "/sources":
                show_sources(self.terminal, self.articles, sentences_by_file(self.desk.answerer))
            case "/new":
                self.last = None
                self.terminal.say("The next question starts afresh.")
            case "/from":
                self._narrow(name.strip())
            case _:
                self.terminal.say(f"There is no command {command}; /help lists them all.")
        return True

    def _narrow(self, name: str) -> None:
        if not name:
            self.source = None
            self.terminal.say(f"All {counted(len(self.articles), 'source')} are asked.")
            return
        try:
            self.source = find_source(name, self.articles)
        except InputError as error:
            self.terminal.say(str(error))
        else:
            self.terminal.say(f"Only “{self.source.name}” is asked from now on; /from goes back to all.")

    def _logged(self) -> str:
        if not self.asked:
            return "Nothing was asked."
        if self.logged == self.asked:
            where = f"{'is' if self.asked == 1 else 'are'} in the log {self.settings.log_name}"
            return f"{counted(self.asked, 'question')} {where}."
        return f"{counted(self.asked, 'question')}, {self.logged:,} of them in the log {self.settings.log_name}."


def _lines_of_a_pipe() -> Iterator[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a badly encoded line is a question like any other
    yield from sys.stdin
