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
    from retrieval.model import Article, Span

LONGEST = 1000  # units of an address that is made a link
FRAGMENT = 400
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
    seen = _seen(text[span.start : span.end])
    if not seen:
        return ""
    paragraphs = EDGE.split(text[span.start : span.end].strip())
    if len(paragraphs) == 1 and len(seen) <= SHORT:
        parts = [_encoded(seen)]
        first = seen
    else:
        head, tail = _seen(paragraphs[0]).split(), _seen(paragraphs[-1]).split()
        if not head or not tail:
            return ""
        first = " ".join(head[:WORDS])
        parts = [_encoded(first), _encoded(" ".join(tail[-WORDS:]))]
    whole = _seen(text)
    if whole.count(first) > 1:  # told apart by what stands beside it in the same paragraph
        before = _seen(EDGE.split(text[: span.start])[-1]).split()[-NEARBY:]
        after = _seen(EDGE.split(text[span.end :])[0]).split()[:NEARBY]
        if before:
            parts = [f"{_encoded(' '.join(before))}-", *parts]
        elif after:
            parts = [*parts, f"-{_encoded(' '.join(after))}"]
    fragment = ",".join(parts)
    return fragment if len(fragment) <= FRAGMENT else ""


def _seen(text: str) -> str:
    """The words of a text as a page shows them: without the marks of markdown, and in one line."""
    return " ".join(MARKUP.sub(r"\1", text).split())


def _encoded(words: str) -> str:
    return percent_encoded(words, safe="", errors="replace").replace("-", "%2D")
