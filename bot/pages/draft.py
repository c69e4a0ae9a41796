"""The quotations of a draft, checked: a table as a page, and the draft with a note behind each of them."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

from bot.i18n import _, isolated, ngettext, number
from bot.pages.markdown import escape, units
from bot.pages.page import BODY, TITLE, Attachment, Page, Tone
from bot.pages.phrases import date_line, joined, listed, quoted
from retrieval.analysis.visible_text import seen
from retrieval.answer.draft_check import Finding, changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.answer.draft_check import CheckedQuotation
    from retrieval.answer.verification import Nearest, Occurrence

EXCERPT = 90
NAME = 80
HOW = 300
ROOM = 300
MOST_CHANGES = 4
SIGNS = {
    Finding.FOUND: "✅",
    Finding.TYPOGRAPHY: "✅",
    Finding.ALTERED: "✏️",
    Finding.STITCHED: "🧵",
    Finding.NOT_FOUND: "❌",
}


def draft_page(name: str, draft: str, checked: Sequence[CheckedQuotation], *, left_out: int) -> Page:
    """Show what became of each quotation of a draft, as many as there is room for; the file has them all."""
    title = escape(name, limit=TITLE)
    if not checked:
        said = _(
            "There is no quotation in this file: nothing of four words or more in quotation marks, and no lines that "
            "begin with >."
        )
        return Page(said, title)
    lines = [_counts(checked)]
    if left_out:
        more = ngettext(
            "{count} more quotation was not checked: divide the file, and send the rest.",
            "{count} more quotations were not checked: divide the file, and send the rest.",
            left_out,
        )
        lines.append(more.format(count=number(left_out)))
    body = "\n\n".join(lines)
    for place, quotation in enumerate(checked, 1):
        entry = _entry(place, quotation)
        if units(body) + units(entry) + ROOM > BODY:
            rest = len(checked) - place + 1
            said = ngettext("{count} more is in the file.", "{count} more are in the file.", rest)
            body += "\n\n" + said.format(count=number(rest))
            break
        body += "\n\n" + entry
    is_clean = all(quotation.finding in {Finding.FOUND, Finding.TYPOGRAPHY} for quotation in checked)
    stem = posixpath.splitext(name)[0] or "draft"
    notes = Attachment(f"{stem[:80]}.checked.md", with_notes(draft, checked))
    return Page(body, title, tone=Tone.ANSWER if is_clean else Tone.REFUSAL, attachment=notes)


def with_notes(draft: str, checked: Sequence[CheckedQuotation]) -> str:
    """The draft with a numbered note behind each quotation, and nothing else changed."""
    pieces, at = [], 0
    for place, quotation in enumerate(checked, 1):
        end = quotation.span.end
        while end > quotation.span.start and draft[end - 1].isspace():
            end -= 1
        pieces += [draft[at:end], f" [{place}: {finding_line(quotation)}]"]
        at = end
    return "".join([*pieces, draft[at:]])


def finding_line(quotation: CheckedQuotation) -> str:
    """What became of a quotation, in one line of plain text."""
    match quotation.finding:
        case Finding.FOUND:
            return _("found in {source}").format(source=_named(quotation.places[0]))
        case Finding.TYPOGRAPHY:
            said = _("found in {source}; only quotation marks, dashes or spaces differ")
            return said.format(source=_named(quotation.places[0]))
        case Finding.ALTERED if quotation.nearest:
            said = _("altered, in {source}: {how}")
            return said.format(source=_named(quotation.nearest), how=_how(quotation.text, quotation.nearest))
        case Finding.STITCHED:
            said = ngettext(
                "stitched together from {count} place: {sources}",
                "stitched together from {count} places: {sources}",
                len(quotation.places),
            )
            names = listed([_named(place) for place in quotation.places])
            return said.format(count=number(len(quotation.places)), sources=names)
        case _:
            return _("not found in any source")


def _entry(place: int, quotation: CheckedQuotation) -> str:
    words = escape(" ".join(quotation.text.split()), limit=EXCERPT)
    return f"{SIGNS[quotation.finding]} **{place}.** {isolated(words)}\n{escape(finding_line(quotation), limit=HOW)}"


def _counts(checked: Sequence[CheckedQuotation]) -> str:
    counts = Counter(quotation.finding for quotation in checked)
    names = {
        Finding.FOUND: _("found"),
        Finding.TYPOGRAPHY: _("found but for typography"),
        Finding.ALTERED: _("altered"),
        Finding.STITCHED: _("stitched together"),
        Finding.NOT_FOUND: _("not found"),
    }
    each = joined(f"{number(counts[finding])} {name}" for finding, name in names.items() if counts[finding])
    whole = ngettext("{count} quotation", "{count} quotations", len(checked)).format(count=number(len(checked)))
    return f"**{whole}**: {each}"


def _named(place: Occurrence | Nearest) -> str:
    name = " ".join(place.article.name.split())[:NAME]
    day = date_line(place.article)
    return isolated(f"{name} ({day})" if day else name)


def _how(said: str, nearest: Nearest) -> str:
    """How a quotation differs from its source, in words."""
    lines = []
    found = changes(said, seen(nearest.article, nearest.span))
    for change in found[:MOST_CHANGES]:
        if change.said and change.there:
            line = _("{said} is {there} there").format(said=quoted(change.said), there=quoted(change.there))
        elif change.said:
            line = _("{said} is not there").format(said=quoted(change.said))
        else:
            line = _("{there} is left out").format(there=quoted(change.there))
        lines.append(line)
    if more := len(found) - MOST_CHANGES:
        lines += [ngettext("{count} more change", "{count} more changes", more).format(count=more)] if more > 0 else []
    return joined(lines) or _("the order of the words")


def too_large(most: int) -> Page:
    said = _("That file is too large to be checked here: it may have {count} MB.")
    return Page(said.format(count=most // 1_000_000), private=True)


def unreadable_draft(why: str) -> Page:
    return Page(_("That file cannot be checked.") + " " + escape(why, limit=HOW), private=True)


def text_or_file() -> Page:
    return Page(_("Give me a text or a file to check, one of the two."), private=True)
