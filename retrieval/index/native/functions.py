"""The compiled functions of retrieval/index/native, where the project was installed with a C compiler at hand.

Elsewhere there are none, and modules with numpy take their place, which find the same.

ctypes lets go of the interpreter's lock while such a function works, so an event loop in another thread goes on.
"""

from __future__ import annotations

import ctypes
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parent
Pointer = ctypes.c_void_p
Number = ctypes.c_int64
# What each function takes and gives, as its file here says it.
FUNCTIONS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "quoth_source": ((), ctypes.c_uint32),
    "quoth_best": ((*[Pointer] * 2, *[Number] * 6, Pointer), Number),
    "quoth_split": ((*[Pointer] * 3, Number, Pointer, Number, *[Pointer] * 2), Number),
    "quoth_pieces": ((*[Pointer] * 3, Number, *[Pointer] * 5), Number),
    "quoth_words": ((*[Pointer] * 2, *[Number] * 2, *[Pointer] * 4), Number),
    "quoth_distinct": ((*[Pointer] * 2, Number, *[Pointer] * 2), Number),
    "quoth_count": ((*[Pointer] * 3,), None),
    "quoth_invert": ((*[Pointer] * 4, Number), ctypes.c_int),
    "quoth_sign": ((*[Pointer] * 2, Number, *[Pointer] * 2), None),
    "quoth_entries": ((Pointer, Number, *[Pointer] * 4), Number),
    "quoth_by_form": ((Pointer, Number, *[Pointer] * 3), None),
    "quoth_first": ((Pointer, Number, *[Pointer] * 4), None),
}


def available() -> bool:
    """Whether the functions were compiled and can be used."""
    return load() is not None


@cache
def load() -> Any:
    """The compiled functions, None where there are none or they were compiled from another text than is here."""
    try:
        loaded = ctypes.CDLL(str(HERE / "_native.so"))
        for name, (takes, gives) in FUNCTIONS.items():
            function = getattr(loaded, name)
            function.argtypes, function.restype = takes, gives
        return loaded if loaded.quoth_source() == _source() else None
    except (OSError, AttributeError):  # there is none, or one for another machine
        return None


def at(array: NDArray[Any]) -> int:
    """Where the numbers of an array lie, which has to be kept as long as a function uses them."""
    return int(array.ctypes.data)


def _source() -> int:
    """A number for the text that is here, as build_native.py takes it."""
    number = 0
    for path in sorted(HERE.glob("*.[ch]")):
        number = zlib.crc32(path.read_bytes(), number)
    return number
