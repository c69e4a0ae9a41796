"""Adding, replacing, renaming, removing and restoring sources, as their editors see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, counted, isolated, ngettext
from bot.i18n import number as thousands
from bot.pages.actions import Press, Send
from bot.pages.markdown import escape, plain
from bot.pages.page import Button, Page, TextField, UploadForm
from bot.pages.quoting import excerpt
from bot.services.sources.address_fetch import AddressError, AddressProblem
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.services.sources.source_store import KEPT_DAYS
from bot.store.source_history import SourceDeed
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.services.review.replay import Replayed
    from bot.services.sources.source_draft import SourceDraft
    from bot.services.sources.would_change import WouldChange
    from bot.store.source_history import SourceChange
    from retrieval.ingestion.reading_report import ArticleReport

NAME = 100
LINE = 200
OPENING = 200
MOST_ARTICLES = 4
MOST_REMARKS = 4
MOST_QUESTIONS = 6
PER_PAGE = 10


def add_form() -> UploadForm:
    """Ask for a new source: a file or an address, and what is to be said of it."""
    return UploadForm(
        title=_("Add a source"),
        label=_("File"),
        action=Send.SOURCE,
        argument="new",
        fields=(
            TextField("address", _("Address: where it is in the web"), 1000, "https://"),
            TextField("name", _("Name in answers"), 100, _("Left empty, it is taken from the file")),
            TextField("date", _("Date"), 10, "2026-03-31"),
            TextField("collection", _("Collection"), 40),
        ),
    )


def replace_form(number: int, name: str) -> UploadForm:
    """Ask for a file, or an address, that is to take the place of a source."""
    return UploadForm(
        title=_("Replace a source"),
        label=plain(name, limit=45) or _("File"),
        action=Send.SOURCE,
        argument=str(number),
        fields=(TextField("address", _("Or an address to fetch it from"), 1000, "https://"),),
    )


def offered(draft: SourceDraft, token: str, *, replaces: str = "") -> Page:
    """Show how a source was read, before anything answers from it; `replaces` names the one that it would replace."""
    report = draft.report
    blocks = [_article(article) for article in report.articles[:MOST_ARTICLES]]
    if report.count > MOST_ARTICLES:
        blocks.append(
            ngettext("And {count} more article.", "And {count} more articles.", report.count - MOST_ARTICLES).format(
                count=thousands(report.count - MOST_ARTICLES)
            )
        )
    said = (*report.problems, *report.remarks)
    blocks += [f"-# {escape(' '.join(line.split()), limit=LINE)}" for line in said[:MOST_REMARKS]]
    intro = (
        _("This would replace {name}. Until you press Keep, answers come from what is there now.").format(
            name=named(replaces)
        )
        if replaces
        else _("This is how I read it. I answer from it only when you press Keep.")
    )
    return Page(
        title=_("Keep this source?"),
        body="\n\n".join([intro, *blocks]),
        footer=_("Only you can see this"),
        buttons=(
            Button(_("Keep"), Press.KEEP, token),
            Button(_("Discard"), Press.DISCARD, token),
            Button(_("What would change?"), Press.WOULD, token),
        ),
        private=True,
    )


def _article(article: ArticleReport) -> str:
    counts = [counted(article.sentences, "sentence")]
    counts += [counted(article.rows, "table row")] if article.rows else []
    counts += [counted(article.headings, "heading")] if article.headings else []
    about = (article.date, escape(" ".join(article.author.split()), limit=NAME))
    lines = [f"{named(article.name)}", " · ".join(filter(None, (*about, *counts)))]
    if article.opening.strip():
        lines.append(excerpt(article.opening, limit=OPENING))
    return "\n".join(lines)


def named(name: str) -> str:
    """Write the name of a source as it is called in a sentence."""
    return isolated(f"**{escape(' '.join(name.split()), limit=NAME)}**")


def unreadable(draft: SourceDraft) -> Page:
    """Tell that there is nothing in a file that could be quoted, and why."""
    report = draft.report
    lines = [escape(" ".join(line.split()), limit=LINE) for line in (*report.problems, *report.remarks)[:MOST_REMARKS]]
    return Page("\n".join([_("I cannot quote from this file, so it was not added."), *lines]), private=True)


def kept(name: str, deed: SourceDeed, note: str = "") -> Page:
    """Tell that a source is there now."""
    said = _("{name} is replaced.") if deed is SourceDeed.REPLACED else _("{name} is added. I answer from it now.")
    return Page("\n\n".join(filter(None, (said.format(name=named(name)), note))))


def discarded() -> Page:
    return Page(_("Discarded. Nothing was added."))


def removed(name: str, number: int) -> Page:
    """Tell that a source is gone, with a button that brings it back."""
    said = _("{name} is removed, and I no longer answer from it. For {days} you can bring it back.")
    return Page(
        said.format(name=named(name), days=counted(KEPT_DAYS, "day")),
        buttons=(Button(_("Bring it back"), Press.RESTORE, str(number)),),
    )


def restored(name: str) -> Page:
    return Page(_("{name} is back, and I answer from it again.").format(name=named(name)))


def renamed(name: str) -> Page:
    return Page(_("This source is called {name} now.").format(name=named(name)))


def reloaded() -> Page:
    return Page(_("I have looked at all sources again. What is new can be asked."))


def history_page(rows: Sequence[tuple[SourceChange, bool]], *, more: bool) -> Page:
    """Show what was done with a server's sources, newest first, with a button for each that can be brought back."""
    lines = [_change(row, can_restore=can) for row, can in rows]
    buttons = [
        Button(_("Bring back {number}").format(number=row.number), Press.RESTORE, str(row.number))
        for row, can in rows
        if can
    ][:4]
    if more:
        buttons.append(Button(_("Older"), Press.CHANGES, str(rows[-1][0].number)))
    return Page(
        title=_("What was done with the sources"),
        body="\n".join(lines) or _("No source was added in this server yet."),
        footer=_("Only you can see this"),
        buttons=tuple(buttons),
    )


def _change(row: SourceChange, *, can_restore: bool) -> str:
    said = {
        SourceDeed.ADDED: _("added"),
        SourceDeed.REPLACED: _("replaced"),
        SourceDeed.RENAMED: _("renamed"),
        SourceDeed.REMOVED: _("removed"),
        SourceDeed.RESTORED: _("brought back"),
    }[row.deed]
    name = SourceAbout.of(row.about).name or row.file.rpartition("/")[2]
    who = f"<@{row.who}>" if row.who.isdecimal() else escape(row.who, limit=50) or _("somebody")
    when = f"<t:{int(row.at.timestamp())}:f>"
    mark = f" ({row.number})" if can_restore else ""
    return f"{named(name)} {said}{mark}\n{when} · {who}"


def would_change(found: WouldChange, *, reads_log: bool) -> Page:
    """Tell which of a server's past questions would be answered otherwise, and only how many to some."""
    if not found.asked:
        return Page(_("There are no past questions in this server that I could ask again."), private=True)
    lines = [
        ngettext(
            "I asked {count} past question of this server again, with this source and without it.",
            "I asked {count} past questions of this server again, with this source and without it.",
            found.asked,
        ).format(count=thousands(found.asked)),
        _("**Answered otherwise:** {other}\n**Answered for the first time:** {answered}").format(
            other=thousands(len(found.other)), answered=thousands(len(found.answered))
        ),
    ]
    listed = found.other[:MOST_QUESTIONS] if reads_log else ()
    lines += [_question(one, found.passage(one), is_new=one in found.answered) for one in listed]
    return Page(title=_("What would change"), body="\n\n".join(lines), private=True)


def _question(one: Replayed, said: str, *, is_new: bool) -> str:
    question = escape(" ".join(one.row.question.split()), limit=LINE)
    mark = _("new answer") if is_new else _("another answer")
    passage = f"\n{excerpt(said, limit=200)}" if said else ""
    return f"**{question}** ({mark}){passage}"


def not_yours() -> Page:
    return Page(_("Only this server’s editors can add, change and remove its sources."), private=True)


def only_in_a_server() -> Page:
    return Page(_("Sources are added in a server. Use this in one whose sources you look after."), private=True)


def not_here() -> Page:
    return Page(_("Sources cannot be added or changed here."), private=True)


def nothing_given() -> Page:
    return Page(_("Give me a file, or the address of one."), private=True)


def no_date(said: str) -> Page:
    return Page(_("“{date}” is no date. Write it as 2026-03-31.").format(date=escape(said, limit=50)), private=True)


def no_link() -> Page:
    return Page(_("That is no whole address. Write it from https:// on."), private=True)


def another_kind() -> Page:
    return Page(
        _("That file is of another kind than the source. Remove the source, and add the file as a new one."),
        private=True,
    )


def too_large() -> Page:
    return Page(_("That file is too large to be a source. Split it into several files."), private=True)


def not_downloaded() -> Page:
    return Page(_("The file did not arrive. Please send it again."), private=True)


def problem(error: SourceStoreError | AddressError) -> Page:
    """Tell why something cannot be done."""
    said: dict[SourceProblem | AddressProblem, str] = {
        SourceProblem.NOT_THERE: _("There is no such source in this server. Choose one from the list."),
        SourceProblem.IS_THERE: _("There is a source with that file already. Replace that one, or rename the file."),
        SourceProblem.NO_PLACE: _("That name cannot be used. Letters, digits, spaces and - . _ are fine."),
        SourceProblem.NOT_KEPT: _("It is no longer kept: what is removed can be brought back for {days}.").format(
            days=counted(KEPT_DAYS, "day")
        ),
        SourceProblem.NOT_WAITING: _("This is no longer waiting. Please add it again."),
        SourceProblem.NOT_READ: _("I cannot read files of that kind."),
        SourceProblem.TOO_LARGE: _("That file is too large to be a source. Split it into several files."),
        SourceProblem.EMPTY: _("That file is empty."),
        AddressProblem.OFF: _("I fetch nothing from addresses here. Download it, and send me the file."),
        AddressProblem.NO_ADDRESS: _("That is no whole address. Write it from https:// on."),
        AddressProblem.NOT_HTTPS: _("I only fetch from addresses that begin with https://."),
        AddressProblem.FORBIDDEN: _("I do not fetch anything from that address. Download it, and send me the file."),
        AddressProblem.UNKNOWN: _("That address cannot be found. Check how it is spelt."),
        AddressProblem.UNREACHABLE: _("That address cannot be reached. Try again later, or send me the file."),
        AddressProblem.REFUSED: _("That address gives no file. Open it in a browser, and send me what you download."),
        AddressProblem.TOO_MANY: _("That address leads from one to the next without end. Send me the file."),
        AddressProblem.TOO_SLOW: _("That address takes too long. Download it, and send me the file."),
    }
    said[AddressProblem.TOO_LARGE] = said[SourceProblem.TOO_LARGE]
    return Page(said[error.problem], private=True)


def unusable() -> Page:
    return Page(_("The sources cannot be changed right now. Try again later."), private=True)
