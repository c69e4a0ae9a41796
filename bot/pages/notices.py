"""What is said to one person beside the answers: that one must wait, that something is gone, and thanks."""

from __future__ import annotations

from bot.i18n import _, ngettext
from bot.pages.actions import Press, Send
from bot.pages.markdown import escape
from bot.pages.page import Button, Form, Page
from retrieval.query.question_analysis import LONGEST_QUESTION

COMMENT = 500  # characters of a comment on an answer, at most


def too_fast(seconds: int) -> Page:
    said = ngettext(
        "One moment, please: you can ask again in {seconds} second.",
        "One moment, please: you can ask again in {seconds} seconds.",
        seconds,
    )
    return Page(said.format(seconds=seconds), private=True)


def still_answering() -> Page:
    return Page(_("I am still answering your last questions. Ask again when I am done."), private=True)


def full() -> Page:
    return Page(_("Many people are asking right now. Please ask again in a minute."), private=True)


def answer_is_gone() -> Page:
    return Page(_("I no longer have that answer, or it is not yours to see. Ask the question again to get a new one."))


def sources_have_changed() -> Page:
    return Page(_("The sources have changed since this was answered. Ask the question again to see what they say now."))


def source_has_changed(name: str) -> Page:
    said = _("“{name}” has changed since it was quoted here. Ask the question again to see what it says now.")
    return Page(said.format(name=escape(" ".join(name.split()), limit=200)))


def source_is_gone() -> Page:
    return Page(_("That source is no longer here, or has changed. See `/sources list` for what there is now."))


def nothing_further() -> Page:
    return Page(_("There is nothing more: no other passage has anything on the question."))


def not_yours_to_delete() -> Page:
    said = _("Only the person who asked, or someone who may manage messages here, can delete this answer.")
    return Page(said, private=True)


def not_your_post() -> Page:
    return Page(_("Only the person who wrote this post can say whether it helps."), private=True)


def cannot_be_deleted() -> Page:
    return Page(_("Discord did not let me delete that message. It may be gone already."), private=True)


def follow_up_form(id: str) -> Form:  # noqa: A002 - it is called that
    return Form(_("Ask on"), _("Your next question"), Send.FOLLOW_UP, id, longest=LONGEST_QUESTION, is_required=True)


def thanks(id: str, *, helpful: bool) -> Page:  # noqa: A002 - it is called that
    said = (
        _("Thank you. I have noted that this answer helped.")
        if helpful
        else _("Thank you. I have noted that this answer did not help.")
    )
    return Page(said, buttons=(Button(_("Take it back"), Press.UNVOTE, id),))


def thanks_for_comment(id: str) -> Page:  # noqa: A002 - it is called that
    said = _("Thank you. Your comment is stored with the question, without your name.")
    return Page(said, buttons=(Button(_("Take it back"), Press.UNVOTE, id),))


def taken_back() -> Page:
    return Page(_("Your vote has been taken back, along with your comment if you wrote one."))


def comment_form(id: str) -> Form:  # noqa: A002 - it is called that
    return Form(_("What was wrong with it?"), _("A comment, if you like"), Send.COMMENT, id, longest=COMMENT)


def votes_are_not_counted() -> Page:
    return Page(_("Votes cannot be counted right now. The people who run this bot can find the reason in their log."))


def too_slow() -> Page:
    return Page(_("The log is slow right now, and your vote may be lost. Please try again in a minute."))


def nothing_to_check() -> Page:
    return Page(_("That message has no text to check. Choose one with words in it."), private=True)
