"""What every keeper of leases promises, and every ledger of sessions, whatever they are kept in.

A test class for an implementation inherits one of these and has a fixture: `open_leases` makes what one more process
has, and `ledgers` gives those of two processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.leases import Leases, SessionLedger


class LeasesContract:
    """The promises of `Leases`, one a test."""

    def test_a_lease_has_one_holder_whose_note_the_others_are_told(self, open_leases: Callable[[], Leases]) -> None:
        first, second = open_leases(), open_leases()

        assert first.take("telling", "the first") is None
        assert first.take("telling", "the first") is None
        assert second.take("telling", "the second") == "the first"
        assert second.take("nightly jobs", "the second") is None
        assert first.take("nightly jobs") == "the second"

    def test_what_is_dropped_another_may_take(self, open_leases: Callable[[], Leases]) -> None:
        first, second = open_leases(), open_leases()
        first.take("telling")

        first.drop("telling")
        first.drop("what nobody took")

        assert second.take("telling") is None
        assert first.take("telling") is not None

    def test_a_process_that_ends_leaves_nothing_held(self, open_leases: Callable[[], Leases]) -> None:
        first, second = open_leases(), open_leases()
        first.take("telling")
        first.take("process 1")

        first.close()

        assert second.take("telling") is None
        assert dict(second.held("process")) == {}

    def test_what_is_held_by_anybody_can_be_listed(self, open_leases: Callable[[], Leases]) -> None:
        first, second = open_leases(), open_leases()
        first.take("process 0-1/4 a", "the first")
        second.take("process 2-3/4 b", "the second")
        first.take("telling", "the first")

        for leases in (first, second):
            assert dict(leases.held("process ")) == {"process 0-1/4 a": "the first", "process 2-3/4 b": "the second"}

    def test_what_one_remembers_the_other_recalls(self, open_leases: Callable[[], Leases]) -> None:
        first, second = open_leases(), open_leases()
        assert second.recall("commands.sha256") == ""

        first.remember("commands.sha256", "one")
        first.remember("commands.sha256", "two")

        assert second.recall("commands.sha256") == "two"


class SessionLedgerContract:
    """The promises of `SessionLedger`, one a test."""

    def test_the_sessions_of_all_processes_are_counted_together(self, ledgers: tuple[SessionLedger, ...]) -> None:
        first, second = ledgers
        for ledger in (first, second, first):
            ledger.add()

        assert len(first.ages(86_400)) == len(second.ages(86_400)) == 3
        assert all(0 <= age < 86_400 for age in first.ages(86_400))
        assert list(first.ages(0)) == []

    def test_in_one_bucket_sessions_begin_a_pause_apart(self, ledgers: tuple[SessionLedger, ...]) -> None:
        first, second = ledgers

        waits = [first.turn(0, 500), second.turn(0, 500), first.turn(0, 500), second.turn(1, 500)]

        assert [round(wait, -2) for wait in waits] == [0, 500, 1000, 0]
