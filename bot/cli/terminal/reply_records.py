"""Reply -> the JSON object that programs read; they rely on its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retrieval.answer.presentation import path_of, shown_of
from retrieval.core.model import Answer, NoAnswer, shown
from retrieval.ingestion.dates import iso_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Article, Quote, Reply, Span


def reply_record(
    reply: Reply,
    *,
    id: object,  # noqa: A002 - it is called that
    elapsed_ms: float,
    library: str,
) -> dict[str, Any]:
    """One object for a reply. `id` is the caller's own or that of the log, `library` the articles' fingerprint."""
    reason: str | None
    quotes: Sequence[Quote]
    nearest: Sequence[Quote]
    match reply:
        case Answer():
            outcome, reason, quotes, nearest = "answer", None, reply.quotes, ()
        case NoAnswer():
            outcome, reason, quotes, nearest = "no_answer", reply.reason.value, (), reply.nearest
    return {
        "id": id,
        "question": reply.query.question,
        "outcome": outcome,
        "tentative": isinstance(reply, Answer) and reply.tentative,
        "reason": reason,
        "confidence": round(reply.confidence, 4),
        "elapsed_ms": round(elapsed_ms, 3),
        "library": library,
        "quotes": [_quote(rank, quote) for rank, quote in enumerate(quotes, 1)],
        "nearest": [_quote(rank, quote) for rank, quote in enumerate(nearest, 1)],
    }


def source_record(article: Article) -> dict[str, Any]:
    """Give what identifies an article."""
    return {
        "file": article.file,
        "name": article.name,
        "date": iso_date(article.date, article.precision) if article.date else None,
        "url": article.url,
        "sha256": article.sha256,
    }


def span_record(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _quote(rank: int, quote: Quote) -> dict[str, Any]:
    return {
        "rank": rank,
        **source_record(quote.article),
        **span_record(quote.span),
        "text": quote.text,
        "shown": shown_of(quote.article, quote.span).text,
        "path": list(path_of(quote.article, quote.span)),
        "sentences": [span_record(sentence) for sentence in quote.sentences],
        "score": round(quote.score, 4),
        "copies": [
            {"file": copy.article.file, "name": copy.article.name, **span_record(copy.span)} for copy in quote.copies
        ],
    }


def explanation_record(reply: Reply) -> dict[str, Any]:
    """How the question was read, and the parts of each passage's score, in the order of `quotes` or `nearest`."""
    return {
        "words": [
            {"word": word.word, "sentences": word.sentences, "also": list(word.also)} for word in reply.query.terms
        ],
        "parts": [{part.name: round(part.value, 4) for part in quote.parts} for quote in shown(reply)],
    }
