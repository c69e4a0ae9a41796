"""A source by what a person calls it: its name, its file, or a part of either that no other source has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.cli.terminal.exit_codes import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Source(Protocol):
    """What has a name and a file, such as an article."""

    @property
    def name(self) -> str: ...

    @property
    def file(self) -> str: ...


Named = TypeVar("Named", bound=Source)


def find_source(called: str, articles: Sequence[Named]) -> Named:
    """Find the one article that is `called` so.

    Raises InputError, which offers names, where there is none or more than one.
    """
    wanted = " ".join(called.split()).casefold()
    exactly = [article for article in articles if wanted in (article.name.casefold(), article.file.casefold())]
    partly = [article for article in articles if wanted in article.name.casefold() or wanted in article.file.casefold()]
    found = exactly or (partly if wanted else [])
    if len(found) == 1:
        return found[0]
    if found:
        names = "; ".join(article.name for article in found)
        raise InputError(
            f"“{called}” is in the names of {len(found)} sources ({names}); give more of the one you mean."
        )
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only who mistypes needs it

    closest = process.extractOne(
        called,
        [article.name for article in articles],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=70,
    )
    hint = f"did you mean “{closest[0]}”?" if closest else "`quoth sources` lists them."
    raise InputError(f"No source is called “{called}”; {hint}")
