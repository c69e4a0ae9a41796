"""A file of rows of the log, and what is said with it."""

from __future__ import annotations

from bot.i18n import _, ngettext, number
from bot.pages.actions import Press
from bot.pages.log import alone
from bot.pages.page import Attachment, Button, Page


def export_page(content: str, suffix: str, *, rows: int, line: str = "", older: str | None = None) -> Page:
    """Give a file with so many rows; `older` is the place of those that did not fit, None where all did."""
    if not rows and older is None:
        nothing = _("There is nothing to export.")
        return Page(f"{line}\n\n{nothing}" if line else nothing, footer=alone())
    if not rows:
        return Page(
            _("Not a single question fits into a file that Discord accepts here. Use `quoth log export` instead.")
        )
    said = ngettext(
        "{count} question is in the file, newest first.", "{count} questions are in the file, newest first.", rows
    )
    body = said.format(count=number(rows))
    if older:
        body += " " + _("Discord does not accept a larger file here; use the button to get older questions.")
    return Page(
        title=_("Export"),
        body=f"{line}\n\n{body}" if line else body,
        footer=alone(),
        buttons=(Button(_("Older questions"), Press.EXPORT, older),) if older else (),
        attachment=Attachment(f"questions{suffix}", content),
    )
