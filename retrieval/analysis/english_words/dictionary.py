"""Which words are English ones, so that a word which the articles merely lack is not taken for a misspelling."""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from importlib.resources import files
from string import ascii_lowercase
from typing import TYPE_CHECKING

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
            known = _is_listed(form) + _is_listed(other)
            if known == 1 or (known and pair in ALWAYS_ONE):
                yield other


def _rewritten(form: str, pair: tuple[str, str]) -> Iterator[str]:
    for here, there in (pair, pair[::-1]):
        for match in re.finditer(here, form):
            yield form[: match.start()] + PLACE.sub("", there) + form[match.end() :]


@lru_cache(maxsize=100_000)
def is_english(form: str) -> bool:
    """Whether `form`, in lower case, is a word that an English dictionary has; common names are among them.

    The first call unpacks the dictionary, and each first one for a letter reads its words: a fiftieth of a second.
    """
    return _is_listed(form) or any(_is_listed(other) for other in other_spellings(form))


def read_all() -> None:
    """Read the whole dictionary now, for a process whose other threads are not to wait for it later."""
    for letter in ascii_lowercase:
        _beginning_with(letter)


def _is_listed(form: str) -> bool:
    return form in _beginning_with(form[:1])


@lru_cache(maxsize=100)
def _beginning_with(letter: str) -> frozenset[str]:
    """The words of the dictionary that begin with a letter."""
    return frozenset(re.findall(rf'"({re.escape(letter)}[^"]*)"', _dictionary()))


@lru_cache(maxsize=1)
def _dictionary() -> str:
    """The dictionary of pyspellchecker, JSON whose strings are the words.

    Its own reader makes tables of all 160,000 words, which takes ten times as long and more than all else that the
    first question with a misspelt word waits for.
    """
    try:
        return gzip.decompress(files("spellchecker").joinpath("resources/en.json.gz").read_bytes()).decode()
    except OSError:  # a version that keeps it elsewhere
        from spellchecker import SpellChecker  # noqa: PLC0415

        return json.dumps([*SpellChecker().word_frequency.words()], ensure_ascii=False)
