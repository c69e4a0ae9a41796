"""Answers whose source says something else by now, as pages, and the note that their messages are marked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from bot.i18n import _, isolated, ngettext, number
from bot.pages.actions import Choose, Press
from bot.pages.log import alone
from bot.pages.markdown import escape, plain
from bot.pages.page import BODY, CHOICE, Button, Choice, Menu, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.review.corrections import Correction, DueMark

PER_PAGE = 5
NAME = 120
WORDS = 280  # of each of the two, in a list
WHOLE = 1500  # of each of the two, alone
ANSWERS = 8
NOTE = 1900  # Discord takes 2000
QUOTED = 350


def corrections_page(
    corrections: Sequence[Correction], due: Sequence[DueMark], *, first: int, before: int | None, after: int | None
) -> Page:
    """Show some of the corrections, from number `first` on; `before` and `after` number the pages beside."""
    shown = corrections[first - 1 : first - 1 + PER_PAGE]
    if not shown:
        return Page(_("Every answer still shows what its source says."), _("Corrections"), alone())
    count = len(corrections)
    counted = ngettext("{count} quotation to correct", "{count} quotations to correct", count)
    buttons = [Button(_("Mark all messages ({count})").format(count=len(due)), Press.MARK, "all", enabled=bool(due))]
    if before is not None or after is not None:
        buttons += [
            Button(_("Previous"), Press.CORRECTIONS, str(before or "first"), enabled=before is not None),
            Button(_("Next"), Press.CORRECTIONS, str(after or "last"), enabled=after is not None),
        ]
    return Page(
        title=_("Corrections"),
        body="\n\n".join(_entry(rank, each, limit=WORDS) for rank, each in enumerate(shown, first)),
        footer=f"{counted.format(count=number(count))} · {alone()}",
        buttons=tuple(buttons),
        menu=Menu(Choose.CORRECTION, "one", tuple(_choice(rank, each) for rank, each in enumerate(shown, first))),
    )


def correction_page(correction: Correction, due: Sequence[DueMark]) -> Page:
    """Show one correction: the words then and now, and the answers that quoted them."""
    answers = [
        f"• <t:{int(shown.asked_at.timestamp())}:f> {_place(shown.guild, shown.channel, shown.message)}"
        for shown in correction.shown[:ANSWERS]
    ]
    if (more := len(correction.shown) - ANSWERS) > 0:
        answers.append(ngettext("… and {count} more", "… and {count} more", more).format(count=number(more)))
    mine = [mark for mark in due if correction in mark.corrections]
    mark = ngettext("Mark {count} message", "Mark {count} messages", len(mine)).format(count=len(mine))
    return Page(
        title=escape(" ".join(correction.name.split()), limit=NAME),
        body="\n\n".join([_words(correction, limit=WHOLE), f"**{_('Shown in')}**\n" + "\n".join(answers)])[:BODY],
        footer=alone(),
        buttons=(
            Button(mark, Press.MARK, correction.code, enabled=bool(mine)),
            Button(_("All corrections"), Press.CORRECTIONS, "1"),
        ),
    )


def _place(guild: int | None, channel: int | None, message: int | None) -> str:
    if guild and channel and message:
        return f"https://discord.com/channels/{guild}/{channel}/{message}"
    return f"<#{channel}>" if channel else ""


def _entry(rank: int, correction: Correction, *, limit: int) -> str:
    name = escape(" ".join(correction.name.split()), limit=NAME)
    times = ngettext("shown once", "shown {count} times", len(correction.shown))
    head = f"**{rank}. {isolated(name)}** · {times.format(count=number(len(correction.shown)))}"
    return f"{head}\n{_words(correction, limit=limit)}"


def _words(correction: Correction, *, limit: int) -> str:
    """The words then and now, what differs struck out in the one and bold in the other."""
    then, now = _side_by_side(correction.old, correction.new or "", limit=limit)
    match correction.new:
        case None:
            said = _("The source is gone.")
        case "":
            said = _("The source no longer says anything like it.")
        case _:
            said = f"{_('Now:')} {isolated(now)}"
    return f"{_('Then:')} {isolated(then)}\n{said}"


def _side_by_side(old: str, new: str, *, limit: int) -> tuple[str, str]:
    ours, theirs = old.split(), new.split()
    then, now = [], []
    for edit in Levenshtein.opcodes(ours, theirs):
        gone, there = ours[edit.src_start : edit.src_end], theirs[edit.dest_start : edit.dest_end]
        then += [(" ".join(gone), edit.tag != "equal" and bool(new))] if gone else []
        now += [(" ".join(there), edit.tag != "equal")] if there else []
    return _drawn(then, "~~", limit), _drawn(now, "**", limit)


def _drawn(pieces: Sequence[tuple[str, bool]], sign: str, limit: int) -> str:
    room, drawn = limit, []
    for words, differs in pieces:
        if room <= len(sign) * 2 + 1:
            drawn.append("…")
            break
        said = escape(words, limit=room - len(sign) * 2)
        drawn.append(f"{sign}{said}{sign}" if differs else said)
        room -= len(drawn[-1]) + 1
    return " ".join(drawn)


def _choice(rank: int, correction: Correction) -> Choice:
    label = f"{rank}. {plain(correction.name, limit=CHOICE - 5)}"
    return Choice(label, correction.code, plain(correction.old, limit=CHOICE))


def correction_note(corrections: Sequence[Correction]) -> str:
    """The line above an answer whose source has changed since: what it says now."""
    lines: list[str] = []
    for correction in corrections:
        line = _note_on(correction)
        if sum(len(each) + 1 for each in lines) + len(line) > NOTE:
            break
        lines.append(line)
    return "\n".join(lines)


def _note_on(correction: Correction) -> str:
    name = isolated(escape(" ".join(correction.name.split()), limit=NAME))
    match correction.new:
        case None:
            return _("⚠️ One of the sources below is no longer there: {name}.").format(name=name)
        case "":
            said = _("⚠️ This source has changed since, and no longer says what is quoted below: {name}.")
            return said.format(name=name)
        case now:
            said = _("⚠️ This source has changed since: {name}. It now says:").format(name=name)
            return f"{said}\n> {isolated(escape(' '.join(now.split()), limit=QUOTED))}"


def marking(count: int) -> Page:
    said = ngettext(
        "I am marking {count} message now. Use `/log corrections` again to see what is left.",
        "I am marking {count} messages now, one after the other. Use `/log corrections` again to see what is left.",
        count,
    )
    return Page(said.format(count=number(count)))


def nothing_to_mark() -> Page:
    return Page(_("There is no message to mark: it has been done, or the sources have changed again."))


def marking_already() -> Page:
    return Page(_("I am still marking messages here. Try again when I am done."))
