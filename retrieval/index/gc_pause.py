"""When Python looks for garbage: not while many objects are made that stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_looking_for_garbage() -> Iterator[None]:
    """Has Python look for no garbage as long as the block runs.

    For what makes hundreds of thousands of objects that are all in use until it is done: to look through these again
    and again takes a tenth of the time, finds nothing, and stops all threads.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
