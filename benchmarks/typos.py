"""What one typo in each question costs, and how often a correct word is taken for a typo.

    python -m benchmarks.typos ../shared/data/new_wiki ../shared/data/selqa_dev

One content word of each question, of four letters or more, loses a letter, doubles one, has a wrong one, or has two
swapped; its first letter may be hit too. Prints R@1, R@10 and MRR@10 without a typo, with it, and with it repaired,
and what is lost for each kind of word that a typo makes. Then every second article is taken away, and the words of
the questions that went with them are correct but absent: the last line counts those that are taken for other
words, and those for which another is looked for as well.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import string
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.learn_weights import figures
from benchmarks.question_sets import answerer_of, questions_of
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import words
from retrieval.answer.answerer import Answerer
from retrieval.query.question_analysis import analyze
from retrieval.query.question_text import QuestionText
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from benchmarks.question_sets import Question

SHORTEST = 4  # letters


class Typo(NamedTuple):
    """A question with one word misspelt: the word as it was and as it is."""

    question: Question
    right: str
    wrong: str
    text: str


def typo_in(question: Question, dice: random.Random) -> Typo | None:
    """The question with a typo in one of its content words; None where it has no such word."""
    content = [w for w in words(question.text) if w.form.isalpha() and w.form not in STOP_WORDS]
    long = [w for w in content if len(w.form) >= SHORTEST and len(w.form) == len(w.span)]
    if not long:
        return None
    span = dice.choice(long).span
    right = question.text[span.start : span.end]
    wrong = right
    while wrong.casefold() == right.casefold():
        wrong = misspelt(right, dice)
    return Typo(question, right, wrong, question.text[: span.start] + wrong + question.text[span.end :])


def misspelt(word: str, dice: random.Random) -> str:
    """A word with one letter dropped, doubled, wrong or swapped with the next, or unchanged where that does nothing."""
    at = dice.randrange(len(word))
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    match dice.choice(("dropped", "doubled", "wrong", "swapped")):
        case "dropped":
            return head + tail
        case "doubled":
            return head + letter + letter + tail
        case "wrong":
            return head + dice.choice(string.ascii_lowercase) + tail
        case _:
            return head + tail[:1] + letter + tail[1:]


def rank_of(question: Question, text: str, answerer: Answerer, *, repair: bool = True) -> float:
    """The rank of the first sentence that answers `question` when it is asked as `text`; infinite where none does."""
    speller = answerer.speller if repair else None
    analysis = analyze(text, answerer.corpus, answerer.searcher.frequencies, speller)
    hits = rerank(answerer.features(analysis), answerer.candidates(analysis.query))
    return next((n for n, hit in enumerate(hits, 1) if question.answered_by(hit.sentence)), np.inf)


def fate(typo: Typo, answerer: Answerer) -> str:
    """What became of the misspelt word."""
    right, wrong = ([t.term for t in answerer.corpus.analyzer.of_question(word)] for word in (typo.right, typo.wrong))
    query = answerer.analyze(typo.text).query
    read = [term.term for term in query.terms]
    if right == wrong:
        return "same term all the same"
    if not wrong or all(term in answerer.searcher.frequencies for term in wrong):
        return "another known word, so never changed"
    if not all(term in answerer.searcher.frequencies for term in right):
        return "unknown before the typo too"
    plain = answerer.analyze(typo.question.text).query
    if {term.term for term in plain.terms} <= set(read):
        return "repaired"
    return "taken for another word" if not set(wrong) & set(read) else "left as it is"


def report(folder: Path, count: int) -> list[str]:
    """The figures of one set, from `count` of its questions chosen by a fixed seed."""
    answerer = answerer_of(folder)
    dice = random.Random(1)
    questions = questions_of(folder)
    chosen = dice.sample(questions, min(count, len(questions)))
    typos = [typo for question in chosen if (typo := typo_in(question, dice))]
    plain = np.array([rank_of(typo.question, typo.question.text, answerer) for typo in typos])
    left = np.array([rank_of(typo.question, typo.text, answerer, repair=False) for typo in typos])
    mended = np.array([rank_of(typo.question, typo.text, answerer) for typo in typos])
    lines = [
        f"{folder.name}: {len(typos)} questions",
        f"  no typo                   {figures(plain)}",
        f"  a typo, repair off        {figures(left)}",
        f"  a typo, repair on         {figures(mended)}",
        f"  R@1 lost: {lost(plain, left)} with the repair off, {lost(plain, mended)} with it on",
    ]
    fates: defaultdict[str, list[int]] = defaultdict(list)
    for number, typo in enumerate(typos):
        fates[fate(typo, answerer)].append(number)
    for what, where in sorted(fates.items(), key=lambda item: -len(item[1])):
        gone = 100 * ((plain[where] == 1).sum() - (mended[where] == 1).sum()) / len(typos)
        lines.append(f"    {100 * len(where) / len(typos):5.1f} %  {what}, R@1 lost {gone:.2f}")
    return [*lines, f"  {pace(typos, answerer)}", f"  {taken_for_typos(folder, questions)}"]


def lost(before: np.ndarray, after: np.ndarray) -> str:
    """The R@1 lost, in points, and the standard error of that difference on the same questions."""
    fewer = 100.0 * ((before == 1).astype(float) - (after == 1))
    return f"{fewer.mean():.1f} ±{fewer.std() / np.sqrt(len(fewer)):.1f}"


def pace(typos: list[Typo], answerer: Answerer) -> str:
    """How long it takes to look for misspelt words in a question that has one."""
    taken = []
    for typo in typos:
        start = time.perf_counter()
        answerer.speller.respell(QuestionText(typo.text, answerer.corpus.analyzer))
        taken.append(1000 * (time.perf_counter() - start))
    return (
        f"{np.median(taken):.2f} ms for the repair of a question at the median, {np.quantile(taken, 0.99):.2f} ms at "
        f"the 99th percentile, among {len(answerer.corpus.forms):,} written words"
    )


def taken_for_typos(folder: Path, questions: list[Question]) -> str:
    """How often a word that is right, but in none of the articles that are left, is taken for another."""
    whole = answerer_of(folder)
    half = Answerer(dataclasses.replace(whole.library, articles=whole.library.articles[::2]))
    absent = changed = offered = 0
    for question in questions:
        tokens = half.corpus.analyzer.of_question(question.text)
        gone = [t for t in tokens if t.term in whole.searcher.frequencies and t.term not in half.searcher.frequencies]
        if gone:
            hit = [r for r in half.analyze(question.text).repairs if any(r.span.overlaps(t.span) for t in gone)]
            absent += len(gone)
            changed += sum(r.sure for r in hit)
            offered += sum(not r.sure for r in hit)
    return (
        f"with half of the articles, {100 * changed / absent:.1f} % of {absent} absent words are taken for others, "
        f"and for {100 * offered / absent:.1f} % another is looked for as well"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument("--count", type=int, default=2000, help="questions of each set that are asked with a typo")
    options = parser.parse_args()
    for folder in options.folders:
        print("\n".join(report(folder, options.count)))


if __name__ == "__main__":
    main()
