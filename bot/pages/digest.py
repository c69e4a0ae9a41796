"""The weekly digest, as a page for a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, ngettext, number, percent
from bot.pages.log import asked
from bot.pages.page import Page

if TYPE_CHECKING:
    from bot.services.review.digest import Digest


def digest_page(digest: Digest) -> Page:
    """Show what the week was like, and where those who manage the server read on."""
    questions = ngettext("**{count}** question", "**{count}** questions", digest.asked)
    lines = [questions.format(count=number(digest.asked))]
    if digest.asked:
        share = percent(digest.answered / digest.asked)
        lines[0] += " · " + _("**{share}** answered").format(share=share)
    if digest.new_gaps:
        said = ngettext(
            "**{count}** new gap in the sources; `/log unanswered` shows all:",
            "**{count}** new gaps in the sources; `/log unanswered` shows all:",
            digest.new_gaps,
        )
        gaps = [f"• {asked(gap.question)}" + (f" (×{gap.times})" if gap.times > 1 else "") for gap in digest.gaps]
        lines.append("\n".join([said.format(count=number(digest.new_gaps)), *gaps]))
    if digest.corrections:
        said = ngettext(
            "**{count}** quotation is no longer what its source says; see `/log corrections`.",
            "**{count}** quotations are no longer what their sources say; see `/log corrections`.",
            digest.corrections,
        )
        lines.append(said.format(count=number(digest.corrections)))
    title = _("The week since <t:{since}:D>").format(since=int(digest.since.timestamp()))
    return Page("\n\n".join([f"**{title}**", *lines]), footer=_("Turn it off with /settings digest"))
