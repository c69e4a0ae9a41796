"""Ids of log rows sort by time."""

from __future__ import annotations

import datetime

from bot.store.ids import Ids, first_id, new_id
from tests.bot.fakes import NOON


def test_ids_sort_by_time_and_keep_their_order_within_a_millisecond() -> None:
    moments = [NOON + datetime.timedelta(milliseconds=number // 100) for number in range(1000)]

    made = [new_id(moment) for moment in moments]

    assert made == sorted(set(made))
    assert {len(id_) for id_ in made} == {16}
    assert Ids().new(NOON) != Ids().new(NOON), "two processes of one moment make two ids"


def test_the_first_id_of_a_moment_parts_what_was_asked_before_from_what_was_asked_then() -> None:
    just_before = NOON - datetime.timedelta(milliseconds=1)

    assert Ids().new(just_before) < first_id(NOON) <= Ids().new(NOON)
    assert first_id(datetime.datetime(1969, 1, 1, tzinfo=datetime.UTC)) == "0" * 16
