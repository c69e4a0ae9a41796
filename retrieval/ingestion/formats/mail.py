"""An e-mail: what its sender wrote is the article; earlier mails that it quotes and its signature are set aside."""

from __future__ import annotations

import email
import email.policy
import email.utils
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.document_builder import DocumentBuilder, one_line
from retrieval.ingestion.formats.html_page import read_fragment
from retrieval.ingestion.formats.plain_text import read_text

if TYPE_CHECKING:
    from email.message import EmailMessage, Message

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

MOST_PARTS = 200
QUOTED = re.compile(r"^[ \t]*>")
# What opens a mail that is quoted below the own one
EARLIER = re.compile(
    r"^(?:[-_]{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)"
    r"|_{20,}\s*$|(?:on|am|le|el|il) .{6,200}(?:wrote|schrieb|a écrit|escribió|ha scritto)\s*:\s*$"
    r"|from: .{1,200}$(?=\n(?:sent|date|to): ))",
    re.IGNORECASE | re.MULTILINE,
)
SIGNATURE = re.compile(r"^-- ?$|^Sent from my \w+|^Get Outlook for \w+", re.MULTILINE)
EARLIER_HTML = re.compile(
    r"<(?:div|blockquote)[^<>]{0,300}(?:gmail_quote|moz-cite-prefix|yahoo_quoted|divRplyFwdMsg|OutlookMessageHeader"
    r"|type=[\"']?cite)",
    re.IGNORECASE,
)
REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|sv|tr|antw)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def read_mail(data: bytes) -> ParsedDocument:
    """A mail: its subject is the title, its sender the author; its text is the plain part, else the one in HTML.

    Raises ArticleError, its sentence to follow the file's name, where it is no mail or has no text.
    """
    if data.count(b"\nContent-Type") > MOST_PARTS:
        raise ArticleError(f"has more than {MOST_PARTS} parts, more than a mail has")
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        builder = DocumentBuilder()
        subject = one_line(REPLY.sub("", str(mail["subject"] or "")))
        if subject:
            builder.add(Kind.TITLE, subject)
        _add_body(builder, mail)
        return builder.document(subject or None, _about(mail))
    except ArticleError:
        raise
    except Exception as error:
        raise ArticleError("is an e-mail that cannot be read; save it anew from the mail program") from error


def _about(mail: Message) -> dict[str, object]:
    about: dict[str, object] = {}
    name, address = email.utils.parseaddr(str(mail["from"] or ""))
    if name or address:
        about["author"] = one_line(name or address.split("@")[0])[:200]
    with suppress(TypeError, ValueError):
        about["date"] = email.utils.parsedate_to_datetime(str(mail["date"])).date()
    return about


def _add_body(builder: DocumentBuilder, mail: Message) -> None:
    if not any(mail[name] for name in ("from", "date", "subject", "to")):
        raise ArticleError("is no e-mail: it has neither a sender nor a date nor a subject")
    plain, html = _bodies(mail)
    if plain.strip():
        text = plain.replace("\r\n", "\n")
        found = [match.start() for match in (EARLIER.search(text), SIGNATURE.search(text)) if match]
        own, rest = (text[: min(found)], text[min(found) :]) if found else (text, "")
        for is_quoted, lines in _stretches(own):
            _add_part(builder, lines, "earlier mail" if is_quoted else "")
        if rest:
            is_signature = SIGNATURE.match(rest) is not None
            earlier = EARLIER.search(rest)
            cut = earlier.start() if is_signature and earlier else len(rest)
            _add_part(builder, rest[:cut], "signature" if is_signature else "earlier mail")
            _add_part(builder, rest[cut:], "earlier mail")
    elif html.strip():
        earlier = EARLIER_HTML.search(html)
        cut = earlier.start() if earlier else len(html)
        read_fragment(html[:cut], builder)
        start = len(builder.blocks)
        read_fragment(html[cut:], builder)
        builder.set_aside(start, len(builder.blocks), "earlier mail")
    else:
        raise ArticleError("is an e-mail without a text")


def _bodies(mail: Message) -> tuple[str, str]:
    """The plain text and the HTML of a mail, without what is attached."""
    found = {"text/plain": "", "text/html": ""}
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in found and not found[kind] and part.get_content_disposition() != "attachment":
            found[kind] = _decoded(part)
    return found["text/plain"], found["text/html"]


def _decoded(part: Message | EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _stretches(text: str) -> list[tuple[bool, str]]:
    """Lines that are quoted from an earlier mail, with > before them, and those that are not, by turns."""
    found: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        is_quoted = QUOTED.match(line) is not None
        if not found or found[-1][0] is not is_quoted:
            found.append((is_quoted, []))
        found[-1][1].append(line)
    return [(is_quoted, "\n".join(lines)) for is_quoted, lines in found]


def _add_part(builder: DocumentBuilder, text: str, label: str) -> None:
    start = len(builder.blocks)
    if text.strip():
        if label:
            text = re.sub(r"^[ \t>]+", "", text, flags=re.MULTILINE)
        builder.embed(read_text(text.encode("utf-8", "replace")))
    if label:
        builder.set_aside(start, len(builder.blocks), label)
