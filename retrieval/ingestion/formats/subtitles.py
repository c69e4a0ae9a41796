"""Subtitles (SubRip and WebVTT): sentences across cues, each with the time at which it begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.errors import ArticleError
from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.layout import lines_of
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
TIMES = re.compile(rf"{_TIME}[ \t]*-->[ \t]*{_TIME}")
MARKUP = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")  # <i>, <v Ann>, <00:01:02.000>, {\an8}
SPEAKER = re.compile(r"<v[. ]([^<>\n]{1,80})>|(?:-\s*)?([A-Z][\w .'’-]{1,30}):\s")
ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]♪]*$")
NOT_SAID = re.compile(r"NOTE\b|STYLE\b|REGION\b|WEBVTT\b|Kind:|Language:|X-TIMESTAMP", re.IGNORECASE)
SOUND = re.compile(r"[\[(][^\])]*[\])]|[♪♫\s]+")  # [applause]
PAUSE = 4.0  # seconds between two cues that are not one passage
LONGEST = 600  # characters of a passage whose sentences do not end with a cue


class Cue(NamedTuple):
    """What is said from `start` to `end`, in seconds, in these lines of the text; the cue begins at `at` in it."""

    at: int
    start: float
    end: float
    lines: list[Span]


def read_subtitles(data: bytes) -> ParsedDocument:
    """The passages that are spoken. The label of each is its time, "0:12:07"; a line that rolls on is there once.

    Raises ArticleError, its sentence to follow the file's name, where there are no times.
    """
    text = decode(data)
    cues = list(_cues(text))
    if not cues:
        raise ArticleError("has no times as subtitles have (00:01:02,000 --> 00:01:04,500); save it as .srt or .vtt")
    said: list[tuple[Cue, Span]] = []
    before: list[str] = []
    for cue in cues:
        now = [_plain(text, line) for line in cue.lines]
        said += [(cue, line) for line, words in zip(cue.lines, now, strict=True) if words and words not in before]
        before = now or before
    blocks = tuple(_passages(text, said))
    return ParsedDocument(text, blocks, hidden=tuple(_hidden(text, blocks, [line for _, line in said])))


def _cues(text: str) -> Iterator[Cue]:
    times = list(TIMES.finditer(text))
    for number, found in enumerate(times):
        opened = text.find("\n", found.end())
        opened = len(text) if opened < 0 else opened
        closed = times[number + 1].start() if number + 1 < len(times) else len(text)
        lines: list[Span] = []
        for line in lines_of(text, Span(opened, max(opened, closed))):
            gap = text[lines[-1].end if lines else opened : line.start].replace("\r", "")
            if gap.count("\n") > 1 and (lines or gap.count("\n") > 2):
                break  # a blank line ends a cue; what follows is the next one's name, or a note
            lines.append(line)
        else:
            if lines and number + 1 < len(times) and text[lines[-1].start : lines[-1].end].isdigit():
                lines.pop()  # the number of the next cue, without a blank line before it
        yield Cue(found.start(), _seconds(found.groups()[:4]), _seconds(found.groups()[4:]), lines)


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _plain(text: str, line: Span) -> str:
    return MARKUP.sub("", text[line.start : line.end]).strip()


def _passages(text: str, said: Sequence[tuple[Cue, Span]]) -> Iterator[Block]:
    """Lines together, up to one that ends with a sentence, to a pause, or to another speaker."""
    run: list[tuple[Cue, Span]] = []
    for cue, line in said:
        if run and _parts(text, run, cue, line):
            yield _passage(text, run)
            run = []
        run.append((cue, line))
    if run:
        yield _passage(text, run)


def _parts(text: str, run: Sequence[tuple[Cue, Span]], cue: Cue, line: Span) -> bool:
    last, last_line = run[-1]
    if ENDS.search(_plain(text, last_line)) or cue.start - last.end > PAUSE:
        return True
    if SPEAKER.match(text, line.start, line.end) or SOUND.fullmatch(_plain(text, line)):
        return True
    return SOUND.fullmatch(_plain(text, last_line)) is not None or line.end - run[0][1].start > 3 * LONGEST


def _passage(text: str, run: Sequence[tuple[Cue, Span]]) -> Block:
    whole = Span(run[0][1].start, run[-1][1].end)
    if all(SOUND.fullmatch(_plain(text, line)) for _, line in run):
        return Block(Kind.BOILERPLATE, whole, label="sound")
    seconds = int(run[0][0].start)
    return Block(Kind.PARAGRAPH, whole, label=f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")


def _hidden(text: str, blocks: Sequence[Block], lines: Sequence[Span]) -> Iterator[Span]:
    """What is in a passage beside words: times and numbers of cues, lines that were there before, markup."""
    left = iter(lines)
    line = next(left, None)
    for block in blocks:
        at = block.span.start
        while line and line.end <= block.span.end:
            if line.start > at:
                after = text.find("\n", at, line.start) + 1  # one end of a line stays: it parts words
                if 0 < after < line.start:
                    yield Span(after, line.start)
            for mark in MARKUP.finditer(text, line.start, line.end):
                yield Span(*mark.span())
            at = line.end
            line = next(left, None)
