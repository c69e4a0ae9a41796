"""A PostgreSQL server for tests: in a folder of its own, at a free port, as a user who may do nothing else."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "PostgreSQL is not installed here (on Debian: apt-get install postgresql)"
USERS = ("postgres", "nobody")  # as whom it runs where we are root, whom it refuses


def programs() -> Path | None:
    """Find the folder of initdb and postgres; None where there is none."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((folder for folder in reversed(folders) if (folder / "postgres").exists()), None)


class PostgresServer:
    """Runs from `start` to `stop`; `kill` ends it and all its processes as a power cut would."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self._folder = folder
        self._bin = bin_folder
        self._user = _unprivileged()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.address_of("postgres")

    def address_of(self, database: str) -> str:
        return f"postgresql://quoth@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        if self._user:
            os.chown(self._folder, self._user, -1)
        made = subprocess.run(
            [self._bin / "initdb", "--username=quoth", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
             self._folder / "data"],
            user=self._user, env=_no_locale(), cwd=self._folder, capture_output=True, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr.decode()

    def start(self) -> None:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._folder,
            "fsync": "on",
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        with (self._folder / "server.log").open("ab") as output:
            self._running = subprocess.Popen(
                [self._bin / "postgres", "-D", self._folder / "data", *options],
                user=self._user, env=_no_locale(), cwd=self._folder, stdout=output, stderr=output,
            )  # fmt: skip
        self._await()

    def stop(self) -> None:
        if self._running:
            self._running.send_signal(signal.SIGQUIT)  # as quick as can be: the folder is deleted next
            self._running.wait(PATIENCE)
            self._running = None

    def kill(self) -> None:
        """End every process of it with SIGKILL: nothing can be written, said or tidied up."""
        assert self._running
        children = Path(f"/proc/{self._running.pid}/task/{self._running.pid}/children").read_text()
        for process in (self._running.pid, *map(int, children.split())):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._running.wait(PATIENCE)
        self._running = None

    def _await(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            assert self._running
            assert self._running.poll() is None, (self._folder / "server.log").read_text()
            try:
                psycopg.connect(self.address).close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self._folder / "server.log").read_text()
            else:
                return


def _unprivileged() -> int | None:
    if os.getuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return next(known[name] for name in USERS if name in known)


def _no_locale() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def served() -> Iterator[PostgresServer]:
    """Run a server for as long as a fixture lives; its test is skipped where there is no PostgreSQL."""
    found = programs()
    if found is None:
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="quoth-postgres-"))
    folder.chmod(0o755)
    server = PostgresServer(folder, found)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        if server._running:
            server.kill()
        shutil.rmtree(folder)


def emptied(server: PostgresServer) -> str:
    """Give the address of a database where there is no log."""
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS quoth CASCADE")
    return server.address
