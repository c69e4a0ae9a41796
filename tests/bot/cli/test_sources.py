"""`quoth sources` and `quoth index` say what there is to ask, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inline_snapshot import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth


def test_sources_are_listed_with_date_sentences_and_file(quoth: Quoth) -> None:
    ran = quoth("sources")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
Source                        Date          Sentences  File
The lighthouse of Norrholm    4 March 2021          4  lighthouse.md
Trams come back to Veldhaven                        3  trams.txt
""")


def test_sources_as_json_are_an_object_a_line(quoth: Quoth) -> None:
    lighthouse, trams = quoth("sources", "--json").objects

    assert {**lighthouse, "sha256": len(lighthouse["sha256"])} == snapshot(
        {
            "file": "lighthouse.md",
            "name": "The lighthouse of Norrholm",
            "date": "2021-03-04",
            "url": None,
            "sha256": 64,
            "author": None,
            "publisher": None,
            "licence": None,
            "sentences": 4,
        }
    )
    assert (trams["name"], trams["date"], trams["sentences"]) == ("Trams come back to Veldhaven", None, 3)


def test_index_counts_what_was_read(quoth: Quoth) -> None:
    ran = quoth("index")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
2 articles, 4 paragraphs, 7 sentences in seeds.
32 different words, 15 names with other spellings; read in <n> seconds.
What can be quoted: 4 paragraphs.
They are read in a moment, so no index is kept of them.
Fingerprint sha256:<digest>
No problems.
""")


def test_index_lists_every_problem(quoth: Quoth, folder: Path) -> None:
    for number in range(4):
        (folder / "seeds" / f"empty{number}.txt").touch()
    (folder / "seeds" / "picture.png").write_bytes(b"\x89PNG")

    ran = quoth("index")
    (record,) = quoth("index", "--json").objects

    assert ran.err == ""
    assert [line for line in ran.out.splitlines() if line.startswith("- ")] == [
        f"- {text}" for text in record["problems"]
    ]
    assert record["problems"] == snapshot(
        [
            "empty0.txt is empty; write something in it or remove it.",
            "empty1.txt is empty; write something in it or remove it.",
            "empty2.txt is empty; write something in it or remove it.",
            "empty3.txt is empty; write something in it or remove it.",
        ]
    )


def test_index_as_json_has_the_same_numbers(quoth: Quoth) -> None:
    (record,) = quoth("index", "--json").objects

    assert {**record, "seconds": 0, "library": record["library"][:7]} == snapshot(
        {
            "folder": "seeds",
            "articles": 2,
            "paragraphs": 4,
            "sentences": 7,
            "blocks": {"title": 2, "paragraph": 4},
            "terms": 32,
            "names": 15,
            "seconds": 0,
            "index": {"use": "none", "file": None},
            "meaning": {"state": "none", "model": None, "embeddings": 0, "made": 0, "file": None},
            "library": "sha256:",
            "problems": [],
            "remarks": [],
            "left_aside": {},
        }
    )


def test_index_says_once_what_it_remarks_of_many_files(quoth: Quoth, folder: Path) -> None:
    for name in ("ash", "birch", "elm", "fir", "oak"):
        (folder / "seeds" / f"{name}.md").write_text(f"---\nurl: /trees/{name}/\n---\n\nThe {name} is tall.\n")

    ran = quoth("index")

    remarks = [line for line in ran.out.splitlines() if "/trees/" in line or "more files" in line]
    assert len(remarks) == 1
    assert "ash.md says" in remarks[0]
    assert remarks[0].endswith("So of 4 more files.")
    (record,) = quoth("index", "--json").objects
    assert sum("/trees/" in said for said in record["remarks"]) == 5
