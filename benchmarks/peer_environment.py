"""The environment of the engines that ours are measured beside: none of them is a dependency of the project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".venv" / "peers"
PACKAGES = ("numpy", "rank-bm25", "bm25s", "numba", "tantivy", "PyStemmer")


def peer_python(folder: Path = FOLDER) -> Path:
    """The Python of the peers' own environment, made and filled by pip the first time."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = folder / "complete"
    if not complete.exists() or complete.read_text().split() != [*PACKAGES]:
        print(f"Installing {', '.join(PACKAGES)} into {folder} (first time only) …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True, stdout=sys.stderr)
        complete.write_text(" ".join(PACKAGES))
    return python
