"""The promises of what processes that share a log agree on: what one alone may do, and the sessions they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Leases(Protocol):
    """Says who may do what one process alone may do. Call it in a thread: a server may take its time.

    Promises, held for every implementation by tests/contracts/leases.py: a lease has one holder at a time; it is kept
    until it is dropped, or until its process has ended, in whatever way; what was remembered is recalled by every
    process; whatever goes wrong is a `LogError`.
    """

    def take(self, name: str, note: str = "") -> str | None:
        """Take a lease, for as long as this process runs; what is held already stays so.

        None where this process holds it now; otherwise the note of the one that does. It is to be asked each time
        before the thing is done: a server that was away has forgotten who held what.
        """
        ...

    def drop(self, name: str) -> None:
        """Let another process have a lease."""
        ...

    def held(self, prefix: str) -> Mapping[str, str]:
        """The notes of the leases that somebody holds now and whose names begin so, by their names."""
        ...

    def recall(self, name: str) -> str:
        """What was remembered last by that name; empty where nothing was."""
        ...

    def remember(self, name: str, text: str) -> None: ...

    def close(self) -> None:
        """Drop everything."""
        ...


class SessionLedger(Protocol):
    """Counts the sessions with Discord that all processes of one bot begin, and has them begin in turn.

    Promises, held for every implementation by tests/contracts/leases.py; call it in a thread.
    """

    def ages(self, lasting: float) -> Sequence[float]:
        """For each session that was begun within so many seconds, how many seconds ago; the oldest first."""
        ...

    def add(self) -> None:
        """Count a session that begins now."""
        ...

    def turn(self, bucket: int, pause: float) -> float:
        """The seconds to wait until one may begin in that bucket. No other may for `pause` seconds after that."""
        ...
