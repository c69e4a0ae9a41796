"""What PostgreSQL says went wrong, as sentences that name the next step, without the address's secret."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from psycopg import errors

from bot.config.errors import LogError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What was refused, and the next step; what is not here is said in PostgreSQL's own words.
CAUSES: tuple[tuple[tuple[type[psycopg.Error], ...], str], ...] = (
    ((errors.DiskFull,), "the disk of the server is full; free some space there"),
    ((errors.LockNotAvailable,), "another program holds it locked; try again when that is done"),
    ((errors.QueryCanceled,), "it was cut short; try again"),
    (
        (errors.ReadOnlySqlTransaction,),
        "that server takes no changes, as a standby does not; set QUOTH_LOG to the one that does",
    ),
    (
        (errors.InsufficientPrivilege,),
        "the user of QUOTH_LOG may not do that; let it own the database, or its schema quoth",
    ),
    ((errors.UniqueViolation,), "it has that already"),
    ((errors.TooManyConnections,), "the server has no connection left; raise its max_connections"),
    ((errors.InvalidPassword, errors.InvalidAuthorizationSpecification), "the server does not let that user in"),
    ((errors.InvalidCatalogName,), "the server has no such database; make it with createdb"),
    (
        (errors.UndefinedTable, errors.InvalidSchemaName),
        "its tables are gone; start Quoth again, which makes them",
    ),
)


def log_error(name: str, what: str, error: Exception) -> LogError:
    """The LogError for what went wrong with the log that is shown as `name`; `what` was to be done with it."""
    return LogError(f"The query log {name} cannot be {what}: {_cause(error)}.")


@contextmanager
def log_errors(name: str, what: str) -> Iterator[None]:
    """Turns whatever PostgreSQL, its driver or the file system raises into a `LogError`."""
    try:
        yield
    except (psycopg.Error, OSError, ValueError, OverflowError) as error:
        raise log_error(name, what, error) from error


def _cause(error: Exception) -> str:
    for kinds, cause in CAUSES:
        if isinstance(error, kinds):
            return cause
    if isinstance(error, psycopg.OperationalError):
        why = _first_line(error).removesuffix(".")
        return f"its server does not answer ({why}); start it, or check QUOTH_LOG"
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        return "its address cannot be used; check QUOTH_LOG"  # the driver's words may quote the address
    return _first_line(error).removesuffix(".")


def _first_line(error: Exception) -> str:
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        return error.diag.message_primary
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rpartition(" failed: ")[2] or lines[0]
