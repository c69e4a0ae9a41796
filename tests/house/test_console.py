"""Reading shell examples out of a document, and comparing them with what is really printed."""

from __future__ import annotations

import pytest

from tests.house.console import Example, examples, matches

DOCUMENT = """
```console
$ quoth sources
five
articles

$ make test
$ echo "Who?" | quoth chat
…
$ quoth ask \\
    "Who?"
Nobody
```

```sh
$ quoth run
```
"""


def test_only_what_runs_quoth_in_a_console_block_is_an_example() -> None:
    assert examples(DOCUMENT) == [
        Example("quoth sources", "five\narticles"),
        Example('echo "Who?" | quoth chat', "…"),
        Example('quoth ask     "Who?"', "Nobody"),
    ]


@pytest.mark.parametrize(
    ("shown", "real"),
    [
        ("one\ntwo", "one\ntwo\n"),
        ("one\n…", "one\ntwo\nthree\n"),
        ("one\n…", "one\n"),
        ("…\nthree", "one\ntwo\nthree"),
        ("one\n…\nthree", "\none  \n\nthree\n"),
        ("", ""),
    ],
)
def test_an_example_matches_what_it_shows(shown: str, real: str) -> None:
    assert matches(shown, real)


@pytest.mark.parametrize(
    ("shown", "real"),
    [("one", "one\ntwo"), ("one\ntwo", "one"), ("one…", "one, two"), ("one\n…\nthree", "one\ntwo"), ("a.c", "abc")],
)
def test_an_example_does_not_match_anything_else(shown: str, real: str) -> None:
    assert not matches(shown, real)
