"""A member's message kept as a source, as the editor and the member see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _
from bot.pages.actions import Press, Send
from bot.pages.markdown import escape
from bot.pages.page import Button, Form, Page
from bot.pages.quoting import excerpt
from bot.pages.source_changes import named
from bot.services.sources.member_answers import LONGEST_QUESTION

if TYPE_CHECKING:
    from retrieval.ingestion.source_folders import SourceAbout

TEXT = 1500
NAME = 100


def offered(about: SourceAbout, text: str, token: str, *, before: str = "") -> Page:
    """Show what a member's message would be as a source.

    `before` is the name of the draft that the same editor began before, with which this one can be joined.
    """
    lines = [
        _("If you keep it, I quote it as a member’s answer, not a document, with the name, the day and a link back."),
        named(about.name),
        excerpt(text, limit=TEXT),
        _("**Written by** {author} · {date}").format(author=escape(about.author, limit=NAME), date=about.date),
        _("{author} is told, and can have it removed at any time.").format(author=escape(about.author, limit=NAME)),
    ]
    buttons = [
        Button(_("Keep"), Press.KEEP_ANSWER, token),
        Button(_("Discard"), Press.DISCARD, token),
        Button(_("Give its question"), Press.ASKED, token),
        Button(_("What would change?"), Press.WOULD, token),
    ]
    if before:
        buttons.append(Button(_("Join to the one before"), Press.JOIN, f"{before}.{token}"))
    return Page(
        title=_("Keep this message as a source?"),
        body="\n\n".join(lines),
        footer=_("Only you can see this"),
        buttons=tuple(buttons),
        private=True,
    )


def question_form(token: str) -> Form:
    """Ask for the question that a message answers."""
    return Form(
        title=_("Which question does it answer?"),
        label=_("The question, or the id of a refused one"),
        action=Send.QUESTION,
        argument=token,
        longest=LONGEST_QUESTION,
    )


def kept(about: SourceAbout, *, told: bool, closed: bool) -> Page:
    """Tell that it is kept, whether its authors could be told, and whether a gap is closed by it."""
    lines = [_("{name} is kept. I answer from it now.").format(name=named(about.name))]
    if closed:
        lines.append(_("The gap that its question belongs to is closed."))
    lines.append(
        _("{author} has been told.").format(author=escape(about.author, limit=NAME))
        if told
        else _("{author} takes no direct messages from me, so please tell them.").format(
            author=escape(about.author, limit=NAME)
        )
    )
    return Page("\n".join(lines))


def told_author(server: str, about: SourceAbout, number: int) -> Page:
    """Tell a member that what they wrote is kept, and how it is removed."""
    return Page(
        title=_("Something you wrote is a source now"),
        body="\n\n".join(
            [
                _("An editor of {server} kept [a message of yours]({link}) as a source. I quote it there.").format(
                    server=f"**{escape(server, limit=NAME)}**", link=about.url
                ),
                _("If you do not want that, have it removed here, or with `/privacy delete`."),
            ]
        ),
        buttons=(Button(_("Remove it"), Press.WITHDRAW, str(number)),),
    )


def withdrawn() -> Page:
    return Page(_("It is removed for good, and I no longer quote it."))


def already_gone() -> Page:
    return Page(_("It is not a source any more, so there is nothing to remove."))


def nobody_wrote_it() -> Page:
    return Page(_("Only what a person wrote can be kept, and this message is from an app."), private=True)


def nothing_in_it() -> Page:
    return Page(_("This message has no text that I could keep."), private=True)


def opted_out() -> Page:
    return Page(_("The person who wrote this has asked me to keep nothing of theirs."), private=True)


def too_many() -> Page:
    return Page(_("This entry already has as many authors as one can have. Keep it first."), private=True)
