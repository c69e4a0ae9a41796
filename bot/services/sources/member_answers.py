"""What members wrote in a chat -> the file of a source, with who wrote it, on which day, and a link back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.sources.source_places import place_of
from retrieval.ingestion.source_folders import MEMBER_ANSWER, SourceAbout

if TYPE_CHECKING:
    import datetime

COLLECTION = "member answers"
NAME = 60  # characters of a text that an answer is called by
LONGEST_QUESTION = 300
MOST_AUTHORS = 10


@dataclass(frozen=True, slots=True)
class MemberMessage:
    """A message: its id, who wrote it and is called how, when, where it is, and what it says."""

    id: int
    author: int
    name: str
    written: datetime.date
    link: str
    text: str


def answer_place(guild: int, message: MemberMessage) -> str:
    """The path of the source that a message becomes."""
    return place_of(f"{message.id}{MEMBER_ANSWER}", guild=guild, collection=COLLECTION)


def answer_about(message: MemberMessage) -> SourceAbout:
    """What is said of the source that a message becomes."""
    author = _line(message.name)
    text = _line(message.text)
    called = text if len(text) <= NAME else text[: NAME - 1].rstrip() + "…"
    return SourceAbout(f"{author}: {called}", message.written.isoformat(), message.link, author)


def answer_content(message: MemberMessage) -> bytes:
    """The file that a message becomes: under a heading, so that nothing at its head is taken for anything else."""
    return f"# {_heading(answer_about(message).name)}\n\n{message.text.strip()}\n".encode("utf-8", "replace")


def with_question(content: bytes, about: SourceAbout, question: str) -> tuple[bytes, SourceAbout]:
    """The same answer under the question that it answers."""
    asked = _line(question)[:LONGEST_QUESTION]
    _, _, rest = content.partition(b"\n")
    return f"# {_heading(asked)}\n".encode("utf-8", "replace") + rest, about._replace(name=asked)


def joined_answers(
    content: bytes, about: SourceAbout, more: bytes, more_about: SourceAbout
) -> tuple[bytes, SourceAbout]:
    """Two answers as one, under the heading and with the day and the link of the first."""
    _, _, rest = more.partition(b"\n")
    authors = dict.fromkeys([*about.author.split(", "), *more_about.author.split(", ")])
    return content.rstrip() + b"\n\n" + rest.strip() + b"\n", about._replace(author=", ".join(authors))


def _line(said: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())


def _heading(said: str) -> str:
    """A line as a heading of Markdown that says just that."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#&~" else sign for sign in said)
