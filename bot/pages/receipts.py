"""One row of the log as a page: the question, the answer as it was given, and all that is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, ngettext, number
from bot.pages.collection_pages import collection_name
from bot.pages.log import alone, asked, became, how, votes, when, withdrawn
from bot.pages.markdown import escape
from bot.pages.page import BODY, TITLE, Page
from bot.pages.phrases import joined, listed, quoted
from bot.pages.quoting import logged_quotation
from bot.services.asked_sources import asked_sources
from bot.services.review.explanation import Unexplained
from bot.store.log_columns import LogView
from bot.store.log_row import COLUMNS, Outcome
from retrieval.core.model import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.store.log_row import LoggedQuote, LogRow
    from retrieval.core.model import Article, Quote, Reply

DETAILS = 700  # units for what is kept beside the quotations
WHY = 1100  # units for the explanation
WHERE = 220  # units for the line below a quotation that says where it stands
FILE = 100
WORD = 40
MOST_WORDS = 8
MOST_PARTS = 4
FINGERPRINT = 19  # characters that tell one state of the articles from another


def receipt_page(row: LogRow, articles: Sequence[Article], *, library: str, why: Reply | Unexplained) -> Page:
    """Show a row; `articles` are those of today, and `library` is their fingerprint."""
    known = {article.sha256: article for article in articles}
    parts = ["\n".join(_details(row, library))]
    if row.quotes and row.outcome is Outcome.NO_ANSWER:
        parts.append(_("The closest passages, which were only suggested:"))
    each = (BODY - DETAILS - WHY) // max(len(row.quotes), 1) - 4
    for quote in row.quotes:
        quotation = logged_quotation(quote, known.get(quote.sha256), limit=each - WHERE)
        parts.append(f"{quotation}\n{_where(quote)}")
    parts.append(_explanation(why))
    return Page(title=asked(row.question, TITLE), body="\n\n".join(parts), footer=f"{alone()} · {row.id}")


def _details(row: LogRow, library: str) -> Iterator[str]:
    """Each line, as markdown, that says something of the row; columns without a line of ours have a plain one."""
    for _columns, line in LINES:
        if said := line(row, library):
            yield said
    for name, column in COLUMNS.items():
        if name not in SHOWN and LogView.RECEIPT_PAGE not in column.left_out:
            yield escape(f"{name}: {getattr(row, name)}", limit=FILE)


def _outcome(row: LogRow, _library: str) -> str:
    return " · ".join(filter(None, [became(row), withdrawn(row), f"{row.elapsed_ms:.1f} ms", votes(row)]))


def _when_and_where(row: LogRow, _library: str) -> str:
    place = f" <#{row.channel}>" if row.channel else ""
    return f"{when(row)} · {how(row.surface)}{place}"


def _asker(row: LogRow, _library: str) -> str:
    code = row.asker or _("someone unnamed")
    said = _("asked by {code}, and only they saw the answer") if row.private else _("asked by {code}")
    return escape(said.format(code=code))


def _previous(row: LogRow, _library: str) -> str:
    return escape(_("follows {id} and was read with its words").format(id=row.follows)) if row.follows else ""


def _source(row: LogRow, _library: str) -> str:
    asked_of = asked_sources(row).asked_of
    lines = [_("asked of {file} only").format(file=row.narrowed_to[:FILE])] if row.narrowed_to else []
    if asked_of.collections is not None:
        names = listed([collection_name(name) for name in sorted(asked_of.collections)])
        lines.append(_("asked of {file} only").format(file=names[:FILE]))
    if asked_of.after:
        lines.append(_("sources from {day} on").format(day=asked_of.after.isoformat()))
    if asked_of.before:
        lines.append(_("sources before {day}").format(day=asked_of.before.isoformat()))
    if row.asked_of and len(lines) == bool(row.narrowed_to):  # it says what was hidden alone
        lines.append(row.asked_of[:FILE])
    return escape(" · ".join(lines))


def _articles(row: LogRow, library: str) -> str:
    since = _("the same as today") if row.library == library else _("changed since")
    return escape(_("articles {fingerprint}, {since}").format(fingerprint=row.library[:FINGERPRINT], since=since))


def _version(row: LogRow, _library: str) -> str:
    return escape(f"quoth {row.version}")


# The columns that a line shows, and what writes it of a row and the fingerprint of today's articles; "" is no line.
LINES: tuple[tuple[tuple[str, ...], Callable[[LogRow, str], str]], ...] = (
    (("outcome", "withdrawn", "tentative", "reason", "confidence", "elapsed_ms", "up", "down"), _outcome),
    (("asked_at", "surface", "channel"), _when_and_where),
    (("asker", "private"), _asker),
    (("follows",), _previous),
    (("narrowed_to", "asked_of"), _source),
    (("library",), _articles),
    (("version",), _version),
)
SHOWN = {"id", "question", *(name for names, _line in LINES for name in names)}  # those two are at head and foot


def _where(quote: LoggedQuote) -> str:
    line = _("{file}, characters {start} to {end}, {score} points, sha256 {digest}")
    return escape(
        line.format(
            file=quote.file[-FILE:],
            start=quote.start,
            end=quote.end,
            score=f"{quote.score:.2f}",
            digest=quote.sha256[:12],
        ),
        limit=WHERE - 1,
    )


def _explanation(why: Reply | Unexplained) -> str:
    match why:
        case Unexplained.OTHER_ARTICLES:
            return _("I can no longer say why these are shown: the articles have changed.")
        case Unexplained.OTHER_REPLY:
            return _("I can no longer say why these are shown: today the same articles give a different answer.")
        case Unexplained.EARLIER_IS_GONE:
            return _("I can no longer say why these are shown: the question that it follows is no longer in the log.")
        case _:
            passages = [_parts(rank, quote) for rank, quote in enumerate(shown(why), 1)]
            return "\n".join([f"**{_('Why these')}**", escape(_words(why), limit=WHY // 2), *passages])


def _words(why: Reply) -> str:
    """Each word that counts with its number of sentences, and those that are in none."""
    found = [word for word in why.query.terms if word.sentences][:MOST_WORDS]
    lines = []
    if found:
        counts = joined(f"{quoted(word.word[:WORD])} {number(word.sentences)}" for word in found)
        lines.append(_("Sentences with its words: {counts}.").format(counts=counts))
    if unknown := why.query.unknown:
        words = joined(quoted(word.word[:WORD]) for word in unknown[:MOST_WORDS])
        line = ngettext(
            "None of the sources mentions {words}.", "None of the sources mentions any of {words}.", len(unknown)
        )
        lines.append(line.format(words=words))
    return " ".join(lines)


def _parts(rank: int, quote: Quote) -> str:
    most = sorted(quote.parts, key=lambda part: -abs(part.value))[:MOST_PARTS]
    parts = ", ".join(f"{part.name} {part.value:+.2f}" for part in most)
    return escape(
        _("Passage {rank}: {score} points, most of it {parts}.").format(
            rank=rank, score=f"{quote.score:.2f}", parts=parts
        ),
        limit=WHY // 6,
    )
