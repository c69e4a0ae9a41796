"""What a person who reviewed a row of the log found: right, wrong, or one that should have been refused."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.store.sqlite.connections import BUSY_TIMEOUT
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.sqlite_errors import log_errors
from bot.store.sqlite.statements import storable

if TYPE_CHECKING:
    from pathlib import Path


class Mark(StrEnum):
    """What a reviewer says of a row.

    RIGHT: what was shown answers the question, or it was rightly refused. WRONG: it does not, or was wrongly refused.
    REFUSE: the articles do not answer it, so that it should be refused.
    """

    RIGHT = "right"
    WRONG = "wrong"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Review:
    """A mark, and when it was given, in UTC."""

    mark: Mark
    marked_at: datetime.datetime


SET = "INSERT OR REPLACE INTO marks (question_id, mark, marked_at) SELECT id, :mark, :now FROM questions WHERE id = :id"
CLEAR = "DELETE FROM marks WHERE question_id = :id"
FOUND = "SELECT EXISTS (SELECT 1 FROM questions WHERE id = :id)"
SETTINGS = ("PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON")


def set_mark(path: Path, id: str, mark: Mark | None) -> bool:  # noqa: A002 - it is called that
    """Give the row of that id a mark in place of the one it has, or with None take it away; False where there is none.

    It is on the disk when this returns. Raises LogError.
    """
    prepare(path)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
    values = {"id": storable(id), "mark": mark, "now": now}
    with (
        log_errors(path, "written"),
        closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)) as connection,
    ):
        for setting in SETTINGS:
            connection.execute(setting)
        connection.execute(CLEAR if mark is None else SET, values)
        return bool(connection.execute(FOUND, values).fetchone()[0])
