"""Which words are English ones, so that a word which the articles merely lack is not taken for a misspelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from spellchecker import SpellChecker

if TYPE_CHECKING:
    from collections.abc import Iterator

# British and American spelling, at the place in a word where they differ. Where a dictionary has both words, they are
# two ("mourning" and "morning"), but for those at the places in ALWAYS_ONE.
SPELLINGS = (
    ("(?<=[a-z]{2})our", "(?<=[a-z]{2})or"),
    ("is(?=e|ing|ation)", "iz(?=e|ing|ation)"),
    ("ys(?=e|ing)", "yz(?=e|ing)"),
    ("ll(?=ed|ing|er)", "l(?=ed|ing|er)"),
    ("(?<=h|p)ae(?=[dm])", "(?<=h|p)e(?=[dm])"),
    ("anaes", "anes"),
    ("archae", "arche"),
    ("noeuv", "neuv"),
    ("foet", "fet"),
    ("oestr", "estr"),
    ("ence", "ense"),
    ("mme", "m"),
)
ALWAYS_ONE = (
    ("re(?=s?$)", "er(?=s?$)"),
    ("ogue", "og"),
    ("(?<=lic)ence", "(?<=lic)ense"),
    ("grey", "gray"),
    ("plough", "plow"),
)
PLACE = re.compile(r"\(\?[^)]*\)")


def other_spellings(form: str) -> Iterator[str]:
    """What `form`, in lower case, is on the other side of the Atlantic."""
    for pair in (*SPELLINGS, *ALWAYS_ONE):
        for other in _rewritten(form, pair):
            known = (form in _dictionary()) + (other in _dictionary())
            if known == 1 or (known and pair in ALWAYS_ONE):
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
