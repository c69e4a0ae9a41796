"""The check of requests against Discord's own description finds what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bot.openapi import Description, InvalidRequestError

FILE = Path(__file__).parents[2] / ".." / "shared" / "discord" / "openapi.json"
MESSAGES = "/channels/1/messages"

pytestmark = pytest.mark.skipif(
    not FILE.is_file(),
    reason="Discord's description of its API is not beside the checkout (shared/discord/openapi.json)",
)


@pytest.fixture(scope="module")
def description() -> Description:
    return Description(FILE)


def test_a_valid_message_passes(description: Description) -> None:
    description.check("POST", MESSAGES, params={}, body={"embeds": [{"description": "> Quoted"}]})


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 4001},
        {"embeds": [{"description": "x" * 4097}]},
        {"embeds": "not a list"},
        {"message_reference": {"message_id": 1}},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "custom_id": "x" * 101}]}]},
    ],
)
def test_a_body_that_discord_would_not_take_fails(description: Description, body: Any) -> None:
    with pytest.raises(InvalidRequestError, match="POST /channels/"):
        description.check("POST", MESSAGES, params={}, body=body)


def test_a_path_that_discord_does_not_have_fails(description: Description) -> None:
    with pytest.raises(InvalidRequestError, match="not a request"):
        description.check("POST", "/channels/1/letters", params={}, body={})


def test_a_parameter_that_discord_does_not_have_fails(description: Description) -> None:
    with pytest.raises(InvalidRequestError, match="no parameters"):
        description.check("GET", MESSAGES, params={"newest": True}, body=None)


def test_a_body_where_none_is_taken_fails(description: Description) -> None:
    with pytest.raises(InvalidRequestError, match="no JSON body"):
        description.check("GET", MESSAGES, params={}, body={"content": "Hello"})
