"""What the bot says of itself: its help, and one kind sentence for everything that goes another way than hoped."""

from __future__ import annotations

from bot.i18n import _
from bot.pages.markdown import escape
from bot.pages.page import Page


def help_page() -> Page:
    ways = (
        _("**/ask** searches all sources, or one of your choice; with *private* only you see the answer"),
        _("**/compare** shows what each source says about a question, by date"),
        _("**@mention** me in a channel with your question, or write to me in a direct message"),
        _(
            "**Follow up** with “and in Iraq?” or “when was he killed?”: within ten minutes in the same place, by "
            "replying to one of my answers, or with *Ask on* below an answer to **/ask**. Below the answer I say which "
            "earlier words I added"
        ),
        _(
            "**The buttons** below an answer show you more passages, the sentences around a quotation, why it was "
            "chosen, and how to cite it; 👍 and 👎 tell the people who run this bot whether it helped, and *Delete* "
            "removes an answer to you"
        ),
        _("**Find sources** in the menu of a message (Apps) searches for its text; only you see what is found"),
        _(
            "**Check this quote** in the same menu, or **/verify**, tells you whether a source has exactly these "
            "words; give **/verify** a file, and each quotation in it is checked"
        ),
        _("**/sources list** and **/sources show** tell you what I know"),
        _(
            "For this server’s editors, **/sources add** and what belongs to it change what I know, and **Keep as a "
            "source** in the menu of a message makes it one"
        ),
        _(
            "For people who manage this server, **/log recent**, **/log search**, **/log show**, **/log stats** "
            "and **/log export** show what was asked, **/log unanswered** and **/log gap** what the sources lack, and "
            "**/log corrections** which answers their source no longer supports"
        ),
        _("For people who manage this server, **/settings show** tells how I behave here and how to change it"),
        _(
            "**/privacy show** tells you what is stored about you and how to delete it; **/privacy opt-out** keeps "
            "your questions out of the log"
        ),
    )
    parts = (
        _(
            "Ask a question, and I quote the sentences from my sources that answer it, word for word, each with "
            "the name of its source. If there are none, I say so."
        ),
        "\n".join(ways),
        _("Questions and answers are kept in a log, with a code in place of your name."),
    )
    return Page(title=_("How to ask"), body="\n\n".join(parts))


def nothing_asked() -> Page:
    return Page(_("Write your question after my name, such as “Who leads the group now?”, or see `/help`."))


def nothing_written() -> Page:
    return Page(_("That message has no text to search for. Choose one with words in it."))


def unknown_source(name: str) -> Page:
    return Page(
        _("No source is called “{name}”. See `/sources list` for the names.").format(
            name=escape(" ".join(name.split()), limit=100)
        ),
        private=True,
    )


def not_yours_to_see() -> Page:
    return Page(_("Only people who may manage this server can read its log."))


def not_in_direct_messages() -> Page:
    return Page(_("The log belongs to a server. Use `/log recent` in one that you manage."))


def row_is_gone() -> Page:
    return Page(_("I no longer have the passages for that question. Ask it again to see them."))


def outdated() -> Page:
    return Page(_("That command has changed since Discord last heard of it. Wait a minute, then try again."))


def forbidden() -> Page:
    return Page(_("That cannot be done here."))


def leaving() -> Page:
    return Page(_("I am about to restart and cannot take new questions. Please ask again in a minute."))


def trouble(reference: str) -> Page:
    return Page(
        _(
            "Something went wrong, and it is not your fault. The people who run this bot can find it in their "
            "log as `{reference}`."
        ).format(reference=reference)
    )


def log_is_unreadable() -> Page:
    return Page(_("The log cannot be read right now. Try again later."))


def unknown_moment(typed: str) -> Page:
    return Page(
        _(
            "I do not understand the time “{typed}”. Give a day such as 2026-03-31, or how long ago, such as 12h, "
            "7d or 4w."
        ).format(typed=escape(" ".join(typed.split()), limit=100))
    )


def never_quoted(name: str) -> Page:
    return Page(
        _("No answer here quotes a source called “{name}”. See `/sources list` for the names.").format(
            name=escape(" ".join(name.split()), limit=100)
        )
    )


def not_in_the_log(id: str) -> Page:  # noqa: A002 - it is called that
    return Page(
        _(
            "No question in this server has the id “{id}”. You find ids at the foot of *Why?* and *Context*, and in "
            "`/log recent`."
        ).format(id=escape(" ".join(id.split()), limit=100))
    )


def page_is_gone() -> Page:
    return Page(_("That page no longer exists. Use the command again."))


def no_gap(id: str) -> Page:  # noqa: A002 - it is called that
    return Page(
        _(
            "“{id}” is not the id of a question from the last 90 days that got no answer or was voted down. `/log "
            "unanswered` shows those."
        ).format(id=escape(" ".join(id.split()), limit=100))
    )
