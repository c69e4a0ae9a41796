"""Does a question stand by itself, or does it lean on the one before it? Told from its words alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ContextNeed(Enum):
    """What a question needs of the one before it.

    Nothing ("who leads the group?"), a person ("when was he killed?"), a thing or several ("where is it?", "and who
    died?"), or all that it does not say itself, because it is only a piece of a question ("and in Iraq?", "why?").
    """

    NONE = auto()
    PERSON = auto()
    THING = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question: its folded form, whether it says something about a subject, whether it is of a name.

    `verb` marks "who's" and its like, where the folded form has lost the verb.
    """

    form: str
    content: bool
    name: bool = False
    verb: bool = False


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FEW = 2  # words with content that a question without a verb may have and still lean
LINKS = (("what", "about"), ("how", "about"), ("what", "of"), ("and",), ("but",), ("or",), ("also",), ("plus",))
ASKING = _set("who whom whose what when where which why how else")
ADDRESSED = _set("you your yours youre yourself i im me my we us our")

VERBS = _set(
    """
    am is are was were be been being isnt arent wasnt werent do does did doesnt dont didnt has have had hasnt havent
    hadnt can could cant cannot couldnt will would wont wouldnt shall should shouldnt may might must whos whats wheres
    hows thats goes becomes comes tell give show list explain describe define name find
    """
)
# Verbs in the past that do not end in -ed; "what" before one of these, or of HAPPENING, is its subject.
PAST = _set(
    """
    began bought brought built came caught chose died drove fell fled fought found gave got grew held hid kept knew led
    left lost made meant met paid put ran rose said saw sent sold spent spoke stood struck taught thought told took
    understood went won wrote
    """
)
HAPPENING = _set("happen happened happens cause causes change changes follow follows lead leads mean means")

SUBJECTS = _set("he hes she it they theyre theyve theyd")
OBJECTS = _set("him them")
PERSONS = _set("he hes she him her his hers himself herself")
THINGS = _set("it its itself this that these those")
PRONOUNS = SUBJECTS | OBJECTS | PERSONS | _set("its itself their theirs themselves")

POINTERS = _set("this that these those")
NOT_POINTED_AT = _set("year month week day time century decade morning who which that of")
BEFORE_POINTER = _set("about after at before by during for from in of on since to under until with")

PLACES = _set("in at near into inside outside across around from within")
PREPOSITIONS = PLACES | _set("about against among behind between by for of on over to towards under with")
OPENING = PREPOSITIONS | _set("after before because during since until without")
CLAUSES = _set(
    "after although and as because before but if since so than that though until when where whether which while who"
)
DETERMINERS = _set(
    "a all an any both each every few her his its many more most much no our some that the their these this those what "
    "which whose two three four five"
)
ARTICLES = _set("a an the")
TYING = OPENING | PREPOSITIONS | CLAUSES | DETERMINERS | _set("and or nor not about like than as")
INVERTED_AFTER = _set("when where why how")
# "Is it true that …", "How long did it take to …": "it" stands for nothing that was said before.
EMPTY_IT = _set(
    "allowed announced bad better called clear common cost costs dangerous easy enough feel fine forbidden free good "
    "hard illegal important known legal like likely mean necessary needed normal ok okay permitted possible problem "
    "reported required said safe take takes true worth"
)


def context_need_of(parts: Sequence[QuestionWord], *, asks: bool) -> ContextNeed:
    """How a question leans on the one before it; `asks` says that it ends with a question mark.

    A whole question of its own leans on nothing, so that a change of subject is never taken for a follow-up. In doubt
    it is whole.
    """
    linked = _link(parts)
    rest = parts[linked:]
    content = [part for part in rest if part.content]
    pronouns = [part.form for at, part in enumerate(rest) if _points_back(rest, at)]
    if not content:
        return _of_small_words(rest, pronouns, linked=bool(linked))
    if not _has_verb(rest) and _is_fragment(rest, linked=bool(linked), asks=asks):
        return ContextNeed.ALL
    if pronouns:
        return ContextNeed.PERSON if PERSONS.issuperset(pronouns) else ContextNeed.THING
    if any(part.name for part in content):
        return ContextNeed.NONE
    bare = (
        len(content) == 1
        and not any(part.form in VERBS | HAPPENING or part.verb for part in rest)
        and rest[0].form in ASKING
    )
    return ContextNeed.THING if linked or bare else ContextNeed.NONE


def _link(parts: Sequence[QuestionWord]) -> int:
    """How many words at the head tie the question to what was said before."""
    forms = tuple(part.form for part in parts[:2])
    return next((len(link) for link in LINKS if forms[: len(link)] == link), 0)


def _of_small_words(rest: Sequence[QuestionWord], pronouns: Sequence[str], *, linked: bool) -> ContextNeed:
    """For a question without a word of content, such as "why?", "who was he?", "who are you?"."""
    forms = {part.form for part in rest}
    if forms & ADDRESSED or not (forms & ASKING or (linked and pronouns)):
        return ContextNeed.NONE
    if not pronouns or THINGS.intersection(pronouns) or not _has_verb(rest):
        return ContextNeed.ALL
    return ContextNeed.PERSON if PERSONS.issuperset(pronouns) else ContextNeed.THING


def _is_fragment(rest: Sequence[QuestionWord], *, linked: bool, asks: bool) -> bool:
    """Whether what has no verb is a piece of a question: "and in Iraq?", "which countries?", "his wife?"."""
    content = sum(part.content for part in rest)
    first = rest[0].form
    if not linked and first in ASKING and content > 1 and not any(part.name for part in rest):
        return False  # "how many samples for the project": keywords that say it all
    if linked or (content <= FEW and (first in ASKING or first in OPENING)):
        return True
    return asks and content == 1


def _has_verb(rest: Sequence[QuestionWord]) -> bool:
    if any(part.form in VERBS or part.verb for part in rest):
        return True
    for before, part in pairwise(rest):
        if part.content and before.form in {"who", "whoever"}:
            return True
        if _is_past(part) and before.form not in DETERMINERS - {"what", "many"}:
            return True
        if before.form == "what" and part.form in HAPPENING:
            return True
    # "Which company makes the vehicles?": what stands between two things without a word that ties them is a verb.
    for first, middle, last in zip(rest, rest[1:], rest[2:], strict=False):
        if first.content and last.form in ARTICLES and not (middle.name or middle.form in TYING):
            return True
    return False


def _is_past(part: QuestionWord) -> bool:
    return part.form in PAST or (part.form.endswith("ed") and len(part.form) > 4)


def _points_back(parts: Sequence[QuestionWord], at: int) -> bool:
    """Whether the word at `at` stands for something that is not in the question before it."""
    form = parts[at].form
    after = parts[at + 1].form if at + 1 < len(parts) else ""
    before = parts[at - 1].form if at else ""
    if form in POINTERS:
        pointing = not after or before in BEFORE_POINTER or (before in VERBS and form == "that")
        return (pointing or form in {"these", "those"}) and after not in NOT_POINTED_AT and not _meant(parts, at)
    if form == "there":
        return bool(before) and before not in VERBS and after not in VERBS
    if form == "then":
        return not after and bool(before)
    if form not in PRONOUNS or (form == "it" and _is_empty(parts, at)):
        return False
    return not _meant(parts, at)


def _is_empty(parts: Sequence[QuestionWord], at: int) -> bool:
    """Whether the "it" at `at` stands for nothing: "is it true that", "was it Baghdadi who"."""
    following = parts[at + 1 : at + 4]
    if not following:
        return False
    if following[0].form == "from":  # "how far is it from one end to the other"
        return True
    opens = {part.form for part in following[1:]} & {"that", "to", "for", "how", "if", "until", "when", "who"}
    return bool(opens) and (following[0].form in EMPTY_IT or following[0].name)


def _meant(parts: Sequence[QuestionWord], at: int) -> bool:
    """Whether the question itself has, before the pronoun at `at`, what the pronoun stands for."""
    form = parts[at].form
    verbs = [n for n, part in enumerate(parts[:at]) if part.form in VERBS or part.verb]
    if form in SUBJECTS and verbs == [at - 1]:
        return False  # "how many attacks did they claim": what comes before is what is asked for
    for n in range(at):
        if not parts[n].content or (n + 1 < at and parts[n + 1].content):
            continue  # the last of "the big coordinated attacks" is the thing
        first = n
        while first and parts[first - 1].content and not parts[n].name:
            first -= 1
        if _could_be(parts, first, n, at):
            return True
    return False


def _could_be(parts: Sequence[QuestionWord], first: int, last: int, at: int) -> bool:
    """Whether the pronoun at `at` could stand for the thing of the words from `first` to `last`."""
    pronoun = parts[at].form
    ahead = parts[first - 1].form if first else ""
    held = parts[first - 2].form if first > 1 and ahead in DETERMINERS else ahead
    if held in PLACES and pronoun not in THINGS:
        return False  # "in Iraq", "in the city": a place is no "he", and no "they"
    between = [part.form for part in parts[last + 1 : at]]
    if pronoun in OBJECTS:
        return bool(CLAUSES.intersection(between))  # "what did Turkey say about them": Turkey is not meant
    if any(part.name for part in parts[first : last + 1]):
        return True
    happens = ahead == "what" and (_is_past(parts[first]) or parts[first].form in HAPPENING)
    is_thing = not ahead or ahead in DETERMINERS or _is_inverted(parts, first)
    return is_thing and not happens and any(form not in PREPOSITIONS | DETERMINERS for form in between)


def _is_inverted(parts: Sequence[QuestionWord], first: int) -> bool:
    """Whether the word at `first` stands where a subject does: "do fighters …", "why are women …"."""
    if parts[first - 1].form not in VERBS:
        return False
    return parts[first - 1].form in {"do", "does", "did"} or first == 1 or parts[first - 2].form in INVERTED_AFTER
