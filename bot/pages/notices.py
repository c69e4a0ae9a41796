"""What is said to one person beside the answers: that one must wait, that something is gone, and thanks."""

from __future__ import annotations

from bot.i18n import _, ngettext
from bot.pages.actions import Press, Send
from bot.pages.markdown import escape
from bot.pages.page import Button, Form, Page

COMMENT = 500  # characters of a comment on an answer, at most


def too_fast(seconds: int) -> Page:
    said = ngettext(
        "One moment, please: you can ask again in {seconds} second.",
        "One moment, please: you can ask again in {seconds} seconds.",
        seconds,
    )
    return Page(said.format(seconds=seconds), private=True)


def still_answering() -> Page:
    return Page(_("I am still answering your last questions. Ask again when they are answered."), private=True)


def full() -> Page:
    return Page(_("Very many people are asking just now. Please ask again in a minute."), private=True)


def answer_is_gone() -> Page:
    return Page(_("I no longer have that answer, or it is not yours to see. Ask the question again to get it anew."))


def sources_have_changed() -> Page:
    return Page(
        _("The sources have changed since this was answered. Ask the question again, and I look into them as they are.")
    )


def source_has_changed(name: str) -> Page:
    said = _("“{name}” has changed since it was quoted here. Ask the question again to see what it says now.")
    return Page(said.format(name=escape(" ".join(name.split()), limit=200)))


def source_is_gone() -> Page:
    return Page(_("That source is no longer here, or has changed since. See `/sources list` for what there is now."))


def nothing_further() -> Page:
    return Page(_("There is nothing more: no other passage has anything of the question."))


def thanks(id: str, *, helpful: bool) -> Page:  # noqa: A002 - it is called that
    said = (
        _("Thank you. It is noted that this answer helped.")
        if helpful
        else _("Thank you. It is noted that this answer did not help.")
    )
    return Page(said, buttons=(Button(_("Take it back"), Press.UNVOTE, id),))


def thanks_for_comment(id: str) -> Page:  # noqa: A002 - it is called that
    said = _("Thank you. Your comment is kept with the question, and your name is not.")
    return Page(said, buttons=(Button(_("Take it back"), Press.UNVOTE, id),))


def taken_back() -> Page:
    return Page(_("Your vote is taken back, with your comment if you made one."))


def comment_form(id: str) -> Form:  # noqa: A002 - it is called that
    return Form(_("What was wrong with it?"), _("A comment, if you like"), Send.COMMENT, id, longest=COMMENT)


def votes_are_not_counted() -> Page:
    return Page(_("Votes cannot be counted just now. Those who run me find the reason in their log."))


def too_slow() -> Page:
    return Page(_("The log is slow just now, and your vote may be lost. Please try again in a minute."))


def nothing_to_check() -> Page:
    return Page(_("That message has no text to check. Choose one with words in it."), private=True)
