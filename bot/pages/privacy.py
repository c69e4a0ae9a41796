"""What is kept of a person, told to them alone, and what they hear when they wish otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, counted, ngettext, number
from bot.pages.actions import Press
from bot.pages.page import Button, Page
from bot.pages.phrases import joined
from bot.store.log_columns import PersonalData
from bot.store.log_row import COLUMNS
from bot.store.source_history import SourceTrace

if TYPE_CHECKING:
    import datetime

    from bot.store.data_subject import Trace

NOTHING = SourceTrace()


def privacy_page(trace: Trace, *, days: int, is_out: bool, logs: bool, kept: SourceTrace = NOTHING) -> Page:
    """Show what is kept of whoever asks.

    `days` is for how long questions are kept where they ask, 0 for ever; `is_out` says that they opted out, and `logs`
    whether questions are logged there at all. `kept` is what the added sources have of them.
    """
    parts = [
        _summary(trace),
        *([_wishes(trace)] if trace.wishes else []),
        *_sources(kept),
        _("With each question I keep: {what}.").format(what=joined(_kept_with_a_question()))
        + " "
        + _(
            "The code is made from your Discord id and a secret key. Anyone who reads the log can see which "
            "questions come from the same person, but not who that is. Only with the key, which the people who run "
            "this bot have, can a person’s code be worked out again."
        ),
        _("With each vote I keep its time, your comment if you wrote one, and the same code."),
        _(
            "People who may manage the server where you asked can read that server’s questions, and the people who "
            "run this bot can read all of them. Nothing is passed on to anyone else."
        ),
        _("**Kept for:** {days}").format(days=counted(days, "day") if days else _("until someone deletes them")),
        _state(is_out=is_out, logs=logs),
        _("`/privacy delete` deletes everything stored about you, in every server."),
    ]
    return Page(title=_("What is stored about you"), body="\n\n".join(parts), footer=_("Only you can see this"))


def _kept_with_a_question() -> list[str]:
    """Name what the columns of the log hold beside the question, each thing once."""
    names = {
        PersonalData.TIME: _("its time"),
        PersonalData.PLACE: _("its server and channel"),
        PersonalData.MANNER: _("how you asked it"),
        PersonalData.ANSWER: _("what I answered"),
        PersonalData.ASKER: _("a code in place of your name"),
    }
    told_elsewhere = {PersonalData.QUESTION, PersonalData.VOTES}
    held = {column.personal for column in COLUMNS.values()} - told_elsewhere
    return [names[kind] for kind in PersonalData if kind in held]


def _summary(trace: Trace) -> str:
    if trace.first and trace.last:
        return _(
            "**{questions}** and **{votes}**, in all servers together. The first was on {first}, the last on {last}."
        ).format(
            questions=counted(trace.questions, "question"),
            votes=counted(trace.votes, "vote"),
            first=_day(trace.first),
            last=_day(trace.last),
        )
    if trace.votes:
        return _("**{votes}** on answers, and no questions.").format(votes=counted(trace.votes, "vote"))
    return _("**No questions or votes of yours are stored.**")


def _wishes(trace: Trace) -> str:
    said = ngettext(
        "I keep your Discord id with {count} question, to tell you once when a source answers it.",
        "I keep your Discord id with {count} questions, to tell you once when a source answers them.",
        trace.wishes,
    )
    return said.format(count=number(trace.wishes))


def _sources(kept: SourceTrace) -> list[str]:
    """Tell what the added sources have of whoever asks."""
    said = []
    if kept.answers:
        said.append(
            ngettext(
                "{count} answer that you wrote is kept as a source, with your name, its day and a link to it.",
                "{count} answers that you wrote are kept as sources, with your name, their days and links to them.",
                kept.answers,
            ).format(count=number(kept.answers))
        )
    if kept.changes:
        said.append(
            ngettext(
                "I keep your Discord id with {count} change that you made to the sources.",
                "I keep your Discord id with {count} changes that you made to the sources.",
                kept.changes,
            ).format(count=number(kept.changes))
        )
    return said


def _state(*, is_out: bool, logs: bool) -> str:
    if is_out:
        return _("You opted out: your questions are answered but not logged. `/privacy opt-in` changes that.")
    if not logs:
        return _(
            "In this server questions are not logged. `/privacy opt-out` keeps yours out of the log elsewhere too."
        )
    return _("With `/privacy opt-out` your questions are answered but not logged.")


def _day(moment: datetime.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:D>"


def confirm_page(trace: Trace, *, kept: SourceTrace = NOTHING) -> Page:
    """Ask whether all of it is to be deleted; where nothing else has anything, a backup of the log has."""
    what = _(
        "This deletes **{questions}** and **{votes}** of yours for good, along with your comments, in every "
        "server, from the log and its backups. My answers stay in the channels where you asked."
    ).format(questions=counted(trace.questions, "question"), votes=counted(trace.votes, "vote"))
    if trace.wishes:
        what += " " + _(
            "Your Discord id with the questions you want to be told about is deleted too, so I will not write "
            "to you about them."
        )
    if not trace:
        what = _("The log no longer has anything of yours, but a backup does. This deletes that too.")
    if any(kept):
        sources = _(
            "Answers of yours that are kept as sources are deleted, and your id with changes you made to sources."
        )
        what = f"{what} {sources}" if trace else sources
    return Page(
        what,
        title=_("Delete everything stored about you?"),
        buttons=(Button(_("Delete for good"), Press.FORGET, "me"),),
    )


def nothing_to_delete() -> Page:
    return Page(_("There is nothing to delete: no question, vote or id of yours is in the log or its backups."))


def forgotten(*, is_out: bool, everywhere: bool) -> Page:
    """Tell that all is deleted; not `everywhere` where a damaged file may still have it."""
    parts = [_("Done: nothing you asked, voted on or wanted to be told about is left in the log or its backups.")]
    if not everywhere:
        parts.append(
            _(
                "A damaged log file that I cannot change may still hold some of it. The people who run this bot "
                "have been told to look at it."
            )
        )
    parts.append(
        _("You stay opted out: what you ask from now on is not logged.")
        if is_out
        else _("What you ask from now on is logged again, unless you use `/privacy opt-out`.")
    )
    return Page("\n\n".join(parts))


def opted_out() -> Page:
    return Page(
        _(
            "From now on your questions are answered but not logged, in every server: nobody can vote on those "
            "answers, and only you can follow them up. What was logged before stays until you use `/privacy "
            "delete`."
        )
    )


def opted_in() -> Page:
    return Page(_("From now on your questions are logged, with a code in place of your name."))


def cannot_tell_apart() -> Page:
    return Page(
        _(
            "Questions are logged without any trace of who asked, because the secret key is missing. So I cannot "
            "find yours or remember your choice. The people who run this bot can fix that."
        )
    )


def not_just_now() -> Page:
    return Page(_("The log cannot be read or changed right now, so nothing was done. Try again later."))


def not_deleted() -> Page:
    return Page(
        _(
            "Not everything could be deleted: the log is in use, or cannot be changed. Press the button again in a "
            "few minutes."
        ),
        buttons=(Button(_("Delete for good"), Press.FORGET, "me"),),
    )
