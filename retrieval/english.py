"""Whether a word is an English one, so that a word which the articles merely lack is not taken for a misspelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spellchecker import SpellChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

# The British spelling and the American one, at the place in a word where they differ.
SPELLINGS = (
    ("our", "or"),
    ("is(?=e|ing|ation)", "iz(?=e|ing|ation)"),
    ("ys(?=e|ing)", "yz(?=e|ing)"),
    ("re$", "er$"),
    ("re(?=s$)", "er(?=s$)"),
    ("ll(?=ed|ing|or|er)", "l(?=ed|ing|or|er)"),
    ("ae", "e"),
    ("oe", "e"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("mme", "m"),
    ("ey$", "ay$"),
    ("plough", "plow"),
)
BARE = re.compile(r"\(\?=[^)]*\)|\$")


def other_spellings(form: str) -> Iterator[str]:
    """What `form` would be on the other side of the Atlantic, and much that is no word at all."""
    for pair in SPELLINGS:
        for here, there in (pair, pair[::-1]):
            for match in re.finditer(here, form):
                yield form[: match.start()] + BARE.sub("", there) + form[match.end() :]


@lru_cache(maxsize=100_000)
def is_english(form: str) -> bool:
    """Whether `form`, in lower case, is a word that English dictionaries have, common names among them.

    The first call reads the dictionary, which takes about a fifth of a second.
    """
    return form in _dictionary() or any(other in _dictionary() for other in other_spellings(form))


@lru_cache(maxsize=1)
def _dictionary() -> SpellChecker:
    return SpellChecker(distance=1)
