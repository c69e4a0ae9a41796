"""Whether a reply is of the time that a question names, and the question without it.

"Who led the group in 2014?" asks for what was in 2014, and a source of any day may say it; "What did the council decide
before 2019?" asks for what the sources of that time say. So a time narrows a question only where what was found is not
of that time: neither does the passage name it, nor is its source of it.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import stem
from retrieval.analysis.visible_text import seen
from retrieval.answer.presentation import path_of
from retrieval.core.model import DatePrecision, shown
from retrieval.ingestion.date_ranges import days_of

if TYPE_CHECKING:
    from retrieval.core.model import Quote, Reply
    from retrieval.index.corpus import Corpus
    from retrieval.query.time_expressions import QuestionTime

SAME_EVENTS = {"meeting": ("minutes", "session"), "minutes": ("meeting",), "session": ("meeting", "minutes")}
MOST_DATED = 1000  # of the newest articles, whose titles are looked at for an event
NAMED = re.compile(r"[12]\d{3}|January|February|March|April|May|June|July|August|September|October|November|December")


def speaks_of(reply: Reply, time: QuestionTime) -> bool:
    """Whether the first passage of a reply names the time that the question names, or its source is of that time."""
    first = next(iter(shown(reply)), None)
    return first is not None and (_is_of(first, time) or _names(first, reply.query.question, time))


def without_time(question: str, time: QuestionTime) -> str:
    """The question without the stretch that names a time; as it is where nothing else would be left."""
    rest = f"{question[: time.span.start].rstrip()} {question[time.span.end :].lstrip()}"
    rest = re.sub(r"\s+([?.!,])", r"\1", rest).strip(" ,")
    return rest if any(letter.isalnum() for letter in rest) else question


def _is_of(quote: Quote, time: QuestionTime) -> bool:
    article = quote.article
    return article.date is not None and days_of(article.date, article.precision).meets(*time.period)


def _names(quote: Quote, question: str, time: QuestionTime) -> bool:
    said = set(NAMED.findall(" ".join((seen(quote.article, quote.span), *path_of(quote.article, quote.span)))))
    if None in time.period:  # "before 2017" is not spoken of where 2017 is: a year of that time is to be named
        years = (datetime.date(int(year), 1, 1) for year in said if year.isdecimal())
        return any(days_of(year, DatePrecision.YEAR).meets(*time.period) for year in years)
    asked = set(NAMED.findall(question[time.span.start : time.span.end].title()))
    return bool(asked) and asked <= said


def last_day_of(event: str, corpus: Corpus) -> datetime.date | None:
    """The day of the last article that is about such an event by its title; None where there is none."""
    terms = {stem(word) for word in (event, *SAME_EVENTS.get(event, ()))}
    numbers = {corpus.vocabulary.get(term, -1) for term in terms}
    dated = sorted(((days.first, place) for place, days in enumerate(corpus.groups.dates) if days), reverse=True)
    for day, place in dated[:MOST_DATED]:
        if numbers & set(corpus.title_terms(place).tolist()):
            return day
    return None
