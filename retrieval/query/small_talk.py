"""What people say to a bot that is no question about its sources: a greeting, a thank-you, a word alone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.analysis.languages.registry import MAIN, pack_of
from retrieval.analysis.tokenizer import forms
from retrieval.core.query_model import SmallTalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.core.query_model import QueryTerm


ADDRESSED = re.compile(r"^\W+|\W+$|,?\s+(?:quoth|bot)(?=\W*$)")  # around what is said
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


def small_talk(question: str, words: Sequence[str], language: str = MAIN) -> SmallTalk | None:
    """The kind of small talk that the whole of `question` is, None for anything else.

    `words` are the folded forms of its words but for a greeting that opens it.
    """
    if len(question) > LONGEST:
        return None
    line = " ".join(words)
    if found := next((kind for kind, pattern in PATTERNS.items() if pattern.fullmatch(line)), None):
        return found
    said = ADDRESSED.sub("", question.casefold()).strip()
    return next((kind for kind, pattern in _patterns(language).items() if pattern.fullmatch(said)), None)


@cache
def _patterns(language: str) -> Mapping[SmallTalk, re.Pattern[str]]:
    """What is said in a language other than English, on the text in small letters without signs around it."""
    said = {} if language == MAIN else pack_of(language).small_talk
    return {kind: re.compile(rf"(?:{pattern})", re.IGNORECASE) for kind, pattern in said.items()}


def after_greeting(text: str) -> str:
    """`text` without the greeting that opens it ("Hi! Who leads?"); all of it where it is nothing more, or has none."""
    opening = _OPENING.match(text)
    return text[opening.end() :] or text if opening else text


def is_word_alone(words: Sequence[str], terms: Sequence[QueryTerm]) -> bool:
    """Whether a question of these words is nothing but one word, or one name of several, that the articles have."""
    if len(terms) != 1 or terms[0].carried or not terms[0].sentences:
        return False
    return _without_articles(words) == _without_articles(forms(terms[0].word))


def _without_articles(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in ARTICLES]
