"""What people say to a bot that is no question about its sources: a greeting, a thank-you, a word alone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from retrieval.analysis.english_words.short_forms import CHAT_WORDS
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.core.query_model import SmallTalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


ADDRESSED = re.compile(r"^\W+|\W+$|,?\s+(?:quoth|bot)(?=\W*$)")  # around what is said
LONGEST = 100  # characters; a longer text is no small talk
FEWEST = 3  # words that are left of a question without its thanks; "ok, thank you" is no question
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

# What people put before a question, which asks for nothing itself: "quick question:", "does anyone know if …".
_ANYONE = "(?:any|some)(?:one|body)|you|u|ya|yall|any of you|you guys"
_BEFORE = re.compile(
    r"\s*(?:"
    r"(?:i (?:have|got) a |just a |a )?(?:quick|short|stupid|dumb|silly|random|noob|newbie|simple|another) "
    r"(?:question|q)(?: (?:but|though|here|for you(?: guys| all)?))?|i have a question"
    r"|(?:(?:sorry|sry),? )?(?:if|but) (?:this|it) (?:was|has been|is) (?:already )?asked(?: before| already)?"
    rf"|(?:does|do|did) (?:{_ANYONE}) (?:happen to |actually |even )?know(?: if| whether)?"
    rf"|(?:{_ANYONE}) knows?(?: if| whether)?"
    rf"|(?:can|could|would|will) (?:{_ANYONE})(?: please| pls| plz| possibly)? "
    r"(?:tell|remind|explain(?: to)?|help|let) me(?: know)?(?: out)?(?: with| if| whether)?"
    r"|(?:i was |i am |im |i'm )?(?:just )?wondering(?: if| whether)?"
    r"|i(?:'d|’d|d| would)?(?: just)? (?:wanna|want to|need to|like to) (?:know|ask)(?: if| whether)?"
    r"|any(?: idea| ideas| clue| clues) (?=(?:" + _ASKING + r"|if|whether)\b)"
    r")\b[\s,:;.!…–-]*",
    re.IGNORECASE,
)

_CHAT = "|".join(sorted(CHAT_WORDS, key=len, reverse=True))
_CHAT_BEFORE = re.compile(rf"\s*(?:(?:{_CHAT})\b[\s,:;.!…–-]+)+", re.IGNORECASE)
_CHAT_BEHIND = re.compile(rf"(?:[\s,;.!…–-]+(?:{_CHAT}|please|thanks|thank you|in advance))+[\s.!…]*$", re.IGNORECASE)


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


def bare_question(text: str) -> str:
    """`text` without what asks for nothing around it: a greeting, "quick question:", "does anyone know", "thx lol".

    All of it where it is nothing more, or has none of that.
    """
    for opening in (_OPENING, _CHAT_BEFORE, _BEFORE, _BEFORE):
        if found := opening.match(text):
            text = text[found.end() :] or text
    found = _CHAT_BEHIND.search(text, max(0, len(text) - LONGEST))
    if found and len(text[: found.start()].split()) >= FEWEST:
        text = text[: found.start()]
    return text
