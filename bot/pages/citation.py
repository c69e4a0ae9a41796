"""A quotation as others cite it: in Markdown, BibTeX, RIS and CSL-JSON, each with its link and its receipt."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.i18n import _
from bot.pages.actions import Choose
from bot.pages.answer_details import quotation_menu
from bot.pages.links import link_to
from bot.pages.markdown import units
from bot.pages.page import BODY, Attachment, Page
from bot.pages.phrases import date_line, joined
from retrieval.analysis.visible_text import seen
from retrieval.core.model import DatePrecision, Span

if TYPE_CHECKING:
    from bot.store.log_row import LoggedQuote, LogRow
    from retrieval.core.model import Article

ROOM = 600
LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "{}$&%#_"
}
IN_A_KEY = re.compile(r"[^A-Za-z0-9]+")


def citation_page(row: LogRow, number: int, article: Article | None) -> Page:
    """Show how a quotation of an answer is cited; `article` is its source, where the library still has it unchanged."""
    quote = row.quotes[number]
    text = markdown(row, quote, article)
    said = _("In Markdown; the files have it for programs that manage references.")
    shown = text if units(text) <= BODY - ROOM else text[: (BODY - ROOM) // 2] + "…"
    body = f"{said}\n```md\n{shown.replace('```', '` ` `')}\n```"
    return Page(
        title=_("Cite this"),
        body=body,
        footer=row.id,
        menu=quotation_menu(row, number, Choose.CITE),
        attachments=(
            Attachment("citation.bib", bibtex(row, quote, article)),
            Attachment("citation.ris", ris(row, quote, article)),
            Attachment("citation.json", csl_json(row, quote, article)),
        ),
    )


def markdown(row: LogRow, quote: LoggedQuote, article: Article | None) -> str:
    """The quotation as a block, and its source below it."""
    name = " ".join(quote.name.split())
    link = _link(quote, article)
    named = f"[{name}]({link})" if link else name
    day = date_line(article) if article else ""
    author = (article.author or "") if article else ""
    lines = [f"> {line}".rstrip() for line in _words(quote, article).splitlines()]
    return "\n".join([*lines, ">", f"> — {joined(filter(None, [named, author, day, receipt_of(row)]))}"])


def bibtex(row: LogRow, quote: LoggedQuote, article: Article | None) -> str:
    """An entry of BibTeX."""
    key = (IN_A_KEY.sub("-", quote.name.lower()).strip("-")[:40] or "source") + f"-{row.id[-6:]}"
    fields = {"title": f"{{{_latex(quote.name)}}}"}
    if article and article.author:
        fields["author"] = f"{{{_latex(article.author)}}}"
    if article and article.publisher:
        fields["publisher"] = _latex(article.publisher)
    if article and article.date:
        fields["year"] = str(article.date.year)
        if article.precision is not DatePrecision.YEAR:
            fields["month"] = str(article.date.month)
        if article.precision is DatePrecision.DAY:
            fields["day"] = str(article.date.day)
    if link := _link(quote, article):
        fields["url"] = link.replace("{", "%7B").replace("}", "%7D")
    fields["note"] = _latex(f"“{_one_line(quote, article)}” {receipt_of(row)}, {_place(quote)}")
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def ris(row: LogRow, quote: LoggedQuote, article: Article | None) -> str:
    """A record of RIS."""
    link = _link(quote, article)
    fields = [("TY", "ELEC" if link else "GEN"), ("TI", " ".join(quote.name.split()))]
    if article and article.author:
        fields.append(("AU", " ".join(article.author.split())))
    if article and article.publisher:
        fields.append(("PB", " ".join(article.publisher.split())))
    if article and article.date:
        parts = _date_parts(article)
        fields += [("PY", f"{parts[0]:04}"), ("DA", "/".join(f"{part:02}" for part in parts) + "/" * (3 - len(parts)))]
    if link:
        fields.append(("UR", link))
    fields += [("N1", f"“{_one_line(quote, article)}” {receipt_of(row)}, {_place(quote)}"), ("ER", "")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl_json(row: LogRow, quote: LoggedQuote, article: Article | None) -> str:
    """A list of one item of CSL-JSON, as Zotero, Pandoc and others read it."""
    link = _link(quote, article)
    item: dict[str, Any] = {
        "id": f"{row.id}-{quote.start}",
        "type": "webpage" if link else "document",
        "title": " ".join(quote.name.split()),
    }
    if article and article.author:
        item["author"] = [{"literal": " ".join(article.author.split())}]
    if article and article.publisher:
        item["publisher"] = " ".join(article.publisher.split())
    if article and article.date:
        item["issued"] = {"date-parts": [_date_parts(article)]}
    if link:
        item["URL"] = link
    item["abstract"] = _words(quote, article)
    item["note"] = f"{receipt_of(row)}, {_place(quote)}"
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def receipt_of(row: LogRow) -> str:
    """How a citation names the row that proves it."""
    return f"quoth receipt {row.id}"


def _place(quote: LoggedQuote) -> str:
    return f"{quote.file}, characters {quote.start} to {quote.end}, sha256 {quote.sha256[:12]}"


def _link(quote: LoggedQuote, article: Article | None) -> str:
    return link_to(article, Span(quote.start, quote.end)) if article else ""


def _words(quote: LoggedQuote, article: Article | None) -> str:
    """The quotation as readers see it, without markup where its source is there to tell it apart."""
    return seen(article, Span(quote.start, quote.end)).strip() if article else quote.text.strip()


def _one_line(quote: LoggedQuote, article: Article | None) -> str:
    return " ".join(_words(quote, article).split())


def _date_parts(article: Article) -> list[int]:
    day = article.date
    if day is None:
        return []
    whole = [day.year, day.month, day.day]
    return whole[: {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2, DatePrecision.DAY: 3}[article.precision]]


def _latex(text: str) -> str:
    return "".join(LATEX.get(sign, sign) for sign in " ".join(text.split()))
