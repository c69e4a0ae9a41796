"""What to do where a command needs a package that comes only with an extra of ours."""

from __future__ import annotations

import shlex
import sys


def how_to_install(extra: str) -> str:
    """Say how the packages of `extra` are added to where quoth itself is installed."""
    return f"run `{shlex.quote(sys.executable)} -m pip install 'quoth[{extra}]'` and try again"
