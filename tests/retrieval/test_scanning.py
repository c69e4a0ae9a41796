"""What lies in a folder beside articles, and what somebody put there to do harm."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from retrieval.ingestion.library import load
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

MILL = "# The mill\n\nIt turns at noon."


def test_what_is_no_article_is_counted_and_no_problem(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = dict.fromkeys(
        [
            *("a.png", "b.svg", "c.JPG", "film.mp4", "song.ogg", "site.css", "app.js", "font.woff2", "mkdocs.yml"),
            *("package-lock.json", "LICENSE.md", "_Sidebar.md", "node_modules/x/README.md", ".obsidian/app.json"),
            *(".hidden.md", "requirements.txt", "data.bin", "backup.7z"),
        ],
        "x",
    )
    library = library_of(tmp_path, {"mill.md": MILL, "licence.md": "# Licences\n\nThey cost nothing.", **files})

    assert [article.file for article in library.articles] == ["licence.md", "mill.md"]
    assert library.problems == ()
    counts = {"picture": 3, "settings file": 2}
    once = ["film", "sound", "style sheet", "script", "font", "lock file", "licence", "navigation page", "archive"]
    once += ["folder of packages", "hidden folder", "hidden file", "other file"]
    assert library.left_aside == counts | dict.fromkeys(once, 1)


def test_a_document_that_nothing_reads_is_a_problem(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"mill.md": MILL, "plan.pages": b"x"})

    assert library.problems[0].startswith("plan.pages is none of the kinds of file that are read")
    assert library.left_aside == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_links_that_lead_out_pipes_and_deep_folders_cost_nobody_an_answer(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (tmp_path / "secret.md").write_text("# Secret\n\nIt is hidden.", encoding="utf-8")
    library_of(folder, {"mill.md": MILL})
    os.mkfifo(folder / "pipe.md")
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "folder").symlink_to(tmp_path)
    (folder / "again.md").symlink_to("mill.md")
    (folder / "nowhere.md").symlink_to("nothing.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "zero.md").symlink_to("/dev/zero")
    _dig(folder, 300)
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(2_000_000_000)

    library = load(folder)

    assert [article.name for article in library.articles] == ["The mill (again)", "The mill (mill)"]
    assert library.problems == (
        "out.md is a link that leads out of the folder; put the file itself there.",
        "huge.txt is 2,000 MB and such a file may have 10 MB; split it into several files.",
    )
    assert library.left_aside == {"pipe or device": 2, "folder that is a link or too deep": 2}


def _dig(folder: Path, depth: int) -> None:
    """Folders in each other, with an article in the last."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(os.open("deep.md", os.O_CREAT | os.O_WRONLY, dir_fd=place))
    os.close(place)


@pytest.mark.skipif(os.name != "posix", reason="this system has no such names")
def test_a_name_with_strange_signs_is_a_name_like_others(tmp_path: Path) -> None:
    (tmp_path / "new\nline.txt").write_text("The mill turns. It is old.", encoding="utf-8")
    (tmp_path / "turned\u202etxt.md").write_text("It turns.", encoding="utf-8")
    with open(os.fsencode(tmp_path) + b"/bad\xff.md", "wb") as bad:  # noqa: PTH123 - a name that is no text
        bad.write(b"It turns too.")

    assert sorted(article.name for article in load(tmp_path).articles) == [
        "bad\ufffd",
        "new\ufffdline",
        "turned\ufffdtxt",
    ]
