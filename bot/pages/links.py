"""Links to where a quotation stands on the page of its source, by a text fragment.

https://wicg.github.io/scroll-to-text-fragment/ says how: `#:~:text=[prefix-,]start[,end][,-suffix]`, each part whole
words of the page as a reader sees it, percent-encoded, with `-`, `,` and `&` encoded too. `start` and `end` may be in
different paragraphs; a text in one part may not run over a paragraph's edge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encoded

if TYPE_CHECKING:
    from retrieval.core.model import Article, Span

LONGEST = 1000  # units of an address that is made a link
FRAGMENT = 400
LOOKED_AT = 500  # characters at either end of a quotation, and beside it
SHORT = 80  # characters of a quotation that is named whole
WORDS = 5  # of the head of a longer one, and of its tail
NEARBY = 3  # words before or after it that tell two places apart

ADDRESS = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!#-;=?-Z\[\]_a-z~]*)?"
)
DIRECTIVE = ":~:"
# Each part ends at what may begin the next, so that reading takes time in proportion to the text.
MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]{0,500}\)|[*_`]+|^[ \t]*(?:[-+>]|#+)[ \t]+", re.MULTILINE)
EDGE = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+•>#]|\d{1,3}[.)])[ \t])")  # of paragraphs and of items


def address(url: str | None) -> str:
    """The address if a browser opens it and it is no way out of a markdown link, else ""."""
    url = (url or "").strip()
    if len(url) > LONGEST or not ADDRESS.fullmatch(url):
        return ""
    return url.replace("(", "%28").replace(")", "%29").replace("*", "%2A").replace("[", "%5B").replace("]", "%5D")


def link_to(article: Article, span: Span) -> str:
    """The address of an article's page, at the stretch `span` of its text; "" where it has none."""
    url = address(article.url).partition(DIRECTIVE)[0].removesuffix("#")
    fragment = text_fragment(article.text, span) if url else ""
    if not fragment:
        return url
    return f"{url}{'' if '#' in url else '#'}{DIRECTIVE}text={fragment}"


def text_fragment(text: str, span: Span) -> str:
    """The directive that finds the stretch `span` of `text` on a page; "" where it has no words, or too long ones."""
    head = EDGE.split(text[span.start : min(span.end, span.start + LOOKED_AT)].lstrip())[0]
    tail = EDGE.split(text[max(span.start, span.end - LOOKED_AT) : span.end].rstrip())[-1]
    first, last = _seen(head).split(), _seen(tail).split()
    if not first or not last:
        return ""
    is_whole = head.strip() == tail.strip() and len(" ".join(first)) <= SHORT
    parts = [first] if is_whole else [first[:WORDS], last[-WORDS:]]
    fragment = ",".join(_encoded(" ".join(part)) for part in parts)
    if text.count(head.strip()[:SHORT]) > 1:
        fragment = _told_apart(fragment, text, span)
    return fragment if len(fragment) <= FRAGMENT else ""


def _told_apart(fragment: str, text: str, span: Span) -> str:
    """Add what stands beside the stretch in the same paragraph, since its words stand elsewhere too."""
    before = _seen(EDGE.split(text[max(0, span.start - LOOKED_AT) : span.start])[-1]).split()[-NEARBY:]
    after = _seen(EDGE.split(text[span.end : span.end + LOOKED_AT])[0]).split()[:NEARBY]
    if before:
        return f"{_encoded(' '.join(before))}-,{fragment}"
    return f"{fragment},-{_encoded(' '.join(after))}" if after else fragment


def _seen(text: str) -> str:
    """The words of a text as a page shows them: without the marks of markdown, and in one line."""
    return " ".join(MARKUP.sub(r"\1", text).split())


def _encoded(words: str) -> str:
    return percent_encoded(words, safe="", errors="replace").replace("-", "%2D")
