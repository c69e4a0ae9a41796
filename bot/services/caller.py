"""Who asks, from where, and with which rights: what every request brings along, whatever surface it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """A person, by the ids of the surface. Ids and rights come from what the surface says, never from what was sent.

    `guild` is None in a direct message; where `channel` is a thread, `parent` is the channel that it belongs to.
    `manages` tells whether the person may manage that guild, `moderates` whether they may delete what others write, and
    `roles` are the ids of theirs in it; `locale` is the language in which the surface speaks to them, such as "de" or
    "es-ES".
    """

    user: int
    guild: int | None = None
    channel: int | None = None
    parent: int | None = None
    manages: bool = False
    moderates: bool = False
    locale: str = "en"
    roles: tuple[int, ...] = ()
