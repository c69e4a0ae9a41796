"""What a plain installation lacks, and the sentence that says what to install."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from retrieval.core.errors import ArticleError


def require(module: str, what: str) -> None:
    """Raise ArticleError, its sentence to follow the file's name, where the module that reads it is not installed."""
    if not is_installed(module):
        raise ArticleError(f"is {what}, which needs the extra “formats”; pip install 'quoth[formats]'")


@cache
def is_installed(module: str) -> bool:
    return find_spec(module) is not None
