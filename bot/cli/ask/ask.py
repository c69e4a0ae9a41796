"""`quoth ask`: one question, or a file of them, answered with quotations, as text or as JSON."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app.answering import open_desk
from bot.cli.ask.asked_of import AfterOption, BeforeOption, CollectionOption, asked_of
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.exit_codes import ANSWERED, NO_ANSWER, InputError
from bot.cli.terminal.json_lines import read_json_lines
from bot.cli.terminal.options import Json, Limit, Seeds, Source
from bot.cli.terminal.reply_printer import show_explanation, show_reply
from bot.cli.terminal.reply_records import explanation_record, reply_record
from bot.cli.terminal.startup import no_garbage
from bot.cli.terminal.terminal import Terminal, print_json
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.core.model import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config.settings import Settings
    from bot.services.receipts import Receipt
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.core.query_model import Query
    from retrieval.search.article_filter import ArticleFilter

From = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help='Answer each line of FILE, such as {"id": "q1", "question": "Who leads now?"}; - is standard input. '
        "It follows up the question, or the list of them, that it has as “after”. Nothing is logged.",
        show_default=False,
    ),
]

PLACE = RequestOrigin(Surface.TERMINAL)
EXAMPLE = '{"id": "q1", "question": "Who leads the group now?"}'


def ask(
    question: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUESTION", help="The question, with or without quotation marks.", show_default=False),
    ] = None,
    *,
    json: Json = False,
    from_: From = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show which words counted, and what each passage scored for.")
    ] = False,
    limit: Limit = None,
    source: Source = None,
    collection: CollectionOption = None,
    before: BeforeOption = None,
    after: AfterOption = None,
    seeds: Seeds = None,
    no_log: Annotated[bool, typer.Option("--no-log", help="Keep the question out of the query log.")] = False,
) -> None:
    """Ask a question and get the sentences that answer it.

    Each quotation is word for word from an article, with its source below
    it. If none of the articles answers, quoth says so and shows the closest
    passages. What stands in quotation marks within the question is looked
    for word for word; in a line of --from only where it has “exact”: true.

    [bold]Examples[/bold]

      quoth ask "Who leads the group now?"
      quoth ask --seeds ~/articles --limit 5 "What happened in April?"
      quoth ask --collection minutes --before 2019 "Who chairs the board?"
      quoth ask --json --from questions.jsonl > answers.jsonl

    [bold]Exit status[/bold]

      0 answered, 1 no answer, 2 wrong use or settings, 3 something broken.
      With --from it is 0 once every line has been answered or refused.
    """
    with no_garbage():
        settings = settings_for(_problems(question, from_), seeds=seeds, limit=limit)
        answerer = answerer_for(settings)
        narrowed = asked_of(answerer, source=source, collections=collection, before_=before, after_=after)
        asking = QuestionPrinter(answerer, narrowed, json=json, explain=explain, weaker=limit is not None)
    if from_ is None:
        raise typer.Exit(asking.one(" ".join(question or ()), log_of=None if no_log else settings))
    asking.all_of(from_)


def _problems(question: list[str] | None, from_: Path | None) -> list[str]:
    if not question and from_ is None:
        return ["There is no question; write one after `quoth ask`, or name a file of questions with --from."]
    if question and from_ is not None:
        return [f"There is both a question and --from {from_}; give only one of them."]
    return []


class QuestionPrinter:
    """One way of asking and of printing replies; questions are `narrowed` to some of the articles.

    With `weaker`, passages are quoted that have not earned it, as many as there may be.
    """

    def __init__(
        self, answerer: Answerer, narrowed: ArticleFilter, *, json: bool, explain: bool, weaker: bool = False
    ) -> None:
        self.answerer = answerer
        self.narrowed = narrowed
        self.json = json
        self.explain = explain
        self.weaker = weaker
        self.terminal = Terminal()

    def one(self, question: str, *, log_of: Settings | None) -> int:
        """Print the reply to `question`, logged where `log_of` says, and give the exit status."""
        if log_of is None:
            reply, elapsed_ms = self._timed(question, exact=True)
            self._print(reply, None, elapsed_ms)
        else:
            receipt = asyncio.run(self._logged(question, log_of))
            reply = receipt.reply
            row = receipt.id if receipt.logged else None
            self._print(reply, row, receipt.elapsed_ms, row=row)
        return ANSWERED if isinstance(reply, Answer) else NO_ANSWER

    def all_of(self, file: Path) -> None:
        """Print the replies to the questions in `file`, each as soon as it is there."""
        for number, line in enumerate(read_json_lines(file, EXAMPLE, id=(str, int, float), question=str)):
            earlier = _earlier(line.get("after"), line["id"])
            if not self.json:
                if number:
                    self.terminal.print()
                self.terminal.say(f"{line['id']}: {line['question']}", "bold")
                self.terminal.print()
            reply, elapsed_ms = self._timed(line["question"], earlier, exact=line.get("exact") is True)
            self._print(reply, line["id"], elapsed_ms)

    async def _logged(self, question: str, settings: Settings) -> Receipt:
        async with open_desk(settings, self.answerer) as desk:
            return await desk.ask(question, PLACE, file=self.narrowed.file, weaker=self.weaker, asked_of=self.narrowed)

    def _timed(self, question: str, earlier: Sequence[str] = (), *, exact: bool) -> tuple[Reply, float]:
        """The reply to `question`, which may follow up the `earlier` ones, and the milliseconds that it took alone."""
        after: Query | None = None
        for one in earlier:
            after = self.answerer.analyze(one, after=after).query
        started = time.perf_counter()
        reply = self.answerer.answer(question, after=after, weaker=self.weaker, asked_of=self.narrowed, exact=exact)
        return reply, (time.perf_counter() - started) * 1000

    def _print(self, reply: Reply, called: str | float | None, elapsed_ms: float, *, row: str | None = None) -> None:
        """Print a reply. `called` is the id in the JSON, `row` that of the log which people are shown."""
        if self.json:
            record: dict[str, Any] = reply_record(
                reply, id=called, elapsed_ms=elapsed_ms, library=self.answerer.library.fingerprint
            )
            print_json({**record, **({"explanation": explanation_record(reply)} if self.explain else {})})
            return
        show_reply(self.terminal, reply, sources=self.narrowed.count(self.answerer.corpus), id=row)
        if self.explain:
            show_explanation(self.terminal, reply)


def _earlier(after: object, of: object) -> list[str]:
    """The questions that a line says were asked before it, oldest first. Raises InputError where they are none."""
    match after:
        case None:
            return []
        case str():
            return [after]
        case list() if all(isinstance(question, str) for question in after):
            return after
    raise InputError(f"The question {of} has an “after” that is no question; give one in quotation marks, or a list.")
