"""Which HTML tags do what for blocks."""

from __future__ import annotations

SKIPPED = frozenset(
    """
    script style template noscript svg iframe object canvas audio video select button textarea annotation rt
    rp head title
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
VOID = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What ends a line of text; an inline element is passed over, but for those in MEANING.
BLOCK = frozenset(
    """
    html body main article section div aside nav header footer address form fieldset hgroup center figure
    figcaption p pre blockquote ul ol menu dir li dl dt dd details summary table caption thead tbody tfoot tr
    td th h1 h2 h3 h4 h5 h6 legend dialog
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
MEANING = frozenset({"a", "sup", "span", "q", "time", "em", "b", "strong", "i"})
PLAIN_INLINE = frozenset({"em", "b", "strong", "i", "time"})
CLOSES_P = BLOCK - {"html", "body", "td", "th", "tr", "caption"}
LISTS = frozenset({"ul", "ol", "menu", "dir"})
# An element that opens ends the nearest of the first ones, unless one of the second ones is nearer.
ENDS = {
    "li": ({"li"}, LISTS | {"table"}),
    "dt": ({"dt", "dd"}, {"dl", "table"}),
    "dd": ({"dt", "dd"}, {"dl", "table"}),
    "tr": ({"tr", "td", "th", "caption"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"thead", "tbody", "tfoot", "tr", "caption"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tfoot", "tr", "caption"}, {"table"}),
    "thead": ({"caption"}, {"table"}),
}
CELLS = frozenset({"td", "th"})
OF_TABLE = frozenset(["table", "thead", "tbody", "tfoot", "tr", "td", "th"])
REGIONS = frozenset({"main", "article"})
# What text in an element is
KINDS = {
    "blockquote": "quotation",
    "figcaption": "caption",
    "caption": "table caption",
    "dt": "term",
    "dd": "definition",
    "summary": "note title",
}
