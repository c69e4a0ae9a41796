"""What around a thing that was found has to come along, so that a quotation of it is fair."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import seen, words_of
from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from retrieval.core.model import Sentence
    from retrieval.index.corpus import Corpus

AROUND = 2  # sentences that come along on one side, at most
LIST = 400  # characters from an introduction to the end of what brings it along, at most
CODE = 12  # lines of a block of code that is shown whole, at most
CODE_AROUND = 3  # lines of a longer one on each side
PROSE = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTATION, Kind.CAPTION, Kind.DEFINITION})
INTRODUCING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTATION, Kind.TERM})

_BE = "is|are|was|were|has|have|had|will|would|may|might|can|could|should|must|seems?|remains?|exists?"
# A sentence that opens with one of these leans on the one before it.
LEANING = re.compile(
    r"[\"'“‘(\[]*(?:he|she|it|they|his|her|hers|its|their|theirs|him|them|that|those|such|"
    r"(?:this|these)(?! (?:morning|afternoon|evening|week|weekend|month|spring|summer|autumn|fall|winter|year)\b)|"
    r"but|however|yet|so|thus|hence|therefore|instead|nevertheless|nonetheless|moreover|furthermore|besides|also|and|"
    r"or|nor|then|still|otherwise|indeed|similarly|likewise|conversely|consequently|accordingly|meanwhile|afterwards|"
    rf"there(?! (?:{_BE})\b)|(?:both|neither)(?! [^,.;]* (?:and|nor)\b)|"
    r"(?:some|many|most|few|none|all|each|one|two|both|half|several) of (?:them|these|those|this|whom)|"
    r"another|others|the (?:latter|former|same|others?|two|result)|even (?:so|then)|"
    r"(?:after|before|by|since|until|despite|because of|in|with|for|on|at|from|of|to|through|during|under) "
    r"(?:this|that|these|those|then|them|him|her|it)(?! (?:day|week|month|year)\b)|"
    r"at the same time|later that|as (?:such|a (?:result|consequence))|in (?:addition|contrast|particular|other words)|"
    r"on the (?:other hand|contrary)|for (?:example|instance|(?:his|her|its|their) part)|"
    r"(?:second(?:ly)?|third(?:ly)?|finally)(?=,)|in turn)\b"
    r"|[^.,;:“\"]{1,60}, (?:however|though|therefore|too|instead|then|meanwhile),"
    # "Hundreds died in those attacks": which, the sentence before says. "Those who fled" says it itself.
    r"|[^.;:“\"]{1,120}?\b(?:those|these) (?!who|whom|whose|that|which|of|in|from|with|at|on|by|to|for|are|were|is|was|"
    r"have|had|days\b|years\b)[a-z]",
    re.IGNORECASE,
)
# Marks that open and close; straight ones do both. Single ones are apostrophes as often.
PAIRS = (("“", "”"), ("«", "»"), ('"', '"'), ("(", ")"))
# What may be seen between two sentences that are read as one text: a bullet; a caption, "* * *" or code may not.
BETWEEN = re.compile(r"[\s>]*(?:(?:[-*+•‣▪–—]|\d{1,3}[.)]|\(?[a-z]\))[\s>]+(?:\[[ xX]\]\s+)?)?")
INTRODUCES = re.compile(r":[\"'”’*_]*$")


def fair_span(sentence: Sentence, corpus: Corpus) -> Span:
    """What was found and what it cannot stand without, all of it in one stretch.

    A row of a table stands alone, as it is shown with the names of its columns. A line of code brings the lines around
    it, a heading the first thing below it, a definition its term; what a list or code belongs to comes along. Nothing
    comes along from beyond boilerplate, as the caption of a picture between a heading and a list.
    """
    match sentence.block.kind:
        case Kind.ROW:
            return sentence.span
        case Kind.CODE:
            span = _with_parent(sentence, _code_around(sentence))
        case Kind.HEADING:
            span = _with_what_follows(sentence, corpus)
        case _:
            span = _with_parent(sentence, _running_text(sentence, corpus))
    return _up_to_boilerplate(sentence, span)


def _running_text(sentence: Sentence, corpus: Corpus) -> Span:
    """A sentence with those around it that it needs.

    Before it, two at most: what it leans on, and the opening of a quotation that it is inside of. After it, as many:
    the close of that quotation, and what follows a colon. An item of a list brings the line that introduces the list,
    and such a line its list, where that is short.
    """
    earlier, later = _neighbours(sentence, corpus, -1), _neighbours(sentence, corpus, 1)
    before, after = _needed_before(sentence, earlier), _closing(sentence, later)
    start = earlier[before - 1].span.start if before else sentence.span.start
    end = later[after - 1].span.end if after else sentence.span.end
    return Span(min(start, _introduction(sentence, corpus)), max(end, _introduced(sentence, corpus)))


def _with_parent(sentence: Sentence, span: Span) -> Span:
    """A stretch with what introduces it: the term that is defined, the item above, the line that ends with a colon."""
    blocks, block = sentence.article.blocks, sentence.block
    while block.parent >= 0:
        block = blocks[block.parent]
        if block.kind not in INTRODUCING or block.span.start > span.start or span.end - block.span.start > LIST:
            break
        span = Span(block.span.start, span.end)
    return span


def _code_around(sentence: Sentence) -> Span:
    """A line of code with its whole block where that is short, else with some lines on each side."""
    text, block = sentence.article.text, sentence.block.span
    lines = text.count("\n", block.start, block.end) + 1
    if lines <= CODE and len(block) <= 2 * LIST:
        return block
    start, end = sentence.span.start, sentence.span.end
    for _ in range(CODE_AROUND + 1):
        start = max(text.rfind("\n", block.start, max(start, block.start)), block.start - 1)
        following = text.find("\n", end + 1, block.end)
        end = following if following >= 0 else block.end
    following = text.rfind("\n", sentence.span.end, end)
    end = following if end < block.end and following >= 0 else end
    return Span(min(start + 1, sentence.span.start), max(end, sentence.span.end))


def _with_what_follows(sentence: Sentence, corpus: Corpus) -> Span:
    """A heading with the first thing below it: the answer to a question, else a sentence."""
    block, span = sentence.block, sentence.span
    last, other = sentence, corpus.beside(sentence, 1)
    while other and other.block.parent == sentence.paragraph and other.block.kind in PROSE:
        if other.paragraph - last.paragraph > 1 or other.span.end - sentence.span.start > LIST:
            break
        span = Span(span.start, other.span.end)
        if block.label != "question":
            break
        last, other = other, corpus.beside(other, 1)
    return span


def _up_to_boilerplate(sentence: Sentence, span: Span) -> Span:
    """The part of a stretch that has the sentence and no boilerplate, cut at the edges of blocks."""
    blocks, start, end = sentence.article.blocks, span.start, span.end
    for place in range(sentence.paragraph - 1, -1, -1):
        if blocks[place].span.end <= span.start:
            break
        if blocks[place].kind is Kind.BOILERPLATE:
            start = blocks[place + 1].span.start
            break
    for place in range(sentence.paragraph + 1, len(blocks)):
        if blocks[place].span.start >= span.end:
            break
        if blocks[place].kind is Kind.BOILERPLATE:
            end = blocks[place - 1].span.end
            break
    return Span(start, end)


def _needed_before(sentence: Sentence, earlier: list[Sentence]) -> int:
    """How many sentences back it begins that leans on nothing and stands in no quotation, as far as `earlier` goes."""
    chain = [sentence, *earlier]
    back = 0
    while back < len(earlier):
        step = 1 if LEANING.match(words_of(chain[back])) else _opening(chain[back], earlier[back:])
        if not step:
            break
        back += step
    return back


def _opening(sentence: Sentence, earlier: list[Sentence]) -> int:
    """How many sentences back the quotation opens that the sentence begins inside of; 0 where there is none near."""
    text, block = sentence.article.text, sentence.block
    for opens, closes in PAIRS:
        if _depth(seen(sentence.article, Span(block.span.start, sentence.span.start)), opens, closes):
            at = text.rfind(opens, block.span.start, sentence.span.start)
            return next((n for n, other in enumerate(earlier, 1) if other.span.start <= at), 0)
    return 0


def _closing(sentence: Sentence, later: list[Sentence]) -> int:
    """How many sentences on the quotation closes that the sentence ends inside of; 0 where there is none near."""
    text, block = sentence.article.text, sentence.block
    for opens, closes in PAIRS:
        if _depth(seen(sentence.article, Span(block.span.start, sentence.span.end)), opens, closes):
            at = text.find(closes, sentence.span.end, block.span.end)
            return next((n for n, other in enumerate(later, 1) if 0 <= at < other.span.end), 0)
    return 0


def _depth(text: str, opens: str, closes: str) -> bool:
    """Whether a pair of marks is open at the end of a text."""
    if opens == closes:
        return text.count(opens) % 2 == 1
    return text.rfind(opens) > text.rfind(closes)


def _introduction(sentence: Sentence, corpus: Corpus) -> int:
    """Where the line begins that introduces the list which the sentence is in; its own start where none is near."""
    other: Sentence | None = sentence
    while other and other.block.kind is Kind.ITEM and sentence.span.end - other.span.start <= LIST:
        other = _beside(other, corpus, -1)
    if other and INTRODUCES.search(words_of(other)) and sentence.span.end - other.span.start <= LIST:
        return other.span.start
    return sentence.span.start


def _introduced(sentence: Sentence, corpus: Corpus) -> int:
    """Where what a sentence with a colon at its end introduces is over: the next sentence, or a short list or code."""
    end = sentence.span.end
    if not INTRODUCES.search(words_of(sentence)):
        return end
    other = corpus.beside(sentence, 1)
    if other and other.block.kind is Kind.CODE and other.block.span.end - sentence.span.start <= LIST:
        return other.block.span.end
    other = _beside(sentence, corpus, 1)
    if other and other.block.kind is not Kind.ITEM:
        return other.span.end
    while other and other.block.kind is Kind.ITEM and other.span.end - sentence.span.start <= LIST:
        end = other.span.end
        other = _beside(other, corpus, 1)
    return end


def _neighbours(sentence: Sentence, corpus: Corpus, step: int) -> list[Sentence]:
    """The two sentences before (`step` -1) or after (1) it, the nearest first; fewer where something ends the text."""
    found: list[Sentence] = []
    other = _beside(sentence, corpus, step)
    while other and len(found) < AROUND:
        found.append(other)
        other = _beside(other, corpus, step)
    return found


def _beside(sentence: Sentence, corpus: Corpus, step: int) -> Sentence | None:
    """The sentence before or after, None where anything but white space and a bullet is seen between the two."""
    other = corpus.beside(sentence, step)
    if other is None or other.block.kind not in PROSE or abs(other.paragraph - sentence.paragraph) > 1:
        return None
    first, second = sorted((sentence.span, other.span))
    between = seen(sentence.article, Span(first.end, max(first.end, second.start)))
    return other if BETWEEN.fullmatch(between) else None
