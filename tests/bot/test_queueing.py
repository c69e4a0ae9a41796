"""The queue in front of the desk: fair between people, bounded, and honest about it."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.expiring_set import MOST, ExpiringSet
from bot.services.fair_queue import PEOPLE_REMEMBERED, FairQueue, FullError, StillAnsweringError, TooFastError


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def in_order(queue: FairQueue, people: str) -> str:
    """Let people ask in this order, all before the first is done, and give the order in which they are served."""
    served: list[str] = []

    async def ask(person: str) -> None:
        async with queue.turn(ord(person)):
            served.append(person)
            await asyncio.sleep(0)

    await asyncio.gather(*map(ask, people))
    return "".join(served)


async def test_who_asks_once_comes_before_the_second_question_of_who_asks_often() -> None:
    queue = FairQueue(at_once=1, each=200, burst=1000)

    assert await in_order(queue, "a" * 199 + "b" + "c") == "a" + "abc" + "a" * 197


@given(st.text("abcde", max_size=60), st.integers(1, 4))
async def test_nobody_is_served_twice_while_another_waits_unserved(people: str, at_once: int) -> None:
    served = await in_order(FairQueue(at_once=at_once, each=100, max_waiting=100, burst=1000), people)

    assert Counter(served) == Counter(people)
    waiting = Counter(people[at_once:])
    turns = served[at_once:]
    for at, person in enumerate(turns):
        rest = turns[at:]
        following = rest.find(person, 1)
        others = set(rest) - {person}
        if following > 0:
            assert others <= set(rest[:following])
    assert Counter(turns) == waiting


async def test_what_waits_is_bounded_for_each_and_for_all() -> None:
    queue = FairQueue(at_once=1, each=2, max_waiting=3, burst=1000)
    done = asyncio.Event()

    async def ask(person: int) -> None:
        async with queue.turn(person):
            await done.wait()

    asking = [asyncio.create_task(ask(person)) for person in (1, 1, 2, 3)]
    await asyncio.sleep(0)

    with pytest.raises(StillAnsweringError):
        await ask(1)
    with pytest.raises(FullError):
        await ask(4)
    done.set()
    await asyncio.gather(*asking)
    await ask(1)


async def test_a_person_has_some_questions_at_once_and_then_one_every_few_seconds() -> None:
    clock = Clock()
    queue = FairQueue(burst=2, every=3.0, clock=clock)

    async def ask(person: int) -> None:
        async with queue.turn(person):
            pass

    await ask(1)
    await ask(1)
    with pytest.raises(TooFastError) as told:
        await ask(1)
    assert told.value.seconds == 3
    await ask(2)
    clock.now += 2.5
    with pytest.raises(TooFastError) as told:
        await ask(1)
    assert told.value.seconds == 1
    clock.now += 0.5
    await ask(1)


async def test_who_stops_waiting_and_what_fails_keeps_nobody_waiting() -> None:
    queue = FairQueue(at_once=1)
    began = asyncio.Event()

    async def fail() -> None:
        async with queue.turn(1):
            began.set()
            await asyncio.sleep(0)
            raise ValueError

    async def ask(person: int) -> str:
        async with queue.turn(person):
            return "served"

    failing, leaving, staying = (asyncio.create_task(each) for each in (fail(), ask(2), ask(3)))
    await began.wait()
    leaving.cancel()
    results = await asyncio.gather(failing, leaving, staying, return_exceptions=True)

    assert [type(result) for result in results] == [ValueError, asyncio.CancelledError, str]
    assert await ask(2) == "served"


async def test_a_turn_that_comes_to_one_who_left_goes_to_the_next() -> None:
    queue = FairQueue(at_once=1)

    async def ask(person: int) -> str:
        async with queue.turn(person):
            return "served"

    async with queue.turn(1):
        leaving, staying = asyncio.create_task(ask(2)), asyncio.create_task(ask(3))
        await asyncio.sleep(0)
    leaving.cancel()  # its turn has come, and it does not know yet

    assert await asyncio.wait_for(staying, 5) == "served"


async def test_only_so_many_people_are_remembered() -> None:
    queue = FairQueue()
    for person in range(PEOPLE_REMEMBERED + 10):
        async with queue.turn(person):
            pass

    assert len(queue.cooldowns._full_at) == PEOPLE_REMEMBERED


def test_a_silence_lasts_for_a_while_and_is_one_of_many() -> None:
    clock = Clock()
    silences = ExpiringSet(60.0, clock=clock)
    silences.add(1)

    assert (1 in silences, 2 in silences) == (True, False)
    clock.now += 60
    assert 1 not in silences
    for number in range(MOST + 10):
        silences.add(number)
    assert (1 in silences, MOST in silences) == (False, True)
