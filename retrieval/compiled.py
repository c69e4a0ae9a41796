"""The functions of retrieval/native, where the project was installed with a C compiler at hand.

Elsewhere there are none, and modules with numpy take their place, which find the same.

ctypes lets go of the interpreter's lock while such a function works, so an event loop in another thread goes on.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def library() -> Any:
    """The compiled functions, None where there are none or they were compiled from another text than is here."""
    try:
        loaded = ctypes.CDLL(str(HERE / "_native.so"))
        loaded.quoth_source.restype = ctypes.c_uint32
        return loaded if loaded.quoth_source() == _source() else None
    except (OSError, AttributeError):  # there is none, or one for another machine
        return None


def _source() -> int:
    """A number for the text that is here, as build_native.py takes it."""
    number = 0
    for path in sorted((HERE / "native").glob("*.[ch]")):
        number = zlib.crc32(path.read_bytes(), number)
    return number
