"""Leases between the processes of one machine that share a data folder: a lock on a file each."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from bot.store.sqlite.sqlite_errors import is_locked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCK, NOTE = ".lock", ".note"
SOMEBODY = "another process"


class SqliteLeases:
    """Keeps the promises of `Leases` with files in the folder `leases` of `data`.

    A lock is that of an empty SQLite file, which every system knows and lets go where a process is killed. Where the
    folder cannot be written, every lease is had: no answer is lost for want of one.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "leases"
        self._locks: dict[str, sqlite3.Connection] = {}
        self._one_at_a_time = threading.Lock()

    def take(self, name: str, note: str = "") -> str | None:
        with self._one_at_a_time:
            if name in self._locks:
                return None
            try:
                self._locks[name] = self._lock(name)
            except sqlite3.Error as error:
                return (self._read(self._path(name, NOTE)) or SOMEBODY) if is_locked(error) else None
            except OSError:
                return None
            with suppress(OSError):
                self._path(name, NOTE).write_text(note, encoding="utf-8")
            return None

    def drop(self, name: str) -> None:
        with self._one_at_a_time:
            lock = self._locks.pop(name, None)
            if lock:
                lock.close()

    def held(self, prefix: str) -> Mapping[str, str]:
        with self._one_at_a_time:
            names = sorted(unquote(path.stem) for path in self._folder.glob(f"*{LOCK}"))
            return {
                name: self._read(self._path(name, NOTE)) or SOMEBODY
                for name in names
                if name.startswith(prefix) and (name in self._locks or self._is_held(name))
            }

    def recall(self, name: str) -> str:
        return self._read(self._data / name)

    def remember(self, name: str, text: str) -> None:
        with suppress(OSError):
            self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._data / name).write_text(text + "\n", encoding="utf-8")

    def close(self) -> None:
        for name in tuple(self._locks):
            self.drop(name)

    def _lock(self, name: str) -> sqlite3.Connection:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = sqlite3.connect(self._path(name, LOCK), timeout=0.0, isolation_level=None, check_same_thread=False)
        try:
            lock.execute("PRAGMA journal_mode = MEMORY")  # no second file, for which there may be no room
            lock.execute("BEGIN EXCLUSIVE")
        except BaseException:
            lock.close()
            raise
        return lock

    def _is_held(self, name: str) -> bool:
        """Whether another process holds it; the files of one that nobody holds are deleted."""
        try:
            with closing(self._lock(name)):
                for kind in (NOTE, LOCK):
                    self._path(name, kind).unlink(missing_ok=True)
        except sqlite3.Error as error:
            return is_locked(error)
        except OSError:
            return False
        return False

    def _path(self, name: str, kind: str) -> Path:
        return self._folder / f"{quote(name, safe=' ')}{kind}"

    @staticmethod
    def _read(path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""
