"""`quoth sources add`, `replace`, `rename`, `remove`, `history` and `restore`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inline_snapshot import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

FERRY = "# Ferry\n\nThe ferry to Sandvik leaves at nine. It takes an hour.\n"
QUESTION = "When does the ferry to Sandvik leave?"


def test_a_file_is_shown_as_it_is_read_and_what_it_would_change_before_it_is_added(quoth: Quoth, folder: Path) -> None:
    (folder / "ferry.md").write_text(FERRY)
    quoth("ask", QUESTION)
    quoth("ask", "When was the lighthouse built?")

    ran = quoth("sources", "add", "ferry.md", "--collection", "guide", "--preview")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
It would be added as guide/ferry.md.
  Ferry: 2 sentences
2 past questions asked again: 1 would be answered differently; 1 of those had no answer before.
  · When does the ferry to Sandvik leave? (no answer before)
""")
    assert quoth("ask", QUESTION).status == 1
    assert not (folder / "data" / "sources").exists()


def test_an_added_file_is_answered_from_under_the_name_that_it_was_given(quoth: Quoth, folder: Path) -> None:
    (folder / "ferry.md").write_text(FERRY)

    added = quoth("sources", "add", "ferry.md", "--name", "The ferry", "--date", "2026-01-02")

    assert added.out == snapshot("""\
Added as ferry.md.
  The ferry (2026-01-02): 2 sentences
""")
    ran = quoth("ask", QUESTION)
    assert ran.status == 0
    assert "The ferry · 2 January 2026" in ran.out
    (folder / "ferry.md").unlink()
    assert quoth("ask", QUESTION).out.split("\n")[0] == ran.out.split("\n")[0], "it was copied"


def test_a_folder_is_added_as_a_collection_with_its_folders(quoth: Quoth, folder: Path) -> None:
    (folder / "wiki" / "town").mkdir(parents=True)
    (folder / "wiki" / "ferry.md").write_text(FERRY)
    (folder / "wiki" / "town" / "hall.txt").write_text("The town hall opens at ten.")
    (folder / "wiki" / "picture.png").write_bytes(b"\x89PNG")

    ran = quoth("sources", "add", "wiki", "--json")

    assert [one["file"] for one in ran.objects] == ["wiki/ferry.md", "wiki/town/hall.txt"]
    files = [one["file"] for one in quoth("sources", "--json").objects]
    assert files == ["lighthouse.md", "trams.txt", "wiki/ferry.md", "wiki/town/hall.txt"]


def test_what_is_replaced_renamed_and_removed_is_in_the_history_and_comes_back(quoth: Quoth, folder: Path) -> None:
    (folder / "ferry.md").write_text(FERRY)
    quoth("sources", "add", "ferry.md")
    (folder / "ferry.md").write_text(FERRY.replace("nine", "ten"))
    replaced = quoth("sources", "replace", "ferry", "ferry.md")
    quoth("sources", "rename", "ferry", "Ferries", "--collection", "guide")
    removed = quoth("sources", "remove", "ferries")
    assert quoth("ask", QUESTION).status == 1
    restored = quoth("sources", "restore", "4")

    assert [replaced.out.split("\n")[0], removed.out.strip(), restored.out.strip()] == snapshot(
        [
            "ferry.md is replaced.",
            "Ferries is removed. For thirty days `quoth sources restore 4` brings it back.",
            "guide/ferry.md is there again.",
        ]
    )
    assert "leaves at ten" in quoth("ask", QUESTION).out
    rows = quoth("sources", "history", "--json").objects
    assert [(row["number"], row["what"], row["file"], row["kept"]) for row in rows] == snapshot(
        [
            (5, "restored", "guide/ferry.md", False),
            (4, "removed", "guide/ferry.md", True),
            (3, "renamed", "guide/ferry.md", False),
            (2, "replaced", "ferry.md", True),
            (1, "added", "ferry.md", False),
        ]
    )
    assert all(row["who"].endswith("in the terminal") for row in rows)
    table = quoth("sources", "history").out.splitlines()
    assert re.split(r"\s{2,}", table[0]) == ["Number", "When", "What", "File", "By", "Can be restored"]


def test_what_cannot_be_used_is_refused_in_a_sentence(quoth: Quoth, folder: Path) -> None:
    (folder / "empty.md").write_text("")
    (folder / "program.md").write_bytes(b"\x7fELF\0\0")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "ferry.md").write_text(FERRY)
    quoth("sources", "add", "ferry.md")

    refused = [
        quoth("sources", "add", "nowhere.md"),
        quoth("sources", "add", "empty.md"),
        quoth("sources", "add", "program.md"),
        quoth("sources", "add", "broken.pdf"),
        quoth("sources", "add", "ferry.md"),
        quoth("sources", "add", "ferry.md", "--date", "yesterday", "--url", "example.org"),
        quoth("sources", "add", "https://127.0.0.1/rules.md"),
        quoth("sources", "add", "http://docs.example/rules.md"),
        quoth("sources", "replace", "ferry", "broken.pdf"),
        quoth("sources", "remove", "tram"),
        quoth("sources", "restore", "7"),
    ]

    assert [ran.status for ran in refused] == [2] * len(refused)
    assert "".join(ran.err for ran in refused) == snapshot("""\
nowhere.md cannot be read (No such file or directory); give a file, a folder or an address.
empty.md is empty; write something in it.
program.md: this is no kind of file that is read.
broken.pdf is broken: it is no PDF that can be opened.
There is a source ferry.md already; replace it, or give the new one another name.
--date is “yesterday”; give a day such as 2026-03-31.
--url is “example.org”; give the whole address, from https:// on.
https://127.0.0.1/rules.md is within a network of its own, from which nothing is fetched; download it and add the file.
http://docs.example/rules.md does not begin with https://; use such an address, or set QUOTH_FETCH=http.
ferry.md and broken.pdf are of two kinds; remove the one and add the other.
No source is called “tram”; `quoth sources` lists them.
What was 7 is not kept any more: that is done for thirty days.
""")
    assert [one["file"] for one in quoth("sources", "--json").objects] == ["ferry.md", "lighthouse.md", "trams.txt"]
