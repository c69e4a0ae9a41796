"""Who asked, as a keyed hash: the log can tell one asker from another, but not who they are."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
from typing import TYPE_CHECKING

from bot.config.errors import LogError

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

KEY_FILE = "asker.key"
KEY_BYTES = 32


class AskerHash:
    """Hashes askers with the key that lies beside the log; without a key nobody is named. Made by `open`."""

    def __init__(self, key: bytes | None) -> None:
        self._key = key

    @classmethod
    def open(cls, folder: Path, *, insist: bool = True) -> AskerHash:
        """The hasher of that data folder; its key is made where there is none, once for all processes.

        Where that fails it is a `LogError`; but without `insist` it is one line in the program's own log, and nobody
        is named.
        """
        try:
            return cls(_key(folder))
        except LogError as error:
            if insist:
                raise
            logger.error("Questions are logged without their askers: %s", error)  # noqa: TRY400 - one line is enough
            return cls(None)

    def hash(self, user_id: int) -> str:
        """32 hexadecimal digits that stand for that user, the same each time; empty without a key."""
        if self._key is None:
            return ""
        return hmac.new(self._key, str(user_id).encode(), hashlib.sha256).hexdigest()[:32]

    @property
    def fingerprint(self) -> str:
        """What tells this key from another and tells nothing of it; empty without a key."""
        if self._key is None:
            return ""
        return hmac.new(self._key, b"fingerprint of the key", hashlib.sha256).hexdigest()


def _key(folder: Path) -> bytes:
    path = folder / KEY_FILE
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except OSError as error:
        raise LogError(
            f"The key {path} cannot be read or made: {error.strerror or error}; let the user who runs quoth write "
            "there, or set QUOTH_DATA to another folder."
        ) from error
    if len(key) != KEY_BYTES:
        raise LogError(
            f"The key {path} has {len(key)} bytes, not {KEY_BYTES}: delete it, and a new one is made; those who asked "
            "before will look like others."
        )
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link appears whole or not at all, and never in the place of another: whoever comes second takes the first's.
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
