"""Runs a library that may hang, crash or eat memory on a hostile file in a process of its own, with limits.

The process may take so much more memory than it has at its beginning, write no file, and take so much time for each
thing that it gives. What it gives is JSON, so that nothing of it is ever run here.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
import time
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from retrieval.core.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 100_000_000  # bytes more than at the beginning
SECONDS = 1  # of computing, for each thing that is given; systems count whole ones, so that it is up to one more
PATIENCE = 20.0  # seconds until a process is ended that does not compute at all, or where they cannot be counted
TOO_LONG = "takes too long to be read; save it anew, or take it apart"
TOO_MUCH = "cannot be read without harm: it needs too much memory, or is broken; save it anew"
OUT_OF_TIME = -getattr(signal, "SIGXCPU", 1_000)  # how a process ends that has computed too long
LENGTH = struct.Struct("<Q")


class BoundedProcess:
    """A process that runs one function ("module:name") on bytes, in a `with`, as often as it is asked.

    It may take `memory` bytes more than at its beginning, and for each thing compute for `seconds`.
    The function yields what JSON can hold. Where it takes too long, takes too much memory or crashes,
    ArticleError is raised, and the next question gets a new process.
    """

    def __init__(self, function: str, *, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self._function = function
        self._limits = (str(memory), str(seconds))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, data: bytes) -> Iterator[Any]:
        """What the function yields for these bytes. Raises ArticleError, its sentence to follow the file's name."""
        process = self._process or self._start()
        while True:
            timer = Timer(PATIENCE, process.kill)
            timer.start()
            try:
                if data:
                    _send(process.stdin, data)
                    data = b""
                given = _received(process.stdout)
            except (OSError, EOFError):
                late = not timer.is_alive() or process.wait() == OUT_OF_TIME
                self._end()
                raise ArticleError(TOO_LONG if late else TOO_MUCH) from None
            finally:
                timer.cancel()
            kind, what = json.loads(given)
            if kind == "done":
                return
            if kind == "refused":
                raise ArticleError(what)
            yield what

    def _start(self) -> subprocess.Popen[bytes]:
        code = f"from {__name__} import serve; serve()"
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-c", code, self._function, *self._limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            with suppress(OSError):
                process.communicate()


def serve() -> None:
    """Be the process: answer what comes on the standard input, until that ends."""
    from importlib import import_module  # noqa: PLC0415 - of this process alone

    module, name = sys.argv[1].split(":")
    function = getattr(import_module(module), name)
    memory, seconds = map(int, sys.argv[2:4])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    limited = False
    while True:
        try:
            data = _received(sys.stdin.buffer)
        except EOFError:
            return
        if not limited:
            _limit(memory)
            limited = True
        try:
            _wind(seconds)
            for what in function(data):
                _wind(seconds)
                _send(answers, json.dumps(["item", what]).encode())
            _send(answers, b'["done", null]')
        except ArticleError as error:
            _send(answers, json.dumps(["refused", str(error)]).encode())
        except (MemoryError, RecursionError):
            _send(answers, json.dumps(["refused", "needs too much memory to be read; take it apart"]).encode())
        except Exception:
            _send(answers, json.dumps(["refused", "is broken and cannot be read; save it anew"]).encode())


def _limit(memory: int) -> None:
    """Allow this process so much more memory than it has, and no file."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - Linux tells it there
            size = int(told.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))


def _wind(seconds: int) -> None:
    """Allow this process so many seconds from now on."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, most))


def _send(stream: BinaryIO | Any, data: bytes) -> None:
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _received(stream: BinaryIO | Any) -> bytes:
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return bytes(data)
