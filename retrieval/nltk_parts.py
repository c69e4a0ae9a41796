"""The part of nltk that is used here, Punkt, without all the others.

`import nltk` runs every module of it, which takes longer than reading five articles. So, for as long as it takes to
import Punkt, nltk's packages are bare ones that run nothing; what Punkt needs only to learn from texts and to keep what
it has learnt is put off until it is asked for; and its patterns are compiled by Python's own `re`, as in nltk 3.10.2,
and not by the package `regex`. That takes 5 ms where Punkt alone took 20. Whoever else imports nltk gets all of it.
"""

from __future__ import annotations

import importlib
import re
import sys
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PUNKT = "nltk.tokenize.punkt"
PACKAGES = ("nltk", "nltk.tokenize")
PUT_OFF = ("nltk.internals", "nltk.pathsec", "nltk.picklesec", "nltk.probability", "nltk.tabdata", "nltk.termsec")
PATTERNS = "nltk.redos"  # has the names of `re`, but is made of `regex`, with a limit to the time of each search


class _PutOff(ModuleType):
    """A module whose functions and classes are imported, and all of nltk with them, when they are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(*args: Any, **named: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                raise ImportError(f"{self.__name__}.{name} is called while it is put off", name=self.__name__)
            return getattr(importlib.import_module(self.__name__), name)(*args, **named)

        return called


@contextmanager
def _bare_packages() -> Iterator[None]:
    spec = find_spec("nltk")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("nltk is no package", name="nltk")
    kept = {name: sys.modules.pop(name) for name in _loaded()}
    home = Path(spec.submodule_search_locations[0]).parent
    for name in PACKAGES:
        bare = ModuleType(name)
        bare.__path__ = [str(home.joinpath(*name.split(".")))]
        sys.modules[name] = bare
    sys.modules.update({name: _PutOff(name) for name in PUT_OFF})
    sys.modules[PATTERNS] = re
    try:
        yield
    finally:
        for name in _loaded():
            del sys.modules[name]
        sys.modules.update(kept)


def _loaded() -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == "nltk"]


def _punkt() -> Any:
    try:
        with _bare_packages():
            module = importlib.import_module(PUNKT)
            list(module.PunktSentenceTokenizer(module.PunktParameters()).span_tokenize("Mr. A came. B went."))
            return module
    except (ImportError, AttributeError, TypeError):  # a version that is put together otherwise is imported as a whole
        return importlib.import_module(PUNKT)


_module = _punkt()
PunktParameters: Any = _module.PunktParameters
PunktSentenceTokenizer: Any = _module.PunktSentenceTokenizer
