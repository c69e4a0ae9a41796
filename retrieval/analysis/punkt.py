"""The part of nltk that is used here, Punkt, without all the others.

`import nltk` runs every module of it, which takes half a second: longer than reading five articles. So, for as long as
it takes to import Punkt, nltk's packages are bare ones that run nothing. Whoever imports nltk later gets all of it.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

PUNKT = "nltk.tokenize.punkt"
PACKAGES = ("nltk", "nltk.tokenize")


@contextmanager
def _bare_packages() -> Iterator[None]:
    spec = find_spec("nltk")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("nltk is no package", name="nltk")
    home = Path(spec.submodule_search_locations[0]).parent
    for name in PACKAGES:
        bare = ModuleType(name)
        bare.__path__ = [str(home.joinpath(*name.split(".")))]
        sys.modules[name] = bare
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]


def _punkt() -> Any:
    if "nltk" not in sys.modules:
        try:
            with _bare_packages():
                return importlib.import_module(PUNKT)
        except (ImportError, AttributeError):  # a version that is put together otherwise is imported as a whole
            pass
    return importlib.import_module(PUNKT)


_module = _punkt()
PunktParameters: Any = _module.PunktParameters
PunktSentenceTokenizer: Any = _module.PunktSentenceTokenizer
