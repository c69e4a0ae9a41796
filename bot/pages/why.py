"""Why an answer is what it is: in a reader's words, and behind a second press what each word and feature gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, isolated, ngettext, number, percent
from bot.pages.actions import Press
from bot.pages.markdown import escape, units
from bot.pages.page import BODY, Button, Page
from bot.pages.phrases import date_line, joined, quoted
from retrieval.analysis.visible_text import seen
from retrieval.core.model import Answer, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.store.log_row import LogRow
    from retrieval.core.model import FeatureScore, Quote, Reply
    from retrieval.core.query_model import QueryTerm

MOST_WORDS = 12
MOST_PARTS = 4
LEAST = 0.05  # points; a part with fewer is drawn as none
LEAST_SHARE = 0.01
LIKELY = 0.7  # the confidence from which on an answer is called very likely
NAME = 100
EXCERPT = 120


def why_page(row: LogRow, reply: Reply) -> Page:
    """Explain a reply that was given, without numbers: the sentence itself first, then why it was found."""
    quotes = shown(reply)
    is_answer = isinstance(reply, Answer)
    parts = [_sentence(quotes[0])] if quotes else []
    parts.append(_how_sure(reply))
    if quotes and (reasons := _reasons(quotes[0])):
        head = _("I chose it because it:") if is_answer else _("It came closest because it:")
        parts.append("\n".join([head, *(f"• {reason}" for reason in reasons)]))
    if unknown := [term.word for term in reply.query.terms if not term.sentences]:
        said = _("No source has these words of the question: {words}.")
        parts.append(said.format(words=escape(joined(map(quoted, unknown[:MOST_WORDS])), limit=400)))
    return Page(
        title=_("Why this answer?") if is_answer else _("Why no answer?"),
        body="\n\n".join(parts),
        footer=row.id,
        buttons=(Button(_("The numbers"), Press.NUMBERS, row.id),),
    )


def _sentence(quote: Quote) -> str:
    best = quote.sentences[0] if quote.sentences else quote.span
    said = escape(" ".join(seen(quote.article, best).split()), limit=4 * EXCERPT)
    name = escape(" ".join(quote.article.name.split()), limit=NAME)
    return f"> {isolated(said)}\n— **{isolated(name)}**"


def _how_sure(reply: Reply) -> str:
    if not isinstance(reply, Answer):
        return _("That is too far from the question to be shown as an answer.")
    if reply.tentative:
        return _("It may answer the question, but I am not sure.")
    return _("It very likely answers the question.") if reply.confidence >= LIKELY else _("It probably does.")


def _reasons(quote: Quote) -> list[str]:
    """What spoke most for a passage, in words: those of the question that it has, then its features."""
    plain = in_plain_words()
    words = [part.name for part in quote.parts if not part.key and part.value >= LEAST]
    reasons = []
    if words:
        said = _("has {words}, or has them nearby")
        reasons.append(said.format(words=escape(joined(words[:MOST_WORDS]), limit=300)))
    parts = sorted((part for part in quote.parts if part.key and part.value >= LEAST), key=lambda part: -part.value)
    return reasons + [plain[part.key] for part in parts[:MOST_PARTS] if part.key in plain]


def numbers_page(row: LogRow, reply: Reply, *, searched: int) -> Page:
    """Explain a reply by its numbers; `searched` is the number of sentences there are."""
    lines = [_chance(reply), "", *_words(reply.query.terms, searched)]
    quotes = shown(reply)
    if quotes:
        lines += ["", _("Each passage collects points, and the one with the most comes first:")]
    body = "\n".join(lines)
    for rank, quote in enumerate(quotes, 1):
        passage = "\n".join(_passage(rank, quote))
        if units(body) + units(passage) + 2 > BODY:
            break
        body += "\n\n" + passage
    return Page(title=_("The numbers"), body=body, footer=row.id)


def _chance(reply: Reply) -> str:
    share = percent(reply.confidence) if reply.confidence >= LEAST_SHARE else _("less than 1%")
    if isinstance(reply, Answer) and reply.tentative:
        said = _(
            "The chance that the first passage answers the question is **{share}**: enough to show it, but not "
            "to be sure."
        )
        return said.format(share=share)
    if isinstance(reply, Answer):
        return _("The chance that the first passage answers the question is **{share}**.").format(share=share)
    said = _("The chance that the closest passage answers the question is **{share}**, which is too low to show it.")
    return said.format(share=share)


def _words(words: Sequence[QueryTerm], searched: int) -> Iterator[str]:
    """Each word that was looked for, and how many sentences have it."""
    yield _("What I looked for in {count} sentences:").format(count=number(searched))
    for word in words[:MOST_WORDS]:
        yield f"• {_word(word)}"
    if (more := len(words) - MOST_WORDS) > 0:
        yield ngettext("• {count} more word", "• {count} more words", more).format(count=number(more))


def _word(term: QueryTerm) -> str:
    word = _("“{word}”").format(word=escape(term.word, limit=60))
    if term.read and term.read.casefold() != term.word.casefold():
        word = _("{word}, read as “{read}”").format(word=word, read=escape(term.read, limit=60))
    if term.carried:
        word = _("{word}, from what was asked before").format(word=word)
    if not term.sentences:
        return _("{word}: in none, so it matched nothing").format(word=word)
    found = ngettext("{word}: in {count}", "{word}: in {count}", term.sentences)
    found = found.format(word=word, count=number(term.sentences))
    if not term.also:
        return found
    also = escape(joined(term.also[:4]), limit=120)
    return _("{found}, also as {also}").format(found=found, also=also)


def _passage(rank: int, quote: Quote) -> Iterator[str]:
    """A passage with its points, and the parts that gave or took the most."""
    day = date_line(quote.article)
    name = escape(" ".join(quote.article.name.split()), limit=NAME)
    points = _("{points} points").format(points=f"{quote.score:.1f}")
    yield f"**{rank}. {name}**" + (f", {day}" if day else "") + f": **{points}**"
    best = quote.sentences[0] if quote.sentences else quote.span
    yield f"> {escape(' '.join(quote.article.text[best.start : best.end].split()), limit=EXCERPT)}"
    plain = in_plain_words()
    words = [part for part in quote.parts if not part.key]
    if words:
        said = joined(f"{escape(part.name, limit=60)} {part.value:.1f}" for part in words[:MOST_WORDS])
        total = f"{sum(part.value for part in words):+.1f}"
        yield _("{total} its own words and those around it: {words}").format(total=f"`{total}`", words=said)
    parts = [part for part in quote.parts if part.key and abs(part.value) >= LEAST]
    parts.sort(key=lambda part: -abs(part.value))
    for part in parts[:MOST_PARTS]:
        yield f"`{part.value:+.1f}` {plain[part.key]}"
    if rest := parts[MOST_PARTS:]:
        smaller = ngettext("{count} smaller thing", "{count} smaller things together", len(rest))
        yield f"`{_sum(rest):+.1f}` {smaller.format(count=len(rest))}"


def _sum(parts: Sequence[FeatureScore]) -> float:
    return sum(part.value for part in parts)


def in_plain_words() -> Mapping[str, str]:
    """What a passage gets points for, by the feature's key, for people who ask why."""
    return {
        "character_ngrams": _("is spelt like the question"),
        "prefix_overlap": _("has words that begin like words in the question"),
        "bigram_overlap": _("has words of the question side by side"),
        "stop_word_overlap": _("has the question’s small words, such as “of” and “the”"),
        "previous_sentence": _("follows a sentence with words of the question"),
        "next_sentence": _("comes before a sentence with words of the question"),
        "name_overlap": _("is in a paragraph about the names in the question"),
        "article_overlap": _("is in an article with words of the question"),
        "title_match": _("is in an article whose title matches the question"),
        "opens_matching_article": _("comes first in that article"),
        "definition": _("says what the thing is, as the question asks"),
        "context_overlap": _("stands below words of the question"),
        "heading_match": _("stands under a heading that matches the question"),
        "opens_matching_section": _("comes first under that heading"),
        "own_fit": _("has words of the question, or words that mean much the same"),
        "heading_fit": _("has words of the question, or words that mean much the same, in its heading"),
        "whole_fit": _("has words of the question, or words that mean much the same, in it or above it"),
        "resumed_fit": _("has words of the question in it, or in the sentence that it goes on from"),
        "resumed_whole_fit": _("has words of the question in it, above it, or in the sentence that it goes on from"),
        "number_match": _("gives a number, as the question asks"),
        "count_match": _("says how many, as the question asks"),
        "time_match": _("gives a time, as the question asks"),
        "place_match": _("gives a place, as the question asks"),
        "person_match": _("names a person, as the question asks"),
        "reason_match": _("gives a reason, as the question asks"),
        "rules_on_it": _("says what is allowed or needed, as the question asks"),
        "length": _("for its length, since long sentences match more easily"),
        "is_short": _("has only a few words"),
        "is_question": _("is a question itself"),
        "is_heading": _("is a heading"),
        "is_item": _("is an item in a list"),
        "is_code": _("is code"),
        "is_quotation": _("is a quotation in its article"),
        "nearness": _("is close to the question in meaning"),
        "closeness": _("is among the closest to the question in meaning"),
        "nearness_before": _("follows a sentence that is closer to the question in meaning"),
        "nearness_after": _("comes before a sentence that is closer to the question in meaning"),
    }
