"""The marks that reviewers give, in the file of the log."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.store.sqlite.connections import writing
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.sqlite_errors import log_errors
from bot.store.text import storable

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.reviews import Mark

SET_MARK = """
INSERT OR REPLACE INTO marks (question_id, mark, marked_at) SELECT id, :mark, :now FROM questions WHERE id = :id
"""
CLEAR_MARK = "DELETE FROM marks WHERE question_id = :id"
MARKED = "id IN (SELECT question_id FROM marks)"
MARKS = "SELECT question_id, mark, marked_at FROM marks WHERE question_id BETWEEN :first AND :last"
HAS_ROW = "SELECT EXISTS (SELECT 1 FROM questions WHERE id = :id)"


def set_mark(path: Path, id: str, mark: Mark | None) -> bool:  # noqa: A002 - it is called that
    """Give the row of that id a mark in place of the one it has, or with None take it away; False where there is none.

    It is on the disk when this returns. Raises LogError.
    """
    prepare(path)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
    values = {"id": storable(id), "mark": mark, "now": now}
    with log_errors(path, "written"), writing(path) as connection:
        connection.execute(CLEAR_MARK if mark is None else SET_MARK, values)
        return bool(connection.execute(HAS_ROW, values).fetchone()[0])
