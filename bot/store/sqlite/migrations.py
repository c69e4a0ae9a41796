"""The log's schema, as the steps that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.store.filters import fold

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

# Append only: a step that was ever released is never changed, since there are files that went through it.
# Step n takes a file of schema version n (SQLite's `user_version`) to n + 1.
#
# Times are ISO 8601 in UTC with six digits of seconds ("2025-01-31T09:00:00.000000+00:00"): they sort as text, and a
# person who opens the file can read them. Truth values are 0 and 1.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE questions (
            id         TEXT PRIMARY KEY NOT NULL,
            asked_at   TEXT NOT NULL,
            surface    TEXT NOT NULL,
            question   TEXT NOT NULL,
            outcome    TEXT NOT NULL,
            confidence REAL NOT NULL,
            elapsed_ms REAL NOT NULL,
            library    TEXT NOT NULL,
            version    TEXT NOT NULL,
            guild      INTEGER,
            channel    INTEGER,
            asker      TEXT NOT NULL,
            reason     TEXT,
            follows    TEXT
        ) STRICT
        """,
        """
        CREATE TABLE quotes (
            question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            position    INTEGER NOT NULL,
            file        TEXT NOT NULL,
            name        TEXT NOT NULL,
            sha256      TEXT NOT NULL,
            start       INTEGER NOT NULL,
            "end"       INTEGER NOT NULL,
            text        TEXT NOT NULL,
            score       REAL NOT NULL,
            near        INTEGER NOT NULL,
            PRIMARY KEY (question_id, position)
        ) STRICT
        """,
        "CREATE INDEX questions_by_guild ON questions (guild, id)",
    ),
    (
        "ALTER TABLE questions ADD COLUMN narrowed_to TEXT",
        "ALTER TABLE questions ADD COLUMN at_most INTEGER",
        """
        CREATE TABLE marks (
            question_id TEXT PRIMARY KEY NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            mark        TEXT NOT NULL,
            marked_at   TEXT NOT NULL
        ) STRICT
        """,
    ),
    (
        # What a review looks for. Each index answers one filter from itself alone; its last columns are what is asked
        # beside that filter, so that only the rows that are shown are read.
        "ALTER TABLE questions ADD COLUMN up INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE questions ADD COLUMN down INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE questions ADD COLUMN folded TEXT NOT NULL DEFAULT ''",
        "UPDATE questions SET folded = quoth_folded(question)",
        "ALTER TABLE quotes ADD COLUMN guild INTEGER",
        "UPDATE quotes SET guild = (SELECT guild FROM questions WHERE id = question_id)",
        """
        CREATE TABLE votes (
            question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            voter       TEXT NOT NULL,
            helpful     INTEGER NOT NULL,
            voted_at    TEXT NOT NULL,
            PRIMARY KEY (question_id, voter)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX votes_by_voter ON votes (voter)",
        "DROP INDEX questions_by_guild",
        "CREATE INDEX questions_by_guild ON questions (guild, id, outcome, elapsed_ms, up, down, folded)",
        "CREATE INDEX questions_by_time ON questions (id, guild, outcome, elapsed_ms, up, down)",
        "CREATE INDEX questions_by_channel ON questions (channel, id, guild) WHERE channel IS NOT NULL",
        "CREATE INDEX questions_by_asker ON questions (asker, id, guild) WHERE asker <> ''",
        "CREATE INDEX questions_unanswered ON questions (id, guild, outcome) WHERE outcome = 'no_answer'",
        "CREATE INDEX questions_voted_up ON questions (id, guild, up) WHERE up > 0",
        "CREATE INDEX questions_voted_down ON questions (id, guild, down) WHERE down > 0",
        "CREATE INDEX quotes_by_source ON quotes (file, question_id, guild, near) WHERE near = 0",
    ),
    (
        "ALTER TABLE questions ADD COLUMN private INTEGER NOT NULL DEFAULT 0",
        "UPDATE questions SET private = 1 WHERE surface = 'menu'",
        "ALTER TABLE votes ADD COLUMN comment TEXT NOT NULL DEFAULT ''",
        # What servers and people wish. `channels` is a JSON list of ids; NULL is as the operator has it.
        """
        CREATE TABLE servers (
            guild     INTEGER PRIMARY KEY NOT NULL,
            channels  TEXT NOT NULL,
            quotes    INTEGER,
            logged    INTEGER NOT NULL,
            keep_days INTEGER,
            language  TEXT,
            told      INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE opted_out (
            asker TEXT PRIMARY KEY NOT NULL,
            since TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        # What is done about questions without help, who wants to be told of a source, and the articles last asked.
        """
        CREATE TABLE gaps (
            question_id TEXT PRIMARY KEY NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            state       TEXT NOT NULL,
            source      TEXT,
            changed_at  TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE wishes (
            question_id TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            user_id     INTEGER NOT NULL,
            asker       TEXT NOT NULL,
            wished_at   TEXT NOT NULL,
            claimed_at  TEXT,
            PRIMARY KEY (question_id, user_id)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX wishes_by_asker ON wishes (asker)",
        "CREATE TABLE readings (one INTEGER PRIMARY KEY, library TEXT NOT NULL, read_at TEXT NOT NULL) STRICT",
    ),
    (
        # Before, every answer was given without reserve, and with passages that say little.
        "ALTER TABLE questions ADD COLUMN tentative INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE questions ADD COLUMN weaker INTEGER NOT NULL DEFAULT 0",
        "UPDATE questions SET weaker = 1",
        # What stats count is read from the index alone.
        "DROP INDEX questions_by_guild",
        "DROP INDEX questions_by_time",
        "CREATE INDEX questions_by_guild ON questions (guild, id, outcome, elapsed_ms, up, down, tentative, folded)",
        "CREATE INDEX questions_by_time ON questions (id, guild, outcome, elapsed_ms, up, down, tentative)",
    ),
    (
        "ALTER TABLE questions ADD COLUMN message INTEGER",
        "ALTER TABLE questions ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE questions ADD COLUMN corrected TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN forums TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE servers ADD COLUMN digest_channel INTEGER",
        "ALTER TABLE servers ADD COLUMN digest_at TEXT",
    ),
    (
        # Before, everybody saw all sources, and no question was narrowed but to one of them.
        "ALTER TABLE questions ADD COLUMN asked_of TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN collections TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN stale_days INTEGER",
    ),
)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Brings the file to today's schema, all of it or nothing; `connection` is in autocommit mode.

    A file that a newer program wrote is a `LogError`: we would not know what to keep.
    """
    newest = len(MIGRATIONS)
    if _version(connection, path) == newest:
        return
    connection.create_function("quoth_folded", 1, fold, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again behind the lock: another process may have been quicker.
        for number in range(_version(connection, path), newest):
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise LogError(
            f"The query log {path} is of schema version {version}, and this quoth knows up to {len(MIGRATIONS)}: "
            "install a newer quoth, or set QUOTH_DATA to another folder."
        )
    return version
