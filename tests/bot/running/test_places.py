"""Where the bot is a person's own tool, what they ask stays out of the server's log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from bot.services.question_service import Desk
from tests.bot.fakes import MemoryQueryLog
from tests.bot.running.payloads import ANN, GUILD, IN_SERVER, SERVER, asked, brought_along
from tests.bot.running.running import QUESTION, Running

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer
    from tests.bot.running.loopback import Loopback

START = Callable[..., Running]
BY_PERSON, BY_SERVER = {"1": ANN["id"]}, {"0": SERVER}
GROUP = {"id": "2500", "type": 3, "name": "A group", "recipients": [ANN]}


@pytest.mark.parametrize(
    ("owners", "is_member", "guild"),
    [
        pytest.param(BY_PERSON, False, None, id="brought along"),
        pytest.param(BY_SERVER, False, int(SERVER), id="added with its commands alone"),
        pytest.param(BY_PERSON, True, int(SERVER), id="added, and brought along as well"),
    ],
)
async def test_a_question_belongs_to_a_server_that_added_the_bot_and_to_no_other(
    loopback: Loopback, run: START, answerer: Answerer, owners: dict[str, str], is_member: bool, guild: int | None
) -> None:
    log = MemoryQueryLog()
    loopback.events.extend([("GUILD_CREATE", GUILD)] * is_member)
    call = brought_along(QUESTION) | {"authorizing_integration_owners": owners}
    loopback.events.append(("INTERACTION_CREATE", call))
    run(desk=Desk(answerer, log))
    await loopback.until(lambda: bool(loopback.responses))

    (response,) = loopback.responses.values()
    (row,) = log.rows.values()
    assert response["data"]["embeds"][0]["title"] == QUESTION
    assert (row.guild, row.channel) == (guild, int(IN_SERVER))


async def test_in_a_private_group_a_question_is_answered_too(
    loopback: Loopback, run: START, answerer: Answerer
) -> None:
    log = MemoryQueryLog()
    loopback.events.append(
        ("INTERACTION_CREATE", asked(QUESTION) | {"context": 2, "channel_id": "2500", "channel": GROUP})
    )
    run(desk=Desk(answerer, log))
    await loopback.until(lambda: bool(loopback.responses))

    (response,) = loopback.responses.values()
    (row,) = log.rows.values()
    assert response["data"]["embeds"][0]["title"] == QUESTION
    assert (row.guild, row.channel) == (None, 2500)
