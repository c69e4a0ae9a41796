"""Questions that ask what something is, and the thing that they ask about."""

from __future__ import annotations

import re

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import forms

LONGEST_THING = 5  # words
LONGEST_KEYWORDS = 3  # words of a text that is no question, only what somebody wants to read about
_BE = r"(?:['’]?s|\s+(?:even\s+|exactly\s+|actually\s+)?(?:is|are|was|were)(?:\s+(?:exactly|actually|even))?)"
# In the order in which they are tried; the thing is the only group.
ASKING = tuple(
    re.compile(rf"\W*(?:(?:so|and|but|ok|okay|well)\W+)?{pattern}\W*", re.IGNORECASE)
    for pattern in (
        r"what\s+(?:is|are|was)\s+meant\s+by\s+(.+)",
        r"(?:what(?:['’]?s|\s+is)\s+)?(?:the\s+)?(?:meaning|definition)\s+of\s+(.+)",
        r"(?:define|explain|describe)\s+(.+)",
        r"how\s+(?:is|are|do\s+you|would\s+you)\s+(?:define\s+)?(.+?)(?:\s+defined)?",
        r"what\s+(?:do|does|did)\s+(.+?)\s+(?:mean|stand\s+for|refer\s+to|do)(?:\s+(?:here|exactly|in\s+\w+))?",
        rf"what{_BE}\s+(.+?)(?:\s+(?:all\s+about|about|used\s+for|for|here|exactly|anyway|called))?",
        r"who\s+(?:is|are|was|were)\s+(.+)",
        r"(.+?)(?:['’]s)?\s+(?:meaning|definition|means\s+what|explained|=)",
    )
)
DEFINED = 3  # the place of the pattern that needs "define" or "defined", as "how is the tea" has neither
# What tells that more is asked than what the thing is: "the price of a ticket", "the rule if I am late".
RELATES = frozenset(
    """
    of in for with to on at from by when that which between if do does did you i my your we our after before
    """.split()  # noqa: SIM905 - words read better as a line than as quoted items
)
ARTICLES = frozenset({"a", "an", "the", "this", "these", "those"})


def defined_thing(question: str) -> tuple[str, ...]:
    """The words, folded, of the thing that a question wants explained; none where it asks for something else.

    A name or keywords alone are taken for such a question.
    """
    for place, pattern in enumerate(ASKING):
        if found := pattern.fullmatch(question):
            if place == DEFINED and "defin" not in question.lower():
                continue
            thing = forms(found[1])
            while thing and thing[0] in ARTICLES:
                del thing[0]
            fits = len(thing) <= LONGEST_THING and RELATES.isdisjoint(thing) and not STOP_WORDS.issuperset(thing)
            return tuple(thing) if fits else ()
    words = forms(question)
    return tuple(words) if len(words) <= LONGEST_KEYWORDS and STOP_WORDS.isdisjoint(words) else ()
