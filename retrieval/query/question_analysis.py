"""A question -> its QuestionAnalysis: everything its words tell, found out once and handed on to every later step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.languages.recognition import language_of_question
from retrieval.core.query_model import Query
from retrieval.query.answer_types import answer_type, counted_words
from retrieval.query.definitions import defined_thing
from retrieval.query.ellipsis import ContextNeed
from retrieval.query.follow_up import carry_over, context_need, mark_names
from retrieval.query.parser import parse_terms, put_right
from retrieval.query.question_text import QuestionText
from retrieval.query.quoted_phrases import name_of_small_words, quoted_phrases
from retrieval.query.small_talk import bare_question, small_talk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.index.corpus import Corpus
    from retrieval.query.spelling import Respelling, Speller

LONGEST_QUESTION = 2000  # characters of a question that are read: the longest that Discord lets people send


@dataclass(frozen=True, slots=True)
class QuestionAnalysis:
    """What a question says, and what it is searched for with.

    `written` is its text as it stands, but for a greeting that opens it and what is longer than is read; `read` is the
    same with its misspelt words put right as `repairs` says. `need` is what it needs of a question before it, and
    `phrases_alone` says that it has no terms but in phrases that are to be found as they stand. `query` is what
    searchers get and replies carry.
    """

    query: Query
    written: QuestionText
    read: QuestionText
    repairs: Sequence[Respelling]
    need: ContextNeed
    phrases_alone: bool = False


def analyze(
    question: str,
    corpus: Corpus,
    frequencies: Mapping[str, int],
    speller: Speller | None = None,
    *,
    after: Query | None = None,
    exact: bool = False,
) -> QuestionAnalysis:
    """The analysis of `question`, which may follow up the question that was read as `after`.

    `frequencies` tells how many sentences have a term. Without `speller`, misspelt words stay as they are. With
    `exact`, what stands in quotation marks is to be found as it stands.
    """
    asked = bare_question(question)[:LONGEST_QUESTION]
    language = language_of_question(asked, corpus.library.languages)
    written = QuestionText(asked, corpus.analyzer, language, frequencies)
    phrases = quoted_phrases(written.text) if exact else ()
    repairs = speller.respell(written) if speller else []
    repairs = [repair for repair in repairs if not any(repair.span.overlaps(span) for span in phrases)]
    repaired = put_right(written.text, repairs)
    read = QuestionText(repaired.text, corpus.analyzer, language, frequencies) if repairs else written
    parsed = parse_terms(written.text, read, repaired, corpus, frequencies)
    terms, parts = mark_names(written, parsed, corpus)
    if not terms and not phrases and after is None:
        phrases = name_of_small_words(written)
    need = context_need(written.text, parts) if language == MAIN else ContextNeed.NONE
    query = Query(
        question,
        terms,
        read=read.text if read.text != question else "",
        small_talk=small_talk(question, written.forms, language),
        answer_type=answer_type(read.text, language),
        counted=counted_words(read.text, language),
        phrases=tuple(written.text[span.start : span.end] for span in phrases),
        defined=defined_thing(read.text),
        language=language,
    )
    if after is not None:
        query = carry_over(query, after, need, written.text, corpus, frequencies)
    if query.small_talk:
        query = replace(query, terms=())
    alone = bool(phrases) and all(any(token.span.overlaps(span) for span in phrases) for token in written.tokens)
    return QuestionAnalysis(query, written, read, repairs, need, phrases_alone=alone)
