"""The two parts of nltk that are used here, without all the others.

`import nltk` runs every module of it, which takes half a second: longer than reading five articles. So, for as long as
it takes to import these two, its packages are bare ones that run nothing. Whoever imports nltk later gets all of it.
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

STEMMER, SPLITTER = "nltk.stem.snowball", "nltk.tokenize.punkt"
PACKAGES = ("nltk", "nltk.stem", "nltk.tokenize")


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
    corpus: Any = ModuleType("nltk.corpus")
    corpus.stopwords = None  # what the stemmer asks for, and uses only where it is told to leave stop words alone
    sys.modules["nltk.corpus"] = corpus
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]


def _parts() -> tuple[Any, Any]:
    if "nltk" not in sys.modules:
        try:
            with _bare_packages():
                return importlib.import_module(STEMMER), importlib.import_module(SPLITTER)
        except (ImportError, AttributeError):  # a version that is put together otherwise is imported as a whole
            pass
    return importlib.import_module(STEMMER), importlib.import_module(SPLITTER)


_snowball, _punkt = _parts()
EnglishStemmer: Any = _snowball.EnglishStemmer
PunktParameters: Any = _punkt.PunktParameters
PunktSentenceTokenizer: Any = _punkt.PunktSentenceTokenizer
