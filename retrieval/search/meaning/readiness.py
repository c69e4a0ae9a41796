"""How a sentence encoder takes part in answers, for whoever tells people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class MeaningState(StrEnum):
    """How a model takes part: none is set, it reads along, its embeddings are still to be made, it cannot be used."""

    NONE = "none"
    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MeaningStatus:
    """How a model takes part, for whoever tells people.

    `model` is its name, `made` how many texts were encoded just now, `missing` how many are still to be, `path` the
    file of the embeddings; `note` is a sentence where somebody should know more.
    """

    state: MeaningState
    model: str = ""
    made: int = 0
    missing: int = 0
    path: Path | None = None
    note: str = ""


NO_MODEL = MeaningStatus(MeaningState.NONE)
