"""A quick start: Python looks for no garbage while modules are imported and articles read."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_garbage() -> Iterator[None]:
    """Within it nothing is looked for that can be thrown away, and what was made then is never looked at again.

    Looking takes a tenth of the time to the first answer, and what a start makes is there to stay.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.enable()
