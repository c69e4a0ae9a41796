"""Which collections of articles the members of a server see, where, and by which of their roles."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from retrieval.ingestion.collection_names import version_of

if TYPE_CHECKING:
    from collections.abc import Collection

EVERYWHERE = 0  # stands in `hidden` for the whole server


class CollectionPlace(NamedTuple):
    """What a rule is about: a channel, a role, or the whole server where there is neither."""

    channel: int | None = None
    role: int | None = None


@dataclass(frozen=True, slots=True)
class CollectionRules:
    """Without a rule everybody in a server sees every collection.

    `hidden` has (id of a channel or EVERYWHERE, collection). What is hidden everywhere is still seen in the channels,
    and by those with the roles, that it is shown to: `channels` and `roles` have (id, collection). `versions` are those
    that are asked instead of the newest where nobody names one.
    """

    hidden: frozenset[tuple[int, str]] = frozenset()
    channels: frozenset[tuple[int, str]] = frozenset()
    roles: frozenset[tuple[int, str]] = frozenset()
    versions: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.hidden) + len(self.channels) + len(self.roles) + len(self.versions)

    def sees(self, collection: str, places: Collection[int | None], roles: Collection[int]) -> bool:
        """Whether a collection is seen in these places (a channel, and the one it is a thread of) with these roles."""
        if any((role, collection) in self.roles for role in roles):
            return True
        if any((place, collection) in self.hidden for place in places if place):
            return False
        here = any((place, collection) in self.channels for place in places)
        return here or (EVERYWHERE, collection) not in self.hidden

    def hide(self, collection: str, place: CollectionPlace) -> CollectionRules:
        """The rules where a collection is no longer seen there; hidden from all, it is shown to none."""
        rules = self
        if place.channel is None and place.role is None:
            rules = self.show(collection, place)
            return dataclasses.replace(rules, hidden=rules.hidden | {(EVERYWHERE, collection)})
        if place.role is not None:
            rules = dataclasses.replace(rules, roles=rules.roles - {(place.role, collection)})
        if place.channel is not None:
            rule = (place.channel, collection)
            rules = dataclasses.replace(rules, hidden=rules.hidden | {rule}, channels=rules.channels - {rule})
        return rules

    def show(self, collection: str, place: CollectionPlace) -> CollectionRules:
        """The rules where a collection is seen there; by all, no other rule about it is left."""
        if place.channel is None and place.role is None:
            hidden, channels, roles = (
                frozenset(rule for rule in rules if rule[1] != collection)
                for rules in (self.hidden, self.channels, self.roles)
            )
            return CollectionRules(hidden, channels, roles, self.versions)
        rules = self
        if place.role is not None:
            rules = dataclasses.replace(rules, roles=rules.roles | {(place.role, collection)})
        if place.channel is not None:
            rule = (place.channel, collection)
            rules = dataclasses.replace(rules, hidden=rules.hidden - {rule}, channels=rules.channels | {rule})
        return rules

    def with_version(self, collection: str) -> CollectionRules:
        """The rules where this version is asked in place of the others of the same thing."""
        others = {name for name in self.versions if _thing(name) != _thing(collection)}
        return dataclasses.replace(self, versions=frozenset(others | {collection}))


def _thing(collection: str) -> str | None:
    """What a collection is a version of."""
    version = version_of(collection)
    return version[0] if version else None


EVERYTHING = CollectionRules()
PAIRS = ("hidden", "channels", "roles")


def read_rules(written: str) -> CollectionRules:
    """The rules that `written_rules` wrote."""
    if not written:
        return EVERYTHING
    said = json.loads(written)
    hidden, channels, roles = (frozenset((id_, name) for id_, name in said[what]) for what in PAIRS)
    return CollectionRules(hidden, channels, roles, frozenset(said["versions"]))


def written_rules(rules: CollectionRules) -> str:
    """Rules as a store keeps them, "" where there are none."""
    return json.dumps({what: sorted(getattr(rules, what)) for what in (*PAIRS, "versions")}) if len(rules) else ""
