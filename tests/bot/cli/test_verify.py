"""`quoth verify` says whether a text is word for word in a source, where, and what is nearest."""
# ruff: noqa: E501 - what is shown is held as it is shown, a line a line

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from tests.bot.cli.conftest import LIGHTHOUSE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth


def test_a_text_that_is_there_is_shown_in_its_sentence(quoth: Quoth) -> None:
    ran = quoth("verify", "lit by Ada Lindqvist")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
Found word for word, in 1 place.

> Its lamp was lit by Ada Lindqvist, the first keeper.
  The lighthouse of Norrholm · 4 March 2021
  lighthouse.md, characters 136 to 156

""")


def test_a_text_that_differs_in_typography_is_found_and_said_to_differ(quoth: Quoth) -> None:
    ran = quoth("verify", 'the keeper\'s house since the storm of 1953. The café beside it closed "for good"')

    assert ran.status == 0
    assert ran.out == snapshot("""\
Found but for typography, in 1 place: the words are the same, marks or white space differ.

> Nobody has lived in the keeper’s house since the storm of 1953. The café beside it closed “for good” in 2009.
  The lighthouse of Norrholm · 4 March 2021
  lighthouse.md, characters 197 to 277

""")


def test_a_text_that_is_not_there_is_shown_beside_the_nearest(quoth: Quoth) -> None:
    ran = quoth("verify", "Trams last rode in Veldhaven in 1951")

    assert ran.status == 1
    assert ran.out == snapshot("""\
Not found. This is the closest passage, 88 % alike:

> Trams last ran in Veldhaven in 1961.
  Trams come back to Veldhaven
  trams.txt, characters 132 to 168
""")


def test_nothing_near_is_said_plainly(quoth: Quoth) -> None:
    ran = quoth("verify", "ΩΩΩΩΩ")

    assert (ran.status, ran.out) == (1, "Not found, and nothing comes close.\n\n")


def test_a_text_inside_longer_words_is_not_called_word_for_word(quoth: Quoth) -> None:
    assert quoth("verify", "ighthous").out.startswith("Found only inside longer words, in 3 places.\n")


def test_many_places_are_counted_and_the_first_shown(quoth: Quoth) -> None:
    ran = quoth("verify", "e")

    assert ran.out.count("> ") == 5
    assert "more places; --json lists them all." in ran.out


def test_standard_input_is_read_and_json_gives_the_place(quoth: Quoth) -> None:
    ran = quoth("verify", "--json", "-", stdin="  “built in\n1874”\n")
    (verdict,) = ran.objects
    (place,) = verdict["places"]

    assert (ran.status, verdict["status"], verdict["nearest"]) == (0, "typography", None)
    assert LIGHTHOUSE[place["start"] : place["end"]] == place["text"] == "built in 1874"
    assert LIGHTHOUSE[place["context"]["start"] : place["context"]["end"]] == (
        "The lighthouse of Norrholm was built in 1874."
    )
    assert (place["file"], place["whole_words"]) == ("lighthouse.md", True)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_text_and_no_folder_are_told_at_once(quoth: Quoth, text: str) -> None:
    ran = quoth("verify", text, "--seeds", "nowhere")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == snapshot("""\
There is no text to verify; write it after `quoth verify`.
The folder of articles nowhere does not exist; name one with --seeds or QUOTH_SEEDS and put articles in it.
""")


@pytest.mark.parametrize("text", ["\x00\x1b[31m", "\udcff", "x" * 10_000, "\u200fאבג", "[bold]"])
def test_any_text_gets_a_verdict(quoth: Quoth, text: str) -> None:
    ran = quoth("verify", text)
    structured = quoth("verify", "--json", text)

    assert (ran.status, ran.err) == (1, "")
    assert structured.objects[0]["status"] == "not_found"


DRAFT = """The lamp was “lit by Ada Lindqvist, the first keeper,” who lived “in the keeper's house since the storm of 1963”.
It says “The lighthouse of Norrholm was built in 1874. Trams last ran in Veldhaven in 1961.” and “nobody ever saw a lion”.
"""


def test_the_quotations_of_a_draft_are_listed_and_noted(quoth: Quoth, folder: Path) -> None:
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    ran = quoth("verify", "--file", "draft.txt", "--notes", "noted.md")

    assert (ran.status, ran.err) == (1, "")
    assert ran.out == snapshot("""\
   Quotation                                                     In the sources                                                                                             \n\
1  lit by Ada Lindqvist, the first keeper,                       found in The lighthouse of Norrholm (4 March 2021)                                                         \n\
2  in the keeper's house since the storm of 1963                 altered, in The lighthouse of Norrholm (4 March 2021): “1963” is “1953” there                              \n\
3  The lighthouse of Norrholm was built in 1874. Trams last ra…  stitched together from 2 places: The lighthouse of Norrholm (4 March 2021) and Trams come back to Veldhaven
4  nobody ever saw a lion                                        not found in any source                                                                                    \n\
""")
    assert (folder / "noted.md").read_text(encoding="utf-8") == snapshot("""\
The lamp was “lit by Ada Lindqvist, the first keeper,” [1: found in The lighthouse of Norrholm (4 March 2021)] who lived “in the keeper's house since the storm of 1963” [2: altered, in The lighthouse of Norrholm (4 March 2021): “1963” is “1953” there].
It says “The lighthouse of Norrholm was built in 1874. Trams last ran in Veldhaven in 1961.” [3: stitched together from 2 places: The lighthouse of Norrholm (4 March 2021) and Trams come back to Veldhaven] and “nobody ever saw a lion” [4: not found in any source].
""")


def test_json_gives_each_quotation_of_a_draft_with_its_places_and_changes(quoth: Quoth, folder: Path) -> None:
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (record,) = quoth("verify", "--json", "--file", "draft.txt").objects

    found = record["quotations"]
    assert [quotation["finding"] for quotation in found] == ["found", "altered", "stitched", "not_found"]
    assert [DRAFT[quotation["start"] : quotation["end"]][0] for quotation in found] == ["“"] * 4
    assert found[1]["changes"] == [{"said": "1963", "there": "1953"}]
    assert [place["file"] for place in found[2]["places"]] == ["lighthouse.md", "trams.txt"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--file", "nowhere.txt"),
            snapshot("nowhere.txt cannot be read (No such file or directory); name a file that is there.\n"),
        ),
        (
            ("--file", "draft.exe"),
            snapshot(
                "draft.exe: That kind of file cannot be read here; hand in one of .md, .txt, .html, .docx, .pdf.\n"
            ),
        ),
        (("text", "--file", "draft.txt"), snapshot("Give a text or --file, one of the two.\n")),
        (("text", "--notes", "out.md"), snapshot("--notes goes with --file.\n")),
    ],
)
def test_what_cannot_be_done_with_a_draft_is_said(
    quoth: Quoth, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    (folder / "draft.exe").write_bytes(b"MZ")
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    ran = quoth("verify", *arguments)

    assert (ran.status, ran.out, ran.err) == (2, "", said)
