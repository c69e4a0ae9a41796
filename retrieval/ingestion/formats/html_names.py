"""What the names in an HTML element say it is for: its class, its id and its role."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.IGNORECASE)
PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A name that is in the class of what is there for those who hear the page, or who edit it
UNSEEN = frozenset(
    """
    sr-only visually-hidden visuallyhidden screen-reader-text screen-reader skip-link skip-to-content skiplink
    headerlink hash-link mw-editsection anchorjs-link heading-anchor noprint linenos lineno linenodiv gutter
    copy-button clipboard-copy
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
# Why what is in an element with such a name is no article. The names are words of its class or id.
ASIDE = {
    "navigation": "nav navbar navigation breadcrumb breadcrumbs menu menubar toc tableofcontents pagination pager "
    "sidebar navbox sidenav topnav toolbar paginator",
    "cookies": "cookie cookies gdpr consent",
    "sharing": "share sharing social sharebar",
    "related": "related recommended recommendations popular trending readmore mostread morelike",
    "comments": "comments disqus respond",
    "newsletter": "newsletter subscribe subscription signup paywall",
    "advertisement": "advert advertisement ads ad adsense sponsored promo",
    "footer": "footer catlinks printfooter",
    "byline": "byline metadata dateline postmeta authorbox",
    "licence": "copyright licence license",
    "search": "searchbox searchform",
}
LABELS = {name: label for label, names in ASIDE.items() for name in names.split()}
ROLES = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "search": "search",
    "banner": "header",
    "menu": "navigation",
}
TAGS = {"nav": "navigation", "dialog": "dialog"}
MAY_BE_ASIDE = frozenset(
    """
    div section aside header footer nav ul ol form p table span
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
SORTS = """
note tip important warning caution danger info hint attention error seealso example question abstract success
failure bug quote todo deprecated versionadded versionchanged
""".split()  # noqa: SIM905 - as above
CALLED_NOTES = frozenset(
    """
    admonition theme-admonition admonitionblock callout alert markdown-alert notecard notice notification
    confluence-information-macro infobox-note message panel doc-note
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
BY_ITSELF = frozenset(["note", "tip", "important", "warning", "caution", "danger", "hint", "attention", "seealso"])
LANGUAGE = re.compile(r"(?:language|lang|highlight|brush|sourceCode|source)-(?P<name>[\w+#.-]+)", re.IGNORECASE)


def tokens_of(given: Mapping[str, str]) -> frozenset[str]:
    """The names in the class, the id and the role of an element, in small letters, whole and in their parts.

    "hidden" is among them where the element is not shown.
    """
    if not given:
        return frozenset()
    found: set[str] = set()
    names = f"{given.get('class', '')} {given.get('id', '')} {given.get('role', '')}"[:1000]
    for word in WORD.findall(names):
        found.add(word.lower())
        found.update(part.lower() for part in PART.findall(word))
    params = given.get("data-syntaxhighlighter-params")
    if params and (brush := re.search(r"brush:\s*([\w+#]+)", params)):
        found.add(f"brush-{brush[1].lower()}")
    unseen = any(word in UNSEEN for word in names.lower().split())
    if unseen or "hidden" in given or NOT_SHOWN.search(given.get("style", "")):
        found.add("hidden")
    else:
        found.discard("hidden")
    return frozenset(found)


def aside_label(tag: str, tokens: frozenset[str], *, inside: bool) -> str:
    """Why what is in an element is boilerplate, "" where it is not. `inside` is whether the main text is around it."""
    if tag in TAGS:
        return TAGS[tag]
    if tag == "footer" and not inside:
        return "footer"
    if tag not in MAY_BE_ASIDE or not tokens:
        return ""
    named = (names[token] for names in (LABELS, ROLES) for token in sorted(tokens) if token in names)
    return next(named, "")


def note_sort(tag: str, tokens: frozenset[str]) -> str:
    """What sort of note an element is, "warning" for one; "" where it is none."""
    if not tokens or tag not in {"div", "aside", "section", "blockquote", "p"}:
        return ""
    if tokens & CALLED_NOTES or (tokens & BY_ITSELF and tag != "p"):
        if tokens & {"title", "heading", "icon", "content", "body"} and not tokens & {"admonition", "callout"}:
            return ""
        if "title" in tokens:
            return ""
        return next((sort for sort in SORTS if sort in tokens), "note")
    return ""


def language_of(tokens: frozenset[str]) -> str:
    """The language that code is in by the names of its element, "" where they do not say."""
    for token in sorted(tokens):
        said = LANGUAGE.fullmatch(token)
        if said and said["name"] not in {"default", "none", "text", "notranslate"}:
            return said["name"]
    return ""
