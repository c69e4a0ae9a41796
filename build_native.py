"""A step of building the package: compiles retrieval/index/native where there is a C compiler.

hatchling runs it, for a wheel and for an editable install alike. Without a compiler everything works the same, only
slower; QUOTH_WITHOUT_KERNEL=1 does without on purpose.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
NATIVE = HERE / "retrieval" / "index" / "native"
SOURCES = sorted(NATIVE.glob("*.[ch]"))
# Floats must come out as numpy's do: nothing may be contracted or put in another order.
FLAGS = ["-std=c99", "-O3", "-ffp-contract=off", "-fno-fast-math", "-fvisibility=hidden", "-shared", "-fPIC"]


class NativeBuildHook(BuildHookInterface[Any]):
    """Adds the compiled functions to what is built, and the platform to the wheel's name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        library = compiled(NATIVE)
        if library and version != "editable":
            build_data["artifacts"].append(f"/{library.relative_to(HERE).as_posix()}")
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform_tag()}"


def compiled(folder: Path) -> Path | None:
    """The library, compiled into `folder`, or None where it cannot be."""
    for old in folder.glob("_native.*"):
        old.unlink()
    compiler = shlex.split(os.environ.get("CC", "")) or [shutil.which("cc") or shutil.which("gcc") or "clang"]
    if os.environ.get("QUOTH_WITHOUT_KERNEL") or not shutil.which(compiler[0]) or sys.platform == "win32":
        return None
    library = folder / "_native.so"
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch) / library.name
        number = 0  # as retrieval/index/native/functions.py takes it
        for source in SOURCES:
            number = zlib.crc32(source.read_bytes(), number)
        files = [str(source) for source in SOURCES if source.suffix == ".c"]
        command = [*compiler, *FLAGS, f"-DQUOTH_SOURCE={number}u", "-o", str(made), *files]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            return None
        made.replace(library)  # whole or not at all, also while another process has the old one loaded
    return library


def platform_tag() -> str:
    """The platform in a wheel's name; it runs where it was built, which is all that installing asks for."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
