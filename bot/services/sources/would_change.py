"""What a new source would change: past questions asked again of the articles with it, before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.question_request import QuestionRequest
from bot.services.review.replay import compare
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.store.log_row import Outcome
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer
from retrieval.index.writer.update import with_articles
from retrieval.ingestion.file_articles import articles_in
from retrieval.ingestion.source_folders import with_about

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from bot.services.review.replay import Replayed
    from bot.services.sources.source_draft import SourceDraft
    from bot.store.log_row import LogRow
    from retrieval.index.corpus import Corpus

SAMPLE = 60  # questions that are asked again
LOOKED_AT = 400  # rows of the log among which they are chosen


@dataclass(frozen=True, slots=True)
class WouldChange:
    """`asked` is how many questions were asked again, `other` those that the source would have answered otherwise.

    Of these `answered` had no answer before: the gaps that it would close. `place` is the source's path.
    """

    asked: int
    other: tuple[Replayed, ...]
    answered: tuple[Replayed, ...]
    place: str = ""

    def passage(self, one: Replayed) -> str:
        """What the source itself says to a question; "" where it only changes what others are quoted with."""
        own = (quote for quote in one.new if f"{quote.article.file}/".startswith(f"{self.place}/"))
        return next((quote.text for quote in own), "")


def sample(rows: Sequence[LogRow]) -> list[LogRow]:
    """The questions to ask again, of the newest rows: each once, those without an answer first.

    Left out is what was asked of one article alone, or followed up another question.
    """
    seen: set[str] = set()
    found = []
    for row in rows:
        key = " ".join(row.question.casefold().split())
        if key and key not in seen and not row.narrowed_to and not row.follows:
            seen.add(key)
            found.append(row)
    found.sort(key=lambda row: row.outcome is Outcome.ANSWER)  # a stable sort: the newest stay first
    return found[:SAMPLE]


def answerers(answerer: Answerer, draft: SourceDraft, hidden: Container[str]) -> tuple[Answerer | None, Answerer]:
    """The answerer as it is (None where it has nothing), and the one with the draft, or with it in a source's place.

    What is in the `hidden` collections is in neither: it must not tell by anything that it is there.
    """
    contents = with_about(articles_in(draft.place, draft.content), draft.about)
    if not contents.articles:
        raise SourceStoreError(SourceProblem.NOT_READ, draft.place)
    files = answerer.corpus.files()
    others = [file for file, name in zip(files, answerer.corpus.groups.collections, strict=True) if name in hidden]
    replaced = [file for file in files if f"{file}/".startswith(f"{draft.place}/")]
    after = _like(answerer, with_articles(answerer.corpus, contents.articles, {*others, *replaced}))
    if not others:
        return answerer, after
    return (_like(answerer, with_articles(answerer.corpus, (), others)) if len(others) < len(files) else None), after


def _like(answerer: Answerer, corpus: Corpus) -> Answerer:
    return Answerer(
        corpus.library,
        corpus=corpus,
        limit=answerer.limit,
        min_confidence=answerer.min_confidence,
        sure_confidence=answerer.sure_confidence,
    )


def would_change(answerer: Answerer, draft: SourceDraft, rows: Sequence[LogRow]) -> WouldChange:
    """Ask the questions of the log again with a draft, and say what would be answered otherwise. It blocks."""
    return summed_up([*each_change(answerer, draft, rows)], draft.place)


def summed_up(steps: Sequence[Replayed | None], place: str) -> WouldChange:
    """The steps of `each_change` together."""
    other = tuple(step for step in steps if step is not None)
    answered = tuple(one for one in other if one.row.outcome is not Outcome.ANSWER and isinstance(one.reply, Answer))
    return WouldChange(len(steps), other, answered, place)


def each_change(
    answerer: Answerer, draft: SourceDraft, rows: Sequence[LogRow], hidden: Container[str] = ()
) -> Iterator[Replayed | None]:
    """For each question what the draft would change, None where nothing: one step after the other.

    Each is asked of the articles as they are, too: what has changed since it was logged is not the draft's doing. Only
    an answer counts, and a refusal that becomes one; the passages that come closest to a refused question do not.
    """
    before, after = answerers(answerer, draft, hidden)
    for row in sample(rows):
        request = QuestionRequest(row.question, row.surface, limit=row.at_most or answerer.limit)
        now, then = request.of(after), request.of(before) if before else None
        is_same = isinstance(now, Answer) == isinstance(then, Answer) and (
            not isinstance(now, Answer)
            or not isinstance(then, Answer)
            or [(one.article.file, one.text) for one in now.quotes]
            == [(one.article.file, one.text) for one in then.quotes]
        )
        yield None if is_same else compare(row, now)
