"""What is kept of a person, told to them alone, and what they hear when they wish otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, counted, ngettext, number
from bot.pages.actions import Press
from bot.pages.page import Button, Page
from bot.pages.phrases import joined
from bot.store.log_columns import PersonalData
from bot.store.log_row import COLUMNS

if TYPE_CHECKING:
    import datetime

    from bot.store.data_subject import Trace


def privacy_page(trace: Trace, *, days: int, is_out: bool, logs: bool) -> Page:
    """Show what is kept of whoever asks.

    `days` is for how long questions are kept where they ask, 0 for ever; `is_out` says that they opted out, and `logs`
    whether questions are logged there at all.
    """
    parts = [
        _summary(trace),
        *([_wishes(trace)] if trace.wishes else []),
        _("With each question I keep: {what}.").format(what=joined(_kept_with_a_question()))
        + " "
        + _(
            "The code is made of your Discord id and a secret key. Whoever reads the log can see which questions are "
            "of one person, and not of whom. Only with the key, which those who run me have, can the code of a certain "
            "person be made again."
        ),
        _("With each vote I keep its time, your comment if you wrote one, and the same code."),
        _(
            "Those who may manage the server where you asked can read the questions of that server, and those who run "
            "me can read all. Nothing is passed on to anybody else."
        ),
        _("**Kept for:** {days}").format(days=counted(days, "day") if days else _("as long as nobody deletes them")),
        _state(is_out=is_out, logs=logs),
        _("`/privacy delete` deletes all that is kept of you, in every server."),
    ]
    return Page(title=_("What is kept of you"), body="\n\n".join(parts), footer=_("Seen by you alone"))


def _kept_with_a_question() -> list[str]:
    """Name what the columns of the log hold beside the question, each thing once."""
    names = {
        PersonalData.TIME: _("its time"),
        PersonalData.PLACE: _("its server and channel"),
        PersonalData.MANNER: _("how you asked it"),
        PersonalData.ANSWER: _("what I answered"),
        PersonalData.ASKER: _("a code in the place of your name"),
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
        return _("**{votes}** on answers, and no question.").format(votes=counted(trace.votes, "vote"))
    return _("**No question of yours is kept, and no vote.**")


def _wishes(trace: Trace) -> str:
    said = ngettext(
        "Beside {count} question I keep your Discord id, to tell you once when a source answers it.",
        "Beside {count} questions I keep your Discord id, to tell you once when a source answers them.",
        trace.wishes,
    )
    return said.format(count=number(trace.wishes))


def _state(*, is_out: bool, logs: bool) -> str:
    if is_out:
        return _("You opted out: your questions are answered and not logged. `/privacy opt-in` changes that.")
    if not logs:
        return _(
            "In this server questions are not logged. `/privacy opt-out` keeps yours out of the log elsewhere too."
        )
    return _("With `/privacy opt-out` your questions are answered and not logged.")


def _day(moment: datetime.datetime) -> str:
    return f"<t:{int(moment.timestamp())}:D>"


def confirm_page(trace: Trace) -> Page:
    """Ask whether all of it is to be deleted; where the log has nothing, a backup of it has."""
    what = _(
        "This deletes **{questions}** and **{votes}** of yours for good, with your comments, in every server, from the "
        "log and from its backups. My answers stay in the channels where you asked."
    ).format(questions=counted(trace.questions, "question"), votes=counted(trace.votes, "vote"))
    if trace.wishes:
        what += " " + _(
            "Your Discord id beside the questions of which you want to be told goes too: I tell you no more."
        )
    return Page(
        what if trace else _("The log has nothing of yours any more, but a backup of it has. This deletes that too."),
        title=_("Delete all that is kept of you?"),
        buttons=(Button(_("Delete for good"), Press.FORGET, "me"),),
    )


def nothing_to_delete() -> Page:
    return Page(_("There is nothing to delete: no question, vote or id of yours is in the log or in a backup of it."))


def forgotten(*, is_out: bool, everywhere: bool) -> Page:
    """Tell that all is deleted; not `everywhere` where a damaged file may still have it."""
    parts = [_("Done: nothing you asked, voted or wanted to be told of is left in the log and its backups.")]
    if not everywhere:
        parts.append(
            _(
                "A damaged file of the log, which I cannot write, may still have some of it. Those who run me were "
                "told to look at it."
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
            "From now on your questions are answered and not logged, in every server: nobody can vote on those "
            "answers, and only you can follow them up. What was logged before stays until you use `/privacy delete`."
        )
    )


def opted_in() -> Page:
    return Page(_("From now on your questions are logged, with a code in the place of your name."))


def cannot_tell_apart() -> Page:
    return Page(
        _(
            "Questions are logged without any sign of who asked, since the secret key is missing. So I cannot find "
            "yours, nor remember your wish. Those who run me can mend that."
        )
    )


def not_just_now() -> Page:
    return Page(_("The log cannot be read or changed just now, so nothing was done. Try again later."))


def not_deleted() -> Page:
    return Page(
        _("Not everything could be deleted: the log is in use, or cannot be written. Press again in a few minutes."),
        buttons=(Button(_("Delete for good"), Press.FORGET, "me"),),
    )
