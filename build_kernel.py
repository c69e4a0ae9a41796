"""A step of building the package: compiles retrieval/kernel.c where there is a C compiler, and does without elsewhere.

hatchling runs it, for a wheel and for an editable install alike. Without the kernel everything works the same, only
slower; QUOTH_WITHOUT_KERNEL=1 leaves it out on purpose.
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
SOURCE = HERE / "retrieval" / "kernel.c"
# Floats must come out as numpy's do: nothing may be contracted or put in another order.
FLAGS = ["-std=c99", "-O3", "-ffp-contract=off", "-fno-fast-math", "-fvisibility=hidden", "-shared", "-fPIC"]


class KernelBuildHook(BuildHookInterface[Any]):
    """Adds the compiled kernel to what is built, and the platform to the wheel's name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        kernel = compiled(HERE / "retrieval")
        if kernel and version != "editable":
            build_data["artifacts"].append(f"/retrieval/{kernel.name}")
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{platform_tag()}"


def compiled(folder: Path) -> Path | None:
    """The kernel, compiled into `folder`, or None where it cannot be."""
    for old in folder.glob("_kernel.*"):
        old.unlink()
    compiler = shlex.split(os.environ.get("CC", "")) or [shutil.which("cc") or shutil.which("gcc") or "clang"]
    if os.environ.get("QUOTH_WITHOUT_KERNEL") or not shutil.which(compiler[0]) or sys.platform == "win32":
        return None
    kernel = folder / "_kernel.so"
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        made = Path(scratch) / kernel.name
        source = f"-DQUOTH_SOURCE={zlib.crc32(SOURCE.read_bytes())}u"
        command = [*compiler, *FLAGS, source, "-o", str(made), str(SOURCE)]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            return None
        made.replace(kernel)  # whole or not at all, also while another process has the old one loaded
    return kernel


def platform_tag() -> str:
    """The platform in a wheel's name; it runs where it was built, which is all that installing asks for."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
