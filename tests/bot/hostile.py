"""Texts that would ping, link or forge something if they were drawn as they are, and what is live in a drawing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from bot.handlers import Reception
from bot.pages.markdown import UNSEEN
from bot.services.fair_queue import FairQueue
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.fakes import MemoryQueryLog

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "everyone": "@everyone and @here",
    "a person": "<@123456789012345678> and <@!123456789012345678>",
    "a role": "<@&123456789012345678>",
    "a channel": "<#123456789012345678>",
    "a command": "</ask:123456789012345678> and </sources list:1>",
    "a time": "<t:1700000000:R>",
    "a guide": "<id:customize> <id:browse> <id:guide> <id:linked-roles>",
    "an emoji of a server": "<:raven:123456789012345678> <a:raven:123456789012345678>",
    "an emoji code": ":skull: :flag_gb:",
    "a masked link": "[free money](https://evil.example/a)",
    "a masked link with a title": '[free](https://evil.example/a "nice") [x](<https://evil.example/b>)',
    "a masked link over two lines": "[a]\n(https://evil.example/c)",
    "a link within a link": "[[a](https://evil.example)](https://evil.example/d)",
    "a bare address": "https://evil.example/e?x=1#y and http://evil.example",
    "an address in angle brackets": "<https://evil.example/f>",
    "an address in other letters": "ｈｔｔｐｓ：//evil.example https\u2236//evil.example",
    "an invite": "discord.gg/abc discord.com/invite/abc https://discord.gg/abc",
    "a message link": "https://discord.com/channels/1/2/3",
    "another scheme": "steam://run/1 discord://x javascript:alert(1) mailto:a@b.example tel:+1",
    "an address cut by what is not seen": "htt\u200bps://evil.example",
    "a mention cut by what is not seen": "@every\u200bone <@\u200b1> @\u2060here",
    "bidi": "\u202eevil\u202c \u2066isolated\u2069 \u200fmark\u200e",
    "zero width": "z\u200be\ufeffr\u2060o\u00ad \u3164 \u115f\u1160",
    "tags and variation": "\U000e0041\U000e0042 a\u034fb",
    "control characters": "bell\x07 nul\x00 escape\x1b[31m delete\x7f next\x85line",
    "separators": "one\u2028two\u2029three\x0bfour\x0cfive\x1csix",
    "one backtick": "`code` and ` alone",
    "a code fence": "```js\nalert(1)\n``` after",
    "a fence that is not closed": "``` and ```` on",
    "backslashes": "\\ \\\\ \\* \\@everyone \\\\[a](https://evil.example) \\",
    "bold and more": "**bold** *italic* __under__ _it_ ~~gone~~ ***all***",
    "a mark that is not closed": "**bold *and __on ~~and",
    "a spoiler": "||spoiler|| and | alone ||",
    "headings": "# One\n## Two\n### Three\n-# small",
    "lists": "- a\n+ b\n* c\n1. d\n23) e\n  - f",
    "quotations": "> quoted\n>>> and all the rest\n>no space",
    "a forged source": "end.\n— **The Courier**, 1 January 2020\n\nA new message",
    "a forged end of quotation": "”\n\n“This is what the source says” — The Courier",
    "a forged foot": "From 5 of 5 sources · 0123456789abcdef",
    "a table": "| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n***",
    "html": "<b>bold</b> <script>alert(1)</script> <!-- hidden --> &lt;@1&gt; &#64;everyone",
    "lone halves of characters": "half \ud800 and \udfff",
    "many accents": "Z\u0341" + "\u0341" * 300,
    "joined emoji": "👩‍👩‍👧 🐦‍⬛ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
    "right to left": "من يقود الجماعة الآن؟ @everyone",
    "brackets": "[" * 1500,
    "closing brackets": "](" * 700,
    "stars": "*" * 1500,
    "underscores": "_a" * 700,
    "angle brackets": "<@" * 700,
    "spaces": " " * 800 + "end",
    "line ends": "a\r\n\r\n\r\nb\rc\n\n\n\nd",
    "a template": "{name} {0} %s %(x)s ${HOME} {{7*7}}",
    "the bot's own words": "**None of the sources answers this.** No source mentions “x”.",
}

ESCAPE = re.compile(r"\\[^0-9A-Za-z\s]")
OWN = re.compile(r"`[+-][0-9.]+`|`/[a-z ]+`")  # code that the bot's own lines have
LIVE = re.compile(
    r"@everyone|@here|<@|<#|</|<t:|<id:|<a?:|:[a-z_]+:|[a-z][a-z0-9+.]*:/|(?:www\.|discord\.gg|discord\.com)/|\]\(|`|\|\|"
    r"|~~|__|(?m:^(?:> )?(?:#{1,3} |-# |[-+] |\* |[0-9]+\. |>>> ))",
    re.IGNORECASE,
)
# What is escaped; code, in which nothing is live, on lines of its own behind `> ` or within one.
ESCAPE_OR_CODE = re.compile(
    rf"{ESCAPE.pattern}|(?m:^> ```[\w+#-]*\n(?:> .*\n)*?> ```$)|`[^`\n]+`",
)
STRUCK = re.compile(r"~~([^~\n]+)~~")
LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^()\s]*)\)|<(https?://[^<>\s]*)>")


def links(markdown: str) -> list[str]:
    """Give the addresses that Discord would make links of."""
    return [found[2] or found[3] for found in LINK.finditer(ESCAPE.sub("\0", markdown))]


def live(markdown: str) -> list[str]:
    """Give what Discord would take for more than text, besides links, quotation blocks, code and styles of words."""
    drawn = LINK.sub(r"\1", ESCAPE_OR_CODE.sub("\0", OWN.sub("", markdown)))
    drawn = STRUCK.sub(r"\1", drawn)
    return [found[0] for found in LIVE.finditer(drawn)]


def unseen(text: str) -> list[str]:
    """Give the characters of a text that nobody sees, but for line ends."""
    return re.findall(rf"[{UNSEEN}\x0b\x0c\x1c-\x1f\x85\u2028\u2029\r]", text)


def in_a_file(said: str) -> str:
    """Give a text as a text file can have it: no half characters, and no zero bytes."""
    return said.replace("\0", "").encode(errors="replace").decode()


def hostile_reception(folder: Path, *, url: str) -> Reception:
    """Make a reception with an article for each text, which is in its name, in what is known of it and in its text."""
    for number, text in enumerate(TEXTS.values()):
        said = in_a_file(text)
        known = {"name": f"{number} {said}", "author": said, "publisher": said, "licence": said}
        known |= {"url": url} if number % 2 else {}
        head = f"---\n{json.dumps(known, ensure_ascii=False)}\n---\n".replace("\x7f", "\\u007f")
        body = f"# Raven {number}\n\nThe raven said {said} to the king, and left. Nobody answered {said} at all.\n"
        (folder / f"{number}.md").write_bytes((head + body).encode())
    desk = Desk(Answerer(library.load(folder), min_confidence=0.0), MemoryQueryLog())
    return Reception(desk, asker=str, queue=FairQueue(burst=1e9))
