"""Many at once, and where the bot may not write: nothing that costs it its place on Discord."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bot.services.question_service import Desk
from tests.bot.fakes import MemoryQueryLog, PatientAnswerer
from tests.bot.running.payloads import BEN, GUILD, IN_SERVER, SERVER, asked, mention, message, person
from tests.bot.running.running import QUESTION, Running

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.running.loopback import Loopback

START = Callable[..., Running]
MENTIONS = 10_000
REFUSED = f"POST /channels/{IN_SERVER}/messages"


@pytest.mark.slow
async def test_ten_thousand_mentions_where_the_bot_may_not_write_make_hardly_a_request(
    loopback: Loopback, run: START, tmp_path: Path
) -> None:
    quick = PatientAnswerer(tmp_path, "Fallujah was lost in June 2016.", fingerprint="sha256:0")
    quick.may_answer.set()
    loopback.forbidden.add(IN_SERVER)
    loopback.events.append(("GUILD_CREATE", GUILD))
    running = run(desk=Desk(quick.as_answerer(), MemoryQueryLog()))
    await loopback.until(lambda: loopback.identified == 1)

    for number in range(MENTIONS):
        await loopback.tell("MESSAGE_CREATE", mention(QUESTION, id=str(10_000 + number)))
    await loopback.tell("MESSAGE_CREATE", message(QUESTION, id="4001", author=BEN))
    await loopback.until(lambda: bool(loopback.sent))
    await running.clients[0].delivery.all_landed()

    assert loopback.told.count(REFUSED) < 100


@pytest.mark.slow
async def test_while_one_person_asks_two_hundred_times_at_once_everybody_else_is_answered(
    loopback: Loopback, run: START
) -> None:
    run()
    await loopback.until(lambda: loopback.identified == 1)
    begun: list[str] = []

    async def ask(who: int) -> None:
        begun.append(id_ := str(20_000 + len(begun)))
        call = asked(QUESTION, id=id_, token=f"token-{id_}") | {"user": person(who)}
        await loopback.tell("INTERACTION_CREATE", call)

    for number in range(200):
        await ask(0)
        if number % 4 == 0:
            await ask(1 + number)
    await loopback.until(lambda: len(loopback.responses) == len(begun))

    titles = {id_: response["data"]["embeds"][0].get("title") for id_, response in loopback.responses.items()}
    others = [id_ for number, id_ in enumerate(begun) if number % 5 == 1]
    answered = [id_ for id_, title in titles.items() if title == QUESTION]
    assert len(others) == 50
    assert set(others) < set(answered)
    assert len(answered) < 2 * len(others)


CHANGES = {
    "the channel": ("CHANNEL_UPDATE", GUILD["channels"][0] | {"guild_id": SERVER}),
    "a role": ("GUILD_ROLE_UPDATE", {"guild_id": SERVER, "role": GUILD["roles"][0]}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_once_something_changed_there_it_answers_again_at_once(
    loopback: Loopback, run: START, change: tuple[str, Any]
) -> None:
    loopback.forbidden.add(IN_SERVER)
    loopback.events.append(("GUILD_CREATE", GUILD))
    loopback.events.append(("MESSAGE_CREATE", mention(QUESTION, id="4001")))
    run()
    await loopback.until(lambda: REFUSED in loopback.told)
    loopback.forbidden.clear()
    await loopback.tell("MESSAGE_CREATE", mention(QUESTION, id="4002"))
    await loopback.tell("MESSAGE_CREATE", message(QUESTION, id="4003"))
    await loopback.until(lambda: bool(loopback.sent))

    await loopback.tell(*change)
    await loopback.tell("MESSAGE_CREATE", mention(QUESTION, id="4004"))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert [sent["message_reference"]["message_id"] for sent in loopback.sent] == ["4003", "4004"]
