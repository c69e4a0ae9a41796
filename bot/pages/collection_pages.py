"""Collections as people see them: their names, and what is said where there is none of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _
from bot.pages.markdown import escape, plain
from bot.pages.page import BODY, Page
from bot.pages.phrases import listed
from bot.store.collection_rules import EVERYWHERE
from retrieval.ingestion.collection_names import other_versions, server_of, short_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.store.collection_rules import CollectionPlace, CollectionRules

CHOICES = 25
CHOICE = 100  # units of a choice's name and of its value, at most
TOP = "/"  # stands for the articles that lie in no folder where a name is needed
NAME = 200
LISTED = BODY - 1500  # units of the list


def collection_name(collection: str) -> str:
    """What people call a collection; the articles that lie in no folder have a name too."""
    return short_name(collection) or _("General")


def collection_choices(collections: Collection[str], typed: str) -> list[tuple[str, str]]:
    """The collections whose names have what was typed, by name, each with the value that `meant_collection` knows."""
    wanted = typed.strip().casefold()
    named = sorted((_told_apart(name, collections), name) for name in collections)
    found = [(shown, name or TOP) for shown, name in named if wanted in shown.casefold()]
    return [(plain(shown, limit=CHOICE) or value, value) for shown, value in found if len(value) <= CHOICE][:CHOICES]


def meant_collection(collections: Collection[str], typed: str) -> str | None:
    """The collection that somebody means by its value or its name; None where none of these is it, or several are."""
    if (value := "" if typed == TOP else typed) in collections:
        return value
    wanted = typed.strip().casefold()
    called = [name for name in collections if wanted in {collection_name(name).casefold(), name.casefold()}]
    return called[0] if len(called) == 1 else None


def unknown_collection(typed: str) -> Page:
    return Page(no_collection(typed), private=True)


def unknown_time(typed: str) -> Page:
    said = _("“{typed}” is not a time that I understand. Write a year, a month or a day: 2019, March 2019, 2019-03-05.")
    return Page(said.format(typed=_shown(typed)), private=True)


def no_collection(typed: str) -> str:
    return _("There is no collection called “{name}” here. Choose one from the list.").format(name=_shown(typed))


def collections_page(names: Collection[str], rules: CollectionRules, *, said: str = "") -> Page:
    """List the collections with who sees each, under a line that says what was changed just now."""
    aside = other_versions(names, rules.versions)
    lines = [
        f"**{_shown(shown)}**: {_seen_by(name, rules, old=name in aside)}"
        for shown, name in sorted((_told_apart(name, names), name) for name in names)
    ]
    how = _(
        "Change it with `/settings collections hide`, `/settings collections show` and `/settings collections version`."
    )
    about = _("People who manage this server see all collections in answers that only they see.")
    shown = "\n".join(lines)
    if len(shown) > LISTED:
        shown = shown[:LISTED].rpartition("\n")[0] + "\n…"
    return Page(
        title=_("Collections of sources"),
        body="\n\n".join(filter(None, (said, shown, how, about))),
        footer=_("Only you can see this"),
    )


def _seen_by(name: str, rules: CollectionRules, *, old: bool) -> str:
    """Who sees a collection."""
    shown = [f"<#{channel}>" for channel, collection in sorted(rules.channels) if collection == name]
    shown += [f"<@&{role}>" for role, collection in sorted(rules.roles) if collection == name]
    hidden = [f"<#{place}>" for place, collection in sorted(rules.hidden) if collection == name and place != EVERYWHERE]
    if (EVERYWHERE, name) not in rules.hidden:
        said = _("everyone here")
    elif shown:
        said = _("only {places}").format(places=listed(shown))
    else:
        said = _("nobody here")
    if hidden:
        said = _("{who}, but not in {places}").format(who=said, places=listed(hidden))
    return _("{who}; an old version, searched only when a question names it").format(who=said) if old else said


def now_hidden(name: str, place: CollectionPlace) -> str:
    if any(place):
        return _("From now on {places} no longer gets answers from “{name}”.").format(
            places=_named(place), name=_shown(collection_name(name))
        )
    return _("From now on nobody here gets answers from “{name}”, unless you show it to a channel or a role.").format(
        name=_shown(collection_name(name))
    )


def now_shown(name: str, place: CollectionPlace) -> str:
    if place.role:
        return _(
            "From now on {places} gets answers from “{name}”. For a role these are answers that only the person who "
            "asks can see, such as those of `/ask` with `private`."
        ).format(places=_named(place), name=_shown(collection_name(name)))
    if place.channel:
        return _("From now on {places} gets answers from “{name}”.").format(
            places=_named(place), name=_shown(collection_name(name))
        )
    return _("From now on everyone here gets answers from “{name}”.").format(name=_shown(collection_name(name)))


def version_set(name: str) -> str:
    return _("From now on a question that names no version is asked of “{name}”.").format(
        name=_shown(collection_name(name))
    )


def newest_version() -> str:
    return _("From now on a question that names no version is asked of the newest one.")


def no_version(typed: str) -> str:
    return _("“{name}” is no version of something here; a version is a collection such as v1, 2.0 or api-1.x.").format(
        name=_shown(typed)
    )


def too_many_rules(most: int) -> str:
    return _("There are already {count} rules about collections. Take one back first.").format(count=most)


def _named(place: CollectionPlace) -> str:
    """A channel and a role as Discord shows them, "" for the whole server."""
    named = [f"<#{place.channel}>"] if place.channel is not None else []
    return listed([*named, f"<@&{place.role}>"] if place.role is not None else named) if any(place) else ""


def _shown(name: str) -> str:
    return escape(" ".join(name.split()), limit=NAME)


def _told_apart(collection: str, collections: Collection[str]) -> str:
    """The name of a collection, and which one it is where another has the same."""
    name = collection_name(collection)
    if server_of(collection) is None or all(
        collection_name(other) != name for other in collections if other != collection
    ):
        return name
    return _("{name} (this server’s own)").format(name=name)
