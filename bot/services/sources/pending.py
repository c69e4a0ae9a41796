"""Drafts that wait for somebody to keep them: they outlive a restart, and are gone after a day."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.services.sources.source_disk import write
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.services.sources.source_draft import SourceDraft
    from bot.services.sources.source_store import SourceStore


@dataclass(frozen=True, slots=True)
class PendingSource:
    """What waits: for whom in which server, at which path, and whether it replaces what is there.

    `about` is JSON. Of a member's answer, `authors` wrote it, and `answers` is the id of a refused question.
    """

    place: str
    about: str
    guild: int
    who: int
    replaces: bool = False
    authors: tuple[int, ...] = ()
    answers: str = ""

    @property
    def said(self) -> SourceAbout:
        return SourceAbout.of(self.about)


class PendingSources:
    """Keeps drafts beside the store's own folder. Its methods block."""

    def __init__(self, store: SourceStore) -> None:
        self._store = store

    def hold(self, draft: SourceDraft, pending: PendingSource) -> str:
        """Have a draft wait, and give the name by which it is known."""
        token = self._store.stage(draft.content)
        write(self._store.aside / f"new-{token}.json", json.dumps(asdict(pending)).encode())
        return token

    def get(self, token: str, *, guild: int | None) -> PendingSource | None:
        """What waits under that name in that server; None where nothing does."""
        found = self._read(token)
        return found if found and found.guild == guild and self._store.staged(token) is not None else None

    def drop(self, token: str) -> None:
        """Let go of what waits."""
        self._store.discard(token)
        if token.isalnum():
            (self._store.aside / f"new-{token}.json").unlink(missing_ok=True)

    def forget(self, person: int) -> None:
        """Let go of all that waits and says what that person wrote, or that they would add."""
        for token in [*self._tokens()]:
            found = self._read(token)
            if found and (person in found.authors or person == found.who):
                self.drop(token)

    def _tokens(self) -> Iterator[str]:
        if self._store.aside.is_dir():
            for path in self._store.aside.glob("new-*.json"):
                yield path.name.removeprefix("new-").removesuffix(".json")

    def _read(self, token: str) -> PendingSource | None:
        if not token.isalnum():
            return None
        try:
            said = json.loads((self._store.aside / f"new-{token}.json").read_bytes())
            return PendingSource(**{**said, "authors": tuple(said["authors"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
