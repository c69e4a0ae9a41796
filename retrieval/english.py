"""Which words are English ones, so that a word which the articles merely lack is not taken for a misspelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spellchecker import SpellChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

# British and American spelling, at the place in a word where they differ. "sense" is not the other spelling of
# "sence", but "pet" would be one of "poet": two words that a dictionary has are only taken for one where this says so.
SPELLINGS = (
    ("our", "or"),
    ("is(?=e|ing|ation)", "iz(?=e|ing|ation)"),
    ("ys(?=e|ing)", "yz(?=e|ing)"),
    ("ll(?=ed|ing|er)", "l(?=ed|ing|er)"),
    ("ae", "e"),
    ("oe", "e"),
    ("ence", "ense"),
    ("mme", "m"),
)
ALWAYS_ONE = (
    ("re(?=s?$)", "er(?=s?$)"),
    ("ogue", "og"),
    ("(?<=lic)ence", "ense"),
    ("grey", "gray"),
    ("plough", "plow"),
)
PLACE = re.compile(r"\(\?[^)]*\)")


def other_spellings(form: str) -> Iterator[str]:
    """What `form`, in lower case, is on the other side of the Atlantic, and much that is no word at all."""
    for pair in ALWAYS_ONE:
        yield from _rewritten(form, pair)
    for pair in SPELLINGS:
        for other in _rewritten(form, pair):
            if not (form in _dictionary() and other in _dictionary()):
                yield other


def _rewritten(form: str, pair: tuple[str, str]) -> Iterator[str]:
    for here, there in (pair, pair[::-1]):
        for match in re.finditer(here, form):
            yield form[: match.start()] + PLACE.sub("", there) + form[match.end() :]


@lru_cache(maxsize=100_000)
def is_english(form: str) -> bool:
    """Whether `form`, in lower case, is a word that an English dictionary has; common names are among them.

    The first call reads the dictionary, which takes about a fifth of a second.
    """
    return form in _dictionary() or any(other in _dictionary() for other in other_spellings(form))


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(SpellChecker().word_frequency.words())
