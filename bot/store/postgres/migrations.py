"""The schema of a log in PostgreSQL, as the steps that lead to it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import psycopg

from bot.config.errors import LogError
from bot.store.postgres.connection import SCHEMA

if TYPE_CHECKING:
    from bot.store.postgres.connection import Connection

# Append only: a step that was ever released is never changed, since there are databases that went through it.
#
# Ids, files and askers sort by their bytes (COLLATE "C"), as everywhere else in the program. Text is escaped (see
# `nul_escape`), since PostgreSQL has no NUL. `folded` is the question as searches compare it.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE questions (
            id          text COLLATE "C" PRIMARY KEY,
            asked_at    timestamptz NOT NULL,
            surface     text NOT NULL,
            guild       bigint,
            channel     bigint,
            asker       text COLLATE "C" NOT NULL,
            question    text NOT NULL,
            outcome     text NOT NULL,
            reason      text,
            confidence  double precision NOT NULL CHECK (confidence <> 'NaN'),
            up          integer NOT NULL DEFAULT 0,
            down        integer NOT NULL DEFAULT 0,
            elapsed_ms  double precision NOT NULL CHECK (elapsed_ms <> 'NaN'),
            follows     text,
            library     text NOT NULL,
            version     text NOT NULL,
            narrowed_to text,
            at_most     integer,
            private     boolean NOT NULL DEFAULT false,
            tentative   boolean NOT NULL DEFAULT false,
            weaker      boolean NOT NULL DEFAULT false,
            folded      text COLLATE "C" NOT NULL
        )
        """,
        """
        CREATE TABLE quotes (
            question_id text COLLATE "C" NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            position    integer NOT NULL,
            guild       bigint,
            file        text COLLATE "C" NOT NULL,
            name        text NOT NULL,
            sha256      text NOT NULL,
            start       bigint NOT NULL,
            "end"       bigint NOT NULL,
            text        text NOT NULL,
            score       double precision NOT NULL,
            near        boolean NOT NULL,
            PRIMARY KEY (question_id, position)
        )
        """,
        """
        CREATE TABLE votes (
            question_id text COLLATE "C" NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            voter       text COLLATE "C" NOT NULL,
            helpful     boolean NOT NULL,
            voted_at    timestamptz NOT NULL,
            comment     text NOT NULL,
            PRIMARY KEY (question_id, voter)
        )
        """,
        """
        CREATE TABLE marks (
            question_id text COLLATE "C" PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
            mark        text NOT NULL,
            marked_at   timestamptz NOT NULL
        )
        """,
        """
        CREATE TABLE gaps (
            question_id text COLLATE "C" PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
            state       text NOT NULL,
            source      text,
            changed_at  timestamptz NOT NULL
        )
        """,
        """
        CREATE TABLE wishes (
            question_id text COLLATE "C" NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
            user_id     bigint NOT NULL,
            asker       text COLLATE "C" NOT NULL,
            wished_at   timestamptz NOT NULL,
            claimed_at  timestamptz,
            PRIMARY KEY (question_id, user_id)
        )
        """,
        "CREATE TABLE readings (one integer PRIMARY KEY, library text NOT NULL, read_at timestamptz NOT NULL)",
        # What servers and people wish. `channels` is a JSON list of ids; NULL is as the operator has it.
        """
        CREATE TABLE servers (
            guild     bigint PRIMARY KEY,
            channels  text NOT NULL,
            quotes    integer,
            logged    boolean NOT NULL,
            keep_days integer,
            language  text,
            told      boolean NOT NULL
        )
        """,
        'CREATE TABLE opted_out (asker text COLLATE "C" PRIMARY KEY, since timestamptz NOT NULL)',
        # What a review looks for, newest first.
        "CREATE INDEX questions_by_guild ON questions (guild, id)",
        "CREATE INDEX questions_by_channel ON questions (channel, id) WHERE channel IS NOT NULL",
        "CREATE INDEX questions_by_asker ON questions (asker, id) WHERE asker <> ''",
        "CREATE INDEX questions_unanswered ON questions (id, guild) WHERE outcome = 'no_answer'",
        "CREATE INDEX questions_voted_up ON questions (id, guild) WHERE up > 0",
        "CREATE INDEX questions_voted_down ON questions (id, guild) WHERE down > 0",
        "CREATE INDEX quotes_by_source ON quotes (file, question_id) INCLUDE (guild) WHERE NOT near",
        "CREATE INDEX votes_by_voter ON votes (voter)",
        "CREATE INDEX wishes_by_asker ON wishes (asker)",
        # What the processes that share the log agree on: it is no part of the log, and is not copied with it.
        'CREATE TABLE leases (name text COLLATE "C" PRIMARY KEY, note text NOT NULL, taken_at timestamptz NOT NULL)',
        'CREATE TABLE shared_notes (name text COLLATE "C" PRIMARY KEY, text text NOT NULL)',
        "CREATE TABLE sessions (begun_at timestamptz NOT NULL)",
        "CREATE TABLE identify_turns (bucket integer PRIMARY KEY, free_at timestamptz NOT NULL)",
    ),
    (
        "ALTER TABLE questions ADD COLUMN asked_of text NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN collections text NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN stale_days integer",
        "ALTER TABLE questions ADD COLUMN message bigint",
        "ALTER TABLE questions ADD COLUMN withdrawn boolean NOT NULL DEFAULT false",
        "ALTER TABLE questions ADD COLUMN corrected text NOT NULL DEFAULT ''",
        "ALTER TABLE servers ADD COLUMN forums text NOT NULL DEFAULT '[]'",
        "ALTER TABLE servers ADD COLUMN digest_channel bigint",
        "ALTER TABLE servers ADD COLUMN digest_at timestamptz",
    ),
)

# Finds the rows with a word from an index. Not every user may make the extension; without it each row is looked at.
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
WORD_INDEX = "CREATE INDEX IF NOT EXISTS questions_by_words ON questions USING gin (folded gin_trgm_ops)"
# Two programs that start at once must not both make the schema.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('quoth schema', 0))"
VERSION = "SELECT max(version) AS version FROM quoth.schema_version"


def migrate(connection: Connection, name: str) -> None:
    """Brings the database to today's schema, all of it or nothing; `connection` is in autocommit mode.

    A schema that a newer program wrote is a `LogError`: we would not know what to keep.
    """
    newest = len(MIGRATIONS)
    if _version(connection, name) == newest:
        return
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = 0")
        connection.execute(LOCK)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)")
        # Asked again behind the lock: another process may have been quicker.
        for number in range(_version(connection, name), newest):
            for statement in MIGRATIONS[number]:
                connection.execute(statement.encode())
            connection.execute("INSERT INTO schema_version VALUES (%s)", (number + 1,))
        with suppress(psycopg.Error), connection.transaction():
            connection.execute(EXTENSION)
            connection.execute(WORD_INDEX)


def _version(connection: Connection, name: str) -> int:
    there = connection.execute("SELECT to_regclass('quoth.schema_version') IS NOT NULL AS there").fetchone()
    if not (there and there["there"]):
        return 0
    found = connection.execute(VERSION).fetchone()
    version = int(found["version"] or 0) if found else 0
    if version > len(MIGRATIONS):
        raise LogError(
            f"The query log {name} is of schema version {version}, and this quoth knows up to {len(MIGRATIONS)}: "
            "install a newer quoth, or set QUOTH_LOG to another database."
        )
    return version
