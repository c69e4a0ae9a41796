"""Questions in, quotations or an honest refusal out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, Reason, shown
from retrieval.ingestion.library import load
from tests.retrieval.libraries import answerer_of
from tests.retrieval.memory_searcher import MemorySearcher

if TYPE_CHECKING:
    from retrieval.core.model import Hit
    from retrieval.core.query_model import Query

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SEEDS = Answerer(load(ROOT / "seeds"))


def test_a_question_is_answered_with_the_sentence_that_says_it() -> None:
    reply = SEEDS.answer("Who became the prime minister of Iraq?")

    assert isinstance(reply, Answer)
    assert "Mustafa al-Kadhimi" in reply.quotes[0].text
    assert [reply.quotes[0].article.text[mark.start : mark.end] for mark in reply.quotes[0].marks][-3:] == [
        "prime",
        "minister",
        "Iraq",
    ]


def test_another_name_finds_the_source_s_own_word_and_says_so() -> None:
    reply = SEEDS.answer("How much money does Daesh make from smuggling?")

    assert isinstance(reply, Answer)
    assert "$3 million" in reply.quotes[0].text.replace("$ ", "$")
    assert {"ISIS", "Islamic State"} <= set(reply.query.terms[1].also)


@pytest.mark.parametrize(
    ("question", "also"), [("Who killed general Soleimani?", ("Suleimani",)), ("Who was Muhanddis?", ("Muhandis",))]
)
def test_a_misspelt_word_is_matched_to_the_one_that_the_articles_have(question: str, also: tuple[str, ...]) -> None:
    reply = SEEDS.answer(question)

    assert reply.query.terms[-1].also == also
    assert also[0] in shown(reply)[0].text


@pytest.mark.parametrize("question", ["What happened in Marawi?", "what happens in marawi"])
def test_that_something_happened_need_not_be_said_in_the_words_of_the_question(question: str) -> None:
    reply = SEEDS.answer(question)

    assert isinstance(reply, Answer)
    assert "Marawi" in reply.quotes[0].text


def test_a_question_is_read_up_to_its_two_thousandth_character_and_no_further() -> None:
    question = ("Who became the prime minister of Iraq? " + "? " * 1000)[:2000]
    longer = SEEDS.answer(question + "When was Raqqa retaken? " * 4000)
    reply = SEEDS.answer(question)

    assert isinstance(longer, Answer)
    assert isinstance(reply, Answer)
    assert (longer.quotes, longer.confidence) == (reply.quotes, reply.confidence)


def test_a_word_that_the_articles_have_is_never_changed() -> None:
    assert [term.term for term in SEEDS.answer("Which fighters were fighting?").query.terms] == ["fighter", "fight"]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", Reason.NO_WORDS),
        ("who is it?", Reason.NO_WORDS),
        ("🙂 👍", Reason.NO_WORDS),
        ("How do I install Python on Windows?", Reason.UNKNOWN_WORDS),
        ("Who leads the group in Mozambique?", Reason.UNKNOWN_WORDS),
        ("Which attacks took place in Mozambique?", Reason.UNKNOWN_WORDS),
    ],
)
def test_what_the_sources_do_not_say_is_refused_with_the_reason(question: str, reason: Reason) -> None:
    reply = SEEDS.answer(question)

    assert isinstance(reply, NoAnswer)
    assert reply.reason is reason
    assert reply.searched == len(SEEDS.corpus.sentences)


def test_one_source_alone_when_it_is_named() -> None:
    file = SEEDS.library.articles[0].file
    reply = SEEDS.answer("Where does the Islamic State carry out attacks?", file=file)

    assert {quote.article.file for quote in shown(reply)} == {file}
    assert isinstance(reply, Answer)
    assert reply.speaking == 1


def test_a_sentence_that_leans_on_the_one_before_brings_it_along(tmp_path: Path) -> None:
    answerer = answerer_of(
        tmp_path, {"a.txt": "Title\n\nThe mayor spoke first. However, she refused to sell the harbour. It rained."}
    )
    reply = answerer.answer("Who refused to sell the harbour?", limit=1)

    assert [quote.text for quote in shown(reply)] == [
        "The mayor spoke first. However, she refused to sell the harbour."
    ]


def test_neighbours_share_a_quote_and_no_two_quotes_overlap() -> None:
    reply = SEEDS.answer("What did ISIS fighters and their families do in Afghanistan?", limit=10)
    quotes = shown(reply)

    for n, quote in enumerate(quotes):
        assert not any(o.article is quote.article and o.span.overlaps(quote.span) for o in quotes[n + 1 :])
        assert all(quote.span.start <= s.start and s.end <= quote.span.end for s in quote.sentences)


def test_the_parts_of_a_score_add_up_to_it() -> None:
    reply = SEEDS.answer("Who leads the group in Mozambique and Iraq?")

    assert [term.word for term in reply.query.unknown] == ["Mozambique"]
    for quote in shown(reply):
        assert sum(part.value for part in quote.parts) == pytest.approx(quote.score, abs=1e-9)


def test_articles_without_a_sentence_answer_nothing(tmp_path: Path) -> None:
    reply = answerer_of(tmp_path, {"a.md": "# Only a title\n"}).answer("Only a title?")

    assert isinstance(reply, NoAnswer)
    assert reply.searched == 0


@given(
    question=st.text(max_size=300) | st.sampled_from(["@everyone", "\u202eIraq\u202c", "Iraq " * 2000, "\0IS\x1b[1m"])
)
def test_any_text_gets_a_reply_whose_quotes_are_cut_from_the_articles(question: str) -> None:
    reply = SEEDS.answer(question)

    assert 0 <= reply.confidence <= 1
    for quote in shown(reply):
        assert quote.text == quote.article.text[quote.span.start : quote.span.end]
        assert quote.text.strip()


def test_the_questions_with_known_places_are_answered_from_raw_documents() -> None:
    if not (SHARED / "gold").exists():
        pytest.skip("the labelled questions are not beside the checkout")
    answerer = Answerer(load(SHARED / "seeds"), limit=10)
    first = refused = answered_off_topic = answerable = 0
    for line in (SHARED / "gold" / "seed_questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        reply = answerer.answer(row["question"])
        if not row["gold"]:
            answered_off_topic += isinstance(reply, Answer)
            continue
        answerable += 1
        refused += isinstance(reply, NoAnswer)
        best = shown(reply)[0]
        sentence = best.article.text[best.sentences[0].start : best.sentences[0].end]
        first += any(g["file"] == best.article.file and g["quote"] in sentence for g in row["gold"])

    assert first / answerable >= 0.8
    assert refused <= 2
    assert answered_off_topic <= 1, "one of them is about the articles' own subject"


class FindsNothing(MemorySearcher):
    def search(self, query: Query, limit: int, **narrowed: object) -> list[Hit]:  # noqa: ARG002
        return []


def test_answers_are_made_of_what_the_given_searcher_finds() -> None:
    question = "Who became the prime minister of Iraq?"
    plain = Answerer(SEEDS.library, corpus=SEEDS.corpus, searcher=MemorySearcher(SEEDS.corpus)).answer(question)
    nothing = Answerer(SEEDS.library, corpus=SEEDS.corpus, searcher=FindsNothing(SEEDS.corpus)).answer(question)

    assert isinstance(plain, Answer)
    assert "Mustafa al-Kadhimi" in plain.quotes[0].text
    assert isinstance(nothing, NoAnswer)
    assert (nothing.reason, nothing.nearest) == (Reason.NO_MATCH, ())
