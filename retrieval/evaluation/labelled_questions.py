"""Labelled questions: each with the places of the articles that answer it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from retrieval.answer.verification import verify
from retrieval.core.errors import QuestionError
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.core.model import Article, Sentence

SHAPES = '{"file": "article.md", "quote": "its words"} or {"file": "article.md", "start": 0, "end": 42}'
LONGEST_SHOWN = 80  # characters of a value in a message


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the places that answer it, by file; none where the articles do not answer it.

    `kind` is what sort of question it is, in the words of whoever labelled it; "" where they do not say.
    """

    id: str
    text: str
    gold: tuple[tuple[str, Span], ...]
    kind: str = ""

    def answered_by(self, sentence: Sentence) -> bool:
        """Whether a sentence and a gold place cover each other by half of the shorter one."""
        return self.answered_at(sentence.article.file, sentence.span)

    def answered_at(self, file: str, span: Span) -> bool:
        """The same for any stretch of an article."""
        return any(file == home and _covers(span, place) for home, place in self.gold)


def _covers(a: Span, b: Span) -> bool:
    both = min(a.end, b.end) - max(a.start, b.start)
    return both > 0 and both >= 0.5 * min(len(a), len(b))


def question_of(row: Mapping[str, Any], articles: Mapping[str, Article], *, where: str, id: str) -> Question:  # noqa: A002 - it is called that
    """The question in `row`: {"id", "question", "kind", "gold": [{"file", "start", "end"} or {"file", "quote"}]}.

    `articles` are those of the library, by file. A quote is where it first stands word for word, or, where it stands
    nowhere so, but for typography (see answer.verification). `id` is used where the row has none; other keys are left
    alone. Raises QuestionError, a sentence that begins with `where`.
    """
    called = row.get("id")
    gold = tuple(_place(place, articles, where) for place in row["gold"])
    kind = row.get("kind")
    return Question(
        id if called is None else str(called), row["question"], gold, kind.strip() if isinstance(kind, str) else ""
    )


def _place(place: object, articles: Mapping[str, Article], where: str) -> tuple[str, Span]:
    match place:
        case {"file": str(file), "start": int(start), "end": int(end)} if type(start) is type(end) is int:
            article = _article(file, articles, where)
            return file, _checked(Span(start, end), article, where)
        case {"file": str(file), "quote": str(quote)} if quote.strip():
            return file, _found(quote, _article(file, articles, where), articles, where)
    shown = _short(json.dumps(place, ensure_ascii=False))
    raise QuestionError(f"{where} has {shown} in “gold”; write {SHAPES}.")


def _article(file: str, articles: Mapping[str, Article], where: str) -> Article:
    if file in articles:
        return articles[file]
    near = process.extractOne(file, articles.keys(), scorer=fuzz.WRatio, score_cutoff=70)
    hint = f"did you mean “{near[0]}”?" if near else "`quoth sources` lists them."
    raise QuestionError(f"{where} names the file “{_short(file)}”, which is none of the articles; {hint}")


def _checked(span: Span, article: Article, where: str) -> Span:
    if 0 <= span.start < span.end <= len(article.text):
        return span
    raise QuestionError(
        f"{where} gives the place {span.start} to {span.end} of {article.file}, which has the characters 0 to "
        f"{len(article.text)}; count again, or give the words as “quote”."
    )


def _found(quote: str, article: Article, articles: Mapping[str, Article], where: str) -> Span:
    if (start := article.text.find(quote)) >= 0:
        return Span(start, start + len(quote))
    verdict = verify(quote, [article])
    if verdict.places:
        return verdict.places[0].span
    elsewhere = [place.article.file for place in verify(quote, list(articles.values())).places]
    if elsewhere:
        hint = f"it is in {elsewhere[0]}."
    elif verdict.nearest:
        hint = f"nearest there is “{_short(' '.join(verdict.nearest.text.split()))}”: copy the words from the article."
    else:
        hint = "copy the words from the article."
    raise QuestionError(f"{where} quotes “{_short(quote)}”, which is not in {article.file}; {hint}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
