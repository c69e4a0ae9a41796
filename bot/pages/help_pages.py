"""What the bot says of itself: its help, and one kind sentence for everything that goes another way than hoped."""

from __future__ import annotations

from bot.i18n import _
from bot.pages.markdown import escape
from bot.pages.page import Page


def help_page() -> Page:
    ways = (
        _("**/ask** asks all sources, or one of your choice; with *private* only you see the answer"),
        _("**/compare** shows what each source says to a question, by date"),
        _("**@mention** me in a channel with your question, or write to me in a direct message"),
        _(
            "**Ask on** with “and in Iraq?” or “when was he killed?”: within ten minutes in the same place, or by a "
            "reply to one of my answers, mentioning me if it is an answer to **/ask**. Below the answer I say with "
            "which words I read it"
        ),
        _(
            "**The buttons** below an answer show you more passages, the sentences around a quotation, and why it was "
            "chosen; 👍 and 👎 tell those who run me whether it helped"
        ),
        _("**Find sources** in the menu of a message (Apps) looks for its text; only you see what is found"),
        _("**Check this quote** in the same menu, or **/verify**, tells whether words are in a source exactly so"),
        _("**/sources list** and **/sources show** tell what I know"),
        _(
            "**/log recent**, **/log search**, **/log show**, **/log stats** and **/log export** show what was asked, "
            "**/log unanswered** and **/log gap** what the sources lack, to those who manage this server"
        ),
        _("**/settings show** tells how I behave here and how to change it, to those who manage this server"),
        _("**/privacy show** tells what is kept of you and how to delete it, **/privacy opt-out** keeps you out of it"),
    )
    parts = (
        _(
            "Ask a question, and I quote the sentences of my sources that answer it, word for word, each with its "
            "source's name. Where none of them does, I say so."
        ),
        "\n".join(ways),
        _("Questions and answers are kept in a log, with a code in the place of your name."),
    )
    return Page(title=_("How to ask"), body="\n\n".join(parts))


def nothing_asked() -> Page:
    return Page(_("Write your question behind my name, such as “Who leads the group now?”, or see `/help`."))


def nothing_written() -> Page:
    return Page(_("That message has no text to look for. Choose one with words in it."))


def unknown_source(name: str) -> Page:
    return Page(
        _("No source is called “{name}”. See `/sources list` for their names.").format(
            name=escape(" ".join(name.split()), limit=100)
        ),
        private=True,
    )


def not_yours_to_see() -> Page:
    return Page(_("Only those who may manage this server can read its log."))


def not_in_direct_messages() -> Page:
    return Page(_("The log is read in a server, with `/log recent`."))


def row_is_gone() -> Page:
    return Page(_("I no longer have the passages of that question. Ask it again to see them."))


def outdated() -> Page:
    return Page(_("That command has changed since Discord last heard of it. Wait a minute, then try again."))


def forbidden() -> Page:
    return Page(_("That cannot be done here."))


def leaving() -> Page:
    return Page(_("I am about to restart and take no new questions. Ask again in a minute."))


def trouble(reference: str) -> Page:
    return Page(
        _(
            "Something went wrong, and it is not your fault. Those who run me find it in their log as `{reference}`."
        ).format(reference=reference)
    )


def log_is_unreadable() -> Page:
    return Page(_("The log cannot be read just now. Try again later."))


def unknown_moment(typed: str) -> Page:
    return Page(
        _(
            "“{typed}” is not a time that I understand. Give a day such as 2026-03-31, or a while ago such as 12h, 7d "
            "or 4w."
        ).format(typed=escape(" ".join(typed.split()), limit=100))
    )


def never_quoted(name: str) -> Page:
    return Page(
        _("No answer here quotes a source that is called “{name}”. See `/sources list` for their names.").format(
            name=escape(" ".join(name.split()), limit=100)
        )
    )


def not_in_the_log(id: str) -> Page:  # noqa: A002 - it is called that
    return Page(
        _("No question of this server has the id “{id}”. It stands below each answer, and in `/log recent`.").format(
            id=escape(" ".join(id.split()), limit=100)
        )
    )


def page_is_gone() -> Page:
    return Page(_("That page is not there any more. Use the command again."))


def no_gap(id: str) -> Page:  # noqa: A002 - it is called that
    return Page(
        _(
            "No question of the last 90 days with the id “{id}” is without an answer or voted down. `/log unanswered` "
            "shows those that are."
        ).format(id=escape(" ".join(id.split()), limit=100))
    )
