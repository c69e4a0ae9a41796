"""Other processes that share work: started anew, so that threads of this one do no harm, and never left behind."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

Result = TypeVar("Result")
AHEAD = 2  # jobs that are given out for each process: one that is done and one that waits


class WorkerPool:
    """So many processes, to be used in a `with`; one alone is this process itself.

    Ctrl-C reaches this process alone; the others end what they do and are gone when the `with` is left. Where this one
    is killed, they see that it is gone and end.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = (
            ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin) if count > 1 else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def each(self, task: Callable[..., Result], jobs: Sequence[tuple[Any, ...]]) -> Iterator[Result]:
        """What `task` gives for each job, in their order, with few jobs ahead of what is taken.

        Both have to be of a kind that another process can be sent. A job that other processes cannot do, because they
        cannot be started or were killed, is done here.
        """
        if self._pool is None:
            yield from (task(*job) for job in jobs)
            return
        waiting: deque[Future[Result]] = deque()
        given = 0
        for job in jobs:
            try:
                while given < len(jobs) and len(waiting) < self._count * AHEAD:
                    waiting.append(self._pool.submit(task, *jobs[given]))
                    given += 1
                done = waiting.popleft().result()
            except BrokenProcessPool:
                given = len(jobs)
                done = task(*job)
            yield done


def _begin() -> None:
    """What a process does first; it lives too short to look for garbage, which takes a tenth of the time."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
