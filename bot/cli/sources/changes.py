"""`quoth sources add`, `replace`, `rename`, `remove`, `history`, `restore`: the added sources in the terminal."""

from __future__ import annotations

import asyncio
import datetime
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app import answering, log_engine
from bot.cli.sources.draft_report import change_record, draft_record, show_draft, show_would_change
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json
from bot.cli.terminal.source_lookup import find_source
from bot.cli.terminal.tables import columns
from bot.cli.terminal.terminal import Terminal, print_json, printable
from bot.services.sources.address_fetch import AddressFetcher
from bot.services.sources.source_draft import draft_at, drafted
from bot.services.sources.source_places import file_name, place_of
from bot.services.sources.would_change import LOOKED_AT, would_change
from bot.store.source_history import guild_of_file
from retrieval.core.errors import LibraryError
from retrieval.ingestion.registry import LARGE
from retrieval.ingestion.scanner import look
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config.settings import Settings
    from bot.services.sources.source_draft import SourceDraft
    from bot.services.sources.would_change import WouldChange

WEB = ("https://", "http://")

What = Annotated[str, typer.Argument(metavar="FILE|FOLDER|URL", help="A file, a folder of files, or an address.")]
Called = Annotated[
    str, typer.Argument(metavar="NAME", help="The added source: its name, its file, or a part of either.")
]
Collection = Annotated[
    str, typer.Option("--collection", metavar="NAME", help="The collection that it belongs to.", show_default=False)
]
Name = Annotated[
    str, typer.Option("--name", metavar="NAME", help="What the source is called in answers.", show_default=False)
]
Date = Annotated[str, typer.Option("--date", metavar="DAY", help="Its day, such as 2026-03-31.", show_default=False)]
Address = Annotated[
    str, typer.Option("--url", metavar="URL", help="Where readers find it on the web.", show_default=False)
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Show how it is read and what it would change, and do nothing.")
]


def add(
    what: What,
    *,
    name: Name = "",
    date: Date = "",
    url: Address = "",
    collection: Collection = "",
    preview: Preview = False,
    json: Json = False,
) -> None:
    """Add a file, a folder of files or an address as a source.

    It is copied into the data folder, and read in a process of its own with
    little time and memory. A running bot answers from it at its next look.

    [bold]Examples[/bold]

      quoth sources add handbook.pdf --name "The handbook" --date 2026-03-31
      quoth sources add ~/wiki --collection wiki
      quoth sources add https://example.org/rules.html --preview
    """
    settings = settings_for(_wrong(date, url))
    about = SourceAbout(name=" ".join(name.split()), date=date, url=url)
    store = answering.source_store(settings)
    for draft in _drafts(settings, what, about, collection):
        _require_articles(draft)
        if preview:
            _preview(settings, draft, json=json)
            continue
        row = store.add(draft.place, store.stage(draft.content), who=_me(), about=draft.about)
        if json:
            print_json({**change_record(row), **draft_record(draft)})
        else:
            show_draft(Terminal(), draft, f"Added as {draft.place}.")


def replace(called: Called, what: What, *, preview: Preview = False, json: Json = False) -> None:
    """Put another file in the place of an added source.

    Its name and what else was said of it stay. What was there before can be
    restored for thirty days.

    [bold]Example[/bold]

      quoth sources replace "The handbook" handbook-2027.pdf
    """
    settings = settings_for()
    store = answering.source_store(settings)
    source = find_source(called, store.listed())
    said, content, _ = _read_one(settings, what)
    if Path(file_name(said, content)).suffix != Path(source.file).suffix:
        raise InputError(f"{source.file} and {said} are of two kinds; remove the one and add the other.")
    draft = draft_at(source.file, content, source.about)
    _require_articles(draft)
    if preview:
        _preview(settings, draft, json=json)
        return
    row = store.replace(source.file, store.stage(content), who=_me())
    if json:
        print_json({**change_record(row), **draft_record(draft)})
    else:
        show_draft(Terminal(), draft, f"{source.name} is replaced.")


def rename(
    called: Called,
    name: Annotated[str, typer.Argument(metavar="NEW", help="What it is to be called in answers.")],
    *,
    collection: Collection = "",
    json: Json = False,
) -> None:
    """Give an added source another name, or move it to another collection.

    [bold]Example[/bold]

      quoth sources rename handbook "The handbook of 2026" --collection guides
    """
    store = answering.source_store(settings_for())
    source = find_source(called, store.listed())
    to = ""
    if collection:
        to = place_of(source.file.rpartition("/")[2], guild=guild_of_file(source.file), collection=collection)
    row = store.rename(source.file, who=_me(), about=source.about._replace(name=" ".join(name.split())), to=to)
    _say(f"{source.name} is called {' '.join(name.split())} now.", change_record(row), json=json)


def remove(called: Called, *, json: Json = False) -> None:
    """Remove an added source; for thirty days it can be restored.

    [bold]Example[/bold]

      quoth sources remove "The handbook"
    """
    store = answering.source_store(settings_for())
    source = find_source(called, store.listed())
    row = store.remove(source.file, who=_me())
    _say(
        f"{source.name} is removed. For thirty days `quoth sources restore {row.number}` brings it back.",
        change_record(row),
        json=json,
    )


def history(
    *,
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many changes to show.")] = 20,
    json: Json = False,
) -> None:
    """Show what was added, replaced, renamed, removed and restored, by whom and when.

    [bold]Example[/bold]

      quoth sources history -n 50
    """
    store = answering.source_store(settings_for())
    rows = store.history.rows(limit=number)
    if json:
        for row in rows:
            print_json({**change_record(row), "kept": store.is_kept(row)})
        return
    if not rows:
        Terminal().say("Nothing was added yet.")
        return
    shown = columns(">Number", "When", "What", "File", "By", "Can be restored")
    for row in rows:
        when = row.at.astimezone().strftime("%Y-%m-%d %H:%M")
        kept = "yes" if store.is_kept(row) else ""
        shown.add_row(str(row.number), when, row.deed.value, printable(row.file), printable(row.who) or "unknown", kept)
    Terminal().show(shown)


def restore(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number that `quoth sources history` shows.")],
    *,
    json: Json = False,
) -> None:
    """Bring back what was removed or replaced.

    [bold]Example[/bold]

      quoth sources restore 12
    """
    store = answering.source_store(settings_for())
    row = store.restore(number, who=_me())
    _say(f"{row.file} is there again.", change_record(row), json=json)


def _say(said: str, record: dict[str, Any], *, json: bool) -> None:
    if json:
        print_json(record)
    else:
        Terminal().say(said)


def _drafts(settings: Settings, what: str, about: SourceAbout, collection: str) -> Iterator[SourceDraft]:
    """What is to be added, one file after the other."""
    folder = Path(what).expanduser()
    if what.startswith(WEB) or not folder.is_dir():
        said, content, url = _read_one(settings, what)
        yield drafted(said, content, about._replace(url=about.url or url), collection=collection)
        return
    if about.name:
        raise InputError(f"{what} is a folder, and --name is for one file; give --collection, or one file.")
    try:
        files = [one.file for one in look(folder) if one.is_readable]
    except LibraryError as error:
        raise InputError(str(error)) from error
    if not files:
        raise InputError(f"{what} has no file that can be read.")
    for file in files:
        below = file.rpartition("/")[0]
        name = collection or folder.resolve().name
        yield drafted(
            Path(file).name, (folder / file).read_bytes(), about, collection=name, below=f"{below}/" if below else ""
        )


def _read_one(settings: Settings, what: str) -> tuple[str, bytes, str]:
    """The name and the content of a file, and where in the web it is, if anywhere."""
    if what.startswith(WEB):
        found = asyncio.run(AddressFetcher(settings.fetch).fetch(what))
        return found.name, found.content, found.url
    path = Path(what).expanduser()
    try:
        if path.stat().st_size > LARGE:
            raise InputError(f"{what} is too large to be a source; split it into several files.")
        return path.name, path.read_bytes(), ""
    except OSError as error:
        raise InputError(f"{what} cannot be read ({error.strerror}); give a file, a folder or an address.") from error


def _preview(settings: Settings, draft: SourceDraft, *, json: bool) -> None:
    found = asyncio.run(_would_change(settings, draft))
    if json:
        print_json(draft_record(draft, found))
        return
    show_draft(Terminal(), draft, f"It would be added as {draft.place}.")
    show_would_change(Terminal(), found)


async def _would_change(settings: Settings, draft: SourceDraft) -> WouldChange:
    answerer = answerer_for(settings, with_problems=False)
    if not settings.log_file.exists():
        return would_change(answerer, draft, ())
    async with log_engine.open_log(settings, check=False) as log:
        rows = await log.recent(LOOKED_AT)
    return would_change(answerer, draft, rows)


def _require_articles(draft: SourceDraft) -> None:
    if not draft.is_readable:
        raise InputError(" ".join(draft.report.problems or draft.report.remarks) or f"{draft.place} has no text.")


def _wrong(date: str, url: str) -> list[str]:
    problems = []
    try:
        datetime.date.fromisoformat(date or "2000-01-01")
    except ValueError:
        problems.append(f"--date is “{date}”; give a day such as 2026-03-31.")
    if url and not url.startswith(WEB):
        problems.append(f"--url is “{url}”; give the whole address, from https:// on.")
    return problems


def _me() -> str:
    """Whoever uses this terminal, as the history names them."""
    try:
        return f"{getpass.getuser()} in the terminal"
    except (OSError, KeyError):
        return "the terminal"
