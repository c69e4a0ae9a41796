"""The address of a query log in a PostgreSQL database, and how it is shown without its secret."""

from __future__ import annotations

from urllib.parse import urlsplit

SCHEMES = ("postgresql", "postgres")
EXAMPLE = "postgresql://quoth@localhost/quoth"


def is_address(text: str) -> bool:
    """Whether `text` is the address of a database, and not the path of a file."""
    return text.partition("://")[0].lower() in SCHEMES


def address_problem(address: str) -> str | None:
    """What is wrong with an address, as the next step and without a word of it; None where nothing is."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        parts = None
    if parts is None or not is_address(address) or any(char.isspace() for char in address):
        return f"give the address of a PostgreSQL database such as {EXAMPLE}, or leave it out for a SQLite file"
    return None


def shown_address(address: str) -> str:
    """The address as people may read it: the host, its port and the database, without user, password or options."""
    parts = urlsplit(address)
    return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"
