"""Several things at once in threads of this process: numpy and compiled functions let other threads work."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


WORTH_THREADS = 500_000  # numbers to be gone through


def side_by_side(tasks: Sequence[Callable[[], Any]], numbers: int) -> list[Any]:
    """What the tasks give, each done in a thread of its own where they go through so many `numbers` that it pays.

    Raises what the first of them raised that did.
    """
    if numbers < WORTH_THREADS:
        return [task() for task in tasks]
    outcomes: list[Any] = [None] * len(tasks)
    errors: list[BaseException] = []

    def done(number: int) -> None:
        try:
            outcomes[number] = tasks[number]()
        except BaseException as error:
            errors.append(error)

    threads = [Thread(target=done, args=(number,)) for number in range(1, len(tasks))]
    for thread in threads:
        thread.start()
    done(0)
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return outcomes
