"""How much work something is: counted and not timed, so that it is the same on every machine, however busy."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 120.0  # seconds after which a test that waits for something gives up; however busy, no machine needs so long


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, Python's own too, that `work` makes."""
    count = 0

    def note(_: Any, event: str, __: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
