"""A quick start: nobody looks for garbage while modules are imported and articles read, nor for plugins of pydantic."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retrieval.index.gc_pause import without_looking_for_garbage

if TYPE_CHECKING:
    from collections.abc import Iterator


def no_plugins() -> None:
    """Have pydantic not look for plugins in all installed packages, which takes 10 ms; none of them is meant for us."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")


@contextmanager
def no_garbage() -> Iterator[None]:
    """Within it nothing is looked for that can be thrown away, and what was made then is never looked at again.

    Looking takes a tenth of the time to the first answer, and what a start makes is there to stay.
    """
    with without_looking_for_garbage():
        try:
            yield
        finally:
            gc.freeze()
