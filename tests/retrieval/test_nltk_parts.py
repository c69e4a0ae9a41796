"""Punkt without the rest of nltk: as quick to import as can be, and the same."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from nltk.tokenize import punkt as whole

from retrieval.analysis.english_words.abbreviations import ABBREVIATIONS
from retrieval.analysis.sentence_splitter import punkt

if TYPE_CHECKING:
    from pathlib import Path

PIECES = st.sampled_from(
    [
        *".!?…'\"()[]{}“”’«»;:,-*",
        *("U.S", "e.g", "Dr", "no", "J", "P", "3.5", "1,000", "20", "-5", "Inc", "etc", "...", "--"),
        *("the", "The", "Word", "É", "ß", "well-known", "2016", "\u0645", "字"),
        *(" ", " ", " ", "\n", "\t", "\xa0"),
    ]
)


def python(code: str, *path: Path) -> list[str]:
    """The lines that a new Python prints; `path` is where it looks for modules first."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))}
    command = [sys.executable, "-c", dedent(code)]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()


def whole_punkt() -> whole.PunktSentenceTokenizer:
    """What nltk has, with our abbreviations."""
    parameters = whole.PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return whole.PunktSentenceTokenizer(parameters)


WHOLE = whole_punkt()


@given(text=st.lists(PIECES, max_size=25).map("".join))
def test_sentences_end_where_the_whole_of_nltk_sees_it(text: str) -> None:
    assert list(punkt().span_tokenize(text)) == list(WHOLE.span_tokenize(text))


def test_nothing_else_of_nltk_is_left_behind_and_all_of_it_comes_when_somebody_imports_it() -> None:
    loaded, later = python(
        """
        import sys
        from retrieval.analysis.sentence_splitter import split
        split("Ask Mr. Ray. He knows.")
        print([name for name in sys.modules if name.partition(".")[0] == "nltk"])
        import nltk
        print(nltk.FreqDist("aab").most_common(), nltk.tokenize.punkt.FreqDist is nltk.FreqDist)
        """
    )

    assert loaded == "[]"
    assert later == "[('a', 2), ('b', 1)] True"


def test_who_imported_nltk_before_keeps_it() -> None:
    assert python(
        """
        import sys
        import nltk.tokenize.punkt
        before = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "nltk"}
        from retrieval.analysis.sentence_splitter import split
        split("Ask Mr. Ray. He knows.")
        print(before == {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "nltk"})
        """
    ) == ["True"]


def test_another_version_of_nltk_is_imported_as_a_whole(tmp_path: Path) -> None:
    code = """
        from nltk import stated
        class PunktParameters: pass
        class PunktSentenceTokenizer: pass
    """
    for file, text in {
        "nltk/__init__.py": "stated = 'all of it'",
        "nltk/tokenize/__init__.py": "",
        "nltk/tokenize/punkt.py": code,
    }.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")

    assert python(
        """
        from retrieval.analysis.punkt import PunktParameters
        import nltk.tokenize.punkt as whole
        print(whole.PunktParameters is PunktParameters, whole.stated)
        """,
        tmp_path,
    ) == ["True all of it"]
