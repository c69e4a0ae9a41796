"""What people say to a bot that is no question about its sources: a greeting, a thank-you, a word alone."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from retrieval.analysis.tokenizer import forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.core.model import Query


class SmallTalk(Enum):
    """The kinds of small talk that a kind line answers."""

    GREETING = auto()
    THANKS = auto()
    FAREWELL = auto()
    ABOUT = auto()


LONGEST = 100  # characters; a longer text is no small talk
ARTICLES = frozenset({"a", "an", "the"})
_HOW_ARE_YOU = r"(?:how are you|how is it going|hows it going|whats up|how do you do|sup)(?: doing)?(?: today)?"
_YOU_ALL = r"(?: (?:there|all|everyone|everybody|bot|quoth|again|folks|friends?|guys|to you))*"
_GREETING = (
    "hello|hi+|hey+|hiya|howdy|yo|greetings|hallo|hola|bonjour|salut|salam|salaam|ciao|مرحبا|السلام عليكم|"
    "good (?:morning|afternoon|evening|day)"
)
_THANKS = (
    "(?:many )?thanks|thank you|thx|ty|cheers|danke|merci|gracias|شكرا|much appreciated|well done|good (?:job|bot)|"
    "nice one|(?:thats |that is )?(?:great|nice|cool|perfect|awesome|helpful)"
)
_ABOUT = (
    "help(?: me)?(?: please)?|test(?:ing)?|ping|(?:who|what) are you|what is this|what (?:can|do) you do|"
    "how (?:do you|does (?:this|it)(?: bot)?) work|are you (?:a )?(?:bot|robot|human|real|there|alive|online)"
)
# On the folded words of the whole text, so that "thanks for what?" and "hello world programs" stay questions.
PATTERNS: Mapping[SmallTalk, re.Pattern[str]] = {
    SmallTalk.GREETING: re.compile(rf"(?:{_GREETING}){_YOU_ALL}(?: {_HOW_ARE_YOU})?|{_HOW_ARE_YOU}"),
    SmallTalk.THANKS: re.compile(
        rf"(?:ok(?:ay)? )?(?:{_THANKS})(?: (?:a lot|so much|very much|man|mate|answer|work))*{_YOU_ALL}"
    ),
    SmallTalk.FAREWELL: re.compile(
        rf"(?:(?:good)?bye(?: bye)?|good night|see you(?: later| soon)?|tschuss|au revoir){_YOU_ALL}"
    ),
    SmallTalk.ABOUT: re.compile(_ABOUT),
}
# What shows that a greeting is over: a mark, or a word that opens questions. "Hello Kitty" and "Hi-Fi" have neither.
_ASKING = (
    "who|whom|whose|what|whats|when|where|which|why|how|is|are|was|were|do|does|did|can|could|will|would|has|have|had|"
    "please|tell"
)
_OPENING = re.compile(
    rf"\s*(?:{_GREETING}){_YOU_ALL}(?:\s*[,!.:;…](?![\w-])[\s,!.:;…]*|\s+(?=(?:{_ASKING})\b))", re.IGNORECASE
)


def small_talk(text: str) -> SmallTalk | None:
    """The kind of small talk that the whole of `text` is, None for anything else."""
    if len(text) > LONGEST:
        return None
    line = " ".join(forms(after_greeting(text)))
    return next((kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(line)), None)


def after_greeting(text: str) -> str:
    """`text` without the greeting that opens it ("Hi! Who leads?"); all of it where it is nothing more, or has none."""
    opening = _OPENING.match(text)
    return text[opening.end() :] or text if opening else text


def is_word_alone(query: Query) -> bool:
    """Whether the question is nothing but one word, or one name of several, that the articles have."""
    if len(query.terms) != 1 or not query.known or query.carried:
        return False
    said = [form for form in forms(query.question) if form not in ARTICLES]
    return said == [form for form in forms(query.terms[0].word) if form not in ARTICLES]
