"""One connection to the log's database, safe down to the server's disk."""

from __future__ import annotations

from typing import Any, TypeAlias

import psycopg
from psycopg.rows import dict_row

Record: TypeAlias = dict[str, Any]
Connection: TypeAlias = psycopg.Connection[Record]

SCHEMA = "quoth"
# Seconds to reach the server; less is more to libpq. Milliseconds after which a server that was cut off is given up.
REACHING, CUT_OFF = 2, 5_000
# A row that was acknowledged is on the server's disk, whatever its own settings say of haste. An answer waits for its
# row, so nobody waits long for another's lock.
SETTINGS = (
    f"SET search_path = {SCHEMA}, public; SET timezone = 'UTC'; SET synchronous_commit = on; "
    "SET lock_timeout = '1s'; SET client_min_messages = warning"
)


def connect(address: str) -> Connection:
    """A new connection in autocommit mode, whatever the schema is."""
    connection = psycopg.connect(
        address,
        autocommit=True,
        row_factory=dict_row,
        connect_timeout=REACHING,
        tcp_user_timeout=CUT_OFF,
        application_name="quoth",
    )
    try:
        connection.execute(SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection
