"""`quoth publish` puts the index where others answer from it without the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.bot.cli.running import Quoth


def test_others_answer_from_what_is_published_and_need_no_articles(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = quoth("ask", "--json", "--no-log", "Who lit the lamp?").objects[0]["quotes"]
    ran = quoth("publish", "shared")
    (index,) = (folder / "shared").glob("*.index")
    for article in (folder / "seeds").iterdir():
        article.unlink()
    monkeypatch.setenv("QUOTH_INDEX", "shared")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.replace("\n", " ").startswith("Published shared/")
    assert quoth("ask", "--json", "--no-log", "Who lit the lamp?").objects[0]["quotes"] == expected
    assert quoth("verify", "Its lamp was lit by Ada Lindqvist").status == 0
    assert "They are those of a published index," in quoth("index").text
    assert index.name in quoth("index", "--json").objects[0]["index"]["file"]


def test_the_same_articles_are_not_published_again(quoth: Quoth) -> None:
    first, second = quoth("publish", "shared", "--json").objects[0], quoth("publish", "shared", "--json").objects[0]

    assert (first["new"], second["new"]) == (True, False)
    assert first["sha256"] == second["sha256"]
    assert "Nothing has changed since this was published" in quoth("publish", "shared").text


def test_who_names_articles_means_these_and_not_what_is_published(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoth("publish", "shared")
    (folder / "seeds" / "trams.txt").unlink()
    monkeypatch.setenv("QUOTH_INDEX", "shared")

    assert len(quoth("sources", "--json").objects) == 2
    assert len(quoth("sources", "--json", "--seeds", "seeds").objects) == 1


def test_nothing_published_and_a_file_in_place_of_the_folder_are_said(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "file").write_text("")
    into_a_file = quoth("publish", "file")
    monkeypatch.setenv("QUOTH_INDEX", "nowhere")
    from_nowhere = quoth("ask", "Who lit the lamp?")

    assert (into_a_file.status, from_nowhere.status) == (2, 2)
    assert into_a_file.err == "file is a file; give a folder.\n"
    assert "No index is published in nowhere; `quoth publish nowhere` puts one there." in from_nowhere.err
