"""What a person asked last is kept for them, for a while, and for no more people than there is room for."""

from __future__ import annotations

from bot.services.conversations import Conversations, Speaker
from bot.services.receipts import PreviousTurn
from retrieval.core.query_model import Query

ANN = Speaker(user=1, guild=7, channel=8)
FIRST = PreviousTurn("1", Query("Who leads?", ()))
SECOND = PreviousTurn("2", Query("Who follows?", ()))


class Clock:
    """Tells the time that it is set to, in seconds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_last_question_of_a_person_in_a_place_is_theirs_alone() -> None:
    conversations = Conversations()

    conversations.note(ANN, FIRST)
    conversations.note(ANN, SECOND)

    assert conversations.last(ANN) == SECOND
    others = [Speaker(2, 7, 8), Speaker(1, 9, 8), Speaker(1, None, 8), Speaker(1, 7, 9)]
    assert [conversations.last(other) for other in others] == [None] * 4


def test_a_question_is_forgotten_after_ten_minutes() -> None:
    clock = Clock()
    conversations = Conversations(clock=clock)
    conversations.note(ANN, FIRST)

    clock.now = 600.0
    assert conversations.last(ANN) == FIRST
    clock.now = 600.1
    assert conversations.last(ANN) is None


def test_whoever_asked_longest_ago_is_forgotten_first() -> None:
    conversations = Conversations(capacity=2)
    ben, cem = Speaker(2, 7, 8), Speaker(3, 7, 8)

    for speaker in (ANN, ben, ANN, cem):
        conversations.note(speaker, FIRST)

    assert [conversations.last(speaker) for speaker in (ANN, ben, cem)] == [FIRST, None, FIRST]
