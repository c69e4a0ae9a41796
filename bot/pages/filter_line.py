"""Which rows of the log a page is about, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _
from bot.pages.markdown import escape
from bot.pages.phrases import joined

if TYPE_CHECKING:
    from bot.store.filters import Filter

NAME = 100


def chosen_line(wanted: Filter, *, person: int | None = None, source: str = "") -> str:
    """Say which rows of a server are shown, as markdown; empty where it is all of them.

    Mentions in an embed show a name and ping nobody.
    """
    parts = [
        (wanted.unanswered, _("without an answer")),
        (wanted.thumbs is not None, _("voted down")),
        (person is not None, _("asked by {person}").format(person=f"<@{person}>")),
        (wanted.channel is not None, _("in {channel}").format(channel=f"<#{wanted.channel}>")),
        (wanted.since is not None, _("since {moment}").format(moment=_moment(wanted))),
        (wanted.source is not None, _("quoting “{source}”").format(source=_short(source or wanted.source or ""))),
        (bool(wanted.words), _("with “{words}”").format(words=_short(wanted.words))),
    ]
    said = joined(part for is_meant, part in parts if is_meant)
    return _("Only questions {which}.").format(which=said) if said else ""


def _moment(wanted: Filter) -> str:
    return f"<t:{int(wanted.since.timestamp())}:f>" if wanted.since else ""


def _short(text: str) -> str:
    return escape(" ".join(text.split()), limit=NAME)
