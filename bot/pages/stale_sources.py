"""Old sources that answers rest on, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, counted, ngettext, number
from bot.pages.log import alone
from bot.pages.markdown import escape
from bot.pages.page import Page
from bot.pages.phrases import date_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.review.source_age import StaleSource

LISTED = 15
NAME = 120


def stale_page(found: Sequence[StaleSource], *, days: int) -> Page:
    """List the sources that are more than so many days old, those first that most quotations are from."""
    lines = [
        f"{rank}. **{escape(' '.join(one.article.name.split()), limit=NAME)}**, {date_line(one.article)}: "
        + ngettext("{count} quotation", "{count} quotations", one.quoted).format(count=number(one.quoted))
        for rank, one in enumerate(found[:LISTED], 1)
    ]
    if more := len(found) - LISTED:
        lines += [ngettext("{count} more", "{count} more", more).format(count=number(more))] if more > 0 else []
    about = _("Sources that are more than {days} old, and how many quotations in answers here are from each:").format(
        days=counted(days, "day")
    )
    none = _("No answer here quotes a source that is more than {days} old.").format(days=counted(days, "day"))
    how = _("Change the age with `/settings age`.")
    body = "\n\n".join([about, "\n".join(lines), how] if lines else [none, how])
    return Page(title=_("Old sources"), body=body, footer=alone())
