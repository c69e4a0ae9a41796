"""How the bot behaves in one server, for those who manage it, and what they hear when they change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import OWN_NAMES, _, counted, isolated
from bot.pages.page import Page
from bot.pages.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.preferences import Server


def settings_page(server: Server, *, limit: int, keep_days: int, said: str = "") -> Page:
    """Show all settings and how to change each, under a line that says what was changed just now.

    `limit` and `keep_days` are the operator's.
    """
    if server.channels:
        where = _("only in {channels} and their threads").format(channels=channels_line(server.channels))
    else:
        where = _("in every channel")
    if server.quotes is None:
        quotes = _("at most {quotes}, the default").format(quotes=counted(limit, "quotation"))
    else:
        quotes = _("at most {quotes}").format(quotes=counted(server.quotes, "quotation"))
    logged = _("logged, without names") if server.logged else _("not logged")
    blocks = (
        _(
            "**Where I answer:** {where}\n"
            "Change it with `/settings channels add`, `/settings channels remove` and `/settings channels all`."
        ).format(where=where),
        _(
            "**First answers in forums:** {forums}\n"
            "Change it with `/settings forums add` and `/settings forums remove`."
        ).format(forums=channels_line(server.forums) if server.forums else _("in no forum")),
        _("**Weekly digest:** {channel}\nChange it with `/settings digest`.").format(
            channel=f"<#{server.digest_channel}>" if server.digest_channel else _("none")
        ),
        _("**Quotations in an answer:** {quotes}\nChange it with `/settings quotes`.").format(quotes=quotes),
        _("**Language of my answers:** {language}\nChange it with `/settings language`.").format(
            language=isolated(OWN_NAMES[server.language]) if server.language else _("the server’s language on Discord")
        ),
        _("**Questions:** {logged}\nChange it with `/settings logging`.").format(logged=logged),
        _("**Kept for:** {days}\nChange it with `/settings keep`.").format(days=_kept(server, keep_days)),
        _("**Marked as out of date:** {age}\nChange it with `/settings age`.").format(
            age=_("no sources")
            if server.stale_days is None
            else _("sources more than {days} old").format(days=counted(server.stale_days, "day"))
        ),
        _("**Who sees which sources:** `/settings collections list` shows it."),
    )
    return Page(
        title=_("Settings of this server"),
        body="\n\n".join(filter(None, (said, *blocks))),
        footer=_("Only you can see this"),
    )


def channels_line(channels: Sequence[int]) -> str:
    return listed([f"<#{channel}>" for channel in channels])


def _kept(server: Server, keep_days: int) -> str:
    days = server.days(keep_days)
    if not days:
        return _("until someone deletes them")
    if server.keep_days is None or server.keep_days > keep_days > 0:
        return _("{days}, the default").format(days=counted(days, "day"))
    return counted(days, "day")


def not_answered_here(channels: Sequence[int]) -> Page:
    """Tell, to one person alone, where in their server the bot answers."""
    return Page(
        _("In this server I only answer in {channels}. Ask me there.").format(channels=channels_line(channels)),
        private=True,
    )


def questions_are_logged() -> str:
    return _("Questions in this server are logged, without your name. /privacy show tells you more.")


def not_yours_to_change() -> Page:
    return Page(_("Only people who may manage this server can see and change its settings."))


def only_in_a_server() -> Page:
    return Page(_("Settings belong to a server. Use `/settings show` in one that you manage."))


def unchangeable() -> Page:
    return Page(_("The settings cannot be read or changed right now. Try again later."))


def channel_added(channel: int) -> str:
    return _("From now on I answer in {channel}.").format(channel=f"<#{channel}>")


def channel_removed(channel: int, *, is_last: bool) -> str:
    if is_last:
        return _("{channel} was the last channel on the list, so I answer in every channel again.").format(
            channel=f"<#{channel}>"
        )
    return _("I no longer answer in {channel}.").format(channel=f"<#{channel}>")


def channel_not_listed(channel: int) -> str:
    return _("{channel} is not on the list, so nothing has changed.").format(channel=f"<#{channel}>")


def forum_added(forum: int) -> str:
    return _(
        "From now on new posts in {forum} get a first answer from their titles, where a source surely answers them. "
        "I need the right to send messages in threads there."
    ).format(forum=f"<#{forum}>")


def forum_removed(forum: int) -> str:
    return _("I no longer answer posts in {forum}.").format(forum=f"<#{forum}>")


def digest_set(channel: int | None) -> str:
    if channel is None:
        return _("From now on there is no weekly digest.")
    return _(
        "From now on {channel} gets a digest once a week, the first one in seven days: questions, the share that was "
        "answered, new gaps and corrections to make. Everybody who can read that channel can read it."
    ).format(channel=f"<#{channel}>")


def too_many_channels(most: int) -> str:
    return _("The list already has {count} channels and is full. Remove one first.").format(count=most)


def every_channel() -> str:
    return _("From now on I answer in every channel.")


def quotes_set(number: int | None) -> str:
    if number is None:
        return _("From now on answers have the default number of quotations.")
    return _("From now on an answer has at most {quotes}.").format(quotes=counted(number, "quotation"))


def language_set(language: str | None) -> str:
    if language is None:
        return _("From now on my answers are in the server’s language on Discord.")
    return _("From now on my answers here are in this language: {language}. Quotations stay as they are.").format(
        language=isolated(OWN_NAMES[language])
    )


def logging_set(*, on: bool) -> str:
    if on:
        return _("From now on questions are logged, except those of people who opted out with `/privacy opt-out`.")
    return _(
        "From now on questions are answered but not logged: nobody can vote on the answers, and only the person "
        "who asked can follow them up. What was logged before stays until it is too old."
    )


def keep_set(days: int | None) -> str:
    if days is None:
        return _("From now on questions are kept for the default time.")
    return _("From now on questions are kept for {days}. Older ones are deleted within the hour.").format(
        days=counted(days, "day")
    )


def age_set(days: int | None) -> str:
    if days is None:
        return _("From now on no source is marked as out of date.")
    return _("From now on answers say that a source may be out of date if it is more than {days} old.").format(
        days=counted(days, "day")
    )


def keeps_less(most: int) -> str:
    return _(
        "Nothing has changed: the people who run this bot keep questions for at most {days}. Choose that or less."
    ).format(days=counted(most, "day"))
