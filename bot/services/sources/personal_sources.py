"""What the added sources have of a person, and how that is deleted: what they wrote, and that they changed some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.store.source_history import SourceDeed, SourceTrace
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.sources.source_store import AddedSource, SourceStore


class PersonalSources:
    """Looks through a store for a person. Its methods block, and raise LogError."""

    def __init__(self, store: SourceStore) -> None:
        self._store = store

    def written_by(self, person: int) -> Sequence[AddedSource]:
        """The members' answers that are there and say what that person wrote."""
        files = dict.fromkeys(row.file for row in self._store.history.written_by(person))
        return [self._store.find(file) for file in files if person in self._store.authors(file)]

    def kept_of(self, person: int) -> SourceTrace:
        """What is kept of that person: what they wrote, removed answers among it, and what they did."""
        answers = {row.file for row in self._store.history.written_by(person)}
        return SourceTrace(len(answers), self._store.history.done_by(str(person)))

    def forget(self, person: int) -> Sequence[str]:
        """Delete what that person wrote, also what was put aside, and their id; give the files that are gone."""
        with self._store.alone():
            rows = self._store.history.written_by(person)
            gone = [one.file for one in self.written_by(person)]
            for file in gone:
                self._store.do(SourceDeed.REMOVED, file, "", about=SourceAbout(), was=SourceAbout())
            for row in (*rows, *self._store.history.written_by(person)):
                (self._store.aside / str(row.number)).unlink(missing_ok=True)
                self._store.discard(row.staged)
            self._store.history.forget(person)
            return gone

    def withdraw(self, file: str, person: int) -> None:
        """Delete one answer that a person wrote, also what was put aside of it. Raises SourceStoreError."""
        with self._store.alone():
            if person not in self._store.authors(file):
                raise SourceStoreError(SourceProblem.NOT_THERE, file)
            self._store.do(SourceDeed.REMOVED, file, "", about=SourceAbout(), was=SourceAbout())
            for row in self._store.history.rows(file=file):
                (self._store.aside / str(row.number)).unlink(missing_ok=True)
            self._store.history.blank(file)
