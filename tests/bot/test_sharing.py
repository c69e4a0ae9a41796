"""The event loop gets its turn while answers are worked out."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest

from bot.config.interpreter import TURN, share_the_interpreter
from retrieval.index.gc_pause import without_looking_for_garbage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    """Puts back what belongs to the whole process."""
    interval, garbage = sys.getswitchinterval(), gc.get_threshold()
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*garbage)
    gc.unfreeze()


@pytest.mark.usefixtures("_as_it_was")
def test_a_thread_that_computes_lets_another_go_on_after_half_a_millisecond() -> None:
    share_the_interpreter()

    assert sys.getswitchinterval() == pytest.approx(TURN)


@pytest.mark.usefixtures("_as_it_was")
def test_garbage_is_never_looked_for_among_what_was_there_before() -> None:
    kept = [[number] for number in range(1000)]

    share_the_interpreter()

    assert gc.get_freeze_count() > len(kept)
    assert not any(one is kept[0] for one in gc.get_objects())


def test_no_garbage_is_looked_for_while_much_is_made() -> None:
    with without_looking_for_garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_no_garbage_was_looked_for_none_is_afterwards() -> None:
    gc.disable()
    try:
        with without_looking_for_garbage():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
